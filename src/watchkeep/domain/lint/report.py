"""What the rules found in one paper, beside what was accepted before, with its reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from watchkeep.domain.document import RegisterDocument
from watchkeep.domain.fields import label_of
from watchkeep.domain.lint.found import Found, Weight

WEIGHTS: Final[tuple[Weight, ...]] = ("error", "warning", "note")  # the gravest first
SHORTEST_KEY: Final = 12  # signs of a key, from which it may stand for all of it


@dataclass(frozen=True, slots=True)
class Acceptance:
    """An answer to a finding: it is known, and stands, for this reason. `key` may be only its beginning."""

    key: str
    reason: str


@dataclass(frozen=True, slots=True)
class Report:
    """The findings that are open, those that were accepted, and the answers that fit nothing any more."""

    document: RegisterDocument
    called: str
    as_at: date | None
    found: tuple[Found, ...]
    accepted: tuple[tuple[Found, str], ...] = ()
    unused: tuple[Acceptance, ...] = ()
    lines: tuple[str, ...] = ()  # of the file, where it has lines: a finding is told at its columns
    rows: tuple[tuple[int, int], ...] = ()  # first and last line of each row of a file of rows

    @property
    def counts(self) -> dict[Weight, int]:
        """How many are open, by their weight."""
        tally = Counter(each.weight for each in self.found)
        return {weight: tally[weight] for weight in WEIGHTS}

    def of(self, wanted: Callable[[Found], bool]) -> Report:
        """Only what is wanted of it. An answer to what is not wanted is not unused for that."""
        return replace(
            self,
            found=tuple(each for each in self.found if wanted(each)),
            accepted=tuple((each, why) for each, why in self.accepted if wanted(each)),
        )

    def reaches(self, weight: Weight) -> bool:
        """Whether anything of this weight, or a graver one, is open."""
        return any(WEIGHTS.index(each.weight) <= WEIGHTS.index(weight) for each in self.found)


def settled(
    document: RegisterDocument,
    found: Iterable[Found],
    *,
    called: str,
    as_at: date | None,
    acceptances: Iterable[Acceptance] = (),
) -> Report:
    """The report: a finding whose key an acceptance has is accepted as long as its words stand."""
    answers = tuple(acceptances)
    open_: list[Found] = []
    accepted: list[tuple[Found, str]] = []
    used: set[Acceptance] = set()
    for each in found:
        answer = next((one for one in answers if each.key.startswith(one.key)), None)
        if answer is None:
            open_.append(each)
        else:
            accepted.append((each, answer.reason))
            used.add(answer)
    unused = tuple(one for one in answers if one not in used)
    return Report(document, called, as_at, tuple(open_), tuple(accepted), unused)


def place_in_words(found: Found) -> str:
    """Where a finding stands, as a person would say it: “Control 7, characters 1 to 40”."""
    label = label_of_place(found.field)
    if found.end <= found.start:
        return label
    if found.end == found.start + 1:
        return f"{label}, character {found.end}"
    return f"{label}, characters {found.start + 1} to {found.end}"


def label_of_place(field: str) -> str:
    """A field's name for people; a promise by its place in the list."""
    kind, _, rest = field.partition(":")
    if kind == "promises" and rest.isdecimal():
        return f"Promise {int(rest) + 1}"
    return label_of(field)
