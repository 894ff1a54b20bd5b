"""What became of promises between two papers: kept, slipped, dropped, or late since then."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from watchkeep.domain.document import Promise, Risk
from watchkeep.domain.finding import written
from watchkeep.domain.since.lines import of_lines
from watchkeep.domain.since.values import Fate, News
from watchkeep.domain.since.why import title_of
from watchkeep.domain.wording import as_read

KEPT: Final = frozenset({"done", "delivered without effect"})
SETTLED: Final = KEPT | {"dropped"}
NOT_TOLD = "The later paper tells of it no more."


@dataclass(frozen=True, slots=True)
class Fates:
    """The promises of which something became known, in the later paper's order."""

    kept: tuple[News, ...] = ()
    slipped: tuple[News, ...] = ()
    newly_late: tuple[News, ...] = ()
    dropped: tuple[News, ...] = ()


def fates(
    pairs: tuple[tuple[Risk, Risk], ...],
    new: tuple[Risk, ...],
    *,
    earlier_on: date | None,
    on: date | None,
) -> Fates:
    """By the promises of both papers; where neither tells of any, by what their lines and due dates say.

    `pairs` are a risk of the earlier paper with what it is in the later, `new` the risks of the later alone.
    """
    old_side, new_side = [old for old, _ in pairs], [*(risk for _, risk in pairs), *new]
    if not any(risk.promises for risk in (*old_side, *new_side)):
        told = [each for old, risk in pairs for each in of_lines(old, risk, earlier_on=earlier_on, on=on)]
        return _sorted(told)
    told = list(_told(old_side, new_side, earlier_on))
    if any(risk.promises for risk in new_side):
        told += _told_no_more(pairs, new_side)
    return _sorted(told)


def retitled(before: Risk, after: Risk) -> Iterator[tuple[str, str, str]]:
    """The promises of a risk that read otherwise, are new, or are due sooner: each with both its lines.

    A risk that was told without promises, as papers once were, has none that are new.
    """
    if not before.promises:
        return
    old = {each.key: each for each in before.promises}
    for promise in after.promises:
        then = old.get(promise.key)
        was, now = _line(then) if then else "", _line(promise)
        settled = promise.state in SETTLED
        slipped = (
            then is not None and then.due is not None and (promise.due is None or promise.due > then.due)
        )
        if was != now and not settled and not slipped:
            yield promise.key, was, now


def _line(promise: Promise) -> str:
    due = f"due {written(promise.due)}" if promise.due else "without a date"
    return as_read(f"{promise.title} ({due}){f', {promise.owner}' if promise.owner else ''}")


def _sorted(told: Iterable[tuple[Fate, News]]) -> Fates:
    by_fate: dict[Fate, list[News]] = {"kept": [], "slipped": [], "newly late": [], "dropped": []}
    for fate, news in told:
        by_fate[fate].append(news)
    kept, slipped, late, dropped = (tuple(each) for each in by_fate.values())
    return Fates(kept, slipped, late, dropped)


def _told(
    old_side: Iterable[Risk], new_side: Iterable[Risk], earlier_on: date | None
) -> Iterator[tuple[Fate, News]]:
    before = {promise.key: promise for risk in old_side for promise in risk.promises}
    seen: set[str] = set()
    for risk in new_side:
        for promise in risk.promises:
            if promise.key not in seen:  # a promise of two risks is one promise
                seen.add(promise.key)
                for fate, reason in _became(before.get(promise.key), promise, earlier_on):
                    yield fate, _news(risk, promise, before.get(promise.key), reason)


def _became(old: Promise | None, new: Promise, earlier_on: date | None) -> Iterator[tuple[Fate, str]]:
    if new.state in SETTLED:
        settled = old.state not in SETTLED if old else _after(new.settled_on, earlier_on)
        if settled:
            yield ("kept" if new.state in KEPT else "dropped"), _outcome(new)
        return
    if old and old.due and old.state not in SETTLED and (new.due is None or new.due > old.due):
        yield "slipped", new.slip_reason or ("It has no date now." if new.due is None else "")
    if new.state == "overdue":
        late_before = old.state == "overdue" if old else not _from(new.due, earlier_on)
        if not late_before:
            yield "newly late", ""


def _outcome(promise: Promise) -> str:
    if promise.state == "delivered without effect":
        return " ".join(each for each in ("Delivered, without the effect.", promise.outcome) if each)
    return promise.outcome


def _after(day: date | None, earlier_on: date | None) -> bool:
    return day is not None and earlier_on is not None and day > earlier_on


def _from(day: date | None, earlier_on: date | None) -> bool:
    """Whether a promise that is due on `day` was not yet late on the earlier paper's day."""
    return day is not None and earlier_on is not None and day >= earlier_on


def _told_no_more(
    pairs: tuple[tuple[Risk, Risk], ...], new_side: Iterable[Risk]
) -> Iterator[tuple[Fate, News]]:
    """Open promises of a risk that still stands, of which the later paper says nothing."""
    known = {promise.key for risk in new_side for promise in risk.promises}
    for old, risk in pairs:
        for promise in old.promises:
            if promise.key not in known and promise.state not in SETTLED:
                known.add(promise.key)
                yield "dropped", _news(risk, promise, promise, NOT_TOLD)


def _news(risk: Risk, promise: Promise, old: Promise | None, reason: str) -> News:
    return News(
        key=risk.key,
        title=title_of(risk),
        reason=reason,
        promise=promise.title,
        owner=promise.owner,
        due=promise.due,
        was_due=old.due if old and old.due != promise.due else None,
        settled_on=promise.settled_on,
    )


def days(news: News, *, kept: bool = False) -> str:
    """The days of a promise in words: was due, is due, was settled; and late, where it was `kept` so."""
    due = f"due {written(news.due)}" if news.due else "without a date"
    said = f"was due {written(news.was_due)}, now {due}" if news.was_due else due
    late = ", late" if kept and news.after_its_day else ""
    return (
        f"{said}; {'kept' if late else 'settled'} {written(news.settled_on)}{late}"
        if news.settled_on
        else said
    )
