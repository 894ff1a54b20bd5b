"""Whose a control is and where it serves: what every question of permission about it asks."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from watchkeep.apps.history.standing import holding, standing
from watchkeep.apps.register.models import Register, Risk, RiskVersion
from watchkeep.apps.register.queries.scope import visible_risks, where, wheres
from watchkeep.apps.treatment.conversion import state_of
from watchkeep.apps.treatment.models import Control, ControlUse, ControlVersion
from watchkeep.domain.clock import PRESENT
from watchkeep.domain.control import Standing, may_apply
from watchkeep.domain.errors import Missing
from watchkeep.domain.people import Actor, Refusal


def standing_of(control: Control) -> Standing:
    """Today’s answer, for nothing is done in the past. Registers out of the viewer’s sight count too."""
    latest = latest_version(control)
    serving = holding(ControlUse.objects.filter(control=control), PRESENT, timezone.localdate())
    risks = Risk.objects.filter(pk__in=serving.values("risk"))
    owners = standing(RiskVersion.objects.all(), "risk", risks, PRESENT).values_list("owner_post", flat=True)
    registers = Register.objects.filter(pk__in=risks.values("register"))
    return Standing(
        label=str(control),
        owner_post=str(latest.owner_post_id) if latest.owner_post_id else "",
        owner_title=latest.owner_post.title if latest.owner_post else "",
        state=state_of(latest.state),
        places=tuple(wheres(registers).values()),
        risk_posts=frozenset(str(each) for each in owners if each),
    )


def latest_version(control: Control) -> ControlVersion:
    """What was last said of it; every control has at least one version."""
    return control.versions.select_related("owner_post").order_by("-effective_on", "-number")[0]


def may_serve(viewer: Actor, risk: UUID) -> Refusal | None:
    """Why the viewer may not say what serves a risk, or what is promised under it: as the change says it."""
    found = visible_risks(viewer).select_related("register").filter(pk=risk).first()
    if found is None:
        raise Missing("There is no such risk.")
    return may_apply(viewer, where(found.register), owner_of(found))


def owner_of(risk: Risk) -> UUID | None:
    """The post that answers for a risk as it stands."""
    versions = standing(RiskVersion.objects.all(), "risk", Risk.objects.filter(pk=risk.pk), PRESENT)
    return versions.values_list("owner_post", flat=True).first()
