"""Who may do what about a promise, and when: each question answers why not, if so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from watchkeep.domain.commitment.standing import Facts
from watchkeep.domain.people import Actor, Refusal, Where, answers_for, may


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
