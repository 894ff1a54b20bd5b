"""Indicators of which two papers say something else: another verdict, or another answer to their target."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from watchkeep.domain.document import Indicator, RegisterDocument, Risk
from watchkeep.domain.indicator.telling import ground_of, word_of
from watchkeep.domain.since.values import Rescored
from watchkeep.domain.since.why import title_of
from watchkeep.domain.wording import as_read

NOT_TOLD = "not told"


def measured(
    earlier: RegisterDocument,
    later: RegisterDocument,
    pairs: Iterable[tuple[Risk, Risk]],
    new: Iterable[Risk],
) -> Iterator[Rescored]:
    """Each indicator once, under the first risk that tells of it. A paper that tells of none at all is no
    witness: where one of the two is such, nothing is told.
    """
    before, after = (_by_key(paper.risks) for paper in (earlier, later))
    if not before or not after:
        return
    both = tuple(pairs)
    seen: set[str] = set()
    for risk in (*(risk for _, risk in both), *new):
        for each in risk.indicators:
            then = before.get(each.key)
            if each.key not in seen and (then is None or _stands(then) != _stands(each)):
                yield _news(risk, each, _stands(then) if then else NOT_TOLD, _stands(each), ground_of(each))
            seen.add(each.key)
    for old, risk in both:
        for each in old.indicators:
            if each.key not in after and each.key not in seen:
                seen.add(each.key)
                yield _news(risk, each, _stands(each), NOT_TOLD, "")


def _by_key(risks: Iterable[Risk]) -> dict[str, Indicator]:
    return {each.key: each for risk in risks for each in risk.indicators}


def _stands(each: Indicator) -> str:
    """Its verdict, and whether its target can be met, where that is said."""
    return f"{word_of(each)}; target: {each.capability}" if each.capability else word_of(each)


def _news(risk: Risk, each: Indicator, before: str, after: str, reason: str) -> Rescored:
    what = as_read(f"{each.key} {each.name}")
    return Rescored(key=risk.key, title=title_of(risk), reason=reason, what=what, before=before, after=after)
