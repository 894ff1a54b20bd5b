"""What one paper says that another did not, as a web page that needs nothing else: no script, no picture."""

from __future__ import annotations

from lxml.html import tostring

from watchkeep.domain.document import RegisterDocument
from watchkeep.domain.finding import written
from watchkeep.domain.since import Since
from watchkeep.formats.writers.html import PROOF_STYLE, STYLE, shades
from watchkeep.formats.writers.html.elements import element
from watchkeep.formats.writers.html.proof import listing
from watchkeep.formats.writers.paper.since import sheet_of


def write(since: Since, later: RegisterDocument, *, later_called: str) -> bytes:
    """The page. The same two papers give the same bytes."""
    sheet = sheet_of(since, later.scale)
    title = " – ".join(each for each in (later.name.text, "what is new") if each)
    style = STYLE.read_text(encoding="utf-8") + PROOF_STYLE.read_text(encoding="utf-8") + shades()
    sections = (
        element("section", *listing(each, level=2), id=each.name, tabindex="-1") for each in sheet.listings
    )
    page = element(
        "html",
        element(
            "head",
            element("meta", charset="utf-8"),
            element("meta", name="viewport", content="width=device-width, initial-scale=1"),
            element("meta", name="generator", content="Watchkeep"),
            element("title", title),
            element("style", style),
        ),
        element(
            "body",
            element("a", "Skip to what is new", href="#news", class_="skip"),
            element(
                "header",
                element("p", later.body.text, class_="body", dir="auto") if later.body.text else None,
                element("h1", f"What is new since {since.earlier}", dir="auto"),
                element("p", _papers(since, later_called), dir="auto"),
            ),
            element(
                "main",
                element("section", element("p", sheet.sentence, class_="sentence"), id="news", tabindex="-1"),
                *sections,
            ),
        ),
        lang="en-GB",
    )
    text: str = tostring(page, encoding="unicode", doctype="<!DOCTYPE html>")
    return f"{text}\n".encode()


def _papers(since: Since, later_called: str) -> str:
    then, now = (
        f"as at {written(day)}" if day else "of a day not recorded"
        for day in (since.earlier_as_at, since.as_at)
    )
    return f"{since.earlier}, {then}, beside {later_called}, {now}"
