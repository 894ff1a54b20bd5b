"""How one risk bears on another, in words that read from either side, and what a circle of causes is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from watchkeep.domain.people import Refusal

ESCALATED: Final = "escalated to"  # made by escalating, never by hand
KINDS: Final[dict[str, str]] = {  # from the source's side, and from the target's
    "causes": "is caused by",
    "aggravates": "is aggravated by",
    "depends on": "is depended on by",
    "shares": "shares a cause with",
    "duplicates": "is duplicated by",
    ESCALATED: "escalated from",
}
BOTH_WAYS: Final = frozenset({"shares", "duplicates"})
SPOKEN: Final = {"shares": "shares a cause with"}


@dataclass(frozen=True, slots=True)
class Pair:
    """A link that stands: its kind and the ids of its two ends."""

    kind: str
    source: str
    target: str


def said(kind: str, *, outward: bool) -> str:
    """The words between the two names, read from the source (`outward`) or from the target."""
    return SPOKEN.get(kind, kind) if outward else KINDS[kind]


def may_link(kind: str, source: str, target: str, standing: Iterable[Pair]) -> Refusal | None:
    """Nothing where this link may be made beside those that stand."""
    if kind not in KINDS or kind == ESCALATED:
        names = ", ".join(each for each in KINDS if each != ESCALATED)
        return Refusal(f"One risk bears on another in one of these ways: {names}.")
    if source == target:
        return Refusal("A risk is not linked to itself; choose another.")
    for each in standing:
        ends = (each.source, each.target)
        turned = kind in BOTH_WAYS and ends == (target, source)
        if each.kind == kind and (ends == (source, target) or turned):
            return Refusal("These two are already linked so.")
    return None


def circle(start: str, standing: Iterable[Pair]) -> tuple[str, ...]:
    """The shortest round of causes from `start` back to it, `start` first; nothing if there is none.

    A circle is allowed (floods and outages may feed each other), and is shown.
    """
    leads: dict[str, list[str]] = {}
    for each in standing:
        if each.kind in ("causes", "aggravates"):
            leads.setdefault(each.source, []).append(each.target)
    came: dict[str, str] = {}
    front = [start]
    while front:
        following = []
        for here in front:
            for there in leads.get(here, ()):
                if there == start:
                    return _back(start, here, came)
                if there not in came:
                    came[there] = here
                    following.append(there)
        front = following
    return ()


def _back(start: str, last: str, came: Mapping[str, str]) -> tuple[str, ...]:
    way = [last]
    while way[-1] != start:
        way.append(came[way[-1]])
    return tuple(reversed(way))


def moved_since(looked: datetime, changed: datetime | None, on: date | None) -> str:
    """What a link's line says where the other side changed after somebody last looked at the link."""
    if changed is None or changed <= looked or on is None:
        return ""
    return f"changed on {on.day} {on:%B %Y}, after this link was last looked at"
