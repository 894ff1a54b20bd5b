"""What can be done in a cycle and on a board: one module for each kind of thing that changes."""
