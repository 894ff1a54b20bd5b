"""Whether a sentence looked ahead to a time that it names, or tells of one that was past when it was
written.
"""

from __future__ import annotations

import re
from typing import Final

from watchkeep.domain.days import NAMED
from watchkeep.domain.lint.lines import OUTCOME, PAST, Line
from watchkeep.domain.lint.times import Named

_FORESEEN: Final = (
    r"expected|due|planned|scheduled|anticipated|proposed|intended|targeted|forecast|needed|required|"
    r"awaited|earmarked|pencilled in|set"
)
_LEADING: Final = r"(?:the\s+)?(?:(?:end|start|beginning|close|middle|week|w/c|early|mid|late|of|the)[\s-]+)*"
_BY: Final = re.compile(
    rf"\b(?:by|no later than|not later than|until|till|before|ahead of|in time for|to|"
    rf"through to)\s+{_LEADING}$",
    re.IGNORECASE,
)
# A day that tells when something happened, began or was counted.
_BACK: Final = re.compile(
    r"\b(?:since|as (?:at|of)|from|between|dated|effective|last|updated?|following|after|prior to|back in|"
    rf"compared (?:with|to)|than in|(?:figures?|data|results?|position) (?:for|to|in|at))\s+{_LEADING}$"
    rf"|\b(?!(?:{_FORESEEN})\b)(?:\w+ed|held|set up|put in place|rolled out|begun|began|met|made|taken|"
    rf"took place|went live|won|lost|given|gave|found|seen)\s+(?:\w+\s+)?(?:in|on|during|at|from|for|of)\s+"
    rf"{_LEADING}$",
    re.IGNORECASE,
)
_TO_BE_DONE: Final = re.compile(
    r"\b(?:to|not|will|shall|should|must|can) (?:\w+ly )?be\s+(?:\w+\s+)?\w+\s+(?:\w+\s+)?"
    rf"(?:in|on|during|at|from|for|of)\s+{_LEADING}$",
    re.IGNORECASE,
)
_STRONG: Final = re.compile(
    rf"\b(?:{_FORESEEN}|plans? to|will|shall|aim(?:s|ed|ing)? (?:to|for)|target(?:s| date)?|deadline|"
    rf"available|"
    r"awaiting|expir(?:es|y|ing)|ends|ending|runs? to|go(?:es|ing)?[- ]live|ready|starts|starting|begins|"
    r"beginning|commences|commencing|opens|reopens|reports|closes|launches|next)\b",
    re.IGNORECASE,
)
_TO_DO: Final = re.compile(
    r"(?<!\bdue )\bto (?!(?:the|a|an|our|its|their|this|that|date|\d)\b)[a-z]{2,}\b",
)
_DONE_TO: Final = re.compile(
    rf"\b(?!(?:{_FORESEEN})\b)(?:\w+ed|held|set up|led|up|down|close|access|response)\s+to\b", re.IGNORECASE
)
# Work named without a verb: “decision in January”. Audits, reviews and exercises are as often past.
_WORK: Final = re.compile(
    r"\b(?:decisions?|interviews?|launch|start|completion|implement(?:ation)?|delivery|deliver|roll[- ]?out|"
    r"recruit(?:ment)?|appoint(?:ment)?|publication|publish|submission|submit|opening|procurement|tender|"
    r"installation|withdraw(?:ing|al)|renewal|approval|sign[- ]off|migration|upgrade)\b[^.;()]{0,40}"
    rf"\b(?:in|for|on|during|from)\s+{_LEADING}$",
    re.IGNORECASE,
)
_PAST_VERB: Final = re.compile(
    r"(?<!to )(?<!will )\b(?:was|were|had|did|found|gave|took|went|showed|saw|said|made|met|held|came|"
    r"became|began|led|"
    r"has|have)\b",
    re.IGNORECASE,
)
# “Was due in March” looks ahead from before March, though its verb is past.
_FORETOLD: Final = re.compile(
    r"\b(?:was|were|had been)\s+(?:\w+ly\s+)?(?:due|scheduled|expected|anticipated)\b", re.IGNORECASE
)
_DONE: Final = re.compile(
    rf"(?<!be )(?<!being )(?<!fully )(?<!have )\b(?!complete\b)(?:{PAST})\b"
    r"(?! (?:date|by the (?!end|start|beginning|close|middle|week)))",
    re.IGNORECASE,
)
_AFTER: Final = re.compile(
    r"\s*[-–—:,(]?\s*(?:deadline|target|launch|go[- ]live|decision|start|completion|opening|due)\b",
    re.IGNORECASE,
)
_CLAUSES: Final = re.compile(
    r";|\s[–—-]\s|\.\s|[()]|,\s(?=(?:and|but|which|while|whilst|with)\b)|\b(?:but|whilst|while)\b"
)


# “By December 2019; completed on 3 December”: not what is done each month, nor what is bidden next.
_CAME_OF_IT: Final = re.compile(
    rf"\s*[;(\[–—-]+\s*(?:(?:it|this|which)\s+)?(?:(?:was|now|since|all|fully)\s+)*"
    rf"(?!(?:complete|set up|put in place|put back|won)\s+(?!(?:in|on|as|{NAMED})\b)[a-z])(?:{PAST}|done)\b"
    r"(?!\s+(?:by|to|the|a|an|all|our|new|with|each|every|when|if|once|regularly|daily|weekly|monthly|"
    r"quarterly|annually|yearly)\b)",
    re.IGNORECASE,
)


def answered(line: Line, named: Named) -> bool:
    """Whether what came of it stands right after the time, behind a semicolon, a dash or a bracket."""
    return _CAME_OF_IT.match(line.passage.text, line.start + named.end) is not None


def looked_ahead(line: Line, named: Named) -> bool:
    """Whether what stands at this time was still to come when the sentence was written."""
    before, after = line.text[: named.start], line.text[named.end :]
    if _BACK.search(before) and not _TO_BE_DONE.search(before):
        return False
    clause = [*_CLAUSES.split(before)][-1]
    if OUTCOME.search(clause):
        return False
    past = _PAST_VERB.search(_FORETOLD.sub("", clause)) is not None
    if _BY.search(before):
        return not past and (was_to_end(line, named) or not _DONE.search(clause))
    if _STRONG.search(clause) or (_TO_DO.search(clause) and not _DONE_TO.search(clause)):
        return not past or re.search(r"\b(?:was|were|had been) to be\b", clause) is not None
    if past or _PAST_VERB.search(_CLAUSES.split(after)[0]):
        return False
    bidden = "bidding word" in line.sort.reason
    if line.passage.kind == "actions" and bidden:
        return True
    named_work = line.passage.kind != "extra" and _WORK.search(before) and not after.strip(" .)")
    return bool(named_work or _AFTER.match(after))


# “End” only as a verb: “installed by the end of March” says nothing of how long something lasts.
_LASTS: Final = re.compile(
    r"\b(?:until|till|ends|ending|(?:to|will|may|should|must) end(?! of)|expir\w+|runs? to|extended to)"
    rf"\s+(?:on\s+)?{_LEADING}$",
    re.IGNORECASE,
)


def was_to_end(line: Line, named: Named) -> bool:
    """Whether it was to end by then, not to be done."""
    return _LASTS.search(line.text[: named.start]) is not None
