"""The rules as a page of the documents: made from the rules themselves, so that it cannot fall behind."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from watchkeep.domain.lint.rule import Rule
from watchkeep.domain.lint.rules import RULES
from watchkeep.domain.lint.shelf_lives import SHELF_LIVES


def rulebook() -> str:
    """Markdown: every family with its rules, each with its reason and examples; then the shelf lives."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield "| code | title | weight | family |"
    yield "| --- | --- | --- | --- |"
    for rule in RULES:
        yield f"| [{rule.code}](#{rule.code.lower()}) | {rule.title} | {rule.weight} | {rule.family} |"
    for family, rules in groupby(RULES, key=lambda rule: rule.family):
        yield ""
        yield f"## {family[0].upper()}{family[1:]}"
        for rule in rules:
            yield from _rule(rule)
    yield ""
    yield "## Shelf lives"
    yield ""
    yield "STALE-05 reads a figure as today’s for so long. The first row that fits the sentence counts."
    yield ""
    yield "| a figure of | days | because |"
    yield "| --- | --- | --- |"
    for life in SHELF_LIVES:
        yield f"| {life.what} | {life.days} | {life.reason} |"


def _rule(rule: Rule) -> Iterator[str]:
    yield ""
    yield f"### {rule.code}"
    yield ""
    yield f"**{rule.title}** ({rule.weight}). {rule.reason}"
    yield ""
    yield f"- Good: {rule.good.words}"
    yield f"- Bad: {rule.bad.words}"
