"""The pages on which a partnership is set up.  S24."""
