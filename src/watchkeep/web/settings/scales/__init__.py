"""The body's scales: what they say, what a new version changes, which registers use them."""
