"""Papers: freeze, publish, download, withdraw."""
