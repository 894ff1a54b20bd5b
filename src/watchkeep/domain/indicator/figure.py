"""A value with its unit, as it is printed: as many digits as a reader can use, and no more."""

from __future__ import annotations

from math import floor, isfinite, log10

DIGITS = 4  # that tell one reading from the next
MONEY = "£€$"


def figure(value: float | None, unit: str = "") -> str:
    """The value in words of a table: "1,240 cases", "£2.5m", "71.3%"; a dash where there is none."""
    if value is None or not isfinite(value):
        return "–"
    if unit and unit[0] in MONEY:
        sign = "−" if value < 0 else ""
        return f"{sign}{unit[0]}{bare(abs(value))}{unit[1:]}"
    return f"{bare(value)}{_joined(unit)}"


def bare(value: float) -> str:
    """The number alone, with commas between thousands and a true minus."""
    size = abs(value)
    places = max(0, DIGITS - 1 - floor(log10(size))) if size >= 10**-DIGITS else 0
    text = f"{value:,.{min(places, 6)}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text.replace("-", "−")


def _joined(unit: str) -> str:
    return unit if unit in ("", "%") else f" {unit}"
