"""What can be done about notices: make one, take a person's to be sent, say how that went, answer by a link.

A notice is claimed before it is sent and marked after. One whose sender died in between may have arrived, and
is never sent again: it says so, and stands on the person's page.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final
from uuid import UUID

from django.db import IntegrityError
from django.utils import timezone

from watchkeep.apps.history.changes import check_version, recording
from watchkeep.apps.notices.models import ActLink, Notice, Wishes
from watchkeep.apps.people.models import Person
from watchkeep.domain.clashing import clashes_of
from watchkeep.domain.errors import Invalid, Missing
from watchkeep.domain.notice import ANSWERED_BY_LINK, LINK_LASTS, Answer, Telling, quiet
from watchkeep.domain.people import Actor

LEASE: Final = timedelta(minutes=5)  # what a sender has to hand one mail over
TRIES: Final = 40  # with the rests between them, about a day and a half
WISHED: Final = (("by_mail", "Mail"), ("quiet_from", "No mail from"), ("quiet_until", "No mail until"))
LONGEST_REST: Final = 60  # minutes between two tries


@dataclass(frozen=True, slots=True)
class Subject:
    """What a notice is about; its page is for the rim to know."""

    kind: str
    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Taken:
    """One notice that was taken to be sent; `secret` opens its link, and is kept nowhere but in the mail."""

    id: UUID
    kind: str
    sentence: str
    subject: Subject
    secret: str


@dataclass(frozen=True, slots=True)
class Batch:
    """All that one person is to be sent now, in one mail."""

    person: UUID
    name: str
    email: str
    notices: tuple[Taken, ...]


def tell(*, by: Actor, person: UUID, telling: Telling, about: Subject) -> bool:
    """Make the notice for one person, unless they were told of this event before; whether it was made."""
    key = f"{telling.key}:{person}"
    if Notice.objects.filter(key=key).exists():
        return False
    try:
        with recording(by=by, verb="tell a person") as entry:
            notice = Notice(
                body_id=UUID(by.body),
                person=_person(by, person),
                key=key,
                kind=telling.kind,
                subject_kind=about.kind,
                subject_id=about.id,
                subject_label=about.label[:400],
                sentence=telling.sentence,
                due_on=telling.due_on,
                made_at=timezone.now(),
            )
            entry.about(about.kind, about.id, about.label)
            notice.save()
    except IntegrityError:
        return False  # another worker told them at this very moment
    return True


def take_batch(*, by: Actor, now: datetime) -> Batch | None:
    """Claim what waits for one person who may be disturbed now, each with its link."""
    with recording(by=by, verb="take notices to be sent") as entry:
        waiting = Notice.objects.select_for_update(of=("self",)).filter(body_id=by.body, state="waiting")
        found = waiting.select_related("person").order_by("made_at")
        ready = [each for each in found if _rested(each, now)]
        for person in _awake(ready, now):
            entry.about("person", person.pk, person.name)
            mine = [each for each in ready if each.person_id == person.pk]
            if not person.is_active or not _by_mail(person):
                for notice in mine:
                    notice.state = "not wanted"
                    notice.save()
                continue
            return Batch(person.pk, person.name, person.email, tuple(_claim(each, now) for each in mine))
    return None


def record_sent(*, by: Actor, batch: Batch) -> None:
    """The mail server took it."""
    with recording(by=by, verb="send notices") as entry:
        entry.about("person", batch.person, batch.name)
        for notice in _claimed(by, batch):
            notice.state, notice.sent_at, notice.failure = "sent", timezone.now(), ""
            notice.save()


def record_not_sent(*, by: Actor, batch: Batch, why: str) -> None:
    """The mail server did not take it: it waits for another try, until there were too many."""
    with recording(by=by, verb="fail to send notices", reason=why) as entry:
        entry.about("person", batch.person, batch.name)
        for notice in _claimed(by, batch):
            notice.state = "failed" if notice.tries >= TRIES else "waiting"
            notice.failure = why
            notice.save()


def record_perhaps_sent(*, by: Actor, batch: Batch, why: str) -> None:
    """Nobody can say whether it arrived: it is not sent again."""
    with recording(by=by, verb="lose sight of notices", reason=why) as entry:
        entry.about("person", batch.person, batch.name)
        for notice in _claimed(by, batch):
            notice.state, notice.failure = "failed", why
            notice.save()


def give_up_on_the_lost(*, by: Actor, now: datetime) -> int:
    """Settle what a sender claimed and never came back to; how many."""
    lost = Notice.objects.filter(body_id=by.body, state="sending", claimed_at__lt=now - LEASE)
    with recording(by=by, verb="lose sight of notices") as entry:
        found = list(lost.select_for_update())
        for notice in found:
            entry.about("person", notice.person_id, str(notice.person))
            notice.state = "failed"
            notice.failure = (
                "The sender stopped while handing it over. It may have arrived; it is not sent again."
            )
            notice.save()
    return len(found)


def set_wishes(
    *,
    by: Actor,
    version: int,
    by_mail: bool,
    quiet_from: time | None = None,
    quiet_until: time | None = None,
) -> None:
    """How the actor wants to be told; `version` is 0 where nothing was said of it yet."""
    with recording(by=by, verb="say how to be told") as entry:
        if (quiet_from is None) != (quiet_until is None):
            raise Invalid("quiet_until", "Give both ends of the quiet hours, or neither.")
        person = _person(by, UUID(by.id))
        entry.about("person", person.pk, person.name)
        wishes = Wishes.objects.filter(person=person).first() or Wishes(person=person, version=0)
        yours = _wished(by_mail, quiet_from, quiet_until)
        theirs = _wished(wishes.by_mail, wishes.quiet_from, wishes.quiet_until)
        check_version(wishes, version, clashes_of(WISHED, yours, theirs))
        if wishes.version and yours == theirs:
            return
        wishes.version += 1
        wishes.by_mail, wishes.quiet_from, wishes.quiet_until = by_mail, quiet_from, quiet_until
        wishes.save()


def digest_of(secret: str) -> str:
    """What is kept of a link's secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _wished(by_mail: bool, quiet_from: time | None, quiet_until: time | None) -> dict[str, str]:
    hours = {"quiet_from": quiet_from, "quiet_until": quiet_until}
    said = {name: f"{hour:%H:%M}" if hour else "" for name, hour in hours.items()}
    return said | {"by_mail": "on" if by_mail else ""}


