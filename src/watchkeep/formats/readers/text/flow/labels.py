"""Which column a clean block belongs to, and how wide each column is.

The blocks are read as a walk over the columns: left to right within a row, back to the left for the next.
What a column usually holds (bullets, short titles, lines of a certain width) is learned from the walk
itself in a few rounds.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from watchkeep.formats.readers.text.flow.events import Block, Stream, ValueRow
from watchkeep.formats.readers.text.lines import Fragment
from watchkeep.formats.readers.text.measure import Face, Measured, faces, first_word, measure
from watchkeep.formats.readers.text.wording import (
    bulleted,
    finished,
    join_cost,
    marker,
    opens_item,
    starts_small,
)

TITLES = frozenset({"name", "owner", "category", "objective"})
LISTS = frozenset({"controls", "actions", "contingency"})
SPEAKS_OF_EFFECT = (
    "impact",
    "result",
    "reduc",
    "loss",
    "damage",
    "unable",
    "harm",
    "failure to deliver",
    "lead to",
    "reputation",
)
SPEAKS_OF_RISK = (
    "risk that",
    "risk of",
    "due to",
    "there is a",
    "lack of",
    "if ",
    "increase in",
    "following",
    "failure of",
)
POST = re.compile(
    r"\b(?:director|officer|chief|head of|manager|executive|superintendent|commander|treasurer|secretary|"
    r"solicitor|councillor|cllr|lead|dean|principal|registrar|governor|matron|chair|deputy|assistant)\b",
    re.IGNORECASE,
)
ROUNDS = 4


@dataclass(slots=True)
class Column:
    """What is known of one prose column: lines of `wide` fit in it (none until learned), lines over `limit`
    do not.
    """

    index: int
    meaning: str
    heading: str
    wide: float | None = None
    limit: float = 0.0
    slack: float = 0.03
    bullets: float = 0.0  # share of its blocks that are lists


@dataclass(slots=True)
class Labelled:
    """What the clean blocks taught: the columns, the column of each clean block by event index, the face it
    is set in.
    """

    columns: list[Column]
    found: dict[int, int]
    face: Face


def clean(texts: Sequence[Fragment], face: Face) -> bool:
    """Whether the lines of a block read on from one to the next as one cell does."""
    pairs = [(a.text, b.text) for a, b in itertools.pairwise(texts)]
    if max((join_cost(a, b) for a, b in pairs), default=0.0) >= 2.0:
        return False
    if any(" - " in each.text and not bulleted(each.text) for each in texts) and _bullet_inside(texts):
        return False
    full = widest(texts, face)
    if len(texts) > 1 and not any(bulleted(each.text) for each in texts):
        early = [
            a
            for a, b in pairs
            if not opens_item(b) and not finished(a) and face.width(f"{a} {first_word(b)}") < 0.9 * full
        ]
        if len(early) >= 2:
            return False
    ranks = [mark for mark in (marker(each.text) for each in texts) if mark]
    if len(ranks) != len(set(ranks)):
        return False
    return not (marker(texts[0].text) is None and not bulleted(texts[0].text) and _first_mark_later(texts))


def _first_mark_later(texts: Sequence[Fragment]) -> bool:
    return any(marker(each.text) in ("i", "a", "1") for each in texts[1:])


def _bullet_inside(texts: Sequence[Fragment]) -> bool:
    """A bullet after other text on one line of a block that is otherwise a paragraph."""
    return not bulleted(texts[0].text) and any(bulleted(each.text) for each in texts)


def widest(texts: Sequence[Fragment], face: Face) -> float:
    """The width of the fullest line."""
    return max(face.width(each.text) for each in texts)


def label(stream: Stream) -> Labelled:
    """Read the clean blocks, in the face in which their line breaks make most sense."""
    tried: list[tuple[float, Labelled]] = []
    for face in faces():
        columns = [Column(index, each.meaning, each.text) for index, each in enumerate(stream.prose)]
        found: dict[int, int] = {}
        tidy = _clean_blocks(stream, face)
        for _ in range(ROUNDS):
            before, found = found, _walk(stream, tidy, columns, face)
            if found == before:
                break  # another round would learn the same again
            _learn(stream, columns, found, face)
        blur = sum(column.slack for column in columns)
        tried.append((blur, Labelled(columns, found, face)))
    sharpest = min(blur for blur, _ in tried)
    # The commonest face is given the benefit of the doubt.
    return next(labelled for blur, labelled in tried if blur <= 1.2 * sharpest)


def _clean_blocks(stream: Stream, face: Face) -> dict[int, list[Fragment]]:
    """The texts of each block that reads on as one cell does, by event index."""
    texts = {index: event.texts for index, event in enumerate(stream.events) if isinstance(event, Block)}
    return {index: each for index, each in texts.items() if each and clean(each, face)}


def _walk(
    stream: Stream, tidy: Mapping[int, list[Fragment]], columns: list[Column], face: Face
) -> dict[int, int]:
    """The cheapest walk over the columns (Viterbi); a reference, a value row or a mixed block starts it
    afresh.
    """
    best: list[tuple[float, list[tuple[int, int]]]] | None = None
    labels: dict[int, int] = {}
    total = len(columns)

    def settle() -> None:
        nonlocal best
        if best:
            labels.update(min(best, key=lambda each: each[0])[1])
        best = None

    fresh = True
    for index, event in enumerate(stream.events):
        texts = tidy.get(index)
        if isinstance(event, ValueRow) or texts is None:
            settle()
            fresh = True
            continue
        if event.references and not fresh:
            settle()
            fresh = True
        after_reference = bool(event.references) or _ends_in_references(stream, index - 1)
        costs = [_emission(texts, column, face, named=bool(event.references)) for column in columns]
        if best is None:
            best = [
                (costs[c] + (0.25 * c if after_reference else 0.05 * c), [(index, c)]) for c in range(total)
            ]
        else:
            best = _next_steps(best, costs, index)
        fresh = False
    settle()
    return labels


def _ends_in_references(stream: Stream, index: int) -> bool:
    """Whether the event at that place, if there is one, is a block with a reference."""
    before = stream.events[index] if index >= 0 else None
    return isinstance(before, Block) and bool(before.references)


def _next_steps(
    best: list[tuple[float, list[tuple[int, int]]]], costs: Sequence[float], index: int
) -> list[tuple[float, list[tuple[int, int]]]]:
    """For each column the cheapest way to come to it, with what its text there costs."""
    step: list[tuple[float, list[tuple[int, int]]]] = []
    for column, own in enumerate(costs):
        cost, trail = min(
            ((before[0] + _step(place, column), before[1]) for place, before in enumerate(best)),
            key=lambda each: each[0],
        )
        step.append((cost + own, [*trail, (index, column)]))
    return step


def _step(before: int, after: int) -> float:
    if after == before + 1:
        return 0.0
    if after > before:
        return 0.7 * (after - before - 1)
    return 0.8 if after == before else 0.7


def _emission(texts: Sequence[Fragment], column: Column, face: Face, *, named: bool) -> float:
    """What speaks against these lines being a cell of that column."""
    joined = " ".join(each.text for each in texts)
    lists = sum(bulleted(each.text) for each in texts) > 0
    full = widest(texts, face)
    cost = 0.0
    title = column.meaning in TITLES
    if len(joined) < 60 and not finished(joined) and POST.search(joined):
        cost += -0.5 if column.meaning == "owner" else 1.5 if column.meaning == "name" else 0.5
    if title:
        cost += 3.0 * (len(joined) > 90) + 2.0 * finished(joined) + 5.0 * lists + 2.0 * (len(texts) > 4)
        cost += 2.0 * starts_small(joined)
    elif not lists and len(joined) <= 45 and not finished(joined):
        cost += 2.5 if named else 1.5
    if named and column.meaning != "name":
        cost += 0.5
    share = column.bullets if column.wide else (0.8 if column.meaning in LISTS else 0.1)
    if lists:
        cost += 3.0 * (1 - share) * (0.5 if column.meaning in LISTS else 1.0)
    elif not title:
        cost += 1.5 * share
    if column.wide:
        cost += min(4.0, max(0.0, full / column.limit - 1.0 - column.slack) * 40)
        if not title:
            cost += min(4.0, 1.5 * _broken_early(texts, column, face))
    lower = joined.casefold()
    if column.meaning.startswith("impact"):
        cost -= 0.3 * any(each in lower[:80] for each in SPEAKS_OF_EFFECT)
    elif column.meaning in ("description", "cause", "event"):
        cost -= 0.3 * any(each in lower[:60] for each in SPEAKS_OF_RISK)
    return cost


def _broken_early(texts: Sequence[Fragment], column: Column, face: Face) -> int:
    """How many lines end though the next word would have fitted in that column."""
    room = (column.wide or 0.0) * (1 - column.slack)
    return sum(
        not opens_item(after.text)
        and not finished(before.text)
        and face.width(f"{before.text} {first_word(after.text)}") < room
        for before, after in itertools.pairwise(texts)
    )


def _learn(stream: Stream, columns: list[Column], labels: dict[int, int], face: Face) -> None:
    for column in columns:
        mine = [
            [each.text for each in event.texts]
            for index, event in enumerate(stream.events)
            if isinstance(event, Block) and labels.get(index) == column.index
        ]
        wrapped = [lines for lines in mine if len(lines) > 1]
        learned = _measured(column, mine if column.meaning in TITLES else wrapped or mine, face)
        column.wide = learned.wide if learned else None
        column.limit, column.slack = (learned.limit, learned.slack) if learned else (0.0, 0.05)
        column.bullets = sum(any(map(bulleted, lines)) for lines in mine) / len(mine) if mine else 0.0


def _measured(column: Column, mine: list[list[str]], face: Face) -> Measured | None:
    """The width of a column; a title may be as wide as the widest."""
    if not mine:
        return None
    if column.meaning in TITLES:
        wide = max(face.width(line) for lines in mine for line in lines)
        return Measured(wide, 1.05 * wide, 0.05)
    return measure(face, mine)
