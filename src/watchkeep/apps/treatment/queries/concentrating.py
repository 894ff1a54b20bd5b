"""Where much hangs on one thing: a control under several risks, a post that leads several things."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from watchkeep.apps.history.standing import standing
from watchkeep.apps.register.models import RiskVersion
from watchkeep.apps.register.queries import stood, visible_risks
from watchkeep.apps.treatment.queries.controls import ControlRow, controls
from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.concentration import CONTROL_UNDER, Lead, Leading, leading
from watchkeep.domain.people import Actor


@dataclass(frozen=True, slots=True)
class Concentration:
    """The shared controls, the one under most risks first, and the busiest posts."""

    shared: tuple[ControlRow, ...]
    posts: tuple[Leading, ...]


def concentration(viewer: Actor, clock: Clock = PRESENT, structures: tuple[Lead, ...] = ()) -> Concentration:
    """What hangs on one thing, of what the viewer may see. `structures` are what posts chair: boards rest on
    controls, so that who asks brings them.
    """
    rows = [each for each in controls(viewer, clock) if each.in_force]
    shared = [each for each in rows if len(each.risks) >= CONTROL_UNDER]
    led = (*_risks(viewer, clock), *_controls(rows), *structures)
    return Concentration(tuple(sorted(shared, key=lambda each: -len(each.risks))), leading(led))


def _controls(rows: list[ControlRow]) -> Iterator[Lead]:
    for each in rows:
        if each.owner_post:
            yield Lead(str(each.owner_post), each.owner, "control", each.label, each.reference)


def _risks(viewer: Actor, clock: Clock) -> Iterator[Lead]:
    """The posts of the risks that were in a register, drafts among them."""
    among = visible_risks(viewer)
    states = stood(among, clock, viewer.body)
    owned = standing(RiskVersion.objects.all(), "risk", among, clock).exclude(owner_post=None)
    for each in owned.select_related("risk__register", "owner_post").order_by("risk__reference", "risk__key"):
        if each.risk_id in states and not states[each.risk_id].gone and each.owner_post:
            key = f"{each.risk.register.slug}/{each.risk.key}"
            yield Lead(str(each.owner_post_id), each.owner_post.title, "risk", str(each.risk), key)
