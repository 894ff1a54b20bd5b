"""A paper before it is frozen: what its readers would have, what is new, and what stands in the way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from django.utils import timezone

from watchkeep.apps.people.models import Person, Post
from watchkeep.apps.publication.libraries import libraries
from watchkeep.apps.publication.queries.documents import document_for, risk_for
from watchkeep.apps.publication.queries.markings import rules_of
from watchkeep.apps.publication.queries.narrowed import keys_of
from watchkeep.apps.publication.queries.papers import EditionRow, editions, frozen
from watchkeep.apps.register.models import Risk, RiskVersion
from watchkeep.apps.register.queries import GONE, RegisterRow, document, register, stood, visible_risks, where
from watchkeep.apps.register.queries import visible as registers_visible
from watchkeep.domain.clock import PRESENT, Clock, must_have_come
from watchkeep.domain.document import DateField, Field, RegisterDocument
from watchkeep.domain.document import Risk as RiskValue
from watchkeep.domain.edition import Audience, Covered, Front, Matter, Order
from watchkeep.domain.errors import Invalid
from watchkeep.domain.finding import written
from watchkeep.domain.freezing import Gate, beside, gate
from watchkeep.domain.naming import in_words
from watchkeep.domain.people import Actor, must
from watchkeep.domain.period import containing
from watchkeep.domain.redaction import for_audience, keys_told
from watchkeep.domain.redaction.earlier import as_it_may_be_told, gone_because
from watchkeep.domain.since import Since, since
from watchkeep.domain.statement import coverage

Earlier = UUID | Literal["last", "none"]


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asks of a paper, besides the register and for whom."""

    title: str = ""
    marking: str = ""
    order: Order = "register"
    front: Front | None = None
    since: Earlier = "last"
    as_at: date | None = None  # the day to tell of; without one, what stands
    overridden: str = ""  # why claims that rest on nothing go out
    despite: str = ""  # why words that may tell of what is withheld stand
    seen: str = ""  # the digest of what was shown to who says why


@dataclass(frozen=True, slots=True)
class Prepared:
    """The paper as it would be frozen."""

    register: RegisterRow
    document: RegisterDocument
    matter: Matter
    since: EditionRow | None
    gate: Gate
    keys: dict[str, str]  # which risk of the register each key of the document is


def prepared(viewer: Actor, which: str | UUID, audience: Audience, asked: Asked) -> Prepared:
    """What freezing the register now for `audience` would give."""
    row = register(viewer, which)
    must(viewer, "publish papers", where(registers_visible(viewer).get(pk=row.id)))
    whole = _told(viewer, row, asked.as_at)
    gone = () if audience == "internal" else _others(viewer, row, whole)
    left = for_audience(whole, audience, gone)
    earlier = _earlier(viewer, row, audience, asked.since)
    new = _since(viewer, row, earlier, whole, left, gone, audience) if earlier else None
    overridden = spoken_for(viewer, audience, asked.overridden)
    matter = Matter(
        front=asked.front,
        since=new,
        overridden=overridden,
        coverage=tuple(map(_covered, left.risks)),
        made_with=libraries(),
    )
    texts = beside(asked.front, new, title=asked.title, marking=asked.marking, override=asked.overridden)
    return Prepared(
        register=row,
        document=left,
        matter=matter,
        since=earlier,
        gate=gate(whole, left, audience, beside=texts, names=_names(viewer), gone=gone),
        keys=keys_told(whole, audience),
    )


def _covered(risk: RiskValue) -> Covered:
    """How the sentences of a risk stand by the rules of today."""
    found = coverage(risk)
    return Covered(
        risk=risk.key,
        bound=found.bound,
        judged=found.judged,
        unbound=found.unbound,
        moved=found.moved,
        expired=found.expired,
    )


