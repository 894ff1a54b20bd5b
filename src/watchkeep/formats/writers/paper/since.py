"""What is new since the last paper, as a sentence and as tables that any paper can set."""

from __future__ import annotations

from collections.abc import Iterable

from watchkeep.domain.document import RegisterDocument, Scale
from watchkeep.domain.edition import Edition
from watchkeep.domain.finding import counted, listed, written
from watchkeep.domain.since import Moved, News, Rescored, Reworded, Since, Told
from watchkeep.formats.writers.paper.cells import step_of
from watchkeep.formats.writers.paper.values import Cell, Listing, SinceSheet, capital, plain

WAYS = {"higher": "▲ higher", "lower": "▼ lower", "restated": "◆ restated"}
NO_REASON = "no reason recorded"


def since_of(document: RegisterDocument, edition: Edition | None) -> SinceSheet | None:
    """The sheet, where the edition was frozen with what is new."""
    since = edition.matter.since if edition else None
    if since is None:
        return None
    made = (
        _told("new", since.new, "is new", "are new"),
        _told("gone", since.gone, "is gone", "are gone"),
        _moved(since.moved, document.scale),
        _rescored(since.rescored, document.scale),
        *_promises(since),
        _reworded(since.reworded),
    )
    return SinceSheet(f"Since {since.earlier}", sentence_of(since), tuple(each for each in made if each.rows))


def sentence_of(since: Since) -> str:
    """Everything that is new, counted in one sentence; that nothing is, where nothing is."""
    if since.nothing:
        return f"Nothing that the register says has changed since {since.earlier}."
    higher = [each for each in since.moved if each.way == "higher"]
    lower = [each for each in since.moved if each.way == "lower"]
    said = [
        _said(len(since.new), "risk is new", "risks are new"),
        _said(len(since.gone), "risk is gone", "risks are gone"),
        _said(len(higher), "stands higher", "stand higher"),
        _said(len(lower), "stands lower", "stand lower"),
        _said(len(since.kept), "promise was kept", "promises were kept"),
        _said(len(since.slipped), "slipped", "slipped"),
        _said(len(since.newly_late), "is newly late", "are newly late"),
        _said(len(since.reworded), "text says something else", "texts say something else"),
    ]
    told = [each for each in said if each]
    if not told:
        told = [
            _said(len(since.rescored), "judgement is another", "judgements are others") or "ratings differ"
        ]
    return f"Since {since.earlier}: {listed(told)}."


def _said(number: int, one: str, many: str) -> str:
    return counted(number, one, many) if number else ""


def _told(name: str, all_told: tuple[Told, ...], one: str, many: str) -> Listing:
    return Listing(
        name,
        capital(counted(len(all_told), f"risk {one}", f"risks {many}")),
        ("Risk", "Why"),
        tuple((_risk(each), _why(each)) for each in all_told),
        (2, 3),
    )


def _moved(moved: tuple[Moved, ...], scale: Scale) -> Listing:
    return Listing(
        "moved",
        capital(counted(len(moved), "risk stands elsewhere", "risks stand elsewhere")),
        ("Risk", "Way", "Was", "Is", "Why"),
        tuple(
            (
                _risk(each),
                Cell("label", WAYS[each.way]),
                _rating(each.before, scale),
                _rating(each.after, scale),
                _why(each),
            )
            for each in moved
        ),
        (6, 3, 3, 3, 9),
    )


def _rescored(rescored: tuple[Rescored, ...], scale: Scale) -> Listing:
    return Listing(
        "rescored",
        capital(counted(len(rescored), "judgement is another", "judgements are others")),
        ("Risk", "What", "Was", "Is", "Why"),
        tuple(
            (
                _risk(each),
                plain(each.what),
                _rating(each.before, scale),
                _rating(each.after, scale),
                _why(each),
            )
            for each in rescored
        ),
        (6, 3, 3, 3, 9),
    )


def _promises(since: Since) -> Iterable[Listing]:
    for name, news, one, many, day, told in (
        ("kept", since.kept, "promise was kept", "promises were kept", "Done on", "What came of it"),
        ("slipped", since.slipped, "promise slipped", "promises slipped", "Was due", "Why"),
        ("late", since.newly_late, "promise is newly late", "promises are newly late", "Was due", "Why"),
    ):
        yield Listing(
            name,
            capital(counted(len(news), one, many)),
            ("Risk", "Promise", "Owner", day, *(("Now due",) if name == "slipped" else ()), told),
            tuple(
                (
                    _risk(each),
                    plain(each.promise),
                    plain(each.owner),
                    *_days(name, each),
                    plain(each.reason) if name == "kept" else _why(each),
                )
                for each in news
            ),
            (5, 7, 4, 3, *((3,) if name == "slipped" else ()), 6),
        )


def _days(name: str, news: News) -> tuple[Cell, ...]:
    days = {"kept": (news.settled_on,), "slipped": (news.was_due, news.due), "late": (news.due,)}
    return tuple(Cell("label", written(day)) if day else plain("") for day in days[name])


def _reworded(reworded: tuple[Reworded, ...]) -> Listing:
    return Listing(
        "reworded",
        capital(counted(len(reworded), "text says something else", "texts say something else")),
        ("Risk", "Text", "Word by word"),
        tuple(
            (
                _risk(each),
                plain(each.label),
                Cell("changed", pieces=tuple((piece.kind, piece.text) for piece in each.words)),
            )
            for each in reworded
        ),
        (5, 3, 16),
        note="Words in [removed: ] are struck out and were in the earlier paper; words in [added: ] are "
        "underlined and are new; … stands for words that stayed and are left out.",
    )


def _risk(told: Told) -> Cell:
    return plain(" ".join(told.title.split()) or told.key)


def _why(told: Told) -> Cell:
    return plain(" ".join(told.reason.split())) if told.reason.strip() else Cell("absent", NO_REASON)


def _rating(text: str, scale: Scale) -> Cell:
    word = " ".join(text.split())
    if not word:
        return plain("")
    return Cell("band", word, step=step_of(scale, word)) if scale.band(word) else Cell("label", word)
