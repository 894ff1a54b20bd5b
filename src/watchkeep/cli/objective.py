"""`watchkeep objective`: what the body sets out to achieve."""

from __future__ import annotations

from typing import Annotated

import typer

from watchkeep.cli.listing import AsCsv, AsJson, Body, as_file, say
from watchkeep.cli.records import operator, records

objective = typer.Typer(help="What the body sets out to achieve.", no_args_is_help=True)


@objective.command("list")
def list_objectives(csv: AsCsv = False, json: AsJson = False, body: Body = None) -> None:
    """List the objectives in the body's order."""
    with records():
        from watchkeep.apps.register import queries

        rows = queries.objectives(operator(body))
        cells = ((each.name, each.description, str(each.retired_on or "")) for each in rows)
        if as_file(("Objective", "Description", "Retired on"), cells, csv=csv, json=json):
            return
        for each in rows:
            say(each.name, each.description, f"retired on {each.retired_on}" if each.retired_on else "")


@objective.command()
def add(
    name: Annotated[str, typer.Argument(help="The objective, in a few words.")],
    description: Annotated[str, typer.Option(help="What is meant by it.")] = "",
    body: Body = None,
) -> None:
    """Add an objective."""
    with records():
        from watchkeep.apps.register import changes

        changes.open_objective(by=operator(body), name=name, description=description)
        say(f"{name} is an objective.")
