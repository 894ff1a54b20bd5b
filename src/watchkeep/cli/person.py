"""`watchkeep person`: let somebody sign in, or give them a new password."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from watchkeep.cli.records import login, operator, records

person = typer.Typer(help="Who may sign in.", no_args_is_help=True)

Body = Annotated[str | None, typer.Option("--body", help="The body; needed only where there are several.")]


@person.command()
def add(
    email: Annotated[str, typer.Argument(help="What they sign in with.")],
    name: Annotated[str, typer.Option(help="Their name.")],
    role: Annotated[str, typer.Option(help="administrator or reader.")] = "reader",
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
        typer.echo(f"{added.name} signs in as {added.email} ({added.role} of {of}).")


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
        typer.echo(f"{found.name} has a new password.")


@person.command("list")
def list_people(body: Body = None) -> None:
    """List who may sign in."""
    with records():
        from watchkeep.apps.people import queries
        from watchkeep.cli.read import clean

        for each in queries.people(operator(body)):
            typer.echo(clean(f"{each.email}  {each.name}  {each.role}{'' if each.active else '  stopped'}"))


def _password() -> str:
    given = os.environ.get("WATCHKEEP_PASSWORD")
    return given or str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))
