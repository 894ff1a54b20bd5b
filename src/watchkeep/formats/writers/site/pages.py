"""The pages of the site."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

from lxml import etree
from lxml.html import tostring

from watchkeep.formats.writers.html.annex import annex
from watchkeep.formats.writers.html.cells import cell_element
from watchkeep.formats.writers.html.cover import opening
from watchkeep.formats.writers.html.elements import Child, element
from watchkeep.formats.writers.html.measures import measured
from watchkeep.formats.writers.html.proof import listing, promises, since, sources
from watchkeep.formats.writers.html.register import sheet_fields
from watchkeep.formats.writers.paper import Paper
from watchkeep.formats.writers.paper.pages import RiskPage

STYLE = "style.css"
DATA = "data/register"
INDEX, SINCE, SOURCES, ABOUT = "index.html", "since-the-last-paper.html", "sources.html", "about.html"


class Site:
    """All pages of one paper, with the links between them."""

    def __init__(
        self, printed: Paper, risks: tuple[RiskPage, ...], drawn: Mapping[int, str] | None = None
    ) -> None:
        self.printed, self.risks, self.drawn = printed, risks, drawn or {}
        self.addresses = addresses_of(page.risk.key for page in risks)
        named = [(INDEX, "The register", True), (SINCE, "Since the last paper", bool(printed.since))]
        named += [(SOURCES, "Promises and sources", bool(printed.sources or printed.promises))]
        named += [(ABOUT, "How to read and check it", True)]
        self.places = [(address, title) for address, title, there in named if there]

    def pages(self) -> dict[str, bytes]:
        """Each page under its path."""
        printed = self.printed
        made = {INDEX: self._page(INDEX, printed.title, self._index())}
        if printed.since:
            made[SINCE] = self._page(SINCE, "Since the last paper", [since(printed.since, titled=False)])
        if printed.sources or printed.promises:
            told = [promises(printed.promises), sources(printed.sources)]
            made[SOURCES] = self._page(SOURCES, "Promises and sources", told)
        made[ABOUT] = self._page(ABOUT, "How to read and check it", [self._about()])
        for number, page in enumerate(self.risks):
            address = self.addresses[page.risk.key]
            made[address] = self._page(address, page.sheet.title, [self._risk(number, page)])
        return made

    # --- The frame ------------------------------------------------------------------------------------------

    def _page(self, address: str, title: str, content: Iterable[etree._Element | None]) -> bytes:
        printed = self.printed
        up = "../" * address.count("/")
        whole = title if title == printed.title else f"{title} – {printed.title}"
        head = element(
            "head",
            element("meta", charset="utf-8"),
            element("meta", name="viewport", content="width=device-width, initial-scale=1"),
            element("meta", name="generator", content="Watchkeep"),
            element("meta", name="keywords", content=printed.head) if printed.head else None,
            element("title", f"{whole} – {printed.body}" if printed.body else whole),
            element("link", rel="stylesheet", href=f"{up}{STYLE}"),
        )
        first = title == printed.title
        marking = element("p", printed.marking, class_="marking") if printed.marking else None
        body = element(
            "body",
            element("a", "Skip to the content", href="#content", class_="skip"),
            element(
                "header",
                marking,
                element("p", printed.body if first else printed.title, class_="body", dir="auto"),
                element("h1", title, dir="auto"),
                element("p", printed.subtitle) if printed.subtitle else None,
            ),
            self._navigation(address, up),
            element("main", *content, id="content", tabindex="-1"),
            element(
                "footer",
                element("p", printed.footer),
                element("p", printed.marking) if printed.marking else None,
            ),
        )
        text: str = tostring(
            element("html", head, body, lang="en-GB"), encoding="unicode", doctype="<!DOCTYPE html>"
        )
        return f"{text}\n".encode()

    def _navigation(self, here: str, up: str) -> etree._Element:
        links = (
            element(
                "li",
                element(
                    "a", title, href=f"{up}{address}", **({"aria_current": "page"} if address == here else {})
                ),
            )
            for address, title in self.places
        )
        return element("nav", element("ul", *links, role="list"), aria_label="Parts of this paper")

    # --- The pages ------------------------------------------------------------------------------------------

    def _index(self) -> list[etree._Element | None]:
        return [*opening(self.printed), self._table(), self._data()]

    def _table(self) -> etree._Element | None:
        if not self.risks:
            return None
        period = self.risks[0].period
        head = ["Risk", "Stands at", *([f"Trend {period}"] if period else []), "Owner"]
        rows = []
        for page in self.risks:
            link = element("a", page.sheet.title, href=self.addresses[page.risk.key], dir="auto")
            cells: list[Child] = [cell_element(page.standing) if page.standing else _absent()]
            if period:
                cells.append(cell_element(page.moved) if page.moved else _absent())
            owner = " ".join((page.risk.owner.text or "").split())
            cells.append(element("span", owner, dir="auto") if owner else _absent())
            rows.append(
                element(
                    "tr",
                    element("th", link, scope="row", role="rowheader", data_heading="Risk"),
                    *(
                        element("td", cell, role="cell", data_heading=heading)
                        for heading, cell in zip(head[1:], cells, strict=True)
                    ),
                    role="row",
                )
            )
        headings = (element("th", each, scope="col", role="columnheader") for each in head)
        table = element(
            "table",
            element("caption", f"The register: {len(rows)} risks", class_="unseen"),
            element("thead", element("tr", *headings, role="row"), role="rowgroup"),
            element("tbody", *rows, role="rowgroup"),
            role="table",
            class_="risks index",
        )
        return element("section", element("h2", "The register"), table, id="register")

    def _data(self) -> etree._Element:
        files = (
            ("pdf", "The whole paper (PDF)"),
            ("csv", "The register as a table (CSV)"),
            ("json", "The register document (JSON)"),
        )
        links = (
            element("li", element("a", says, href=f"{DATA}.{kind}", download=f"register.{kind}"))
            for kind, says in files
        )
        return element("section", element("h2", "The paper and its data"), element("ul", *links), id="data")

    def _risk(self, number: int, page: RiskPage) -> etree._Element:
        parts: list[Child] = [
            element(
                "p",
                *((cell_element(page.standing), " ") if page.standing else ()),
                cell_element(page.moved) if page.moved else None,
                f" in {page.period}" if page.moved and page.period else "",
                class_="stands",
            ),
            element("h2", "What the register says"),
            element("dl", *sheet_fields(page.sheet, sources=f"../{SOURCES}"), class_="sheet"),
        ]
        if page.measured:
            parts += [element("h2", "What its indicators say"), *measured(page.measured, self.drawn)]
        if page.promises:
            parts += [element("h2", "What was promised"), *listing(page.promises)]
        if page.sources:
            parts += [element("h2", "Sources"), *listing(page.sources)]
        if page.coverage:
            parts.append(element("p", page.coverage, class_="note"))
        before = self.risks[number - 1] if number else None
        after = self.risks[number + 1] if number + 1 < len(self.risks) else None
        steps = [
            element("li", f"{way}: ", element("a", other.sheet.title, href=self._beside(other), dir="auto"))
            for way, other in (("Before", before), ("Next", after))
            if other
        ]
        if steps:
            parts.append(
                element("nav", element("ul", *steps, role="list"), aria_label="Risks beside this one")
            )
        return element("article", *parts, class_="risk")

    def _beside(self, page: RiskPage) -> str:
        return self.addresses[page.risk.key].rpartition("/")[2]

    def _about(self) -> etree._Element:
        return annex(self.printed)


def _absent() -> etree._Element:
    return element("span", "not recorded", class_="absent")


def addresses_of(keys: Iterable[str]) -> dict[str, str]:
    """A path for each risk: its key in plain letters, and a number where two would be called alike."""
    made: dict[str, str] = {}
    for key in keys:
        flat = unicodedata.normalize("NFKD", key).encode("ascii", "ignore").decode().casefold()
        name = re.sub(r"[^a-z0-9]+", "-", flat).strip("-")[:60] or "risk"
        wanted, number = name, 1
        while f"risks/{wanted}.html" in made.values():
            number += 1
            wanted = f"{name}-{number}"
        made[key] = f"risks/{wanted}.html"
    return made
