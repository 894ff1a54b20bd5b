"""Keeps what readings say of the effects that are expected of promises, so that no page waits for a fit."""

from __future__ import annotations

import logging

from django.utils import timezone

from watchkeep.apps.indicators.changes.effects import keep_effect
from watchkeep.apps.indicators.queries.effects import looked_for, promises_expecting
from watchkeep.apps.people.queries import all_bodies
from watchkeep.domain.people import Actor

TOLD = logging.getLogger(__name__)


def look_all(by: Actor) -> int:
    """Look for every effect again of which something new is known; how many answers were new."""
    found, day = 0, timezone.localdate()
    for promise in promises_expecting(by):
        try:
            for each in looked_for(by, [promise]).get(promise.id, ()):
                if not each.kept:
                    found += keep_effect(
                        by=by, expected=each.row.id, effect=each.effect, digest=each.digest, as_at=day
                    )
        except Exception:  # noqa: BLE001 (whatever it was is told; the others are still to be looked for)
            TOLD.exception("Whether %s had its effect could not be found.", promise.reference)
    return found


def look_all_due() -> int:
    """Look for every body, as Watchkeep itself; how many answers were new."""
    return sum(
        look_all(
            Actor(kind="system", id="effects", name="Watchkeep", role="administrator", body=str(body.id))
        )
        for body in all_bodies()
    )
