"""Whether all that is kept still holds: the history, the records it tells of, and the files they rest on."""

from __future__ import annotations

from dataclasses import replace

from watchkeep.apps.discussion import queries as discussion
from watchkeep.apps.history import queries as history
from watchkeep.apps.indicators import queries as indicators
from watchkeep.apps.intake import queries as intake
from watchkeep.apps.publication import queries as publication
from watchkeep.domain.errors import Broken, Missing
from watchkeep.domain.ledger import Fault, Head, Verdict
from watchkeep.domain.people import Actor
from watchkeep.gateways.storage import FileStore


def check(
    viewer: Actor, store: FileStore, outside: Head | None = None, *, copy: str | None = None
) -> Verdict:
    """The verdict on the viewer's body, with a fault for each reading that its batch does not vouch for and
    for each file that is gone or was altered; `copy` is what is kept of its checkpoints elsewhere.
    """
    verdict = history.verify(viewer, outside, copy)
    altered, looked = indicators.readings_checked(viewer)
    named = intake.kept_files(viewer) | publication.kept_files(viewer) | discussion.kept_files(viewer)
    faults = [fault for digest, name in named.items() if (fault := _fault(store, digest, name))]
    files = f"Every kept file against its digest: {len(named)}."
    readings = f"Every reading of an indicator against its batch: {looked}."
    found = (*verdict.faults, *altered, *faults)
    return replace(verdict, faults=found, checked=(*verdict.checked, readings, files))


def _fault(store: FileStore, digest: str, name: str) -> Fault | None:
    try:
        store.get(digest)
    except Missing:
        return Fault(None, f"{name} is no longer in the store.")
    except Broken:
        return Fault(None, f"{name} is not the file that was put into the store.")
    return None
