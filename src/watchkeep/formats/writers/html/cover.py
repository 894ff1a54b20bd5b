"""In short: the finding, the figures below it, and what the paper is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml import etree

from watchkeep.formats import charts
from watchkeep.formats.writers.html.elements import Child, clean, element
from watchkeep.formats.writers.html.proof import front
from watchkeep.formats.writers.paper import Paper
from watchkeep.formats.writers.paper.figures import MOST_BARS
from watchkeep.formats.writers.paper.values import Late


def opening(printed: Paper) -> Iterator[etree._Element]:
    """The finding and its figures; where a meeting is asked for something, that stands between the two."""
    short = [element("h2", "In short"), element("p", printed.sentence, class_="sentence")]
    if printed.late:
        short.append(_late(printed.late))
    asked = front(printed.front)
    if asked is None:
        yield _section("finding", *short, *_figured(printed))
        return
    yield _section("finding", *short)
    yield asked
    yield _section("figures", element("h2", "In figures"), *_figured(printed))


def _late(told: Late) -> etree._Element:
    lines = (element("li", each, dir="auto") for each in told.told)
    return element("div", element("h3", told.title), element("ul", *lines), class_="late")


def _section(name: str, *children: Child) -> etree._Element:
    return element("section", *children, id=name, tabindex="-1", data_paper="summary")


def _figured(printed: Paper) -> Iterator[Child]:
    yield from (element("p", note, class_="note") for note in printed.notes)
    if printed.overridden:
        yield element("p", printed.overridden, class_="overridden", dir="auto")
    yield element("div", _bands(printed), _moved(printed), _missing(printed), class_="panels")
    facts = (
        element("div", element("dt", name), element("dd", said, dir="auto")) for name, said in printed.facts
    )
    yield element("dl", *facts, class_="facts")


def _bands(printed: Paper) -> etree._Element | None:
    if not printed.bands:
        return None
    drawn = None
    if len(printed.bands) <= MOST_BARS:
        bars = [(clean(row.name), row.count, row.step) for row in printed.bands]
        text = charts.drawn(
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
    told = printed.moved
    if not told.rows:
        return None
    table = _figures("Risks by movement in each period", told.head, told.rows)
    heading = element("h3", printed.moved_title)
    if told.turned:
        return element("div", heading, _carded(table, told.head), class_="turned")
    return element("div", heading, table)


def _carded(table: etree._Element, head: tuple[str, ...]) -> etree._Element:
    """The table with what a narrow screen needs to make cards of its rows, and its roles said aloud."""
    roles = {"thead": "rowgroup", "tbody": "rowgroup", "tr": "row", "td": "cell"}
    table.set("role", "table")
    for each in table.iter(*roles, "th"):
        each.set("role", roles.get(each.tag) or f"{'column' if each.get('scope') == 'col' else 'row'}header")
    for row in table.iter("tr"):
        for cell, heading in zip(row, head, strict=True):
            if cell.tag == "td":
                cell.set("data-heading", clean(heading))
    return table


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
