"""What can be done with a register's review of a quarter: open it, and roll it forward."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.utils import timezone

from watchkeep.apps.history.changes import check_version, recording
from watchkeep.apps.register import queries as risks
from watchkeep.apps.register.models import Register, Risk
from watchkeep.apps.reviews.changes.covers import turn_cover
from watchkeep.apps.reviews.changes.marks import mark_quarter
from watchkeep.apps.reviews.changes.steps import add_step
from watchkeep.apps.reviews.models import Cycle, Review, ReviewStep
from watchkeep.apps.reviews.queries.facts import Owner, facts_of, owners_of
from watchkeep.domain import review as rules
from watchkeep.domain.errors import Invalid, Missing, Refused
from watchkeep.domain.naming import in_words
from watchkeep.domain.people import Actor, Refusal, must
from watchkeep.domain.period import Period, parse
from watchkeep.domain.review import Days, Facts

ASKED = ("open", "escalated")  # states of a risk that is asked about


def open_cycle(*, by: Actor, register: UUID, period: str, opened_on: date, days: Days | None = None) -> UUID:
    """Open a quarter's review of a register: every open risk is asked of the post that answers for it."""
    with recording(by=by, verb="open a review cycle", as_at=opened_on) as entry:
        found = _register(by, register)
        must(by, "run the review", risks.where(found))
        quarter = parse(period, year_start=found.body.year_starts_month)
        days = days or rules.proposed_days(quarter, opened_on)
        before = [(_quarter(each, found), each.state == "open") for each in _newest_first(found)]
        refusal = rules.may_open(quarter, days=days, opened_on=opened_on, before=before)
        if refusal:
            raise Refused(refusal.sentence)
        asked = _asked(found, quarter)
        if not asked:
            raise Invalid("register", f"{found.name} has no open risk to review in {quarter.label}.")
        cycle = Cycle(
            register=found,
            period=quarter.label,
            ends_on=quarter.ends,
            opened_on=opened_on,
            update_by=days.update_by,
            challenge_by=days.challenge_by,
            sign_by=days.sign_by,
            opened_known_at=timezone.now(),
        )
        cycle.save()
        entry.about("cycle", cycle.pk, str(cycle))
        owners = _ask(by, cycle, asked)
        entry.facts |= {"risks": len(asked), "without a post": len(asked) - len(owners)}
        return cycle.pk


def roll_forward(
    *, by: Actor, cycle: UUID, version: int, carried: Mapping[UUID, str] | None = None, on: date
) -> None:
    """Close the quarter: write each risk's trend onto it as at the quarter's end. The next one is not opened.

    `carried` gives the reason for each review (by its id) that is not signed off and is carried over.
    """
    with recording(by=by, verb="roll a cycle forward", as_at=on) as entry:
        found = _cycle(by, cycle)
        must(by, "run the review", risks.where(found.register))
        reviews = list(_reviews(found))
        facts = facts_of(reviews)
        reasons = {key: in_words(reason) for key, reason in (carried or {}).items() if in_words(reason)}
        refusal = _not_yet(found, reviews, facts, reasons)
        if refusal:
            raise Refused(refusal.sentence)
        check_version(found, version)
        entry.about("cycle", found.pk, str(found))
        for each in reviews:
            _settle(by, each, facts[each.pk], reasons.get(each.pk, ""), on)
        for each in reviews:
            if each.state != "withdrawn":
                looked = "looked at in its review" if each.state == "signed" else ""
                mark_quarter(by=by, risk=each.risk, quarter=_quarter(found, found.register), looked_at=looked)
        turn_cover(by=by, register=found.register, quarter=_quarter(found, found.register))
        found.state, found.closed_on, found.closed_known_at = "rolled forward", on, timezone.now()
        found.version += 1
        found.save()


# --- Beneath the changes ------------------------------------------------------------------------------------


def _register(by: Actor, register: UUID) -> Register:
    found = risks.visible(by).select_related("body").filter(pk=register).first()
    if found is None:
        raise Missing("There is no such register.")
    return found


def _cycle(by: Actor, cycle: UUID) -> Cycle:
    rows = Cycle.objects.filter(pk=cycle, register__in=risks.visible(by))
    found = rows.select_related("register__body").first()
    if found is None:
        raise Missing("There is no such review cycle.")
    return found


def _quarter(cycle: Cycle, register: Register) -> Period:
    return parse(cycle.period, year_start=register.body.year_starts_month)


def _newest_first(register: Register) -> list[Cycle]:
    return list(Cycle.objects.filter(register=register).order_by("-ends_on"))


def _reviews(cycle: Cycle) -> list[Review]:
    rows = Review.objects.filter(cycle=cycle).select_related("risk", "cycle__register__body", "post")
    return list(rows.order_by("risk__key"))


def _asked(register: Register, quarter: Period) -> list[Risk]:
    """The risks that were open in the quarter; one opened after its end is asked about in the next."""
    rows = Risk.objects.filter(register=register, state__in=ASKED, opened_on__lte=quarter.ends)
    return list(rows.order_by("key"))


def _ask(by: Actor, cycle: Cycle, asked: list[Risk]) -> dict[UUID, Owner]:
    """A review for each risk, with its first step; the posts that are asked."""
    owners = owners_of([each.pk for each in asked])
    reviews = [
        Review(cycle=cycle, risk=each, post_id=UUID(owner.post) if (owner := owners.get(each.pk)) else None)
        for each in asked
    ]
    Review.objects.bulk_create(reviews)
    ReviewStep.objects.bulk_create(
        [
            ReviewStep(
                review=each,
                number=1,
                kind="ask",
                on=cycle.opened_on,
                at=timezone.now(),
                by_id=by.id,
                by=by.name[:200],
                risk_version=each.risk.version,
            )
            for each in reviews
        ]
    )
    return owners


def _not_yet(
    cycle: Cycle, reviews: list[Review], facts: Mapping[UUID, Facts], reasons: Mapping[UUID, str]
) -> Refusal | None:
    left = [
        each.risk.reference or each.risk.key
        for each in reviews
        if facts[each.pk].state not in rules.SETTLED and each.pk not in reasons
    ]
    return rules.may_roll_forward(left, rolled_forward=cycle.state == "rolled forward")


def _settle(by: Actor, review: Review, facts: Facts, reason: str, on: date) -> None:
    """Carry over what is not signed off, and withdraw what was closed meanwhile."""
    kind: rules.Kind
    if facts.state == "withdrawn":
        kind, reason = "withdraw", f"The risk is {facts.gone}."
    elif facts.state in rules.SETTLED:
        return
    else:
        kind = "carry over"
    add_step(by, review, facts, kind, on, reason, {})
    review.state = "withdrawn" if kind == "withdraw" else "carried over"
    review.version += 1
    review.save()
