"""The programming interface. Empty until the indicators arrive (see the README's status table)."""
