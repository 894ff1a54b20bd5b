"""One's own account: password and second factor."""
