"""`watchkeep person`: who may sign in, and what they may do."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated

import typer

from watchkeep.cli.listing import AsCsv, AsJson, as_file
from watchkeep.cli.printing import echo
from watchkeep.cli.records import login, operator, records

if TYPE_CHECKING:
    from uuid import UUID

    from watchkeep.domain.people import Actor

person = typer.Typer(help="Who may sign in.", no_args_is_help=True)

HEADING = ("Name", "E-mail", "Role for the whole body", "Stopped", "Roles in parts of the body")
Email = Annotated[str, typer.Argument(help="Who, by the address that they sign in with.")]
Body = Annotated[str | None, typer.Option("--body", help="The body; needed only where there are several.")]


@person.command()
def add(
    email: Annotated[str, typer.Argument(help="What they sign in with.")],
    name: Annotated[str, typer.Option(help="Their name.")],
    role: Annotated[str, typer.Option(help="The role for the whole body, such as reader.")] = "reader",
    body: Body = None,
) -> None:
    """Let somebody sign in; a body that does not exist yet is opened.

    The password is asked for, or taken from WATCHKEEP_PASSWORD.
    """
    with records():
        from watchkeep.apps.people import changes, queries
        from watchkeep.domain.people import Actor, role_named

        wanted = role_named(role)
        if body and not any(each.name == body for each in queries.all_bodies()):
            changes.open_body(by=Actor("command", login(), login(), "administrator", ""), name=body)
        added = changes.add_person(
            by=operator(body), name=name, email=email, role=wanted, password=_password()
        )
        of = queries.body_of(added.as_actor()).name
        echo(f"{added.name} signs in as {added.email} ({added.role} of {of}).")


@person.command()
def password(
    email: Annotated[str, typer.Argument(help="What they sign in with.")], body: Body = None
) -> None:
    """Give somebody a new password, asked for or taken from WATCHKEEP_PASSWORD."""
    with records():
        from watchkeep.apps.people import changes, queries

        by = operator(body)
        found = queries.person_with_email(by, email)
        changes.change_password(by=by, person=found.id, password=_password())
        echo(f"{found.name} has a new password.")


@person.command("list")
def list_people(csv: AsCsv = False, json: AsJson = False, body: Body = None) -> None:
    """List who may sign in."""
    with records():
        from watchkeep.apps.people import queries
        from watchkeep.cli.printing import clean

        by = operator(body)
        rows = queries.people(by)
        parts = {each.id: "; ".join(_granted(by, each.id)) for each in rows}
        cells = (
            (each.name, each.email, each.role or "", "" if each.active else "yes", parts[each.id])
            for each in rows
        )
        if as_file(HEADING, cells, csv=csv, json=json):
            return
        for each in rows:
            said = [each.email, each.name, each.role or "no role", "" if each.active else "stopped"]
            echo(clean("  ".join(filter(None, [*said, parts[each.id]]))))


@person.command()
def role(
    email: Email, role: Annotated[str, typer.Option(help="The role, or none.")], body: Body = None
) -> None:
    """Give somebody another role for the whole body, or none."""
    with records():
        from watchkeep.apps.people import changes, queries
        from watchkeep.domain.people import role_named

        by = operator(body)
        found = queries.person_with_email(by, email)
        wanted = None if role == "none" else role_named(role)
        changes.change_role(by=by, person=found.id, role=wanted, version=found.version)
        echo(f"{found.name} is {wanted or 'without a role for the whole body'} now.")


@person.command()
def show(email: Email, body: Body = None) -> None:
    """Show what somebody may do: their role for the whole body, and those in parts of it."""
    with records():
        from watchkeep.apps.people import queries

        by = operator(body)
        found = queries.person_with_email(by, email)
        role = found.role or "no role for the whole body"
        echo(f"{found.email}  {found.name}  {role}{'' if found.active else '  stopped'}")
        for each in _granted(by, found.id):
            echo(f"  {each}")


@person.command()
def grant(
    email: Email,
    role: Annotated[str, typer.Option(help="The role; none takes back what they have there.")],
    unit: Annotated[str, typer.Option(help="In this unit and all below it.")] = "",
    register: Annotated[str, typer.Option(help="Or in this register, by its name.")] = "",
    reason: Annotated[str, typer.Option(help="Why it is taken back.")] = "",
    body: Body = None,
) -> None:
    """Give somebody a role in a part of the body, from today; or, with `--role none`, end it today."""
    with records():
        from django.utils import timezone

        from watchkeep.apps.people import changes, queries
        from watchkeep.cli.publish import register_named
        from watchkeep.domain.people import role_named

        by = operator(body)
        found = queries.person_with_email(by, email)
        in_unit = queries.unit_named(by, unit).id if unit else None
        in_register = register_named(by, register).id if register else None
        if role == "none":
            _take_back(by, found.id, in_unit, in_register, reason)
            echo(f"{found.name} has no role of their own in {unit or register} any more.")
            return
        changes.grant_role(
            by=by,
            person=found.id,
            role=role_named(role),
            unit=in_unit,
            register=in_register,
            from_on=timezone.localdate(),
        )
        echo(f"{found.name} is {role} in {unit or register}.")


@person.command()
def stop(
    email: Email, reason: Annotated[str, typer.Option(help="Why; it stays on record.")], body: Body = None
) -> None:
    """Stop somebody signing in. They leave every post; the posts stay, with all that belongs to them."""
    with records():
        from watchkeep.apps.people import changes, queries

        by = operator(body)
        found = queries.person_with_email(by, email)
        changes.stop_person(by=by, person=found.id, reason=reason)
        echo(f"{found.name} is out, and has left every post.")


@person.command()
def resume(
    email: Email,
    reason: Annotated[str, typer.Option(help="Why; it stays on record.")] = "",
    body: Body = None,
) -> None:
    """Let somebody who was stopped sign in again."""
    with records():
        from watchkeep.apps.people import changes, queries

        by = operator(body)
        found = queries.person_with_email(by, email)
        changes.resume_person(by=by, person=found.id, reason=reason)
        echo(f"{found.name} may sign in again.")


@person.command("code-off")
def code_off(email: Email, body: Body = None) -> None:
    """Turn off the second factor of somebody who has lost it."""
    with records():
        from watchkeep.apps.people import changes, queries

        by = operator(body)
        found = queries.person_with_email(by, email)
        changes.drop_second_factor(by=by, person=found.id)
        echo(f"{found.name} signs in by password alone now.")


def _take_back(by: Actor, person: UUID, unit: UUID | None, register: UUID | None, reason: str) -> None:
    """End today every role that the person has in that one unit or register."""
    from django.utils import timezone

    from watchkeep.apps.people import changes, queries
    from watchkeep.domain.errors import Invalid, Missing

    if (unit is None) == (register is None):
        raise Invalid("unit", "Say in which unit, or in which register; not both.")
    held = [each for each in queries.grants(by, person) if (each.unit, each.register) == (unit, register)]
    if not held:
        raise Missing(
            "They have no role of their own there; `watchkeep person show` says where they have one."
        )
    for each in held:
        changes.end_grant(by=by, grant=each.id, on=timezone.localdate(), reason=reason)


def _granted(by: Actor, person: UUID) -> list[str]:
    """The roles of somebody in parts of the body, each in words."""
    from watchkeep.apps.people import queries
    from watchkeep.apps.register.queries import kept_registers

    registers: dict[UUID | None, str] = {each.id: each.name for each in kept_registers(by)}
    return [
        f"{each.role} in {each.unit_name or registers.get(each.register, 'a register that is not there')}"
        f" from {each.from_on}{f' until {each.until_on}' if each.until_on else ''}"
        for each in queries.grants(by, person)
    ]


def _password() -> str:
    given = os.environ.get("WATCHKEEP_PASSWORD")
    return given or str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))
