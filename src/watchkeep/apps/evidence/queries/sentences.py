"""How the sentences of risks stand: for a document, for a risk's page, and for who must look again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone

from watchkeep.apps.evidence.queries.held import held_by
from watchkeep.apps.history.standing import standing
from watchkeep.apps.register.models import Risk, RiskVersion
from watchkeep.apps.register.queries import GONE, visible_risks
from watchkeep.apps.register.queries.escalation import with_words
from watchkeep.apps.register.queries.registers import read_of
from watchkeep.domain import document
from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.people import Actor
from watchkeep.domain.statement import Placed, placed


@dataclass(frozen=True, slots=True)
class ShakenRow:
    """A sentence of a risk that somebody must look at again."""

    risk: UUID
    risk_key: str
    risk_label: str
    register: str  # its slug
    owner_post: UUID | None
    placed: Placed


def statements_of(
    viewer: Actor,
    register: UUID,
    risks: Iterable[document.Risk],
    clock: Clock = PRESENT,
    *,
    day: date | None = None,
) -> dict[str, tuple[document.Statement, ...]]:
    """By each risk's key, its sentences that need a basis or have one, as a register document tells them.

    `risks` are the register's, as they stood by the same clock; `day` is the one that the document speaks of,
    where the clock names none. Eight SQL statements at most, however many risks; two more for each
    register or merger that they came through.
    """
    found = placed_in(viewer, register, risks, clock, day=day)
    return {key: tuple(each.statement for each in rows) for key, rows in found.items()}


def placed_in(
    viewer: Actor,
    register: UUID,
    risks: Iterable[document.Risk],
    clock: Clock = PRESENT,
    *,
    day: date | None = None,
) -> dict[str, tuple[Placed, ...]]:
    """The same with what only the records know of them: by which binding, and why each one moved."""
    day = clock.day or day or timezone.localdate()
    values = {each.key: each for each in risks}
    among = visible_risks(viewer).filter(register_id=register)
    held = held_by(among, clock)
    keys: Mapping[UUID, str] = dict(among.filter(pk__in=held).values_list("pk", "key")) if held else {}
    by_key = {keys[risk]: rows for risk, rows in held.items() if risk in keys}
    return {key: placed(value, by_key.get(key, ()), day) for key, value in values.items()}


def shaken(viewer: Actor, clock: Clock = PRESENT) -> tuple[ShakenRow, ...]:
    """The sentences that moved or grew old, of the open risks whose owner's post the viewer holds."""
    if not viewer.posts:
        return ()
    day = clock.day or timezone.localdate()
    bound = visible_risks(viewer).filter(statements__bindings__isnull=False).exclude(state__in=GONE)
    versions = standing(RiskVersion.objects.all(), "risk", bound.distinct(), clock)
    owners = dict(
        versions.filter(owner_post__in=sorted(viewer.posts)).values_list("risk_id", "owner_post_id")
    )
    if not owners:
        return ()
    mine = Risk.objects.filter(pk__in=owners)
    flagged = flagged_of(owners, clock, day)
    return tuple(
        ShakenRow(each.pk, each.key, str(each), each.register.slug, owners[each.pk], row)
        for each in mine.select_related("register").order_by("register__slug", "key")
        for row in flagged.get(each.pk, ())
    )


def flagged_of(risks: Collection[UUID], clock: Clock, day: date) -> dict[UUID, tuple[Placed, ...]]:
    """Under each of these risks, the sentences that moved or grew old by a day; a fixed number of statements,
    three where nothing is bound. No viewer is asked: the risks were shown.
    """
    held = held_by(Risk.objects.filter(pk__in=list(risks)), clock)
    if not held:
        return {}
    values = words_of(held, clock)
    return {
        risk: tuple(row for row in placed(values[risk], rows, day) if row.flagged)
        for risk, rows in held.items()
        if risk in values
    }


def words_of(risks: Collection[UUID], clock: Clock) -> dict[UUID, document.Risk]:
    """What is said of these risks, wherever they stand, with the words that they share."""
    read = {risk: value for (risk, _), value in read_of([(each, None) for each in risks], clock).items()}
    return with_words(read, clock, read_of)
