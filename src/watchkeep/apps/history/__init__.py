"""The ledger: every change that was made, in a chain that cannot be altered unseen."""
