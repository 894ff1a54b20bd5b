"""The annex: how to read the marks, and what is open."""

from __future__ import annotations

from lxml import etree

from watchkeep.formats.writers.html.cells import band
from watchkeep.formats.writers.html.elements import Child, element
from watchkeep.formats.writers.paper import Paper

INFERRED = (
    "The layout of the source leaves the place of these open. They stand where they most likely belong."
)
LEDGER = (
    "When this edition was frozen, the history of the register ended in the entry with this SHA-256 digest. "
    "Any later copy of the history can be checked against it."
)


def annex(printed: Paper) -> etree._Element:
    children: list[Child] = [
        element("h2", "How to read this paper, and what is open"),
        element("h3", "Marks"),
    ]
    if printed.key_bands:
        text = (
            "Ratings, from the highest: the more bars are full, and the darker the tint, the higher the band."
        )
        children += [
            element("p", text),
            element("p", *(band(row) for row in printed.key_bands), class_="key"),
        ]
    children.append(_pairs("Marks and what they mean", ("Mark", "Meaning"), printed.key_to_marks))
    if printed.doubts:
        children.append(element("h3", "Doubts about the source that are still open"))
        children.append(_pairs("Open doubts", ("About", "Doubt"), printed.doubts))
    if printed.inferred:
        children.append(element("h3", "Placed by inference"))
        children.append(element("p", INFERRED))
        children.append(_pairs("Placed by inference", ("How it was placed", "What"), printed.inferred))
    if printed.unassigned:
        children.append(element("h3", "Text of the source that stands in no field"))
        children.append(_pairs("Text in no field", ("Where", "Text"), printed.unassigned))
    if printed.ledger_head:
        children.append(element("h3", "Ledger head"))
        children.append(element("p", LEDGER))
        children.append(element("p", element("code", printed.ledger_head)))
    return element("section", *children, id="annex", data_paper="summary")


def _pairs(caption: str, head: tuple[str, str], rows: tuple[tuple[str, str], ...]) -> etree._Element:
    return element(
        "table",
        element("caption", caption, class_="unseen"),
        element("thead", element("tr", *(element("th", each, scope="col") for each in head))),
        element(
            "tbody",
            *(
                element("tr", element("th", one, scope="row"), element("td", other, dir="auto"))
                for one, other in rows
            ),
        ),
        class_="pairs",
    )
