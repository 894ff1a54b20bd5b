"""What is pulled by itself, and what came of each pull."""
