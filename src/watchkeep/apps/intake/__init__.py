"""Papers brought in: the file, the draft read from it, what a person decided about each risk."""
