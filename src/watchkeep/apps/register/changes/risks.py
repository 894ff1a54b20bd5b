"""What can be done to a register: open it, set its cover, open a risk, amend it, close it.

Amending writes a new version; nothing that was said before is overwritten.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Max
from django.utils import timezone

from watchkeep.apps.history.changes import recording
from watchkeep.apps.history.models import OpenEntry, plain
from watchkeep.apps.register import queries
from watchkeep.apps.register.changes.belonging import Belongs, belonging, carried, check_belonging, columns
from watchkeep.apps.register.changes.scaling import keep_scales, scale_of_body, turned
from watchkeep.apps.register.conversion import (
    Origin,
    children_of,
    columns_of,
    passages_of,
    same_scale,
    steps_of,
)
from watchkeep.apps.register.models import Assessment, Cover, Register, Risk, RiskVersion, Scale, Step
from watchkeep.domain import document, fields
from watchkeep.domain.clashing import told_apart
from watchkeep.domain.clock import Clock
from watchkeep.domain.closing import may_close
from watchkeep.domain.difference import NO_QUARTERS, Quarters, changed_fields
from watchkeep.domain.document import RegisterDocument, State
from watchkeep.domain.errors import Invalid, Missing, Refused, Stale
from watchkeep.domain.people import Actor, must
from watchkeep.domain.period import find


@dataclass(frozen=True, slots=True)
class FromFile:
    """The file that a change was read from."""

    sha256: str
    name: str


def open_register(*, by: Actor, name: str) -> UUID:
    """Open an empty register of the actor's body."""
    with recording(by=by, verb="open a register") as entry:
        must(by, "look after registers")
        if not name.strip():
            raise Invalid("name", "A register needs a name.")
        if Register.objects.filter(body_id=by.body, name=name.strip()).exists():
            raise Invalid("name", f"There is already a register called “{name.strip()}”.")
        register = Register(body_id=UUID(by.body), name=name.strip(), slug=_free_slug(by, name))
        entry.about("register", register.pk, register.name)
        register.save()
        return register.pk


def set_cover(
    *, by: Actor, register: UUID, value: RegisterDocument, effective_on: date, file: FromFile | None = None
) -> None:
    """Say what a paper says of the register as a whole. Saying again what stands already changes nothing."""
    with recording(by=by, verb="set the cover", as_at=effective_on) as entry:
        found = _register(by, register)
        must(by, "change risks", queries.where(found))
        text = cover_text(value)
        standing = queries.cover_as_at(found.pk, Clock(effective_on))
        if standing and standing.document == text and standing.effective_on == effective_on:
            return
        entry.about("register", found.pk, found.name)
        _tell_file(entry, file)
        Cover(
            register=found,
            number=_next(Cover.objects.filter(register=found)),
            effective_on=effective_on,
            known_at=timezone.now(),
            scale=_scale(found, value.scale),
            period=(value.period.text or "")[:200],
            as_at=value.as_at.on,
            document=text,
            file_sha256=file.sha256 if file else "",
        ).save()


def open_risk(
    *,
    by: Actor,
    register: UUID,
    value: document.Risk,
    effective_on: date,
    position: int,
    file: FromFile | None = None,
    reason: str = "",
) -> UUID:
    """Open a risk with what is said of it. Its reference must never have been another risk's."""
    with recording(by=by, verb="open a risk", reason=reason, as_at=effective_on) as entry:
        found = _register(by, register)
        must(by, "change risks", queries.where(found))
        reference = (value.reference.text or "").strip()[:200] if value.reference.recorded else ""
        if reference and Risk.objects.filter(register=found, reference=reference).exists():
            raise Refused(f"{reference} is already a risk of this register; a reference is never used again.")
        risk = Risk(
            register=found,
            key=_free_key(found, reference or value.key),
            reference=reference,
            name=(value.name.text or "")[:400],
            opened_on=effective_on,
        )
        risk.save()
        _tell_risk(entry, risk, value, file)
        _add_version(by, risk, value, effective_on, position, file)
        return risk.pk


