"""The list of controls: which fit the choices, in which order, and the sentence above them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from watchkeep.apps.treatment.queries import ControlRow, UseRow
from watchkeep.domain.concentration import CONTROL_UNDER
from watchkeep.domain.effectiveness import WEAKEST_FIRST
from watchkeep.web.components.controls import EffectMark, FreshMark, effect, fresh
from watchkeep.web.register.links import risk_link


@dataclass(frozen=True, slots=True)
class Part:
    """A run of the finding with where it leads."""

    text: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Served:
    """A risk with its address."""

    use: UseRow
    link: str


@dataclass(frozen=True, slots=True)
class Row:
    """A control as the table shows it."""

    control: ControlRow
    link: str
    design: EffectMark
    operation: EffectMark
    fresh: FreshMark
    risks: tuple[Served, ...]


def shown(rows: Iterable[ControlRow]) -> tuple[Row, ...]:
    """The rows of the table."""
    return tuple(
        Row(
            control=each,
            link=reverse("control", args=[each.reference]),
            design=effect(each.effectiveness.design.answer),
            operation=effect(each.effectiveness.operation.answer),
            fresh=fresh(each),
            risks=tuple(served(use) for use in each.risks),
        )
        for each in rows
    )


def served(use: UseRow) -> Served:
    """A use with the address of its risk."""
    return Served(use, risk_link(use.risk_key, use.register))


def chosen(rows: tuple[ControlRow, ...], choices: dict[str, str]) -> tuple[ControlRow, ...]:
    """The rows that fit every choice, sorted as asked."""
    tests: dict[str, Callable[[ControlRow, str], bool]] = {
        "q": lambda row, asked: all(word in _words_of(row) for word in asked.casefold().split()),
        "state": lambda row, asked: row.state == asked,
        "effect": lambda row, asked: row.effectiveness.whole == asked,
        "checked": lambda row, asked: (row.effectiveness.freshness or "never") == asked,
        "serves": lambda row, asked: _serving(row) == asked,
        "kind": lambda row, asked: (row.kind or "none") == asked,
        "owner": lambda row, asked: (row.owner or "none") == asked,
    }
    kept = [
        row
        for row in rows
        if all(test(row, choices[name]) for name, test in tests.items() if name in choices)
    ]
    return tuple(sorted(kept, key=_ORDERS.get(choices.get("sort", ""), lambda row: 0)))


_ORDERS: dict[str, Callable[[ControlRow], Any]] = {
    "name": lambda row: row.name.casefold(),
    "weakest": lambda row: WEAKEST_FIRST.index(row.effectiveness.whole),
    "risks": lambda row: -len(row.risks),
    "oldest": lambda row: row.effectiveness.checked_on or date.min,
}


def finding(rows: Iterable[ControlRow]) -> tuple[Part, ...]:
    """Which hold, which were tested, which fade, which carry several risks: of those in force."""
    live = [row for row in rows if row.in_force]
    holding = sum(row.effectiveness.holds for row in live)
    counts = [
        (sum(row.effectiveness.freshness is None for row in live), "never checked", {"checked": "never"}),
        (sum(row.effectiveness.freshness == "fading" for row in live), "fading", {"checked": "fading"}),
        (sum(row.effectiveness.freshness == "stale" for row in live), "stale", {"checked": "stale"}),
        (
            sum(len(row.risks) >= CONTROL_UNDER for row in live),
            "under several risks",
            {"serves": "several"},
        ),
    ]
    parts = [
        Part(f"{holding} of {len(live)}", list_link(state="in force", effect="effective")),
        Part(f" {'control holds' if len(live) == 1 else 'controls hold'}, as far as checks can say."),
    ]
    told = [(f"{count} {what}", link) for count, what, link in counts if count]
    for place, (text, link) in enumerate(told):
        parts.append(Part(" " if place == 0 else ", "))
        parts.append(Part(text, list_link(state="in force", **link)))
    return (*parts, Part(".")) if told else tuple(parts)


def list_link(**choices: str) -> str:
    """The list’s address with these choices."""
    return f"{reverse('controls')}?{urlencode(choices)}#controls"


def _serving(row: ControlRow) -> str:
    if not row.risks:
        return "none"
    return "several" if len(row.risks) >= CONTROL_UNDER else "one"


def _words_of(row: ControlRow) -> str:
    said = (row.label, row.description, row.frequency, row.owner, *(each.risk_label for each in row.uses))
    return " ".join(said).casefold()
