"""Record readings: many at once, of one indicator or of several, all of them or none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.utils import timezone

from watchkeep.apps.history.changes import recording
from watchkeep.apps.history.models import OpenEntry
from watchkeep.apps.indicators.changes.holding import (
    indicator_of,
    latest_version,
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
from watchkeep.domain.indicator.batch import digest, line
from watchkeep.domain.indicator.keeping import may_record
from watchkeep.domain.indicator.observing import completed, fault
from watchkeep.domain.people import Actor, obey

KEY_LENGTH = 200
AT_ONCE = 500
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
    batch: int
    said: Said


@dataclass(frozen=True, slots=True)
class _Sent:
    """What was sent of one indicator, checked, in the order of its days."""

    indicator: Indicator
    readings: tuple[Reading, ...]


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
        sent = [_sent(by, each, readings[each], early) for each in readings]
        sent.sort(key=lambda each: each.indicator.number)
        asked = digest(
            line(each.indicator.number, reading.on.isoformat(), 0, *_said(reading))
            for each in sent
            for reading in each.readings
        )
        known = _known(sent)
        if len(key) > KEY_LENGTH:
            raise Invalid("key", f"A key has up to {KEY_LENGTH} characters.")
        if key and (before := Batch.objects.filter(body_id=by.body, key=key).first()):
            if before.asked != asked:
                raise Refused(f"The key “{key}” was used for other readings: {_difference(sent, before)}")
            return Taken(before.number, before.added, before.corrected, before.unchanged)
        return _write(entry, sent, known, source=source, key=key, asked=asked, correct=correct)


def _sent(by: Actor, indicator: UUID, readings: Sequence[Reading], early: bool) -> _Sent:
    found = indicator_of(by, indicator)
    version = latest_version(found)
    obey(may_record(by, version.owner_post_id))
    definition, year_start = definition_of(version), year_start_of(by)
    whole = [completed(definition, each, year_start=year_start) for each in readings]
    _must_be_right(found, definition, whole, early)
    return _Sent(found, tuple(sorted(whole, key=lambda each: each.on)))


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


def _write(
    entry: OpenEntry,
    sent: list[_Sent],
    known: dict[tuple[int, date], _Known],
    *,
    source: str,
    key: str,
    asked: str,
    correct: bool,
) -> Taken:
    by, number = entry.by, next_number(Batch)
    rows: list[Row] = []
    added = corrected = unchanged = 0
    for each in sent:
        for reading in each.readings:
            before = known.get((each.indicator.number, reading.on))
            if before is not None and _same(before.said, reading):
                unchanged += 1
                continue
            if before is None:
                added += 1
            else:
                corrected += 1
                if before.said[0] is not None and not correct and not entry.reason:
                    raise Invalid("reason", _differs(each.indicator, reading, before.said))
            revision = before.revision + 1 if before else 1
            rows.append(Row(each.indicator.number, reading.on, revision, number, *_said(reading)))
    if not rows and not key:
        return Taken(None, 0, 0, unchanged)
    batch = Batch(
        body_id=UUID(by.body),
        number=number,
        known_at=timezone.now(),
        source=source.strip(),
        key=key,
        asked=asked,
        indicators=" ".join(each.indicator.reference for each in sent),
        added=added,
        corrected=corrected,
        unchanged=unchanged,
        first_on=min((row.on for row in rows), default=None),
        last_on=max((row.on for row in rows), default=None),
        sha256=digest(line(row.series, row.on.isoformat(), row.revision, *row[4:]) for row in rows),
        by=said_by(by),
        reason=entry.reason,
    )
    batch.save()
    put(rows)
    _tell(entry, batch, sent)
    return Taken(number, added, corrected, unchanged)


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


def _known(sent: list[_Sent], until: int | None = None) -> dict[tuple[int, date], _Known]:
    """What stands of the days that were sent, or stood once the batch of that number was in."""
    numbers = [each.indicator.number for each in sent if each.readings]
    days = [reading.on for each in sent for reading in (each.readings[:1] + each.readings[-1:])]
    found: dict[tuple[int, date], _Known] = {}
    for start in range(0, len(numbers), AT_ONCE):
        rows = Observation.objects.filter(
            series__in=numbers[start : start + AT_ONCE], on__range=(min(days), max(days))
        )
        if until is not None:
            rows = rows.filter(batch__lte=until)
        columns = ("series", "on", "revision", "batch", "value", "numerator", "denominator", "note")
        for series, on, revision, batch, *said in rows.order_by("revision").values_list(*columns):
            found[(series, on)] = _Known(revision, batch, (said[0], said[1], said[2], said[3]))
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
            known = then.get((each.indicator.number, reading.on))
            called = f"{each.indicator.reference}, {written(reading.on)}"
            if known is None:
                return f"{called} was not among them."
            if not _same(known.said, reading):
                return f"{called} was {_amount(known.said[0])}, and is {_amount(reading.value)} now."
    told = before.added + before.corrected + before.unchanged
    return f"they were {told}, and these are {sum(len(each.readings) for each in sent)}."


def _amount(value: float | None) -> str:
    return "given up" if value is None else f"{value:.12g}"
