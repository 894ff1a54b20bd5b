"""`watchkeep risk`: list and show risks, open, judge, escalate, merge, close, reopen and link them."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from watchkeep.cli.listing import AsCsv, AsJson, as_file
from watchkeep.cli.printing import echo
from watchkeep.cli.records import operator, records

if TYPE_CHECKING:
    from watchkeep.apps.register.queries import RiskPage
    from watchkeep.domain.document import Field
    from watchkeep.domain.people import Actor

risk = typer.Typer(help="The risks of a register, and what becomes of them.", no_args_is_help=True)

Reference = Annotated[str, typer.Argument(help="The risk, by its reference, such as R1.")]
Register = Annotated[str, typer.Option(help="Which register, where there are several.")]
Reason = Annotated[str, typer.Option(help="Why; it stays to be seen.")]
Body = Annotated[str | None, typer.Option("--body", help="The body; needed only where there are several.")]
On = Annotated[
    datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day that it speaks of. Left out: today.")
]


@risk.command("list")
def list_risks(
    register: Register = "",
    as_at: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="As they stood on a day.")
    ] = None,
    csv: AsCsv = False,
    json: AsJson = False,
    body: Body = None,
) -> None:
    """List the risks of a register, with its drafts: reference, rating, name."""
    with records():
        from watchkeep.apps.register import queries
        from watchkeep.jobs.clocks import clock_on
        from watchkeep.jobs.tables import risks

        by = operator(body)
        clock = clock_on(as_at)
        if csv or json:
            table = risks.table(by, clock, queries.register(by, register).slug if register else "")
            as_file(table.heading, table.rows, csv=csv, json=json)
            return
        slug = register or queries.registers(by, clock)[0].slug
        for each in queries.document(by, slug, clock).risks:
            standing = each.standing
            rating = (standing.rating.text or standing.score.text) if standing else ""
            echo(f"{each.key}  {rating or 'not rated'}  {each.name.text or 'without a name'}")
        for draft in () if clock.past else queries.drafts(by, slug):
            whence = f"offered by {draft.offered_by}" if draft.offered_by else "draft"
            echo(f"{draft.key}  {whence}  {draft.name}")


@risk.command()
def show(reference: Reference, register: Register = "", body: Body = None) -> None:
    """Show one risk: what is said of it, every judgement, links, events and states."""
    with records():
        from watchkeep.apps.register import queries
        from watchkeep.domain.fields import fields_of, label_of
        from watchkeep.domain.finding import written

        by = operator(body)
        page = found_risk(by, reference, register)
        said = [f"{page.label}. {page.state.capitalize()} since {written(page.since)}."]
        said += [
            f"{label_of(path)}: {field.text}"
            for path, field in fields_of(page.value)
            if field.recorded and path not in ("reference", "name")
        ]
        for each in queries.assessments(by, page.id):
            of = f", part {each.part}" if each.part else ""
            who = f", by {each.by}" if each.by else ""
            said.append(f"  {each.stage}{of} as at {written(each.on)}: {each.rating or each.score}{who}")
        found = queries.links(by, page.id)
        said += [f"  {each.words} {each.other_label}" for each in found.rows]
        said += [f"  {written(each.on)}, {each.kind}: {each.title}" for each in queries.events(by, page.id)]
        said += [
            f"  {each.state} from {written(each.on)}{f': {each.reason}' if each.reason else ''}"
            for each in queries.states(by, page.id)
        ]
        for line in said:
            echo(line)


@risk.command("open")
def open_(
    name: Annotated[str, typer.Argument(help="The risk's name; or a draft's key, to open that.")],
    register: Register = "",
    reference: Annotated[str, typer.Option(help="Its reference. Left out: the next free one.")] = "",
    draft: Annotated[bool, typer.Option("--draft", help="Keep it as a draft.")] = False,
    on: On = None,
    body: Body = None,
) -> None:
    """Open a risk by its name, or keep it as a draft; a draft or an offer is opened by its key."""
    with records():
        from watchkeep.apps.register import changes, queries
        from watchkeep.domain.document import Field, Risk

        by = operator(body)
        row = queries.register(by, register or queries.registers(by)[0].slug)
        number = reference or queries.suggested_reference(by, row.slug)
        waiting = next((each for each in queries.drafts(by, row.slug) if each.key == name), None)
        if waiting:
            page = queries.risk(by, row.slug, name)
            take = changes.accept_escalation if waiting.offered_by else changes.open_draft
            opened = take(by=by, risk=page.id, version=page.version, reference=number, on=_day(on))
        else:
            value = Risk(key=number, name=_called(name))
            if draft:
                changes.draft_risk(by=by, register=row.id, value=value, effective_on=_day(on))
                echo(f"“{name}” is kept as a draft.")
                return
            value = value.model_copy(update={"reference": Field(state="recorded", text=number)})
            made = changes.open_risk(by=by, register=row.id, value=value, effective_on=_day(on))
            opened = queries.key_of(by, made)
        echo(f"{opened} is open.")


@risk.command()
def assess(
    reference: Reference,
    stage: Annotated[str, typer.Option(help="inherent, residual or target.")] = "residual",
    rating: Annotated[str, typer.Option(help="A band of the register's scale.")] = "",
    likelihood: Annotated[str, typer.Option(help="A level of likelihood.")] = "",
    impact: Annotated[str, typer.Option(help="A level of impact.")] = "",
    part: Annotated[str, typer.Option(help="The part that it is of. Left out: the whole.")] = "",
    because: Annotated[str, typer.Option(help="Why this rating.")] = "",
    basis: Annotated[str, typer.Option(help="What it rests on.")] = "",
    register: Register = "",
    on: On = None,
    body: Body = None,
) -> None:
    """Judge a risk or a part of it; what was judged before stays."""
    with records():
        from watchkeep.apps.register import changes

        by = operator(body)
        page = found_risk(by, reference, register)
        changes.assess(
            by=by,
            risk=page.id,
            version=page.version,
            stage=stage,
            part=part or None,
            likelihood=likelihood,
            impact=impact,
            rating=rating,
            rationale=because,
            basis=basis,
            on=_day(on),
        )
        echo(f"{page.label} is assessed.")


@risk.command()
def escalate(
    reference: Reference,
    to: Annotated[str, typer.Option(help="The register that it is offered to, by its name in addresses.")],
    reason: Reason = "",
    register: Register = "",
    on: On = None,
    body: Body = None,
) -> None:
    """Offer a risk to another register; it waits there until `risk open` takes it in."""
    with records():
        from watchkeep.apps.register import changes, queries

        by = operator(body)
        page = found_risk(by, reference, register)
        above = queries.register(by, to)
        changes.escalate(by=by, to_register=above.id, **_moved(page, on, reason))
        echo(f"{page.label} is offered to {above.name}.")


@risk.command("bring-back")
def bring_back(
    reference: Reference, reason: Reason = "", register: Register = "", on: On = None, body: Body = None
) -> None:
    """End an escalation: of the risk that was escalated, or, by the waiting risk's key, return it."""
    with records():
        from watchkeep.apps.register import changes

        by = operator(body)
        page = found_risk(by, reference, register)
        end = changes.return_escalation if page.state == "draft" else changes.bring_back
        end(by=by, **_moved(page, on, reason))
        echo(f"{page.label} is brought back.")


