"""What there is to tell of on a day, and to whom: read from the records below, judged by domain/notice.py."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, Q

from watchkeep.apps.discussion.models import Mention
from watchkeep.apps.history.standing import holding, standing
from watchkeep.apps.notices.changes import Subject
from watchkeep.apps.people.models import Holding, Person
from watchkeep.apps.reviews.models import Cycle, Review
from watchkeep.apps.treatment.models import Commitment, CommitmentVersion
from watchkeep.apps.treatment.queries import controls
from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.notice import Telling, of_check, of_mention, of_promise, of_review, of_sign_off
from watchkeep.domain.people import Actor, roles_that_may

RECENT = timedelta(days=14)  # a comment older than this is not told of any more


@dataclass(frozen=True, slots=True)
class ToTell:
    """One telling, its subject, and everybody who is to be told."""

    telling: Telling
    about: Subject
    people: tuple[UUID, ...]


def to_tell(by: Actor, on: date, now: datetime) -> Iterator[ToTell]:
    """Everything that the actor's body has to tell on that day, told before or not."""
    posts = _holders(by, on)
    yield from _of_reviews(by, on, posts)
    yield from _of_sign_offs(by, on)
    yield from _of_promises(by, on, posts)
    yield from _of_controls(by, on, posts)
    yield from _of_mentions(by, now)


def _holders(by: Actor, on: date) -> dict[UUID, tuple[UUID, ...]]:
    """Who answers for each post on the day: its holder and the deputies, those who can still sign in."""
    found: dict[UUID, tuple[UUID, ...]] = {}
    rows = holding(Holding.objects.filter(post__body_id=by.body, person__is_active=True), PRESENT, on)
    for post, person in rows.order_by("deputy", "pk").values_list("post_id", "person_id"):
        found[post] = (*found.get(post, ()), person)
    return found


def _of_reviews(by: Actor, on: date, posts: dict[UUID, tuple[UUID, ...]]) -> Iterator[ToTell]:
    rows = (
        Review.objects.filter(cycle__register__body_id=by.body, cycle__state="open")
        .exclude(post=None)
        .select_related("cycle", "risk")
        .annotate(moves=Count("steps"))
    )
    for each in rows.order_by("cycle__ends_on", "risk__key"):
        telling = of_review(
            str(each.pk),
            str(each.risk),
            each.cycle.period,
            state=each.state,
            update_by=each.cycle.update_by,
            moves=each.moves,
            on=on,
        )
        if telling and each.post_id:
            yield ToTell(telling, Subject("review", str(each.pk), str(each)), posts.get(each.post_id, ()))


def _of_sign_offs(by: Actor, on: date) -> Iterator[ToTell]:
    waiting = Count("reviews", filter=~Q(reviews__state__in=["asked", "signed", "withdrawn"]))
    cycles = Cycle.objects.filter(register__body_id=by.body, state="open").select_related("register")
    signers = tuple(
        Person.objects.filter(Q(role__in=_signing()), body_id=by.body, is_active=True).values_list(
            "pk", flat=True
        )
    )
    for each in cycles.annotate(waiting=waiting).order_by("ends_on", "pk"):
        telling = of_sign_off(
            str(each.pk),
            each.register.name,
            each.period,
            waiting=each.waiting,
            sign_by=each.sign_by,
            on=on,
        )
        if telling:
            yield ToTell(telling, Subject("cycle", str(each.pk), str(each)), signers)


def _signing() -> list[str]:
    """The roles whose part in a review is to sign it; who runs the review sees it on its page."""
    return [role for role in roles_that_may("sign off") if role == "board member"]


def _of_promises(by: Actor, on: date, posts: dict[UUID, tuple[UUID, ...]]) -> Iterator[ToTell]:
    among = Commitment.objects.filter(body_id=by.body)
    rows = standing(CommitmentVersion.objects.all(), "commitment", among, Clock(as_at=on))
    open_ones = rows.filter(outcome="", due_on__isnull=False, owner_post__isnull=False)
    for each in open_ones.select_related("commitment").order_by("due_on", "commitment__reference"):
        label = str(each.commitment)
        telling = of_promise(str(each.commitment_id), label, due_on=each.due_on, on=on)
        if telling and each.owner_post_id:
            about = Subject("commitment", str(each.commitment_id), label)
            yield ToTell(telling, about, posts.get(each.owner_post_id, ()))


def _of_controls(by: Actor, on: date, posts: dict[UUID, tuple[UUID, ...]]) -> Iterator[ToTell]:
    for each in controls(by, Clock(as_at=on)):
        last = each.effectiveness.operation.last
        if last is None or each.owner_post is None or not each.in_force:
            continue
        telling = of_check(str(each.id), each.label, faded_on=last.stale_from, on=on)
        if telling:
            about = Subject("control", str(each.id), each.label)
            yield ToTell(telling, about, posts.get(each.owner_post, ()))


def _of_mentions(by: Actor, now: datetime) -> Iterator[ToTell]:
    rows = Mention.objects.filter(
        comment__body_id=by.body, comment__at__gt=now - RECENT, comment__replaced_by=None
    ).select_related("comment__by")
    for each in rows.order_by("comment__at", "pk"):
        said = each.comment
        telling = of_mention(str(said.pk), said.by.name, said.subject_label)
        yield ToTell(
            telling, Subject(said.subject_kind, said.subject_id, said.subject_label), (each.person_id,)
        )
