"""Every component once, to look at before any page uses it."""
