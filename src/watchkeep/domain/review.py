"""The review of one risk in a quarter: which step may follow which and, apart from that, who may take it.

Every refusal is a sentence. A review's state is what its steps make of it, and what became of the risk.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from watchkeep.domain.finding import counted, in_words, written
from watchkeep.domain.people import ANYWHERE, Action, Actor, Refusal, Where, answers_for, may
from watchkeep.domain.period import Period

State = Literal[
    "asked",
    "asked again",
    "updated",
    "challenged",
    "answered",
    "returned",
    "signed",
    "carried over",
    "withdrawn",
]  # asked again: somebody else changed the risk after its owner had spoken
Kind = Literal[
    "ask", "update", "confirm", "override", "challenge", "answer", "return", "sign", "carry over", "withdraw"
]

_WAITING: Final[tuple[State, ...]] = ("asked", "asked again", "updated", "challenged", "answered", "returned")
# The one table of allowed moves. What is not in it is refused.
MOVES: Final[dict[tuple[State, Kind], State]] = {
    ("asked", "update"): "updated",
    ("asked", "confirm"): "updated",
    ("asked again", "update"): "updated",
    ("asked again", "confirm"): "updated",
    ("updated", "update"): "updated",
    ("updated", "confirm"): "updated",
    ("answered", "update"): "updated",
    ("answered", "confirm"): "updated",
    ("returned", "update"): "updated",
    ("returned", "confirm"): "updated",
    ("signed", "update"): "updated",  # it is to be signed off again
    ("signed", "confirm"): "updated",
    ("challenged", "update"): "challenged",  # words may change while a question stands; an answer settles it
    ("challenged", "confirm"): "challenged",
    ("asked", "override"): "asked",  # saying why the trend is another is not yet an update
    ("asked again", "override"): "asked again",
    ("returned", "override"): "returned",
    ("challenged", "override"): "challenged",
    ("updated", "override"): "updated",
    ("answered", "override"): "updated",
    ("signed", "override"): "updated",
    ("updated", "challenge"): "challenged",
    ("challenged", "challenge"): "challenged",
    ("answered", "challenge"): "challenged",
    ("challenged", "answer"): "answered",
    ("updated", "return"): "returned",
    ("challenged", "return"): "returned",
    ("answered", "return"): "returned",
    ("updated", "sign"): "signed",
    ("answered", "sign"): "signed",
    **{(state, "carry over"): "carried over" for state in _WAITING},
    **{(state, "withdraw"): "withdrawn" for state in (*_WAITING, "signed")},
}
SETTLED: Final[frozenset[State]] = frozenset({"signed", "carried over", "withdrawn"})
OF_OWNER: Final[frozenset[State]] = frozenset({"asked", "asked again", "returned"})  # waits for its update
WROTE: Final[frozenset[Kind]] = frozenset({"update", "confirm", "override", "answer"})
MOST_NAMED: Final = 8  # risks in one sentence

WORDS: Final[dict[State, str]] = {
    "asked": "waits for its update",
    "asked again": "was changed since its owner spoke, and waits for its owner again",
    "updated": "waits to be challenged or signed off",
    "challenged": "waits for an answer",
    "answered": "was answered, and waits to be signed off",
    "returned": "was sent back, and waits for its update",
    "signed": "is signed off",
    "carried over": "is carried over to the next quarter",
    "withdrawn": "is withdrawn, as the risk was closed",
}
_DOING: Final[dict[Kind, str]] = {
    "ask": "asked",
    "update": "updated",
    "confirm": "confirmed",
    "override": "given another trend",
    "challenge": "challenged",
    "answer": "answered",
    "return": "sent back",
    "sign": "signed off",
    "carry over": "carried over",
    "withdraw": "withdrawn",
}
_WHY_NOT: Final[dict[tuple[State, Kind], str]] = {
    ("asked", "sign"): "{risk} has not been updated this quarter, so there is nothing to sign off yet.",
    ("asked", "challenge"): "{risk} has not been updated this quarter, so there is nothing to challenge yet.",
    ("asked again", "sign"): "{risk} was changed since its owner spoke; they are asked again first.",
    ("asked again", "challenge"): "{risk} was changed since its owner spoke; they are asked again first.",
    ("returned", "sign"): "{risk} was sent back; it is signed off once it has been updated again.",
    ("returned", "challenge"): "{risk} was sent back; it can be challenged once it has been updated again.",
    ("challenged", "sign"): "A challenge of {risk} is not answered yet; it is signed off once that is.",
    ("signed", "sign"): "{risk} is signed off already.",
    ("signed", "carry over"): "{risk} is signed off, so there is nothing to carry over.",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step: by whom, on which day, from which post, and who answered for that post then."""

    kind: Kind
    by_id: str
    by: str
    on: date
    post: str = ""  # the id of the post that they acted from
    post_title: str = ""
    answering: frozenset[str] = frozenset()  # ids of all who held it or deputised for it that day
    direct: bool = False  # the risk itself was changed while the review was open


