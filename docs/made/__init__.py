"""What do the pages of docs/reference say?  Each module makes pages from the code that they are about."""
