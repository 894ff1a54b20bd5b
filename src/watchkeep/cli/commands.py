"""Every verb of the command line, in the order that `--help` lists them."""

from __future__ import annotations

import typer


def attach(app: typer.Typer) -> None:
    """Put each verb on `app`. A verb's module imports nothing heavy at its top."""
    from watchkeep.cli.read import read
    from watchkeep.cli.schema import schema

    app.command()(read)
    app.command()(schema)