def _told(viewer: Actor, row: RegisterRow, day: date | None) -> RegisterDocument:
    """The register as it stands, or as at a day; who may read what of it is as it is today.

    What stands is as at the day that the register was last told of, and as at today where a word of it is
    dated later than that.
    """
    if day is None and not _told_later(row):
        return document_for(viewer, row.id)
    day = day or timezone.localdate()
    must_have_come("as_at", day, timezone.localdate(), row.as_at)
    then = document_for(viewer, row.id, Clock(as_at=day))
    if not then.risks:
        raise Invalid("as_at", f"{row.name} had no risks on {written(day)}. Choose a later day.")
    rules = rules_of(viewer, row.id, then.risks, PRESENT)
    risks = tuple(each.model_copy(update={"rules": rules.get(each.key, ())}) for each in then.risks)
    if then.as_at.on == day:
        return then.model_copy(update={"risks": risks})
    period = containing(day, year_start=row.year_start).label
    return then.model_copy(
        update={
            "risks": risks,
            "as_at": DateField(state="recorded", text=written(day), on=day),
            "period": Field(state="recorded", text=period),
        }
    )


def _told_later(row: RegisterRow) -> bool:
    """Whether a risk of the register says something from a day after that which its cover names."""
    if row.as_at is None:
        return False
    said = RiskVersion.objects.filter(risk__register_id=row.id, effective_on__gt=row.as_at)
    said = said.exclude(risk__state="draft")
    return said.filter(effective_on__lte=timezone.localdate()).exists()


def _others(viewer: Actor, row: RegisterRow, whole: RegisterDocument) -> tuple[RiskValue, ...]:
    """The risks of the register that the paper does not tell of, with the rules that stand on them."""
    told = {risk.key for risk in whole.risks}
    every = visible_risks(viewer).filter(register_id=row.id)
    if not every.exclude(key__in=told).exists():
        return ()
    last = [each for each in document(viewer, row.id, closed_too=True).risks if each.key not in told]
    proved = [risk_for(viewer, row, each, PRESENT, timezone.localdate()) for each in last]
    rules = rules_of(viewer, row.id, proved)
    return tuple(each.model_copy(update={"rules": rules.get(each.key, ())}) for each in proved)


def spoken_for(viewer: Actor, audience: Audience, reason: str) -> str:
    """Who lets something stand, and why, as a paper prints it: by the post, and inside the body by name."""
    because = in_words(reason)
    if not because:
        return ""
    held = Post.objects.filter(pk__in=sorted(viewer.posts)).order_by("title")
    post = held.values_list("title", flat=True).first()
    who = post or (viewer.role or "publisher of this register").capitalize()
    if audience == "internal":
        who = f"{viewer.name} ({who})"
    return f"{who}: {because}"


def _names(viewer: Actor) -> tuple[str, ...]:
    return tuple(Person.objects.filter(body_id=viewer.body).order_by("name").values_list("name", flat=True))


def _earlier(viewer: Actor, row: RegisterRow, audience: Audience, asked: Earlier) -> EditionRow | None:
    """The edition that the sheet of what is new looks back to: one that the same readers have."""
    if asked == "none":
        return None
    rows = [
        each
        for each in editions(viewer, row.id)
        if each.audience == audience and each.state == "published" and asked in ("last", each.id)
    ]
    return max(rows, key=lambda each: each.number, default=None)


def _since(
    viewer: Actor,
    row: RegisterRow,
    earlier: EditionRow,
    whole: RegisterDocument,
    left: RegisterDocument,
    gone: tuple[RiskValue, ...],
    audience: Audience,
) -> Since:
    then, _ = frozen(viewer, earlier.id)
    told = as_it_may_be_told(then, whole, left, audience, keys_of(viewer, earlier.id), gone)
    reasons = {} if audience == "public" else closings(viewer, row)
    if audience == "committee":
        reasons = gone_because(reasons, told, (*whole.risks, *gone), audience)
    referred = all(risk.reference.recorded for each in (told, left) for risk in each.risks)
    return since(
        told,
        left,
        earlier_called=f"edition {earlier.number}, frozen on {written(earlier.frozen_on)}",
        year_start=row.year_start,
        one_register=referred,
        gone_because=reasons,
        with_rules=audience == "internal",
    )


def closings(viewer: Actor, row: RegisterRow, clock: Clock = PRESENT) -> dict[str, str]:
    """Why risks left the register, by their keys."""
    gone = visible_risks(viewer).filter(register_id=row.id, state__in=GONE)
    states = stood(gone, clock, viewer.body)
    keys = dict(Risk.objects.filter(pk__in=states).values_list("pk", "key"))
    return {keys[pk]: each.reason for pk, each in states.items() if each.gone and each.reason}
