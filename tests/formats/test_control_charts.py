"""A control chart says all that was judged, by shape as by colour, and fetches nothing."""

from __future__ import annotations

from datetime import date

from lxml import etree

from watchkeep.domain.indicator import Annotation, Definition, Reading, Rebase, Series, Target
from watchkeep.domain.spc import Chart
from watchkeep.domain.spc.chart import judged
from watchkeep.formats.charts import Ahead, drawn, multiples, sparkline, xmr

MONTHS = [date(2029 + month // 12, month % 12 + 1, 1) for month in range(24)]


def chart(*, reason: str = "A new shift pattern") -> Chart:
    """Sixteen months around 51, then eight about 60, where lower is better."""
    values = [50.0 + month % 3 for month in range(16)] + [60.0 + month % 2 for month in range(8)]
    readings = tuple(Reading(on, value) for on, value in zip(MONTHS, values, strict=True))
    series = Series(
        "K1",
        Definition("Calls <lost> & found", "%", "down", "month", baseline=12),
        readings,
        targets=(Target(45, MONTHS[0], MONTHS[6]), Target(55, MONTHS[6])),
        rebases=(Rebase(MONTHS[2], reason),) if reason else (),
        annotations=(Annotation(MONTHS[4], "A storm"), Annotation(MONTHS[9], "A strike")),
    )
    return judged(series)


def rows(specification: dict[str, object], name: str) -> list[dict[str, object]]:
    return [row for each in specification["layer"] for row in each["data"]["values"] if name in row]  # type: ignore[attr-defined, index]


def test_a_reading_with_a_signal_has_a_shape_of_its_own() -> None:
    shapes = {row["on"]: row["shape"] for row in rows(xmr(chart(reason="")), "shape")}
    assert shapes[MONTHS[-1].isoformat()] == "square"
    assert shapes[MONTHS[0].isoformat()] == "circle"


def test_a_target_that_changed_keeps_both_lines_with_their_days() -> None:
    lines = [(row["value"], row["on"], row["until"]) for row in rows(xmr(chart()), "until")]
    assert lines == [
        (45, MONTHS[0].isoformat(), MONTHS[6].isoformat()),
        (55, MONTHS[6].isoformat(), MONTHS[-1].isoformat()),
    ]


def test_annotations_are_numbered_and_a_rebase_gives_its_reason() -> None:
    made = xmr(chart())
    assert {row["number"] for row in rows(made, "number")} == {"1", "2"}
    assert [row["why"] for row in rows(made, "why")] == ["New limits: A new shift pattern"]


def test_the_drawing_names_its_finding_and_nothing_in_it_is_markup_of_a_name() -> None:
    fan = [Ahead(date(2031, 1, 1), 60, 58, 62, 55, 65)]
    text = drawn(xmr(chart(), fan=fan, titled=True), title="Calls <lost>", description="In words & figures")
    root = etree.fromstring(text.encode())
    assert root.get("role") == "img"
    assert [root[0].text, root[1].text] == ["Calls <lost>", "In words & figures"]
    assert "style=" not in text
    assert not root.xpath("//*[local-name()='lost' or local-name()='image' or local-name()='script']")


def test_small_pictures_are_drawn_of_any_number_of_readings() -> None:
    whole = chart()
    assert len(multiples([whole, whole])["concat"]) == 2
    for count in (0, 1, 2, 24):
        series = Series("K1", whole.series.definition, whole.series.readings[:count])
        small = sparkline(judged(series))
        assert small.startswith("<svg") is (count > 0)
        assert "nan" not in small


def test_a_small_picture_is_read_by_its_words_or_not_at_all() -> None:
    series = chart().series
    silent = sparkline(judged(series))
    read = sparkline(judged(series), words='Lamps "out" < 5')
    assert 'aria-hidden="true"' in silent
    assert "role=" not in silent
    assert 'role="img" aria-label="Lamps &quot;out&quot; &lt; 5"' in read
    assert "aria-hidden" not in read
