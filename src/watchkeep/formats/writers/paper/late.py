"""What is late on the paper's day: the first thing that a committee asks, so it stands below the finding."""

from __future__ import annotations

from datetime import date

from watchkeep.domain.document import Promise, RegisterDocument, Risk
from watchkeep.domain.edition import Edition
from watchkeep.domain.finding import counted, in_words, written
from watchkeep.domain.since import Since
from watchkeep.formats.writers.paper.promises import NOBODY
from watchkeep.formats.writers.paper.values import Late

MOST = 5


def late_of(document: RegisterDocument, edition: Edition | None) -> Late | None:
    """The promises that are late, the latest first; none where nothing is, or in the first layout."""
    told = [(risk, each) for risk in document.risks for each in risk.promises if each.state == "overdue"]
    if not told or (edition and edition.matter.layout == 1):
        return None
    day = edition.as_at if edition and edition.as_at else document.as_at.on
    new = _newly(edition.matter.since if edition else None)
    told.sort(key=lambda each: each[1].due or date.max)
    title = f"Late: {counted(len(told), 'promise')}"
    if count := sum((risk.key, each.title) in new for risk, each in told):
        title += (
            f", newly late since {_earlier(edition)}"
            if count == len(told)
            else f", {in_words(count)} of them newly late since {_earlier(edition)}"
        )
    lines = [_line(risk, each, day, newly=(risk.key, each.title) in new) for risk, each in told[:MOST]]
    return Late(title, tuple(lines), f"and {in_words(len(told) - MOST)} more" if len(told) > MOST else "")


def _newly(since: Since | None) -> set[tuple[str, str]]:
    return {(each.key, each.promise) for each in since.newly_late} if since else set()


def _earlier(edition: Edition | None) -> str:
    """The paper that what is newly late was not late in, without the day of its freezing."""
    since = edition.matter.since if edition else None
    return since.earlier.partition(",")[0] if since else ""


def _line(risk: Risk, promise: Promise, day: date | None, *, newly: bool) -> str:
    title = " ".join(promise.title.split()).rstrip(".")
    who = " ".join(promise.owner.split()) or NOBODY
    told = [f"{_called(risk)}{title}", who]
    if promise.due and day and day > promise.due:
        told.append(f"{counted((day - promise.due).days, 'day')} late (due {written(promise.due)})")
    elif promise.due:
        told.append(f"was due {written(promise.due)}")
    return "; ".join(told) + ("; newly late" if newly else "")


def _called(risk: Risk) -> str:
    name = " ".join((risk.reference.text or risk.name.text or "").split())
    return f"{name}: " if name else ""
