"""Which rules were made after a paper was frozen, so that it tells what it no longer may."""

from __future__ import annotations

import json
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from watchkeep.apps.history.models import Entry
from watchkeep.apps.history.standing import holding
from watchkeep.apps.publication.models import Edition, Marking
from watchkeep.apps.publication.queries.markings import label
from watchkeep.apps.publication.queries.papers import visible
from watchkeep.apps.register.models import Risk
from watchkeep.apps.register.queries.escalation import beneath
from watchkeep.domain.clock import PRESENT
from watchkeep.domain.document import Readers
from watchkeep.domain.marking import is_wider, readers_named
from watchkeep.domain.people import Actor, Refusal
from watchkeep.domain.redaction.reading import AUDIENCES_RANKED


def narrowed(viewer: Actor, which: UUID) -> Refusal | None:
    """The same for a page: why an edition goes no further."""
    found = visible(viewer).select_related("register", "since").filter(pk=which).first()
    return narrowed_since(viewer, found) if found else None


def narrowed_since(viewer: Actor, edition: Edition) -> Refusal | None:
    """Why an edition goes no further, where a rule that was made after its freeze keeps something of the
    risks that it tells of, now or since its last one, from its readers. Asked inside the recording, no rule
    is made meanwhile.
    """
    at_the_freeze = Entry.objects.filter(body=viewer.body, sequence=edition.head_sequence)
    frozen_after = at_the_freeze.values_list("at", flat=True).first()
    if frozen_after is None:
        return None
    own = _told_of(edition)
    among = {*own, *beneath(own)}
    standing = holding(Marking.objects.filter(risk__in=among), PRESENT, timezone.localdate())
    rules = standing.filter(from_known_at__gt=frozen_after).select_related("risk")
    told = [each for each in rules if _narrows(each, edition, frozen_after)]
    if not told:
        return None
    named = "; ".join(f"{each.risk if each.risk_id in own else 'a risk'}, {label(each)}" for each in told)
    return Refusal(f"{edition} was frozen before this was marked: {named}. Freeze anew.")


def keys_of(viewer: Actor, which: UUID) -> dict[str, str]:
    """Which risk of the register each key of an edition is; nothing where that was not kept."""
    kept = visible(viewer).filter(pk=which).values_list("keys", flat=True).first()
    found: dict[str, str] = json.loads(kept) if kept else {}
    return found


def _told_of(edition: Edition) -> list[UUID]:
    """The risks that the edition tells of, or its sheet of what is new; all, where that was not kept."""
    risks = Risk.objects.filter(register_id=edition.register_id)
    papers = [each for each in (edition, edition.since) if each is not None]
    if all(each.keys for each in papers):
        keys = {key for each in papers for key in json.loads(each.keys).values()}
        risks = risks.filter(key__in=keys)
    return list(risks.values_list("pk", flat=True))


def _narrows(rule: Marking, edition: Edition, frozen_after: datetime) -> bool:
    """Whether it keeps from the edition's readers what none kept from them as the edition was frozen."""
    readers = readers_named(rule.readers)
    reached: Readers = readers_named(edition.audience)
    if AUDIENCES_RANKED[reached] <= AUDIENCES_RANKED[readers]:
        return False
    before = Marking.objects.filter(
        risk=rule.risk_id,
        field=rule.field,
        line=rule.line,
        from_known_at__lte=frozen_after,
        until_known_at__gt=frozen_after,
    )
    return not any(is_wider(reached, readers_named(each.readers)) for each in before)
