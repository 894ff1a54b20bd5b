"""What `examples/calder_vale/records.toml` tells, and where what was made of it is found again."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

if TYPE_CHECKING:
    from watchkeep.domain.people import Actor

Told = dict[str, Any]


def read(path: Path) -> Told:
    """The whole file."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


@dataclass
class Made:
    """The ids of what was made, by the names that the file gives them."""

    people: dict[str, Actor] = field(default_factory=dict)  # by role
    holders: dict[str, Actor] = field(default_factory=dict)  # by the title of a post
    posts: dict[str, UUID] = field(default_factory=dict)
    registers: dict[str, UUID] = field(default_factory=dict)
    scales: dict[str, UUID] = field(default_factory=dict)
    risks: dict[str, UUID] = field(default_factory=dict)
    controls: dict[str, UUID] = field(default_factory=dict)
    commitments: dict[str, UUID] = field(default_factory=dict)
    boards: dict[str, UUID] = field(default_factory=dict)

    @property
    def manager(self) -> Actor:
        """Who keeps the register."""
        return self.people["risk manager"]

    def who_answers(self, post: str) -> Actor:
        """Whoever holds that post in the demo, else the risk manager for them."""
        return self.holders.get(post, self.manager)
