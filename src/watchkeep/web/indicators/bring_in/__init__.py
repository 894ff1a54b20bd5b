"""A file of readings: brought, its columns said, its good rows taken or all of it dropped."""
