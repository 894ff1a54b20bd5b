"""Readings that nobody measured: plausible series for the example force, the same on every machine.

A series' own name is its seed, so that one that is added or taken away changes no other.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from math import cos, pi
from typing import Any

import numpy as np

from watchkeep.domain.indicator import Reading

MADE_UP = "made up for the example force"
DAYS_IN_YEAR = 365.25


def readings(told: Mapping[str, Any], until: date) -> tuple[Reading, ...]:
    """The readings of one series as examples/calder_vale/indicators.toml tells of it, for whole periods that
    ended before `until`.
    """
    chance = np.random.default_rng(int.from_bytes(hashlib.sha256(told["name"].encode()).digest()[:8]))
    days = [day for day in periods(told["start"], told["frequency"], until) if day not in _gone(told)]
    carried, total, made = 0.0, 0.0, []
    for day in days:
        carried = told.get("carry", 0.0) * carried + float(chance.normal()) * told.get("spread", 0.0)
        expected = _expected(told, day) + carried
        if "out_of" in told:
            made.append(_share(chance, day, expected, told["out_of"]))
            continue
        value = float(chance.poisson(max(expected, 0.0))) if told.get("poisson") else expected
        value = max(value, told.get("low", 0.0))
        total += value
        made.append(Reading(day, _rounded(told, total if told.get("adds_up") else value)))
    return tuple(made)


def grid(told: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The series of a grid, one for each theme and measure."""
    for theme in told["theme"]:
        for measure in told["measure"]:
            series = {name: told[name] for name in ("row", "risk", "side", "frequency", "start", "source")}
            series |= {name: value for name, value in measure.items() if not name.startswith("scaled")}
            size = theme["scale"]
            series["level"] = measure["level"] * (size if measure.get("scaled") else 1)
            if measure.get("scaled_cases"):
                series["out_of"] = max(round(measure["out_of"] * size), 8)
            if measure.get("poisson"):
                # What moves a theme moves its volume; the other measures are shares and days.
                for name in ("drift", "season"):
                    series[name] = theme.get(name, 0.0) * series["level"]
                series["peak"] = theme.get("peak", 1)
                series["steps"] = [
                    {"on": each["on"], "by": each["by"] * series["level"]} for each in theme.get("steps", ())
                ]
            yield series | {
                "name": f"{theme['name']}: {measure['name'].lower()}",
                "theme": theme["name"],
                "measure": measure["name"],
            }


def periods(start: date, frequency: str, until: date) -> Iterator[date]:
    """The first days of the periods from `start` that are over by `until`."""
    day = start
    while (following := _following(day, frequency)) <= until:
        yield day
        day = following


def _following(day: date, frequency: str) -> date:
    if frequency in ("day", "week"):
        return day + timedelta(days=1 if frequency == "day" else 7)
    months = day.month - 1 + {"month": 1, "quarter": 3, "year": 12}[frequency]
    return date(day.year + months // 12, months % 12 + 1, day.day)


def _gone(told: Mapping[str, Any]) -> set[date]:
    return {date.fromisoformat(each) for each in told.get("gone", ())}


def _expected(told: Mapping[str, Any], day: date) -> float:
    years = (day - told["start"]).days / DAYS_IN_YEAR
    swing = cos(2 * pi * (day.month - told.get("peak", 1)) / 12) * told.get("season", 0.0)
    steps = sum(each["by"] for each in told.get("steps", ()) if each["on"] <= day)
    return float(told["level"] + told.get("drift", 0.0) * years + swing + steps)


def _share(chance: np.random.Generator, day: date, percent: float, out_of: float) -> Reading:
    cases = max(int(chance.poisson(out_of)), 1)
    hits = int(chance.binomial(cases, min(max(percent / 100, 0.0), 1.0)))
    return Reading(day, round(100 * hits / cases, 2), float(hits), float(cases))


def _rounded(told: Mapping[str, Any], value: float) -> float:
    return float(round(value)) if told.get("whole") else round(value, told.get("decimals", 1))
