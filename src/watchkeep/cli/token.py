"""`watchkeep token`: what programs speak with through the API."""

from __future__ import annotations

from typing import Annotated

import typer

from watchkeep.cli.listing import AsCsv, AsJson, as_file
from watchkeep.cli.printing import echo
from watchkeep.cli.records import operator, records

token = typer.Typer(help="Tokens with which programs act through the API.", no_args_is_help=True)
HEADING = ("Name", "Person", "Begins", "May", "State")
Body = Annotated[str | None, typer.Option("--body", help="The body; needed only where there are several.")]


@token.command()
def new(
    email: Annotated[str, typer.Argument(help="Whom it speaks for, by the address that they sign in with.")],
    name: Annotated[str, typer.Option(help="What it is for.")],
    days: Annotated[int, typer.Option(help="How many days it holds.")] = 90,
    posts: Annotated[bool, typer.Option("--posts", help="It may post readings, not only read.")] = False,
    machine: Annotated[bool, typer.Option("--machine", help="A program acts for the person.")] = False,
    body: Body = None,
) -> None:
    """Make a token and print it, this once."""
    with records():
        from watchkeep.apps.people import changes, queries

        by = operator(body)
        found = queries.person_with_email(by, email)
        shown = changes.make_token(
            by=by, person=found.id, name=name, days=days, machine=machine, posts_readings=posts
        )
        echo(f"It is shown this once, and speaks for {found.name} for {days} days:", err=True)
        echo(shown.secret)


@token.command("list")
def list_tokens(csv: AsCsv = False, json: AsJson = False, body: Body = None) -> None:
    """List every token, never its secret."""
    with records():
        from watchkeep.apps.people import queries
        from watchkeep.cli.printing import clean

        rows = [
            (
                each.name,
                each.email,
                each.begins,
                "reads and posts readings" if each.posts_readings else "reads",
                each.state,
            )
            for each in queries.all_tokens(operator(body))
        ]
        if as_file(HEADING, rows, csv=csv, json=json):
            return
        for row in rows:
            echo(clean("  ".join((row[2], *row[:2], *row[3:]))))
        if not rows:
            echo("There is no token.")


@token.command()
def stop(
    begins: Annotated[str, typer.Argument(help="How it begins, as the list shows it.")], body: Body = None
) -> None:
    """Stop a token at once."""
    with records():
        from watchkeep.apps.people import changes, queries
        from watchkeep.domain.errors import Missing

        by = operator(body)
        found = [each for each in queries.all_tokens(by) if each.begins == begins[:8] and each.holds]
        if not found:
            raise Missing(f"No token that holds begins with “{begins[:8]}”; `watchkeep token list` has them.")
        for each in found:
            changes.stop_token(by=by, token=each.id)
            echo(f"{each.name} of {each.person} is stopped.")
