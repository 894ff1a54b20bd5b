"""`watchkeep promise`: list and show promises, make one, move its day, say what became of it."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from watchkeep.cli.expecting import expect, lines_of
from watchkeep.cli.listing import AsCsv, AsJson, as_file
from watchkeep.cli.printing import echo
from watchkeep.cli.records import operator, records

if TYPE_CHECKING:
    from uuid import UUID

    from watchkeep.apps.treatment.changes import Becomes
    from watchkeep.apps.treatment.queries import CommitmentRow
    from watchkeep.domain.people import Actor

promise = typer.Typer(
    help="What was promised, by whom, by when, and how often it slipped.", no_args_is_help=True
)

Reference = Annotated[str, typer.Argument(help="The promise, by its reference, such as P1.")]
Body = Annotated[str | None, typer.Option("--body", help="The body; needed only where there are several.")]
On = Annotated[
    datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day that it speaks of. Left out: today.")
]


@promise.command("list")
def list_promises(
    as_at: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="As they stood on a day.")
    ] = None,
    state: Annotated[str, typer.Option(help="Only those in a state, such as overdue; or open.")] = "",
    owner: Annotated[str, typer.Option(help="Only those of a post, by its title.")] = "",
    csv: AsCsv = False,
    json: AsJson = False,
    body: Body = None,
) -> None:
    """List promises, the most pressing first: reference, state, day, slips, owner, what is promised."""
    with records():
        from watchkeep.apps.treatment import queries
        from watchkeep.jobs.clocks import clock_on
        from watchkeep.jobs.tables.promises import HEADING, cells

        every = queries.commitments(operator(body), clock_on(as_at))
        rows = [each for each in every if owner in ("", each.owner) and _fits(each, state)]
        if as_file(HEADING, map(cells, rows), csv=csv, json=json):
            return
        for each in rows:
            echo(_line(each))


@promise.command()
def show(reference: Reference, body: Body = None) -> None:
    """Show one promise: what was promised, every slip with its reason, who waits, and what became of it."""
    with records():
        from watchkeep.apps.treatment import queries
        from watchkeep.domain.finding import written

        by = operator(body)
        page = queries.commitment(by, reference)
        row, value = page.row, page.row.value
        said = [
            f"{row.label} ({row.kind}). {row.spoken}.",
            f"Owner: {row.owner or 'not recorded'}. Done when: {value.definition_of_done or 'not recorded'}",
            f"Due: {_day(row.due_on)}; first promised: {_day(row.original_due)}.",
            *(
                f"  slipped on {written(slip.on)} from {written(slip.from_day)} to {_day(slip.to_day)}: "
                f"{slip.reason or 'no reason recorded'} ({slip.by or 'not recorded'})"
                for slip in row.slips
            ),
            *(
                f"  bears on {use.risk_label}{f', part {use.part}' if use.part else ''}"
                for use in row.bears_on
            ),
            *(f"  waits for {each.row.label}: {each.row.spoken}" for each in page.needs),
            *(f"  {each.row.label} waits for it" for each in page.dependants),
        ]
        if value.expected_effect:
            seen = {"yes": "seen", "no": "looked for and not seen"}.get(
                row.facts.effect_seen or "", "not looked for"
            )
            said.append(f"Expected effect: {value.expected_effect} ({seen}). {row.effect_note}".rstrip())
        said += lines_of(by, row)
        if row.outcome_note:
            said.append(f"{(row.facts.outcome or '').capitalize()}: {row.outcome_note}")
        for line in said:
            echo(line)


@promise.command()
def add(
    title: Annotated[str, typer.Argument(help="What is promised, in a few words.")],
    kind: Annotated[
        str, typer.Option(help="action, decision, recommendation, agreement or review.")
    ] = "action",
    risk: Annotated[str, typer.Option(help="The risk that it bears on, by its reference.")] = "",
    part: Annotated[str, typer.Option(help="The part of the risk.")] = "",
    register: Annotated[str, typer.Option(help="Which register, where there are several.")] = "",
    owner: Annotated[str, typer.Option(help="The title of the post that answers for it.")] = "",
    due: Annotated[str, typer.Option(help="A day, a month or a quarter; a month means its last day.")] = "",
    done_when: Annotated[str, typer.Option(help="What there will be to see.")] = "",
    effect: Annotated[str, typer.Option(help="The effect that is expected of it.")] = "",
    effect_by: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="By when the effect is expected.")
    ] = None,
    if_not: Annotated[str, typer.Option(help="What happens if it is not done, or if the answer is no.")] = "",
    source: Annotated[str, typer.Option(help="Who asked for it or agreed it.")] = "",
    on: On = None,
    body: Body = None,
) -> None:
    """Say what is promised; it gets the body's next reference."""
    with records():
        from watchkeep.apps.people.queries import post_titled
        from watchkeep.apps.treatment import changes, queries
        from watchkeep.domain.commitment import Promise
        from watchkeep.domain.when import due_of

        by = operator(body)
        value = Promise(
            title=title,
            definition_of_done=done_when,
            owner_post=post_titled(by, owner).id if owner else None,
            due=due,
            due_on=due_of(due),
            expected_effect=effect,
            expected_by=effect_by.date() if effect_by else None,
            source=source,
            if_not=if_not,
        )
        bears_on = _risk(by, register, risk) if risk else None
        made = changes.promise(by=by, kind=kind, value=value, risk=bears_on, part=part, on=_date(on))
        echo(_line(queries.commitment(by, made).row))


