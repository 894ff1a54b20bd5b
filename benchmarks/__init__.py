"""What `make bench` runs: the speeds that the documents quote, each beside a plain peer."""
