"""The body, and the people who may sign in for it."""
