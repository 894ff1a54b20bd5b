"""The paper as one web page that needs nothing else: no script, readable at 320 pixels and in print."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from lxml import etree
from lxml.html import tostring

from watchkeep.domain.document import RegisterDocument
from watchkeep.domain.edition import Edition
from watchkeep.formats import charts
from watchkeep.formats.writers.html.annex import annex
from watchkeep.formats.writers.html.cover import opening
from watchkeep.formats.writers.html.elements import element
from watchkeep.formats.writers.html.measures import measures
from watchkeep.formats.writers.html.proof import promises, since, sources
from watchkeep.formats.writers.html.register import register, sheets
from watchkeep.formats.writers.paper import Paper, paper
from watchkeep.formats.writers.paper.pictures import pictures_of
from watchkeep.formats.writers.paper.values import Grid

STYLE = Path(__file__).parents[1] / "paper.css"
PROOF_STYLE = (
    Path(__file__).parents[1] / "proof.css"
)  # apart, so that papers made before it stay as they were
TURNED_STYLE = Path(__file__).parents[1] / "turned.css"
MEASURES_STYLE = Path(__file__).parents[1] / "measures.css"  # of papers with indicators alone
SITE_STYLE = Path(__file__).parents[1] / "site.css"


def write(document: RegisterDocument, edition: Edition | None = None) -> bytes:
    """The page. The same document and edition give the same bytes."""
    printed = paper(document, edition)
    drawn = pictures_of(document, edition) if printed.measures else {}
    page = element("html", _head(printed), _body(printed, drawn), lang="en-GB")
    text: str = tostring(page, encoding="unicode", doctype="<!DOCTYPE html>")
    return f"{text}\n".encode()


def _head(printed: Paper) -> etree._Element:
    title = f"{printed.title} – {printed.body}" if printed.body else printed.title
    return element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="generator", content="Watchkeep"),
        element("meta", name="keywords", content=printed.head) if printed.head else None,
        element("title", title),
        element("style", style(printed) + _widths(printed.register)),
    )


def style(printed: Paper, *, site: bool = False) -> str:
    """The style sheet of this paper; one that carries nothing besides its register needs the first part."""
    carried = (printed.front, printed.since, printed.promises, printed.sources, printed.overridden)
    besides = site or printed.measures or any(carried)
    more = PROOF_STYLE.read_text(encoding="utf-8") if besides else ""
    more += TURNED_STYLE.read_text(encoding="utf-8") if printed.moved.turned else ""
    more += MEASURES_STYLE.read_text(encoding="utf-8") if printed.measures else ""
    pages = SITE_STYLE.read_text(encoding="utf-8") if site else ""
    return STYLE.read_text(encoding="utf-8") + more + pages + shades()


def shades() -> str:
    """The tints of the bands, from the one place that has them."""
    return "".join(
        f".band-{step} {{ background: {shade}; color: {ink}; }}\n"
        for step, (shade, ink) in enumerate(zip(charts.SHADES, charts.SHADE_TEXT, strict=True))
    )


def _widths(grid: Grid) -> str:
    """Running text shares the width of a desk screen by its weight; labels take what they need."""
    total = sum(heading.weight for heading in grid.headings if heading.shape == "text")
    rules = [
        f"  #register th:nth-child({place}) {{ width: {100 * heading.weight / total:.1f}%; }}\n"
        for place, heading in enumerate(grid.headings, start=1)
        if heading.shape == "text"
    ]
    return f"@media (min-width: 60.01rem) {{\n{''.join(rules)}}}\n" if rules else ""


def _body(printed: Paper, drawn: Mapping[int, str]) -> etree._Element:
    marking = element("p", printed.marking, class_="marking") if printed.marking else None
    sections = [
        *opening(printed),
        since(printed.since),
        register("glance", "The register at a glance", printed.glance),
        register("register", "The register", printed.register),
        sheets(printed.sheets),
        measures(printed.measures, drawn),
        promises(printed.promises),
        sources(printed.sources),
        annex(printed),
    ]
    return element(
        "body",
        element("a", "Skip to the finding", href="#finding", class_="skip"),
        element(
            "header",
            marking,
            element("p", printed.body, class_="body") if printed.body else None,
            element("h1", printed.title, dir="auto"),
            element("p", printed.subtitle) if printed.subtitle else None,
        ),
        element("main", *(each for each in sections if each is not None)),
        element(
            "footer", element("p", printed.footer), element("p", printed.marking) if printed.marking else None
        ),
    )
