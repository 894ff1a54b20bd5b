"""Which risk of two papers is which by its words alone, where no reference tells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from rapidfuzz import fuzz

from watchkeep.domain.document import Field, Risk
from watchkeep.domain.fields import fields_of

ALIKE: Final = 88.0  # of 100: names or descriptions that read this much alike are proposed as one risk
EXACTLY: Final = 100.0

Texts = tuple[str, str]  # the name and the description, their words sorted; empty where not recorded
Pair = tuple[str, str]  # the keys of two risks, the earlier paper's first


def likenesses(old: Risk, new: Risk) -> list[float]:
    """How alike the names are, and the descriptions, from 0 to 100, where both risks have them."""
    return _likenesses(_texts(old), _texts(new))


def alike(before: Sequence[Risk], after: Sequence[Risk]) -> Iterator[tuple[float, Pair]]:
    """Pairs that may be one risk, each risk in one at most, and how alike the two are.

    The most alike first, so that a near miss never takes what an exact match needs. Two different references
    make two risks, however alike; risks without either text are one where all that they say is the same.
    """
    old, new = ({risk.key: _texts(risk) for risk in risks} for risks in (before, after))
    named, named_later = (
        {each.key for each in risks if each.reference.recorded} for risks in (before, after)
    )
    free, open_ = dict.fromkeys(old), dict.fromkeys(new)  # in the papers' order

    def chosen(pairs: Iterable[Pair]) -> Iterator[tuple[float, Pair]]:
        allowed = (each for each in pairs if not (each[0] in named and each[1] in named_later))
        for score, pair in _in_order(allowed, old, new):
            if pair[0] in free and pair[1] in open_:
                del free[pair[0]], open_[pair[1]]
                yield score, pair

    # One text of theirs is the same: found without comparing every risk with every other.
    yield from chosen(_exact(before, after, old, new))
    yield from chosen(
        (first, second) for second in open_.copy() for first in free.copy() if _near(old[first], new[second])
    )


def elsewhere(
    paired: Iterable[tuple[Risk, Risk]], before: Iterable[Risk], after: Iterable[Risk]
) -> dict[str, str]:
    """Of risks paired by something else than words: those of which no text is the same, while one of them has
    the very name or description of another. By the later key, the risk that it is like.
    """
    old, new = _holders(before), _holders(after)
    found: dict[str, str] = {}
    for first, second in paired:
        was, now = _texts(first), _texts(second)
        if any(text and text == other for text, other in zip(was, now, strict=True)):
            continue
        like = [old.get((place, text)) for place, text in enumerate(now)]
        like += [new.get((place, text)) for place, text in enumerate(was)]
        if name := next(filter(None, like), None):
            found[second.key] = name
    return found


def _holders(risks: Iterable[Risk]) -> dict[tuple[int, str], str]:
    return {
        (place, text): risk.reference.text or risk.key
        for risk in risks
        for place, text in enumerate(_texts(risk))
        if text
    }


def _texts(risk: Risk) -> Texts:
    return _sorted(risk.name), _sorted(risk.description)


def _sorted(field: Field) -> str:
    return " ".join(sorted((field.text or "").casefold().split())) if field.recorded else ""


def _likenesses(old: Texts, new: Texts) -> list[float]:
    return [fuzz.ratio(*both) for both in zip(old, new, strict=True) if all(both)]


def _near(old: Texts, new: Texts) -> bool:
    return any(
        fuzz.ratio(*both, score_cutoff=ALIKE) >= ALIKE for both in zip(old, new, strict=True) if all(both)
    )


def _exact(
    before: Iterable[Risk], after: Iterable[Risk], old: Mapping[str, Texts], new: Mapping[str, Texts]
) -> set[Pair]:
    found: set[Pair] = set()
    for place in (0, 1):
        keys: dict[str, list[str]] = defaultdict(list)
        for key, texts in old.items():
            keys[texts[place]].append(key)
        found |= {(first, key) for key, texts in new.items() if texts[place] for first in keys[texts[place]]}
    bare = [each for each in before if not any(old[each.key])]
    return found | {
        (first.key, second.key)
        for second in after
        if not any(new[second.key])
        for first in bare
        if _said(first) == _said(second)
    }


def _said(risk: Risk) -> list[tuple[str, str, str | None]]:
    return [(path, field.state, field.text) for path, field in fields_of(risk)]


def _in_order(
    pairs: Iterable[Pair], old: Mapping[str, Texts], new: Mapping[str, Texts]
) -> Iterator[tuple[float, Pair]]:
    """The most alike first, by the text that is more alike, then by the other; where two are as alike, in the
    same order whichever paper is the earlier.
    """
    scored = [(_likenesses(old[pair[0]], new[pair[1]]) or [EXACTLY], pair) for pair in pairs]
    scored.sort(key=lambda each: (-max(each[0]), -min(each[0]), min(each[1]), max(each[1])))
    return ((max(scores), pair) for scores, pair in scored)
