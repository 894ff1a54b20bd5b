"""What people say about records to one another, and the files that they put beside them."""
