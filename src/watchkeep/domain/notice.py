"""Of what people are told, when, and in what words: each event once, by a key that names the event.

Facts come in as plain values and the day as an argument; what was told before is for the records to know.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final, Literal

from watchkeep.domain.finding import written
from watchkeep.domain.indicator.crossing import Crossing

Kind = Literal[
    "review asked",
    "review due",
    "review late",
    "review challenged",
    "sign-off asked",
    "promise due",
    "promise late",
    "effect not seen",
    "check faded",
    "indicator crossed",
    "mention",
]
# What a link in a mail can answer without signing in; a kind that is not here needs more than one answer.
Answer = Literal["promise", "confirm review"]
ANSWERED_BY_LINK: Final[dict[Kind, Answer]] = {
    "review asked": "confirm review",
    "review due": "confirm review",
    "review late": "confirm review",
    "promise due": "promise",
    "promise late": "promise",
}
KINDS: Final[dict[Kind, str]] = {
    "review asked": "a risk of yours is up for its quarterly review",
    "review due": "a review is due in three days and not updated yet",
    "review late": "a review is past its day and not updated yet",
    "review challenged": "somebody challenged what you said in a review, or sent it back",
    "sign-off asked": "a review waits for somebody to sign it off",
    "promise due": "a promise of yours is due within a week",
    "promise late": "a promise of yours is past its day; told again every thirty days",
    "effect not seen": "by its readings, what was done had no effect, and nobody has said so yet",
    "check faded": "nobody has looked at a control of yours for longer than a check lasts",
    "indicator crossed": "an indicator of yours, or of your risk, worsens for certain or left its tolerance",
    "mention": "somebody named you in a comment",
}

REVIEW_SOON: Final = timedelta(days=3)
PROMISE_SOON: Final = timedelta(days=7)
AGAIN: Final = 30  # days after which a late promise is told again
LINK_LASTS: Final = timedelta(days=14)
QUIET: Final = (time(19), time(7))  # unless a person says otherwise


@dataclass(frozen=True, slots=True)
class Telling:
    """What is to be told; `key` names the event, so that each person is told of it once."""

    key: str
    kind: Kind
    sentence: str
    due_on: date | None = None


def of_review(
    review: str, risk: str, period: str, *, state: str, update_by: date, moves: int, on: date
) -> Telling | None:
    """What who answers for a risk is told of its review; `moves` counts its steps: each return tells."""
    if state in ("challenged", "returned"):
        what = "was challenged" if state == "challenged" else "was sent back"
        sentence = f"What was said of {risk} for {period} {what}: an answer is asked of you."
        return Telling(f"review {state}:{review}:{moves}", "review challenged", sentence)
    if state == "asked again":
        sentence = f"{risk} was changed since you spoke of it for {period}: confirm it, or say what it is."
        return Telling(f"review asked again:{review}:{moves}", "review asked", sentence, update_by)
    if state != "asked":
        return None
    asked = f"{risk} is up for its review of {period}"
    if on > update_by:
        return Telling(
            f"review late:{review}",
            "review late",
            f"{asked}. It was due on {written(update_by)}.",
            update_by,
        )
    if on >= update_by - REVIEW_SOON:
        return Telling(
            f"review due:{review}", "review due", f"{asked}. It is due on {written(update_by)}.", update_by
        )
    return Telling(
        f"review asked:{review}",
        "review asked",
        f"{asked}: confirm what stands, or change what moved, by {written(update_by)}.",
        update_by,
    )


def of_sign_off(
    cycle: str, register: str, period: str, *, waiting: int, sign_by: date, on: date
) -> Telling | None:
    """What those who sign off are told, once a cycle before its day and once after it."""
    if not waiting or on < sign_by - PROMISE_SOON:
        return None
    late = on > sign_by
    reviews = "One review waits" if waiting == 1 else f"{waiting} reviews wait"
    day = f"It was due on {written(sign_by)}." if late else f"It is due on {written(sign_by)}."
    key = f"sign-off {'late' if late else 'asked'}:{cycle}"
    return Telling(key, "sign-off asked", f"{reviews} to be signed off: {register}, {period}. {day}", sign_by)


def of_promise(promise: str, title: str, *, due_on: date | None, on: date) -> Telling | None:
    """What who owns a promise that is still to be kept is told; a new due date begins anew."""
    if due_on is None or on < due_on - PROMISE_SOON:
        return None
    if on <= due_on:
        return Telling(
            f"promise due:{promise}:{due_on}",
            "promise due",
            f"{title} is due on {written(due_on)}. Is it done?",
            due_on,
        )
    late = (on - due_on).days
    days = "one day" if late == 1 else f"{late} days"
    return Telling(
        f"promise late:{promise}:{due_on}:{late // AGAIN}",
        "promise late",
        f"{title} was due on {written(due_on)}, {days} ago. Is it done, and if not, when will it be?",
        due_on,
    )


def of_effect(expected: str, promise: str, indicator: str, sentence: str) -> Telling:
    """What who owns a promise, and who keeps its risks, are told where its readings show no effect; once for
    each effect that was expected.
    """
    asked = "Was it delivered without effect? Somebody who did not promise it is to say so."
    return Telling(
        f"effect not seen:{expected}", "effect not seen", f"{promise}, {indicator}: {sentence} {asked}"
    )


def of_check(control: str, name: str, *, faded_on: date, on: date) -> Telling | None:
    """What who owns a control is told when the last look at it no longer counts."""
    if on < faded_on:
        return None
    sentence = (
        f"{name}: the last look at it no longer counts since {written(faded_on)}. Look again, and say so."
    )
    return Telling(f"check faded:{control}:{faded_on}", "check faded", sentence)


def of_indicator(indicator: str, name: str, crossing: Crossing) -> Telling:
    """What who answers for an indicator, or for a risk that it speaks to, is told once a crossing."""
    key = f"indicator crossed:{indicator}:{crossing.what}:{crossing.since}"
    return Telling(key, "indicator crossed", f"{name}: {crossing.sentence}")


def of_mention(comment: str, by: str, about: str) -> Telling:
    """What who is named in a comment is told."""
    return Telling(f"mention:{comment}", "mention", f"{by} named you in a comment on {about}.")


def quiet(at: datetime, hours: tuple[time | None, time | None] | None) -> bool:
    """Whether a person wants to be left alone at that local time; evening to morning spans midnight."""
    begins, ends = hours or QUIET
    if begins is None or ends is None or begins == ends:
        return False
    now = at.time()
    if begins < ends:
        return begins <= now < ends
    return now >= begins or now < ends
