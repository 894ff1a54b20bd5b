"""Words of what is withheld that still stand in what is left: cross-references, copies, names.

What is certain stops a paper; what only may be so is put to a person. It cannot know a thing that is told in
other words.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from watchkeep.domain.document import RegisterDocument
from watchkeep.domain.redaction.hints import hints
from watchkeep.domain.redaction.places import Place, as_place, words_of
from watchkeep.domain.redaction.places import places as places_of
from watchkeep.domain.redaction.reading import WHOLE_RISK
from watchkeep.domain.redaction.withheld import Withheld

RUN: Final = 6  # so many words in a row, of a longer text, are a part of it
# What many risks say alike: such a word tells nothing of the risk that is withheld.
SHARED: Final = frozenset(
    {"category", "objective", "owner", "status", "treatment", "proximity", "velocity", "confidence"}
    | {"whole_rule", "date_raised", "due_date", "review_date", "trends", "assessments", "statements", "heard"}
)
_RANKS: Final = frozenset(
    "mr mrs ms miss mx dr sir dame pc psi ps pi sgt sergeant insp inspector dci di ds dc ci cs supt "
    "superintendent chief constable officer".split()
)


@dataclass(frozen=True, slots=True)
class Residue:
    """Where in what is left something stands that ought not to: `certain` where nobody can doubt it."""

    place: str
    words: str
    sentence: str
    certain: bool = True


@dataclass(frozen=True, slots=True)
class _Needle:
    words: tuple[str, ...]
    what: str  # what they are of, in a sentence
    certain: bool
    path: str = ""  # where they stood; the same words as another risk's own there are a matter of doubt
    only: str = ""  # the risk in which alone they are looked for


def residue(
    left: RegisterDocument,
    kept_back: Iterable[Withheld],
    *,
    beside: Iterable[tuple[str, str]] = (),
    names: Iterable[str] = (),
) -> tuple[Residue, ...]:
    """What stands in `left`, or `beside` it (place and text: a title, a front sheet), of what is kept back;
    and every name of a person among `names`.
    """
    kept_back = tuple(kept_back)
    places = [*places_of(left), *(as_place(label, text) for label, text in beside)]
    index = _index(places)
    keys = {risk.key for risk in left.risks}
    found: dict[tuple[str, str], Residue] = {}
    for needle in [each for back in kept_back for each in _needles(back)]:
        met = [places[number] for number in _where(needle.words, places, index)]
        # Beside the register the words may be the other risk's own again: told of in a sheet of what is new.
        own = any(_own_words(needle, place) for place in met)
        for place in met:
            if needle.only in keys and place.risk != needle.only:
                continue
            told_of = own and not place.risk
            certain = needle.certain and not told_of and not _own_words(needle, place)
            found.setdefault((place.label, needle.what), _told(needle, place, certain))
    for each in _emptied(kept_back):
        found.setdefault((each.place, each.words), each)
    for each in _named(places, index, names):
        found.setdefault((each.place, each.words), each)
    words: dict[str, set[str]] = defaultdict(set)
    for each in found.values():
        words[each.place].update(words_of(each.words))
    for hint in hints(kept_back, places, words):
        told = Residue(hint.place, hint.words, hint.sentence, certain=False)
        found.setdefault((hint.place, hint.words), told)
    return tuple(sorted(found.values(), key=lambda each: not each.certain))


_Index = dict[str, list[tuple[int, int]]]


def _index(places: Sequence[Place]) -> _Index:
    """Where each word stands: the number of the place, and of the word in it."""
    found: _Index = defaultdict(list)
    for number, place in enumerate(places):
        for at, word in enumerate(place.words):
            found[word].append((number, at))
    return found


def _where(wanted: tuple[str, ...], places: Sequence[Place], index: _Index) -> dict[int, None]:
    """The places in which the wanted words stand in a row, in order."""
    rarest = min(range(len(wanted)), key=lambda at: len(index.get(wanted[at], ())))
    starts = ((number, at - rarest) for number, at in index.get(wanted[rarest], ()) if at >= rarest)
    return dict.fromkeys(
        number for number, at in starts if places[number].words[at : at + len(wanted)] == wanted
    )


def _told(needle: _Needle, place: Place, certain: bool) -> Residue:
    words = " ".join(needle.words)
    tail = "Take the words out of it, or mark it too." if certain else "Mark it too, or say why it may stand."
    return Residue(place.label, words, f"{place.label} holds {needle.what} (“{words}”). {tail}", certain)


def _own_words(needle: _Needle, place: Place) -> bool:
    """The same field of another risk that says the same may be that risk's own, and is for a person."""
    return bool(needle.path) and place.path.partition(":")[0] == needle.path.partition(":")[0]


