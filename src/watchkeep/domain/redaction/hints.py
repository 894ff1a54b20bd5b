"""Traces of what is withheld that only a person can judge: its reference in a row of others, words of its
name side by side, a word that hardly stands anywhere else.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from watchkeep.domain.redaction.everyday import SMALL, everyday, is_english, names_in, stem
from watchkeep.domain.redaction.places import COVER, Place, words_of
from watchkeep.domain.redaction.reading import WHOLE_RISK
from watchkeep.domain.redaction.withheld import Withheld

NEAR: Final = 5  # words apart at most, to stand near one another
_OFTEN: Final = 2  # in more places than this, two words of a name are everybody's
_ROW: Final = frozenset({"and", "or", "to"})
_CALLED: Final = frozenset(
    "risk risks ref refs reference references no nos number numbers".split()
)  # what goes before a number that is a reference
# Posts and steps that many risks share.
_SHARED: Final = frozenset(
    {"category", "objective", "owner", "status", "treatment", "proximity", "velocity", "reference"}
    | {"whole_rule", "date_raised", "due_date", "review_date", "trends", "heard"}
)
_SHORT: Final = 4  # letters that a word has at least, to be looked for where it is no name
_LONG: Final = 5  # digits that tell one thing from all others


@dataclass(frozen=True, slots=True)
class Hint:
    """A place that may tell of something withheld, and by which words."""

    place: str
    words: str
    sentence: str


def hints(
    kept_back: Sequence[Withheld], told: Sequence[Place], already: Mapping[str, set[str]]
) -> Iterator[Hint]:
    """Every trace of what is kept back in what is `told`, and no word twice at one place: `already` are those
    found so far, by the label of the place.
    """
    seen: dict[str, set[str]] = defaultdict(set, {label: set(words) for label, words in already.items()})
    by_risk: dict[str, list[Withheld]] = defaultdict(list)
    for back in kept_back:
        by_risk[back.risk].append(back)
    scarce = _scarce_words(kept_back, told)
    for backs in by_risk.values():
        for ask in (_mentioned(backs, told), _side_by_side(backs, told), _scarce(backs, told, scarce)):
            for place, words, sentence in ask:
                if new := [each for each in words if each not in seen[place]]:
                    seen[place].update(words)
                    yield Hint(place, " ".join(words), sentence.format(words=_quoted(new)))


_Found = tuple[str, Sequence[str], str]  # the label of the place, the words, a sentence with {words} in it


def _called(backs: Sequence[Withheld]) -> tuple[str, bool]:
    """What of a risk is withheld, in a sentence; and whether all of it is."""
    whole = any(each.path == WHOLE_RISK for each in backs)
    title = backs[0].title.replace("{", "(").replace("}", ")")
    return (f"the risk that is withheld, {title}" if whole else f"what is withheld of {title}"), whole


def _quoted(words: Iterable[str]) -> str:
    return ", ".join(f"“{each}”" for each in words)


def _mentioned(backs: Sequence[Withheld], told: Iterable[Place]) -> Iterator[_Found]:
    """Where the reference of a risk stands whose name is withheld: in a row (“R4, 5 and 16”), with noughts
    before it, or beside words that may say what it is called.
    """
    of, whole = _called(backs)
    texts = [text for back in backs for path, text in back.words if path == "reference"]
    if not whole and not any(each.path in ("name", "reference") for each in backs):
        return
    for text in dict.fromkeys([*texts, backs[0].risk]):
        words = words_of(text)
        reference = re.fullmatch(r"([^\W\d]*)0*(\d+)", "".join(words[-2:]))
        if reference is None:
            continue
        for place in told:
            if place.risk != backs[0].risk and _in_a_row(place.words, *reference.groups()):
                tail = "Take it out, or say why it may stand."
                yield (
                    place.label,
                    (reference.group(2),),
                    f"{_plain(place.label)} may mention {of} ({{words}}). {tail}",
                )


def _in_a_row(words: Sequence[str], prefix: str, number: str) -> bool:
    """Whether the number stands after its prefix, or after others of the same prefix."""
    before = {prefix} if prefix else _CALLED
    own = re.compile(rf"{re.escape(prefix)}0*(\d+)")
    for at, word in enumerate(words):
        alone = word.isdecimal() and word.lstrip("0") == number
        written = own.fullmatch(word) if prefix else None
        if written and written.group(1) == number:
            return True
        back = at - 1
        while alone and back >= 0:
            if words[back] in before or (prefix and own.fullmatch(words[back])):
                return True
            if not words[back].isdecimal() and words[back] not in _ROW:
                break
            back -= 1
    return False


def _side_by_side(backs: Sequence[Withheld], told: Sequence[Place]) -> Iterator[_Found]:
    """Where two words of a withheld name stand near one another, in whatever order, and few places do so."""
    of, _ = _called(backs)
    names = [text for back in backs for path, text in back.words if path == "name"]
    met: dict[str, dict[str, None]] = defaultdict(dict)
    for name in names:
        telling = dict.fromkeys(
            stem(each)
            for each in words_of(name)
            if len(each) > 2 and each.isalpha() and not everyday(each, SMALL)
        )
        for one, other in combinations(telling, 2):
            places = [each for each in told if each.path != COVER and _near(each.words, one, other)]
            if len({(each.risk, each.path) for each in places}) <= _OFTEN:
                for place in places:
                    met[place.label] |= dict.fromkeys((one, other))
    for label, words in met.items():
        tail = "Take them out, or say why they may stand."
        yield label, tuple(words), f"{_plain(label)} has words of the name of {of}: {{words}}. {tail}"


def _near(words: Sequence[str], one: str, other: str) -> bool:
    stems = [stem(each) for each in words]
    if one not in stems or other not in stems:
        return False
    first = [at for at, each in enumerate(stems) if each == one]
    return any(abs(at - each) <= NEAR for at, word in enumerate(stems) if word == other for each in first)


def _scarce_words(kept_back: Iterable[Withheld], told: Sequence[Place]) -> frozenset[str]:
    """Words of what is withheld that stand in at most one place of the register that is left, and are no
    words of every day: names and long numbers, and whatever is uncommon in English.
    """
    gone = [text for back in kept_back for path, text in back.words if _tells(path)]
    stand: dict[str, set[tuple[str, str]]] = defaultdict(set)
    public: set[str] = set()
    for place in told:
        words = set(map(stem, place.words))
        if place.path == COVER:
            public |= words
        elif place.risk:
            for word in words:
                stand[word].add((place.risk, place.path))
    names = names_in([*gone, *(place.text for place in told)])
    lists = is_english({word for place in told for word in place.words})
    return frozenset(
        stem(word)
        for text in gone
        for word in words_of(text)
        if stem(word) not in public and len(stand[stem(word)]) < 2 and _uncommon(word, names, lists=lists)
    )


def _tells(path: str) -> bool:
    return path.partition(":")[0] not in _SHARED and not path.endswith(":owner")


def _uncommon(word: str, names: set[str], *, lists: bool) -> bool:
    if word in names:
        return True
    if word.isdecimal():
        return len(word) >= _LONG
    if not word.isalpha():
        return len(word) >= _SHORT and word.isalnum()
    return lists and len(word) >= _SHORT and not everyday(word)


def _scarce(backs: Sequence[Withheld], told: Iterable[Place], scarce: frozenset[str]) -> Iterator[_Found]:
    of, _ = _called(backs)
    gone = {
        stem(word) for back in backs for path, text in back.words if _tells(path) for word in words_of(text)
    } & scarce
    for place in told:
        if words := tuple(dict.fromkeys(stem(each) for each in place.words if stem(each) in gone)):
            tail = "See that they do not tell of it, or say why they may stand."
            yield place.label, words, f"{_plain(place.label)} has rare words of {of}: {{words}}. {tail}"


def _plain(label: str) -> str:
    """A label that can stand in a sentence to be filled in."""
    return label.replace("{", "(").replace("}", ")")
