"""Jargon: short forms that the paper never writes out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from watchkeep.domain.lint.found import Found
from watchkeep.domain.lint.lines import DOING
from watchkeep.domain.lint.paper import Paper, Passage
from watchkeep.domain.lint.rule import Rule
from watchkeep.domain.lint.samples import example
from watchkeep.domain.lint.writing_out import WrittenOut

# Short forms that any reader of a public paper in Britain knows as they stand.
KNOWN: Final = frozenset(
    "UK EU UN US USA GB NHS BBC VAT HMRC HM IT ICT HR AI GP MP MPS PC ID TV CCTV GDPR PDF CEO CFO CV DVD "
    "USB LED GPS "
    "AGM FAQ DNA HIV AIDS COVID SARS PPE KPI KPIS PIN SMS WIFI PR OK AM PM BST GMT FY NATO GCSE PAYE ISO "
    "BT RAF "
    "EMAIL PLC LTD LLP NB TBC TBA TBD ASAP N/A VIP MOT CO2 HGV LGV HQ PA BREXIT FTE WTE SLA ATM NI A&E "
    "R&D Q&A "
    "UKRAINE M&A P&L IP URL MRI X-RAY USP CO ST DR MR MRS MS II III IV VI VII VIII IX XI XII".split()
)
# Words that papers shout; they are no short forms.
_SHOUTED: Final = frozenset(
    "THE AND FOR NOT ALL NEW NO YES RED AMBER GREEN HIGH LOW MEDIUM OPEN CLOSED DONE DUE MUST WILL MAY OR "
    "IF IN ON "
    "OF TO BY AT AS AN IS BE ARE HAS NOW SEE ANY TOTAL RISK RISKS NOTE NOTES ACTION UPDATE DRAFT FINAL "
    "TARGET STAFF DATA "
    "PLAN TEAM BOARD COUNCIL TRUST POLICE FORCE JAN FEB MAR APR JUN JUL AUG SEP SEPT OCT NOV DEC MON TUE "
    "WED THU FRI "
    "SAT SUN WEEK YEAR MONTH LIVE HOLD NONE CAUSE EVENT IMPACT EFFECT".split()
)
_FORM: Final = re.compile(
    r"(?<![\w/&.-])(?:[A-Z]{2,7}|[A-Z]{1,3}&[A-Z]{1,3}|[A-Z][a-z]?[A-Z]{1,4})s?(?![\w&]|-\d|[’'][A-Z])"
)
_SHOUTS: Final = 0.5  # share of capitals, over which a text is shouted and its words are no short forms


def _unexpanded(paper: Paper) -> Iterator[Found]:
    first: dict[str, tuple[Passage, int, int]] = {}
    count: dict[str, int] = {}
    for passage in paper.of("name", "description", "cause", "event", "impact", *DOING):
        letters = [each for each in passage.text if each.isalpha()]
        if letters and sum(each.isupper() for each in letters) / len(letters) > _SHOUTS and len(letters) > 12:
            continue
        for match in _FORM.finditer(passage.text):
            short = match[0].rstrip("s")
            if short.upper() in KNOWN or short in _SHOUTED or match[0].upper() in KNOWN:
                continue
            first.setdefault(short, (passage, match.start(), match.end()))
            count[short] = count.get(short, 0) + 1
    if not first:
        return
    said = WrittenOut(_all_text(paper))
    own = _references(paper)
    for short, (passage, start, end) in first.items():
        if short in own or said.has(short) or said.is_a_word(short):
            continue
        times = "" if count[short] == 1 else f" It stands here {count[short]} times."
        yield SHORT.at(
            passage,
            start,
            end,
            f"“{passage.text[start:end]}” is nowhere written out in this register.{times}",
            "Write it out where it stands first.",
        )


def _all_text(paper: Paper) -> str:
    document = paper.document
    pieces = [each.text for each in (*document.header, *document.unassigned, *document.furniture)]
    pieces += [document.body.text or "", document.name.text or ""]
    pieces += [each.text for each in paper.passages]
    pieces += [each.heading for each in document.columns]
    return "\n".join(pieces)


def _references(paper: Paper) -> frozenset[str]:
    """The letters that the register's own references begin with."""
    found = (re.match(r"[A-Za-z&]+", each.reference.text or "") for each in paper.document.risks)
    return frozenset(each[0].upper() for each in found if each)


SHORT: Final = Rule(
    code="JARGON-01",
    family="jargon not expanded",
    title="A short form that is never written out",
    reason="Those who do not know it are the public and new members: the readers the paper is for.",
    good=example("The Integrated Payments Desk (IPD) checks each invoice, and the IPD holds the keys."),
    bad=example("The IPD checks each invoice."),
    weight="note",
    look=_unexpanded,
)
RULES: Final = (SHORT,)
