"""What can become of a risk within its register: a draft is opened, a risk closed, reopened, merged.

Which move starts where stands in domain/risk_state.py, and nowhere else.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from watchkeep.apps.history.changes import recording
from watchkeep.apps.register import queries
from watchkeep.apps.register.changes.risks import check_reference
from watchkeep.apps.register.changes.writing import (
    add_version,
    check_seen,
    come_into,
    find_risk,
    free_key,
    not_ahead,
    standing_of,
)
from watchkeep.apps.register.models import Risk, RiskVersion
from watchkeep.domain.clock import Clock
from watchkeep.domain.document import Field
from watchkeep.domain.errors import Invalid
from watchkeep.domain.naming import in_words
from watchkeep.domain.people import Actor, must, obey
from watchkeep.domain.reference import given, openable
from watchkeep.domain.risk_state import MOVES, Move, may_move


def open_draft(*, by: Actor, risk: UUID, version: int, reference: str, on: date) -> str:
    """Open a drafted risk under a reference that no risk ever had; its name in addresses from now on."""
    with recording(by=by, verb=MOVES["open"].done, as_at=on) as entry:
        found = movable(by, risk, version, "open", on)
        number(by, found, reference, on)
        come_into(found, "open", on)
        entry.about("risk", found.pk, str(found))
        return found.key


def close_risk(*, by: Actor, risk: UUID, version: int, closed_on: date, reason: str) -> None:
    """Close a risk, saying why. What was said of it stays."""
    with recording(by=by, verb=MOVES["close"].done, reason=reason, as_at=closed_on) as entry:
        found = movable(by, risk, version, "close", closed_on, field="closed_on")
        asked(reason, "close")
        come_into(found, "closed", closed_on, reason)
        entry.about("risk", found.pk, str(found))


def reopen_risk(*, by: Actor, risk: UUID, version: int, on: date, reason: str) -> None:
    """Open a closed risk again; that it was closed, and why, stays in its history."""
    with recording(by=by, verb=MOVES["reopen"].done, reason=reason, as_at=on) as entry:
        found = movable(by, risk, version, "reopen", on)
        asked(reason, "reopen")
        come_into(found, "open", on, reason)
        entry.about("risk", found.pk, str(found))


def merge_risk(*, by: Actor, risk: UUID, version: int, into: UUID, on: date, reason: str) -> None:
    """Say that a risk is told by another from now on. Both keep their history, and neither its words; the
    one that stays shows the other's links and events.
    """
    with recording(by=by, verb=MOVES["merge"].done, reason=reason, as_at=on) as entry:
        found = movable(by, risk, version, "merge", on)
        survivor = find_risk(by, into)
        must(by, "change risks", queries.where(survivor.register))
        asked(reason, "merge")
        if survivor.pk == found.pk:
            raise Invalid("into", "A risk is not merged into itself; choose another.")
        if survivor.state not in ("open", "escalated"):
            raise Invalid("into", f"{survivor} is {survivor.state}; choose a risk that is open.")
        if on < survivor.opened_on:
            raise Invalid("on", f"{survivor} was not open on that day; say a later one.")
        come_into(found, "merged", on, reason, survivor)
        entry.about("risk", found.pk, str(found))
        entry.facts["into"] = {"risk": str(survivor.pk), "label": str(survivor)}
        _tell_survivor(by, found, survivor, on, reason)


# --- Beneath the changes ------------------------------------------------------------------------------------


def movable(by: Actor, risk: UUID, version: int, move: Move, on: date, *, field: str = "on") -> Risk:
    """The risk, where `by` may make this move with it; refused in the table's own words where not."""
    found = find_risk(by, risk)
    must(by, "change risks", queries.where(found.register))
    check_seen(found, version)
    obey(may_move(move, standing_of(found), on))
    not_ahead(field, on, found.register)
    return found


def asked(reason: str, move: Move) -> None:
    """Refuse a move that needs a reason and has none."""
    if not in_words(reason):
        raise Invalid("reason", MOVES[move].why)


def number(by: Actor, found: Risk, reference: str, on: date) -> None:
    """Give a risk its reference, once and for good, in what is said of it as at that day."""
    tidy = given(reference)
    check_reference(found.register, tidy)
    found.reference, found.key = tidy, free_key(found.register, openable(tidy))
    standing = queries.version_as_at(found.pk, Clock(on))
    value = queries.value_of(found, standing)
    said = Field(state="recorded", text=tidy, reason=f"given by {by.name}")
    add_version(
        by, found, value.model_copy(update={"reference": said}), on, standing.position, None, standing
    )
    if RiskVersion.objects.filter(risk=found, effective_on__gt=on).exists():
        raise Invalid("on", f"{found} says something as at a later day already; open it as at that day.")


def _tell_survivor(by: Actor, found: Risk, survivor: Risk, on: date, reason: str) -> None:
    """An entry of its own in the survivor's history, where people will look for it."""
    with recording(by=by, verb="take a risk in", reason=reason, as_at=on) as entry:
        survivor.version += 1
        survivor.save()
        entry.about("risk", survivor.pk, str(survivor))
        entry.facts["from"] = {"risk": str(found.pk), "label": str(found)}
