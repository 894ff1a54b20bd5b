"""Numbers that cannot be read: without a unit, or without the time they are for or where they come from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from watchkeep.domain.lint.found import Found
from watchkeep.domain.lint.lines import DOING, Line, lines
from watchkeep.domain.lint.measured import rests
from watchkeep.domain.lint.paper import Paper
from watchkeep.domain.lint.rule import Rule
from watchkeep.domain.lint.samples import example

_NUMBER: Final = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_COUNTED: Final = (
    r"(?:vacanc(?:y|ies)|posts? (?:is|are) vacant|vacant posts|cases|incidents|complaints|patients|people|"
    r"staff|"
    r"officers|employees|FTEs?|WTEs?|calls|referrals|breaches|records|days lost|applications|claims|"
    r"homes|"
    r"properties|children|students|pupils|vehicles|sites|invoices|requests|assessments|inspections|schools)"
)
NEAR: Final = 80  # characters on either side of a figure that may say when it was counted
# A reading: a share, an amount, so many out of so many, or a count of what is counted again and again.
_READING: Final = re.compile(
    rf"[£€$]\s?{_NUMBER}(?:\s?(?:m|bn|k|million|billion|thousand)\b)?|[+-]?\b{_NUMBER}\s?(?:%|per ?cent\b)"
    rf"|\b{_NUMBER} (?:out )?of (?:the |its |our )?{_NUMBER}\b"
    rf"|\b{_NUMBER} (?:[a-z-]+ ){{0,2}}?{_COUNTED} (?:is|are|wait|waiting|remain|vacant|outstanding|"
    rf"overdue)\b|\b(?:waiting lists?|backlogs?|caseloads?|queues?|vacanc(?:y|ies)|shortfalls?|arrears) of "
    rf"{_NUMBER} {_COUNTED}\b"
    rf"|\b{_NUMBER} [a-z-]+ (?:is|are) (?:waiting|vacant|outstanding|overdue|late|missing|owed)\b",
    re.IGNORECASE,
)
# What is not read off but set: a target, a limit, a price, a plan, a rule.
_SET: Final = re.compile(
    r"\b(?:targets?|limits?|thresholds?|standards?|within|max(?:imum)?|min(?:imum)?|sla|service level|"
    r"tolerances?|trigger\w*|capped|cap|ceiling|each|per|requires?|required|must|should|worth|valued|grant|"
    r"fund(?:ed|ing)?|invest\w*|budget(?:ed)?|allocat\w*|contract|loan|cost(?:s|ing)?|fines?|penalt\w+|"
    r"insurance|cover|approved|reserve[sd]?|programme|scheme|contingency|savings?|bid|secured|award\w*|"
    r"aim\w*|"
    r"plan\w*|recruit|price[sd]?|spend on|rates? of pay|pay award|only (?:where|when|if))\b",
    re.IGNORECASE,
)
_BOUND: Final = re.compile(
    r"\b(?:no more than|not more than|at least|at most|up to|more than|over|above|below|under|exceed\w*|"
    r"fewer than|less than|greater than|every|each|per|between|to|of at least)\s*(?:the )?$",
    re.IGNORECASE,
)
_MAY: Final = re.compile(r"\b(?:could|may|might|if|would)\b", re.IGNORECASE)
_PERIOD: Final = re.compile(
    r"\b(?:(?:one|two|three|four|five|six|twelve|this|last|per|a|an|each|every|previous|past|current|same|"
    r"next|in[- ]|financial|calendar|"
    r"first|second|"
    r"third|fourth|final) ?(?:year|quarter|month|week|day|annum|half|hour|shift)s?|since|daily|weekly|"
    r"fortnightly|monthly|"
    r"annual(?:ly)?|yearly|quarterly|p\.?a\.?|year[- ]to[- ]date|ytd|year[- ]end|in[- ]year|to date|"
    r"(?:last|past|previous|next|first|over) (?:\w+ )?(?:\w+ )?(?:years|months|weeks|days|quarters|hours)|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|yesterday|overnight|today|over (?:a|the) .{0,20}period|"
    r"period (?:to|ending|of)|christmas|easter|(?:in the|this|last) (?:spring|summer|autumn|winter)|term|"
    r"opening|closing)\b",
    re.IGNORECASE,
)
_SOURCE: Final = re.compile(
    r"\b(?:according to|source[sd]?|reported (?:by|in|to)|as reported|surveys?|census|ons|audits?|"
    r"inspections?|"
    r"dashboard|returns?|accounts|report|study|review (?:found|showed)|sampl\w+|dip[- ]sampl\w+|analysis|"
    r"statistics|stats|figures from|data from|measured by|counted by|monitoring shows|forecast(?:s|ed)? by|"
    r"outturn|ledger|benchmark\w*|index|poll|questionnaire|scorecard|model(?:led|ling)?)\b",
    re.IGNORECASE,
)


def _placeless(paper: Paper) -> Iterator[Found]:
    for line in lines(paper, *DOING, "description", "impact"):
        match = _reading(line)
        if not match or _dated_before(line, paper) or rests(line.passage, line.start, line.end):
            continue
        yield PERIOD.at(
            line.passage,
            line.start,
            line.end,
            f"“{match[0].strip()}” is given without the time that it is for, or where it comes from.",
            "Say for which day or period it was counted, and by whom.",
        )


def _reading(line: Line) -> re.Match[str] | None:
    """The figure that a sentence reads off something, where it says neither when nor where."""
    text = line.text
    if line.times or line.dated_beside or _SOURCE.search(text) or line.sort.sort == "commitment":
        return None
    for match in _READING.finditer(text):
        before, after = (
            text[max(0, match.start() - NEAR) : match.start()],
            text[match.end() : match.end() + NEAR],
        )
        before, after = re.split(r"[(;]", before)[-1], re.split(r"[);]", after)[0]
        figure = match[0].strip()
        if (
            figure.startswith("100")
            or figure == "0%"
            or _BOUND.search(before)
            or _PERIOD.search(before + after)
        ):
            continue
        money = figure[0] in "£€$"
        counted = not re.search(r"%|cent", figure, re.IGNORECASE)
        if money and line.passage.kind == "impact":
            continue  # what it would cost is no reading
        if _SET.search(before[-60:] + figure + after[:40]) or (counted and _MAY.search(text)):
            continue
        return match
    return None


def _dated_before(line: Line, paper: Paper) -> bool:
    """Whether an earlier sentence of the same text gives the day that its figures are for."""
    return paper.names_a_time(line.passage.text[: line.start])


# --- Without a unit -----------------------------------------------------------------------------------------

_MEASURE: Final = (
    r"(?:rates?|sickness|absence|turnover|overspends?|underspends?|shortfalls?|deficits?|gaps?|costs?|"
    r"savings?|"
    r"spend|spending|income|performance|compliance|occupancy|demand|response times?|waiting times?|times?|"
    r"variance|"
    r"usage|expenditure|attrition|attendance|utilisation|coverage|completion|uptake|length of stay|inflation|"
    r"balances?|reserves?|liquidity)"
)
_BARE_NUMBER: Final = re.compile(
    rf"\b{_MEASURE}\b(?:\s+[a-z]+){{0,3}}?\s+(?:is|are|was|were|of|at|to|by|stands? at|stood at|sits? at|"
    rf"sitting at|"
    rf"running at|reached|remains? at|up|down|averag(?:es|ed|ing))\s+(?:now |around |about |"
    rf"approximately |only |just |at )*"
    rf"(?P<number>{_NUMBER})(?=\s*(?:[;)]|[.,](?!\d)|$|and\b|but\b|against\b|from\b|compared\b|in\b|"
    rf"this\b|for\b|which\b))",
    re.IGNORECASE,
)
_UNIT_NEAR: Final = re.compile(
    r"£|%|per ?cent|\b(?:days?|hours?|minutes?|weeks?|months?|years?|fte|wte|m|bn|k|million|cases|people|"
    r"staff|patients|"
    r"calls|miles|points?|tonnes?|posts?|officers|ratio|score|index|level|grade|band|out of)\b",
    re.IGNORECASE,
)


def _unitless(paper: Paper) -> Iterator[Found]:
    for line in lines(paper, *DOING, "description", "impact"):
        for match in _BARE_NUMBER.finditer(line.text):
            year = re.fullmatch(r"(?:19|20)\d\d", match["number"])
            if year or _UNIT_NEAR.search(line.text) or rests(line.passage, line.start, line.end):
                continue
            yield UNIT.at(
                line.passage,
                line.start,
                line.end,
                f"“{' '.join(match[0].split())}” does not say of what: days, pounds, per cent, people.",
                "Give the unit.",
            )
            break


UNIT: Final = Rule(
    code="NUMBER-01",
    family="number without unit, period or source",
    title="A number without a unit",
    reason="A number without a unit can be read as any size, and cannot be set beside the next one.",
    good=example("In February 2026 sickness was 5.2 %; the call centre takes on agency staff from 6 %."),
    bad=example("In February 2026 sickness was 5.2."),
    weight="warning",
    look=_unitless,
)
PERIOD: Final = Rule(
    code="NUMBER-02",
    family="number without unit, period or source",
    title="A number without its time or its source",
    reason="Nobody can check it, or say whether it has moved: when it was counted, and by whom, is not told.",
    good=example("In February 2026, 40 % of forms were returned incomplete."),
    bad=example("About 40 % of forms are returned incomplete."),
    weight="warning",
    look=_placeless,
)
RULES: Final = (UNIT, PERIOD)
