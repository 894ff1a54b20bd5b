"""What is new since the last paper, as a sentence and as tables that any paper can set."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import groupby

from watchkeep.domain.document import RegisterDocument, Scale
from watchkeep.domain.edition import Edition
from watchkeep.domain.finding import counted, in_words, listed, written
from watchkeep.domain.since import (
    DONE,
    FOOTINGS,
    Moved,
    News,
    Rescored,
    Restated,
    Reworded,
    Since,
    Told,
    besides_moves,
    by_manner,
    called,
    say,
    with_late,
)
from watchkeep.formats.writers.paper.cells import step_of
from watchkeep.formats.writers.paper.promises import NOBODY
from watchkeep.formats.writers.paper.values import Cell, Listing, SinceSheet, capital, plain

WAYS = {"higher": "▲ higher", "lower": "▼ lower", "restated": "◆ on other terms"}
KEPT = {False: "● kept", True: "◕ kept late"}
FOOTING = {
    "bound": "● bound",
    "rebound": "◆ on something else",
    "unbound": "○ unbound",
    "shaken": "▲ look again",
}
TITLE = "Since the last paper"
FIRST = "Recorded for the first time"
SHORT = 120  # signs; a longer text is told on a row of its own
LISTED = ("controls", "actions", "promises")  # fields of several lines
NO_REASON = "no reason recorded"
_BLANK = Cell("text", "")

Counted = tuple[int, str, str]  # how many, what one does, what several do


def since_of(document: RegisterDocument, edition: Edition | None) -> SinceSheet | None:
    """The sheet, where the edition was frozen with what is new."""
    since = edition.matter.since if edition else None
    if not since:
        return None
    made = sheet_of(since, document.scale)
    return replace(made, listings=tuple(map(_without_whys, made.listings))) if _no_whys(edition) else made


def _no_whys(edition: Edition | None) -> bool:
    """Whether these readers have no reasons: then none is missing, and no paper may say that one is."""
    return edition is not None and edition.audience == "public"


def _without_whys(told: Listing) -> Listing:
    """The table without its column of reasons; a reason that is told stays, beside blanks."""
    if not told.head[-1].startswith("Why"):
        return told
    if all(row[-1].kind == "absent" or row[-1] == _BLANK for row in told.rows):
        rows = tuple(row[:-1] for row in told.rows)
        return replace(told, head=told.head[:-1], rows=rows, shares=told.shares[:-1])
    rows = tuple((*row[:-1], _BLANK) if row[-1].kind == "absent" else row for row in told.rows)
    return replace(told, rows=rows)


def sheet_of(since: Since, scale: Scale) -> SinceSheet:
    """What is new between two papers; ratings are tinted by the later one's scale."""
    made = (
        _told(since),
        _stands(since, scale),
        _promises(since),
        _measured(since.measured),
        _reworded(since.reworded),
        _restated(since.restated),
        _ruled(since.ruled),
    )
    return SinceSheet(TITLE, say(since), tuple(each for each in made if each.rows))


def _title(noun: str, counts: Iterable[Counted], *, late: int = 0) -> str:
    """`One risk is new and two are gone`: the noun stands once. `late` is of what the first counts."""
    said: list[str] = []
    present = [each for each in counts if each[0]]
    for number, one, many in present:
        who = in_words(number) if said else counted(number, noun)
        said.append(f"{who} {one if number == 1 else many}")
    if late:
        said[0] = with_late(said[0], present[0][0], late, alone=len(said) == 1)
    return capital(listed(said))


def _told(since: Since) -> Listing:
    """Risks that came, risks that went, and those whose match is doubtful."""
    rows = [("+ new", each) for each in since.new]
    rows += [("− gone", each) for each in since.gone]
    rows += [("? match not certain", each) for each in since.unsure]
    counts = (
        (len(since.new), "is new", "are new"),
        (len(since.gone), "is gone", "are gone"),
        (len(since.unsure), "was not matched for certain", "were not matched for certain"),
    )
    return Listing(
        "told",
        _title("risk", counts),
        ("Risk", "What", "Why"),
        tuple((_risk(each), Cell("label", what), _why(each.reason)) for what, each in rows),
        (8, 3, 13),
    )


def _stands(since: Since, scale: Scale) -> Listing:
    """Where risks stand, how they were judged, and what the paper tells of itself."""
    judged, told = besides_moves(since), (*since.retold, *since.cover)
    manners = by_manner(judged)
    rows: list[tuple[Moved | Rescored, str, str]] = [
        (each, WAYS[each.way], each.reason or _reason(each, since.rescored)) for each in since.moved
    ]
    rows += [(each, capital(each.what), each.reason) for each in (*judged, *told)]
    counts = (
        (len(since.moved), "stands elsewhere", "stand elsewhere"),
        (len(manners["otherwise"]), "is judged otherwise", "are judged otherwise"),
        *((len(manners[manner]), *words) for manner, words in DONE.items()),
        (len({each.key for each in since.retold}), "has another trend told", "have another trend told"),
    )
    return Listing(
        "moved",
        _title("risk", counts) or "The paper tells of itself otherwise",
        ("Risk", "What", "Was", "Is", "Why"),
        tuple(
            (
                _risk(each),
                Cell("label", what),
                _rating(each.before, scale),
                _rating(each.after, scale),
                _why(reason),
            )
            for each, what, reason in rows
        ),
        (7, 4, 4, 4, 7),
    )


def _reason(moved: Moved, rescored: Iterable[Rescored]) -> str:
    """Why the judgement that made the move is another."""
    return next((each.reason for each in rescored if each.key == moved.key and each.reason), "")


