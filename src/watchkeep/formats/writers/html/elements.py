"""Elements of a page, built one by one, so that no text of a register can become markup."""

from __future__ import annotations

import re

from lxml import etree

from watchkeep.formats.writers.paper.passing import without_turns
from watchkeep.formats.writers.paper.references import REFERENCE

Child = etree._Element | str | None

# Signs that no web page may hold (control characters and half surrogates) are shown as the replacement sign.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def element(tag: str, *children: Child, **attributes: str) -> etree._Element:
    """An element with text and elements in it; `class_` and `for_` lose their stroke, `_` becomes `-`."""
    made = etree.Element(tag)
    for name, value in attributes.items():
        made.set(name.rstrip("_").replace("_", "-"), clean(value))
    for child in children:
        if child is None:
            continue
        if not isinstance(child, str):
            made.append(child)
        elif len(made):
            made[-1].tail = (made[-1].tail or "") + clean(child)
        else:
            made.text = (made.text or "") + clean(child)
    return made


def clean(text: str) -> str:
    """`text` with what no page may hold replaced, visibly."""
    return _FORBIDDEN.sub("\ufffd", without_turns(text))


def said(text: str, sources: str = "") -> list[Child]:
    """`text` with its references as links to the appendix of sources, on this page or on the page `sources`.

    Our own reader passes over them: they are the paper's words, not the register's.
    """
    made: list[Child] = []
    for place, piece in enumerate(REFERENCE.split(text)):
        if place % 2 == 0:
            made.append(piece)
        else:
            number = re.search(r"\d+", piece)
            address = f"{sources}#source-{number[0]}" if number else f"{sources}#sources"
            link = element("a", piece, href=address, aria_label=f"Source {piece.strip('[]')}")
            made.append(element("sup", link, class_="reference", data_paper="reference"))
    return made
