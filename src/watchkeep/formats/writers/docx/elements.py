"""The elements of a Word file, built one by one, so that no text of a register can become markup."""

from __future__ import annotations

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from watchkeep.formats.writers.paper.passing import without_turns
from watchkeep.formats.writers.xlsx import FORBIDDEN


def clean(text: str) -> str:
    """`text` with what no file of this kind may hold replaced, visibly."""
    return FORBIDDEN.sub("\ufffd", without_turns(text))


def of(tag: str, *children: Any, **attributes: str) -> Any:
    """An element of Word's own vocabulary."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name.rstrip('_')}"), value)
    for child in children:
        if child is not None:
            made.append(child)
    return made


def run_of(
    text: str,
    *,
    style: str = "",
    bold: bool = False,
    strike: bool = False,
    underline: bool = False,
    colour: str = "",
) -> Any:
    """A run of text. What it looks like is said by a style wherever there is one."""
    look = [
        of("rStyle", val=style) if style else None,
        of("b") if bold else None,
        of("strike") if strike else None,
        of("color", val=colour) if colour else None,
        of("u", val="single") if underline else None,
    ]
    said = of("t")
    said.text = clean(text)
    said.set(qn("xml:space"), "preserve")
    return of("r", of("rPr", *look) if any(each is not None for each in look) else None, said)


def field_of(code: str) -> Any:
    """A number that Word counts itself: of the page, of all pages."""
    return of("fldSimple", run_of("1"), instr=f" {code} ")


def paragraph_of(*runs: Any, style: str = "") -> Any:
    """A paragraph in a style."""
    return of("p", of("pPr", of("pStyle", val=style)) if style else None, *runs)
