"""What a change of the risk makes of its review, once its owner spoke of it or it was signed off.

A course is a review's steps and the changes past it, in the order in which they came.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from watchkeep.domain.finding import written
from watchkeep.domain.review import Change, Facts, Kind, Step, replayed
from watchkeep.domain.staleness import Ask

Course = Sequence[Step | Change]
SPOKE: Final[frozenset[Kind]] = frozenset({"update", "confirm"})
CLOSES: Final[frozenset[Kind]] = frozenset({"update", "confirm", "sign"})
MOST_NAMED: Final = 4  # fields in one sentence


def since_signed(course: Course) -> tuple[Change, ...]:
    """What was changed after the last sign-off."""
    signed = _last(course, frozenset({"sign"}))
    return () if signed is None else _changes(course[signed + 1 :])


def unanswered(course: Course) -> tuple[Change, ...]:
    """What somebody else changed since the owner spoke, or since that was signed off: neither covers it.

    Whoever answers for the risk changes it for the owner, and so does whoever spoke in the owner's place.
    """
    spoke, closed = _last(course, SPOKE), _last(course, CLOSES)
    if spoke is None or closed is None:
        return ()
    last = course[spoke]
    return tuple(
        each
        for each in _changes(course[closed + 1 :])
        if not each.own and not (isinstance(last, Step) and each.by_id in {last.by_id, *last.answering})
    )


def overtaken(course: Course, place: int) -> bool:
    """Whether the step at that place spoke of words that were changed before anybody spoke again."""
    step = course[place]
    if isinstance(step, Change) or step.kind not in CLOSES:
        return False
    again = CLOSES if step.kind == "sign" else SPOKE
    for each in course[place + 1 :]:
        if isinstance(each, Change):
            return True
        if each.kind in again:
            return False
    return False


def asked_again(course: Course) -> tuple[Ask, ...]:
    """What the owner is asked to look at, as somebody else changed it after they spoke."""
    return tuple(
        Ask("changed", f"{did(each)} on {written(each.on)}, after the owner had spoken.")
        for each in unanswered(course)
    )


def why_reopened(facts: Facts) -> str:
    """That a sign-off counts no longer, and why; nothing where none was given, or it counts."""
    place = _last(facts.course, frozenset({"sign"}))
    signed = facts.course[place] if place is not None else None
    closed = facts.rolled_forward or facts.gone
    if closed or facts.state == "signed" or not isinstance(signed, Step):
        return ""
    if replayed(each.kind for each in facts.steps) != "signed":
        return ""
    changes = [f"{did(each)} on {written(each.on)}" for each in since_signed(facts.course)]
    why = "; ".join(changes) or "its words were changed in the register that they come from"
    return f"The sign-off by {signed.by} on {written(signed.on)} no longer counts: {why}."


def did(change: Change) -> str:
    """Who changed what."""
    return f"{change.by or 'Somebody'} changed {what(change)}"


def what(change: Change) -> str:
    """What was changed of the risk, by the names of its fields."""
    names = [each[:1].lower() + each[1:] for each in change.fields]
    if not names:
        return "what is recorded of it"
    more = " and more" if len(names) > MOST_NAMED else ""
    return f"its {', '.join(names[:MOST_NAMED])}{more}"


# --- Beneath ------------------------------------------------------------------------------------------------


def _last(course: Course, kinds: frozenset[Kind]) -> int | None:
    places = [place for place, each in enumerate(course) if isinstance(each, Step) and each.kind in kinds]
    return places[-1] if places else None


def _changes(course: Course) -> tuple[Change, ...]:
    return tuple(each for each in course if isinstance(each, Change))