def _claim(notice: Notice, now: datetime) -> Taken:
    notice.state, notice.claimed_at, notice.tries = "sending", now, notice.tries + 1
    notice.save()
    answer: Answer | None = ANSWERED_BY_LINK.get(notice.kind)  # type: ignore[call-overload]  # a kind of ours
    secret = secrets.token_urlsafe(32) if answer else ""
    if answer:
        ActLink(
            notice=notice,
            person=notice.person,
            answer=answer,
            digest=digest_of(secret),
            expires_at=now + LINK_LASTS,
        ).save()
    about = Subject(notice.subject_kind, notice.subject_id, notice.subject_label)
    return Taken(notice.pk, notice.kind, notice.sentence, about, secret)


def _rested(notice: Notice, now: datetime) -> bool:
    """Whether enough time has passed since the last try, a rest that doubles each time."""
    if notice.claimed_at is None:
        return True
    return now >= notice.claimed_at + timedelta(minutes=min(2**notice.tries, LONGEST_REST))


def _claimed(by: Actor, batch: Batch) -> list[Notice]:
    ids = [each.id for each in batch.notices]
    return list(Notice.objects.select_for_update().filter(pk__in=ids, body_id=by.body, state="sending"))


def _awake(waiting: Iterable[Notice], now: datetime) -> list[Person]:
    people = {notice.person_id: notice.person for notice in waiting}
    wishes = {each.person_id: each for each in Wishes.objects.filter(person__in=people)}
    local = timezone.localtime(now)

    def hours(person: UUID) -> tuple[time | None, time | None] | None:
        said = wishes.get(person)
        return (said.quiet_from, said.quiet_until) if said and said.quiet_from else None

    return [person for pk, person in people.items() if not quiet(local, hours(pk))]


def _by_mail(person: Person) -> bool:
    wishes = Wishes.objects.filter(person=person).first()
    return wishes is None or wishes.by_mail


def _person(by: Actor, person: UUID) -> Person:
    found = Person.objects.filter(pk=person, body_id=by.body).first()
    if found is None:
        raise Missing("There is no such person.")
    return found