@dataclass(frozen=True, slots=True)
class Change:
    """A change of the risk past its review, of its words as at the quarter's end."""

    by_id: str
    by: str
    on: date
    fields: tuple[str, ...] = ()  # as a person would say them
    own: bool = False  # by whoever answers for the risk


@dataclass(frozen=True, slots=True)
class Facts:
    """What the questions of permission and of policy are asked about."""

    risk: str  # as a person would call it
    state: State
    where: Where = ANYWHERE
    post: str = ""  # the id of the risk's owner post today
    post_title: str = ""
    steps: tuple[Step, ...] = ()
    course: tuple[Step | Change, ...] = ()  # the steps and, among them, the changes past the review
    wrote: tuple[Step, ...] = ()  # changes of the risk itself since the cycle was opened, by whoever
    rolled_forward: bool = False
    gone: str = ""  # the state of a risk that nothing more is asked of
    reworded: int = 0  # how often its words were changed in the registers below since it was asked


# --- Policy: which step may follow --------------------------------------------------------------------------


def follows(facts: Facts, kind: Kind) -> Refusal | None:
    """Why this step cannot be taken in this state, whoever asks; nothing where it can."""
    if facts.rolled_forward:
        return Refusal(f"The quarter is rolled forward; {facts.risk} is reviewed again in the next one.")
    if facts.gone and kind != "withdraw":
        return Refusal(f"{facts.risk} is {facts.gone}; nothing more is asked of it.")
    if kind == "withdraw" and not facts.gone:
        return Refusal(f"{facts.risk} is not closed; a review is withdrawn only where the risk is.")
    if (facts.state, kind) in MOVES:
        return None
    why = _WHY_NOT.get((facts.state, kind), "{risk} {state}; it cannot be {done} now.")
    return Refusal(why.format(risk=facts.risk, state=WORDS[facts.state], done=_DOING[kind]))


def after(state: State, kind: Kind) -> State:
    """The state that the step leads to."""
    return MOVES[(state, kind)]


def replayed(kinds: Iterable[Kind]) -> State:
    """What a review's steps, in their order, make of it."""
    state: State = "asked"
    for kind in kinds:
        if state == "signed" and (state, kind) not in MOVES:
            state = "updated"  # the step was taken because the risk had been changed after the sign-off
        state = MOVES.get((state, kind), state)
    return state


def standing(
    state: State, *, changed_since: bool, gone: bool, rolled_forward: bool, unanswered: bool = False
) -> State:
    """The state that a review is in, given what became of its risk meanwhile.

    A risk that was changed after its sign-off is updated, and not signed; what somebody else changed since
    its owner spoke (`unanswered`) is asked of them again; a closed one is asked nothing.
    """
    if rolled_forward:
        return state
    if gone:
        return "withdrawn"
    if unanswered and state in ("updated", "answered", "signed"):
        return "asked again"
    return "updated" if state == "signed" and changed_since else state


# --- Permission: who may take it ----------------------------------------------------------------------------


