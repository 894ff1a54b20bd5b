"""Editions: a register frozen for an audience, its files, and whether it is published."""
