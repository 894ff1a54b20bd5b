"""What can be done in the review of one risk: update, confirm, challenge, answer, send back, sign off, say
that its trend is another. Who may, and when, is asked of domain/review.py.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Max
from django.utils import timezone

from watchkeep.apps.history.changes import check_version, recording
from watchkeep.apps.history.models import OpenEntry
from watchkeep.apps.history.standing import told
from watchkeep.apps.register import changes as register
from watchkeep.apps.register import queries as risks
from watchkeep.apps.register.models import RiskVersion
from watchkeep.apps.reviews.changes.marks import say_trend
from watchkeep.apps.reviews.models import Review, ReviewStep
from watchkeep.apps.reviews.queries.facts import LOOK_AGAIN, answering, facts_of
from watchkeep.apps.reviews.queries.since import at_its_end
from watchkeep.domain import fields
from watchkeep.domain import review as rules
from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.document import Movement
from watchkeep.domain.errors import Invalid, Missing, Refused, Stale
from watchkeep.domain.finding import written
from watchkeep.domain.naming import in_words
from watchkeep.domain.next_review import after
from watchkeep.domain.people import Actor, must
from watchkeep.domain.period import Period, parse
from watchkeep.domain.review import Facts, Kind


@dataclass(frozen=True, slots=True)
class Rating:
    """A new residual assessment, given in a review."""

    likelihood: str = ""
    impact: str = ""
    rating: str = ""
    rationale: str = ""
    basis: str = ""


def update_review(
    *,
    by: Actor,
    review: UUID,
    version: int,
    risk_version: int,
    words: Mapping[str, str],
    rating: Rating | None = None,
    note: str = "",
    on: date,
) -> None:
    """Say what changed of the risk, in its fields and its rating. Where nothing did, that is confirmed.

    `on` is the day of the step; the words speak of the quarter's end, as `rules.speaks_of` has it.
    """
    with recording(by=by, verb="update a review", reason=note, as_at=on) as entry:
        found, facts = _loaded(by, review, entry)
        _allow(by, found, facts, "update", version)
        said_last = risks.latest_effective_on(found.risk_id)
        as_at = rules.speaks_of(quarter_of(found), on, said_last)
        looked = _looked_at(found, facts, risk_version)
        said = _say(by, found, facts, looked, words, as_at)
        if rating is not None:
            said = _rate(by, found, said, rating, as_at)
        found.risk.refresh_from_db()
        kind: Kind = "confirm" if said == looked else "update"
        if kind == "confirm":
            entry.verb = "confirm a review"
        _take(entry, by, found, facts, kind, on, note)


def confirm_review(
    *, by: Actor, review: UUID, version: int, risk_version: int, note: str = "", on: date
) -> None:
    """Say that all stands as it is: nothing is written anew, and it is still a step that somebody took."""
    with recording(by=by, verb="confirm a review", reason=note, as_at=on) as entry:
        found, facts = _loaded(by, review, entry)
        _allow(by, found, facts, "confirm", version)
        _same_risk(found, facts, risk_version)
        _take(entry, by, found, facts, "confirm", on, note)


def challenge_review(*, by: Actor, review: UUID, version: int, text: str, on: date) -> None:
    """Ask whoever answers for the risk a question that must be answered before it is signed off."""
    _speak(by, review, version, "challenge", text, on, "Say what you challenge, and why.")


def answer_challenge(*, by: Actor, review: UUID, version: int, text: str, on: date) -> None:
    """Answer what was challenged."""
    _speak(by, review, version, "answer", text, on, "Give the answer.")


def return_review(*, by: Actor, review: UUID, version: int, reason: str, on: date) -> None:
    """Send the update back, saying what is missing."""
    _speak(by, review, version, "return", reason, on, "Say what is to be done before it comes again.")


def sign_review(
    *,
    by: Actor,
    review: UUID,
    version: int,
    risk_version: int,
    note: str = "",
    next_review: date | None = None,
    on: date,
) -> None:
    """Sign off what was looked at: the review's version and the risk's. Nobody signs their own update.

    `next_review` becomes the risk's review date; without one, that stays as it is.
    """
    with recording(by=by, verb="sign a review", reason=note, as_at=on) as entry:
        found, facts = _loaded(by, review, entry, hands=True)
        _allow(by, found, facts, "sign", version)
        _same_risk(found, facts, risk_version)
        more: dict[str, object] = {}
        if stated := after(quarter_of(found), next_review):
            _look_again(by, found, stated, on)
            more["next_review"] = stated.isoformat()
        _take(entry, by, found, facts, "sign", on, note, more)


def override_trend(
    *, by: Actor, review: UUID, version: int, movement: Movement, reason: str, on: date
) -> None:
    """Say that the risk's trend in the quarter is another than the evidence makes it: both stay visible.

    Once the quarter is rolled forward, only its mark is written; the review's own steps are closed.
    """
    with recording(by=by, verb="override a trend", reason=reason, as_at=on) as entry:
        found, facts = _loaded(by, review, entry)
        refusal = rules.permitted(by, facts, "override")
        if refusal:
            raise Refused(refusal.sentence)
        because = in_words(reason)
        if not because:
            raise Invalid("reason", "Say why the trend is another than the evidence makes it.")
        if facts.rolled_forward:
            check_version(found, version)
        else:
            _allow(by, found, facts, "override", version)
        say_trend(by=by, risk=found.risk, quarter=quarter_of(found), movement=movement, reason=because)
        found.risk.refresh_from_db()
        _take(entry, by, found, facts, "override", on, because, {"movement": movement})


# --- For the changes beside these -------------------------------------------------------------------------


def quarter_of(review: Review) -> Period:
    """The quarter that a review is of."""
    cycle = review.cycle
    return parse(cycle.period, year_start=cycle.register.body.year_starts_month)


def add_step(
    by: Actor, review: Review, facts: Facts, kind: Kind, on: date, text: str, more: Mapping[str, object]
) -> None:
    """Write one step, with the post that it was taken from and everybody who answered for that post then."""
    own = bool(facts.post) and facts.post in by.posts and kind in rules.WROTE
    told: dict[str, object] = dict(more)
    if own:
        holders = answering(facts.post, (on, timezone.localdate())) | {by.id}
        told |= {"post": facts.post, "answering": sorted(holders)}
    ReviewStep(
        review=review,
        number=ReviewStep.objects.filter(review=review).count() + 1,
        kind=kind,
        on=on,
        at=timezone.now(),
        by_id=by.id,
        by=by.name[:200],
        post=facts.post_title if own else "",
        text=in_words(text),
        risk_version=review.risk.version,
        facts=json.dumps(told, sort_keys=True),
    ).save()


# --- Beneath the changes ----------------------------------------------------------------------------------


def _loaded(by: Actor, review: UUID, entry: OpenEntry, *, hands: bool = False) -> tuple[Review, Facts]:
    """The review and its facts. Its entry, and all that is written within, say at once whose they are."""
    rows = Review.objects.filter(pk=review, cycle__register__in=risks.visible(by))
    found = rows.select_related("risk", "cycle__register__body", "post").first()
    if found is None:
        raise Missing("There is no such review.")
    entry.facts |= {"review": str(found.pk), "cycle": str(found.cycle_id)}
    return found, facts_of([found], hands=hands)[found.pk]


def _allow(by: Actor, found: Review, facts: Facts, kind: Kind, version: int) -> None:
    """Who may not do it, or not now, is told that first; only then that somebody was faster."""
    refusal = rules.refusal(by, facts, kind)
    if refusal:
        raise Refused(refusal.sentence)
    check_version(found, version)


def _looked_at(found: Review, facts: Facts, risk_version: int) -> int:
    """The risk's version that somebody looked at; the one that stands, where all that came since is said of
    days after the quarter.
    """
    stands, looked = found.risk.version, risk_version - facts.reworded
    if looked >= stands or facts.reworded:  # with words from below, no number tells which of the two moved
        return looked
    versions = RiskVersion.objects.filter(risk=found.risk_id)
    newest: int = versions.aggregate(newest=Max("number"))["newest"] or 0
    said = told(versions, at_its_end(found.cycle, PRESENT)).order_by("-effective_on", "-number")
    numbers = said.values_list("number", flat=True)
    # A closing counts as a version of the risk, and says nothing of it: as many may have come before.
    then = numbers.filter(number__lte=looked - (stands - newest)).first()
    return stands if then == numbers.first() else looked


def _same_risk(found: Review, facts: Facts, risk_version: int) -> None:
    """Neither the risk nor its words in the registers below were changed since they were looked at."""
    stands = found.risk.version + facts.reworded
    if _looked_at(found, facts, risk_version) != found.risk.version:
        raise Stale(
            f"{found.risk} was changed while you were looking at it. Look at what it says now, then decide.",
            version=stands,
            field="risk_version",
        )


def _say(
    by: Actor, found: Review, facts: Facts, risk_version: int, words: Mapping[str, str], on: date
) -> int:
    """Write the fields that say something else; the risk's version afterwards."""
    standing = risks.value_of(found.risk, risks.version_as_at(found.risk_id, Clock(as_at=on)))
    value = standing
    for path, text in words.items():
        now = getattr(standing, path, None)
        if path not in (*fields.TEXTS, *fields.PARTED):
            raise Invalid(path, f"A review does not change “{path}”.")
        if " ".join(text.split()) != " ".join(((now.text if now else "") or "").split()):
            state = "recorded" if in_words(text) else "not recorded"
            value = fields.told(value, path, state=state, text=text, reason=fields.said_by(by.name))  # type: ignore[arg-type]
    if value == standing:
        _same_risk(found, facts, risk_version + facts.reworded)
        return risk_version
    try:
        return register.amend_risk(
            by=by,
            risk=found.risk_id,
            version=risk_version,
            value=value,
            seen=standing,
            effective_on=on,
            reason=f"in the review of {found.cycle.period}",
        )
    except Stale as lost:
        # The form has two versions: this one is the risk's.
        stands = lost.version + facts.reworded
        raise Stale(lost.sentence, clashes=lost.clashes, version=stands, field="risk_version") from lost


