"""Several risks changed alike in one go: each by a version of its own, and none over somebody's head."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal
from uuid import UUID

from watchkeep.apps.people.models import Post
from watchkeep.apps.register import queries
from watchkeep.apps.register.changes.amending import amend_risk
from watchkeep.apps.register.changes.belonging import Belongs, belonging
from watchkeep.apps.register.models import Category, Objective, Risk
from watchkeep.domain import document, fields
from watchkeep.domain.clock import Clock
from watchkeep.domain.errors import Clash, Invalid, Missing, Refused, Stale
from watchkeep.domain.finding import written
from watchkeep.domain.people import Actor

MOST: Final = 200  # each is a change of its own: two pages of the table are what one request can bear
BELONGING: Final = ("owner", "category", "objective")
KINDS: Final[dict[str, type[Post | Category | Objective]]] = {
    "owner": Post,
    "category": Category,
    "objective": Objective,
}


@dataclass(frozen=True, slots=True)
class Looked:
    """A risk, and the version of it that the writer looked at."""

    risk: UUID
    version: int


@dataclass(frozen=True, slots=True)
class Told:
    """One field said alike of every risk. `which` is a post, category or objective; `on` a date.

    With none of the three the field becomes not recorded.
    """

    field: str
    text: str = ""
    on: date | None = None
    which: UUID | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one risk. A lost one is unchanged; `clashes` shows what stands beside what was sent."""

    risk: UUID
    key: str
    label: str
    state: Literal["changed", "unchanged", "lost", "refused"]
    sentence: str = ""
    clashes: tuple[Clash, ...] = ()


def edit_risks(
    *,
    by: Actor,
    looked: Sequence[Looked],
    told: Sequence[Told],
    effective_on: date,
    reason: str = "",
) -> tuple[Outcome, ...]:
    """Say the same of several risks. Where somebody was first with one, that one is left as it is."""
    if not looked:
        raise Invalid("risk", "Choose at least one risk.")
    if len(looked) > MOST:
        raise Invalid("risk", f"Choose {MOST} risks at most; {len(looked)} were chosen.")
    if not told:
        raise Invalid("told", "Choose at least one thing to change.")
    named = [_named(by, each) for each in told]
    rows = queries.visible_risks(by).filter(pk__in=[each.risk for each in looked])
    found = {each.pk: each for each in rows}
    if len(found) < len({each.risk for each in looked}):
        raise Missing("There is no such risk.")
    return tuple(_one(by, found[each.risk], each, named, effective_on, reason) for each in looked)


# --- Beneath the change -------------------------------------------------------------------------------------


def _one(
    by: Actor, risk: Risk, looked: Looked, told: Sequence[Told], effective_on: date, reason: str
) -> Outcome:
    standing = queries.version_as_at(risk.pk, Clock(effective_on))
    seen = value = queries.value_of(risk, standing)
    belongs = belonging(standing)
    for each in told:
        value, belongs = _said(value, each, by), _belongs(belongs, each)
    try:
        number = amend_risk(
            by=by,
            risk=risk.pk,
            version=looked.version,
            value=value,
            seen=seen,
            effective_on=effective_on,
            reason=reason,
            belongs=belongs,
        )
    except Stale as lost:
        return Outcome(risk.pk, risk.key, str(risk), "lost", lost.sentence, lost.clashes)
    except (Refused, Invalid, Missing) as refused:  # of this risk alone: the others are changed all the same
        return Outcome(risk.pk, risk.key, str(risk), "refused", refused.sentence)
    return Outcome(risk.pk, risk.key, str(risk), "unchanged" if number == looked.version else "changed")


def _named(by: Actor, told: Told) -> Told:
    """The same with the name of what it names, which the register's own words will say too."""
    kind = KINDS.get(told.field)
    if kind is None or told.which is None:
        return told
    found = kind.objects.filter(pk=told.which, body_id=by.body).first()
    if found is None:
        raise Missing(f"There is no such {kind._meta.verbose_name}.")
    return replace(told, text=str(found))


def _said(value: document.Risk, told: Told, by: Actor) -> document.Risk:
    text = told.text or (written(told.on) if told.on else "")
    return fields.told(
        value,
        told.field,
        state="recorded" if text else "not recorded",
        text=text,
        on=told.on,
        reason=fields.said_by(by.name),
    )


def _belongs(belongs: Belongs, told: Told) -> Belongs:
    if told.field == "owner":
        return replace(belongs, owner_post=told.which)
    if told.field == "category":
        return replace(belongs, category=told.which)
    return replace(belongs, objective=told.which) if told.field == "objective" else belongs
