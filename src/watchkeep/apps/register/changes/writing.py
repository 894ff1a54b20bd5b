"""How a risk is found, what is said of it written, and its state moved: what the changes of risks share."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Max
from django.utils import timezone

from watchkeep.apps.history.models import Entry, OpenEntry, plain
from watchkeep.apps.register import queries
from watchkeep.apps.register.changes.belonging import Belongs, carried, columns
from watchkeep.apps.register.changes.scaling import keep_scales, scale_of_body, turned
from watchkeep.apps.register.conversion import (
    Origin,
    children_of,
    columns_of,
    passages_of,
    same_scale,
    steps_of,
)
from watchkeep.apps.register.models import (
    Assessment,
    Link,
    Register,
    Risk,
    RiskState,
    RiskVersion,
    Scale,
    Step,
)
from watchkeep.domain import document, fields
from watchkeep.domain.clock import Clock, must_have_come
from watchkeep.domain.errors import Invalid, Missing, Stale
from watchkeep.domain.link import ESCALATED
from watchkeep.domain.naming import in_words, named
from watchkeep.domain.people import Actor, obey
from watchkeep.domain.risk_state import GONE, Standing, State, may_change, state_named

CLOSING = "close a risk"


@dataclass(frozen=True, slots=True)
class FromFile:
    """The file that a change was read from."""

    sha256: str
    name: str


def find_register(by: Actor, register: UUID) -> Register:
    """The register, locked; one that the actor may not see is missing."""
    found = queries.visible(by).select_for_update().filter(pk=register).first()
    if found is None:
        raise Missing("There is no such register.")
    return found


def find_risk(by: Actor, risk: UUID) -> Risk:
    """The risk; one that the actor may not see is missing."""
    found = queries.visible_risks(by).select_related("register__body").filter(pk=risk).first()
    if found is None:
        raise Missing("There is no such risk.")
    return found


def must_change(by: Actor, found: Risk) -> None:
    """Refuse who neither changes risks there nor answers for this one."""
    obey(may_change(by, queries.where(found.register), queries.version_as_at(found.pk).owner_post_id))


def check_seen(found: Risk, version: int) -> None:
    """Refuse a move by somebody who looked at another version of the risk."""
    if found.version != version:
        raise Stale(f"Somebody changed {found} while you were looking at it.", version=found.version)


def readable(value: document.Risk) -> None:
    """Refuse a name in which there is nothing to read; a risk without a name has none recorded."""
    if value.name.recorded and not named(value.name.text or ""):
        raise Invalid("name", "Give the risk a name; everything else can wait.")


def not_ahead(field: str, on: date, register: Register) -> None:
    """Refuse a day that has not come yet, in the register's own time."""
    today = timezone.localdate()
    cover = queries.cover_as_at(register.pk) if on > today else None
    must_have_come(field, on, today, cover.effective_on if cover else None)


# --- What is said -------------------------------------------------------------------------------------------


def add_version(
    by: Actor,
    risk: Risk,
    value: document.Risk,
    effective_on: date,
    position: int,
    file: FromFile | None = None,
    standing: RiskVersion | None = None,
    belongs: Belongs | None = None,
    *,
    corrected: RiskVersion | None = None,
) -> RiskVersion:
    """Write what is said of a risk as at a day; `corrected`, where it says of a later day what was set right
    of an earlier one, is that version.
    """
    now = timezone.now()
    origin = Origin(file.sha256 if file else "", file.name if file else "", by.name, plain(now))
    before = json.loads(standing.passages) if standing and file is None else None
    version = RiskVersion(
        risk=risk,
        number=next_number(RiskVersion.objects.filter(risk=risk)),
        effective_on=effective_on,
        known_at=now,
        scale=scale_of_body(risk.register, effective_on, from_paper=file is not None)
        or scale_shown(risk.register, effective_on),
        position=position,
        passages=json.dumps(passages_of(value, origin, before)),
        **columns_of(value),
        **columns(belongs or carried(risk, value, standing)),
    )
    children = children_of(version, value)
    ratings = [each for rows in children for each in rows if isinstance(each, Assessment)]
    keep_scales(ratings, version, *(each for each in (standing, corrected) if each and not file))
    version.turns = turned(version, ratings, standing)
    version.save()
    for rows in children:
        type(rows[0]).objects.bulk_create(rows)
    return version


