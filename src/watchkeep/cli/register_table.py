"""A register as a table for a terminal of a hundred columns: a risk a row, long texts cut to a glance."""

from __future__ import annotations

from typing import Any

from watchkeep.cli.printing import clean
from watchkeep.cli.read import standing_rating

_MARKS = {"up": "▲", "level": "▶", "down": "▼"}
_GLANCE = 150


def print_table(document: dict[str, Any]) -> None:
    """Print the risks of `document` (its plain JSON form) to standard output."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table

    risks = document["risks"]
    periods = list(dict.fromkeys(trend["period"] for risk in risks for trend in risk["trends"]))
    table = Table(box=SIMPLE_HEAD, show_lines=True, pad_edge=False)
    table.add_column("Ref", no_wrap=True, max_width=12)
    table.add_column("Risk", ratio=3)
    table.add_column("Description", ratio=5)
    table.add_column("Controls", justify="right")
    for period in periods:
        table.add_column(clean(period), justify="center")
    table.add_column("Rating", max_width=14)
    for risk in risks:
        trends = {trend["period"]: _mark(trend) for trend in risk["trends"]}
        table.add_row(
            _plain(risk["reference"]["text"] or risk["key"]),
            _plain(risk["name"]["text"]),
            _plain(risk["description"]["text"]),
            str(len(risk["controls"])),
            *(trends.get(period, "not recorded") for period in periods),
            _plain(standing_rating(risk)),
        )
    Console(width=None if Console().is_terminal else 100, highlight=False, markup=False).print(table)


def _mark(trend: dict[str, Any]) -> str:
    if trend["state"] == "not applicable":
        return "n/a"
    shape = _MARKS.get(trend["direction"] or "", "")
    word = trend["movement"] or trend["direction"] or "not recorded"
    return f"{shape} {word}".strip()


def _plain(text: str | None) -> str:
    if not text:
        return "not recorded"
    shown = clean(" ".join(text.split()))
    return shown if len(shown) <= _GLANCE else shown[:_GLANCE].rsplit(" ", 1)[0] + " …"
