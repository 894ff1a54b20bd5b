"""What a document tells of an indicator besides its readings: what explains those that it shows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from made_series import series
from watchkeep.domain.document import MOST_POINTS
from watchkeep.domain.indicator import Annotation, Rebase
from watchkeep.domain.indicator.telling import Use, told

AS_AT = date(2023, 12, 31)  # of the 36 readings from January 2021 on, those from January 2022 on are shown


def test_what_was_said_of_the_time_shown_is_told_and_the_rebase_whose_limits_it_begins_with() -> None:
    made = replace(
        series([float(50 + at % 5) for at in range(36)]),
        rebases=tuple(Rebase(date(*on), f"of {on[0]}") for on in ((2021, 3, 1), (2021, 9, 1), (2022, 9, 1))),
        annotations=tuple(
            Annotation(date(*on), f"in {on[0]}-{on[1]}") for on in ((2021, 10, 4), (2022, 2, 9), (2024, 1, 2))
        ),
    )
    (one,) = told([Use(made, "cause")], AS_AT)
    assert (len(one.points), one.points[0].on) == (MOST_POINTS, date(2022, 1, 1))
    assert [(each.on, each.kind, each.text) for each in one.marks] == [
        (date(2021, 9, 1), "rebase", "of 2021"),
        (date(2022, 2, 9), "annotation", "in 2022-2"),
        (date(2022, 9, 1), "rebase", "of 2022"),
    ]


def test_where_nothing_was_said_there_is_no_mark() -> None:
    (one,) = told([Use(series([50.0, 51.0, 49.0]), "cause")], AS_AT)
    assert one.marks == ()
