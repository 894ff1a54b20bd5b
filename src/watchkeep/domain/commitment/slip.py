"""How often a promised day slipped, by how much and why: no later word can take a slip away."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from watchkeep.domain.errors import Invalid
from watchkeep.domain.naming import in_words
from watchkeep.domain.people import Refusal


@dataclass(frozen=True, slots=True)
class Telling:
    """What one version says of the day, in the order that Watchkeep learned it (`number`)."""

    number: int
    effective_on: date
    due_on: date | None
    due: str = ""
    reason: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Slip:
    """A promised day that was moved back, or taken away (`to_day` is none), and why."""

    number: int
    on: date
    from_day: date
    to_day: date | None
    reason: str
    by: str

    @property
    def days(self) -> int | None:
        """By how much; cannot be said of a day that was taken away."""
        return (self.to_day - self.from_day).days if self.to_day else None

    @property
    def after_the_day(self) -> bool:
        """Whether the day was already past when it was moved."""
        return self.on > self.from_day


def slips(tellings: Iterable[Telling]) -> tuple[Slip, ...]:
    """Every slip, in the order told. Each follows from what was told before it alone: no later word can
    take one away. One that is told again at once of a later day, since it holds from its own on, is no other.
    """
    found: list[Slip] = []
    before: list[Telling] = []
    last = 0  # the telling that slipped last
    for each in sorted(tellings, key=lambda telling: telling.number):
        promised = promised_day(before, each.effective_on)
        taken_away = each.due_on is None and _standing_day(before, each.effective_on) is not None
        later = each.due_on is not None and promised is not None and each.due_on > promised
        if promised is not None and (later or taken_away):
            made = Slip(each.number, each.effective_on, promised, each.due_on, each.reason, each.by)
            if not (found and each.number == last + 1 and _same(found[-1], made)):
                found.append(made)
            last = each.number
        before.append(each)
    return tuple(found)


def _same(one: Slip, other: Slip) -> bool:
    said = [(each.from_day, each.to_day, each.reason, each.by) for each in (one, other)]
    return said[0] == said[1] and one.on < other.on


def promised_day(tellings: Sequence[Telling], on: date) -> date | None:
    """The last day that was promised by what stood on `on`: a day that was taken away is still the one to
    measure by.
    """
    stated = [each for each in tellings if each.effective_on <= on and each.due_on is not None]
    last = max(stated, key=lambda each: (each.effective_on, each.number), default=None)
    return last.due_on if last else None


def _standing_day(tellings: Sequence[Telling], on: date) -> date | None:
    stood = [each for each in tellings if each.effective_on <= on]
    last = max(stood, key=lambda each: (each.effective_on, each.number), default=None)
    return last.due_on if last else None


def original_day(tellings: Iterable[Telling]) -> date | None:
    """The first day that was ever promised."""
    stated = [each for each in tellings if each.due_on is not None]
    return min(stated, key=lambda each: each.number).due_on if stated else None


def total_slip(tellings: Sequence[Telling], due_on: date | None) -> int | None:
    """By how many days the day that stands is later than the first that was promised (negative: earlier)."""
    first = original_day(tellings)
    return (due_on - first).days if first and due_on else None


def may_redate(tellings: Sequence[Telling], *, on: date, due_on: date | None, reason: str) -> Refusal | None:
    """A later day, or none in place of one, needs a reason; an earlier one, or a first one, needs none."""
    proposed = Telling(_next_number(tellings), on, due_on, reason=reason)
    slipped = [each for each in slips((*tellings, proposed)) if each.number == proposed.number]
    if not slipped or in_words(reason):
        return None
    moved = f"to {_said(due_on)}" if due_on else "and no new day is given"
    return Refusal(f"The day slips from {_said(slipped[0].from_day)} {moved}: say why.")


def must_lie_ahead(due_on: date | None, on: date) -> None:
    """Refuse a new day that was over when it was given: nothing can be done by then any more."""
    if due_on and due_on < on:
        raise Invalid("due", f"{_said(due_on)} is past; give a day from {_said(on)} on.")


def _next_number(tellings: Sequence[Telling]) -> int:
    return max((each.number for each in tellings), default=0) + 1


def _said(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