def _look_again(by: Actor, found: Review, day: date, on: date) -> None:
    """Say when the risk is reviewed next. Who signs it off may, and changes nothing else of it."""
    as_at = rules.speaks_of(quarter_of(found), on, risks.latest_effective_on(found.risk_id))
    standing = risks.value_of(found.risk, risks.version_as_at(found.risk_id, Clock(as_at=as_at)))
    if standing.review_date.on == day:
        return
    said_by = fields.said_by(by.name)
    register.amend_risk(
        by=by,
        risk=found.risk_id,
        version=found.risk.version,
        value=fields.told(
            standing, "review_date", state="recorded", text=written(day), on=day, reason=said_by
        ),
        seen=standing,
        effective_on=as_at,
        reason=f"signed off in the review of {found.cycle.period}",
        allowed=lambda actor, risk: must(actor, "sign off", risks.where(risk.register)),
        verb=LOOK_AGAIN,
    )
    found.risk.refresh_from_db()


def _rate(by: Actor, found: Review, risk_version: int, rating: Rating, on: date) -> int:
    """A new residual assessment; the risk's version afterwards."""
    return register.assess(
        by=by,
        risk=found.risk_id,
        version=risk_version,
        stage="residual",
        likelihood=rating.likelihood,
        impact=rating.impact,
        rating=rating.rating,
        rationale=rating.rationale,
        basis=rating.basis,
        on=on,
    )


def _speak(by: Actor, review: UUID, version: int, kind: Kind, text: str, on: date, empty: str) -> None:
    with recording(by=by, verb=_VERBS[kind], reason=in_words(text), as_at=on) as entry:
        found, facts = _loaded(by, review, entry)
        _allow(by, found, facts, kind, version)
        if not in_words(text):
            raise Invalid("text", empty)
        _take(entry, by, found, facts, kind, on, in_words(text))


_VERBS: dict[Kind, str] = {
    "challenge": "challenge a review",
    "answer": "answer a challenge",
    "return": "send a review back",
}


def _take(
    entry: OpenEntry,
    by: Actor,
    found: Review,
    facts: Facts,
    kind: Kind,
    on: date,
    text: str,
    more: Mapping[str, object] | None = None,
) -> None:
    """The step, and the state that it leads to."""
    entry.about("risk", found.risk_id, str(found.risk))
    entry.facts["period"] = found.cycle.period
    add_step(by, found, facts, kind, on, text, more or {})
    found.state = facts.state if facts.rolled_forward else rules.after(facts.state, kind)
    found.version += 1
    found.save()
