"""What is new between two papers, as lines for a terminal: signs and words, no colour."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final

from watchkeep.domain.finding import written
from watchkeep.domain.since import (
    Moved,
    News,
    Rescored,
    Restated,
    Reworded,
    Since,
    Told,
    Words,
    besides_moves,
    called,
    days,
    say,
)

WIDTH: Final = 100
SIGNS: Final = {"higher": "^", "lower": "v", "restated": "~"}
MARKED: Final = {"removed": ("[-", "-]"), "added": ("{+", "+}"), "same": ("", "")}
FOOTINGS: Final = {"bound": "+", "rebound": "~", "unbound": "-", "shaken": "!"}
SHORT: Final = 160  # signs of both sides, up to which they stand on a line


def lines(since: Since, later_called: str) -> Iterator[str]:
    """The sentence first, then a heading for each kind of news. What went is [-so-], what came is {+so+}."""
    yield from textwrap.wrap(say(since), WIDTH)
    if since.earlier_as_at or since.as_at:
        then, now = (
            f"as at {written(day)}" if day else "of a day not recorded"
            for day in (since.earlier_as_at, since.as_at)
        )
        yield f"({since.earlier}, {then}; {later_called}, {now})"
    yield from _section("New", (_head("+", each) for each in since.new))
    yield from _section("Gone", (_head("-", each) for each in since.gone))
    yield from _section("Stand elsewhere", (_moved(each) for each in since.moved))
    yield from _section("Judged otherwise", (_rescored(each) for each in besides_moves(since)))
    yield from _section("Promises kept", (_news("+", each, kept=True) for each in since.kept))
    yield from _section("Promises slipped", (_news(">", each) for each in since.slipped))
    yield from _section("Promises newly late", (_news("!", each) for each in since.newly_late))
    yield from _section("Promises dropped", (_news("-", each) for each in since.dropped))
    yield from _section("A quarter told otherwise", (_rescored(each) for each in since.retold))
    yield from _section("Indicators", (_rescored(each) for each in since.measured))
    yield from _section("Words", (_reworded(texts) for texts in _by_risk(since.reworded)))
    yield from _section("What sentences rest on", (_restated(each) for each in since.restated))
    yield from _section("Who may read what", (_rescored(each) for each in since.ruled))
    yield from _section("The paper itself", (_rescored(each) for each in since.cover))
    yield from _section("Not matched for certain", (_head("?", each) for each in since.unsure))


def _section(heading: str, told: Iterable[Iterator[str]]) -> Iterator[str]:
    found = [line for each in told for line in each]
    if found:
        yield ""
        yield heading
        yield from found


def _head(sign: str, told: Told, reason: str | None = None) -> Iterator[str]:
    yield from _wrapped(f"  {sign} ", called(told))
    yield from _wrapped("      ", told.reason if reason is None else reason)


def _moved(moved: Moved) -> Iterator[str]:
    how = "on other terms" if moved.way == "restated" else moved.way
    said = f"{called(moved)}: was {moved.before}, now {moved.after} ({how})"
    yield from _wrapped(f"  {SIGNS[moved.way]} ", said)
    yield from _wrapped("      ", moved.reason)


def _rescored(told: Rescored) -> Iterator[str]:
    whose = f"{called(told)}: " if told.key else ""
    yield from _wrapped("  ~ ", f"{whose}{told.what} was {told.before}, now {told.after}")
    yield from _wrapped("      ", told.reason)


def _restated(told: Restated) -> Iterator[str]:
    said = f"{called(told)}, {told.label}: “{told.sentence}” was: {told.before}; now: {told.after}"
    yield from _wrapped(f"  {FOOTINGS[told.way]} ", said)
    yield from _wrapped("      ", told.reason)


def _news(sign: str, news: News, *, kept: bool = False) -> Iterator[str]:
    owner = f" – {news.owner}" if news.owner else ""
    yield from _wrapped(f"  {sign} ", f"{news.key}: {news.promise} ({days(news, kept=kept)}){owner}")
    yield from _wrapped("      ", news.reason)


def _by_risk(told: Iterable[Reworded]) -> Iterator[tuple[Reworded, ...]]:
    return (tuple(texts) for _, texts in groupby(told, key=lambda each: each.key))


def _reworded(texts: tuple[Reworded, ...]) -> Iterator[str]:
    """The texts of one risk under its name; what no word of stayed, and is short, on a line."""
    yield from _wrapped("  ~ ", called(texts[0]))
    for told in texts:
        was = "".join(each.text for each in told.words if each.kind == "removed")
        now = "".join(each.text for each in told.words if each.kind == "added")
        bare = {each.kind for each in told.words} <= {"removed", "added"}
        if bare and len(was) + len(now) <= SHORT and "\n" not in was + now:
            short = f"{told.label}: was {was or 'not recorded'}, now {now or 'not recorded'}"
            yield from _wrapped("      ", short)
            continue
        yield f"      {told.label}:"
        for line in "".join(map(_marked, told.words)).splitlines():
            yield from _wrapped("        ", line)


def _marked(words: Words) -> str:
    """Words with their signs, and after them the blank or the line's end that followed."""
    if words.kind == "left out":
        return "… "
    before, after = MARKED[words.kind]
    bare = words.text.strip()
    start = words.text[: len(words.text) - len(words.text.lstrip())] if words.kind == "same" else ""
    end = "\n" if "\n" in words.text[len(words.text.rstrip()) :] else " "
    return f"{start}{before}{bare}{after}{end}" if bare else words.text


def _wrapped(indent: str, text: str) -> list[str]:
    """`text` under a sign, later lines under its first word."""
    return textwrap.wrap(
        " ".join(text.split()),
        WIDTH,
        initial_indent=indent,
        subsequent_indent=" " * len(indent),
        break_on_hyphens=False,
    )
