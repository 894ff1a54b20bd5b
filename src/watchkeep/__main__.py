"""`python -m watchkeep` is the `watchkeep` command."""

from watchkeep.cli import main

main()
