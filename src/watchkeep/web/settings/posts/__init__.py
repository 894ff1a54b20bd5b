"""Posts, and who holds them."""
