"""Pictures of pages that a person has looked at."""
