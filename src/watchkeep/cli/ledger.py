"""`watchkeep ledger export`: the whole history as one file that anybody can check without Watchkeep."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from watchkeep.cli.printing import echo
from watchkeep.cli.records import operator, records

ledger = typer.Typer(help="The history, to take away.", no_args_is_help=True)


@ledger.callback()
def about() -> None:
    """The history, to take away."""


@ledger.command()
def export(
    out: Annotated[Path, typer.Argument(help="The file to write.")],
    body: Annotated[
        str | None, typer.Option("--body", help="The body; needed only where there are several.")
    ] = None,
) -> None:
    """Write every entry to OUT, a line each, and verify.py beside it, which checks it with Python alone."""
    with records():
        from watchkeep import verifier
        from watchkeep.apps.history import queries
        from watchkeep.apps.people.queries import body_of
        from watchkeep.domain.ledger import export as exported

        by = operator(body)
        with out.open("w", encoding="utf-8", newline="\n") as file:
            for line in exported(queries.lines(by), body=by.body, name=body_of(by).name):
                file.write(line + "\n")
        out.with_name("verify.py").write_bytes(Path(verifier.__file__).read_bytes())
        echo(f"Wrote {out}. Head {queries.head(by)}")
