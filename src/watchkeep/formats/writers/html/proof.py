"""What a paper carries besides its register: front sheet, what is new, promises, the appendix of sources."""

from __future__ import annotations

from lxml import etree

from watchkeep.formats.writers.html.cells import cell_element
from watchkeep.formats.writers.html.elements import element
from watchkeep.formats.writers.paper.values import Cell, FrontSheet, Listing, SinceSheet


def front(sheet: FrontSheet | None) -> etree._Element | None:
    """Who asks the meeting for what."""
    if sheet is None:
        return None
    facts = (
        element("div", element("dt", name), element("dd", text, dir="auto")) for name, text in sheet.facts
    )
    asked = [element("li", each, dir="auto") for each in sheet.recommendations]
    return element(
        "section",
        element("h2", "For the meeting"),
        element("dl", *facts, class_="facts front") if sheet.facts else None,
        *(
            (element("h3", "Purpose"), element("p", sheet.purpose, dir="auto", class_="purpose"))
            if sheet.purpose
            else ()
        ),
        *((element("h3", "Recommendations"), element("ol", *asked, class_="asked")) if asked else ()),
        id="front",
        data_paper="summary",
    )


def since(sheet: SinceSheet | None, *, titled: bool = True) -> etree._Element | None:
    """What is new since the last paper; without its title where the page has that already."""
    if sheet is None:
        return None
    return element(
        "section",
        element("h2", sheet.title) if titled else None,
        element("p", sheet.sentence, class_="sentence second"),
        *(part for each in sheet.listings for part in listing(each, level=3 if titled else 2)),
        id="since",
        data_paper="summary",
    )


def promises(told: Listing | None) -> etree._Element | None:
    """What was promised."""
    if told is None:
        return None
    return element(
        "section", element("h2", "What was promised"), *listing(told), id="promises", data_paper="summary"
    )


def sources(told: tuple[Listing, ...]) -> etree._Element | None:
    """What stands behind the words."""
    if not told:
        return None
    return element(
        "section",
        element("h2", "Sources"),
        *(part for each in told for part in listing(each)),
        id="sources",
        data_paper="summary",
    )


def listing(told: Listing, *, level: int = 3) -> tuple[etree._Element, ...]:
    """A plain table under its finding; of one that is grouped, a table for each group under a heading."""
    made: list[etree._Element] = [element(f"h{level}", told.title)]
    if told.note:
        made.append(element("p", told.note, class_="note"))
    for part in told.groups:
        if told.grouped:
            made.append(element(f"h{level + 1}", part.title, dir="auto", class_="group"))
        made.append(_table(part))
    return tuple(made)


def _table(told: Listing) -> etree._Element:
    """Roles are said aloud: a narrow screen makes cards of its rows."""
    total = sum(told.shares)
    columns = element(
        "colgroup",
        *(element("col", class_=f"share-{int(20 * share / total + 0.5) * 5}") for share in told.shares),
    )
    head = (element("th", each, scope="col", role="columnheader") for each in told.head)
    return element(
        "table",
        element("caption", told.title, class_="unseen"),
        columns,
        element("thead", element("tr", *head, role="row"), role="rowgroup"),
        element("tbody", *(_row(told, row) for row in told.rows), role="rowgroup"),
        role="table",
        class_=f"risks listing {told.name}",
    )


def _row(told: Listing, row: tuple[Cell, ...]) -> etree._Element:
    first, *rest = zip(told.head, row, strict=True)
    # What the numbers in the text point at.
    anchor = {"id": f"source-{first[1].text.strip('[]')}"} if told.name == "sources" else {}
    return element(
        "tr",
        element("th", cell_element(first[1]), scope="row", role="rowheader", data_heading=first[0]),
        *(element("td", cell_element(cell), role="cell", data_heading=heading) for heading, cell in rest),
        role="row",
        **anchor,
    )
