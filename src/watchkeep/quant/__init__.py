"""Numbers in, numbers out: no risk words, no Django."""
