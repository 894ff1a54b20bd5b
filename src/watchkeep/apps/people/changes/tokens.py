"""Tokens for the API: made by the person they speak for, shown once, stopped by them or an administrator."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.utils import timezone

from watchkeep.apps.history.changes import recording
from watchkeep.apps.people.changes.places import locked_person, must_look_after
from watchkeep.apps.people.models import Token
from watchkeep.apps.people.queries.tokens import digest_of
from watchkeep.domain.errors import Invalid, Missing, Refused
from watchkeep.domain.naming import named
from watchkeep.domain.people import Actor

PREFIX: Final = "wk_"  # so that a token left lying about is known for what it is
LONGEST_DAYS: Final = 366
MOST_STANDING: Final = 20  # of one person at a time


@dataclass(frozen=True, slots=True)
class Shown:
    """A token as it is shown this once: its secret is kept nowhere."""

    id: UUID
    secret: str


def make_token(
    *, by: Actor, person: UUID, name: str, days: int, machine: bool = False, posts_readings: bool = False
) -> Shown:
    """Make a token that speaks for a person: one's own, or, at the command line, the operator's for anybody.

    It may never do more than the person may, and ends after so many days.
    """
    with recording(by=by, verb="make a token") as entry:
        found = locked_person(by, person)
        if by.id != str(found.pk) and by.kind != "command":
            raise Refused("A token speaks for a person, so each makes their own.")
        if not found.is_active:
            raise Refused(f"{found.name} is stopped, so nothing speaks for them.")
        if not named(name) or len(named(name)) > 100:
            raise Invalid("name", "Say in up to 100 signs what the token is for, such as “Rota system”.")
        if not 1 <= days <= LONGEST_DAYS:
            raise Invalid("days", f"A token holds for 1 to {LONGEST_DAYS} days; {days} was asked for.")
        now = timezone.now()
        standing = Token.objects.filter(person=found, stopped_at=None, expires_at__gt=now)
        if standing.count() >= MOST_STANDING:
            raise Refused(f"{found.name} has {MOST_STANDING} tokens already; stop one that is not needed.")
        secret = PREFIX + secrets.token_urlsafe(32)
        token = Token(
            person=found,
            name=named(name),
            machine=machine,
            posts_readings=posts_readings,
            digest=digest_of(secret),
            begins=secret[:8],
            made_at=now,
            expires_at=now + timedelta(days=days),
        )
        entry.about("person", found.pk, found.name)
        token.save()
    return Shown(token.pk, secret)


def stop_token(*, by: Actor, token: UUID) -> None:
    """Stop a token from now on: one's own, or anybody's for who looks after people."""
    with recording(by=by, verb="stop a token") as entry:
        found = Token.objects.select_related("person").filter(pk=token, person__body_id=by.body).first()
        if found is None:
            raise Missing("There is no such token.")
        if by.id != str(found.person_id):
            must_look_after(by)
        if found.stopped_at is not None:
            return
        entry.about("person", found.person_id, found.person.name)
        found.stopped_at = timezone.now()
        found.version += 1
        found.save()


def stop_tokens_of(person: UUID) -> None:
    """Stop every token of a person, within the change that stops the person or gives out their account."""
    for each in Token.objects.filter(person_id=person, stopped_at=None).order_by("made_at"):
        each.stopped_at = timezone.now()
        each.version += 1
        each.save()
