"""What became of promises in papers that keep none: from due dates and dated lines, where certain."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from watchkeep.domain.document import Risk
from watchkeep.domain.since.values import Fate, News
from watchkeep.domain.since.why import title_of
from watchkeep.domain.sorting import suggest
from watchkeep.domain.when import whens
from watchkeep.domain.wording import as_read

THE_RISK = "The risk's own due date"

_DONE = re.compile(r"\b(?:completed?|done|delivered|closed|achieved|finished)\b", re.IGNORECASE)
_MAYBE = re.compile(r"\b(?:by|due|before)\b.*\d", re.IGNORECASE | re.DOTALL)
_PROMISE = re.compile(r"\b(?:by|due|before|on or before)\b[^.;]{0,20}$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
    """A line that promises something by one day; `bare` is the line without the day."""

    text: str
    bare: str
    due: date


def of_lines(
    old: Risk, new: Risk, *, earlier_on: date | None, on: date | None
) -> Iterator[tuple[Fate, News]]:
    """The news of one risk. Nothing is told of a line that was written anew: whether it is the same promise
    is not certain.
    """
    before, after = _dated(old), _dated(new)
    for was_due, due, promise in (*_due_dates(old, new), *_lines(before, after)):
        news = News(
            key=new.key,
            title=title_of(new),
            promise=promise,
            due=due,
            was_due=was_due if was_due != due else None,
        )
        if was_due is not None and due > was_due:
            yield "slipped", news
        elif earlier_on and on and earlier_on <= due < on:
            yield "newly late", news
    for line in _kept(before, new):
        yield "kept", News(key=new.key, title=title_of(new), promise=line.text, due=line.due)


def _due_dates(old: Risk, new: Risk) -> Iterator[tuple[date | None, date, str]]:
    if new.due_date.on is not None:
        yield old.due_date.on, new.due_date.on, THE_RISK


def _lines(before: tuple[Line, ...], after: tuple[Line, ...]) -> Iterator[tuple[date | None, date, str]]:
    known = {line.bare: line.due for line in before}
    for line in after:
        if line.bare in known:
            yield known[line.bare], line.due, line.text


def _kept(before: tuple[Line, ...], new: Risk) -> Iterator[Line]:
    """Lines that the later paper has with a word that they are done, and nothing else that differs."""
    if not before:
        return
    done = {_squeezed(_DONE.sub("", _bare(text))) for text in _texts(new) if _DONE.search(text)}
    for line in before:
        if _squeezed(line.bare) in done:
            yield line


def _dated(risk: Risk) -> tuple[Line, ...]:
    return tuple(line for text in _texts(risk) if (line := _line(text)) is not None)


def _line(text: str) -> Line | None:
    """The promise that a line is, where it certainly is one and has one day."""
    if not _MAYBE.search(text) or _DONE.search(text):
        return None
    found = [each for each in whens(text) if each.on]
    if len(found) != 1 or found[0].on is None or not _PROMISE.search(text[: found[0].start]):
        return None
    what = suggest(text)
    if what.sort != "commitment" or what.kind == "agreement":
        return None
    return Line(text, _bare(text), found[0].on)


def _texts(risk: Risk) -> Iterator[str]:
    yield from (as_read(each.text or "") for each in (*risk.actions, *risk.controls) if each.recorded)


def _bare(text: str) -> str:
    for each in whens(text):
        text = text.replace(each.text, "")
    return as_read(text).casefold()


def _squeezed(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)
