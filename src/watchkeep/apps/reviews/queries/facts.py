"""What the questions of policy and permission are asked about, for many reviews at once."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from typing import Final, cast
from uuid import UUID

from django.utils import timezone

from watchkeep.apps.history.models import Entry
from watchkeep.apps.history.standing import standing
from watchkeep.apps.people.models import Holding
from watchkeep.apps.register.models import Register, Risk, RiskVersion
from watchkeep.apps.register.queries import wheres
from watchkeep.apps.register.queries.escalation import beneath
from watchkeep.apps.reviews.models import Cycle, Review, ReviewStep
from watchkeep.apps.reviews.queries.since import CONTENT, Changed, changes_of, gone_of, reworded_below
from watchkeep.domain import reopening
from watchkeep.domain import review as rules
from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.review import Change, Facts, Kind, Step

# What a sign-off writes of the risk: when it is reviewed next, and nothing else; no hand in an update.
LOOK_AGAIN: Final = "set the next review"


@dataclass(frozen=True, slots=True)
class Owner:
    """The post that answers for a risk; empty where none does."""

    post: str = ""
    title: str = ""


def facts_of(reviews: Sequence[Review], clock: Clock = PRESENT, *, hands: bool = False) -> dict[UUID, Facts]:
    """The facts of these reviews (with their risk and cycle at hand), in a fixed number of statements.

    With `hands`, also who else changed the risk since the cycle was opened: needed to ask about a sign-off.
    """
    risks = {each.risk_id for each in reviews}
    steps = steps_of(reviews, clock)
    owners = owners_of(risks, clock)
    standing_open = [each for each in reviews if not is_rolled_forward(each.cycle, clock)]
    gone = gone_of(standing_open, clock)
    below = reworded_below(standing_open, steps, clock)
    changed = changes_of(reviews, steps, clock)
    held = _holdings({each.post for each in owners.values()}) if changed else []
    places = wheres(Register.objects.filter(cycles__in={each.cycle_id for each in reviews}).distinct())
    found: dict[UUID, Facts] = {}
    for each in reviews:
        taken, owner = steps[each.pk], owners.get(each.risk_id, Owner())
        closed = is_rolled_forward(each.cycle, clock)
        course = _course(taken, changed.get(each.pk, ()), partial(_answering_on, held, owner.post))
        state = rules.standing(
            rules.replayed(cast(Kind, step.kind) for step in taken),
            changed_since=_changed_since(taken, course, below.get(each.pk, ())),
            gone=each.pk in gone,
            rolled_forward=closed,
            unanswered=bool(reopening.unanswered(course)),
        )
        found[each.pk] = Facts(
            risk=str(each.risk),
            state=state,
            where=places[each.cycle.register_id],
            post=owner.post,
            post_title=owner.title,
            steps=tuple(step for step in course if isinstance(step, Step)),
            course=course,
            rolled_forward=closed,
            gone=gone.get(each.pk, ""),
            reworded=len(below.get(each.pk, ())),
        )
    return _with_hands(reviews, found) if hands else found


def steps_of(reviews: Iterable[Review], clock: Clock = PRESENT) -> dict[UUID, list[ReviewStep]]:
    """The steps that the clock lets be seen, in their order, by review."""
    rows = ReviewStep.objects.filter(review__in=[each.pk for each in reviews]).order_by("review", "number")
    if clock.day is not None:
        rows = rows.filter(on__lte=clock.day)
    if clock.known_at is not None:
        rows = rows.filter(at__lte=clock.known_at)
    found: defaultdict[UUID, list[ReviewStep]] = defaultdict(list)
    for step in rows:
        found[step.review_id].append(step)
    return found


def as_step(row: ReviewStep) -> Step:
    """A stored step as the rules see it."""
    facts = json.loads(row.facts)
    return Step(
        kind=cast(Kind, row.kind),
        by_id=row.by_id,
        by=row.by,
        on=row.on or timezone.localtime(row.at).date(),
        post=str(facts.get("post", "")),
        post_title=row.post,
        answering=frozenset(facts.get("answering", ())),
    )


def owners_of(risks: Iterable[UUID], clock: Clock = PRESENT) -> dict[UUID, Owner]:
    """The post that answers for each risk."""
    among = Risk.objects.filter(pk__in=list(risks))
    rows = standing(RiskVersion.objects.all(), "risk", among, clock).select_related("owner_post")
    return {
        each.risk_id: Owner(str(each.owner_post_id), each.owner_post.title)
        for each in rows.only("risk_id", "owner_post__title")
        if each.owner_post is not None
    }


def is_rolled_forward(cycle: Cycle, clock: Clock = PRESENT) -> bool:
    """Whether the cycle is closed, as the clock has it."""
    if cycle.state != "rolled forward":
        return False
    later = clock.day is not None and cycle.closed_on is not None and cycle.closed_on > clock.day
    unknown = clock.known_at is not None and (cycle.closed_known_at or clock.known_at) > clock.known_at
    return not (later or unknown)


def answering(post: str, days: Iterable[date]) -> frozenset[str]:
    """The ids of all who hold the post, or deputise for its holder, on any of these days."""
    return _answering(_holdings([post]), post, tuple(days)) if post else frozenset()


# --- Beneath ------------------------------------------------------------------------------------------------


Held = list[tuple[str, str, date, date | None]]


def _holdings(posts: Iterable[str]) -> Held:
    rows = Holding.objects.filter(post__in=[UUID(post) for post in posts])
    return [
        (str(post), str(person), begun, ended)
        for post, person, begun, ended in rows.values_list("post_id", "person_id", "from_on", "until_on")
    ]


def _answering_on(held: Held, post: str, day: date) -> frozenset[str]:
    return _answering(held, post, (day,)) if post else frozenset()


def _answering(held: Held, post: str, days: Sequence[date]) -> frozenset[str]:
    return frozenset(
        person
        for of, person, begun, ended in held
        if of == post and any(begun <= day and (ended is None or day < ended) for day in days)
    )


def _course(
    taken: Sequence[ReviewStep], changes: Iterable[Changed], holders: Callable[[date], frozenset[str]]
) -> tuple[Step | Change, ...]:
    """The steps and the changes past the review, in the order in which they came."""
    happened: list[tuple[datetime, Step | Change]] = [(each.at, as_step(each)) for each in taken]
    for each in changes:
        own = each.by_id in holders(each.on)
        happened.append((each.at, Change(each.by_id, each.by, each.on, each.fields, own)))
    return tuple(told for _, told in sorted(happened, key=lambda pair: pair[0]))


def _changed_since(
    taken: Sequence[ReviewStep], course: Sequence[Step | Change], below: Iterable[datetime]
) -> bool:
    """Whether the risk was changed after its last sign-off, or its words where they are written."""
    signed = next((step for step in reversed(taken) if step.kind == "sign"), None)
    if signed is None:
        return False
    return any(at > signed.at for at in below) or bool(reopening.since_signed(course))


def _with_hands(reviews: Sequence[Review], found: dict[UUID, Facts]) -> dict[UUID, Facts]:
    """The same facts, with every change that was made to the risks since their cycle was opened."""
    below = beneath({each.risk_id for each in reviews})
    lower = {source for way in below.values() for source in way}
    owners = {str(risk): owner for risk, owner in (owners_of(lower) if lower else {}).items()}
    owners |= {str(each.risk_id): Owner(found[each.pk].post, found[each.pk].post_title) for each in reviews}
    held = _holdings({owner.post for owner in owners.values() if owner.post})
    written = _written(reviews, below)
    return {
        each.pk: replace(
            found[each.pk],
            wrote=tuple(
                _hand(owners.get(risk, Owner()), *told, held) for risk, told in written.get(each.pk, ())
            ),
        )
        for each in reviews
    }


Wrote = tuple[str, str, datetime]


def _written(
    reviews: Sequence[Review], below: Mapping[UUID, Sequence[UUID]]
) -> dict[UUID, list[tuple[str, Wrote]]]:
    """By review: who wrote what is said of its risk, or of one that it came from, since the cycle was
    opened, and when; each with the risk that was written.
    """
    ways = {each.pk: [str(risk) for risk in (each.risk_id, *below.get(each.risk_id, ()))] for each in reviews}
    cycles = {str(each.cycle_id) for each in reviews}
    entries = Entry.objects.filter(subject_kind="cycle", subject_id__in=cycles).order_by("-sequence")
    # The last of each subject stands in the end: its first entry, which opened it.
    opened = dict(entries.values_list("subject_id", "sequence"))
    rows = Entry.objects.filter(
        body__in={str(each.cycle.register.body_id) for each in reviews},
        subject_kind="risk",
        subject_id__in={risk for way in ways.values() for risk in way},
        sequence__gt=min(opened.values(), default=0),
        text__contains=CONTENT,
    ).exclude(verb=LOOK_AGAIN)
    by_risk: defaultdict[str, list[tuple[int, Wrote]]] = defaultdict(list)
    said = rows.order_by("sequence").values_list("subject_id", "sequence", "who_id", "who_name", "at")
    for subject, sequence, who, name, at in said:
        by_risk[subject].append((sequence, (who, name, at)))
    return {
        each.pk: [
            (risk, wrote)
            for risk in ways[each.pk]
            for sequence, wrote in by_risk[risk]
            if sequence > opened.get(str(each.cycle_id), 0)
        ]
        for each in reviews
    }


def _hand(owner: Owner, who: str, name: str, at: datetime, held: Held) -> Step:
    """One such change; for whoever answers for the risk's post, its other holders are named with them."""
    day = timezone.localtime(at).date()
    holders = _answering(held, owner.post, (day,))
    own = who in holders
    return Step(
        kind="update",
        by_id=who,
        by=name,
        on=day,
        post=owner.post if own else "",
        post_title=owner.title if own else "",
        answering=holders if own else frozenset(),
        direct=True,
    )
