"""What can be said of a risk: open it, amend it, set one field of it right.

Amending writes a new version; nothing that was said before is overwritten.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from watchkeep.apps.history.changes import recording
from watchkeep.apps.history.models import OpenEntry
from watchkeep.apps.register import queries
from watchkeep.apps.register.changes.belonging import Belongs, belonging, carried, check_belonging
from watchkeep.apps.register.changes.writing import (
    FromFile,
    add_version,
    come_into,
    find_register,
    find_risk,
    free_key,
    must_change,
    next_position,
    obey,
    tell_risk,
)
from watchkeep.apps.register.models import Register, Risk, RiskState, RiskVersion
from watchkeep.domain import document, fields
from watchkeep.domain.above import own_words
from watchkeep.domain.clashing import told_apart
from watchkeep.domain.clock import Clock
from watchkeep.domain.difference import NO_QUARTERS, Quarters, changed_fields
from watchkeep.domain.document import State
from watchkeep.domain.errors import Invalid, Refused, Stale
from watchkeep.domain.finding import written
from watchkeep.domain.people import Actor, must
from watchkeep.domain.period import find
from watchkeep.domain.reference import folded, openable, tidied, would_do
from watchkeep.domain.risk_state import may_amend, state_named


def open_risk(
    *,
    by: Actor,
    register: UUID,
    value: document.Risk,
    effective_on: date,
    position: int | None = None,
    file: FromFile | None = None,
    reason: str = "",
    belongs: Belongs | None = None,
) -> UUID:
    """Open a risk with what is said of it. Its reference must never have been another risk's."""
    with recording(by=by, verb="open a risk", reason=reason, as_at=effective_on) as entry:
        found = find_register(by, register)
        must(by, "change risks", queries.where(found))
        reference = (value.reference.text or "").strip()[:200] if value.reference.recorded else ""
        if file is None:
            reference = tidied(reference)
        check_reference(found, reference, file)
        risk = Risk(
            register=found,
            key=free_key(found, openable(reference or value.key)),
            reference=reference,
            name=_name(value),
            opened_on=effective_on,
        )
        _begin(entry, by, risk, value, effective_on, position, file, belongs)
        return risk.pk


def draft_risk(
    *,
    by: Actor,
    register: UUID,
    value: document.Risk,
    effective_on: date,
    belongs: Belongs | None = None,
) -> UUID:
    """Begin a risk that is not in the register yet. It needs a name and nothing else, and has no reference
    until it is opened.
    """
    with recording(by=by, verb="draft a risk", as_at=effective_on) as entry:
        found = find_register(by, register)
        must(by, "change risks", queries.where(found))
        if not value.name.recorded:
            raise Invalid("name", "Give the risk a name; everything else can wait.")
        drafts = Risk.objects.filter(register=found, key__startswith="draft-").count()
        risk = Risk(
            register=found,
            key=free_key(found, f"draft-{drafts + 1}"),
            name=_name(value),
            state="draft",
            opened_on=effective_on,
        )
        value = value.model_copy(update={"key": risk.key, "reference": document.NOT_RECORDED})
        _begin(entry, by, risk, value, effective_on, None, None, belongs)
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
        found = find_risk(by, risk)
        must_change(by, found)
        if found.version != version:
            raise Stale(
                f"Somebody changed {found} while you were looking at it: version {version} became "
                f"{found.version}.",
                clashes=told_apart(_seen(found, version), value, queries.value_of(found)),
                version=found.version,
            )
        standing = queries.version_as_at(found.pk, Clock(effective_on))
        before = queries.value_of(found, standing)
        if file is None:
            value = _by_a_person(found, before, value, effective_on)
        elif found.closed_on and effective_on >= found.closed_on:
            # A paper of a later day has the risk again, and a person accepted that.
            come_into(found, "open", effective_on, f"{file.name} tells of it again.")
            found.version -= 1  # which the words below count
        changes = changed_fields(before, value, _quarters(found, standing, effective_on, file))
        belongs = belongs or carried(found, value, standing)
        same = not changes and belongs == belonging(standing) and _beside(value) == _beside(before)
        if same and file is None:
            return found.version
        check_belonging(by, belongs)
        entry.facts["fields"] = [
            {"field": each.path, "before": each.before, "after": each.after} for each in changes
        ]
        found.version += 1
        latest = queries.latest_effective_on(found.pk)
        if value.name.recorded and (latest is None or effective_on >= latest):
            found.name = _name(value)
        found.opened_on = min(found.opened_on, effective_on)
        found.save()
        tell_risk(entry, found, value, file)
        place = standing.position if position is None else position
        add_version(by, found, value, effective_on, place, file, standing, belongs)
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
    found = find_risk(by, risk)
    must_change(by, found)
    standing = queries.value_of(found, queries.version_as_at(found.pk, Clock(effective_on)))
    value = fields.told(standing, path, state=state, text=text, on=on, reason=fields.said_by(by.name))
    return amend_risk(
        by=by, risk=risk, version=version, value=value, effective_on=effective_on, reason=reason
    )


