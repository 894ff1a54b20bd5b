"""The section on what people say of a risk, and the files beside it."""

from __future__ import annotations

from watchkeep.apps.register.queries import RiskPage
from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.people import Actor
from watchkeep.web.discussion.talk import Talk, talk
from watchkeep.web.register.links import risk_link

TEMPLATE = "discussion/section.html"


def section(viewer: Actor, page: RiskPage, clock: Clock = PRESENT) -> Talk:
    """What had been said of the risk by the clock."""
    return talk(viewer, "risk", str(page.id), back=risk_link(page.key, page.register.slug), clock=clock)
