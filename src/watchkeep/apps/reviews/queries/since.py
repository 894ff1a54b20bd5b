"""What became of the risks under review since they were asked: gone, changed, reworded below. A review speaks
of the quarter's last day: what is said of a later day is the next quarter's.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from watchkeep.apps.history.models import Entry
from watchkeep.apps.history.standing import told
from watchkeep.apps.register.models import Risk, RiskVersion
from watchkeep.apps.register.queries import stood
from watchkeep.apps.register.queries.escalation import beneath, reworded
from watchkeep.apps.reviews.models import Cycle, Review, ReviewStep
from watchkeep.domain.clock import Clock
from watchkeep.domain.fields import label_of

CONTENT = '"register.riskversion"'  # how an entry's text tells that it wrote what is said of a risk
Steps = Mapping[UUID, Sequence[ReviewStep]]


@dataclass(frozen=True, slots=True)
class Changed:
    """One change of a risk past its review: by whom, when it was learned, and of which fields."""

    at: datetime
    by_id: str
    by: str
    fields: tuple[str, ...]

    @property
    def on(self) -> date:
        """The day on which it was made."""
        return timezone.localtime(self.at).date()


def at_its_end(cycle: Cycle, clock: Clock) -> Clock:
    """The quarter's last day, or the clock's where that is before; as known by the clock."""
    day = clock.day
    return Clock(min(day, cycle.ends_on) if day else cycle.ends_on, clock.known_at)


def gone_of(reviews: Sequence[Review], clock: Clock) -> dict[UUID, str]:
    """By review: the state of its risk, where nothing was to be asked of it on the quarter's last day."""
    found = {}
    for end, those in _by_end(reviews, clock):
        among = Risk.objects.filter(pk__in=[each.risk_id for each in those])
        states = stood(among, end, str(those[0].cycle.register.body_id))
        for each in those:
            if each.risk_id in states and states[each.risk_id].gone:
                found[each.pk] = states[each.risk_id].state
    return found


def reworded_below(reviews: Sequence[Review], steps: Steps, clock: Clock) -> dict[UUID, list[datetime]]:
    """By review: when the words of its risk were changed in the registers below since it was asked."""
    below = beneath({each.risk_id for each in reviews})
    asked = {each.pk: steps[each.pk][0].at for each in reviews if each.risk_id in below and steps[each.pk]}
    found = {}
    for end, those in _by_end([each for each in reviews if each.pk in asked], clock):
        sources = {source for each in those for source in below[each.risk_id]}
        moments = reworded(sources, min(asked[each.pk] for each in those), end)
        for each in those:
            found[each.pk] = [
                at for source in below[each.risk_id] for at in moments.get(source, ()) if at > asked[each.pk]
            ]
    return found


def changes_of(reviews: Sequence[Review], steps: Steps, clock: Clock) -> dict[UUID, list[Changed]]:
    """By review: the changes past it of what is said of its risk as at the quarter's end, since anybody
    spoke of it. Two statements, or one where nothing was changed.
    """
    spoke = {each.pk: at for each in reviews if (at := _spoke(steps[each.pk])) is not None}
    moments = _moments([each for each in reviews if each.pk in spoke], spoke, clock)
    if not any(moments.values()):
        return {}
    entries = _entries([each for each in reviews if moments.get(each.pk)], min(spoke.values()))
    return {
        each.pk: list(_told(each, moments[each.pk], entries[str(each.risk_id)]))
        for each in reviews
        if moments.get(each.pk)
    }


# --- Beneath ------------------------------------------------------------------------------------------------


def _by_end(reviews: Iterable[Review], clock: Clock) -> Iterator[tuple[Clock, list[Review]]]:
    """The reviews by the day that they speak of: open cycles are of one quarter, or of few."""
    found: defaultdict[Clock, list[Review]] = defaultdict(list)
    for each in reviews:
        found[at_its_end(each.cycle, clock)].append(each)
    yield from found.items()


def _spoke(steps: Sequence[ReviewStep]) -> datetime | None:
    return next((each.at for each in steps if each.kind in ("update", "confirm", "sign")), None)


def _moments(
    reviews: Sequence[Review], spoke: Mapping[UUID, datetime], clock: Clock
) -> dict[UUID, list[datetime]]:
    """By review: when what stands of its risk on the quarter's last day became something else."""
    if not reviews:
        return {}
    last = max(each.cycle.ends_on for each in reviews)
    rows = told(RiskVersion.objects.filter(risk__in={each.risk_id for each in reviews}), clock)
    rows = rows.filter(effective_on__lte=last).order_by("risk", "number")
    versions: defaultdict[UUID, list[tuple[date, datetime]]] = defaultdict(list)
    for risk, day, known_at in rows.values_list("risk_id", "effective_on", "known_at"):
        versions[risk].append((day, known_at))
    return {
        each.pk: [
            at
            for at in _turned(versions[each.risk_id], at_its_end(each.cycle, clock).day or last)
            if at > spoke[each.pk] and _within(each.cycle, at, clock)
        ]
        for each in reviews
    }


def _turned(versions: Iterable[tuple[date, datetime]], end: date) -> Iterator[datetime]:
    """When another version came to stand on the day: one of an earlier day than what stands changes nothing,
    as what it says of later days is written there too.
    """
    stands = date.min
    for day, known_at in versions:
        if stands <= day <= end:
            stands = day
            yield known_at


def _within(cycle: Cycle, at: datetime, clock: Clock) -> bool:
    """Whether it was learned while the review was open, and by the clock's day."""
    if cycle.closed_known_at is not None and at > cycle.closed_known_at:
        return False
    return clock.day is None or timezone.localtime(at).date() <= clock.day


Told = tuple[datetime, str, str, dict[str, Any]]


def _entries(reviews: Collection[Review], since: datetime) -> dict[str, list[Told]]:
    """By risk: every entry that wrote what is said of it since then."""
    rows = Entry.objects.filter(
        body__in={str(each.cycle.register.body_id) for each in reviews},
        subject_kind="risk",
        subject_id__in={str(each.risk_id) for each in reviews},
        at__gte=since,
        text__contains=CONTENT,
    ).order_by("sequence")
    found: defaultdict[str, list[Told]] = defaultdict(list)
    for risk, at, who, name, text in rows.values_list("subject_id", "at", "who_id", "who_name", "text"):
        found[risk].append((at, who, name, json.loads(text)["facts"]))
    return found


def _told(review: Review, moments: Iterable[datetime], entries: Sequence[Told]) -> Iterator[Changed]:
    """Each change once, by the entry that tells it; neither the review's own steps nor the marks that rolling
    the quarter forward writes.
    """
    seen = set()
    for moment in moments:
        entry = next((each for each in entries if each[0] >= moment), None)
        at, who, name, facts = entry or (moment, "", "", {})
        paths = [each["field"] for each in facts.get("fields", ())]
        rolled = review.cycle.closed_known_at is not None and all(path.startswith("trends") for path in paths)
        if at in seen or rolled or facts.get("review") == str(review.pk):
            continue
        seen.add(at)
        yield Changed(moment, who, name, tuple(dict.fromkeys(map(label_of, paths))))