@promise.command()
def slip(
    reference: Reference,
    due: Annotated[str, typer.Option(help="The new day; left empty, it is without a date.")] = "",
    reason: Annotated[str, typer.Option(help="Why; a later day needs it.")] = "",
    on: On = None,
    body: Body = None,
) -> None:
    """Give a new day. The day that was promised before, and the reason, stay."""
    with records():
        from watchkeep.apps.treatment import changes
        from watchkeep.domain.when import due_of

        by = operator(body)
        row = _row(by, reference)
        changes.slip(
            by=by,
            commitment=row.id,
            version=row.version,
            due=due,
            due_on=due_of(due),
            reason=reason,
            on=_date(on),
        )
        _tell(by, reference)


@promise.command()
def done(
    reference: Reference,
    note: Annotated[str, typer.Option(help="What there is to see.")] = "",
    becomes_control: Annotated[
        str,
        typer.Option(
            help="The control that it becomes: a name for a new one, or the reference of one that is there."
        ),
    ] = "",
    on: On = None,
    body: Body = None,
) -> None:
    """Report it done; with a name, it becomes a control of the same risks."""
    with records():
        from watchkeep.apps.treatment import changes

        by = operator(body)
        row = _row(by, reference)
        becomes, told = _becomes(by, becomes_control)
        changes.report_done(
            by=by,
            commitment=row.id,
            version=row.version,
            on=_date(on) or _today(),
            note=note,
            becomes_control=becomes,
        )
        _tell(by, reference)
        if told:
            echo(told)


@promise.command()
def drop(
    reference: Reference,
    reason: Annotated[str, typer.Option(help="Why it is given up; it stays on record.")],
    on: On = None,
    body: Body = None,
) -> None:
    """Give it up, and say why."""
    with records():
        from watchkeep.apps.treatment import changes

        by = operator(body)
        row = _row(by, reference)
        changes.drop(by=by, commitment=row.id, version=row.version, on=_date(on) or _today(), reason=reason)
        _tell(by, reference)


@promise.command()
def effect(
    reference: Reference,
    seen: Annotated[bool, typer.Option("--seen/--not-seen", help="Whether the expected effect was seen.")],
    note: Annotated[str, typer.Option(help="What was found, and where.")],
    on: On = None,
    body: Body = None,
) -> None:
    """Say whether it had the effect that was expected."""
    with records():
        from watchkeep.apps.treatment import changes

        by = operator(body)
        row = _row(by, reference)
        changes.say_effect(
            by=by,
            commitment=row.id,
            version=row.version,
            seen="yes" if seen else "no",
            on=_date(on) or _today(),
            note=note,
        )
        _tell(by, reference)


promise.command("expect")(expect)


def _becomes(by: Actor, control: str) -> tuple[Becomes | None, str]:
    """What a promise becomes, and a sentence that says so: the control of that reference, or a new one."""
    from watchkeep.apps.treatment import changes, queries
    from watchkeep.domain.control import ControlValue
    from watchkeep.domain.errors import Missing

    if not control:
        return None, ""
    wanted = control.strip().upper()
    if not re.fullmatch(r"C\d+", wanted):
        made = ControlValue(control)
        return changes.Becomes(made), f"A new control stands in its place: {made.name}."
    standing = next((each for each in queries.controls(by) if each.reference == wanted), None)
    if standing is None:
        raise Missing(f"There is no control {wanted}; to make a new one, give its name.")
    return changes.Becomes(control=standing.id), f"{wanted} {standing.name} stands in its place."


def _row(by: Actor, reference: str) -> CommitmentRow:
    from watchkeep.apps.treatment import queries

    return queries.commitment(by, reference).row


def _risk(by: Actor, register: str, reference: str) -> UUID:
    from watchkeep.apps.register import queries
    from watchkeep.cli.publish import register_named

    return queries.risk(by, register_named(by, register).slug, reference).id


def _tell(by: Actor, reference: str) -> None:

    echo(_line(_row(by, reference)))


def _fits(row: CommitmentRow, state: str) -> bool:
    return state in ("", row.standing.state) or (state == "open" and not row.standing.settled)


def _line(row: CommitmentRow) -> str:
    slips = f", slipped {row.slipped} days" if row.slipped else ""
    return f"{row.reference}  {row.spoken}{slips}  {row.owner or 'owner not recorded'}  {row.title}"


def _day(on: date | None) -> str:
    from watchkeep.domain.finding import written

    return written(on) if on else "no date"


def _date(on: datetime | None) -> date | None:
    return on.date() if on else None


def _today() -> date:
    from django.utils import timezone

    return timezone.localdate()
