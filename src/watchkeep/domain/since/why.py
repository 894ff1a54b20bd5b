"""What a paper says of a risk that came or went: that it is closed, merged or escalated, and since when."""

from __future__ import annotations

import re
from collections.abc import Iterator

from watchkeep.domain.document import RegisterDocument, Risk
from watchkeep.domain.wording import as_read

NOT_THERE = "No longer in this paper."
TITLE_LENGTH = 90

_CLOSED = re.compile(r"\W*(?:closed|merged)\b", re.IGNORECASE)
_WENT = re.compile(
    r"\b(?:closed|merged|escalated|removed|withdrawn|transferred|retired|archived|de-?escalated)\b",
    re.IGNORECASE,
)
_CAME = re.compile(r"\b(?:opened|new|added|raised|reopened)\b", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.;!?])\s+|\n+")


def title_of(risk: Risk) -> str:
    """What a risk is called: its name, else how its description begins, else its key."""
    said = as_read(risk.name.text or risk.description.text or risk.key)
    return said if len(said) <= TITLE_LENGTH else said[:TITLE_LENGTH].rsplit(" ", 1)[0] + " …"


def closed(risk: Risk) -> bool:
    """Whether a paper lists the risk and says that it is closed, or merged into another."""
    return _CLOSED.match(risk.status.text or "") is not None


def why_gone(risk: Risk, still_listed: Risk | None, later: RegisterDocument) -> str:
    """Why a risk went, where the later paper says."""
    if still_listed is not None:
        return as_read(still_listed.status.text or "")
    return _sentence_on(risk, later, _WENT) or NOT_THERE


def why_new(risk: Risk, later: RegisterDocument) -> str:
    """When or why a risk came, where the later paper says."""
    if risk.date_raised.recorded:
        return f"Raised {as_read(risk.date_raised.text or '')}."
    return _sentence_on(risk, later, _CAME)


def _sentence_on(risk: Risk, paper: RegisterDocument, verbs: re.Pattern[str]) -> str:
    """The first sentence beside the table that names the risk's reference and says such a thing."""
    reference = as_read(risk.reference.text or "")
    if not reference:
        return ""
    named = re.compile(rf"(?<![\w-]){re.escape(reference)}(?![\w-])", re.IGNORECASE)
    sentences = (each for each in _sentences(paper) if named.search(each) and verbs.search(each))
    return next(sentences, "")


def _sentences(paper: RegisterDocument) -> Iterator[str]:
    for loose in (*paper.header, *paper.unassigned):
        yield from (as_read(each) for each in _SENTENCE.split(loose.text) if each.strip())