# --- Beneath the changes ------------------------------------------------------------------------------------


def check_reference(register: Register, reference: str, file: FromFile | None = None) -> None:
    """Refuse a reference that any risk has or had: of this register, and of another where a person gives it.
    Papers of two registers may count alike.
    """
    if not reference:
        return
    if file is not None:
        if Risk.objects.filter(register=register, reference__iexact=reference).exists():
            raise Refused(_used(reference, "this register"))
        return
    given = tidied(reference)
    if refusal := would_do(given):
        raise Invalid("reference", refusal.sentence)
    had = Risk.objects.filter(register__body=register.body_id).exclude(reference="")
    places = {(folded(each), of == register.pk) for each, of in had.values_list("reference", "register_id")}
    for here, where in ((True, "this register"), (False, "another register")):
        if (folded(given), here) in places:
            raise Invalid("reference", _used(given, where))


def _used(reference: str, where: str) -> str:
    return f"{reference} is already a risk of {where}; a reference is never used again."


def _begin(
    entry: OpenEntry,
    by: Actor,
    risk: Risk,
    value: document.Risk,
    on: date,
    position: int | None,
    file: FromFile | None,
    belongs: Belongs | None,
) -> None:
    """Write that a risk exists, its first state, and what is said of it."""
    if belongs:
        check_belonging(by, belongs)
    place = next_position(risk.register) if position is None else position
    come_into(risk, state_named(risk.state), on, new=True)
    tell_risk(entry, risk, value, file)
    add_version(by, risk, value, on, place, file, belongs=belongs)


def _by_a_person(
    found: Risk, before: document.Risk, value: document.Risk, effective_on: date
) -> document.Risk:
    """What a person may say of a risk, refused where it cannot be said: of a risk that is gone, of a day
    before its first, or instead of the register that its words come from.
    """
    obey(may_amend(state_named(found.state), str(found)))
    if (value.reference.text or "") != (before.reference.text or ""):
        raise Invalid("reference", "A risk keeps its reference. Close it and open another, or merge the two.")
    first = RiskState.objects.filter(risk=found).order_by("effective_on").first()
    if first is not None and effective_on < first.effective_on:
        raise Invalid(
            "effective_on",
            f"{found} is first told of on {written(first.effective_on)}; say it as at that day or later.",
        )
    words = queries.words_above(found)
    if words is None:
        return value
    kept, others = own_words(value, words)
    if others:
        names = ", ".join(fields.label_of(each).lower() for each in others)
        raise Refused(f"{found} was escalated to this register: its {names} are said where it came from.")
    return kept


def _beside(value: document.Risk) -> tuple[object, ...]:
    """What no difference of fields tells: who judged when, on what a trend rests, what stands under which
    part.
    """
    parts = [(each.marker, each.text) for name in fields.PARTED for each in getattr(value, name).parts]
    lines = [each.part for kind in fields.LISTS for each in getattr(value, kind)]
    return value.trends, value.assessments, parts, lines


def _name(value: document.Risk) -> str:
    return (value.name.text or "")[:400]


def _quarters(found: Risk, standing: RiskVersion, effective_on: date, file: FromFile | None) -> Quarters:
    """The quarters of the papers that told the standing version and tell now; a person's stays the same."""
    cover = queries.cover_as_at(found.register_id, Clock(effective_on)) if file else None
    if cover is None:
        return NO_QUARTERS
    year_start = found.register.body.year_starts_month
    return Quarters(queries.quarter_told(standing), find(cover.period, year_start=year_start))


def _seen(found: Risk, version: int) -> document.Risk | None:
    """What the risk said at the version that a writer looked at, where the numbers of what was said of it
    still tell that (a closing counts too, and says nothing).
    """
    said = RiskVersion.objects.filter(risk=found)
    seen = said.filter(number=version).first() if said.filter(number=found.version).exists() else None
    return queries.value_of(found, seen) if seen else None
