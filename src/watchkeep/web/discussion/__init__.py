"""What people say beside a record, and the files they put there."""
