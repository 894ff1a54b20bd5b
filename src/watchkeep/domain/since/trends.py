"""Trends of a quarter that the earlier paper told as well, and the later one tells otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from watchkeep.domain.difference import Quarters, quarters_of, trend_path
from watchkeep.domain.document import RegisterDocument, Risk, Trend
from watchkeep.domain.fields import label_of
from watchkeep.domain.period import Period
from watchkeep.domain.since.values import Rescored
from watchkeep.domain.since.why import title_of
from watchkeep.domain.wording import as_read

_POINTS = {"level": "steady"}
_BY_PLACE = frozenset({"trends:current", "trends:previous"})  # columns that have no label of their own


@dataclass(frozen=True, slots=True)
class Marks:
    """The quarters of two papers, and the trend columns that both of them have."""

    quarters: Quarters
    both: frozenset[str]

    def of(self, risk: Risk, *, earlier: bool) -> dict[str, Trend]:
        """A risk's marks by their quarter, the first where one quarter has two."""
        paper = self.quarters.before if earlier else self.quarters.after
        found: dict[str, Trend] = {}
        for each in risk.trends:
            found.setdefault(trend_path(each.period, paper if self.quarters.known else None), each)
        return found


def marks(earlier: RegisterDocument, later: RegisterDocument, *, year_start: int) -> Marks:
    """Which quarters two papers both tell of. Without their own quarter, a column goes by its label; one
    without a label says nothing where the two are of different days.
    """
    quarters = quarters_of(earlier, later, year_start=year_start)
    before, after = (
        {trend_path(each, paper if quarters.known else None) for each in document.periods()}
        for document, paper in _sides(earlier, later, quarters)
    )
    other_day = not quarters.known and earlier.as_at.on != later.as_at.on
    return Marks(quarters, frozenset((before & after) - (_BY_PLACE if other_day else frozenset())))


def retold(before: Risk, after: Risk, columns: Marks) -> Iterator[Rescored]:
    """The marks of one risk that say something else of the same quarter."""
    old, new = columns.of(before, earlier=True), columns.of(after, earlier=False)
    for path in sorted(columns.both & old.keys() & new.keys()):
        if _tell_the_same(old[path], new[path]):
            continue
        yield Rescored(
            key=after.key,
            title=title_of(after),
            reason=new[path].override_reason,
            what=label_of(path),
            before=_told(old[path]),
            after=_told(new[path]),
        )


def _sides(
    earlier: RegisterDocument, later: RegisterDocument, quarters: Quarters
) -> tuple[tuple[RegisterDocument, Period | None], ...]:
    return (earlier, quarters.before), (later, quarters.after)


def _tell_the_same(old: Trend, new: Trend) -> bool:
    """Whether two marks can be one. An arrow that nobody gave a meaning contradicts no word but *steady*."""
    if old.state != new.state:
        return False
    if old.movement and new.movement:
        return old.movement == new.movement
    if old.direction and new.direction:
        return old.direction == new.direction
    if (old.movement or old.direction) and (new.movement or new.direction):
        return (_way(old) == "steady") == (_way(new) == "steady")
    return as_read(old.text or "") == as_read(new.text or "")


def _way(mark: Trend) -> str:
    return mark.movement or _POINTS.get(mark.direction or "", mark.direction or "")


def _told(mark: Trend) -> str:
    """A mark as a line of words tells it: with its meaning, where its own sign has another name."""
    if not mark.recorded:
        return mark.state
    said = as_read(mark.text or "")
    meaning = mark.movement or mark.direction
    return f"{said} ({meaning})" if meaning and said.casefold() != meaning else said
