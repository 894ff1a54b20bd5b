"""`watchkeep demo`: an invented force, three quarters of its register read by the product itself."""

from __future__ import annotations

import os
import secrets
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from watchkeep.cli.publish import Rising
from watchkeep.cli.records import operator, records, refuse

if TYPE_CHECKING:
    from watchkeep.domain.people import Actor

BODY = "Calder Vale Police"
REGISTER = "Corporate risk register"
PEOPLE = (
    ("Demo administrator", "administrator@example.org", "administrator"),
    ("Demo reader", "reader@example.org", "reader"),
)
SECOND, THIRD, FOURTH = "2025-26-q2.docx", "2025-26-q3.xlsx", "2025-26-q4.pdf"
QUARTERS = (
    (SECOND, "2025/26 Q2", "2025-09-30"),
    (THIRD, "2025/26 Q3", "2025-12-31"),
    (FOURTH, "2025/26 Q4", "2026-03-31"),
)
# What the force's people know and its papers do not say: the first has arrows and no key to them.
ARROWS_OF = {SECOND: Rising.worsening}
# The third paper's own note on the risk that it no longer has.
CLOSED = {
    THIRD: (
        "CV-20",
        "2025-12-09",
        "Decided by the Risk and Assurance Board, after the last recalled vehicle came back into use.",
    )
}


def demo(
    port: Annotated[int, typer.Option(help="Where `watchkeep serve` will listen: for the address.")] = 8000,
) -> None:
    """Make the example force, bring in its papers, publish its board paper. Again changes nothing."""
    from watchkeep.cli.migrate import migrate

    migrate()
    with records():
        from django.conf import settings

        papers = Path(settings.REPOSITORY) / "examples" / "calder_vale"
        if not papers.is_dir():
            refuse(f"{papers}: the example papers are not here. The demo needs a checkout of Watchkeep.")
        signs_in = Path(settings.HOME) / "demo-sign-in.txt"
        _people(signs_in)
        by = operator(BODY)
        _bring_in_what_is_missing(by, papers)
        folder = Path(settings.HOME) / "demo-paper"
        _publish_once(by, folder)
        typer.echo("")
        typer.echo(f"Address   http://127.0.0.1:{port}/  (python3 start.py serves it)")
        typer.echo(signs_in.read_text(encoding="utf-8").rstrip())
        typer.echo("The paper " + "\n          ".join(str(path) for path in sorted(folder.iterdir())))


def _people(signs_in: Path) -> None:
    """The two who sign in, each with a password made here: a known one is a way into a demo left running."""
    from watchkeep.apps.people import changes, queries
    from watchkeep.domain.people import Actor, role_named

    if all(each.name != BODY for each in queries.all_bodies()):
        changes.open_body(by=Actor("system", "demo", "The demo", "administrator", ""), name=BODY)
    by = operator(BODY)
    known = {each.email for each in queries.people(by)}
    for name, email, role in PEOPLE:
        if email not in known:
            password = "-".join(secrets.token_hex(2) for _ in range(4))
            _write_down(signs_in, f"Sign in   {email}  {password}  ({role})\n")
            changes.add_person(by=by, name=name, email=email, role=role_named(role), password=password)


def _write_down(path: Path, line: str) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(line)


def _bring_in_what_is_missing(by: Actor, papers: Path) -> None:
    from watchkeep.apps.intake import queries
    from watchkeep.cli.bring_in import bring_in

    there = {row.name for row in queries.imports(by) if row.state == "accepted"}
    for name, period, day in QUARTERS:
        if name not in there:
            bring_in(
                papers / name,
                accept=True,
                register=REGISTER,
                body=BODY,
                period=period,
                as_at=datetime.fromisoformat(day),
                rising_means=ARROWS_OF.get(name),
                quiet=True,
            )
        if name in CLOSED:
            _close_once(by, *CLOSED[name])


def _close_once(by: Actor, reference: str, day: str, reason: str) -> None:
    from watchkeep.apps.register import queries
    from watchkeep.cli.close import close
    from watchkeep.cli.publish import register_named

    if queries.risk(by, register_named(by, REGISTER).id, reference).state != "closed":
        close(reference, reason=reason, on=datetime.fromisoformat(day), register=REGISTER, body=BODY)


def _publish_once(by: Actor, folder: Path) -> None:
    from watchkeep.apps.publication import queries
    from watchkeep.cli.publish import publish

    if not queries.editions(by) or not folder.is_dir():
        publish(to=folder, register=REGISTER, body=BODY, title=REGISTER, file=None)
