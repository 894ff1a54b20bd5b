"""The report for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import shorten, wrap
from typing import Final

from watchkeep.domain.lint.found import Found
from watchkeep.domain.lint.report import SHORTEST_KEY, Report, place_in_words
from watchkeep.formats.writers.findings.telling import NO_DAY, by_risk, heading, summary

_WIDTH: Final = 96
_QUOTED: Final = 160  # signs of the words that a finding points at


def write(report: Report) -> str:
    """Risk by risk; each finding with its weight, its rule, its place and the beginning of its key."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Report) -> Iterator[str]:
    for risk, found in by_risk(report):
        yield heading(risk)
        for each in found:
            yield from _finding(each)
        yield ""
    for answer in report.unused:
        yield f"accepted before, and found no more: {answer.key[:SHORTEST_KEY]} ({answer.reason})"
    if report.as_at is None:
        yield NO_DAY
    yield summary(report)


def _finding(found: Found) -> Iterator[str]:
    yield f"  {found.weight} {found.code}  {place_in_words(found)}  [{found.key[:SHORTEST_KEY]}]"
    if found.text:
        yield from _wrapped(f"“{shorten(found.text, _QUOTED, placeholder=' …')}”")
    yield from _wrapped(found.sentence)
    if found.advice:
        yield from _wrapped(found.advice)


def _wrapped(text: str) -> list[str]:
    return wrap(text, _WIDTH, initial_indent="    ", subsequent_indent="    ", break_long_words=False)
