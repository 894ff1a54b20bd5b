"""Say what readings are held against and what explains them; put right what was said, or take it back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any, Final
from uuid import UUID, uuid4

from django.utils import timezone

from watchkeep.apps.history.changes import recording
from watchkeep.apps.history.models import OpenEntry
from watchkeep.apps.indicators.changes.holding import indicator_of, latest_version, said_by
from watchkeep.apps.indicators.conversion import target_of
from watchkeep.apps.indicators.models import (
    AnnotationSaid,
    Indicator,
    PlanSaid,
    RebaseSaid,
    Said,
    TargetSaid,
)
from watchkeep.domain.clock import must_be_within
from watchkeep.domain.errors import Invalid, Missing, Refused
from watchkeep.domain.finding import written
from watchkeep.domain.indicator import PlanPoint, Target
from watchkeep.domain.indicator.keeping import may_keep, must_be_a_line, must_be_a_number
from watchkeep.domain.naming import in_words
from watchkeep.domain.people import Actor, obey

KINDS: Final[tuple[type[Said], ...]] = (TargetSaid, RebaseSaid, AnnotationSaid, PlanSaid)


def set_target(
    *, by: Actor, indicator: UUID, target: Target, line: UUID | None = None, why: str = ""
) -> UUID:
    """Hold readings against a line from a day on; its id. A line of the same kind that holds without an end
    ends where the new one begins, and stays for the days on which it held. With `line`, put that one right
    instead, and say why; the others stay as they are.
    """
    with _kept(by, indicator, "put a target right" if line else "set a target", why, target.from_on) as (
        found,
        entry,
    ):
        must_be_a_line(target)
        must_be_within("from_on", target.from_on)
        standing = {row.said: row for row in _standing(TargetSaid, found)}
        if line is not None and line not in standing:
            raise Missing("There is no such line.")
        if line is not None:
            _must_say_why(why)
        for other in standing.values():
            if other.kind == target.kind and other.said != line:
                _make_room(by, other, target, why, opens=line is None)
        entry.facts["line"] = {"kind": target.kind, "value": repr(float(target.value))}
        values: dict[str, Any] = {"kind": target.kind, "value": float(target.value)}
        values["source"] = target.source.strip()
        values |= {"from_on": target.from_on, "until_on": target.until_on}
        return _tell(TargetSaid, by, found, standing.get(line) if line else None, why, values)


def end_target(*, by: Actor, line: UUID, on: date, why: str = "") -> None:
    """Say from which day on a line holds no longer."""
    row = _last(TargetSaid, line)
    with _kept(by, row.indicator_id, "end a target", why, on) as (found, _):
        row = _last(TargetSaid, line)
        must_be_within("on", on)
        must_be_a_line(replace(target_of(row), until_on=on))
        _tell(TargetSaid, by, found, row, why, _values(row) | {"until_on": on})


def rebase(
    *, by: Actor, indicator: UUID, on: date, reason: str, said: UUID | None = None, why: str = ""
) -> UUID:
    """Work limits out anew from a day on, because the process changed for a reason that is known; its id."""
    with _kept(by, indicator, "rebase an indicator", why or reason, on) as (found, _):
        if not in_words(reason):
            raise Invalid(
                "reason", "Say what changed in the process; limits are not worked out anew without."
            )
        must_be_within("on", on)
        before = _named(RebaseSaid, found, said, why)
        if any(row.on == on and row.said != said for row in _standing(RebaseSaid, found)):
            raise Refused(f"{found} is rebased on {written(on)} already.")
        return _tell(RebaseSaid, by, found, before, why, {"on": on, "reason": in_words(reason)})


def annotate(
    *, by: Actor, indicator: UUID, on: date, text: str, said: UUID | None = None, why: str = ""
) -> UUID:
    """Say what happened on a day and may explain what follows; its id."""
    with _kept(by, indicator, "annotate an indicator", why, on) as (found, _):
        if not in_words(text):
            raise Invalid("text", "Say what happened.")
        must_be_within("on", on)
        before = _named(AnnotationSaid, found, said, why)
        return _tell(AnnotationSaid, by, found, before, why, {"on": on, "text": in_words(text)})


def plan(*, by: Actor, indicator: UUID, points: Sequence[PlanPoint], why: str = "") -> int:
    """Say what is planned for each of these days; how many days that changed. A day that was planned
    otherwise before needs a reason, and what was planned then stays known of its time.
    """
    with _kept(by, indicator, "plan an indicator", why, None) as (found, _):
        standing = {row.on: row for row in _standing(PlanSaid, found)}
        days = [each.on for each in points]
        if len(days) != len(set(days)):
            raise Invalid("points", "Each day is planned once.")
        rows = []
        for point in points:
            must_be_within("on", point.on)
            must_be_a_number("value", point.value)
            before = standing.get(point.on)
            if before is None or before.value != point.value:
                if before is not None:
                    _must_say_why(why)
                said = {"on": point.on, "value": float(point.value)}
                rows.append(_telling(PlanSaid, by, found, before, why, said))
        PlanSaid.objects.bulk_create(rows)
        return len(rows)


def take_back(*, by: Actor, said: UUID, why: str) -> None:
    """Say that a line, a rebase, an annotation or a planned day was said in error; it stays known."""
    for kind in KINDS:
        if kind.objects.filter(said=said).exists():
            row = _last(kind, said)
            break
    else:
        raise Missing("There is no such line.")
    with _kept(by, row.indicator_id, "take a line back", why, None) as (found, entry):
        row = _last(kind, said)
        _must_say_why(why)
        entry.facts["line"] = str(row)
        _tell(kind, by, found, row, why, _values(row) | {"withdrawn": True})


# --- Beneath the changes ------------------------------------------------------------------------------------


@contextmanager
def _kept(
    by: Actor, indicator: UUID, verb: str, why: str, as_at: date | None
) -> Iterator[tuple[Indicator, OpenEntry]]:
    with recording(by=by, verb=verb, reason=why, as_at=as_at) as entry:
        found = indicator_of(by, indicator)
        obey(may_keep(by, latest_version(found).owner_post_id))
        entry.about("indicator", found.pk, str(found))
        yield found, entry


def _make_room(by: Actor, other: TargetSaid, target: Target, why: str, *, opens: bool) -> None:
    """End what holds without an end where another begins; refuse what would hold beside it."""
    if other.until_on is None and other.from_on < target.from_on and opens:
        values = _values(other) | {"until_on": target.from_on}
        _tell(TargetSaid, by, other.indicator, other, why, values)
        return
    begins_after = target.until_on is not None and target.until_on <= other.from_on
    ends_before = other.until_on is not None and other.until_on <= target.from_on
    if not begins_after and not ends_before:
        until = f" until {written(other.until_on)}" if other.until_on else ""
        raise Refused(
            f"A {other.kind} of {other.value:g} holds from {written(other.from_on)}{until}; "
            "put that one right, or end it first."
        )


def _standing(model: type[Any], found: Indicator) -> list[Any]:
    last = {row.said: row for row in model.objects.filter(indicator=found).order_by("number")}
    return [row for row in last.values() if not row.withdrawn]


def _named(model: type[Any], found: Indicator, said: UUID | None, why: str) -> Any:
    """The telling that is put right, which needs a reason; none where a new one is said."""
    if said is None:
        return None
    _must_say_why(why)
    before = next((row for row in _standing(model, found) if row.said == said), None)
    if before is None:
        raise Missing("There is no such line.")
    return before


def _last(model: type[Any], said: UUID) -> Any:
    row = model.objects.filter(said=said).order_by("-number").first()
    if row is None or row.withdrawn:
        raise Missing("There is no such line.")
    return row


def _must_say_why(why: str) -> None:
    if not in_words(why):
        raise Invalid("why", "Say why it is said otherwise than before.")


def _values(row: Said) -> dict[str, Any]:
    """What a telling says of itself, without when and by whom."""
    own = {"id", "said", "number", "known_at", "withdrawn", "by", "why", "indicator"}
    return {each.name: getattr(row, each.name) for each in row._meta.concrete_fields if each.name not in own}


def _tell(
    model: type[Any], by: Actor, found: Indicator, before: Any, why: str, values: dict[str, Any]
) -> UUID:
    row = _telling(model, by, found, before, why, values)
    row.save()
    said: UUID = row.said
    return said


def _telling(
    model: type[Any], by: Actor, found: Indicator, before: Any, why: str, values: dict[str, Any]
) -> Any:
    return model(
        indicator=found,
        said=before.said if before else uuid4(),
        number=before.number + 1 if before else 1,
        known_at=timezone.now(),
        by=said_by(by),
        why=in_words(why),
        **values,
    )
