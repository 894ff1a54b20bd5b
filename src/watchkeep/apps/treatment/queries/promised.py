"""Whose a promise is, where it bears, and what was told of its day: what changes and pages ask about one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.utils import timezone

from watchkeep.apps.history.standing import holding, standing
from watchkeep.apps.register.models import Register, Risk, RiskVersion
from watchkeep.apps.register.queries.scope import WHOLE_BODY, wheres
from watchkeep.apps.treatment.models import Commitment, CommitmentUse, CommitmentVersion, Dependence
from watchkeep.domain.clock import PRESENT
from watchkeep.domain.commitment import Facts, Held, Outcome, Promise, Seen, Telling, kind_named


def held_of(commitment: Commitment) -> Held:
    """Today's answer: what may be done is never asked of the past. Registers out of the viewer's sight count.

    A promise that bears on no risk is the whole body's.
    """
    latest = latest_version(commitment)
    bearing = holding(
        CommitmentUse.objects.filter(commitment=commitment), PRESENT, timezone.localdate()
    ).values("risk")
    risks = Risk.objects.filter(pk__in=bearing)
    owners = standing(RiskVersion.objects.all(), "risk", risks, PRESENT).values_list("owner_post", flat=True)
    registers = Register.objects.filter(pk__in=risks.values("register"))
    return Held(
        owner_post=str(latest.owner_post_id or ""),
        places=tuple(wheres(registers).values()) or (WHOLE_BODY,),
        risk_posts=frozenset(str(each or "") for each in owners),
    )


def latest_version(commitment: Commitment) -> CommitmentVersion:
    """What was last said of it; every promise has at least one version."""
    return commitment.versions.select_related("owner_post").order_by("-effective_on", "-number")[0]


def version_at(commitment: Commitment, day: date) -> CommitmentVersion:
    """What stood on a day, which is not before the first that it is told of."""
    versions = commitment.versions.select_related("owner_post")
    return versions.filter(effective_on__lte=day).order_by("-effective_on", "-number")[0]


def telling_of(row: CommitmentVersion) -> Telling:
    """What a version says of the day."""
    return Telling(row.number, row.effective_on, row.due_on, row.due, row.slip_reason, row.by)


def value_of(row: CommitmentVersion) -> Promise:
    """What a version says is promised."""
    return Promise(
        title=row.title,
        definition_of_done=row.definition_of_done,
        owner_post=row.owner_post_id,
        due=row.due,
        due_on=row.due_on,
        expected_effect=row.expected_effect,
        expected_by=row.expected_by,
        source=row.source,
        if_not=row.if_not,
    )


def facts_of(row: CommitmentVersion) -> Facts:
    """All that the state of a promise follows from; its kind stands on the promise itself."""
    return Facts(
        kind=kind_named(row.commitment.kind),
        due_on=row.due_on,
        outcome=outcome_of(row.outcome),
        outcome_on=row.outcome_on,
        expected_effect=row.expected_effect,
        expected_by=row.expected_by,
        effect_seen=seen_of(row.effect_seen),
        effect_on=row.effect_on,
    )


def outcome_of(text: str) -> Outcome | None:
    """A stored outcome, as the domain names it."""
    return "done" if text == "done" else "dropped" if text == "dropped" else None


def seen_of(text: str) -> Seen | None:
    """A stored judgement of an effect, as the domain names it."""
    return "yes" if text == "yes" else "no" if text == "no" else None


def dependants_in(body: UUID | str) -> dict[UUID, set[UUID]]:
    """Who waits for whom in the whole body, today, in one statement."""
    rows = holding(Dependence.objects.filter(needs__body_id=body), PRESENT, timezone.localdate()).values_list(
        "needs_id", "dependant_id"
    )
    return grouped(rows)


def grouped(pairs: Iterable[tuple[UUID, UUID]]) -> dict[UUID, set[UUID]]:
    """(what is needed, who waits for it), under what is needed."""
    found: dict[UUID, set[UUID]] = {}
    for needed, dependant in pairs:
        found.setdefault(needed, set()).add(dependant)
    return found
