"""Wiring: settings, addresses, WSGI, and nothing else."""