def permitted(actor: Actor, facts: Facts, kind: Kind) -> Refusal | None:
    """Why this person may not take this step, whatever the state; nothing where they may."""
    if kind in ("update", "confirm", "override", "answer"):
        return may_update(actor, facts)
    if kind == "challenge":
        return may(actor, "challenge", facts.where)
    if kind == "return":
        return may(actor, "challenge", facts.where) and may(actor, "sign off", facts.where)
    if kind == "sign":
        return may_sign(actor, facts)
    return may(actor, "run the review", facts.where)


def may_update(actor: Actor, facts: Facts) -> Refusal | None:
    """Whoever answers for the risk's owner post, and who keeps every risk."""
    if may(actor, "change risks", facts.where) is None:
        return None
    own = may(actor, "answer for own risks", facts.where)
    if own is None and answers_for(actor, facts.post or None):
        return None
    asked = f"whoever holds the post {facts.post_title}" if facts.post else "nobody's post yet"
    return Refusal(f"{facts.risk} is asked of {asked}; only they or a risk manager may update it.")


def may_sign(actor: Actor, facts: Facts) -> Refusal | None:
    """Who may sign off, and had no hand in any update: not from another post, not through a deputy."""
    refusal = may(actor, "sign off", facts.where)
    if refusal:
        return refusal
    if actor.kind != "person":
        return Refusal("A sign-off is given by a person: sign in to give it.")
    for step in (*facts.steps, *facts.wrote):
        if step.kind in WROTE or step.direct:
            refusal = _own_hand(actor, facts.risk, step)
            if refusal:
                return refusal
    return None


FOLLOWERS: Final[tuple[Action, ...]] = ("see everything", "answer for own risks", "challenge", "sign off")


def may_follow(actor: Actor, where: Where) -> Refusal | None:
    """Who may read a review that is still open: whoever takes part in it, and who sees everything."""
    if any(may(actor, action, where) is None for action in FOLLOWERS):
        return None
    return Refusal("This quarter is still under review; it can be read here once it is rolled forward.")


def refusal(actor: Actor, facts: Facts, kind: Kind) -> Refusal | None:
    """Why not, for the button to show and the change to raise: the person first, then the state."""
    return permitted(actor, facts, kind) or follows(facts, kind)


def is_asked_of(actor: Actor, facts: Facts) -> bool:
    """Whether what the review waits for is this person's to do: for a risk of no post, the risk manager's."""
    if facts.state in OF_OWNER or facts.state == "challenged":
        if facts.post:
            return answers_for(actor, facts.post) and may_update(actor, facts) is None
        return may(actor, "run the review", facts.where) is None
    return facts.state in ("updated", "answered") and refusal(actor, facts, "sign") is None


def _own_hand(actor: Actor, risk: str, step: Step) -> Refusal | None:
    """Whether this step is the actor's own: by their person, by their post, or by who stood in for them."""
    did = f"changed {risk}" if step.direct else f"{_PAST[step.kind]} {risk}"
    if step.by_id == actor.id:
        return Refusal(f"You {did} on {written(step.on)}; somebody else signs it off.")
    if step.post and step.post in actor.posts:
        return Refusal(
            f"{step.by} {did} on {written(step.on)} for {step.post_title}, which you hold or deputise for; "
            "somebody else signs it off."
        )
    if actor.id in step.answering:
        return Refusal(
            f"{step.by} {did} on {written(step.on)} for {step.post_title}, which you held or deputised for "
            "then; somebody else signs it off."
        )
    return None


_PAST: Final[dict[Kind, str]] = {
    "update": "updated",
    "confirm": "confirmed",
    "override": "said which way the trend goes of",
    "answer": "answered for",
}


# --- The cycle as a whole -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Days:
    """By when each part of a quarter's review is to be done."""

    update_by: date
    challenge_by: date
    sign_by: date


@dataclass(frozen=True, slots=True)
class Awaited:
    """What a review waits for, from whom, and by which day."""

    what: str
    of_owner: bool
    by: date


