"""What is new, in one sentence that anybody can check by counting."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from watchkeep.domain.fields import DATES
from watchkeep.domain.finding import counted, in_words, listed
from watchkeep.domain.since.judged import DONE, by_manner
from watchkeep.domain.since.values import Footing, Moved, Rescored, Since, Told
from watchkeep.domain.wording import as_read

_PARTICULARS = frozenset((*DATES, "owner", "reference", "category", "status"))  # fields that are no wording
# What became of the basis of sentences: of one, and of several.
FOOTINGS: Final[dict[Footing, tuple[str, str]]] = {
    "bound": ("rests on something that it did not rest on", "rest on something that they did not rest on"),
    "rebound": ("rests on something else", "rest on something else"),
    "unbound": ("rests on nothing any more", "rest on nothing any more"),
    "shaken": ("must be looked at again", "must be looked at again"),
}


def say(since: Since) -> str:
    """The sentence at the top of the sheet: risks and ratings, then promises, then words."""
    head = f"Since {since.earlier}"
    if since.nothing:
        return f"{head}, nothing has changed: the two papers say the same."
    told = (_risks(since), _promises(since), _measured(since), _texts(since), _footings(since))
    return f"{head}: {'; '.join(each for each in told if each)}."


def _risks(since: Since) -> str:
    ways = [each.way for each in since.moved]
    told = [
        (len(since.new), "is new", "are new"),
        (len(since.gone), "is gone", "are gone"),
        (ways.count("higher"), "is rated higher", "are rated higher"),
        (ways.count("lower"), "is rated lower", "are rated lower"),
        (ways.count("restated"), "is rated on other terms", "are rated on other terms"),
    ]
    return _series(told, "risk")


def _promises(since: Since) -> str:
    told = [
        (len(since.kept), "was kept", "were kept"),
        (len(since.slipped), "slipped", "slipped"),
        (len(since.dropped), "was dropped", "were dropped"),
        (len(since.newly_late), "is newly late", "are newly late"),
    ]
    return _series(told, "promise", late=sum(each.after_its_day for each in since.kept))


def _measured(since: Since) -> str:
    count = len(since.measured)
    verb = "says" if count == 1 else "say"
    return f"{counted(count, 'indicator')} {verb} something else" if count else ""


def _footings(since: Since) -> str:
    """Sentences by what became of their basis, and risks of which others may read now."""
    ways = [each.way for each in since.restated]
    told = _series(((ways.count(way), *said) for way, said in FOOTINGS.items()), "sentence")
    count = len({each.key for each in since.ruled})
    rules = f"who may read what of {counted(count, 'risk')} is ruled otherwise" if count else ""
    return "; ".join(each for each in (told, rules) if each)


def _texts(since: Since) -> str:
    """Words and scores of risks that no clause before has told of."""
    told: list[str] = []
    moved = {each.key for each in since.moved}
    judged = by_manner(besides_moves(since))
    rescored = judged["otherwise"] - moved
    reworded = {each.key for each in since.reworded if each.field not in _PARTICULARS}
    others = {each.key for each in since.reworded} - reworded
    lost = {each.key for each in since.retold if each.after == "not recorded"}
    retold = {each.key for each in since.retold} - lost
    if rescored:
        told.append(f"{_of_risks(len(rescored))} scored otherwise within the same rating")
    told += [
        f"{counted(len(judged[manner]), 'risk')} {one if len(judged[manner]) == 1 else many}"
        for manner, (one, many) in DONE.items()
        if judged[manner]
    ]
    if reworded:
        told.append(f"the words of {counted(len(reworded), 'risk')} changed")
    elif others:
        told.append(f"dates or owners of {counted(len(others), 'risk')} are others")
    if retold:
        told.append(f"{_of_risks(len(retold))} given another trend for a quarter that was told before")
    if lost:
        told.append(f"trends of {counted(len(lost), 'risk')} are no longer told")
    if since.cover:
        told.append(f"the paper tells its {listed(each.what.lower() for each in since.cover)} otherwise")
    return listed(told) if told else ""


def _of_risks(count: int) -> str:
    return f"{counted(count, 'risk')} {'is' if count == 1 else 'are'}"


def _series(told: Iterable[tuple[int, str, str]], noun: str, *, late: int = 0) -> str:
    """`one risk is new, two are gone and one is rated higher`: the noun stands once.

    Of what the first clause counts, `late` is said beside it.
    """
    present = [each for each in told if each[0]]
    if not present:
        return ""
    said = []
    for place, (count, one, many) in enumerate(present):
        subject = in_words(count) if place else counted(count, noun)
        said.append(f"{subject} {one if count == 1 else many}")
    if late:
        said[0] = with_late(said[0], present[0][0], late, alone=len(said) == 1)
    return listed(said)


def with_late(said: str, count: int, late: int, *, alone: bool) -> str:
    """`13 promises were kept, two of them late`; in brackets where other counts follow."""
    if late == count:
        return (
            f"{said} late" if count == 1 else f"{said}, all of them late" if alone else f"{said} (all late)"
        )
    many = f"{in_words(late)} of them late"
    return f"{said}, {many}" if alone else f"{said} ({many})"


def called(told: Told) -> str:
    """A risk by its reference and its name; a paper's own key for a row without one is no name."""
    return told.title if told.key in ("", told.title) or " " in told.key else f"{told.key} {told.title}"


def besides_moves(since: Since) -> tuple[Rescored, ...]:
    """The ratings and scores that are not already told as where a risk stands."""
    moved = {each.key: each for each in since.moved}
    return tuple(each for each in since.rescored if not _is_told_by(moved.get(each.key), each))


def _is_told_by(moved: Moved | None, each: Rescored) -> bool:
    if moved is None or not each.what.casefold().endswith(("rating", "score")):
        return False
    return as_read(each.before) in _pieces(moved.before) and as_read(each.after) in _pieces(moved.after)


def _pieces(stands: str) -> tuple[str, ...]:
    """`High (12)` tells of High and of 12."""
    rating, _, score = stands.removesuffix(")").rpartition(" (")
    return (stands, rating, score)
