"""`watchkeep unit`: the tree of units."""

from __future__ import annotations

from typing import Annotated

import typer

from watchkeep.cli.listing import AsCsv, AsJson, as_file
from watchkeep.cli.printing import echo
from watchkeep.cli.records import operator, records

unit = typer.Typer(help="The units of a body.", no_args_is_help=True)

Body = Annotated[str | None, typer.Option("--body", help="The body; needed only where there are several.")]


@unit.command("list")
def list_units(csv: AsCsv = False, json: AsJson = False, body: Body = None) -> None:
    """List the units, each followed by what is part of it."""
    with records():
        from watchkeep.apps.people import queries

        rows = queries.units(operator(body))
        cells = ((each.name, each.parent_name, str(each.closed_on or "")) for each in rows)
        if as_file(("Unit", "Part of", "Closed on"), cells, csv=csv, json=json):
            return
        for each in rows:
            closed = f"  closed on {each.closed_on:%Y-%m-%d}" if each.closed_on else ""
            echo(f"{'  ' * each.depth}{each.name}{closed}")


@unit.command("open")
def open_unit(
    name: Annotated[str, typer.Argument(help="What it is called.")],
    part_of: Annotated[
        str, typer.Option(help="The unit that it is part of; left out, it stands at the top.")
    ] = "",
    body: Body = None,
) -> None:
    """Open a unit."""
    with records():
        from watchkeep.apps.people import changes, queries

        by = operator(body)
        parent = queries.unit_named(by, part_of).id if part_of else None
        changes.open_unit(by=by, name=name, parent=parent)
        echo(f"{name} is open.")