def amend_risk(
    *,
    by: Actor,
    risk: UUID,
    version: int,
    value: document.Risk,
    effective_on: date,
    position: int | None = None,
    file: FromFile | None = None,
    reason: str = "",
    belongs: Belongs | None = None,
) -> int:
    """Say something else of a risk as at a day, having looked at `version`; the new version's number.

    Without `belongs` it belongs to what it did, as far as the words of that stay.
    """
    with recording(by=by, verb="amend a risk", reason=reason, as_at=effective_on) as entry:
        found = _risk(by, risk)
        must(by, "change risks", queries.where(found.register))
        if found.version != version:
            raise Stale(
                f"Somebody changed {found} while you were looking at it: version {version} became "
                f"{found.version}.",
                clashes=told_apart(_seen(found, version), value, queries.value_of(found)),
                version=found.version,
            )
        if found.state == "closed" and file is None:
            raise Refused(f"{found} is closed; nothing more is said of it.")
        if found.closed_on and effective_on >= found.closed_on:
            # A paper of a later day has the risk again, and a person accepted that.
            found.state, found.closed_on = "open", None
        standing = queries.version_as_at(found.pk, Clock(effective_on))
        before = queries.value_of(found, standing)
        changes = changed_fields(before, value, _quarters(found, standing, effective_on, file))
        # A trend may gain its basis, or a person's reason, and still say the same movement.
        belongs = belongs or carried(found, value, standing)
        same = not changes and belongs == belonging(standing)
        if same and value.trends == before.trends and file is None:
            return found.version
        check_belonging(by, belongs)
        entry.facts["fields"] = [
            {"field": each.path, "before": each.before, "after": each.after} for each in changes
        ]
        found.version += 1
        latest = queries.latest_effective_on(found.pk)
        if latest is None or effective_on >= latest:
            found.name = (value.name.text or "")[:400]
        found.opened_on = min(found.opened_on, effective_on)
        found.save()
        _tell_risk(entry, found, value, file)
        _add_version(
            by,
            found,
            value,
            effective_on,
            standing.position if position is None else position,
            file,
            standing,
            belongs,
        )
        return found.version


def correct_risk(
    *,
    by: Actor,
    risk: UUID,
    version: int,
    path: str,
    text: str,
    state: State = "recorded",
    effective_on: date,
    on: date | None = None,
    reason: str = "",
) -> int:
    """Say one field anew of a risk as it stood on a day, as who says so; the new version's number."""
    found = _risk(by, risk)
    standing = queries.value_of(found, queries.version_as_at(found.pk, Clock(effective_on)))
    value = fields.told(standing, path, state=state, text=text, on=on, reason=fields.said_by(by.name))
    return amend_risk(
        by=by, risk=risk, version=version, value=value, effective_on=effective_on, reason=reason
    )


def close_risk(*, by: Actor, risk: UUID, version: int, closed_on: date, reason: str) -> None:
    """Close a risk, saying why. What was said of it stays."""
    with recording(by=by, verb="close a risk", reason=reason, as_at=closed_on) as entry:
        found = _risk(by, risk)
        must(by, "change risks", queries.where(found.register))
        if found.version != version:
            raise Stale(f"Somebody changed {found} while you were looking at it.", version=found.version)
        refusal = may_close(
            str(found), closed=found.state == "closed", opened_on=found.opened_on, on=closed_on
        )
        if refusal:
            raise Refused(refusal.sentence)
        if not reason.strip():
            raise Invalid("reason", "Say why the risk is closed.")
        entry.about("risk", found.pk, str(found))
        found.state, found.closed_on = "closed", closed_on
        found.version += 1
        found.save()


# --- Beneath the changes ------------------------------------------------------------------------------------


def cover_text(value: RegisterDocument) -> str:
    """A register document without its risks and doubts, as stored on a cover."""
    return value.model_copy(update={"risks": (), "doubts": ()}).model_dump_json()


