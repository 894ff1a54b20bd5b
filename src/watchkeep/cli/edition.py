"""`watchkeep edition`: list editions, approve one for the public, publish it, withdraw it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from watchkeep.cli.listing import AsCsv, AsJson, Body, Register, as_file, say
from watchkeep.cli.printing import echo
from watchkeep.cli.records import by_password, operator, records

if TYPE_CHECKING:
    from watchkeep.apps.publication.queries import EditionRow
    from watchkeep.domain.people import Actor

edition = typer.Typer(
    help="Papers that were frozen: who approved them, which are published.", no_args_is_help=True
)

Number = Annotated[int, typer.Argument(help="The edition, by its number.", min=1)]
HEADING = (
    "register",
    "number",
    "title",
    "for",
    "state",
    "frozen on",
    "frozen by",
    "approved by",
    "withdrawn because",
)


@edition.command("list")
def list_editions(
    register: Register = "", csv: AsCsv = False, json: AsJson = False, body: Body = None
) -> None:
    """List the editions, newest first; a withdrawn one with the reason."""
    with records():
        from watchkeep.apps.publication import queries
        from watchkeep.cli.publish import register_named

        by = operator(body)
        rows = queries.editions(by, register_named(by, register).id if register else None)
        if as_file(HEADING, map(_cells, rows), csv=csv, json=json):
            return
        for each in rows:
            _, _, title, readers, state, on, _, _, because = _cells(each)
            say(each.register_slug, str(each.number), title, readers, state, on, because)


@edition.command()
def approve(
    number: Number,
    email: Annotated[str, typer.Option(help="Who approves it: the address they sign in with.")],
    register: Register = "",
    body: Body = None,
) -> None:
    """Say, as a second person, that the public may have an edition.

    The person proves who they are: the password is asked for, or taken from WATCHKEEP_PASSWORD.
    """
    with records():
        from watchkeep.apps.publication import changes

        found = _numbered(operator(body), register, number)
        changes.approve(by=by_password(email), edition=found.id)
        echo(f"Edition {number} is approved. Publish it with `watchkeep edition publish {number}`.")


@edition.command()
def publish(number: Number, register: Register = "", body: Body = None) -> None:
    """Let its readers have an edition; one for the public once it is approved."""
    with records():
        from watchkeep.apps.publication import changes

        by = operator(body)
        changes.publish(by=by, edition=_numbered(by, register, number).id)
        echo(f"Edition {number} is published.")


@edition.command()
def remake(number: Number, register: Register = "", body: Body = None) -> None:
    """Make each file of an edition again, and say whether its bytes are the ones that were kept.

    Nothing is written. Ends with 1 where a file differs.
    """
    with records():
        from watchkeep.jobs.remaking import remake as made_again

        by = operator(body)
        made = made_again(by, _numbered(by, register, number).id)
        for each in made:
            echo(each.sentence)
        if not made:
            echo(f"Edition {number} has no files.")
    if not all(each.same for each in made):
        raise typer.Exit(1)


@edition.command()
def withdraw(
    number: Number,
    reason: Annotated[str, typer.Option(help="Why; its readers will see it.")],
    register: Register = "",
    body: Body = None,
) -> None:
    """Stop serving an edition. That it was published, and why it no longer is, stays to be seen."""
    with records():
        from watchkeep.apps.publication import changes

        by = operator(body)
        changes.withdraw(by=by, edition=_numbered(by, register, number).id, reason=reason)
        echo(f"Edition {number} is withdrawn.")


def _numbered(by: Actor, register: str, number: int) -> EditionRow:
    from watchkeep.apps.publication import queries
    from watchkeep.cli.publish import register_named
    from watchkeep.domain.errors import Missing

    row = register_named(by, register)
    found = next((each for each in queries.editions(by, row.id) if each.number == number), None)
    if found is None:
        raise Missing(f"{row.name} has no edition {number}.")
    return found


def _cells(each: EditionRow) -> tuple[str, ...]:
    return (
        each.register_slug,
        str(each.number),
        each.title,
        each.audience,
        each.state,
        each.frozen_on.isoformat(),
        each.frozen_by,
        each.approved_by,
        each.withdrawn_because,
    )
