"""`watchkeep verify`: whether the history still holds, of this database or of an exported file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from watchkeep.cli.printing import echo
from watchkeep.cli.records import operator, records, refuse

if TYPE_CHECKING:
    from watchkeep.domain.ledger import Head, Verdict

DOES_NOT_HOLD = 1
SHOWN = 20  # faults listed before the rest are only counted


def verify(
    file: Annotated[
        Path | None, typer.Argument(help="An export, checked by itself, without the database.")
    ] = None,
    head: Annotated[
        str | None,
        typer.Option(help="A head kept outside: the digest printed in a paper, or NUMBER:DIGEST."),
    ] = None,
    copy: Annotated[
        Path | None, typer.Option(help="The checkpoints kept elsewhere; else WATCHKEEP_CHECKPOINTS.")
    ] = None,
    body: Annotated[str | None, typer.Option(help="The body; needed only where there are several.")] = None,
) -> None:
    """Check the history: exit code 0 if it holds, 1 if it does not, 2 if it could not be checked."""
    from watchkeep.domain import ledger

    outside: Head | None = None
    try:
        outside = ledger.head_of(head) if head else None
    except ValueError as problem:
        refuse(str(problem))
    if file is not None:
        _say(_of_export(file, outside))
        return
    with records():
        from django.conf import settings

        from watchkeep.gateways.storage import FolderStore
        from watchkeep.jobs.checking import check
        from watchkeep.jobs.proving import kept_elsewhere

        store = FolderStore(settings.WATCHKEEP_FILES)
        _say(check(operator(body), store, outside, copy=kept_elsewhere(copy)))


def _of_export(file: Path, outside: Head | None) -> Verdict:
    from watchkeep.domain import ledger

    try:
        # A byte that is no text is a fault of its entry, and only an end of line ends one.
        with file.open(encoding="utf-8", errors="replace", newline="\n") as lines:
            return ledger.check_export(lines, outside=outside)
    except (OSError, ValueError) as problem:
        echo(f"Could not check: {problem}", err=True)
        raise typer.Exit(2) from problem


def _say(verdict: Verdict) -> None:

    echo(verdict.sentence)
    for fault in verdict.faults[:SHOWN]:
        where = f"entry {fault.sequence}" if fault.sequence is not None else "records"
        echo(f"  {where}: {fault.sentence}")
    if len(verdict.faults) > SHOWN:
        echo(f"  and {len(verdict.faults) - SHOWN} more.")
    for each in verdict.checked:
        echo(f"  checked: {each}")
    if verdict.head:
        echo(f"head {verdict.head}")
    if not verdict.holds:
        raise typer.Exit(DOES_NOT_HOLD)
