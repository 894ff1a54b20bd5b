"""What the risks are measured by: a table for each risk, its charts as pictures, their readings beneath."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from watchkeep.formats.writers.html.cells import cell_element
from watchkeep.formats.writers.html.elements import Child, element
from watchkeep.formats.writers.paper.values import Listing, Measure, Measured, Measures

HEAD = ("Indicator", "Its last readings", "What they say")


def measures(told: Measures | None, pictures: Mapping[int, str]) -> etree._Element | None:
    """The section, with a part for each risk that is measured."""
    if told is None:
        return None
    parts = (
        element(
            "article", element("h3", each.title, dir="auto"), *measured(each, pictures), class_="measured"
        )
        for each in told.risks
    )
    return element(
        "section",
        element("h2", told.title),
        element("p", told.sentence, class_="sentence second"),
        element("p", told.note, class_="note") if told.note else None,
        *parts,
        id="measures",
        data_paper="summary",
    )


def measured(told: Measured, pictures: Mapping[int, str]) -> list[Child]:
    """What the indicators of one risk say together, the judgement that differs, and each of them."""
    made: list[Child] = []
    if told.against:
        made.append(element("p", told.against, class_="against", dir="auto"))
    elif told.word and told.basis:
        said = element("span", told.basis, dir="auto")
        made.append(element("p", "Together: ", cell_element(told.word), ". ", said, class_="basis"))
    head = (element("th", each, scope="col", role="columnheader") for each in HEAD)
    made.append(
        element(
            "table",
            element("caption", f"The indicators of {told.title}", class_="unseen"),
            element("thead", element("tr", *head, role="row"), role="rowgroup"),
            element("tbody", *(_row(each, pictures) for each in told.rows), role="rowgroup"),
            role="table",
            class_="risks measures",
        )
    )
    return made


def _row(each: Measure, pictures: Mapping[int, str]) -> etree._Element:
    drawn = etree.fromstring(pictures[each.picture]) if each.picture in pictures else None
    named = element(
        "th",
        element("span", f"{each.key} {each.name}", dir="auto"),
        element("span", each.role, class_="role"),
        scope="row",
        role="rowheader",
        data_heading=HEAD[0],
    )
    shown = element(
        "td",
        drawn if drawn is not None else element("span", each.latest, class_="absent"),
        _readings(each.readings),
        role="cell",
        data_heading=HEAD[1],
    )
    says = element(
        "td",
        element("p", cell_element(each.verdict), class_="verdict"),
        element("p", each.latest, class_="latest") if drawn is not None else None,
        element("p", each.sentence, dir="auto"),
        element("p", each.target, class_="aim"),
        element("p", each.noted, class_="aim", dir="auto") if each.noted else None,
        role="cell",
        data_heading=HEAD[2],
    )
    return element("tr", named, shown, says, role="row")


def _readings(told: Listing | None) -> etree._Element | None:
    """The table of the points, opened by who wants it."""
    if told is None:
        return None
    head = (element("th", each, scope="col") for each in told.head)
    rows = (
        element(
            "tr",
            element("th", row[0].text, scope="row"),
            *(element("td", cell.text) for cell in row[1:]),
        )
        for row in told.rows
    )
    return element(
        "details",
        element("summary", f"{len(told.rows)} readings as a table" if len(told.rows) > 1 else "One reading"),
        element(
            "table",
            element("caption", told.title, class_="unseen"),
            element("thead", element("tr", *head)),
            element("tbody", *rows),
            class_="points",
        ),
    )
