"""What was promised: how it stands on a day, how often it slipped and why, and who waits for it.

Everything here follows from facts and a day: nobody sets a promise to “late”, or to be on time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, TypeVar, get_args
from uuid import UUID

from watchkeep.domain.errors import Invalid
from watchkeep.domain.naming import in_words, named
from watchkeep.domain.people import Actor, Refusal, Where, answers_for, may

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


# --- What is promised ---------------------------------------------------------------------------------------

TITLE_LENGTH: Final = 400


@dataclass(frozen=True, slots=True)
class Promise:
    """What is said of a promise as at a day. An empty text, or nothing, is not recorded."""

    title: str
    definition_of_done: str = ""
    owner_post: UUID | None = None
    due: str = ""  # as written
    due_on: date | None = None
    expected_effect: str = ""
    expected_by: date | None = None
    source: str = ""  # who recommended or agreed it
    if_not: str = ""  # what happens if it is not done, or if the answer is no

    def __post_init__(self) -> None:
        if not named(self.title):
            raise Invalid("title", "Say what is promised, in a few words.")
        if len(self.title) > TITLE_LENGTH:
            raise Invalid("title", f"A promise's title has up to {TITLE_LENGTH} characters; shorten it.")
        if self.due.strip() and self.due_on is None:
            raise Invalid("due", "Give the day that is meant, or leave it empty: it is then without a date.")
        if self.expected_by and not in_words(self.expected_effect):
            raise Invalid("expected_effect", "Say which effect is expected by that day, and how much.")


# --- Slips --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Telling:
    """What one version says of the day, in the order that Watchkeep learned it (`number`)."""

    number: int
    effective_on: date
    due_on: date | None
    due: str = ""
    reason: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Slip:
    """A promised day that was moved back, or taken away (`to_day` is none), and why."""

    number: int
    on: date
    from_day: date
    to_day: date | None
    reason: str
    by: str

    @property
    def days(self) -> int | None:
        """By how much; cannot be said of a day that was taken away."""
        return (self.to_day - self.from_day).days if self.to_day else None

    @property
    def after_the_day(self) -> bool:
        """Whether the day was already past when it was moved."""
        return self.on > self.from_day


def slips(tellings: Iterable[Telling]) -> tuple[Slip, ...]:
    """Every slip, in the order told. Each follows from what was told before it alone: no later word can
    take one away. One that is told again at once of a later day, since it holds from its own on, is no other.
    """
    found: list[Slip] = []
    before: list[Telling] = []
    last = 0  # the telling that slipped last
    for each in sorted(tellings, key=lambda telling: telling.number):
        promised = promised_day(before, each.effective_on)
        taken_away = each.due_on is None and _standing_day(before, each.effective_on) is not None
        later = each.due_on is not None and promised is not None and each.due_on > promised
        if promised is not None and (later or taken_away):
            made = Slip(each.number, each.effective_on, promised, each.due_on, each.reason, each.by)
            if not (found and each.number == last + 1 and _same(found[-1], made)):
                found.append(made)
            last = each.number
        before.append(each)
    return tuple(found)


def _same(one: Slip, other: Slip) -> bool:
    said = [(each.from_day, each.to_day, each.reason, each.by) for each in (one, other)]
    return said[0] == said[1] and one.on < other.on


def promised_day(tellings: Sequence[Telling], on: date) -> date | None:
    """The last day that was promised by what stood on `on`: a day that was taken away is still the one to
    measure by.
    """
    stated = [each for each in tellings if each.effective_on <= on and each.due_on is not None]
    last = max(stated, key=lambda each: (each.effective_on, each.number), default=None)
    return last.due_on if last else None


def _standing_day(tellings: Sequence[Telling], on: date) -> date | None:
    stood = [each for each in tellings if each.effective_on <= on]
    last = max(stood, key=lambda each: (each.effective_on, each.number), default=None)
    return last.due_on if last else None


def original_day(tellings: Iterable[Telling]) -> date | None:
    """The first day that was ever promised."""
    stated = [each for each in tellings if each.due_on is not None]
    return min(stated, key=lambda each: each.number).due_on if stated else None


def total_slip(tellings: Sequence[Telling], due_on: date | None) -> int | None:
    """By how many days the day that stands is later than the first that was promised (negative: earlier)."""
    first = original_day(tellings)
    return (due_on - first).days if first and due_on else None


def may_redate(tellings: Sequence[Telling], *, on: date, due_on: date | None, reason: str) -> Refusal | None:
    """A later day, or none in place of one, needs a reason; an earlier one, or a first one, needs none."""
    proposed = Telling(_next_number(tellings), on, due_on, reason=reason)
    slipped = [each for each in slips((*tellings, proposed)) if each.number == proposed.number]
    if not slipped or in_words(reason):
        return None
    moved = f"to {_said(due_on)}" if due_on else "and no new day is given"
    return Refusal(f"The day slips from {_said(slipped[0].from_day)} {moved}: say why.")


def must_lie_ahead(due_on: date | None, on: date) -> None:
    """Refuse a new day that was over when it was given: nothing can be done by then any more."""
    if due_on and due_on < on:
        raise Invalid("due", f"{_said(due_on)} is past; give a day from {_said(on)} on.")


def _next_number(tellings: Sequence[Telling]) -> int:
    return max((each.number for each in tellings), default=0) + 1


def _said(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


# --- Who waits for it ---------------------------------------------------------------------------------------

Which = TypeVar("Which")


def waiting_for(dependants: Mapping[Which, Iterable[Which]], which: Which) -> frozenset[Which]:
    """All that cannot be kept before `which` is: those that wait for it, and those that wait for these."""
    found: set[Which] = set()
    left = list(dependants.get(which, ()))
    while left:
        each = left.pop()
        if each not in found:
            found.add(each)
            left.extend(dependants.get(each, ()))
    return frozenset(found)


def may_depend(
    dependants: Mapping[Which, Iterable[Which]],
    dependant: Which,
    needs: Which,
    named: Callable[[Which], str] = str,
) -> Refusal | None:
    """A promise cannot wait for itself, nor for one that waits for it."""
    if dependant == needs:
        return Refusal(f"{named(dependant)} cannot wait for itself.")
    if needs in waiting_for(dependants, dependant):
        return Refusal(
            f"{named(needs)} already waits for {named(dependant)}: if each waited for the other, neither "
            "could be kept. End the other first."
        )
    return None


# --- Who may do what, and when ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Held:
    """Whose a promise is, and the places and owners of the risks that it bears on; ids as text.

    `risk_posts` has an empty one for a risk that nobody owns.
    """

    owner_post: str
    places: tuple[Where, ...]
    risk_posts: frozenset[str] = frozenset()


def may_promise(actor: Actor, place: Where, risk_post: str) -> Refusal | None:
    """Who keeps the promises of a register, and a risk's own owner, say what is promised under it."""
    if answers_for(actor, risk_post or None) and may(actor, "answer for own risks") is None:
        return None
    return may(actor, "change controls", place)


