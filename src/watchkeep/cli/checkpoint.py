"""`watchkeep checkpoint`: sign the history as it stands, and put that where nobody here can change it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from watchkeep.cli.printing import echo
from watchkeep.cli.records import operator, records, refuse

if TYPE_CHECKING:
    from watchkeep.domain.checkpoint import Note
    from watchkeep.gateways.mail import Post

DOES_NOT_HOLD = 1


def checkpoint(
    to: Annotated[
        Path | None, typer.Option(help="A file that checkpoints are added to; else WATCHKEEP_CHECKPOINTS.")
    ] = None,
    mail: Annotated[
        list[str] | None, typer.Option(help="Mail it to this address too, beside WATCHKEEP_CHECKPOINT_MAIL.")
    ] = None,
    consistency: Annotated[
        Path | None,
        typer.Option(
            help="A checkpoint that somebody saw earlier: print the proof that nothing before it changed."
        ),
    ] = None,
    cosigned: Annotated[
        Path | None, typer.Option(help="The last checkpoint with a witness's signature: keep it so.")
    ] = None,
    key: Annotated[
        bool, typer.Option("--key", help="Only print the public key that checkpoints are signed by.")
    ] = False,
    body: Annotated[
        str | None, typer.Option("--body", help="The body; needed only where there are several.")
    ] = None,
) -> None:
    """Sign the history as it stands, print that, and send it out to where it cannot be changed from here."""
    with records():
        by = operator(body)
        if key:
            _say_key(by.body)
        elif consistency is not None:
            _say_growth(consistency, body)
        else:
            _sign(to, mail or [], cosigned, body)


def _sign(to: Path | None, mail: list[str], cosigned: Path | None, body: str | None) -> None:
    from django.conf import settings

    from watchkeep.apps.history import changes, signing
    from watchkeep.jobs import proving

    by = operator(body)
    if cosigned is None and settings.WATCHKEEP_SIGNING_KEY_ELSEWHERE:
        signing.make_key()
    note = changes.checkpoint(by=by, cosigned=_read(cosigned) if cosigned else None)
    if note is None:
        refuse("There is nothing to sign yet, or the signing key cannot be read by this user.")
    path = to or (Path(settings.WATCHKEEP_CHECKPOINTS) if settings.WATCHKEEP_CHECKPOINTS else None)
    echo(str(note), nl=False)
    if path is not None:
        echo(f"Added {proving.send_out(by, path)} to {path}.", err=True)
    addresses = [*settings.WATCHKEEP_CHECKPOINT_MAIL, *mail]
    if addresses:
        sent = proving.mail(_post(), addresses, str(note))
        echo(f"Mailed to {', '.join(sent)}.", err=True)
    if path is None and not addresses:
        echo("Keep this outside this machine: inside it, it proves little. See --to and --mail.", err=True)


def _say_key(body: str) -> None:
    from watchkeep.apps.history import signing

    found = signing.keys(body)
    if not found:
        refuse("Nothing was signed yet. `watchkeep checkpoint` makes the key on first use.")
    for each in found:
        echo(str(each))


def _say_growth(path: Path, body: str | None) -> None:
    from watchkeep.apps.history import checkpoints
    from watchkeep.domain.checkpoint import request
    from watchkeep.domain.errors import Broken

    seen = _read(path).checkpoint
    try:
        note, proof = checkpoints.growth(operator(body), seen)
    except Broken as problem:
        echo(problem.sentence, err=True)
        raise typer.Exit(DOES_NOT_HOLD) from problem
    echo(request(note, proof, before=seen.size), nl=False)


def _read(path: Path) -> Note:
    """The last checkpoint of a file."""
    from watchkeep.domain.checkpoint import note_of, notes_of

    try:
        *_, last = notes_of(path.read_text(encoding="utf-8", errors="replace"))
        return note_of(last)
    except ValueError as problem:
        refuse(f"{path}: {problem}" if str(problem).startswith("This") else f"{path} holds no checkpoint.")
        raise typer.Exit(2) from problem


def _post() -> Post:
    from watchkeep.cli.work import tools

    return tools().post
