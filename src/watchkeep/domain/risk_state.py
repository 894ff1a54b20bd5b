"""The one table of what a risk may become: from which state, into which, and the sentence where it may not.

And who may do what to a risk: everybody who changes risks there, and whoever answers for it where it is
theirs to say.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from watchkeep.domain.finding import written
from watchkeep.domain.people import Action, Actor, Refusal, Where, answers_for, may

State = Literal["draft", "open", "escalated", "closed", "merged"]
Move = Literal["open", "escalate", "accept", "return", "bring back", "merge", "close", "reopen"]

GONE: Final[frozenset[State]] = frozenset({"closed", "merged"})  # no longer in the register; the page stays


@dataclass(frozen=True, slots=True)
class Rule:
    """One move: the states it starts from, the state it ends in, and what is said of any other start."""

    starts: frozenset[State]
    ends: State
    otherwise: dict[State, str]
    done: str  # what the history says was done
    why: str = ""  # what is asked where a reason must be given


_OPEN: Final[dict[State, str]] = {
    "draft": "{risk} is a draft; open it first.",
    "closed": "{risk} is closed; reopen it first.",
    "merged": "{risk} was merged into another risk; what is to be said is said there.",
    "escalated": "{risk} is escalated; bring it back first.",
    "open": "{risk} is already open.",
}

MOVES: Final[dict[Move, Rule]] = {
    "open": Rule(
        frozenset({"draft"}),
        "open",
        _OPEN | {"escalated": "{risk} is already open.", "closed": "{risk} is closed; reopen it."},
        "open a risk",
    ),
    "escalate": Rule(
        frozenset({"open"}),
        "escalated",
        _OPEN | {"escalated": "{risk} is already escalated."},
        "escalate a risk",
        "Say why it is escalated.",
    ),
    # The next two are of the risk's place in the register above, which waits there as a draft.
    "accept": Rule(
        frozenset({"draft"}),
        "open",
        dict.fromkeys(("open", "escalated", "closed", "merged"), "{risk} was answered already."),
        "accept an escalation",
    ),
    "return": Rule(
        frozenset({"draft"}),
        "closed",
        _OPEN | dict.fromkeys(("open", "escalated"), "{risk} was accepted; bring it back down."),
        "return an escalation",
        "Say why it is returned.",
    ),
    "bring back": Rule(
        frozenset({"escalated"}),
        "open",
        _OPEN | {"open": "{risk} is not escalated.", "draft": "{risk} is not escalated."},
        "bring a risk back",
        "Say why it is brought back.",
    ),
    "merge": Rule(
        frozenset({"open"}), "merged", _OPEN, "merge a risk", "Say why the two are one risk."
    ),
    "close": Rule(
        frozenset({"draft", "open"}),
        "closed",
        _OPEN | {"closed": "{risk} is already closed."},
        "close a risk",
        "Say why the risk is closed.",
    ),
    "reopen": Rule(
        frozenset({"closed"}),
        "open",
        _OPEN | {"escalated": "{risk} is already open.", "draft": "{risk} was never closed."},
        "reopen a risk",
        "Say why the risk is opened again.",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Standing:
    """A risk before a move: how it is called, its state, and the day of its last move."""

    label: str
    state: State
    since: date
    told_since: date | None = None  # the first day that anything is said of it
    above: bool = False  # whether it is another register's risk, escalated to this one
    numbered: bool = True  # whether it ever had a reference


def state_named(text: str) -> State:
    """The state of that name, as a column holds it."""
    for state in MOVES["open"].otherwise:
        if state == text:
            return state
    raise ValueError(f"no state of a risk is called {text}")


def may_move(move: Move, risk: Standing, on: date | None = None) -> Refusal | None:
    """Nothing where the risk may make this move, on that day; else why not. Its reason is asked for apart."""
    rule = MOVES[move]
    if risk.state not in rule.starts:
        return Refusal(rule.otherwise[risk.state].format(risk=risk.label))
    if risk.above and move in ("close", "merge", "reopen", "open"):
        return Refusal(
            f"{risk.label} was escalated to this register; it leaves as it came: accept it, return it or "
            "bring it back."
        )
    if move == "reopen" and not risk.numbered:
        return Refusal(f"{risk.label} was a draft that never came to be; write it anew.")
    if on is None:
        return None
    if risk.told_since and on < risk.told_since:
        return Refusal(
            f"{risk.label} is first told of on {written(risk.told_since)}; it cannot have been "
            f"{_done(move)} before that day."
        )
    if on < risk.since:
        return Refusal(
            f"{risk.label} is {risk.state} since {written(risk.since)}; it cannot have been {_done(move)} "
            "before that day."
        )
    return None


def _done(move: Move) -> str:
    said = {"open": "opened", "reopen": "opened again", "bring back": "brought back", "return": "returned"}
    return said.get(move, f"{move}d" if move.endswith("e") else f"{move}ed")


def may_amend(state: State, label: str) -> Refusal | None:
    """Nothing where something new may be said of a risk in this state."""
    if state == "closed":
        return Refusal(f"{label} is closed; nothing more is said of it. Reopen it first.")
    if state == "merged":
        return Refusal(_OPEN["merged"].format(risk=label))
    return None


# --- Who ----------------------------------------------------------------------------------------------------


def may_change(actor: Actor, where: Where, owner_post: object | None = None) -> Refusal | None:
    """Whether `actor` may change a risk there, or this risk, whose owner's post they hold; else why not."""
    refusal = may(actor, "change risks", where)
    if refusal is None:
        return None
    if may(actor, "answer for own risks", where) is None:
        if answers_for(actor, owner_post):
            return None
        holder = (
            "whoever holds the post that owns it" if owner_post else "the post that owns it, once it has one"
        )
        return Refusal(f"Only a risk manager, an administrator or {holder} may change this risk.")
    return refusal


SEES_DRAFTS: Final[tuple[Action, ...]] = ("change risks", "see everything")


def may_see_draft(actor: Actor, where: Where, owner_post: object | None = None) -> bool:
    """A draft is seen by who writes it, by who may see everything, and by who answers for it."""
    return any(may(actor, each, where) is None for each in SEES_DRAFTS) or answers_for(actor, owner_post)


# --- References ---------------------------------------------------------------------------------------------

_NUMBERED: Final = re.compile(r"(?P<before>.*?)(?P<number>\d+)(?P<after>\D*)", re.DOTALL)


def next_reference(used: Iterable[str]) -> str:
    """The next free reference, in the pattern that most of a register's own follow; R1 where it has none."""
    every = {each.strip() for each in used if each.strip()}
    found = [match for each in every if (match := _NUMBERED.fullmatch(each))]
    if not found:
        return _free("R", 1, 1, "", every)
    counts = Counter((match["before"], match["after"]) for match in found)
    before, after = max(counts, key=lambda each: (counts[each], each))
    alike = [match["number"] for match in found if (match["before"], match["after"]) == (before, after)]
    last = max(alike, key=int)
    width = len(last) if last.startswith("0") or any(each.startswith("0") for each in alike) else 1
    return _free(before, int(last) + 1, width, after, every)


def _free(before: str, number: int, width: int, after: str, used: set[str]) -> str:
    plain = {each.casefold() for each in used}
    while (made := f"{before}{number:0{width}d}{after}").casefold() in plain:
        number += 1
    return made
