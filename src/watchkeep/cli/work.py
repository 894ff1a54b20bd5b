"""`watchkeep work`: the after-work of the site. For now: reading the papers that were brought in."""

from __future__ import annotations

import signal
from typing import Annotated

import typer

from watchkeep.cli.records import records


def work(
    once: Annotated[bool, typer.Option("--once", help="Do what waits now, and end.")] = False,
    every: Annotated[float, typer.Option(help="Seconds to rest when nothing waits.")] = 1.0,
) -> None:
    """Read the papers that wait, until stopped."""
    with records():
        from django.conf import settings

        from watchkeep.gateways.storage import FolderStore
        from watchkeep.jobs import reading

        store = FolderStore(settings.WATCHKEEP_FILES)
        if once:
            typer.echo(f"Read {reading.read_all_waiting(store)}.")
            return
        stopped: list[int] = []
        for number in (signal.SIGTERM, signal.SIGINT):
            # The paper in hand is finished first. A harder stop loses nothing either: it is read again.
            signal.signal(number, lambda received, _: stopped.append(received))
        reading.keep_reading(store, every=every, going=lambda: not stopped)
