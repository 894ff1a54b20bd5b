"""`watchkeep category`, `watchkeep appetite`: the kinds of risk, and what is wanted and borne of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from watchkeep.cli.listing import AsAt, AsCsv, AsJson, Register, as_file, say
from watchkeep.cli.printing import echo
from watchkeep.cli.records import operator, records
from watchkeep.cli.scale import Body, day_named

if TYPE_CHECKING:
    from watchkeep.domain.people import Actor

category = typer.Typer(help="The body's categories of risk.", no_args_is_help=True)
appetite = typer.Typer(help="What the body wants and will bear of each category.", no_args_is_help=True)


@category.command("list")
def list_categories(csv: AsCsv = False, json: AsJson = False, body: Body = None) -> None:
    """List the categories in the body's order."""
    with records():
        from watchkeep.apps.register import queries

        by = operator(body)
        if csv or json:
            _take_away(by, csv=csv, json=json)
            return
        for each in queries.categories(by):
            retired = f"  retired on {each.retired_on}" if each.retired_on else ""
            echo(f"{each.name}  {each.description}{retired}")


@category.command()
def add(
    name: Annotated[str, typer.Argument(help="Its name; none with --starter.")] = "",
    description: Annotated[str, typer.Option(help="What is meant by it.")] = "",
    starter: Annotated[bool, typer.Option("--starter", help="Add the Orange Book's categories.")] = False,
    body: Body = None,
) -> None:
    """Add a category, or with --starter those of the Orange Book that are not there yet."""
    with records():
        from watchkeep.apps.register import changes

        by = operator(body)
        if starter:
            echo(f"{changes.start_categories(by=by)} categories were added.")
            return
        changes.open_category(by=by, name=name, description=description)
        echo(f"{name} is a category.")


@appetite.command("list")
def list_appetite(csv: AsCsv = False, json: AsJson = False, body: Body = None) -> None:
    """List what stands for each category, who approved it and when."""
    with records():
        from watchkeep.apps.register import queries

        by = operator(body)
        if csv or json:
            _take_away(by, csv=csv, json=json)
            return
        for each in queries.categories(by):
            said = each.standing
            words = (
                f"up to {said.appetite}, borne up to {said.tolerance}; {said.approved_by}, {said.approved_on}"
                if said
                else "not recorded"
            )
            echo(f"{each.name}  {words}")


@appetite.command()
def stands(
    register: Register = "",
    as_at: AsAt = "",
    csv: AsCsv = False,
    json: AsJson = False,
    body: Body = None,
) -> None:
    """List where each risk stands: inside, outside appetite, outside tolerance; and since when."""
    with records():
        from watchkeep.cli.publish import register_named
        from watchkeep.jobs.clocks import clock_said
        from watchkeep.jobs.tables import appetite as tables

        by = operator(body)
        slug = register_named(by, register).slug if register else ""
        table = tables.table(by, clock_said(as_at, ""), slug)
        if as_file(table.heading, table.rows, csv=csv, json=json):
            return
        for _, risk, _, verdict, since, reason in table.rows:
            say(risk, verdict, f"since {since}" if since else "", reason)


@appetite.command()
def state(
    name: Annotated[str, typer.Argument(help="The category.", metavar="CATEGORY")],
    scale: Annotated[str, typer.Option(help="The body's scale that the bands are of.")],
    up_to: Annotated[str, typer.Option(help="The gravest band that is wanted.")],
    borne_up_to: Annotated[str, typer.Option(help="The gravest band that is borne for a time.")],
    approved_by: Annotated[str, typer.Option(help="The post or board that approved it.")],
    approved_on: Annotated[str, typer.Option(help="The day it was approved; else today.")] = "",
    stands_from: Annotated[
        str, typer.Option("--from", help="The day it stands from; else that of its approval.")
    ] = "",
    statement: Annotated[str, typer.Option(help="In the body's own words.")] = "",
    body: Body = None,
) -> None:
    """State the appetite and tolerance of a category; what was stated before stays."""
    with records():
        from watchkeep.apps.register import changes, queries

        by = operator(body)
        row = queries.category(by, name)
        number = changes.state_appetite(
            by=by,
            category=row.id,
            version=row.version,
            scale=queries.scale(by, scale).id,
            appetite=up_to,
            tolerance=borne_up_to,
            approved_by=approved_by,
            approved_on=day_named(approved_on),
            effective_on=day_named(stands_from or approved_on),
            statement=statement,
        )
        echo(f"Statement {number} of {row.name} stands from {stands_from or approved_on or 'today'}.")


def _take_away(by: Actor, *, csv: bool, json: bool) -> None:
    from watchkeep.jobs.tables import appetite as tables

    table = tables.stated(by)
    as_file(table.heading, table.rows, csv=csv, json=json)
