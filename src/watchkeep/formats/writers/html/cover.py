"""In short: the finding, the figures below it, and what the paper is."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from watchkeep.formats import charts
from watchkeep.formats.writers.html.elements import clean, element
from watchkeep.formats.writers.paper import Paper
from watchkeep.formats.writers.paper.figures import MOST_BARS


def finding(printed: Paper) -> etree._Element:
    return element(
        "section",
        element("h2", "In short"),
        element("p", printed.sentence, class_="sentence"),
        *(element("p", note, class_="note") for note in printed.notes),
        element("p", printed.overridden, class_="overridden", dir="auto") if printed.overridden else None,
        element("div", _bands(printed), _moved(printed), _missing(printed), class_="panels"),
        element(
            "dl",
            *(
                element("div", element("dt", name), element("dd", said, dir="auto"))
                for name, said in printed.facts
            ),
            class_="facts",
        ),
        id="finding",
        tabindex="-1",
        data_paper="summary",
    )


def _bands(printed: Paper) -> etree._Element | None:
    if not printed.bands:
        return None
    drawn = None
    if len(printed.bands) <= MOST_BARS:
        bars = [(clean(row.name), row.count, row.step) for row in printed.bands]
        text = charts.svg(
            charts.band_chart(bars), title=clean(printed.bands_title), description=clean(printed.bands_alt)
        )
        drawn = etree.fromstring(text)
    rows = [(row.name, str(row.count)) for row in printed.bands]
    return element(
        "div",
        element("h3", printed.bands_title),
        drawn,
        _figures("Risks in each band", (printed.bands_head, "How many"), rows),
    )


def _moved(printed: Paper) -> etree._Element | None:
    if not printed.moved:
        return None
    rows = [(way, *(str(count) for count in counts)) for way, counts in printed.moved]
    head = ("Movement", *printed.periods)
    return element(
        "div", element("h3", printed.moved_title), _figures("Risks by movement in each period", head, rows)
    )


def _missing(printed: Paper) -> etree._Element | None:
    if not printed.missing:
        return None
    rows = [
        (what, f"all {count}" if count == printed.total else f"{count} of {printed.total}")
        for what, count in printed.missing
    ]
    return element(
        "div",
        element("h3", printed.missing_title),
        _figures("Risks without", ("Field", "How many lack it"), rows),
    )


def _figures(caption: str, head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> etree._Element:
    return element(
        "table",
        element("caption", caption, class_="unseen"),
        element("thead", element("tr", *(element("th", each, scope="col") for each in head))),
        element(
            "tbody",
            *(
                element("tr", element("th", row[0], scope="row"), *(element("td", each) for each in row[1:]))
                for row in rows
            ),
        ),
        class_="figures",
    )
