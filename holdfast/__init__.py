"""Holdfast: agencies' knowledge about a child at risk reaches the person who can act, in time."""

__version__ = "0.1.0"
