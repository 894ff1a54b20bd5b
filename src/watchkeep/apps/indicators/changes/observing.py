"""Record readings: many at once, of one indicator or of several, all of them or none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.utils import timezone

from watchkeep.apps.history.changes import recording
from watchkeep.apps.history.models import OpenEntry
from watchkeep.apps.indicators.changes.holding import (
    AT_ONCE,
    Held,
    indicators_of,
    next_number,
    said_by,
    year_start_of,
)
from watchkeep.apps.indicators.conversion import definition_of
from watchkeep.apps.indicators.loading import Row, put
from watchkeep.apps.indicators.models import Batch, Indicator, Observation
from watchkeep.domain.errors import Invalid, Refused
from watchkeep.domain.finding import written
from watchkeep.domain.indicator import Definition, Reading
from watchkeep.domain.indicator.batch import digest, line, told
from watchkeep.domain.indicator.keeping import may_record
from watchkeep.domain.indicator.observing import completed, fault
from watchkeep.domain.people import Actor, obey

KEY_LENGTH = 200
Said = tuple[float | None, float | None, float | None, str]


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of readings that were sent: `batch` is the number of what was written, none where all of
    them were there already.
    """

    batch: int | None
    added: int
    corrected: int
    unchanged: int


class _Known(NamedTuple):
    revision: int
    said: Said


# By an indicator's number and by day.
Standing = dict[int, dict[date, _Known]]


@dataclass(frozen=True, slots=True)
class _Sent:
    """What was sent of one indicator, checked, in the order of its days; `told` is what the digest takes of
    each reading.
    """

    indicator: Indicator
    readings: tuple[Reading, ...]
    told: tuple[str, ...]


@dataclass(slots=True)
class _Sorted:
    """What is to be written, with its lines for the digest, and how much of it is what."""

    rows: list[Row] = field(default_factory=list)
    lines: list[bytes] = field(default_factory=list)
    added: int = 0
    corrected: int = 0
    unchanged: int = 0


def observe(
    *,
    by: Actor,
    indicator: UUID,
    readings: Sequence[Reading],
    source: str,
    key: str = "",
    reason: str = "",
    correct: bool = False,
    early: bool = False,
) -> Taken:
    """Record readings of one indicator; see `observe_many`."""
    sent = {indicator: readings}
    return observe_many(
        by=by, readings=sent, source=source, key=key, reason=reason, correct=correct, early=early
    )


def observe_many(
    *,
    by: Actor,
    readings: Mapping[UUID, Sequence[Reading]],
    source: str,
    key: str = "",
    reason: str = "",
    correct: bool = False,
    early: bool = False,
) -> Taken:
    """Record readings of indicators as one batch: all of them, or none.

    What is there already with the same amounts is unchanged. What is there with others is a correction, which
    supersedes it and needs a reason (or `correct`, where the source itself is what is right). The same `key`
    again with the same content gives the same answer and writes nothing; with other content it is refused.
    """
    with recording(by=by, verb="record readings", reason=reason) as entry:
        held, year_start = indicators_of(by, readings), year_start_of(by)
        sent = [_sent(by, held[each], readings[each], year_start, early) for each in readings]
        sent.sort(key=lambda each: each.indicator.number)
        asked = digest(
            line(each.indicator.number, reading.on.isoformat(), 0, said)
            for each in sent
            for reading, said in zip(each.readings, each.told, strict=True)
        )
        if len(key) > KEY_LENGTH:
            raise Invalid("key", f"A key has up to {KEY_LENGTH} characters.")
        if key and (before := Batch.objects.filter(body_id=by.body, key=key).first()):
            if before.asked != asked:
                raise Refused(f"The key “{key}” was used for other readings: {_difference(sent, before)}")
            return Taken(before.number, before.added, before.corrected, before.unchanged)
        return _write(entry, sent, source=source, key=key, asked=asked, correct=correct)


def _sent(by: Actor, held: Held, readings: Sequence[Reading], year_start: int, early: bool) -> _Sent:
    obey(may_record(by, held.version.owner_post_id))
    definition = definition_of(held.version)
    whole = [completed(definition, each, year_start=year_start) for each in readings]
    _must_be_right(held.indicator, definition, whole, early)
    whole.sort(key=lambda each: each.on)
    return _Sent(held.indicator, tuple(whole), tuple(told(*_said(each)) for each in whole))


def _must_be_right(found: Indicator, definition: Definition, whole: list[Reading], early: bool) -> None:
    today, days = timezone.localdate(), set[date]()
    for each in whole:
        if wrong := fault(definition, each, today, early=early):
            raise Invalid(wrong.field, f"{found.reference}, {written(each.on)}: {wrong.sentence}")
        if each.on in days:
            raise Invalid(
                "on",
                f"{found.reference}: two readings are of the {definition.frequency} of {written(each.on)}.",
            )
        days.add(each.on)