def _add_version(
    by: Actor,
    risk: Risk,
    value: document.Risk,
    effective_on: date,
    position: int,
    file: FromFile | None,
    standing: RiskVersion | None = None,
    belongs: Belongs | None = None,
) -> None:
    now = timezone.now()
    origin = Origin(file.sha256 if file else "", file.name if file else "", by.name, plain(now))
    before = json.loads(standing.passages) if standing and file is None else None
    version = RiskVersion(
        risk=risk,
        number=_next(RiskVersion.objects.filter(risk=risk)),
        effective_on=effective_on,
        known_at=now,
        scale=scale_of_body(risk.register, effective_on, from_paper=file is not None)
        or _scale_as_at(risk.register, effective_on),
        position=position,
        passages=json.dumps(passages_of(value, origin, before)),
        **columns_of(value),
        **columns(belongs or carried(risk, value, standing)),
    )
    children = children_of(version, value)
    ratings = [each for rows in children for each in rows if isinstance(each, Assessment)]
    keep_scales(ratings, version, None if file else standing)
    version.turns = turned(version, ratings, standing)
    version.save()
    for rows in children:
        type(rows[0]).objects.bulk_create(rows)


def _quarters(found: Risk, standing: RiskVersion, effective_on: date, file: FromFile | None) -> Quarters:
    """The quarters of the papers that told the standing version and tell now; a person's stays the same."""
    cover = queries.cover_as_at(found.register_id, Clock(effective_on)) if file else None
    if cover is None:
        return NO_QUARTERS
    year_start = found.register.body.year_starts_month
    return Quarters(queries.quarter_told(standing), find(cover.period, year_start=year_start))


def _tell_risk(entry: OpenEntry, risk: Risk, value: document.Risk, file: FromFile | None) -> None:
    entry.about("risk", risk.pk, str(risk))
    _tell_file(entry, file)
    if file:
        entry.facts["places"] = [place.short for place in fields.places_of(value)]


def _tell_file(entry: OpenEntry, file: FromFile | None) -> None:
    if file:
        entry.facts["file"] = {"sha256": file.sha256, "name": file.name}


def _register(by: Actor, register: UUID) -> Register:
    found = queries.visible(by).select_for_update().filter(pk=register).first()
    if found is None:
        raise Missing("There is no such register.")
    return found


def _risk(by: Actor, risk: UUID) -> Risk:
    found = queries.visible_risks(by).select_related("register__body").filter(pk=risk).first()
    if found is None:
        raise Missing("There is no such risk.")
    return found


def _seen(found: Risk, version: int) -> document.Risk | None:
    """What the risk said at the version that a writer looked at, where the numbers of what was said of it
    still tell that (a closing counts too, and says nothing).
    """
    said = RiskVersion.objects.filter(risk=found)
    seen = said.filter(number=version).first() if said.filter(number=found.version).exists() else None
    return queries.value_of(found, seen) if seen else None


def _scale(register: Register, value: document.Scale) -> Scale:
    """The register's latest scale if it says the same, else a new version of it."""
    latest = Scale.objects.filter(register=register).order_by("-number").first()
    same_basis = latest is not None and (latest.basis, latest.reason) == (value.basis, value.reason)
    if latest and same_basis and same_scale(latest.steps.all(), value):
        return latest
    scale = Scale(register=register, number=_next(Scale.objects.filter(register=register)), basis=value.basis)
    scale.reason = value.reason
    scale.save()
    steps = [
        Step(scale=scale, kind=kind, position=position, rank=rank, name=name)
        for kind, position, rank, name in steps_of(value)
    ]
    if steps:
        Step.objects.bulk_create(steps)
    return scale


def _scale_as_at(register: Register, effective_on: date) -> Scale:
    cover = queries.cover_as_at(register.pk, Clock(effective_on))
    return cover.scale if cover else _scale(register, document.Scale())


def _next(numbered: Any) -> int:
    latest: int | None = numbered.aggregate(latest=Max("number"))["latest"]
    return (latest or 0) + 1


def _free_slug(by: Actor, name: str) -> str:
    base = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")[:60] or "register"
    taken = set(Register.objects.filter(body_id=by.body).values_list("slug", flat=True))
    return _free(base, taken)


def _free_key(register: Register, wanted: str) -> str:
    taken = set(Risk.objects.filter(register=register).values_list("key", flat=True))
    return _free(wanted[:190], taken)


def _free(wanted: str, taken: set[str]) -> str:
    number, free = 1, wanted
    while free in taken:
        number += 1
        free = f"{wanted}-{number}"
    return free
