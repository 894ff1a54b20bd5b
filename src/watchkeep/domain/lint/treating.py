"""Controls that are none: a meeting, or work that is to be done or goes on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from watchkeep.domain.lint.activity import ACTS, active
from watchkeep.domain.lint.found import Found
from watchkeep.domain.lint.lines import Line, lines
from watchkeep.domain.lint.paper import Paper
from watchkeep.domain.lint.rule import Rule
from watchkeep.domain.lint.samples import example

_A_THING: Final = re.compile(
    r"^\W*(?:(?!with\b)[\w-]+\s+){0,2}?(?:frameworks?|agreements?|contracts?|memorandum|protocols?|"
    r"polic(?:y|ies)|"
    r"procedures?|plans?|schemes?|insurance|systems?|software|alarms?|checklists?|training|rules?)\b",
    re.IGNORECASE,
)


_OVERSEEN: Final = re.compile(
    r"\b(?:board|committee|team|group|panel|executive|director|cabinet|governance|management) oversight\b"
    r"|^\W*(?:\w+ ){0,2}(?:reports?|updates?) (?:to|at)\b[^.;]*?\b(?:board|committee|panel|group|cabinet|"
    r"executive|team)\b"
    r"|\b(?:working|steering|task and finish|delivery|project|programme) (?:groups?|boards?) (?:\w+ ){0,3}?"
    r"(?:established|set up|in place|formed|created|exists?)\b"
    r"|^\W*links? (?:in)?to .*\b(?:structures|boards|groups|networks|forums)\b"
    r"|\b(?:oversight (?:by|from|at|of)|overseen by|managed through|"
    r"monitored (?:by|through|at)|"
    r"scrutin\w+ (?:by|at)|discussed at|updated at|governed by|"
    r"governance through)\b[^.;]*?"
    r"\b(?:boards?|committees?|panels?|groups?|structures?|meetings?|cabinet|forums?|executive|teams?|"
    r"tasking)\b",
    re.IGNORECASE,
)


def _meets(line: Line) -> bool:
    """Whether it names who meets or oversees, and nothing that they do."""
    told_once = line.times or line.sort.sort == "commitment"
    seen = line.sort.sort == "meeting" or (not told_once and _OVERSEEN.search(line.text))
    return bool(seen) and not _held(line.text)


def _held(text: str) -> bool:
    """Whether it says what is done there, or names a thing that stands, with whom it is shared."""
    return bool(ACTS.search(text) or _A_THING.match(text))


def _a_meeting(paper: Paper) -> Iterator[Found]:
    told: set[tuple[str, str]] = set()  # a line is told once, however many meetings it names
    for line in lines(paper, "controls"):
        item = (line.passage.risk.key, line.passage.path)
        if _meets(line) and item not in told:
            told.add(item)
            yield MEETING.at(
                line.passage,
                line.start,
                line.end,
                "This says who meets or leads. It does not say what they do that holds the risk back.",
                "Say what is decided or checked there, and by what rule; or list it as governance.",
            )


def _an_activity(paper: Paper) -> Iterator[Found]:
    for line in lines(paper, "controls"):
        if active(line):
            yield ACTIVITY.at(
                line.passage,
                line.start,
                line.end,
                "This is work to be done, or that goes on. It does not say what is in place because of it.",
                "Say what is now in place that holds the risk back, or move it to the actions with a day.",
            )


MEETING: Final = Rule(
    code="CONTROL-01",
    family="control that is an activity or a meeting",
    title="A control that is a meeting",
    reason=(
        "People who meet about a risk do not make it smaller by meeting. A control is what would be "
        "missed if "
        "it failed."
    ),
    good=example("No payment above £5,000 leaves without the approval of the Payments Board."),
    bad=example("Payments Board meets monthly."),
    weight="warning",
    look=_a_meeting,
)
ACTIVITY: Final = Rule(
    code="CONTROL-02",
    family="control that is an activity or a meeting",
    title="A control that is an activity",
    reason=(
        "Work in hand may become a control, and is none yet. Counted as one, it makes the risk look better "
        "held than it is."
    ),
    good=example("Two clerks check each new supplier’s bank details by telephone before the first payment."),
    bad=example("Improve the checks on new suppliers."),
    weight="warning",
    look=_an_activity,
)
RULES: Final = (MEETING, ACTIVITY)
