"""Controls: what kinds there are, the one table of their states, and who may change which."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, get_args

from watchkeep.domain.errors import Invalid
from watchkeep.domain.naming import named
from watchkeep.domain.people import ANYWHERE, Action, Actor, Refusal, Where, answers_for, may

Kind = Literal["preventive", "detective", "corrective", "recovery"]
Side = Literal["cause", "consequence"]
State = Literal["planned", "in force", "stood down"]

KINDS: Final[dict[str, str]] = {
    "preventive": "keeps the event from happening",
    "detective": "notices that it happens, in time to act",
    "corrective": "puts right what it did",
    "recovery": "gets the work going again after it",
}
SIDES: Final[dict[str, str]] = {
    "cause": "on a cause, before the event",
    "consequence": "on a consequence, after the event",
}
STATES: Final[tuple[State, ...]] = get_args(State)

# From each state, the states that a control may come into.
MOVES: Final[dict[State, tuple[State, ...]]] = {
    "planned": ("in force", "stood down"),
    "in force": ("stood down",),
    "stood down": ("in force",),
}

NAME_LENGTH: Final = 400
CASES: Final = 100  # a tolerance is how many of so many cases may fail


@dataclass(frozen=True, slots=True)
class ControlValue:
    """What is said of a control as at a day. An empty text, or nothing, is not recorded."""

    name: str
    description: str = ""
    kind: str = ""
    frequency: str = ""
    tolerated: int | None = None  # how many of 100 cases may fail

    def __post_init__(self) -> None:
        if not named(self.name):
            raise Invalid("name", "Give the control a name: what is done, in a few words.")
        if len(self.name) > NAME_LENGTH:
            raise Invalid(
                "name",
                f"A control’s name has up to {NAME_LENGTH} characters; put the rest in its description.",
            )
        if self.kind and self.kind not in KINDS:
            kinds = ", ".join(KINDS)
            raise Invalid(
                "kind", f"A control is one of {kinds}, or its kind is not recorded; not “{self.kind}”."
            )
        if self.tolerated is not None and not 0 <= self.tolerated < CASES:
            raise Invalid(
                "tolerated", f"How many of {CASES} cases may fail is from 0 to 99, not {self.tolerated}."
            )


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a control stands, as far as permission asks: whose it is, and where the risks are that it serves.

    `owner_post` and `risk_posts` (the owners of those risks) are ids as text.
    """

    label: str
    owner_post: str = ""
    owner_title: str = ""
    state: State = "in force"
    places: tuple[Where, ...] = ()
    risk_posts: frozenset[str] = frozenset()

    def owned_by(self, actor: Actor) -> bool:
        """Whether the actor holds, or deputises for, the post that the control belongs to."""
        return bool(self.owner_post) and answers_for(actor, self.owner_post)


def side_named(text: str) -> str:
    """A side, or none where it is not recorded; refused where it is neither."""
    if text and text not in SIDES:
        raise Invalid("side", f"A control bears on a cause or on a consequence; “{text}” is neither.")
    return text


def may_everywhere(actor: Actor, action: Action, standing: Standing) -> Refusal | None:
    """Why the actor may not do it in every register that the control serves; if it serves none, anywhere."""
    for place in standing.places or (ANYWHERE,):
        if refusal := may(actor, action, place):
            return refusal
    return None


def may_somewhere(actor: Actor, action: Action, standing: Standing) -> Refusal | None:
    """Why the actor may not do it in any register that the control serves; if it serves none, anywhere."""
    refusals = [may(actor, action, place) for place in standing.places or (ANYWHERE,)]
    return None if None in refusals else refusals[0]


def may_change(actor: Actor, standing: Standing) -> Refusal | None:
    """Who keeps the controls may change one that they keep everywhere, and its owner may change their own."""
    if standing.owned_by(actor):
        return may(actor, "answer for own controls and actions")
    return may_everywhere(actor, "change controls", standing)


def may_give_away(actor: Actor, standing: Standing) -> Refusal | None:
    """A control is given to another post by who keeps the controls; its owner cannot pass it on."""
    if not standing.owner_post and may_change(actor, standing) is None:
        return None
    return may_everywhere(actor, "change controls", standing)


def may_add(actor: Actor, owner_post: object | None) -> Refusal | None:
    """Who keeps controls somewhere may add one, and anybody may add one to a post that they hold."""
    if answers_for(actor, owner_post):
        return may(actor, "answer for own controls and actions")
    return may(actor, "change controls")


def may_apply(actor: Actor, place: Where, risk_post: object | None) -> Refusal | None:
    """Say which controls serve a risk: who keeps the controls of its register, or the risk’s own owner."""
    if answers_for(actor, risk_post) and may(actor, "answer for own risks") is None:
        return None
    return may(actor, "change controls", place)


def may_move(label: str, state: State, into: State) -> Refusal | None:
    """Whether a control may come into a state from the one that it is in: the table above, as sentences."""
    if into in MOVES[state]:
        return None
    if into == state:
        return Refusal(f"{label} is {state} already.")
    return Refusal(f"{label} is {state}, and cannot become {into} again; add another control.")
