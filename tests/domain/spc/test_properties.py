"""What may not matter to a chart does not: where nought lies, the unit, which way is called better."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from made_series import series
from watchkeep.domain.spc import Chart, Dialect, judged

VALUES = st.lists(st.integers(-40, 40), min_size=1, max_size=45)
DIALECTS = st.sampled_from(("mdc", "ptd", "six"))
TURNED = {"improvement": "concern", "concern": "improvement", "mixed": "mixed", "change": "change", "": ""}


def signals(chart: Chart) -> list[tuple[str, ...]]:
    return [each.signals for each in chart.readings]


@settings(max_examples=60, deadline=None)
@given(VALUES, DIALECTS, st.integers(-1000, 1000), st.sampled_from((0.01, 3, 1000)))
def test_neither_a_shift_of_all_readings_nor_another_unit_changes_a_signal(
    values: list[int], dialect: Dialect, more: int, times: float
) -> None:
    found = signals(judged(series(values), dialect=dialect))
    assert signals(judged(series([each + more for each in values]), dialect=dialect)) == found
    assert signals(judged(series([each * times for each in values]), dialect=dialect)) == found


@settings(max_examples=60, deadline=None)
@given(VALUES, DIALECTS)
def test_calling_the_other_way_better_swaps_improvement_and_concern(
    values: list[int], dialect: Dialect
) -> None:
    up = judged(series(values, "up"), dialect=dialect)
    down = judged(series(values, "down"), dialect=dialect)
    assert [TURNED[each.meaning] for each in up.readings] == [each.meaning for each in down.readings]
    words = {"improving": "worsening", "worsening": "improving"}
    assert words.get(up.verdict.word, up.verdict.word) == down.verdict.word
    assert up.verdict.confirmed == down.verdict.confirmed


@settings(max_examples=60, deadline=None)
@given(VALUES, DIALECTS)
def test_a_mirror_turns_every_signal_over(values: list[int], dialect: Dialect) -> None:
    found = judged(series(values, "up"), dialect=dialect).readings
    turned = judged(series([-each for each in values], "down"), dialect=dialect).readings
    assert [(each.signals, each.meaning) for each in found] == [
        (each.signals, each.meaning) for each in turned
    ]
