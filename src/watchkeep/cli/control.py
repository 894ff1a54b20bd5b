"""`watchkeep control`: list and show controls, add one, say what it serves, record a check, stand it down."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from watchkeep.cli.listing import AsCsv, AsJson, as_file, say
from watchkeep.cli.printing import echo
from watchkeep.cli.records import operator, records

if TYPE_CHECKING:
    from uuid import UUID

    from watchkeep.apps.treatment.queries import ControlRow
    from watchkeep.domain.people import Actor

control = typer.Typer(help="What holds risks back, and who checked that it does.", no_args_is_help=True)

Reference = Annotated[str, typer.Argument(help="The control, by its reference, such as C1.")]
Body = Annotated[str | None, typer.Option("--body", help="The body; needed only where there are several.")]
On = Annotated[
    datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day that it speaks of. Left out: today.")
]


@control.command("list")
def list_controls(
    as_at: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="As they stood on a day.")
    ] = None,
    csv: AsCsv = False,
    json: AsJson = False,
    body: Body = None,
) -> None:
    """List the controls: reference, name, whether they hold, when they were checked, how many risks."""
    with records():
        from watchkeep.apps.treatment import queries
        from watchkeep.jobs.clocks import clock_on
        from watchkeep.jobs.tables.controls import HEADING, cells

        rows = queries.controls(operator(body), clock_on(as_at))
        if as_file(HEADING, map(cells, rows), csv=csv, json=json):
            return
        for each in rows:
            echo(_line(each))


@control.command()
def checks(
    reference: Annotated[str, typer.Argument(help="The control. Left out: all of them.")] = "",
    csv: AsCsv = False,
    json: AsJson = False,
    body: Body = None,
) -> None:
    """List the checks that stand: of which control, when, by whom, and what was found."""
    with records():
        from watchkeep.apps.treatment import queries
        from watchkeep.jobs.tables import checks as checked

        viewer = operator(body)
        reference = queries.control(viewer, reference).row.reference if reference else ""
        table = checked.table(viewer)
        rows = [each for each in table.rows if reference in ("", each[0])]
        if as_file(table.heading, rows, csv=csv, json=json):
            return
        for control, name, on, kind, line, by, design, operation, *_ in rows:
            found = f"design {design}, operation {operation}"
            say(control, name, on, f"{kind}, line {line}, {by}:", found)


@control.command()
def show(reference: Reference, body: Body = None) -> None:
    """Show one control: what it is, what it serves, what can be said of it and why, and its checks."""
    with records():
        from watchkeep.apps.treatment import queries
        from watchkeep.domain.check import sample_says
        from watchkeep.domain.finding import written

        page = queries.control(operator(body), reference)
        row, found = page.row, page.row.effectiveness
        echo(f"{row.label} ({row.state}, {row.kind or 'kind not recorded'})")
        echo(f"Owner: {row.owner or 'not recorded'}. How often: {row.frequency or 'not recorded'}.")
        echo(f"Design: {found.design.answer}. Operation: {found.operation.answer}.")
        echo(f"Checks: {found.freshness or 'never checked'}{', disputed' if found.disputed else ''}.")
        for use in row.uses:
            part = f", part {use.part}" if use.part else ""
            echo(f"  serves {use.risk_label}{part} ({use.side or 'side not recorded'})")
        for each in page.checks:
            check = each.check
            said = sample_says(check.sample, row.tolerated).sentence if check.sample else ""
            head = f"{written(check.on)}  {check.kind}, line {check.line}, {check.by} ({each.freshness})"
            echo(f"  {head}: design {check.design}, operation {check.operation}. {said}".rstrip())


@control.command()
def add(
    name: Annotated[str, typer.Argument(help="What is done, in a few words.")],
    owner: Annotated[str, typer.Option(help="The title of the post that answers for it.")] = "",
    kind: Annotated[str, typer.Option(help="preventive, detective, corrective or recovery.")] = "",
    frequency: Annotated[str, typer.Option(help="How often, as people say it.")] = "",
    tolerated: Annotated[int | None, typer.Option(help="How many of 100 cases may fail.")] = None,
    planned: Annotated[bool, typer.Option("--planned", help="It is not there yet.")] = False,
    on: On = None,
    body: Body = None,
) -> None:
    """Add a control; it gets the next reference."""
    with records():
        from watchkeep.apps.people import queries as people
        from watchkeep.apps.treatment import changes, queries
        from watchkeep.domain.control import ControlValue

        by = operator(body)
        made = changes.add_control(
            by=by,
            value=ControlValue(name, kind=kind, frequency=frequency, tolerated=tolerated),
            effective_on=_day(on),
            owner_post=people.post_titled(by, owner).id if owner else None,
            state="planned" if planned else "in force",
        )
        echo(f"Added {queries.control(by, made).row.label}.")


@control.command()
def apply(
    reference: Reference,
    risk: Annotated[str, typer.Argument(help="The risk that it serves, by its reference.")],
    part: Annotated[str, typer.Option(help="The part of the risk, such as ii.")] = "",
    side: Annotated[str, typer.Option(help="cause or consequence.")] = "",
    on: On = None,
    register: Annotated[str, typer.Option(help="Which register, where there are several.")] = "",
    body: Body = None,
) -> None:
    """Say that a control serves a risk."""
    with records():
        from watchkeep.apps.register import queries as registers
        from watchkeep.apps.treatment import changes
        from watchkeep.cli.publish import register_named

        by = operator(body)
        page = registers.risk(by, register_named(by, register).id, risk)
        found = _row(by, reference)
        changes.apply_control(by=by, control=found.id, risk=page.id, part=part, side=side, from_on=_day(on))
        echo(f"{found.label} serves {page.label}.")


@control.command()
def check(
    reference: Reference,
    kind: Annotated[str, typer.Option(help="attestation, assessment or assurance.")],
    line: Annotated[int, typer.Option(help="Line of defence: 1, 2 or 3.")],
    checked_by: Annotated[str, typer.Option(help="The post or person who checked.")],
    design: Annotated[
        str, typer.Option(help="effective, partly effective, not effective or not judged.")
    ] = "not judged",
    operation: Annotated[str, typer.Option(help="The same, of whether it works.")] = "not judged",
    sample: Annotated[int | None, typer.Option(help="Cases that were looked at.")] = None,
    failures: Annotated[int, typer.Option(help="Of them, cases in which it failed.")] = 0,
    note: Annotated[str, typer.Option(help="What was found.")] = "",
    on: On = None,
    body: Body = None,
) -> None:
    """Record what somebody found who checked a control."""
    with records():
        from watchkeep.apps.treatment import changes
        from watchkeep.domain.check import Sample, check_named

        by = operator(body)
        found = _row(by, reference)
        value = check_named(
            kind=kind,
            line=line,
            on=_day(on),
            by=checked_by,
            design=design,
            operation=operation,
            sample=None if sample is None else Sample(sample, failures),
            note=note,
        )
        changes.record_check(by=by, control=found.id, value=value)
        echo(_line(_row(by, reference)))


@control.command("stand-down")
def stand_down(
    reference: Reference,
    reason: Annotated[str, typer.Option(help="Why; it stays on record.")],
    on: On = None,
    body: Body = None,
) -> None:
    """Say that a control is no longer there. Every risk that it served shows it."""
    _move(reference, reason, on, body, down=True)


@control.command("stand-up")
def stand_up(
    reference: Reference,
    reason: Annotated[str, typer.Option(help="Why; it stays on record.")] = "",
    on: On = None,
    body: Body = None,
) -> None:
    """Put a planned control in force, or one that was stood down."""
    _move(reference, reason, on, body, down=False)


def _move(reference: str, reason: str, on: datetime | None, body: str | None, *, down: bool) -> None:
    with records():
        from watchkeep.apps.treatment import changes

        by = operator(body)
        found = _row(by, reference)
        deed = changes.stand_down if down else changes.stand_up
        deed(by=by, control=found.id, version=found.version, on=_day(on), reason=reason)
        echo(f"{found.label} is {_row(by, found.id).state}.")


def _row(by: Actor, which: str | UUID) -> ControlRow:
    from watchkeep.apps.treatment import queries

    return queries.control(by, which).row


def _day(on: datetime | None) -> date:
    from django.utils import timezone

    return on.date() if on else timezone.localdate()


def _line(row: ControlRow) -> str:
    found = row.effectiveness
    state = "" if row.in_force else f"  {row.state}"
    serves = f"{len(row.risks)} risk{'' if len(row.risks) == 1 else 's'}"
    return (
        f"{row.reference}  {row.name}  {found.whole}  {found.freshness or 'never checked'}  {serves}{state}"
    )