def may_change(actor: Actor, held: Held) -> Refusal | None:
    """Change what is promised: who keeps the promises wherever it bears, or owns every risk it bears on.

    Its own owner may not: who answers for a promise does not also say what would count as done.
    """
    if held.risk_posts and all(answers_for(actor, post or None) for post in held.risk_posts):
        return may(actor, "answer for own risks")
    return next((refusal for place in held.places if (refusal := may(actor, "change controls", place))), None)


def may_answer(actor: Actor, held: Held) -> Refusal | None:
    """Report it done or give a new day: whoever holds its post, and whoever may change it."""
    if answers_for(actor, held.owner_post or None):
        return may(actor, "answer for own controls and actions")
    return may_change(actor, held)


def may_judge_effect(actor: Actor, held: Held) -> Refusal | None:
    """Nobody judges the effect of what they themselves promised."""
    if answers_for(actor, held.owner_post or None):
        return Refusal(
            "Nobody judges the effect of their own promise: somebody else says whether it was seen."
        )
    return next((refusal for place in held.places if (refusal := may(actor, "record checks", place))), None)


Deed = Literal["amend", "slip", "done", "drop", "again", "effect", "needs", "bears"]


def refusals(actor: Actor, facts: Facts, held: Held) -> dict[Deed, Refusal | None]:
    """Of everything that may be done about a promise, why the actor may not do it now, if so."""
    changing, answering = may_change(actor, held), may_answer(actor, held)
    moving = may_move(facts)
    return {
        "amend": changing,
        "slip": answering or moving,
        "done": answering or moving,
        "drop": changing or moving,
        "again": changing or may_take_up_again(facts),
        "effect": may_judge_effect(actor, held) or may_look_for_effect(facts),
        "needs": answering or moving,
        "bears": changing,
    }


def may_begin(actor: Actor) -> Refusal | None:
    """Who may promise something somewhere: under which risk, `may_promise` says."""
    return may(actor, "answer for own risks") and may(actor, "change controls")


def may_move(facts: Facts) -> Refusal | None:
    """What is done or dropped neither slips nor is done again."""
    if facts.outcome:
        return Refusal(f"It is {facts.outcome} already. Take it up again first, if that was wrong.")
    return None


def may_look_for_effect(facts: Facts) -> Refusal | None:
    """An effect is looked for when the thing is done, and only where one was expected."""
    if facts.outcome != "done":
        return Refusal("It is not done yet: its effect cannot be judged.")
    if not facts.expected_effect:
        return Refusal("No effect was expected of it. Say first which one was, and by when.")
    return None


def may_take_up_again(facts: Facts) -> Refusal | None:
    """Only what was ended can be taken up again."""
    return (
        None
        if facts.outcome
        else Refusal("It is not done and not dropped: there is nothing to take up again.")
    )


def kind_named(text: str) -> Kind:
    """The kind of that name."""
    for kind in get_args(Kind):
        if kind == text:
            found: Kind = kind
            return found
    raise Invalid("kind", f"A promise is one of {', '.join(KINDS)}; “{text}” is none of them.")
