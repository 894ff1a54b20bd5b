"""What is to be forecast: a file's series with what its values are, and limits that are only supposed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from watchkeep.domain.errors import Invalid
from watchkeep.domain.indicator import Kind, Reading, Series, Target, TargetKind

if TYPE_CHECKING:
    from watchkeep.cli.series_file import Declared, Named

PERCENT = ("%", "per cent", "percent")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is wanted of a series, from wherever it comes."""

    ahead: int
    target: str | None = None
    upper: str | None = None
    lower: str | None = None
    across: bool = False
    as_at: date | None = None

    @property
    def what_if(self) -> bool:
        """Whether something is supposed that the records do not say."""
        return self != Asked(self.ahead)


def of_file(
    file: Path, named: Named, declared: Declared, kind: Kind | None
) -> tuple[Series, tuple[str, ...]]:
    """The series of a file, bounded as its kind of value is, and what should be said of how it was read."""
    from watchkeep.cli.series_file import series_of

    if (named.numerator is None) != (named.denominator is None):
        raise Invalid("numerator", "A ratio takes both: --numerator and --denominator go together.")
    series, notes = series_of(file, named, declared)
    if named.numerator and named.denominator:
        name = f"{named.numerator.strip()} to {named.denominator.strip()}"
        readings = tuple(_divided(each) for each in series.readings)
        series = replace(series, definition=replace(series.definition, name=name), readings=readings)
    found, note = (kind, ()) if kind else _kind(series)
    per_cent = found == "share" and _says_per_cent(series)
    unit = "%" if per_cent else series.definition.unit
    series = replace(series, definition=replace(series.definition, kind=found, unit=unit))
    return series, (*notes, *note)


def supposing(series: Series, asked: Asked) -> Series:
    """The series with the limits that are supposed of it; refused where no reading could ever lie on one."""
    from watchkeep.domain.forecast.bounds import bounds_of
    from watchkeep.domain.indicator.figure import figure
    from watchkeep.formats.readings.numbers import number_of

    limits: tuple[tuple[str, str | None, TargetKind], ...] = (
        ("target", asked.target, "target"),
        ("upper", asked.upper, "upper tolerance"),
        ("lower", asked.lower, "lower tolerance"),
    )
    unit, values = series.definition.unit, [each.value or 0.0 for each in series.recorded]
    made = []
    for name, said, kind in limits:
        if said is None:
            continue
        number = number_of(said)
        if number is None:
            raise Invalid(name, f"--{name}: found “{said}”; expected a number, such as 95 or 4.5.")
        low, high = bounds_of(series.definition, values or [0.0])
        if not low <= number.value <= high:
            within = f"{figure(low, unit)} to {figure(high, unit)}" if high < float("inf") else "0 upward"
            raise Invalid(name, f"--{name}: found “{said}”, and {series.definition.name} goes from {within}.")
        made.append(Target(number.value, date.min, kind=kind))
    return replace(series, targets=(*series.targets, *made))


def _kind(series: Series) -> tuple[Kind, tuple[str, ...]]:
    """What the values are, by what the file shows of them, and a sentence where that was guessed."""
    values = [each.value for each in series.recorded if each.value is not None]
    if series.definition.kind != "number" or not values or min(values) < 0:
        return series.definition.kind, ()
    parts = [(each.numerator, each.denominator) for each in series.recorded]
    if all(top is not None and bottom is not None for top, bottom in parts):
        return "rate", ("They are taken as a ratio that may rise above 1; --kind share says otherwise.",)
    if _says_per_cent(series) and max(values) <= 100:
        return "share", ("They are taken as shares, for their heading says so; --kind says otherwise.",)
    if all(each == int(each) for each in values):
        return "count", (
            "They are whole and never below nought, and so taken as counts; --kind number says otherwise.",
        )
    return "number", ()


def _says_per_cent(series: Series) -> bool:
    said = f"{series.definition.name} {series.definition.unit}".casefold()
    return any(each in said for each in PERCENT)


def _divided(each: Reading) -> Reading:
    if each.numerator is None or not each.denominator:
        return each
    return replace(each, value=each.numerator / each.denominator)
