"""What was forecast, by whom, and what came of it."""