def proposed_days(period: Period, opened_on: date) -> Days:
    """Two weeks to update, two to challenge, one to sign, from the quarter's end or the day of opening."""
    start = max(period.ends, opened_on)
    weeks = (timedelta(weeks=count) for count in (2, 4, 5))
    return Days(*(start + each for each in weeks))


def awaited(state: State, days: Days) -> Awaited | None:
    """What comes next; nothing where the review is settled."""
    if state in SETTLED:
        return None
    if state in OF_OWNER:
        return Awaited("update", True, days.update_by)
    if state == "challenged":
        return Awaited("answer", True, days.challenge_by)
    return Awaited("challenge or sign-off", False, days.sign_by)


def days_late(state: State, days: Days, today: date) -> int:
    """By how many days what is awaited is late; 0 where nothing is."""
    waits = awaited(state, days)
    return max(0, (today - waits.by).days) if waits else 0


def may_open(
    period: Period, *, days: Days, opened_on: date, before: Iterable[tuple[Period, bool]]
) -> Refusal | None:
    """Why this quarter's review cannot be opened. `before`: its cycles, and whether each is open."""
    for other, is_open in before:
        if other == period:
            return Refusal(f"The review of {period.label} was opened already; each quarter has one.")
        if is_open:
            return Refusal(f"The review of {other.label} is still open; roll it forward first.")
        if other.ends > period.ends:
            return Refusal(f"{other.label} was reviewed already; {period.label} lies before it.")
    if opened_on < period.starts:
        return Refusal(f"{period.label} begins on {written(period.starts)}; it cannot be reviewed before.")
    if not opened_on <= days.update_by <= days.challenge_by <= days.sign_by:
        return Refusal(
            "The days come in order: the opening, then the updates, the challenges and the sign-offs."
        )
    return None


def may_roll_forward(still_open: Iterable[str], *, rolled_forward: bool) -> Refusal | None:
    """Why the quarter cannot be closed: a risk is neither signed off nor carried over with a reason."""
    if rolled_forward:
        return Refusal("This quarter is rolled forward already.")
    names = tuple(still_open)
    if not names:
        return None
    listed = ", ".join(names[:MOST_NAMED]) + (" and more" if len(names) > MOST_NAMED else "")
    what = "risk is" if len(names) == 1 else "risks are"
    return Refusal(f"{len(names)} {what} neither signed off nor carried over with a reason: {listed}.")


def progress(states: Iterable[State], late: int) -> str:
    """How far a quarter's review has come, in one sentence."""
    found = list(states)
    asked = [state for state in found if state != "withdrawn"]
    if not asked:
        return "Nothing is asked: every risk of this quarter was closed."
    done = sum(state in SETTLED for state in asked)
    if done == len(asked):
        carried = sum(state == "carried over" for state in asked)
        rest = f", {in_words(carried)} of them carried over" if carried else ""
        return f"All {counted(len(asked), 'risk')} are settled{rest}."
    owners = sum(state in OF_OWNER or state == "challenged" for state in asked)
    are, first = "are" if done > 1 else "is", in_words(done) if done else "none"
    parts = [f"{first.capitalize()} of {counted(len(asked), 'risk')} {are} signed off"]
    if owners:
        parts.append(f"{in_words(owners)} {'waits' if owners == 1 else 'wait'} for the owner")
    if others := len(asked) - done - owners:
        parts.append(
            f"{in_words(others)} {'waits' if others == 1 else 'wait'} to be challenged or signed off"
        )
    told = f"{'; '.join(parts)}."
    return f"{told} {in_words(late).capitalize()} {'is' if late == 1 else 'are'} late." if late else told


def speaks_of(period: Period, today: date, said_last: date | None) -> date:
    """The day that an update speaks of: the quarter's end, or today within it; never before what was said of
    the quarter already, lest the new words stand behind the old. What is said of later is the next one's.
    """
    day = min(today, period.ends)
    return max(day, min(said_last, period.ends)) if said_last else day
