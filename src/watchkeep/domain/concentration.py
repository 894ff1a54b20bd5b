"""Concentration: one control that many risks lean on, one post that leads much at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

Led = Literal["risk", "control", "structure"]

# Judgements of ours, printed on the page: from here on, a stand-down or an absence is felt in several places.
CONTROL_UNDER: Final = 2  # risks that lean on one control
POST_LEADS: Final = 3  # risks, controls in force and structures that one post leads


@dataclass(frozen=True, slots=True)
class Lead:
    """A post leads something: it owns a risk or a control, or chairs a structure."""

    post: str
    title: str
    kind: Led
    label: str
    key: str = ""  # what the thing is called in addresses


@dataclass(frozen=True, slots=True)
class Leading:
    """A post that leads as much as the threshold or more."""

    post: str
    title: str
    leads: tuple[Lead, ...]

    def of(self, kind: Led) -> tuple[Lead, ...]:
        """What it leads of a kind."""
        return tuple(each for each in self.leads if each.kind == kind)


def leading(leads: Iterable[Lead], at_least: int = POST_LEADS) -> tuple[Leading, ...]:
    """The posts that lead at least so many things, the busiest first; a thing led twice counts once."""
    found: defaultdict[str, dict[tuple[str, str, str], Lead]] = defaultdict(dict)
    for each in leads:
        found[each.post].setdefault((each.kind, each.key, each.label), each)
    busy = [
        Leading(post, next(iter(led.values())).title, tuple(led.values()))
        for post, led in found.items()
        if len(led) >= at_least
    ]
    return tuple(sorted(busy, key=lambda each: (-len(each.leads), each.title.casefold())))