def _needles(back: Withheld) -> Iterator[_Needle]:
    """What is looked for of one thing that is kept back."""
    whole = back.path == WHOLE_RISK
    for path, text in back.words:
        words, first = words_of(text), path.partition(":")[0]
        if not words:
            continue
        if path == "reference":
            yield from _reference(words, "the reference of a risk that is withheld" if whole else _what(back))
        elif path == "name":
            of = "the name of a risk that is withheld" if whole else _what(back)
            yield _Needle(words, of, certain=len(words) > 1)
        elif first in SHARED or path.endswith(":owner"):
            if not whole:
                yield _Needle(words, _what(back), certain=False, only=back.risk)
        else:
            yield from _passages(words, back, path, whole=whole)


def _emptied(kept_back: Sequence[Withheld]) -> Iterator[Residue]:
    """Rules of a field in which nothing stands now: its words may have gone elsewhere."""
    gone = {back.risk for back in kept_back if back.path == WHOLE_RISK}
    for back in kept_back:
        if not back.empty or back.risk in gone or back.path == "statements":
            continue
        sentence = (
            f"{back.title}: {back.label[:1].lower()}{back.label[1:]} is withheld, and it is empty now. "
            "See whether its words stand elsewhere and mark them there, or say why it may stay so."
        )
        yield Residue(f"{back.title}: {back.label}", "", sentence, certain=False)


def _passages(words: tuple[str, ...], back: Withheld, path: str, *, whole: bool) -> Iterator[_Needle]:
    what = f"words of a risk that is withheld, {back.risk}" if whole else _what(back)
    if len(words) >= RUN:
        for start in range(len(words) - RUN + 1):
            yield _Needle(words[start : start + RUN], what, certain=True, path=path)
    elif (
        len(words) > 2 or not whole or not path.startswith("extra")
    ):  # a column's short words are many risks'
        yield _Needle(words, what, certain=len(words) > 2, path=path)


def _what(back: Withheld) -> str:
    return f"words that are withheld: {back.title}, {back.label[:1].lower()}{back.label[1:]}"


def _reference(words: tuple[str, ...], what: str) -> Iterator[_Needle]:
    """A bare number is looked for only where it is called a risk."""
    if all(each.isdecimal() for each in words):
        for before in ("risk", "ref", "reference", "no", "number"):
            yield _Needle((before, *words), what, certain=True)
        return
    yield _Needle(words, what, certain=True)
    if len(words) > 1:
        yield _Needle(("".join(words),), what, certain=True)
    elif split := re.fullmatch(r"([a-z]+)(\d+)", words[0]):
        yield _Needle(split.groups(), what, certain=True)


def _named(places: Sequence[Place], index: _Index, names: Iterable[str]) -> Iterator[Residue]:
    for name, words in {name: words_of(name) for name in names if words_of(name)}.items():
        met = {number for form in _forms(words) for number in _where(form, places, index)}
        met |= {number for number, at in index.get(words[-1], []) if _ranked(places[number].words, at)}
        for label in dict.fromkeys(places[number].label for number in sorted(met)):
            sentence = f"{label} may name a person, {name}. Say the post, or say why the name may stand."
            yield Residue(label, name, sentence, certain=False)


def _forms(name: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Ways to write a name of two words or more: as it is, family name first, with an initial."""
    if len(name) > 1:
        yield name
        yield (name[-1], *name[:-1])
        yield (name[0][0], name[-1])


def _ranked(words: tuple[str, ...], at: int) -> bool:
    """Whether the word there follows a rank or a title."""
    return at > 0 and words[at - 1] in _RANKS
