"""A file of readings: looked at, taken whole, or kept waiting for a decision."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from cast import Force
from watchkeep.apps.history import queries as history
from watchkeep.apps.indicators import changes as indicators
from watchkeep.apps.indicators import queries
from watchkeep.apps.indicators.changes import loads
from watchkeep.apps.indicators.models import Batch
from watchkeep.apps.indicators.queries.loads import load_of
from watchkeep.domain.errors import Invalid, Refused, Stale
from watchkeep.domain.indicator import Definition
from watchkeep.gateways.storage import FolderStore
from watchkeep.jobs import loading

pytestmark = pytest.mark.django_db
GOOD = b"Month,Indicator,Value\nJan 2024,K1,4\nFeb 2024,k1,6\n31/01/2024,K2,10\n"
MIXED = b"Month,Value\nJan 2024,4\nFeb 2024,many\nJan 2024,5\nMar 2024,-3\nApr 2024,7\n"


@pytest.fixture
def store(tmp_path: Path) -> FolderStore:
    return FolderStore(tmp_path)


@pytest.fixture
def measured(force: Force) -> Force:
    """A force with K1, counted by the month, and K2, a number by the day."""
    for name, frequency in (("Lamps out", "month"), ("Oil", "day")):
        value = Definition(name, "lamps", "down", frequency, kind="count", from_on=date(2024, 1, 1))  # type: ignore[arg-type]
        indicators.open_indicator(by=force.administrator, definition=value)
    return force


def looked(force: Force, store: FolderStore, data: bytes, **more: str) -> loading.Looked:
    brought = loading.bring(force.administrator, store, data, "readings.csv", **more)
    return loading.looked_at(force.administrator, store, load_of(force.administrator, brought))


def values(force: Force, reference: str) -> list[tuple[date, float | None]]:
    return [(each.on, each.value) for each in queries.series(force.administrator, reference).readings]


def test_a_good_file_is_taken_whole_as_one_batch(measured: Force, store: FolderStore) -> None:
    found = looked(measured, store, GOOD)
    assert (found.sorted.added, found.sorted.corrected, found.sorted.bad) == (3, 0, ())
    assert values(measured, "K1") == []
    taken = loading.take(measured.administrator, found, version=1)
    assert taken.added == 3
    assert values(measured, "K1") == [(date(2024, 1, 1), 4), (date(2024, 2, 1), 6)]
    assert values(measured, "K2") == [(date(2024, 1, 31), 10)]
    assert Batch.objects.count() == 1
    assert load_of(measured.administrator, found.load.id).state == "taken"
    with pytest.raises(Refused):
        loading.take(measured.administrator, found, version=2)
    assert history.verify(measured.administrator).holds


def test_with_a_bad_row_the_good_ones_wait_until_somebody_decides(
    measured: Force, store: FolderStore
) -> None:
    found = looked(measured, store, MIXED, indicator="K1")
    assert [(each.line, each.cell) for each in found.sorted.bad] == [(3, "B3"), (4, "B4"), (5, "B5")]
    with pytest.raises(Refused, match="3 rows are refused"):
        loading.take(measured.administrator, found, version=1)
    assert values(measured, "K1") == []
    loading.take(measured.administrator, found, version=1, without_bad=True)
    assert values(measured, "K1") == [(date(2024, 1, 1), 4), (date(2024, 4, 1), 7)]
    kept = load_of(measured.administrator, found.load.id)
    assert (kept.good, kept.bad, len(kept.problems)) == (2, 3, 3)


def test_a_dropped_file_counts_for_nothing(measured: Force, store: FolderStore) -> None:
    found = looked(measured, store, MIXED, indicator="K1")
    loads.drop_load(by=measured.administrator, load=found.load.id, version=1)
    assert values(measured, "K1") == []
    with pytest.raises(Refused):
        loading.take(measured.administrator, found, version=2, without_bad=True)


def test_a_correction_is_counted_before_and_needs_a_reason(measured: Force, store: FolderStore) -> None:
    loading.take(measured.administrator, looked(measured, store, GOOD), version=1)
    found = looked(measured, store, b"Month,Value\nJan 2024,4\nFeb 2024,9\n", indicator="K1")
    assert (found.sorted.added, found.sorted.corrected, found.sorted.unchanged) == (0, 1, 1)
    with pytest.raises(Invalid):
        loading.take(measured.administrator, found, version=1)
    assert load_of(measured.administrator, found.load.id).state == "waiting"
    loading.take(measured.administrator, found, version=1, reason="Counted again.")
    assert values(measured, "K1")[1] == (date(2024, 2, 1), 9)


def test_a_row_of_no_indicator_is_refused_by_its_cell(measured: Force, store: FolderStore) -> None:
    found = looked(measured, store, b"Month,Indicator,Value\nJan 2024,K9,4\n")
    assert [each.found for each in found.sorted.bad] == ["K9"]
    without = looked(measured, store, b"Month,Value\nJan 2024,4\n")
    assert "whose readings" in without.refused


def test_who_may_not_record_brings_nothing_and_who_looked_at_another_version_decides_nothing(
    measured: Force, store: FolderStore
) -> None:
    with pytest.raises(Refused):
        loading.bring(measured.reader, store, GOOD, "readings.csv")
    found = looked(measured, store, GOOD)
    loads.remap_load(
        by=measured.administrator, load=found.load.id, version=1, mapping=found.load.mapping, indicator="K1"
    )
    with pytest.raises(Stale):
        loading.take(measured.administrator, found, version=1)
