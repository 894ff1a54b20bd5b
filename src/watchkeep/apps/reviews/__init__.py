"""The quarter: cycles and reviews, and the boards that challenge and decide."""
