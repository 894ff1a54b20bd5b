"""Whether a control is well made (design) and works (operation) as of a day, by the checks that count.

One rule: of the checks that are not stale, the strongest kind decides, and of that kind the latest. Where a
weaker one says otherwise, both are shown. “Not tested” and “too few to say” are answers.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from watchkeep.domain.check import Check, Freshness, SampleSays, sample_says

Answer = Literal["effective", "partly effective", "not effective", "too few to say", "not tested"]
Aspect = Literal["design", "operation"]

# The weaker of design and operation speaks for the whole; earlier in this row is weaker.
WEAKEST_FIRST: Final[tuple[Answer, ...]] = (
    "not effective",
    "partly effective",
    "too few to say",
    "not tested",
    "effective",
)


@dataclass(frozen=True, slots=True)
class Judged:
    """The answer for design or for operation, the check that it rests on, and how that check counts.

    `otherwise` are the checks that count too and say something else. A `last` check stands where there were
    some once, and none counts any more.
    """

    answer: Answer
    check: Check | None = None
    freshness: Freshness | None = None
    sample: SampleSays | None = None
    otherwise: tuple[Check, ...] = ()
    last: Check | None = None

    @property
    def disputed(self) -> bool:
        """Whether another check says otherwise, or the deciding one’s own sample speaks against it."""
        against = self.sample is not None and self.sample.against and self.answer == "effective"
        return bool(self.otherwise) or against


@dataclass(frozen=True, slots=True)
class Effectiveness:
    """What can be said of a control as of a day."""

    design: Judged
    operation: Judged

    @property
    def whole(self) -> Answer:
        """The weaker of the two: a control holds only where both are effective."""
        return min(self.design.answer, self.operation.answer, key=WEAKEST_FIRST.index)

    @property
    def holds(self) -> bool:
        """Well made, and it works."""
        return self.whole == "effective"

    @property
    def disputed(self) -> bool:
        """Whether anybody who counts says otherwise of either."""
        return self.design.disputed or self.operation.disputed

    @property
    def freshness(self) -> Freshness | None:
        """How the older of the deciding checks counts; stale where there were checks and none counts; none
        where there never was one.
        """
        judged = (self.design, self.operation)
        if any(each.check is None and each.last is not None for each in judged):
            return "stale"
        found = [each.freshness for each in judged if each.freshness]
        return "fading" if "fading" in found else (found[0] if found else None)

    @property
    def checked_on(self) -> date | None:
        """When somebody last looked, whether that counts or not."""
        days = [each.on for part in (self.design, self.operation) for each in (part.check, part.last) if each]
        return max(days, default=None)


def effectiveness(checks: Iterable[Check], on: date, tolerated: int | None = None) -> Effectiveness:
    """What these checks allow to be said on a day; those of a later day are passed over."""
    known = tuple(each for each in checks if each.on <= on)
    return Effectiveness(_judged(known, "design", on, tolerated), _judged(known, "operation", on, tolerated))


def _judged(checks: tuple[Check, ...], aspect: Aspect, on: date, tolerated: int | None) -> Judged:
    judging = sorted(
        (each for each in checks if getattr(each, aspect) != "not judged"),
        key=lambda each: (each.strength, each.line, each.on),
    )
    counting = [each for each in judging if each.freshness(on) != "stale"]
    if not counting:
        return Judged("not tested", last=max(judging, key=lambda each: each.on, default=None))
    kinds = {(each.kind, each.line): each for each in counting}  # the latest of each kind and line
    deciding = max(kinds.values(), key=lambda each: (each.strength, each.on, each.line))
    word = getattr(deciding, aspect)
    says = sample_says(deciding.sample, tolerated) if deciding.sample and aspect == "operation" else None
    return Judged(
        answer=word if says is None or says.decides else "too few to say",
        check=deciding,
        freshness=deciding.freshness(on),
        sample=says,
        otherwise=tuple(each for each in kinds.values() if getattr(each, aspect) != word),
    )
