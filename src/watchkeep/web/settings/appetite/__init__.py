"""Categories with the appetite stated for each, and the body's objectives."""