def _promises(since: Since) -> Listing:
    rows: list[tuple[str, News, str]] = [
        *(
            (KEPT[each.after_its_day], each, _days("done", each.settled_on, "due", each.due))
            for each in since.kept
        ),
        *(("◐ slipped", each, _days("now due", each.due, "was due", each.was_due)) for each in since.slipped),
        *(("▲ newly late", each, _days("was due", each.due)) for each in since.newly_late),
        *(("× dropped", each, _days("was due", each.due)) for each in since.dropped),
    ]
    counts = (
        (len(since.kept), "was kept", "were kept"),
        (len(since.slipped), "slipped", "slipped"),
        (len(since.newly_late), "is newly late", "are newly late"),
        (len(since.dropped), "was dropped", "were dropped"),
    )
    return Listing(
        "news",
        _title("promise", counts, late=sum(each.after_its_day for each in since.kept)),
        ("Risk", "What", "Promise", "Owner", "When", "Why, or what came of it"),
        tuple(
            (
                _risk(each),
                Cell("label", what),
                plain(each.promise),
                plain(each.owner) if each.owner else Cell("absent", NOBODY),
                plain(days),
                _why(each.reason),
            )
            for what, each, days in rows
        ),
        (6, 3, 6, 4, 4, 5),
    )


def _days(*said: str | date | None) -> str:
    """Pairs of a word and a day, those that are known."""
    pairs = zip(said[::2], said[1::2], strict=True)
    return "; ".join(f"{word} {written(day)}" for word, day in pairs if isinstance(day, date))


def _measured(told: tuple[Rescored, ...]) -> Listing:
    return Listing(
        "sounded",
        _title("indicator", ((len(told), "says something else", "say something else"),)),
        ("Risk", "Indicator", "Was", "Is", "What its readings say"),
        tuple(
            (_risk(each), plain(each.what), plain(each.before), plain(each.after), Cell("text", each.reason))
            for each in told
        ),
        (5, 5, 4, 4, 8),
    )


def _reworded(reworded: tuple[Reworded, ...]) -> Listing:
    first = sum(_is_first(each) for each in reworded)
    counts = (
        (len(reworded) - first, "says something else", "say something else"),
        (first, "is recorded for the first time", "are recorded for the first time"),
    )
    rows = (row for _, texts in groupby(reworded, key=called) for row in _texts(tuple(texts)))
    return Listing(
        "reworded",
        _title("text", counts),
        ("Risk", "Text", "Word by word"),
        tuple(rows),
        (5, 3, 16),
        note="What is struck out, in [removed: ], stood in the earlier paper; what is underlined, in "
        "[added: ], is new; … stands for words that stayed.",
        grouped=True,
    )


def _restated(told: tuple[Restated, ...]) -> Listing:
    ways = [each.way for each in told]
    return Listing(
        "restated",
        _title("sentence", ((ways.count(way), *said) for way, said in FOOTINGS.items())),
        ("Risk", "What", "Sentence", "Was", "Is", "Why"),
        tuple(
            (
                _risk(each),
                Cell("label", FOOTING[each.way]),
                plain(each.sentence),
                plain(each.before),
                plain(each.after),
                _why_shaken(each),
            )
            for each in told
        ),
        (4, 3, 7, 4, 5, 4),
    )


def _why_shaken(each: Restated) -> Cell:
    """A reason is asked of what must be looked at again; what a sentence rests on is a reason itself."""
    return _why(each.reason) if each.way == "shaken" else _BLANK


def _ruled(told: tuple[Rescored, ...]) -> Listing:
    count = len({each.key for each in told})
    return Listing(
        "ruled",
        f"Who may read what of {counted(count, 'risk')} is ruled otherwise",
        ("Risk", "What", "Was", "Is", "Why"),
        tuple(
            (_risk(each), plain(each.what), plain(each.before), plain(each.after), _why(each.reason))
            for each in told
        ),
        (5, 4, 5, 5, 6),
    )


def _is_first(told: Reworded) -> bool:
    """A short field that the earlier paper left open; a line that was added to others is news of its own."""
    added = [piece.text for piece in told.words]
    return (
        {piece.kind for piece in told.words} == {"added"}
        and not told.field.startswith(LISTED)
        and len("".join(added).strip()) <= SHORT
    )


def _texts(texts: tuple[Reworded, ...]) -> Iterator[tuple[Cell, ...]]:
    """What one risk says otherwise, text by text; what it says for the first time, in one row after them."""
    for each in texts:
        if not _is_first(each):
            pieces = tuple((piece.kind, piece.text) for piece in each.words)
            yield _risk(each), plain(each.label), Cell("changed", pieces=pieces)
    first = [f"{each.label}: {_on_a_line(each)}" for each in texts if _is_first(each)]
    if first:
        yield _risk(texts[0]), plain(FIRST), plain("; ".join(first))


def _on_a_line(told: Reworded) -> str:
    return " ".join("".join(piece.text for piece in told.words).split()).rstrip(".")


def _risk(told: Told) -> Cell:
    return plain(" ".join(called(told).split()) or "The paper")


def _why(reason: str) -> Cell:
    return plain(" ".join(reason.split())) if reason.strip() else Cell("absent", NO_REASON)


def _rating(text: str, scale: Scale) -> Cell:
    """A band on its tint, with its score where it has one (`High (12)`); any other word as it is."""
    word = " ".join(text.split())
    if not word:
        return plain("")
    band = word.rpartition(" (")[0] if word.endswith(")") else word
    return Cell("band", word, step=step_of(scale, band)) if scale.band(band) else plain(word)
