"""What a sentence of a risk could rest on: the records that belong to the risk, today."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone

from watchkeep.apps.discussion.models import Attachment
from watchkeep.apps.history.standing import holding
from watchkeep.apps.people.models import Post
from watchkeep.apps.register.models import RiskVersion
from watchkeep.apps.register.queries import events, visible_risks
from watchkeep.apps.treatment.conversion import check_of
from watchkeep.apps.treatment.models import Check as CheckRecord
from watchkeep.apps.treatment.models import ControlUse
from watchkeep.apps.treatment.queries import commitments_of
from watchkeep.domain.clock import PRESENT
from watchkeep.domain.people import Actor
from watchkeep.domain.statement import found


@dataclass(frozen=True, slots=True)
class Offer:
    """A record that a sentence can rest on: its id, its label, its day and what it says."""

    id: UUID
    label: str
    on: date
    says: str


@dataclass(frozen=True, slots=True)
class FileOffer:
    """A kept file that a sentence can rest on. `attachment` is none for a paper that was brought in."""

    sha256: str
    name: str
    attachment: UUID | None = None


@dataclass(frozen=True, slots=True)
class Offered:
    """Everything that belongs to the risk; `posts` are those that the viewer holds."""

    checks: tuple[Offer, ...]
    promises: tuple[Offer, ...]
    events: tuple[Offer, ...]
    files: tuple[FileOffer, ...]
    posts: tuple[tuple[UUID, str], ...]

    @property
    def records(self) -> bool:
        """Whether there is any record to rest on."""
        return bool(self.checks or self.promises or self.events)


def offered(viewer: Actor, risk: UUID) -> Offered:
    """The checks that stand of the controls that serve a risk, its promises, its events and its files."""
    promises = commitments_of(viewer, risk)
    return Offered(
        checks=_checks(viewer, risk),
        promises=tuple(Offer(each.id, each.label, each.since, each.spoken) for each in promises),
        events=tuple(
            Offer(each.id, f"{each.kind.capitalize()}: {each.title}", each.on, each.outcome)
            for each in events(viewer, risk)
        ),
        files=tuple(_files(viewer, risk)),
        posts=tuple(
            Post.objects.filter(pk__in=sorted(viewer.posts), abolished_on=None)
            .order_by("title")
            .values_list("pk", "title")
        ),
    )


def _checks(viewer: Actor, risk: UUID) -> tuple[Offer, ...]:
    uses = ControlUse.objects.filter(risk=risk, risk__in=visible_risks(viewer))
    serving = holding(uses, PRESENT, timezone.localdate()).values("control")
    rows = CheckRecord.objects.filter(control__in=serving, superseded_by=None).select_related("control")
    return tuple(
        Offer(
            each.pk,
            f"{each.control}: {each.kind}, line {each.line}",
            each.effective_on,
            found(check_of(each)),
        )
        for each in rows.order_by("-effective_on", "control__reference", "pk")
    )


def _files(viewer: Actor, risk: UUID) -> Iterable[FileOffer]:
    """Files beside the risk, then the papers that its words were read from."""
    beside = Attachment.objects.filter(
        body_id=viewer.body, subject_kind="risk", subject_id=str(risk), taken_away_at=None
    )
    if visible_risks(viewer).filter(pk=risk).exists():
        yield from (FileOffer(each.sha256, each.name, each.pk) for each in beside.order_by("name", "pk"))
        yield from _papers(risk)


def _papers(risk: UUID) -> Iterable[FileOffer]:
    read: dict[str, str] = {}
    versions = RiskVersion.objects.filter(risk=risk).order_by("-effective_on", "-number")
    for passages in versions.values_list("passages", flat=True):
        for each in json.loads(passages).values():
            if each["file"]:
                read.setdefault(each["file"], each["file_name"])
    return (FileOffer(sha256, name) for sha256, name in read.items())
