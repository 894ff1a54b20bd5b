"""How risks are judged otherwise: what is given for the first time, or no more, is no other judgement."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal

from watchkeep.domain.since.values import Rescored

Manner = Literal["first target", "first", "lost", "target", "otherwise"]
# What several risks are said to do, and one.
DONE: Final[dict[Manner, tuple[str, str]]] = {
    "first target": ("was given a target for the first time", "were given a target for the first time"),
    "first": (
        "was given a rating or a score for the first time",
        "were given a rating or a score for the first time",
    ),
    "lost": ("has a rating or a score told no more", "have a rating or a score told no more"),
    "target": ("has another target", "have another target"),
}
_NOTHING: Final = ("", "not recorded")


def by_manner(rescored: Iterable[Rescored]) -> dict[Manner, set[str]]:
    """The risks (by key) of each manner; a risk whose ratings differ in two manners stands in both."""
    rows = tuple(rescored)
    aimed = {each.key for each in rows if each.what.startswith("Target rating") and _is_first(each)}
    found: dict[Manner, set[str]] = {name: set() for name in (*DONE, "otherwise")}
    for each in rows:
        found[_manner(each, aimed)].add(each.key)
    return found


def _manner(each: Rescored, aimed: set[str]) -> Manner:
    target = each.what.startswith("Target")
    if _is_first(each):
        return "first target" if target and each.key in aimed else "first"
    if each.after.strip() in _NOTHING:
        return "lost"
    return "target" if target else "otherwise"


def _is_first(each: Rescored) -> bool:
    return each.before.strip() in _NOTHING
