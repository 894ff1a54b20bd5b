"""A risk above is found by what its own page shows: its own judgement and the words of the risk below, from
each of their versions on. Whoever reads only the register above finds by nothing else of the one below.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID, uuid5

from watchkeep.apps.register.conversion import risk_of
from watchkeep.apps.register.models import Link, RiskVersion
from watchkeep.apps.register.queries.registers import hanging_on
from watchkeep.apps.search.models import Passage
from watchkeep.apps.search.passages import RISK_TEXTS, passage
from watchkeep.domain.above import composed
from watchkeep.domain.document import Risk
from watchkeep.domain.fields import LISTS, PARTED
from watchkeep.domain.link import ESCALATED


@dataclass(frozen=True, slots=True)
class Saying:
    """What a risk says from one of its versions on, or from one of the versions of the risk below it."""

    pk: UUID
    effective_on: date
    number: int  # orders the sayings of a day
    known_at: datetime
    version: RiskVersion
    value: Risk


def risks_above(risks: Collection[UUID]) -> set[UUID]:
    """Those of the risks, and of the ones that have their words, that came from a register below."""
    up: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for source, target in Link.objects.filter(kind=ESCALATED).values_list("source", "target"):
        up[source].add(target)
    found = set().union(*up.values()) & set(risks)
    level = set(risks)
    while level := {above for each in level for above in up.get(each, ())} - found:
        found |= level
    return found


def passages_above(risks: Collection[UUID]) -> Iterator[Passage]:
    """All that these risks, each from a register below, ever said."""
    for each in (saying for every in _sayings(risks).values() for saying in every):
        row = each.version
        label = " ".join(filter(None, [row.reference, each.value.name.text]))
        yield passage(
            "riskversion", each, "risk", row.risk_id, row.risk.register.body_id,
            label or str(row.risk), _texts(each), risk=row.risk_id, number=each.number,
            placed_on=each.effective_on, effective_on=each.effective_on, known_at=each.known_at,
        )  # fmt: skip


def _sayings(risks: Collection[UUID]) -> dict[UUID, list[Saying]]:
    """All that is said of each risk, with the words of the one below it as far as they are its own."""
    rows = RiskVersion.objects.filter(risk__in=risks).select_related("risk__register", "owner_post")
    children = hanging_on([each.pk for each in rows])
    found: defaultdict[UUID, list[Saying]] = defaultdict(list)
    for row in rows:
        value = risk_of(row.risk.key, row, children[row.pk], file="")
        found[row.risk_id].append(Saying(row.pk, row.effective_on, row.number, row.known_at, row, value))
    ways = list(Link.objects.filter(kind=ESCALATED, target__in=risks))
    below = _sayings({each.source_id for each in ways}) if ways else {}
    for way in ways:
        until = way.until_on or date.max
        words = [each for each in below.get(way.source_id, ()) if each.effective_on <= until]
        found[way.target_id] = list(_together(_in_order(found[way.target_id]), _in_order(words)))
    return found


def _together(own: Sequence[Saying], below: Sequence[Saying]) -> Iterator[Saying]:
    """Each pair of what is said above and below that stood together by some clock: if it did by any, then on
    the later of their days, as known when the later of them was.
    """
    for place, each in enumerate(own):
        if _standing(below, each.effective_on, each.known_at) is None:
            yield replace(each, number=place)
        for place_below, words in enumerate(below):
            day = max(each.effective_on, words.effective_on)
            known = max(each.known_at, words.known_at)
            if _standing(own, day, known) is each and _standing(below, day, known) is words:
                yield Saying(
                    pk=uuid5(each.pk, str(words.pk)),
                    effective_on=day,
                    number=place + place_below + 1,
                    known_at=known,
                    version=each.version,
                    value=composed(each.value, words.value),
                )


def _in_order(sayings: Iterable[Saying]) -> list[Saying]:
    return sorted(sayings, key=lambda each: (each.effective_on, each.number))


def _standing(sayings: Sequence[Saying], day: date, known: datetime) -> Saying | None:
    """The last of what was told of that day by that moment."""
    told = (each for each in reversed(sayings) if each.effective_on <= day and each.known_at <= known)
    return next(told, None)


def _texts(saying: Saying) -> list[str]:
    """The words of a risk's page: those below are read for what both say, and for nothing else."""
    value, post = saying.value, saying.version.owner_post
    said = [getattr(value, name).text or "" for name in RISK_TEXTS]
    said += [post.title] if post and post.title != value.owner.text else []
    said += [each.text or "" for name in LISTS for each in getattr(value, name)]
    for name in PARTED:
        whole = getattr(value, name)
        said += [part.text for part in whole.parts if part.text not in (whole.text or "")]
    for judged in value.assessments:
        said += [judged.rationale.text or "", judged.basis.text or ""]
    return [*said, *(each.text or "" for each in value.extra)]
