"""What several pages show: marks as values here, their looks as templates beside."""
