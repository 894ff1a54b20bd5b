"""An edition made again from what was frozen, each file held against the stored one."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from uuid import UUID

from watchkeep.apps.publication import queries
from watchkeep.apps.publication.libraries import libraries
from watchkeep.domain.people import Actor
from watchkeep.formats.writers import KINDS, write


@dataclass(frozen=True, slots=True)
class Remade:
    """One file that was made again: whether its bytes are those of the stored one."""

    kind: str
    name: str
    same: bool
    then: str  # the libraries that made it; empty where that was not kept
    now: str

    @property
    def sentence(self) -> str:
        """What came of it."""
        if self.same:
            return f"{self.name}: the same bytes."
        then = f"made with {self.then}" if self.then else "made before versions were kept"
        return f"{self.name}: differs. It was {then}; here are {self.now}."


def remake(by: Actor, edition: UUID) -> tuple[Remade, ...]:
    """Make each file of an edition again, in memory, and compare it with the digest that was kept."""
    value, facts = queries.frozen(by, edition)
    row = queries.edition(by, edition)
    then, now = _told(facts.matter.made_with), _told(libraries())
    return tuple(
        Remade(kind, file.name, _digest(write(value, kind, edition=facts)) == file.sha256, then, now)
        for kind in KINDS
        if (file := row.file(kind))
    )


def _told(versions: dict[str, str]) -> str:
    return ", ".join(f"{name} {version}" for name, version in sorted(versions.items()))


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
