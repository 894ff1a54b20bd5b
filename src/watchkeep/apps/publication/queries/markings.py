"""Which rules hold of who may read what of risks: as at a day, as known at a moment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from watchkeep.apps.history.standing import ends, holding
from watchkeep.apps.publication.models import Marking
from watchkeep.apps.register.queries import visible as registers_visible
from watchkeep.apps.register.queries import visible_risks, wheres
from watchkeep.apps.register.queries.escalation import beneath
from watchkeep.domain.above import WORDS
from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.document import Promise, Readers, Risk, Rule
from watchkeep.domain.fields import LISTS
from watchkeep.domain.marking import is_due, readers_named
from watchkeep.domain.people import Actor, may
from watchkeep.domain.redaction.reading import SHARED_LISTS
from watchkeep.domain.redaction.withheld import label_of

ELSEWHERE: Final = "marked in another register"


@dataclass(frozen=True, slots=True)
class MarkingRow:
    """A rule, for a list."""

    id: UUID
    risk: UUID
    risk_key: str
    risk_label: str
    register: str  # its slug
    register_name: str
    field: str  # as it was marked
    line: str  # the words of the line that was marked
    label: str
    readers: Readers
    exemption: str
    harm: str
    reviewer: str  # the title of the post
    reviewer_post: UUID | None
    look_again_on: date | None
    due: bool
    from_on: date
    until_on: date | None
    by: str


def markings(viewer: Actor, clock: Clock = PRESENT, *, risk: UUID | None = None) -> tuple[MarkingRow, ...]:
    """The rules of the risks that the viewer may see, or of one; those to be looked at again first."""
    day = clock.day or timezone.localdate()
    found = Marking.objects.filter(risk__in=visible_risks(viewer))
    rows = _held(found.filter(risk=risk) if risk else found, clock)
    until = ends(rows, clock.known_at)
    told = [_row(each, until[each.pk].on, day) for each in rows]
    return tuple(sorted(told, key=lambda each: (not each.due, each.register_name, each.risk_key, each.field)))


def markings_due(viewer: Actor, clock: Clock = PRESENT) -> tuple[MarkingRow, ...]:
    """The rules that are to be looked at again by now: those that a post of the viewer's answers for, and all
    of the registers that they publish.
    """
    publishes = may(viewer, "publish papers") is None
    if not publishes and not viewer.posts:
        return ()
    registers = set(registers_visible(viewer)) if publishes else set()
    places = wheres(registers)
    theirs = {each.slug for each in registers if may(viewer, "publish papers", places[each.pk]) is None}
    return tuple(
        each
        for each in markings(viewer, clock)
        if each.due and (each.register in theirs or str(each.reviewer_post) in viewer.posts)
    )


def rules_of(
    viewer: Actor, register: UUID, risks: Iterable[Risk], clock: Clock = PRESENT
) -> dict[str, tuple[Rule, ...]]:
    """By each risk's key, its rules, for the risk as it stands there: its own, and those of the risks of
    other registers that its words came from. Three statements, and one for each register on the way down.
    """
    values = {each.key: each for each in risks}
    among = visible_risks(viewer)
    own = dict(among.filter(register=register, key__in=values).values_list("pk", "key"))
    below = {source: own[risk] for risk, sources in beneath(own.keys()).items() for source in sources}
    rows = _held(Marking.objects.filter(risk__in=[*own, *below]), clock)
    seen = set(among.filter(pk__in=below).values_list("pk", flat=True)) if below else set()
    found: dict[str, list[Rule]] = defaultdict(list)
    for each in rows:
        key = own.get(each.risk_id) or below[each.risk_id]
        first = each.field.partition(":")[0]
        if each.risk_id in own:
            found[key].append(_rule(each, values[key]))
        elif first in ("", *WORDS):
            told = _rule(each, values[key])
            hidden = {"exemption": ELSEWHERE, "harm": "", "reviewer": ""}
            found[key].append(told if each.risk_id in seen else told.model_copy(update=hidden))
    return {key: tuple(those) for key, those in found.items()}


def field_now(field: str, line: str, risk: Risk) -> str:
    """Where the marked line stands now; its whole list, where no line has these words any more."""
    first, _, _ = field.partition(":")
    if not line or first not in LISTS:
        return field
    lines = [" ".join((each.text or "").split()) for each in getattr(risk, first)]
    words = " ".join(line.split())
    return f"{first}:{lines.index(words)}" if lines.count(words) == 1 else first


def _held(rows: QuerySet[Marking], clock: Clock) -> list[Marking]:
    related = rows.select_related("risk__register", "reviewer").order_by(
        "risk__key", "field", "from_known_at"
    )
    return list(holding(related, clock, timezone.localdate()))


def _rule(each: Marking, risk: Risk) -> Rule:
    return Rule(
        field=field_now(each.field, each.line, risk),
        readers=readers_named(each.readers),
        exemption=each.exemption,
        harm=each.harm,
        reviewer=each.reviewer.title if each.reviewer else "",
        words="" if each.field.startswith(SHARED_LISTS) else each.words or each.line,
        until=each.look_again_on,
    )


def _row(each: Marking, until_on: date | None, day: date) -> MarkingRow:
    return MarkingRow(
        id=each.pk,
        risk=each.risk_id,
        risk_key=each.risk.key,
        risk_label=str(each.risk),
        register=each.risk.register.slug,
        register_name=each.risk.register.name,
        field=each.field,
        line=each.line,
        label=label(each),
        readers=readers_named(each.readers),
        exemption=each.exemption,
        harm=each.harm,
        reviewer=each.reviewer.title if each.reviewer else "",
        reviewer_post=each.reviewer_id,
        look_again_on=each.look_again_on,
        due=is_due(each.look_again_on, day),
        from_on=each.from_on,
        until_on=until_on,
        by=each.by,
    )


def label(each: Marking) -> str:
    """What is marked; a line, a promise and an indicator by their words, wherever they stand today."""
    first, _, key = each.field.partition(":")
    if first == "promises" and key:
        return label_of(
            Risk(key="", promises=(Promise(key=key, kind="action", title=each.line),)), each.field
        )
    if first == "indicators" and key:
        return f"The indicator “{key} {each.line}”"
    if first in LISTS and each.line:
        return f"{'Control' if first == 'controls' else 'Action'} “{each.line}”"
    return label_of(Risk(key=""), each.field)
