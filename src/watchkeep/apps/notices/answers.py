"""One answer by a link in a mail: what it asks, and giving it. A link speaks for one person, about one thing,
once, for a while; what that person may do is asked anew when it is used.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from watchkeep.apps.history.changes import recording
from watchkeep.apps.notices.changes import Subject, digest_of
from watchkeep.apps.notices.models import ActLink
from watchkeep.apps.people.queries import actor_of
from watchkeep.apps.reviews.changes import steps as reviews
from watchkeep.apps.reviews.models import Review
from watchkeep.apps.reviews.queries.reviewing import ReviewPage, review
from watchkeep.apps.treatment import changes as treatment
from watchkeep.apps.treatment.queries import CommitmentPage, commitment
from watchkeep.domain.errors import Missing, Refused
from watchkeep.domain.people import Actor


@dataclass(frozen=True, slots=True)
class Question:
    """What a link asks, of whom, until when; and the thing itself as it stands."""

    answer: str
    person: str
    sentence: str
    about: Subject
    expires_at: datetime
    promise: CommitmentPage | None = None
    review: ReviewPage | None = None


def question(secret: str, now: datetime) -> Question:
    """What the link asks. Raises Missing where there is none, Refused where it is spent or too old."""
    link = _found(secret, now)
    notice, by = link.notice, actor_of(link.person_id)
    about = Subject(notice.subject_kind, notice.subject_id, notice.subject_label)
    promise = commitment(by, UUID(about.id)) if link.answer == "promise" else None
    asked = _review(by, about.id) if link.answer == "confirm review" else None
    return Question(link.answer, link.person.name, notice.sentence, about, link.expires_at, promise, asked)


def report_done(*, secret: str, version: int, note: str, now: datetime | None = None) -> str:
    """Say that the promise is done, today; what was answered, in a sentence."""
    at = now or timezone.now()
    with transaction.atomic():
        by, link = _spend(secret, at, "promise")
        treatment.report_done(
            by=by,
            commitment=UUID(link.notice.subject_id),
            version=version,
            on=timezone.localtime(at).date(),
            note=note,
        )
    return f"{link.notice.subject_label} is reported done."


def say_later(*, secret: str, version: int, due_on: date, reason: str, now: datetime | None = None) -> str:
    """Say that the promise is not done, when it will be, and why not before."""
    at = now or timezone.now()
    with transaction.atomic():
        by, link = _spend(secret, at, "promise")
        treatment.slip(
            by=by, commitment=UUID(link.notice.subject_id), version=version, due_on=due_on, reason=reason
        )
    return f"{link.notice.subject_label} has its new day."


def confirm(
    *, secret: str, version: int, risk_version: int, note: str = "", now: datetime | None = None
) -> str:
    """Say that what stands of the risk still stands, for the review of this quarter."""
    at = now or timezone.now()
    with transaction.atomic():
        by, link = _spend(secret, at, "confirm review")
        reviews.confirm_review(
            by=by,
            review=UUID(link.notice.subject_id),
            version=version,
            risk_version=risk_version,
            note=note,
            on=timezone.localtime(at).date(),
        )
    return f"{link.notice.subject_label}: what stands is confirmed."


# --- Beneath the answers ------------------------------------------------------------------------------------


def _found(secret: str, now: datetime) -> ActLink:
    link = ActLink.objects.select_related("person", "notice").filter(digest=digest_of(secret)).first()
    if link is None or not link.person.is_active:
        raise Missing("This link answers nothing.")
    if link.used_at is not None:
        raise Refused("This link was used already. Sign in to change the answer.")
    if link.expires_at <= now:
        raise Refused("This link has expired. Sign in to answer.")
    return link


def _spend(secret: str, now: datetime, answer: str) -> tuple[Actor, ActLink]:
    """Spend the link together with its answer, so that neither stands without the other."""
    ActLink.objects.select_for_update().filter(digest=digest_of(secret)).first()  # two at once: one waits
    link = _found(secret, now)
    if link.answer != answer:
        raise Missing("This link answers nothing of the kind.")
    by = actor_of(link.person_id)
    with recording(by=by, verb="answer by a link") as entry:
        entry.about(link.notice.subject_kind, link.notice.subject_id, link.notice.subject_label)
        link.used_at = now
        link.save()
    return by, link


def _review(by: Actor, id: str) -> ReviewPage:
    found = Review.objects.select_related("cycle", "risk").filter(pk=id).first()
    if found is None:
        raise Missing("This link answers nothing.")
    return review(by, found.cycle.register_id, found.cycle.period, found.risk.key)
