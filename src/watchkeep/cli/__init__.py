"""The `watchkeep` command: one file per verb, each importing what it needs only when it runs."""

from __future__ import annotations

import sys

import typer

from watchkeep.cli.shelves import Shelved

app = typer.Typer(
    name="watchkeep",
    cls=Shelved,
    help="A corporate risk register that proves itself.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def main() -> None:
    """Run the command line."""
    if sys.argv[1:2] == ["read"]:
        from watchkeep.formats.readers.child import make_ready

        make_ready()  # the child loads its libraries while this process still makes sense of its arguments
    from watchkeep.cli import commands

    commands.attach(app)
    app()
