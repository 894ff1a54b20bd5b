"""The report as a web page that needs nothing else: no script, readable at 320 pixels and in print."""

from __future__ import annotations

from typing import Final

from lxml import etree
from lxml.html import tostring

from watchkeep.domain.document import Risk
from watchkeep.domain.lint.found import Found
from watchkeep.domain.lint.report import SHORTEST_KEY, Report, label_of_place
from watchkeep.domain.lint.rules import RULES
from watchkeep.formats.writers.findings.regions import field_of
from watchkeep.formats.writers.findings.telling import NO_DAY, by_risk, heading, summary
from watchkeep.formats.writers.html import STYLE
from watchkeep.formats.writers.html.elements import element

_AROUND: Final = 120  # characters shown on either side of those that a finding points at
_MORE: Final = """
.findings { list-style: none; padding: 0; }
.findings > li { border-left: .3rem solid currentColor; padding: .1rem 0 .1rem .8rem; margin: 1rem 0; }
.findings .note { border-left-style: dotted; }
.findings .warning { border-left-style: dashed; }
.findings p { margin: .3rem 0; max-width: 44rem; overflow-wrap: anywhere; }
.findings mark { background: #fff3bf; color: #111; text-decoration: underline; }
.findings .key { font-size: .85em; }
main > section { max-width: 60rem; }
main > .sentence { margin-top: 1.5rem; }
"""
_TITLES: Final = {rule.code: rule.title for rule in RULES}


def write(report: Report) -> str:
    """The page: what was found in one sentence, then risk by risk, the words marked where they stand."""
    title = " – ".join(each for each in (report.document.name.text, "findings") if each)
    page = element(
        "html",
        element(
            "head",
            element("meta", charset="utf-8"),
            element("meta", name="viewport", content="width=device-width, initial-scale=1"),
            element("meta", name="generator", content="Watchkeep"),
            element("title", title),
            element("style", STYLE.read_text(encoding="utf-8") + _MORE),
        ),
        element(
            "body",
            element("a", "Skip to the findings", href="#findings", class_="skip"),
            element(
                "header",
                element("p", report.document.body.text, dir="auto") if report.document.body.text else None,
                element("h1", f"What to look at in {report.called}", dir="auto"),
            ),
            element(
                "main",
                element("p", summary(report), class_="sentence"),
                element("p", NO_DAY) if report.as_at is None else None,
                *_risks(report),
                *_accepted(report),
                id="findings",
                tabindex="-1",
            ),
        ),
        lang="en-GB",
    )
    text: str = tostring(page, encoding="unicode", doctype="<!DOCTYPE html>")
    return f"{text}\n"


def _risks(report: Report) -> list[etree._Element]:
    return [
        element(
            "section",
            element("h2", heading(risk), dir="auto", id=f"risk-{place}"),
            element("ul", *(_finding(report, risk, each) for each in found), class_="findings", role="list"),
            aria_labelledby=f"risk-{place}",
        )
        for place, (risk, found) in enumerate(by_risk(report), start=1)
    ]


def _finding(report: Report, risk: Risk | None, found: Found) -> etree._Element:
    return element(
        "li",
        element("h3", f"{_TITLES[found.code]} ({found.weight} {found.code})"),
        element("p", f"{label_of_place(found.field)}: ", *_marked(report, risk, found)),
        element("p", found.sentence),
        element("p", found.advice) if found.advice else None,
        element("p", "Key: ", element("code", found.key[:SHORTEST_KEY]), class_="key"),
        class_=found.weight,
    )


def _marked(report: Report, risk: Risk | None, found: Found) -> list[etree._Element | str]:
    """The words that are meant, marked among those about them."""
    field = field_of(report.document, found)
    text = field.text if field and field.text else found.text
    if found.end <= found.start:
        return ["nothing is recorded"]
    before, after = text[: found.start], text[found.end :]
    words = element(
        "bdi",
        f"…{before[-_AROUND:]}" if len(before) > _AROUND else before,
        element("mark", text[found.start : found.end]),
        f"{after[:_AROUND]}…" if len(after) > _AROUND else after,
    )
    return [words]


def _accepted(report: Report) -> list[etree._Element]:
    if not report.accepted and not report.unused:
        return []
    told = [
        element(
            "li",
            f"{each.code}, {each.risk or 'the register'}, {label_of_place(each.field)}: {reason}",
            dir="auto",
        )
        for each, reason in report.accepted
    ]
    gone = [
        element("li", f"{each.key[:SHORTEST_KEY]} is found no more: {each.reason}", dir="auto")
        for each in report.unused
    ]
    return [element("section", element("h2", "Accepted before"), element("ul", *told, *gone))]
