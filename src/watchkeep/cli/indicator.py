"""`watchkeep indicator`: open, define, attach and show what risks are measured by."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from watchkeep.cli.listing import AsCsv, AsJson, as_file
from watchkeep.cli.printing import echo
from watchkeep.cli.records import operator, records

if TYPE_CHECKING:
    from watchkeep.apps.indicators.queries import IndicatorRow
    from watchkeep.domain.indicator import Definition, PlanPoint
    from watchkeep.domain.people import Actor

indicator = typer.Typer(help="What risks are measured by.", no_args_is_help=True)

DAY = ["%Y-%m-%d"]
Reference = Annotated[str, typer.Argument(help="The indicator, by its reference, such as K1.")]
Body = Annotated[str | None, typer.Option("--body", help="The body; needed only where there are several.")]
On = Annotated[datetime | None, typer.Option(formats=DAY, help="The day that it speaks of. Left out: today.")]
Why = Annotated[str, typer.Option(help="Why; it stays on record.")]
Register = Annotated[str, typer.Option(help="Which register, where there are several.")]


@indicator.command("list")
def list_indicators(
    as_at: Annotated[datetime | None, typer.Option(formats=DAY, help="As they stood on a day.")] = None,
    csv: AsCsv = False,
    json: AsJson = False,
    body: Body = None,
) -> None:
    """List the indicators: reference, name, how often, the last reading, how many risks."""
    with records():
        from watchkeep.apps.indicators import queries
        from watchkeep.jobs.clocks import clock_on
        from watchkeep.jobs.tables.indicators import HEADING, cells

        rows = queries.indicators(operator(body), clock_on(as_at))
        if as_file(HEADING, map(cells, rows), csv=csv, json=json):
            return
        for each in rows:
            risks = f"{each.risks} risk{'' if each.risks == 1 else 's'}"
            echo(f"{each.label}  each {each.definition.frequency}  {_last(each)}  {risks}")


@indicator.command()
def show(
    reference: Reference,
    last: Annotated[int, typer.Option(help="How many of its last periods to show.")] = 12,
    body: Body = None,
) -> None:
    """Show one indicator: what it measures, its lines, and its last periods with their states."""
    with records():
        from django.utils import timezone

        from watchkeep.apps.indicators import queries
        from watchkeep.domain.indicator.periods import filled

        viewer = operator(body)
        row, series = queries.indicator_named(viewer, reference), queries.series(viewer, reference)
        said = row.definition
        echo(f"{row.label} ({said.kind}, {said.unit or 'no unit'}; better: {said.better})")
        owner, source = row.owner or "not recorded", said.source or "not recorded"
        echo(f"Each {said.frequency}. Owner: {owner}. Source: {source}.")
        for line in series.targets:
            until = f" until {line.until_on}" if line.until_on else ""
            echo(f"  {line.kind} {line.value:g} from {line.from_on}{until}")
        for rebased in series.rebases:
            echo(f"  rebased {rebased.on}: {rebased.reason}")
        for note in series.annotations:
            echo(f"  {note.on}: {note.text}")
        for each in filled(series, timezone.localdate()).readings[-last:]:
            value = each.state if each.value is None else f"{each.value:.12g} {said.unit}".rstrip()
            echo(f"  {each.on}  {value}{f'  {each.note}' if each.note else ''}")


@indicator.command("open")
def open_indicator(
    name: Annotated[str, typer.Argument(help="What is measured, in a few words.")],
    better: Annotated[str, typer.Option(help="up, down or neither.")],
    frequency: Annotated[str, typer.Option(help="day, week, month, quarter or year.")] = "month",
    unit: Annotated[str, typer.Option(help="As printed after a value, such as %.")] = "",
    kind: Annotated[str, typer.Option(help="number, share, rate, count, money, hours or index.")] = "number",
    source: Annotated[str, typer.Option(help="Where its readings come from.")] = "",
    numerator: Annotated[str, typer.Option(help="What is counted.")] = "",
    denominator: Annotated[str, typer.Option(help="Out of what.")] = "",
    due_after: Annotated[int, typer.Option(help="Days after a period's end on which it is due.")] = 0,
    owner: Annotated[str, typer.Option(help="The title of the post that answers for it.")] = "",
    on: On = None,
    body: Body = None,
) -> None:
    """Open an indicator; it gets the next reference."""
    with records():
        from watchkeep.apps.indicators import changes, queries
        from watchkeep.apps.people import queries as people
        from watchkeep.domain.indicator import Definition

        by = operator(body)
        post = people.post_titled(by, owner).id if owner else None
        blank = Definition(name, unit, "neither", "month", source)
        parts = replace(blank, numerator=numerator, denominator=denominator, due_after=due_after)
        definition = replace(_worded(parts, better, frequency, kind), from_on=_day(on))
        made = changes.open_indicator(by=by, definition=definition, owner_post=post)
        echo(f"Opened {queries.indicator_named(by, made).label}.")


@indicator.command()
def redefine(
    reference: Reference,
    name: Annotated[str | None, typer.Option(help="What is measured.")] = None,
    better: Annotated[str | None, typer.Option(help="up, down or neither.")] = None,
    unit: Annotated[str | None, typer.Option(help="As printed after a value.")] = None,
    source: Annotated[str | None, typer.Option(help="Where its readings come from.")] = None,
    due_after: Annotated[int | None, typer.Option(help="Days after a period's end.")] = None,
    owner: Annotated[str | None, typer.Option(help="The title of the post; empty for none.")] = None,
    reason: Why = "",
    on: On = None,
    body: Body = None,
) -> None:
    """Say from a day on that an indicator reads otherwise; what is left out stays."""
    with records():
        from watchkeep.apps.indicators import changes, queries
        from watchkeep.apps.people import queries as people

        by = operator(body)
        row = queries.indicator_named(by, reference)
        given = {"name": name, "unit": unit, "source": source, "due_after": due_after}
        told = {field: value for field, value in given.items() if value is not None}
        was = row.definition
        definition = _worded(
            replace(was, **told, from_on=_day(on)),  # type: ignore[arg-type]  # each has its field's type
            better or was.better,
            was.frequency,
            was.kind,
        )
        post = row.owner_post if owner is None else people.post_titled(by, owner).id if owner else None
        changes.redefine(
            by=by,
            indicator=row.id,
            version=row.version,
            definition=definition,
            owner_post=post,
            reason=reason,
        )
        echo(f"{queries.indicator_named(by, row.id).label} is redefined.")


@indicator.command()
def target(
    reference: Reference,
    value: Annotated[float, typer.Argument(help="The value that readings are held against.")],
    on: On = None,
    until: Annotated[
        datetime | None, typer.Option(formats=DAY, help="The first day on which it holds no longer.")
    ] = None,
    kind: Annotated[str, typer.Option(help="target, upper tolerance or lower tolerance.")] = "target",
    source: Annotated[str, typer.Option(help="Who set it.")] = "",
    body: Body = None,
) -> None:
    """Hold readings against a line from a day on. The one before it stays for the days on which it held."""
    with records():
        from watchkeep.apps.indicators import changes
        from watchkeep.domain.indicator import Target

        by = operator(body)
        row = _row(by, reference)
        end = until.date() if until else None
        line = Target(value, _day(on), end, kind, source)  # type: ignore[arg-type]  # the change refuses others
        changes.set_target(by=by, indicator=row.id, target=line)
        echo(f"{row.label}: {kind} {value:g} from {_day(on)}.")


@indicator.command("end")
def end_line(
    reference: Reference,
    kind: Annotated[str, typer.Option(help="target, upper tolerance or lower tolerance.")] = "target",
    reason: Why = "",
    on: On = None,
    body: Body = None,
) -> None:
    """Say that the line that holds without an end holds no longer from a day on."""
    with records():
        from watchkeep.apps.indicators import changes, queries
        from watchkeep.domain.errors import Missing
        from watchkeep.domain.indicator import Target

        by = operator(body)
        row = _row(by, reference)
        for each in queries.said_of(by, row.id):
            what = each.what
            if isinstance(what, Target) and what.kind == kind and what.until_on is None:
                changes.end_target(by=by, line=each.id, on=_day(on), why=reason)
                echo(f"{row.label}: {kind} {what.value:g} from {what.from_on} until {_day(on)}.")
                return
        raise Missing(f"{row.label} has no {kind} that holds without an end.")


@indicator.command("take-back")
def take_back(
    reference: Reference,
    kind: Annotated[
        str, typer.Argument(help="target, upper tolerance, lower tolerance, rebase, note or plan.")
    ],
    day: Annotated[datetime, typer.Argument(formats=DAY, help="The day that it is of, or begins on.")],
    reason: Why,
    body: Body = None,
) -> None:
    """Take back a line, a rebase, a note or a planned day that was said in error; that it was said stays."""
    with records():
        from watchkeep.apps.indicators import changes, queries
        from watchkeep.domain.errors import Missing

        by = operator(body)
        row = _row(by, reference)
        met = [each for each in queries.said_of(by, row.id) if each.place == (kind, day.date())]
        if len(met) != 1:
            found = f"{len(met)} of them" if met else "none"
            raise Missing(f"{row.label}: expected one {kind} of {day.date()}, found {found}.")
        changes.take_back(by=by, said=met[0].id, why=reason)
        echo(f"{row.label}: the {kind} of {day.date()} is taken back.")


@indicator.command()
def rebase(reference: Reference, reason: Why, on: On = None, body: Body = None) -> None:
    """Work limits out anew from a day on, because the process changed."""
    with records():
        from watchkeep.apps.indicators import changes

        by = operator(body)
        row = _row(by, reference)
        changes.rebase(by=by, indicator=row.id, on=_day(on), reason=reason)
        echo(f"{row.label} is rebased on {_day(on)}.")


@indicator.command()
def annotate(
    reference: Reference,
    text: Annotated[str, typer.Argument(help="What happened.")],
    on: On = None,
    body: Body = None,
) -> None:
    """Say what happened on a day and may explain what follows."""
    with records():
        from watchkeep.apps.indicators import changes

        by = operator(body)
        row = _row(by, reference)
        changes.annotate(by=by, indicator=row.id, on=_day(on), text=text)
        echo(f"{row.label}: noted on {_day(on)}.")


@indicator.command()
def plan(
    reference: Reference,
    points: Annotated[list[str], typer.Argument(help="Days and values, such as 2026-04-01=120.")],
    why: Why = "",
    body: Body = None,
) -> None:
    """Say what is planned for days; a day that was planned otherwise before needs a reason."""
    with records():
        from watchkeep.apps.indicators import changes

        by = operator(body)
        row = _row(by, reference)
        changed = changes.plan(by=by, indicator=row.id, points=[_point(each) for each in points], why=why)
        echo(f"{row.label}: {changed} of {len(points)} days planned anew.")


@indicator.command()
def attach(
    reference: Reference,
    risk: Annotated[str, typer.Argument(help="The risk that it speaks to, by its reference.")],
    side: Annotated[str, typer.Option(help="cause, control or consequence.")],
    part: Annotated[str, typer.Option(help="The part of the risk, such as ii.")] = "",
    leads: Annotated[bool, typer.Option("--leads", help="It moves before the risk does.")] = False,
    on: On = None,
    register: Register = "",
    body: Body = None,
) -> None:
    """Say that an indicator measures a cause, a control or a consequence of a risk."""
    with records():
        from watchkeep.apps.indicators import changes
        from watchkeep.apps.register import queries as registers
        from watchkeep.cli.publish import register_named

        by = operator(body)
        row, page = _row(by, reference), registers.risk(by, register_named(by, register).id, risk)
        changes.attach(
            by=by, indicator=row.id, risk=page.id, side=side, part=part, leads=leads, from_on=_day(on)
        )
        echo(f"{row.label} speaks to a {side} of {page.label}.")


@indicator.command()
def detach(
    reference: Reference,
    risk: Annotated[str, typer.Argument(help="The risk, by its reference.")],
    reason: Why,
    on: On = None,
    register: Register = "",
    body: Body = None,
) -> None:
    """Say that an indicator speaks to a risk no longer."""
    with records():
        from watchkeep.apps.indicators import changes, queries
        from watchkeep.apps.register import queries as registers
        from watchkeep.cli.publish import register_named

        by = operator(body)
        row, page = _row(by, reference), registers.risk(by, register_named(by, register).id, risk)
        uses = [each for each in queries.series_of_risk(by, page.id) if each.indicator == row.id]
        for use in uses:
            changes.detach(by=by, use=use.id, on=_day(on), reason=reason)
        echo(
            f"{row.label} speaks to {page.label} no longer." if uses else f"{row.label} does not speak to it."
        )


def _worded(definition: Definition, better: str, frequency: str, kind: str) -> Definition:
    """The definition with these words; the change refuses one that it does not know."""
    words = {"better": better, "frequency": frequency, "kind": kind}
    return replace(definition, **words)  # type: ignore[arg-type]


def _point(text: str) -> PlanPoint:
    from watchkeep.domain.errors import Invalid
    from watchkeep.domain.indicator import PlanPoint

    day, _, value = text.partition("=")
    try:
        return PlanPoint(date.fromisoformat(day), float(value))
    except ValueError:
        raise Invalid("points", f"Give a day and a value, such as 2026-04-01=120, not “{text}”.") from None


def _row(by: Actor, which: str) -> IndicatorRow:
    from watchkeep.apps.indicators import queries

    return queries.indicator_named(by, which)


def _day(on: datetime | None) -> date:
    from django.utils import timezone

    return on.date() if on else timezone.localdate()


def _last(row: IndicatorRow) -> str:
    if row.last is None:
        return "no reading yet"
    return f"{row.last.on}: {row.last.value:.12g} {row.definition.unit}".rstrip()
