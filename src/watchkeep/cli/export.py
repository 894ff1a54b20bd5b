"""`watchkeep export`: everything that the records say as at a day, as files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from watchkeep.cli.printing import echo
from watchkeep.cli.records import operator, records

if TYPE_CHECKING:
    from watchkeep.jobs.export import Written


def export(
    to: Annotated[Path, typer.Option(help="The folder to write into: an empty one, or one to be made.")],
    as_at: Annotated[
        str, typer.Option(help="As the records stood on a day, such as 2031-03-31. Left out: today.")
    ] = "",
    known_at: Annotated[
        str, typer.Option(help="Only what was known at a moment, such as 2031-04-01T09:30.")
    ] = "",
    register: Annotated[str, typer.Option(help="Only what concerns one register.")] = "",
    body: Annotated[
        str | None, typer.Option("--body", help="The body; needed only where there are several.")
    ] = None,
) -> None:
    """Write all that the records say as files, with an index of their digests."""
    with records():
        from django.conf import settings
        from django.utils import timezone

        from watchkeep.cli.publish import register_named
        from watchkeep.gateways.storage import FolderStore
        from watchkeep.jobs.clocks import clock_said
        from watchkeep.jobs.export import Asked
        from watchkeep.jobs.export import export as exported

        by = operator(body)
        slug = register_named(by, register).slug if register else ""
        asked = Asked(clock_said(as_at, known_at), slug)
        store = FolderStore(settings.WATCHKEEP_FILES)
        _say(to, exported(by, to.absolute(), store, asked, at=timezone.now()))


def _say(to: Path, made: Written) -> None:
    counts = ", ".join(f"{count} {name}" for name, count in made.counts.items() if count)
    echo(f"Wrote {to}: {counts or 'nothing recorded'}; {made.files} files.")
    if made.head:
        echo(f"head {made.head}")