def _sort(entry: OpenEntry, sent: list[_Sent], number: int, correct: bool) -> _Sorted:
    """What of it is new, corrects, or stands already; refused where a correction gives no reason."""
    found, standing = _Sorted(), _known(sent)
    for each in sent:
        series = each.indicator.number
        there = standing.get(series, {})
        for reading, said in zip(each.readings, each.told, strict=True):
            before, revision = there.get(reading.on), 1
            if before is None:
                found.added += 1
            elif _same(before.said, reading):
                found.unchanged += 1
                continue
            else:
                found.corrected += 1
                revision = before.revision + 1
                if before.said[0] is not None and not correct and not entry.reason:
                    raise Invalid("reason", _differs(each.indicator, reading, before.said))
            on = reading.on.isoformat()
            found.rows.append(Row(series, on, revision, number, *_said(reading)))
            found.lines.append(line(series, on, revision, said))
    return found


def _write(entry: OpenEntry, sent: list[_Sent], *, source: str, key: str, asked: str, correct: bool) -> Taken:
    by, number = entry.by, next_number(Batch)
    found = _sort(entry, sent, number, correct)
    if not found.rows and not key:
        return Taken(None, 0, 0, found.unchanged)
    days = [date.fromisoformat(each) for each in {row.on for row in found.rows}]
    batch = Batch(
        body_id=UUID(by.body),
        number=number,
        known_at=timezone.now(),
        source=source.strip(),
        key=key,
        asked=asked,
        indicators=" ".join(each.indicator.reference for each in sent),
        added=found.added,
        corrected=found.corrected,
        unchanged=found.unchanged,
        first_on=min(days, default=None),
        last_on=max(days, default=None),
        sha256=digest(found.lines),
        by=said_by(by),
        reason=entry.reason,
    )
    batch.save()
    put(found.rows)
    _tell(entry, batch, sent)
    return Taken(number, found.added, found.corrected, found.unchanged)


def _tell(entry: OpenEntry, batch: Batch, sent: list[_Sent]) -> None:
    if len(sent) == 1:
        entry.about("indicator", sent[0].indicator.pk, str(sent[0].indicator))
    else:
        entry.about("batch", batch.pk, f"readings of {len(sent)} indicators")
    entry.facts["readings"] = {
        "source": batch.source,
        "added": batch.added,
        "corrected": batch.corrected,
        "unchanged": batch.unchanged,
    }


def _known(sent: list[_Sent], until: int | None = None) -> Standing:
    """What stands of the days that were sent, or stood once the batch of that number was in."""
    numbers = [each.indicator.number for each in sent if each.readings]
    days = [reading.on for each in sent for reading in (each.readings[:1] + each.readings[-1:])]
    found: Standing = defaultdict(dict)
    for start in range(0, len(numbers), AT_ONCE):
        rows = Observation.objects.filter(
            series__in=numbers[start : start + AT_ONCE], on__range=(min(days), max(days))
        )
        if until is not None:
            rows = rows.filter(batch__lte=until)
        columns = ("series", "on", "revision", "value", "numerator", "denominator", "note")
        # In the order of their key, so that the last revision of a day stays.
        for series, on, revision, *said in rows.order_by("series", "on", "revision").values_list(*columns):
            found[series][on] = _Known(revision, (said[0], said[1], said[2], said[3]))
    return found


def _said(reading: Reading) -> Said:
    return reading.value, reading.numerator, reading.denominator, reading.note


def _same(before: Said, reading: Reading) -> bool:
    """Whether it says what stands already; a note left out says nothing against the one that stands."""
    said = _said(reading)
    return before[:3] == said[:3] and (not reading.note or before[3] == reading.note)


def _differs(indicator: Indicator, reading: Reading, before: Said) -> str:
    day, was, now = written(reading.on), _amount(before[0]), _amount(reading.value)
    return f"{indicator.reference}, {day}: {was} is recorded, and {now} was sent. Say why it is corrected."


def _difference(sent: list[_Sent], before: Batch) -> str:
    """The first thing in which what was sent differs from what the batch brought or found."""
    indicators = " ".join(each.indicator.reference for each in sent)
    if indicators != before.indicators:
        return f"they were of {before.indicators}, and these are of {indicators}."
    then = _known(sent, before.number)
    for each in sent:
        for reading in each.readings:
            known = then.get(each.indicator.number, {}).get(reading.on)
            called = f"{each.indicator.reference}, {written(reading.on)}"
            if known is None:
                return f"{called} was not among them."
            if not _same(known.said, reading):
                return f"{called} was {_amount(known.said[0])}, and is {_amount(reading.value)} now."
    told = before.added + before.corrected + before.unchanged
    return f"they were {told}, and these are {sum(len(each.readings) for each in sent)}."


def _amount(value: float | None) -> str:
    return "given up" if value is None else f"{value:.12g}"
