"""`watchkeep link`, `watchkeep event`: how risks bear on one another, and what happened around them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from watchkeep.cli.listing import AsAt, AsCsv, AsJson, Body, Register, as_file, say
from watchkeep.cli.records import operator, records

if TYPE_CHECKING:
    from watchkeep.domain.people import Actor

link = typer.Typer(help="How risks bear on one another.", no_args_is_help=True)
event = typer.Typer(help="What happened around risks.", no_args_is_help=True)


@link.command("list")
def list_links(
    register: Register = "", as_at: AsAt = "", csv: AsCsv = False, json: AsJson = False, body: Body = None
) -> None:
    """List the links that hold, each as a sentence. `risk link` makes one."""
    with records():
        from watchkeep.jobs.clocks import clock_said
        from watchkeep.jobs.tables import links

        by = operator(body)
        table = links.table(by, clock_said(as_at, ""), _slug(by, register))
        if as_file(table.heading, table.rows, csv=csv, json=json):
            return
        for source, _, kind, other, _, note, _ in table.rows:
            say(f"{source} {kind} {other}", note)


@link.command()
def end(
    reference: Annotated[str, typer.Argument(help="The risk, by its reference.")],
    kind: Annotated[str, typer.Argument(help="causes, aggravates, “depends on”, shares or duplicates.")],
    other: Annotated[str, typer.Argument(help="The other risk, by its reference.")],
    reason: Annotated[str, typer.Option(help="Why; it stays to be seen.")] = "",
    register: Annotated[str, typer.Option(help="The first risk's register, where there are several.")] = "",
    on: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="The first day on which it no longer holds. Else today."),
    ] = None,
    body: Body = None,
) -> None:
    """Say that a link no longer holds; that it did stays to be seen."""
    with records():
        from django.utils import timezone

        from watchkeep.apps.register import changes, queries
        from watchkeep.cli.risk import found_risk
        from watchkeep.domain.errors import Missing

        by = operator(body)
        page = found_risk(by, reference, register)
        rows = queries.links(by, page.id).rows
        row = next(
            (each for each in rows if each.outward and (each.kind, each.other_key) == (kind, other)), None
        )
        if row is None:
            raise Missing(f"No link says that {reference} {kind} {other}.")
        changes.end_link(
            by=by, link=row.id, until_on=on.date() if on else timezone.localdate(), reason=reason
        )
        say(f"That {page.label} {kind} {row.other_label} is ended.")


@event.command("list")
def list_events(
    register: Register = "", as_at: AsAt = "", csv: AsCsv = False, json: AsJson = False, body: Body = None
) -> None:
    """List what happened, the latest first. `risk event` records something."""
    with records():
        from watchkeep.jobs.clocks import clock_said
        from watchkeep.jobs.tables import events

        by = operator(body)
        table = events.table(by, clock_said(as_at, ""), _slug(by, register))
        if as_file(table.heading, table.rows, csv=csv, json=json):
            return
        for on, kind, title, _, outcome, risks, _ in table.rows:
            say(on, f"{kind}: {title}", outcome, f"({risks})")


def _slug(by: Actor, register: str) -> str:
    from watchkeep.cli.publish import register_named

    return register_named(by, register).slug if register else ""
