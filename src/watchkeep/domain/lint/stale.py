"""Stale: what was true, or was promised, of a day that has gone by."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from watchkeep.domain.document import Risk
from watchkeep.domain.finding import counted, written
from watchkeep.domain.lint.found import Found
from watchkeep.domain.lint.lines import DOING, OUTCOME, Line, lines, unpromised
from watchkeep.domain.lint.looking_ahead import answered, looked_ahead, was_to_end
from watchkeep.domain.lint.measured import rests
from watchkeep.domain.lint.paper import DUE_HEADING, Paper, Passage
from watchkeep.domain.lint.rule import Rule
from watchkeep.domain.lint.samples import example
from watchkeep.domain.lint.shelf_lives import shelf_life
from watchkeep.domain.lint.times import Named, times

WAITS: Final = frozenset({"waiting", "due soon", "overdue", "no date"})
CLOSED: Final = re.compile(r"\b(?:closed|complete[d]?|archived|merged|withdrawn|done)\b", re.IGNORECASE)
_LAST: Final = re.compile(r"\b(?:last|latest|previous|reviewed|updated|assessed)\b", re.IGNORECASE)


# --- A date that has passed ---------------------------------------------------------------------------------


def _passed(paper: Paper) -> Iterator[Found]:
    if paper.as_at is None:
        return
    yield from _promises_late(paper, paper.as_at)
    yield from _due_dates_late(paper, paper.as_at)
    for line in unpromised(paper, *DOING, "description", "impact"):
        late = _late(line, paper.as_at)
        if late and late.on:
            what = "was to last until then" if was_to_end(line, late) else "was still to come"
            yield PASSED.at(
                line.passage,
                line.start,
                line.end,
                f"“{late.text}”{_read_as(late)} had passed by {written(paper.as_at)}. What is said here "
                f"{what} when it was written, and nothing says what came of it.",
                "Say what came of it, or give the new date and why it moved.",
                late.read_as,
            )


def _late(line: Line, as_at: date) -> Named | None:
    """The time of a sentence that had passed, where it looked ahead and nothing says what came of it."""
    if line.told or any(each.on is None or each.on >= as_at for each in line.times):
        return None
    return next((each for each in line.times if looked_ahead(line, each) and not answered(line, each)), None)


def passed_promises(risk: Risk, as_at: date) -> tuple[int, int]:
    """How many promises of a risk are late, and how many wait at all."""
    waiting = [each for each in risk.promises if each.state in WAITS]
    return sum(each.due is not None and each.due < as_at for each in waiting), len(waiting)


def _promises_late(paper: Paper, as_at: date) -> Iterator[Found]:
    for risk in paper.document.risks:
        for place, promise in enumerate(risk.promises):
            if promise.state in WAITS and promise.due and promise.due < as_at:
                late = counted((as_at - promise.due).days, "day")
                yield Found(
                    PASSED.code,
                    risk.key,
                    f"promises:{place}",
                    0,
                    len(promise.title),
                    promise.title,
                    f"This was due on {written(promise.due)}: {late} late on {written(as_at)}, and nothing "
                    "says what came of it.",
                    "Record what came of it, or a new date with its reason.",
                    PASSED.weight,
                    promise.due.isoformat(),
                )


def _due_dates_late(paper: Paper, as_at: date) -> Iterator[Found]:
    for passage in paper.of("due_date", "extra"):
        if passage.kind == "extra" and not DUE_HEADING.search(passage.path):
            continue
        due = _gone_by(paper, passage, as_at)
        if due:
            yield PASSED.at(
                passage,
                0,
                len(passage.text),
                f"The date due{_read_as(due)} had passed by {written(as_at)}, and nothing says what came "
                "of it.",
                "Say what came of it, or give the new date and why it moved.",
                due.read_as,
            )


_SHORT: Final = 60  # signs: what is longer tells a story, and its days are not all due
_NO_DUE: Final = re.compile(
    r"\b(?:since|from|started|began|onwards|last|latest|previous|reviewed|updated|assessed|daily|weekly|"
    r"monthly|quarterly|annual(?:ly)?|yearly|every|each|ongoing|continu\w+)\b",
    re.IGNORECASE,
)


def _gone_by(paper: Paper, passage: Passage, as_at: date) -> Named | None:
    """The last time that a column of dates names, where it is gone by: of a month or a year, its last day."""
    text = passage.text
    if CLOSED.search(passage.risk.status.text or "") or len(text) > _SHORT:
        return None
    day = paper.day_of(passage)
    if day:
        return Named(text, 0, len(text), day) if day < as_at else None
    if CLOSED.search(text) or OUTCOME.search(text) or _NO_DUE.search(text):
        return None
    named = times(text, as_at)
    if not named or any(each.on is None or each.on >= as_at for each in named):
        return None
    return max(named, key=lambda each: each.on or as_at)


def _read_as(named: Named) -> str:
    return f" (read as {named.read_as})" if named.read_as else ""


# --- Words that go off --------------------------------------------------------------------------------------

_SOON: Final = re.compile(
    r"\b(?:imminent(?:ly)?(?! (?:\w+ )?(?:threats?|danger|risks?|harm|failure|collapse|attacks?|death|"
    r"arrival|loss))"
    r"|(?<!too )(?<!as )shortly(?! (?:after|before))|(?<!too )(?<!as )(?<!how )soon(?! (?:after|as|"
    r"be found))|"
    r"as soon as (?:possible|practicable|reasonably practicable|is practicable)|in due course|asap|"
    r"in the near future|in the coming (?:weeks|months|period)|in the next few (?:days|weeks|months)|"
    r"(?:later|early|early in) (?:this|next|in the) (?:year|month|quarter)|before long|going forward|"
    r"date (?:tbc|to be confirmed)|dates? (?:to be|tbc|tba)\b)",
    re.IGNORECASE,
)
_NOW: Final = re.compile(
    r"\b(?:currently|at present|presently|at the moment|at this (?:moment|point)(?: in time)?|at this time|"
    r"at the time of writing|as it stands|as things stand|recently|lately|in recent (?:weeks|months|"
    r"times?))\b",
    re.IGNORECASE,
)
_TO_BE: Final = re.compile(
    r"\b(?:(?:is|are|was|were|has|have|still|yet|now)\s+)?to be "
    r"(?!(?:able|fit|sure|no|so|met|at|in|the|a|an|aware|used|more|less|effective|successful|safe|"
    r"representative|found|heard|seen as|proportionate)\b)(?:\w+ly )?[a-z-]+",
    re.IGNORECASE,
)
_NO_PROMISE: Final = re.compile(
    r"(?:\b(?:need(?:s|ed)?|requir(?:e|es|ed)|likely|unlikely|appears?|seems?|continu(?:e|es|ed|ing)|able|"
    r"unable|failure|fail(?:s|ed)?|considered|found|proved|believed|known|thought|deemed|shown|said|ability|"
    r"inability|order|possible|hard|difficult|easy|ready|risk|chance|potential|opportunit\w+|unless|if|"
    r"what|how|which)(?:\s+\w+)?\s*"
    r"|\b(?:allow\w*|enabl\w*|ensur\w+|caus(?:e|es|ed|ing)|lead(?:s|ing)?|want\w*|permit\w*|"
    r"expect\w*)(?:\s+\w+){0,4}\s*)$",
    re.IGNORECASE,
)


def _soon(paper: Paper) -> Iterator[Found]:
    for line in lines(paper):
        match = _SOON.search(line.text)
        if match and not line.told and not any(each.on for each in line.times):
            yield SOON.at(
                line.passage,
                line.start,
                line.end,
                f"“{match[0]}” was true of the day it was written, and names no day{_already(paper, line)}.",
                "Give the day, or the month, that it is promised for.",
            )


def _already(paper: Paper, line: Line) -> str:
    """That the same words stood in an earlier paper, where they did."""
    bare = " ".join(line.text.split()).casefold()
    since = paper.oldest_with(line.passage.risk, bare)
    return f"; the paper of {since} said the same" if since else ""


def _now(paper: Paper) -> Iterator[Found]:
    for line in lines(paper, *DOING, "description", "impact"):
        match = _NOW.search(line.text)
        if match and not line.times and not rests(line.passage, line.start, line.end):
            yield NOW.at(
                line.passage,
                line.start,
                line.end,
                f"“{match[0]}” speaks of the day it was written, which a reader does not know.",
                "Say as at which day this is so.",
            )


def leaves_open(line: Line) -> str:
    """The “shortly” or “to be” with which a sentence leaves its day open; none where it has neither."""
    match = _SOON.search(line.text) or _to_be_done(line.text)
    return match[0] if match else ""


def _to_be_done(text: str) -> re.Match[str] | None:
    match = _TO_BE.search(text)
    return match if match and not _NO_PROMISE.search(text[: match.start()]) else None


def _to_be(paper: Paper) -> Iterator[Found]:
    for line in unpromised(paper):
        match = _to_be_done(line.text)
        if not match or line.times or line.dated_beside or line.told or _SOON.search(line.text):
            continue
        if not paper.dated(line.passage):
            yield TO_BE.at(
                line.passage,
                line.start,
                line.end,
                f"“{match[0]}” is still to come and has no day{_already(paper, line)}: it will read the same "
                "in any later paper.",
                "Give the day by which it is to be so, and the post that sees to it.",
            )


# --- Figures and reviews that have aged ---------------------------------------------------------------------

_READING: Final = re.compile(
    r"\b(?:as (?:at|of)|in|at|on|during|at the end of|to|for|by)\s+(?:the )?(?:end (?:of )?|mid-|early |"
    r"late |week of )*$",
    re.IGNORECASE,
)
_FIGURE: Final = re.compile(
    r"£?\d[\d,.]*\s?(?:%|per ?cent)|£\d[\d,.]*|\b\d[\d,]*(?:\.\d+)?\s+(?:of\s+(?:the\s+)?\d+|[a-z]+)",
    re.IGNORECASE,
)
_STANDING: Final = re.compile(
    r"\bas (?:at|of)\b|\b(?:is|are|stands?|stood|was|were|has|have|had|remain\w*|there (?:is|are|were)|"
    r"rate|total|"
    r"backlogs?|vacanc\w+|deficit|number|percentage)\b",
    re.IGNORECASE,
)


def _grown_old(paper: Paper) -> Iterator[Found]:
    if paper.as_at is None:
        return
    for line in lines(paper, *DOING, "description", "impact"):
        old = _old_reading(line, paper.as_at)
        if old and old.on and not rests(line.passage, line.start, line.end):
            life = shelf_life(line.text)
            age = counted((paper.as_at - old.on).days, "day")
            yield OLD.at(
                line.passage,
                line.start,
                line.end,
                f"The figure of “{old.text}” was {age} old on {written(paper.as_at)}; {life.what} is read as "
                f"today’s for {life.days}.",
                "Give the newest figure with its day.",
            )


def _old_reading(line: Line, as_at: date) -> Named | None:
    """The newest day for which a figure is given, where even that is older than the figure keeps."""
    text = line.text
    dated = [each for each in line.times if each.on]
    if not dated or len(dated) != len(line.times) or line.sort.sort == "commitment":
        return None
    newest = max(dated, key=lambda each: each.on or as_at)
    if newest.on is None or (as_at - newest.on).days <= shelf_life(text).days:
        return None
    before = text[: newest.start]
    if re.search(r"\bsince\b", before, re.IGNORECASE):
        return None  # it tells when something began
    if not _READING.search(before) or not _STANDING.search(text):
        return None
    bare = text
    for each in line.times:
        bare = bare.replace(each.text, " ")
    return newest if _FIGURE.search(bare) else None


def _reviews_late(paper: Paper) -> Iterator[Found]:
    if paper.as_at is None or paper.column_says("review_date", _LAST):
        return
    for passage in paper.of("review_date"):
        gone = _gone_by(paper, passage, paper.as_at)
        if gone:
            yield REVIEW.at(
                passage,
                0,
                len(passage.text),
                f"The review was to be held by then{_read_as(gone)}, which had passed by "
                f"{written(paper.as_at)}.",
                "Hold the review and give the day of the next.",
                gone.read_as,
            )


# --- The rules ----------------------------------------------------------------------------------------------

PASSED: Final = Rule(
    code="STALE-01",
    family="stale",
    title="A date that has passed, with no outcome",
    reason=(
        "The paper tells its readers to expect something that should have happened already. They cannot tell "
        "whether it did, slipped or was given up."
    ),
    good=example("The grant was expected by January 2026 and was refused on 20 January 2026."),
    bad=example("Answer on the grant expected by January 2026."),
    weight="error",
    look=_passed,
)
SOON: Final = Rule(
    code="STALE-02",
    family="stale",
    title="A word for time that goes off",
    reason=(
        "“Shortly” and “imminently” were true of the day they were written. Nobody can be late for them, and "
        "they read the same a year later."
    ),
    good=example("Training of the night staff starts on 4 May 2026."),
    bad=example("Training of the night staff starts shortly."),
    weight="warning",
    look=_soon,
)
NOW: Final = Rule(
    code="STALE-03",
    family="stale",
    title="“Currently”, with no day",
    reason="A reader meets the paper weeks after it was written, and cannot tell whether this is still so.",
    good=example("As at 20 March 2026 two sites have no standby generator."),
    bad=example("Two sites currently have no standby generator."),
    weight="note",
    look=_now,
)
TO_BE: Final = Rule(
    code="STALE-04",
    family="stale",
    title="“To be” done, with no day",
    reason="What is “to be” done stays so in every later paper, and nobody can be asked for it.",
    good=example("A second supplier is to be appointed by 30 June 2026."),
    bad=example("A second supplier to be appointed."),
    weight="warning",
    look=_to_be,
)
OLD: Final = Rule(
    code="STALE-05",
    family="stale",
    title="A figure that has grown old",
    reason="A figure is read as today’s. Past its shelf life it says how things were, not how they are.",
    good=example("As at 15 March 2026 the backlog was 40 cases."),
    bad=example("As at 15 December 2025 the backlog was 40 cases."),
    weight="warning",
    look=_grown_old,
)
REVIEW: Final = Rule(
    code="STALE-06",
    family="stale",
    title="A review date that has passed",
    reason="The register says that somebody would look again by this day; it does not show that they did.",
    good=example("Next review: 30 June 2026", review="30 June 2026"),
    bad=example("Next review: 31 December 2025", review="31 December 2025"),
    weight="warning",
    look=_reviews_late,
)
RULES: Final = (PASSED, SOON, NOW, TO_BE, OLD, REVIEW)
