"""Who keeps indicators, who records their readings, and what a definition must say."""

from __future__ import annotations

from typing import Final, get_args

from watchkeep.domain.errors import Invalid
from watchkeep.domain.indicator.values import Better, Definition, Family, Frequency, Kind, Target, TargetKind
from watchkeep.domain.naming import named
from watchkeep.domain.people import THROUGHOUT, Action, Actor, Refusal, Where, answers_for, may
from watchkeep.domain.spc.dialects import LEAST_BASELINE

NAME_LENGTH: Final = 400
UNIT_LENGTH: Final = 60
MOST_DAYS: Final = 366
MOST_BASELINE: Final = 10_000
SIDES: Final = ("cause", "control", "consequence")
# Which kinds a chart other than the one for any number fits.
FITS: Final[dict[Family, Kind]] = {"p": "share", "u": "rate", "c": "count"}


def may_keep(actor: Actor, owner_post: object | None = None) -> Refusal | None:
    """Define an indicator and say what it is held against: who keeps the body's, or answers for this one."""
    return _own_or(actor, owner_post, "keep indicators")


def may_record(actor: Actor, owner_post: object | None = None) -> Refusal | None:
    """Record readings: who does so for the body, or who answers for this indicator."""
    return _own_or(actor, owner_post, "record readings")


def may_attach(actor: Actor, place: Where, risk_post: object | None) -> Refusal | None:
    """Say which indicators speak to a risk: who keeps indicators there, or the risk's own owner."""
    if answers_for(actor, risk_post) and may(actor, "answer for own risks") is None:
        return None
    return may(actor, "keep indicators", place)


def may_attach_somewhere(actor: Actor) -> Refusal | None:
    """Whether there is a risk at all for which the actor may say so, before one is named."""
    refusal = may(actor, "keep indicators")
    return refusal and may(actor, "answer for own risks") and refusal


def must_be_whole(definition: Definition) -> None:
    """Refuse a definition that says too little, or one thing here and another there."""
    if not named(definition.name):
        raise Invalid("name", "Give the indicator a name: what is measured, in a few words.")
    if len(definition.name) > NAME_LENGTH:
        raise Invalid("name", f"An indicator's name has up to {NAME_LENGTH} characters.")
    if len(definition.unit) > UNIT_LENGTH:
        raise Invalid("unit", f"A unit has up to {UNIT_LENGTH} characters.")
    for field, known in (("better", Better), ("frequency", Frequency), ("kind", Kind), ("family", Family)):
        _one_of(field, getattr(definition, field), get_args(known))
    fits = FITS.get(definition.family, definition.kind)
    if fits != definition.kind:
        raise Invalid("family", f"A {definition.family} chart is for a {fits}, not for a {definition.kind}.")
    if definition.family in ("p", "u") and not definition.denominator.strip():
        raise Invalid("denominator", f"Say out of what: a {definition.family} chart needs the denominators.")
    if not 0 <= definition.due_after <= MOST_DAYS:
        raise Invalid("due_after", f"A reading is due 0 to {MOST_DAYS} days after its period's end.")
    if definition.baseline is not None and definition.baseline < LEAST_BASELINE:
        raise Invalid(
            "baseline",
            f"Limits are fixed on {LEAST_BASELINE} readings or more, not on {definition.baseline}: "
            "fewer give none that are worth fixing.",
        )
    if definition.baseline is not None and definition.baseline > MOST_BASELINE:
        raise Invalid("baseline", f"Limits are fixed on up to {MOST_BASELINE:,} readings.")


def must_be_a_line(target: Target) -> None:
    """Refuse a target or tolerance that is no number, or that ends before it begins."""
    _one_of("kind", target.kind, get_args(TargetKind))
    must_be_a_number("value", target.value)
    if target.until_on is not None and target.until_on <= target.from_on:
        raise Invalid("until_on", "A line ends after the day on which it begins.")


def must_be_a_number(field: str, value: float) -> None:
    """Refuse what is not a number that can be drawn."""
    if not abs(value) < float("inf"):  # neither an infinity nor NaN, which is not below anything
        raise Invalid(field, f"Give a number, not {value!r}.")


def side_named(text: str) -> str:
    """A side that an indicator may be on."""
    _one_of("side", text, SIDES)
    return text


def _own_or(actor: Actor, owner_post: object | None, action: Action) -> Refusal | None:
    if answers_for(actor, owner_post) and may(actor, "answer for own controls and actions") is None:
        return None
    return may(actor, action, THROUGHOUT)


def _one_of(field: str, text: str, known: tuple[str, ...]) -> None:
    if text not in known:
        raise Invalid(field, f"It is one of {', '.join(known)}; not “{text}”.")
