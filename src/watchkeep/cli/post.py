"""`watchkeep post`: posts, and who holds them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from watchkeep.cli.listing import AsCsv, AsJson, as_file
from watchkeep.cli.printing import echo
from watchkeep.cli.records import operator, records

post = typer.Typer(help="Posts, and who holds them.", no_args_is_help=True)

Body = Annotated[str | None, typer.Option("--body", help="The body; needed only where there are several.")]
Title = Annotated[str, typer.Argument(help="The post's title.")]
Email = Annotated[str, typer.Argument(help="Who, by the address that they sign in with.")]
DAY = ["%Y-%m-%d"]


@post.command("list")
def list_posts(
    as_at: Annotated[datetime | None, typer.Option(formats=DAY, help="The day; left out, today.")] = None,
    csv: AsCsv = False,
    json: AsJson = False,
    body: Body = None,
) -> None:
    """List the posts, who holds each and who deputises."""
    with records():
        from watchkeep.apps.people import queries
        from watchkeep.jobs.clocks import clock_on
        from watchkeep.jobs.tables import posts

        by, clock = operator(body), clock_on(as_at)
        table = posts.table(by, clock)
        if as_file(table.heading, table.rows, csv=csv, json=json):
            return
        for each in queries.posts(by, clock):
            held = ", ".join(one.name for one in each.holders) or "nobody"
            deputies = ", ".join(one.name for one in each.deputies)
            gone = f"  abolished on {each.abolished_on:%Y-%m-%d}" if each.abolished_on else ""
            echo(f"{each.title}  {held}{f' (deputy: {deputies})' if deputies else ''}{gone}")


@post.command("open")
def open_post(
    title: Title,
    unit: Annotated[str, typer.Option(help="The unit that it stands in; left out, the whole body.")] = "",
    body: Body = None,
) -> None:
    """Open a post. Nobody holds it yet."""
    with records():
        from watchkeep.apps.people import changes, queries

        by = operator(body)
        changes.open_post(by=by, title=title, unit=queries.unit_named(by, unit).id if unit else None)
        echo(f"{title} is open, and nobody holds it yet.")


@post.command()
def appoint(
    title: Title,
    email: Email,
    from_on: Annotated[datetime, typer.Option("--from", formats=DAY, help="The first day.")],
    until_on: Annotated[
        datetime | None,
        typer.Option("--until", formats=DAY, help="The first day on which it no longer holds, where known."),
    ] = None,
    deputy: Annotated[bool, typer.Option("--deputy", help="As a deputy of whoever holds it.")] = False,
    sharing: Annotated[
        bool, typer.Option("--sharing", help="Beside whoever holds it, who goes on; else they are succeeded.")
    ] = False,
    body: Body = None,
) -> None:
    """Let somebody hold a post, or deputise for its holder."""
    with records():
        from watchkeep.apps.people import changes, queries

        by = operator(body)
        who = queries.person_with_email(by, email)
        changes.appoint(
            by=by,
            post=queries.post_titled(by, title).id,
            person=who.id,
            from_on=from_on.date(),
            until_on=until_on.date() if until_on else None,
            deputy=deputy,
            sharing=sharing,
        )
        echo(f"{who.name} {'deputises as' if deputy else 'is'} {title} from {from_on:%Y-%m-%d}.")


@post.command()
def end(
    title: Title,
    email: Email,
    on: Annotated[datetime, typer.Option(formats=DAY, help="The first day on which it no longer holds.")],
    reason: Annotated[str, typer.Option(help="Why.")] = "",
    body: Body = None,
) -> None:
    """Say that somebody no longer holds a post, or no longer deputises. The post stays."""
    with records():
        from watchkeep.apps.people import changes, queries
        from watchkeep.domain.errors import Missing

        by = operator(body)
        who, row = queries.person_with_email(by, email), queries.post_titled(by, title)
        held = [each for each in (*row.holders, *row.deputies) if each.person == who.id]
        if not held:
            raise Missing(f"{who.name} does not hold {title}, and does not deputise there.")
        for each in held:
            changes.end_holding(by=by, holding=each.id, on=on.date(), reason=reason)
        echo(f"{who.name} is no longer {title} from {on:%Y-%m-%d}.")
