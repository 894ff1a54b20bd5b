"""The register as a table, and each risk at length."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from watchkeep.formats.writers.html.cells import cell_element
from watchkeep.formats.writers.html.elements import element
from watchkeep.formats.writers.paper.values import Grid, Sheet


def register(name: str, title: str, grid: Grid) -> etree._Element | None:
    """The table. Roles are said aloud because the narrow layout takes the display of a table away."""
    if not grid.rows:
        return None
    head = (
        element("th", heading.text, scope="col", role="columnheader", class_=heading.shape)
        for heading in grid.headings
    )
    rows = []
    for row in grid.rows:
        first, *rest = zip(grid.headings, row.cells, strict=True)
        cells = [
            element("th", cell_element(first[1]), scope="row", role="rowheader", data_heading=first[0].text),
            *(
                element("td", cell_element(cell), role="cell", data_heading=heading.text)
                for heading, cell in rest
            ),
        ]
        rows.append(element("tr", *cells, role="row"))
    table = element(
        "table",
        element(
            "caption",
            f"{title}: {len(grid.rows)} {'risk' if len(grid.rows) == 1 else 'risks'}",
            class_="unseen",
        ),
        element("thead", element("tr", *head, role="row"), role="rowgroup"),
        element("tbody", *rows, role="rowgroup"),
        role="table",
        class_="risks",
    )
    # The overview repeats the register, so a reader of this page passes over it.
    again = {"data_paper": "summary"} if name == "glance" else {}
    return element("section", element("h2", title), table, id=name, **again)


def sheets(all_sheets: tuple[Sheet, ...]) -> etree._Element | None:
    if not all_sheets:
        return None
    return element(
        "section",
        element("h2", "Each risk at length"),
        *(sheet_element(sheet) for sheet in all_sheets),
        id="sheets",
    )


def sheet_element(sheet: Sheet) -> etree._Element:
    """One risk at length under its name."""
    return element(
        "article",
        element("h3", sheet.title, dir="auto"),
        element("dl", *sheet_fields(sheet), class_="sheet"),
        id=f"risk-{sheet.key}",
    )


def sheet_fields(sheet: Sheet, *, sources: str = "") -> Iterator[etree._Element]:
    """Facts three in a row, texts two in a row or alone, as wide screens and paper allow."""
    rows = [(row, 3) for row in (sheet.head, *sheet.facts)] + [(row, 2) for row in sheet.texts]
    for row, whole in rows:
        for place, (heading, cell) in enumerate(row, start=1):
            # The last of a row that is not full has the rest of its width; six columns make the row.
            span = 6 // whole if place < len(row) else 6 - (place - 1) * 6 // whole
            yield element(
                "div",
                element("dt", heading),
                element("dd", cell_element(cell, sources=sources)),
                class_=f"span-{span}",
            )
