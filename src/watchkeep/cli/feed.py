"""`watchkeep feed`: readings that are pulled by themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, cast

import typer

from watchkeep.cli.listing import AsCsv, AsJson, as_file
from watchkeep.cli.printing import clean, echo
from watchkeep.cli.records import operator, records

if TYPE_CHECKING:
    from datetime import datetime

    from watchkeep.apps.indicators.changes.feeds import Every, Kind
    from watchkeep.apps.indicators.queries.feeds import FeedRow

feed = typer.Typer(help="Readings that are pulled by themselves.", no_args_is_help=True)
SHOWN = 20
HEADING = ("Feed", "Name", "From", "State", "Last pull")
Body = Annotated[str | None, typer.Option("--body", help="The body; needed only where there are several.")]
Number = Annotated[int, typer.Argument(help="The number of the feed, as the list shows it.")]


@feed.command()
def new(
    name: Annotated[str, typer.Argument(help="What it is called.")],
    csv: Annotated[str, typer.Option(help="The address of a CSV file or workbook.")] = "",
    json: Annotated[str, typer.Option(help="Or the address of a JSON answer.")] = "",
    items: Annotated[str, typer.Option(help="Where the rows stand in it, such as data.rows.")] = "",
    sql: Annotated[str, typer.Option(help="Or one SELECT.")] = "",
    secret: Annotated[str, typer.Option(help="The variable WATCHKEEP_FEED_SECRET_… that it needs.")] = "",
    indicator: Annotated[str, typer.Option(help="Whose readings they are, such as K1.")] = "",
    columns: Annotated[
        str, typer.Option("--map", help="Which column is what: day=Date,value=B,indicator=Ref.")
    ] = "",
    every: Annotated[str, typer.Option(help="hour, day or week.")] = "day",
    body: Body = None,
) -> None:
    """Have readings pulled every hour, day or week; unless said, columns are told by their headings."""
    with records():
        from watchkeep.apps.indicators.changes import feeds
        from watchkeep.domain.errors import Invalid
        from watchkeep.jobs.pulling import in_words, open_feed

        given = [kind for kind, said in (("csv", csv), ("json", json), ("sql", sql)) if said]
        if len(given) != 1:
            raise Invalid("kind", "Say one of --csv, --json and --sql.")
        value = feeds.FeedValue(
            name=name,
            kind=cast("Kind", given[0]),
            mapping=in_words(columns),
            every=cast("Every", every),
            address=csv or json,
            items=items,
            statement=sql,
            secret=secret,
            indicator=indicator.upper(),
        )
        open_feed(operator(body), value)
        echo(f"{name} is pulled every {every}, from now on, by `watchkeep work`.")


@feed.command("list")
def list_feeds(csv: AsCsv = False, json: AsJson = False, body: Body = None) -> None:
    """List the feeds and what their last pull came to."""
    with records():
        from django.utils import timezone

        from watchkeep.apps.indicators.queries.feeds import feeds

        now = timezone.now()
        rows = [_cells(each, now) for each in feeds(operator(body))]
        if as_file(HEADING, rows, csv=csv, json=json):
            return
        for row in rows:
            echo(clean("  ".join(row)))


@feed.command("try")
def try_feed(number: Number, body: Body = None) -> None:
    """Pull one and show its first rows and what would be refused; nothing is recorded."""
    with records():
        from watchkeep.apps.indicators.queries.feeds import feed as found
        from watchkeep.cli.work import tools
        from watchkeep.jobs.pulling import tried

        by = operator(body)
        looked = tried(by, found(by, number), tools().reach)
        for row in (looked.headings, *looked.rows):
            echo(clean(" | ".join(row)))
        for said in (*looked.doubts, looked.refused, *(each.sentence for each in looked.sorted.bad[:SHOWN])):
            if said:
                echo(clean(said), err=True)
        rows = looked.sorted
        echo(
            f"{rows.good} rows could be taken ({rows.added} new, {rows.corrected} corrected, "
            f"{rows.unchanged} as they were), {len(rows.bad)} refused, {rows.blank} empty."
        )
        echo("Nothing is recorded.")
        if looked.refused or rows.bad or not rows.good:
            raise typer.Exit(1)


@feed.command()
def run(number: Number, body: Body = None) -> None:
    """Pull one now."""
    with records():
        from watchkeep.apps.indicators.queries.feeds import feed as found
        from watchkeep.cli.work import tools
        from watchkeep.jobs.feeds import pull_now

        by, given = operator(body), tools()
        came = pull_now(by, found(by, number), given.store, given.reach)
        echo(clean(f"{came.outcome}: {came.sentence}"))
        if came.outcome in ("failed", "waiting"):
            raise typer.Exit(1)


@feed.command()
def stop(
    number: Number,
    reason: Annotated[str, typer.Option(help="Why; it stays on record.")],
    body: Body = None,
) -> None:
    """Pull one no more; what came stays."""
    with records():
        from watchkeep.apps.indicators.changes import feeds
        from watchkeep.apps.indicators.queries.feeds import feed as found

        by = operator(body)
        one = found(by, number)
        feeds.stop_feed(by=by, feed=one.id, reason=reason)
        echo(f"{one.name} is pulled no more.")


def _cells(row: FeedRow, now: datetime) -> tuple[str, ...]:
    """A feed in a row: which, where from, whether it is on time, and what its last pull came to."""
    state = "late" if row.late(now) else f"every {row.every}"
    last = row.runs[0] if row.runs else None
    came = f"{last.outcome}: {last.sentence}" if last else "not pulled yet"
    return (str(row.number), row.name, row.kind, "stopped" if row.stopped_at else state, came)
