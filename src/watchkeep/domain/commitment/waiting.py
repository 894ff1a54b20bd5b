"""Who waits for a promise: nothing waits for itself, by whatever way round."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from watchkeep.domain.people import Refusal

Which = TypeVar("Which")


def waiting_for(dependants: Mapping[Which, Iterable[Which]], which: Which) -> frozenset[Which]:
    """All that cannot be kept before `which` is: those that wait for it, and those that wait for these."""
    found: set[Which] = set()
    left = list(dependants.get(which, ()))
    while left:
        each = left.pop()
        if each not in found:
            found.add(each)
            left.extend(dependants.get(each, ()))
    return frozenset(found)


def may_depend(
    dependants: Mapping[Which, Iterable[Which]],
    dependant: Which,
    needs: Which,
    named: Callable[[Which], str] = str,
) -> Refusal | None:
    """A promise cannot wait for itself, nor for one that waits for it."""
    if dependant == needs:
        return Refusal(f"{named(dependant)} cannot wait for itself.")
    if needs in waiting_for(dependants, dependant):
        return Refusal(
            f"{named(needs)} already waits for {named(dependant)}: if each waited for the other, neither "
            "could be kept. End the other first."
        )
    return None