def tell_risk(entry: OpenEntry, risk: Risk, value: document.Risk, file: FromFile | None) -> None:
    """Say in the entry which risk it is about, and where in which file that was read."""
    entry.about("risk", risk.pk, str(risk))
    tell_file(entry, file)
    if file:
        entry.facts["places"] = [place.short for place in fields.places_of(value)]


def tell_file(entry: OpenEntry, file: FromFile | None) -> None:
    """Say in the entry which file it was read from."""
    if file:
        entry.facts["file"] = {"sha256": file.sha256, "name": file.name}


def keep_scale(register: Register, value: document.Scale) -> Scale:
    """The register's latest scale if it says the same, else a new version of it."""
    latest = Scale.objects.filter(register=register).order_by("-number").first()
    same_basis = latest is not None and (latest.basis, latest.reason) == (value.basis, value.reason)
    if latest and same_basis and same_scale(latest.steps.all(), value):
        return latest
    scale = Scale(
        register=register, number=next_number(Scale.objects.filter(register=register)), basis=value.basis
    )
    scale.reason = value.reason
    scale.save()
    steps = [
        Step(scale=scale, kind=kind, position=position, rank=rank, name=name)
        for kind, position, rank, name in steps_of(value)
    ]
    if steps:
        Step.objects.bulk_create(steps)
    return scale


def scale_shown(register: Register, effective_on: date) -> Scale:
    """The scale that the register's papers show on a day; an empty one before the first."""
    cover = queries.cover_as_at(register.pk, Clock(effective_on))
    return cover.scale if cover else keep_scale(register, document.Scale())


def next_number(numbered: Any) -> int:
    """The number after the last of these rows."""
    latest: int | None = numbered.aggregate(latest=Max("number"))["latest"]
    return (latest or 0) + 1


def next_position(register: Register) -> int:
    """The place after the last risk's in the register's order."""
    rows = RiskVersion.objects.filter(risk__register=register)
    last: int | None = rows.aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1


def free_key(register: Register, wanted: str) -> str:
    """`wanted`, or with a number where another risk of the register has that name in addresses."""
    taken = set(Risk.objects.filter(register=register).values_list("key", flat=True))
    return free(wanted[:190], taken)


def free(wanted: str, taken: set[str]) -> str:
    """`wanted`, or with the first number that makes it a new name."""
    number, made = 1, wanted
    while made in taken:
        number += 1
        made = f"{wanted}-{number}"
    return made


# --- The state ----------------------------------------------------------------------------------------------


def standing_of(found: Risk) -> Standing:
    """The risk as the table of moves knows it."""
    last = RiskState.objects.filter(risk=found).order_by("-effective_on", "-number").first()
    return Standing(
        label=str(found),
        state=state_named(found.state),
        since=last.effective_on if last else found.closed_on or found.opened_on,
        told_since=found.opened_on,
        above=is_above(found),
        numbered=bool(found.reference) or found.state not in ("draft", "closed") or _was_open(found),
    )


def is_above(found: Risk) -> bool:
    """Whether the risk is another register's, escalated to the one that it stands in."""
    return Link.objects.filter(target=found, kind=ESCALATED).exists()


def come_into(
    found: Risk, state: State, on: date, reason: str = "", into: Risk | None = None, *, new: bool = False
) -> None:
    """Move a risk into a state from a day on; what state it was in before stays to be seen."""
    now = timezone.now()
    if not new:
        _tell_the_closing(found)
        found.version += 1
    found.state = state
    found.closed_on = on if state in GONE else None
    found.save()
    RiskState(
        risk=found,
        number=next_number(RiskState.objects.filter(risk=found)),
        effective_on=on,
        known_at=now,
        state=state,
        reason=in_words(reason),
        into=into,
    ).save()


def _was_open(found: Risk) -> bool:
    rows = RiskState.objects.filter(risk=found)
    return not rows.exists() or rows.filter(state__in=("open", "escalated")).exists()


def _tell_the_closing(found: Risk) -> None:
    """A risk that was closed before states were kept: its closing, as the history tells it, before a move
    overwrites the day.
    """
    if not found.closed_on or RiskState.objects.filter(risk=found).exists():
        return
    said = Entry.objects.filter(subject_kind="risk", subject_id=str(found.pk), verb=CLOSING)
    closing = said.order_by("-sequence").first()
    RiskState(
        risk=found,
        number=1,
        effective_on=found.closed_on,
        known_at=closing.at if closing else timezone.now(),
        state="closed",
        reason=closing.reason if closing else "",
    ).save()
