"""What can be judged of a risk: where it stands before and after controls, and is meant to; who answers."""

from __future__ import annotations

from datetime import date
from typing import Final
from uuid import UUID

from watchkeep.apps.people.models import Post
from watchkeep.apps.register import queries
from watchkeep.apps.register.changes.amending import amend_risk
from watchkeep.apps.register.changes.belonging import OwnedBy, belonging
from watchkeep.apps.register.changes.ruling import ruled
from watchkeep.apps.register.changes.writing import find_risk, must_change, not_ahead
from watchkeep.apps.register.models import Risk
from watchkeep.domain import matrix, parts
from watchkeep.domain.amending import in_order
from watchkeep.domain.clock import Clock
from watchkeep.domain.document import NOT_RECORDED, Assessment, Field, Stage
from watchkeep.domain.errors import Invalid
from watchkeep.domain.fields import said_by
from watchkeep.domain.naming import in_words
from watchkeep.domain.people import Actor, answers_for

STAGES: Final[tuple[Stage, ...]] = ("inherent", "residual", "target")


def assess(
    *,
    by: Actor,
    risk: UUID,
    version: int,
    stage: str,
    part: str | None = None,
    likelihood: str = "",
    impact: str = "",
    rating: str = "",
    rationale: str = "",
    basis: str = "",
    on: date,
) -> int:
    """Judge a risk, or one part of it, as at a day; the new version's number. What was judged before stays.

    On a scale with a matrix the two levels make the rating. Where a rule rates the whole from its parts, the
    whole follows, unless somebody judged it by itself. Why is always asked: only a paper may leave it out.
    """
    found = find_risk(by, risk)
    must_change(by, found)
    not_ahead("on", on, found.register)
    at = next((each for each in STAGES if each == stage), None)
    if at is None:
        raise Invalid("stage", f"A risk is assessed at one of these stages: {', '.join(STAGES)}.")
    if not in_words(rationale):
        raise Invalid("rationale", "Say why this rating: what it follows from, in a sentence.")
    standing = queries.version_as_at(found.pk, Clock(on))
    seen = value = queries.value_of(found, standing)
    above = queries.words_above(found)
    if part is not None and part not in {each.marker for each in parts.parts_of(above or value)}:
        raise Invalid("part", f"{found} has no part {part}.")
    said = _rated(found, likelihood, impact, rating, on)
    made = Assessment(
        stage=at,
        part=part,
        likelihood=_field(said.likelihood, by),
        impact=_field(said.impact, by),
        rating=_field(said.band, by),
        rationale=_field(rationale, by),
        basis=_field(basis, by),
        by=_judge(by, standing.owner_post_id),
        on=on,
    )
    kept = [each for each in value.assessments if (each.stage, each.part) != (at, part)]
    value = value.model_copy(update={"assessments": in_order([*kept, made])})
    if part is not None:
        value = ruled(found, value, above, at, on)
    return amend_risk(
        by=by,
        risk=risk,
        version=version,
        value=value,
        seen=seen,
        effective_on=on,
        reason=in_words(rationale),
        belongs=belonging(standing),
    )


def set_owner(*, by: Actor, risk: UUID, version: int, post: UUID | None, on: date, reason: str = "") -> int:
    """Say which post answers for a risk; its owner is then written as that post's title."""
    return amend_risk(
        by=by,
        risk=risk,
        version=version,
        value=queries.value_of(find_risk(by, risk)),
        effective_on=on,
        reason=reason,
        belongs=OwnedBy(post),
    )


# --- Beneath the changes ------------------------------------------------------------------------------------


def _rated(found: Risk, likelihood: str, impact: str, rating: str, on: date) -> matrix.Rated:
    """What was said, in the words of the body's scale; a register that uses none takes the paper's words."""
    scale = queries.graded_for(found.register, on)
    if scale is not None:
        return matrix.rated(scale, likelihood=likelihood, impact=impact, band=rating)
    said = matrix.Rated(*(" ".join(each.split()) for each in (likelihood, impact, rating)))
    if not (said.likelihood or said.impact or said.band):
        raise Invalid("rating", "Give a likelihood and an impact, or a rating.")
    shown = queries.scale_of(found.register, on)
    if said.band and shown.basis == "stated" and shown.band(said.band) is None:
        names = ", ".join(each.name for each in shown.bands)
        raise Invalid("rating", f"The register's scale has no band called “{said.band}”; it has {names}.")
    return said


def _judge(by: Actor, owner_post: UUID | None) -> str:
    """The post where its holder judges, since posts and not names are published; else who did."""
    if owner_post is not None and answers_for(by, owner_post):
        title = Post.objects.filter(pk=owner_post).values_list("title", flat=True).first()
        if title:
            return title
    return by.name


def _field(text: str, by: Actor) -> Field:
    said = in_words(text)
    return Field(state="recorded", text=said, reason=said_by(by.name)) if said else NOT_RECORDED
