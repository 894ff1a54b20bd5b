"""Finding words in everything that one may see: an index that is derived from the records, and holds none."""