@risk.command()
def merge(
    reference: Reference,
    into: Annotated[str, typer.Option(help="The risk that tells it from now on, by its reference.")],
    reason: Reason = "",
    register: Register = "",
    on: On = None,
    body: Body = None,
) -> None:
    """Merge a risk into another; both keep their history."""
    with records():
        from watchkeep.apps.register import changes

        by = operator(body)
        page, other = found_risk(by, reference, register), found_risk(by, into, register)
        changes.merge_risk(by=by, into=other.id, **_moved(page, on, reason))
        echo(f"{page.label} is merged into {other.label}.")


@risk.command()
def close(
    reference: Reference, reason: Reason = "", register: Register = "", on: On = None, body: Body = None
) -> None:
    """Close a risk; what was said of it stays."""
    with records():
        from watchkeep.apps.register import changes

        by = operator(body)
        page = found_risk(by, reference, register)
        changes.close_risk(by=by, risk=page.id, version=page.version, closed_on=_day(on), reason=reason)
        echo(f"{page.label} is closed.")


@risk.command()
def reopen(
    reference: Reference, reason: Reason = "", register: Register = "", on: On = None, body: Body = None
) -> None:
    """Open a closed risk again; that it was closed stays to be seen."""
    with records():
        from watchkeep.apps.register import changes

        by = operator(body)
        page = found_risk(by, reference, register)
        changes.reopen_risk(by=by, **_moved(page, on, reason))
        echo(f"{page.label} is open again.")


