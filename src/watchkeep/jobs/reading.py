"""Reads papers that wait: each in a limited child process; keeps the draft and the pages' pictures.

A paper whose reader died is taken again after a while; one that was read is never read twice.
"""

from __future__ import annotations

from pathlib import Path

from watchkeep.apps.intake import changes, queries
from watchkeep.apps.people.queries import all_bodies
from watchkeep.domain.document import RegisterDocument
from watchkeep.domain.errors import Broken, Missing, Refused, Unreadable
from watchkeep.domain.fields import places_of
from watchkeep.domain.people import Actor
from watchkeep.formats.pictures import page_pictures
from watchkeep.formats.readers import read_file
from watchkeep.gateways.storage import FolderStore


def read_all_waiting(store: FolderStore) -> int:
    """Read every paper that waits now, of every body; how many were taken."""
    taken = 0
    for body in all_bodies():
        by = Actor(kind="system", id="reading", name="Watchkeep", role="administrator", body=str(body.id))
        while queries.any_waiting(by) and read_next(by, store):
            taken += 1
    return taken


def read_next(by: Actor, store: FolderStore) -> bool:
    """Take one paper and read it; whether there was one."""
    claim = changes.claim_next(by=by)
    if claim is None:
        return False
    try:
        _read(by, store, claim)
    except Refused:
        # Another worker took it over, thinking us dead; what they keep is as good.
        return True
    return True


def _read(by: Actor, store: FolderStore, claim: changes.Claim) -> None:
    try:
        store.get(claim.sha256)  # the bytes are still those that were brought in
        path = store.path(claim.sha256)
        changes.record_step(by=by, claim=claim, code="opened", sentence=f"Opened {claim.name}.")
        document = read_file(path, name=claim.name)
    except (Unreadable, Broken, Missing) as problem:
        changes.record_refusal(by=by, claim=claim, problem=problem)
        return
    pictures: list[changes.Picture] = []
    if _has_pages(document):
        changes.record_step(by=by, claim=claim)  # each step has the whole lease to itself
        try:
            pictures = _pictures(store, path, claim.name)
            said = f"Drew {len(pictures)} pages."
        except Unreadable as problem:
            said = f"Read, but its pages cannot be shown. {problem.sentence}"
        changes.record_step(by=by, claim=claim, code="drawn", sentence=said)
    changes.record_reading(by=by, claim=claim, document=document, pictures=pictures)


def _has_pages(document: RegisterDocument) -> bool:
    return any(place.kind == "page" for risk in document.risks for place in places_of(risk))


def _pictures(store: FolderStore, path: Path, name: str) -> list[changes.Picture]:
    """The pages as pictures, to be seen beside the doubts."""
    return [
        changes.Picture(each.number, store.put(each.png), round(each.width), round(each.height))
        for each in page_pictures(path, name=name)
    ]
