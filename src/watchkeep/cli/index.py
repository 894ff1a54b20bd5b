"""`watchkeep index rebuild`: the search's index, made again from the records."""

from __future__ import annotations

import typer

from watchkeep.cli.printing import echo
from watchkeep.cli.records import records

index = typer.Typer(help="The index that words are found by.", no_args_is_help=True)


@index.callback()
def about() -> None:
    """The index that words are found by."""


@index.command()
def rebuild() -> None:
    """Make the index again from the records. It holds nothing that they do not."""
    with records():
        from watchkeep.apps.search import changes

        echo(f"{changes.rebuild()} passages can be found.")
