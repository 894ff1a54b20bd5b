"""The files of an edition: written from what was frozen, stored, and told to the records."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from watchkeep.apps.publication import changes, queries
from watchkeep.domain.people import Actor
from watchkeep.formats.writers import KINDS, Kind, ending, write
from watchkeep.gateways.storage import FileStore


def make_files(
    by: Actor, edition: UUID, store: FileStore, *, name: str, kinds: Iterable[Kind] = tuple(KINDS)
) -> dict[Kind, bytes]:
    """Write an edition in each of the kinds; one that stands already is left, and the same bytes again."""
    value, facts = queries.frozen(by, edition)
    row = queries.edition(by, edition)
    written: dict[Kind, bytes] = {}
    for kind in kinds:
        standing = row.file(kind)
        if standing is not None:
            written[kind] = store.get(standing.sha256)
            continue
        written[kind] = data = write(value, kind, edition=facts)
        changes.attach_file(
            by=by,
            edition=edition,
            kind=kind,
            sha256=store.put(data),
            size=len(data),
            name=f"{name}-edition-{row.number}.{ending(kind)}",
        )
    return written
