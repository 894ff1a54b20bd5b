"""What is said of a risk anew: all that a person or a paper says, or one field set right.

Amending writes a new version; nothing that was said before is overwritten.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from watchkeep.apps.history.changes import recording
from watchkeep.apps.register import queries
from watchkeep.apps.register.changes.belonging import (
    Belongs,
    OwnedBy,
    belonging,
    carried,
    check_belonging,
    merged,
    owned,
)
from watchkeep.apps.register.changes.holding import hold_from_then_on
from watchkeep.apps.register.changes.risks import name_of
from watchkeep.apps.register.changes.writing import (
    FromFile,
    add_version,
    come_into,
    find_risk,
    must_change,
    not_ahead,
    readable,
    tell_risk,
)
from watchkeep.apps.register.models import Risk, RiskState, RiskVersion
from watchkeep.domain import amending, document, fields
from watchkeep.domain.above import own_words
from watchkeep.domain.clashing import told_apart
from watchkeep.domain.clock import Clock
from watchkeep.domain.difference import NO_QUARTERS, FieldChange, Quarters, changed_fields
from watchkeep.domain.document import State
from watchkeep.domain.errors import Invalid, Refused, Stale
from watchkeep.domain.finding import written
from watchkeep.domain.people import Actor, obey
from watchkeep.domain.period import find
from watchkeep.domain.risk_state import GONE, may_amend, state_named


def amend_risk(
    *,
    by: Actor,
    risk: UUID,
    version: int,
    value: document.Risk,
    effective_on: date,
    seen: document.Risk | None = None,
    position: int | None = None,
    file: FromFile | None = None,
    reason: str = "",
    belongs: Belongs | OwnedBy | None = None,
    allowed: Callable[[Actor, Risk], None] = must_change,
    verb: str = "amend a risk",
) -> int:
    """Say something else of a risk as at a day, having looked at `version`; the new version's number.

    What a person changed of what they looked at (`seen`, else what stands) is said of the risk as it stood on
    that day: an earlier day never gets today's other words. It holds from that day on: later words take it
    too, as far as nobody said that field otherwise since, and no paper told the risk again. A paper says all
    of a risk as at its own day, and of no other. Without `belongs` the risk belongs to what it did, as far as
    the words of that stay. `allowed` refuses who may not.
    """
    with recording(by=by, verb=verb, reason=reason, as_at=effective_on) as entry:
        found = find_risk(by, risk)
        allowed(by, found)
        latest = queries.version_as_at(found.pk)
        stands = queries.value_of(found, latest)
        _check_version(found, version, value, stands)
        standing = queries.version_as_at(found.pk, Clock(effective_on))
        before = queries.value_of(found, standing)
        if file is None:
            if value.name != stands.name:
                readable(value)
            value = _by_a_person(found, before, seen or stands, value, effective_on)
            if isinstance(belongs, Belongs) and seen is None:
                belongs = merged(belongs, latest, standing)
        elif found.closed_on and effective_on >= found.closed_on:
            # A paper of a later day has the risk again, and a person accepted that.
            come_into(found, "open", effective_on, f"{file.name} tells of it again.")
            found.version -= 1  # which the words below count
        if isinstance(belongs, OwnedBy):
            value, belongs = owned(by, found, value, standing, belongs)
        belongs = belongs or carried(found, value, standing)
        changes = changed_fields(before, value, _quarters(found, standing, effective_on, file))
        if file is None and not changes and belongs == belonging(standing) and _alike(value, before):
            return found.version
        check_belonging(by, belongs)
        entry.facts["fields"] = _told(changes)
        tell_risk(entry, found, value, file)
        found.opened_on = min(found.opened_on, effective_on)
        place = standing.position if position is None else position
        made = add_version(by, found, value, effective_on, place, file, standing, belongs)
        later = [] if file else hold_from_then_on(by, found, standing, before, made, value)
        if later:
            entry.facts["holds_as_at"] = [each.isoformat() for each in later]
        found.version += 1 + len(later)
        found.name = name_of(queries.value_of(found)) or found.name
        found.save()
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
        by=by,
        risk=risk,
        version=version,
        value=value,
        seen=standing,
        effective_on=effective_on,
        reason=reason,
    )


# --- Beneath the changes ------------------------------------------------------------------------------------


def _check_version(found: Risk, version: int, value: document.Risk, stands: document.Risk) -> None:
    if found.version != version:
        raise Stale(
            f"Somebody changed {found} while you were looking at it: version {version} became "
            f"{found.version}.",
            clashes=told_apart(_seen(found, version), value, stands),
            version=found.version,
        )


def _by_a_person(
    found: Risk, before: document.Risk, seen: document.Risk, value: document.Risk, effective_on: date
) -> document.Risk:
    """What a person says of a risk as at a day, refused where it cannot be said: of a risk that is gone, of a
    day before its first or still to come, or instead of the register that its words come from.
    """
    if not _stood_open(found, effective_on):
        obey(may_amend(state_named(found.state), str(found)))
    value = amending.risk_onto(before, seen, value)
    if (value.reference.text or "") != (before.reference.text or ""):
        raise Invalid("reference", "A risk keeps its reference. Close it and open another, or merge the two.")
    first = RiskState.objects.filter(risk=found).order_by("effective_on").first()
    if first is not None and effective_on < first.effective_on:
        raise Invalid(
            "effective_on",
            f"{found} is first told of on {written(first.effective_on)}; say it as at that day or later.",
        )
    not_ahead("effective_on", effective_on, found.register)
    words = queries.words_above(found)
    if words is None:
        return value
    kept, others = own_words(value, words)
    if others:
        names = ", ".join(fields.label_of(each).lower() for each in others)
        raise Refused(f"{found} was escalated to this register: its {names} are said where it came from.")
    return kept


def _stood_open(found: Risk, day: date) -> bool:
    """Whether a risk that is gone was still open on the day: what is said as at it, is said of it open."""
    if state_named(found.state) not in GONE or found.closed_on is None or day >= found.closed_on:
        return False
    last = RiskState.objects.filter(risk=found, effective_on__lte=day).order_by("-effective_on", "-number")
    state = last.values_list("state", flat=True).first()
    return state not in GONE


def _told(changes: tuple[FieldChange, ...]) -> list[dict[str, str]]:
    return [{"field": each.path, "before": each.before, "after": each.after} for each in changes]


def _alike(one: document.Risk, other: document.Risk) -> bool:
    """Whether two say the same where no difference of fields tells: who judged when, on what a trend rests,
    what stands under which part.
    """
    return _beside(one) == _beside(other)


def _beside(value: document.Risk) -> tuple[object, ...]:
    parts = [(each.marker, each.text) for name in fields.PARTED for each in getattr(value, name).parts]
    lines = [each.part for kind in fields.LISTS for each in getattr(value, kind)]
    return value.trends, value.assessments, parts, lines


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
    if not said.filter(number=found.version).exists():
        return None
    seen = said.filter(number__lte=version).order_by("-effective_on", "-number").first()
    return queries.value_of(found, seen) if seen else None