@risk.command()
def link(
    reference: Reference,
    kind: Annotated[str, typer.Argument(help="causes, aggravates, “depends on”, shares or duplicates.")],
    other: Annotated[str, typer.Argument(help="The other risk, by its reference.")],
    note: Annotated[str, typer.Option(help="How the one reaches the other.")] = "",
    register: Register = "",
    on: On = None,
    body: Body = None,
) -> None:
    """Say how one risk bears on another."""
    with records():
        from watchkeep.apps.register import changes

        by = operator(body)
        page, target = found_risk(by, reference, register), found_risk(by, other, register)
        changes.link_risks(by=by, source=page.id, target=target.id, kind=kind, from_on=_day(on), note=note)
        echo(f"{page.label} {kind} {target.label}.")


@risk.command()
def event(
    reference: Reference,
    title: Annotated[str, typer.Argument(help="What happened, in one line.")],
    kind: Annotated[
        str, typer.Option(help="incident, “near miss”, request, lesson or realisation.")
    ] = "incident",
    text: Annotated[str, typer.Option(help="More of it.")] = "",
    outcome: Annotated[str, typer.Option(help="What came of it.")] = "",
    register: Register = "",
    on: On = None,
    body: Body = None,
) -> None:
    """Record something that happened around a risk."""
    with records():
        from watchkeep.apps.register import changes

        by = operator(body)
        page = found_risk(by, reference, register)
        changes.record_event(
            by=by, risks=[page.id], kind=kind, title=title, on=_day(on), text=text, outcome=outcome
        )
        echo(f"It is recorded of {page.label}.")


def found_risk(by: Actor, reference: str, register: str) -> RiskPage:
    """The one risk of that reference; where several registers have it, `--register` must say which."""
    from watchkeep.apps.register import queries
    from watchkeep.domain.errors import Invalid, Missing

    found = [each for each in queries.registers_with(by, reference) if register in ("", each.slug, each.name)]
    if not found:
        raise Missing(f"There is no risk called “{reference}”.")
    if len(found) > 1:
        names = ", ".join(each.slug for each in found)
        raise Invalid("register", f"{reference} is a risk of several registers; say --register: {names}.")
    return queries.risk(by, found[0].slug, reference)


def _called(name: str) -> Field:
    from watchkeep.domain.document import Field
    from watchkeep.domain.errors import Invalid
    from watchkeep.domain.naming import named

    if not named(name):
        raise Invalid("name", "Give the risk a name; one that can be read.")
    return Field(state="recorded", text=name)


def _moved(page: RiskPage, on: datetime | None, reason: str) -> dict[str, Any]:
    return {"risk": page.id, "version": page.version, "on": _day(on), "reason": reason}


def _day(on: datetime | None) -> date:
    from django.utils import timezone

    return on.date() if on else timezone.localdate()
