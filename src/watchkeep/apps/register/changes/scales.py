"""What can be done to a body's scales: set one, give it a new version, and say which registers use it.

A version is never edited: an assessment keeps the one that it was made on.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from watchkeep.apps.history.changes import check_version, recording
from watchkeep.apps.history.models import OpenEntry
from watchkeep.apps.register import queries
from watchkeep.apps.register.models import Cell, Counterpart, Scale, ScaleFamily, Step
from watchkeep.apps.register.queries.scales import graded_of, latest_version
from watchkeep.domain.errors import Invalid, Missing, Stale
from watchkeep.domain.finding import written
from watchkeep.domain.matrix import KINDS, Graded, Kind, plain
from watchkeep.domain.naming import named
from watchkeep.domain.people import Actor, must
from watchkeep.domain.rescaling import unnamed

Answers = Mapping[tuple[Kind, str], str]  # by kind and old name: the new name, or nothing where none fits


def set_scale(
    *,
    by: Actor,
    name: str,
    scale: Graded,
    effective_on: date,
    family: UUID | None = None,
    version: int = 0,
    counterparts: Answers | None = None,
    reason: str = "",
) -> UUID:
    """Set a new scale, or, with `family` and the `version` that was looked at, what it says from a day on.

    `counterparts` says what a step that lost its name is called now; a step that it does not name has no
    counterpart unless its name stayed. Saying what stands already changes nothing.
    """
    verb = "change a scale" if family else "set a scale"
    with recording(by=by, verb=verb, reason=reason, as_at=effective_on) as entry:
        must(by, "change risks", queries.WHOLE_BODY)
        found = _family(by, family) if family else _new_family(by, name)
        if family:
            check_version(found, version)
        before = latest_version(found.pk) if family else None
        told: list[tuple[Kind, str, int | None]] = []
        if before is not None:
            standing = graded_of(before)
            if standing == scale and not counterparts:
                return found.pk
            told = _counterparts(standing, scale, counterparts or {})
            if before.effective_on and effective_on < before.effective_on:
                raise Invalid(
                    "effective_on",
                    f"The version before stands from {written(before.effective_on)}; say a later day.",
                )
            found.version += 1
        entry.about("scale", found.pk, found.name)
        found.save()
        _write(entry, found, scale, effective_on, before, told)
        return found.pk


def use_scale(*, by: Actor, register: UUID, version: int, family: UUID | None, reason: str = "") -> None:
    """Assess a register on one of the body's scales from now on; without one, on what its papers show."""
    with recording(by=by, verb="use a scale", reason=reason) as entry:
        found = queries.visible(by).select_for_update().filter(pk=register).first()
        if found is None:
            raise Missing("There is no such register.")
        must(by, "change risks", queries.where(found))
        chosen = _family(by, family) if family else None
        if found.family_id == (chosen.pk if chosen else None):
            return
        if found.version != version:
            raise Stale(f"Somebody changed {found} while you were looking at it.", version=found.version)
        entry.about("register", found.pk, found.name)
        entry.facts["scale"] = chosen.name if chosen else "as its papers show"
        found.family = chosen
        found.version += 1
        found.save()


# --- Beneath the changes ------------------------------------------------------------------------------------


def _write(
    entry: OpenEntry,
    family: ScaleFamily,
    scale: Graded,
    effective_on: date,
    before: Scale | None,
    told: list[tuple[Kind, str, int | None]],
) -> None:
    row = Scale(
        family=family,
        number=before.number + 1 if before else 1,
        basis="stated",
        reason=scale.why_it_falls,
        effective_on=effective_on,
    )
    entry.facts["version"] = row.number
    row.save()
    Step.objects.bulk_create(
        Step(scale=row, kind=kind, position=rank - 1, rank=rank, name=step.name, meaning=step.meaning)
        for kind in KINDS
        for rank, step in enumerate(scale.steps(kind), 1)
    )
    cells = [
        Cell(scale=row, likelihood=likelihood, impact=impact, band=band)
        for likelihood, bands in enumerate(scale.matrix, 1)
        for impact, band in enumerate(bands, 1)
    ]
    if cells:
        Cell.objects.bulk_create(cells)
    if told:
        Counterpart.objects.bulk_create(
            Counterpart(scale=row, kind=kind, was=was, rank=rank) for kind, was, rank in told
        )


def _counterparts(old: Graded, new: Graded, said: Answers) -> list[tuple[Kind, str, int | None]]:
    """What is said of old steps, checked: each is a step of `old`, and each answer one of `new`."""
    asked = {(kind, plain(name)): name for kind, name in unnamed(old, new)}
    told: list[tuple[Kind, str, int | None]] = []
    for (kind, was), answer in said.items():
        if old.rank(kind, was) is None:
            raise Invalid("counterparts", f"The version before has no {kind} called “{was}”.")
        rank = new.rank(kind, answer) if answer.strip() else None
        if answer.strip() and rank is None:
            raise Invalid("counterparts", f"The new version has no {kind} called “{answer}”.")
        asked.pop((kind, plain(was)), None)
        told.append((kind, plain(was), rank))
    # What nobody answered is told too, so that a later reader need not ask whether it was forgotten.
    return told + [(kind, was, None) for kind, was in asked]


def _family(by: Actor, family: UUID) -> ScaleFamily:
    found = ScaleFamily.objects.select_for_update().filter(pk=family, body_id=by.body).first()
    if found is None:
        raise Missing("There is no such scale.")
    return found


def _new_family(by: Actor, name: str) -> ScaleFamily:
    title = named(name)
    if not title:
        raise Invalid("name", "A scale needs a name, such as Corporate scale.")
    if len(title) > 200:
        raise Invalid("name", "Give the scale a name of 200 characters at most.")
    if any(
        plain(each) == plain(title)
        for each in ScaleFamily.objects.filter(body_id=by.body).values_list("name", flat=True)
    ):
        raise Invalid("name", f"There is already a scale called “{title}”.")
    return ScaleFamily(body_id=UUID(by.body), name=title)
