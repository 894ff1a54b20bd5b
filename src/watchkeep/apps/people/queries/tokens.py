"""Tokens for the API: whom one speaks for, and which there are."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from watchkeep.apps.people.models import Token
from watchkeep.apps.people.queries.viewing import actors
from watchkeep.domain.people import Actor, must


@dataclass(frozen=True, slots=True)
class TokenRow:
    """A token for a page or a list; never its secret."""

    id: UUID
    name: str
    begins: str
    person: str
    email: str
    machine: bool
    posts_readings: bool
    made_at: datetime
    expires_at: datetime
    stopped_at: datetime | None

    @property
    def state(self) -> str:
        """Whether it opens anything, and if not, why."""
        if self.stopped_at:
            return f"stopped on {timezone.localdate(self.stopped_at):%d/%m/%Y}"
        ended = self.expires_at <= timezone.now()
        return f"{'ended' if ended else 'holds until'} {timezone.localdate(self.expires_at):%d/%m/%Y}"

    @property
    def holds(self) -> bool:
        """Whether it opens anything now."""
        return self.stopped_at is None and self.expires_at > timezone.now()


@dataclass(frozen=True, slots=True)
class Bearer:
    """Who shows a token: the actor that it speaks for, and whether it may post readings."""

    token: UUID
    actor: Actor
    posts_readings: bool


def digest_of(secret: str) -> str:
    """What is kept of a token's secret: it is long and random, so one plain digest is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()


def bearer_of(secret: str) -> Bearer | None:
    """Whom a token speaks for now; none where it is unknown, stopped or ended, or its person is stopped."""
    found = Token.objects.select_related("person").filter(digest=digest_of(secret)).first()
    if found is None or found.stopped_at or found.expires_at <= timezone.now() or not found.person.is_active:
        return None
    actor = actors([found.person])[0]
    if found.machine:
        actor = replace(actor, name=f"{found.name}, for {actor.name}")
    return Bearer(found.pk, actor, found.posts_readings)


def tokens_of(viewer: Actor) -> tuple[TokenRow, ...]:
    """The viewer's own tokens, the newest first."""
    return tuple(_row(each) for each in _all(viewer).filter(person=UUID(viewer.id)))


def all_tokens(viewer: Actor) -> tuple[TokenRow, ...]:
    """Every token of the body, for who looks after people."""
    must(viewer, "look after people")
    return tuple(_row(each) for each in _all(viewer))


def _all(viewer: Actor) -> QuerySet[Token]:
    return Token.objects.filter(person__body_id=viewer.body).select_related("person").order_by("-made_at")


def _row(token: Token) -> TokenRow:
    return TokenRow(
        id=token.pk,
        name=token.name,
        begins=token.begins,
        person=token.person.name,
        email=token.person.email,
        machine=token.machine,
        posts_readings=token.posts_readings,
        made_at=token.made_at,
        expires_at=token.expires_at,
        stopped_at=token.stopped_at,
    )
