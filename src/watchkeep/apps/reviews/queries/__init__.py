"""What cycles and boards say: one module for each kind of question."""
