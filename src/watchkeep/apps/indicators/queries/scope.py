"""Which indicators a viewer may see: the one place where that becomes SQL.

An indicator belongs to the body. Whoever has a role for the whole body sees all of them. Who has roles for
some registers or units only sees those that ever spoke to a risk that they may see, those of their posts, and
those that speak to no risk of any register.
"""

from __future__ import annotations

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from watchkeep.apps.indicators.models import Indicator, IndicatorUse, IndicatorVersion
from watchkeep.apps.register.queries.scope import visible_risks
from watchkeep.domain.errors import Missing
from watchkeep.domain.people import Actor, must


def visible_indicators(viewer: Actor) -> QuerySet[Indicator]:
    """The indicators that the viewer may see."""
    must(viewer, "read")
    found = Indicator.objects.filter(body_id=viewer.body)
    if viewer.role:
        return found
    uses = IndicatorUse.objects.filter(indicator=OuterRef("pk"))
    seen = ~Q(Exists(uses)) | Q(Exists(uses.filter(risk__in=visible_risks(viewer))))
    if viewer.posts:
        owned = IndicatorVersion.objects.filter(
            indicator=OuterRef("pk"), owner_post__in=[UUID(each) for each in sorted(viewer.posts)]
        )
        seen |= Q(Exists(owned))
    return found.filter(seen)


def hidden_indicators(viewer: Actor) -> frozenset[str]:
    """The ids of the body's indicators that the viewer may not see; one statement, none with a whole role."""
    if viewer.role:
        return frozenset()
    unseen = Indicator.objects.filter(body_id=viewer.body)
    unseen = unseen.exclude(pk__in=visible_indicators(viewer).order_by().values("pk"))
    return frozenset(str(each) for each in unseen.values_list("pk", flat=True))


def found_by(viewer: Actor, which: str | UUID) -> Indicator:
    """The indicator of that reference (K1) or that id; missing where there is none that they may see."""
    named = {"pk": which} if isinstance(which, UUID) else {"reference": which.strip().upper()}
    found = visible_indicators(viewer).filter(**named).first()
    if found is None:
        called = "" if isinstance(which, UUID) else f" {which.strip()}"
        raise Missing(f"There is no indicator{called}.")
    return found
