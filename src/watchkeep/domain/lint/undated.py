"""Undated promises: something that is to be done, and nobody can be late for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from watchkeep.domain.days import NAMED, day_of
from watchkeep.domain.lint.activity import active, names_who_acts
from watchkeep.domain.lint.found import Found
from watchkeep.domain.lint.lines import lines, unpromised
from watchkeep.domain.lint.paper import DUE_HEADING, Paper
from watchkeep.domain.lint.rule import Rule
from watchkeep.domain.lint.samples import example, risk
from watchkeep.domain.lint.stale import CLOSED, leaves_open
from watchkeep.domain.when import no_days

_GOES_ON: Final = re.compile(r"\b(?:ongoing|long[- ]term|medium[- ]term|short[- ]term) [a-z]", re.IGNORECASE)
_NOT_YET: Final = re.compile(r"not there yet|still to happen")
_FEWEST: Final = 4  # words: a shorter piece only goes with what stands beside it
_DAYLESS: Final = re.compile(r"recommendations are followed|as a day|a last day|a day in the plan")
_NO_TIME: Final = re.compile(
    r"\b(?:daily|weekly|monthly|quarterly|annual(?:ly)?|yearly|every (?:\w+ )?(?:day|week|month|quarter|"
    r"year)|"
    r"each (?:day|week|month|quarter|year)|continu(?:e|es|ed|ing|ally|ous(?:ly)?)|regular(?:ly)?|where|"
    r"when|as required)\b",
    re.IGNORECASE,
)
_INTERIM: Final = re.compile(
    r"\b(?:interim (?:(?:\w+ ){0,2}?(?:head|director|managers?|officer|chief|lead|executive|chair)|"
    r"measures?|arrangements?|solutions?|controls?|cover|workaround|process|basis|support|"
    r"fix)|"
    r"temporar(?:y|ily)(?! (?:accommodation|staff|workers?|staffing|traffic))|until further notice|"
    r"for the (?:time being|foreseeable future|moment)|until (?:this|it|they|these|that|such time)\b|"
    r"(?:extension|agreement|contract|cover|funding)\b[^.;]{0,40}\b(?:short|"
    r"medium)[- ](?:to[- ])?(?:medium[- ])?term)\b",
    re.IGNORECASE,
)


def _undated(paper: Paper) -> Iterator[Found]:
    for line in unpromised(paper, "controls", "actions", "treatment", "contingency"):
        suggested = line.sort
        if (
            suggested.sort != "commitment"
            or line.times
            or line.dated_beside
            or line.told
            or leaves_open(line)
        ):
            continue
        if _INTERIM.search(line.text) or _DAYLESS.search(suggested.reason):
            continue
        few = line.passage.kind != "actions" and len(line.text.split()) < _FEWEST
        if few or names_who_acts(line.text):
            continue
        if _GOES_ON.search(line.text):
            continue
        again = _NO_TIME.search(line.text) and not _NOT_YET.search(suggested.reason)
        if paper.dated(line.passage) or again:
            continue
        if line.passage.kind == "controls" and active(line):
            continue  # that is for CONTROL-02
        yield UNDATED.at(
            line.passage,
            line.start,
            line.end,
            "This is still to be done, and no day is given for it.",
            "Give the day that it is promised for, and the post that answers for it.",
        )


def _promises_undated(paper: Paper) -> Iterator[Found]:
    for each in paper.document.risks:
        for place, promise in enumerate(each.promises):
            if promise.state == "no date":
                yield Found(
                    UNDATED.code,
                    each.key,
                    f"promises:{place}",
                    0,
                    len(promise.title),
                    promise.title,
                    "This was promised for no day.",
                    "Give the day that it is promised for.",
                    UNDATED.weight,
                )


def _both(paper: Paper) -> Iterator[Found]:
    yield from _promises_undated(paper)
    yield from _undated(paper)


def _no_day(paper: Paper) -> Iterator[Found]:
    yield from _no_day_beside_work(paper)
    for passage in paper.of("due_date", "review_date", "extra"):
        if passage.kind == "extra" and not DUE_HEADING.search(passage.path):
            continue
        if _impossible(passage.text):
            yield NO_DAY.at(
                passage,
                0,
                len(passage.text),
                f"“{passage.text.strip()}” is no day of the calendar, written as day, month, year.",
                "Give the day that is meant.",
            )
            continue
        if paper.names_a_time(passage.text) or not re.search(r"[^\W\d]{2}", passage.text):
            continue
        if _NO_TIME.search(passage.text) or CLOSED.search(passage.text) or len(passage.text) > 60:
            continue
        yield NO_DAY.at(
            passage,
            0,
            len(passage.text),
            f"“{passage.text.strip()}” stands where a day should, and names none.",
            "Give a day; if there is none yet, say so and say when there will be.",
        )


def _no_day_beside_work(paper: Paper) -> Iterator[Found]:
    for line in lines(paper):
        match = next(iter(no_days(line.text)), None)
        if match and not (line.passage.kind == "extra" and DUE_HEADING.search(line.passage.path)):
            what = "quarter of a year" if "q" in match[0].casefold() else "day of the calendar"
            yield NO_DAY.at(
                line.passage,
                line.start,
                line.end,
                f"“{match[0]}” is no {what}.",
                "Give the day that is meant.",
            )


def _impossible(text: str) -> bool:
    """Whether all of it is written as a date, and the calendar has no such day."""
    whole = " ".join(text.split()).strip(" .")
    return bool(no_days(whole)) or (bool(_A_DATE.fullmatch(whole)) and day_of(whole) is None)


_A_DATE: Final = re.compile(
    rf"\d{{1,2}}\s?[/.-]\s?\d{{1,2}}\s?[/.-]\s?(?:\d{{4}}|\d{{2}})|\d{{4}}-\d{{1,2}}-\d{{1,2}}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\s(?:of\s)?(?:{NAMED})\s\d{{4}}",
    re.IGNORECASE,
)


def _interim(paper: Paper) -> Iterator[Found]:
    for line in unpromised(paper):
        match = _INTERIM.search(line.text)
        if match and not line.times and not line.told_ended:
            yield INTERIM.at(
                line.passage,
                line.start,
                line.end,
                f"“{match[0]}” says that this will end, and not when or what follows it.",
                "Give the last day, and what takes its place.",
            )


UNDATED: Final = Rule(
    code="UNDATED-01",
    family="undated promise",
    title="A promise without a day",
    reason="Without a day it can be neither kept nor late, and it can stand in the register for years.",
    good=example("We plan to open a second store by 30 June 2026."),
    bad=example("We plan to open a second store."),
    weight="warning",
    look=_both,
)
NO_DAY: Final = Rule(
    code="UNDATED-02",
    family="undated promise",
    title="A due date that names no day",
    reason="“Ongoing” and “TBC” in a column of dates look like an answer and are none.",
    good=example("Due: 30 June 2026", risk(due="30 June 2026")),
    bad=example("Due: Ongoing", risk(due="Ongoing")),
    weight="warning",
    look=_no_day,
)
INTERIM: Final = Rule(
    code="UNDATED-03",
    family="undated promise",
    title="Something temporary, with no last day",
    reason="A stop-gap without an end becomes the arrangement, and what was to follow it is forgotten.",
    good=example("As an interim measure, until 30 June 2026, two agency clerks check the payments."),
    bad=example("As an interim measure, two agency clerks check the payments."),
    weight="note",
    look=_interim,
)
RULES: Final = (UNDATED, NO_DAY, INTERIM)
