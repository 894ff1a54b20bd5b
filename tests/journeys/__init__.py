"""A person's day, in a real browser."""
