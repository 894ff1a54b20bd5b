"""What is taken as a reading, and what is refused with which sentence."""

from __future__ import annotations

from datetime import date

import pytest

from watchkeep.domain.errors import Invalid
from watchkeep.domain.indicator import Definition, Kind, Reading
from watchkeep.domain.indicator.batch import line, told
from watchkeep.domain.indicator.keeping import must_be_whole
from watchkeep.domain.indicator.observing import completed, fault

TODAY = date(2026, 3, 15)
JANUARY = date(2026, 1, 1)


def measured(kind: Kind, unit: str = "") -> Definition:
    """A monthly measure of that kind."""
    return Definition("Lamps", unit, "down", "month", kind=kind)


REFUSED: list[tuple[Definition, Reading, str]] = [
    (measured("number"), Reading(JANUARY, float("nan")), "nan is none"),
    (measured("number"), Reading(JANUARY, float("inf")), "inf is none"),
    (measured("share", "%"), Reading(JANUARY, 100.1), "between 0 and 100"),
    (measured("share"), Reading(JANUARY, 1.01), "between 0 and 1"),
    (measured("share", "%"), Reading(JANUARY, -0.1), "not below nought"),
    (measured("count"), Reading(JANUARY, 1.5), "whole number"),
    (measured("hours"), Reading(JANUARY, -1.0), "not below nought"),
    (measured("share", "%"), Reading(JANUARY, 120.0 / 110, 12.0, 11.0), "at most its denominator: 12 of 11"),
    (measured("share", "%"), Reading(JANUARY, 25.0, 3.0, 10.0), "3 of 10 is 30, and the value says 25"),
    (measured("rate"), Reading(JANUARY, 2.0, 3.0, 0.0), "above nought"),
    (measured("number"), Reading(JANUARY, None), "why there is no reading"),
    (measured("rate"), Reading(JANUARY, None, 3.0, 10.0), "Say the value too"),
    (measured("number"), Reading(date(2026, 3, 1), 1.0), "ends on 31 March 2026"),
    (measured("number"), Reading(date(2026, 4, 1), 1.0), "has not begun"),
    (measured("number"), Reading(date(1066, 1, 1), 1.0), "from 1900 to 2100"),
]


@pytest.mark.parametrize(("definition", "reading", "said"), REFUSED)
def test_what_cannot_be_so_is_refused_and_says_why(
    definition: Definition, reading: Reading, said: str
) -> None:
    found = fault(definition, reading, TODAY)
    assert found is not None
    assert said in found.sentence


TAKEN: list[tuple[Definition, Reading]] = [
    (measured("money"), Reading(JANUARY, -12.5)),
    (measured("share", "%"), Reading(JANUARY, 33.3, 1.0, 3.0)),  # rounded as it is printed
    (measured("share"), Reading(JANUARY, 0.333, 1.0, 3.0)),
    (measured("count"), Reading(JANUARY, 0.0)),
    (measured("number"), Reading(date(2026, 2, 1), 1.0)),
    (measured("number"), Reading(JANUARY, None, note="Never counted.")),
]


@pytest.mark.parametrize(("definition", "reading"), TAKEN)
def test_what_can_be_so_is_taken(definition: Definition, reading: Reading) -> None:
    assert fault(definition, reading, TODAY) is None


def test_a_reading_before_its_period_s_end_is_taken_where_that_is_said() -> None:
    assert fault(measured("number"), Reading(date(2026, 3, 1), 1.0), TODAY, early=True) is None


def test_a_share_is_worked_out_of_its_parts() -> None:
    found = completed(measured("share", "%"), Reading(date(2026, 1, 20), None, 1.0, 4.0))
    assert found == Reading(JANUARY, 25.0, 1.0, 4.0)


def test_a_line_of_the_digest_is_what_its_description_says() -> None:
    found = line(7, "2026-01-01", 2, told(0.1, None, 3.0, ""))
    assert found == b"7\t2026-01-01\t2\t0.1\t\t3.0\t\n"
    found = line(7, "2026-01-01", 1, told(None, None, None, "lost\n£"))
    assert found == b'7\t2026-01-01\t1\t\t\t\t"lost\\n\\u00a3"\n'


@pytest.mark.parametrize(
    ("definition", "field"),
    [
        (Definition(" ", "%", "down", "month"), "name"),
        (Definition("Lamps", "%", "sideways", "month"), "better"),  # type: ignore[arg-type]
        (Definition("Lamps", "%", "down", "month", kind="count", family="p"), "family"),
        (Definition("Lamps", "%", "down", "month", kind="share", family="p"), "denominator"),
        (Definition("Lamps", "%", "down", "month", baseline=11), "baseline"),
    ],
)
def test_a_definition_that_contradicts_itself_is_refused(definition: Definition, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        must_be_whole(definition)
    assert refused.value.field == field


def test_limits_are_fixed_on_as_many_readings_as_the_charts_need() -> None:
    must_be_whole(Definition("Lamps", "%", "down", "month", baseline=12))
