"""Watchkeep: a corporate risk register that proves itself."""

__version__ = "0.1.0"
