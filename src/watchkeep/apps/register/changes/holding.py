"""What was set right of an earlier day, said of the days after it too. The rule: docs/decisions/0010."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from itertools import takewhile
from typing import Any
from uuid import UUID

from watchkeep.apps.history.models import plain
from watchkeep.apps.register import queries
from watchkeep.apps.register.changes.belonging import Belongs, belonging
from watchkeep.apps.register.changes.ruling import ruled
from watchkeep.apps.register.changes.writing import add_version
from watchkeep.apps.register.models import Risk, RiskVersion
from watchkeep.domain import amending, document
from watchkeep.domain.people import Actor

BELONGING = {"owner": "owner_post", "category": "category", "objective": "objective"}  # words, and what of


def hold_from_then_on(
    by: Actor,
    found: Risk,
    standing: RiskVersion,
    before: document.Risk,
    made: RiskVersion,
    value: document.Risk,
) -> list[date]:
    """Say of later days what was just said of an earlier one, unit by unit, until somebody said that unit
    otherwise or a paper told the risk; the days that it was said of.
    """
    was, now = _units(before, standing), _units(value, made)
    names = amending.changed(was, now)
    words = queries.words_above(found)
    days = []
    for each in _later(found, made):
        told = queries.value_of(found, each)
        units = _units(told, each, since=standing)
        names = amending.still(names, was, units)
        if not names:
            break
        belongs = Belongs(*(_chosen(made if _held(name, names) else each, name) for name in BELONGING))
        again = amending.risk_with(told, amending.carried(units, names, now))
        for stage in amending.judged_anew(names):
            again = ruled(found, again, words, stage, each.effective_on)
        add_version(by, found, again, each.effective_on, each.position, None, each, belongs, corrected=made)
        days.append(each.effective_on)
    return days


# --- Beneath the change -------------------------------------------------------------------------------------


def _later(found: Risk, made: RiskVersion) -> list[RiskVersion]:
    """What stands of each day after a version's own, the nearest first, up to the first that a paper told:
    whoever set that day's words right did so beside the paper.
    """
    rows = RiskVersion.objects.filter(risk=found, effective_on__gt=made.effective_on)
    days: dict[date, list[RiskVersion]] = {}
    for each in rows.order_by("effective_on", "number"):
        days.setdefault(each.effective_on, []).append(each)
    untold = takewhile(lambda said: not any(_told_by_a_paper(each) for each in said), days.values())
    return [said[-1] for said in untold]


def _told_by_a_paper(version: RiskVersion) -> bool:
    """Whether all that was read in a file was read for this version, and nothing carried over."""
    read = [each["at"] for each in json.loads(version.passages).values() if each["file"]]
    return bool(read) and all(each == plain(version.known_at) for each in read)


def _units(value: document.Risk, version: RiskVersion, since: RiskVersion | None = None) -> dict[str, Any]:
    """A version unit by unit, with what it belongs to. A category or objective that words came to mean
    `since`, when nothing had had that name, is nobody's choice: it follows them.
    """
    meant = {
        f"{amending.MEANT}{words}": _chosen(version, words)
        for words in BELONGING
        if since is None or words == "owner" or _chosen(since, words)
    }
    return amending.units_of(value) | meant


def _held(words: str, names: Sequence[str]) -> bool:
    return words in names or f"{amending.MEANT}{words}" in names


def _chosen(version: RiskVersion, words: str) -> UUID | None:
    chosen: UUID | None = getattr(belonging(version), BELONGING[words])
    return chosen
