"""Roles as lists of permissions in words."""
