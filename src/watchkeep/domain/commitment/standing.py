"""How a promise stands on a day: nobody sets it late or on time, it follows from facts and the day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, get_args

from watchkeep.domain.errors import Invalid

Kind = Literal["action", "decision", "recommendation", "agreement", "review"]
Outcome = Literal["done", "dropped"]
Seen = Literal["yes", "no"]
State = Literal[
    "overdue",
    "lapsed",
    "delivered without effect",
    "due soon",
    "no date",
    "waiting",
    "done late",
    "done",
    "dropped",
]

# What each kind is, for whoever chooses one; and how many days before its day it is called due soon.
KINDS: Final[dict[Kind, str]] = {
    "action": "something to be done",
    "decision": "something to be decided, and what happens if the answer is no",
    "recommendation": "something that an inspector, an auditor or a panel asked for",
    "agreement": "something that holds until a day, and must be renewed, replaced or given up before it",
    "review": "something to be looked at again",
}
SOON: Final[dict[Kind, int]] = {
    "action": 14,
    "decision": 14,
    "recommendation": 28,
    "agreement": 90,
    "review": 14,
}
# The gravest first: the order in which a list shows them.
STATES: Final[dict[State, str]] = {
    "overdue": "its day is past and it is not done",
    "lapsed": "an agreement whose last day is past",
    "delivered without effect": "done, and the effect was looked for and not seen",
    "due soon": "its day is near",
    "no date": "nobody said when",
    "waiting": "its day is further off",
    "done late": "done after its day",
    "done": "done by its day, or without one",
    "dropped": "given up, with a reason",
}
SETTLED: Final[frozenset[State]] = frozenset({"delivered without effect", "done late", "done", "dropped"})


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a promise, and all that its state follows from."""

    kind: Kind
    due_on: date | None = None
    outcome: Outcome | None = None
    outcome_on: date | None = None
    expected_effect: str = ""
    expected_by: date | None = None
    effect_seen: Seen | None = None
    effect_on: date | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """How a promise stands on a day. `days` past its day, or (where negative) still to go; none without one.

    `effect_late`: how many days ago the expected effect should have been looked for, where nobody has.
    """

    state: State
    days: int | None = None
    effect_late: int | None = None

    @property
    def settled(self) -> bool:
        """Whether nothing more is to be done about it."""
        return self.state in SETTLED


def stands(facts: Facts, day: date) -> Standing:
    """How it stands on `day`. What happened after that day has not happened."""
    days = (day - facts.due_on).days if facts.due_on else None
    if facts.outcome and (facts.outcome_on is None or facts.outcome_on <= day):
        return _ended(facts, day)
    if days is None:
        return Standing("no date")
    if days > 0:
        return Standing("lapsed" if facts.kind == "agreement" else "overdue", days)
    return Standing("due soon" if -days <= SOON[facts.kind] else "waiting", days)


def _ended(facts: Facts, day: date) -> Standing:
    if facts.outcome == "dropped":
        return Standing("dropped")
    late = (facts.outcome_on - facts.due_on).days if facts.outcome_on and facts.due_on else None
    looked = facts.effect_seen is not None and (facts.effect_on is None or facts.effect_on <= day)
    if looked and facts.effect_seen == "no":
        return Standing("delivered without effect", late)
    waited = (day - facts.expected_by).days if facts.expected_by and not looked else None
    state: State = "done late" if late is not None and late > 0 else "done"
    return Standing(state, late, waited if waited is not None and waited > 0 else None)


def spoken(standing: Standing, kind: Kind = "action") -> str:
    """The state in a few words, with its number of days."""
    days = standing.days
    match standing.state:
        case "overdue":
            return f"Overdue {_days(days or 0)}"
        case "lapsed":
            return f"Lapsed {_days(days or 0)} ago"
        case "due soon" | "waiting":
            verb = "Ends" if kind == "agreement" else "Due"
            return f"{verb} today" if days == 0 else f"{verb} in {_days(-(days or 0))}"
        case "done late":
            return f"Done {_days(days or 0)} late"
    return standing.state.capitalize()


def _days(number: int) -> str:
    return f"{number} {'day' if number == 1 else 'days'}"


def kind_named(text: str) -> Kind:
    """The kind of that name."""
    for kind in get_args(Kind):
        if kind == text:
            found: Kind = kind
            return found
    raise Invalid("kind", f"A promise is one of {', '.join(KINDS)}; “{text}” is none of them.")
