"""`watchkeep person`: who may sign in, and what they may do."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from watchkeep.cli.listing import AsCsv, AsJson, as_file
from watchkeep.cli.printing import echo
from watchkeep.cli.records import login, operator, records

person = typer.Typer(help="Who may sign in.", no_args_is_help=True)

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

        rows = queries.people(operator(body))
        cells = ((each.name, each.email, each.role or "", "" if each.active else "yes") for each in rows)
        if as_file(("Name", "E-mail", "Role for the whole body", "Stopped"), cells, csv=csv, json=json):
            return
        for each in rows:
            echo(
                clean(
                    f"{each.email}  {each.name}  {each.role or 'no role'}{'' if each.active else '  stopped'}"
                )
            )


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
def grant(
    email: Email,
    role: Annotated[str, typer.Option(help="The role.")],
    unit: Annotated[str, typer.Option(help="In this unit and all below it.")] = "",
    register: Annotated[str, typer.Option(help="Or in this register, by its name.")] = "",
    body: Body = None,
) -> None:
    """Give somebody a role in a part of the body, from today."""
    with records():
        from django.utils import timezone

        from watchkeep.apps.people import changes, queries
        from watchkeep.cli.publish import register_named
        from watchkeep.domain.people import role_named

        by = operator(body)
        found = queries.person_with_email(by, email)
        changes.grant_role(
            by=by,
            person=found.id,
            role=role_named(role),
            unit=queries.unit_named(by, unit).id if unit else None,
            register=register_named(by, register).id if register else None,
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


def _password() -> str:
    given = os.environ.get("WATCHKEEP_PASSWORD")
    return given or str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))
