"""What people are told: once for each event, however often the work is done again."""
