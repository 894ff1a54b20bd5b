"""`watchkeep marking`: who may read what of risks: list the rules, set one, lift one."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from watchkeep.cli.listing import AsCsv, AsJson, Body, Register, as_file, say
from watchkeep.cli.printing import echo
from watchkeep.cli.records import operator, records

if TYPE_CHECKING:
    from uuid import UUID

    from watchkeep.domain.people import Actor

marking = typer.Typer(help="Who may read what of risks, and on which ground.", no_args_is_help=True)

Reference = Annotated[str, typer.Argument(help="The risk, by its reference.")]
Field = Annotated[
    str,
    typer.Option(
        help="Which field: cause, controls:0 for the first line, promises:P3, indicators:K2. "
        "Left out: all of it."
    ),
]
DecidedBy = Annotated[
    str, typer.Option(help="Who decided that more people may read it: the address they sign in with.")
]


@marking.command("list")
def list_markings(
    register: Register = "",
    due: Annotated[bool, typer.Option("--due", help="Only those to be looked at again by now.")] = False,
    csv: AsCsv = False,
    json: AsJson = False,
    body: Body = None,
) -> None:
    """List the rules, those to be looked at again first."""
    with records():
        from watchkeep.apps.publication import queries
        from watchkeep.cli.publish import register_named
        from watchkeep.jobs.tables.rules import HEADING, cells

        by = operator(body)
        slug = register_named(by, register).slug if register else ""
        rows = [
            each for each in queries.markings(by) if slug in ("", each.register) and (each.due or not due)
        ]
        if as_file(HEADING, map(cells, rows), csv=csv, json=json):
            return
        for each in rows:
            again = f"look again on {each.look_again_on}" if each.look_again_on else ""
            say(
                each.risk_label,
                f"{each.label}: {each.readers}.",
                each.exemption,
                again,
                "DUE" if each.due else "",
            )


@marking.command("set")
def set_marking(
    reference: Reference,
    readers: Annotated[str, typer.Option(help="The widest audience: internal, committee or public.")],
    field: Field = "",
    exemption: Annotated[str, typer.Option(help="The ground in law.")] = "",
    harm: Annotated[str, typer.Option(help="What reading it would do.")] = "",
    reviewer: Annotated[str, typer.Option(help="The title of the post that answers for the rule.")] = "",
    look_again: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="When to look again; it does not lapse by itself."),
    ] = None,
    reason: Annotated[str, typer.Option(help="Needed where more people may read it than before.")] = "",
    decided_by: DecidedBy = "",
    register: Register = "",
    body: Body = None,
) -> None:
    """Say who may read a risk, or a field, line or promise of it, from today."""
    with records():
        from watchkeep.apps.people.queries import post_titled
        from watchkeep.apps.publication import changes
        from watchkeep.domain.marking import Said, readers_named

        by = operator(body)
        changes.mark(
            by=by,
            risk=_risk(by, register, reference),
            field=field,
            said=Said(
                readers_named(readers),
                exemption,
                harm,
                post_titled(by, reviewer).id if reviewer else None,
                look_again.date() if look_again else None,
            ),
            reason=reason,
            decided_by=_person(by, decided_by),
        )
        echo(f"{reference}{f', {field}' if field else ''}: {readers}, in every paper frozen from now on.")


@marking.command()
def lift(
    reference: Reference,
    reason: Annotated[str, typer.Option(help="Why more people may read it now.")],
    decided_by: DecidedBy,
    field: Field = "",
    register: Register = "",
    body: Body = None,
) -> None:
    """Take a rule off: what it kept back may go out again. A named person decided so."""
    with records():
        from watchkeep.apps.publication import changes, queries
        from watchkeep.domain.errors import Missing

        by = operator(body)
        rows = queries.markings(by, risk=_risk(by, register, reference))
        found = next((each for each in rows if each.field == field), None)
        if found is None:
            known = ", ".join(each.field or "the whole risk" for each in rows) or "none"
            raise Missing(f"{reference} has no such rule; its rules are of: {known}.")
        changes.unmark(by=by, marking=found.id, reason=reason, decided_by=_person(by, decided_by))
        echo(f"The rule of {found.risk_label} ({found.label}) is taken off.")


def _risk(by: Actor, register: str, reference: str) -> UUID:
    from watchkeep.apps.register import queries
    from watchkeep.cli.publish import register_named

    return queries.risk(by, register_named(by, register).id, reference).id


def _person(by: Actor, email: str) -> UUID | None:
    from watchkeep.apps.people.queries import person_with_email

    return person_with_email(by, email).id if email else None
