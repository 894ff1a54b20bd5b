"""Say what a promise is to do to an indicator, and keep what its readings said of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

from django.utils import timezone

from watchkeep.apps.history.changes import recording
from watchkeep.apps.indicators.changes.holding import indicator_of, latest_version, said_by
from watchkeep.apps.indicators.conversion import definition_of
from watchkeep.apps.indicators.models import EffectFound, ExpectedEffect, Indicator
from watchkeep.apps.treatment.changes import amend_promise
from watchkeep.apps.treatment.changes.promising import commitment_of
from watchkeep.apps.treatment.models import Commitment
from watchkeep.apps.treatment.queries.promised import held_of, value_of
from watchkeep.apps.treatment.queries.promised import latest_version as latest_word
from watchkeep.domain.clock import must_be_within
from watchkeep.domain.commitment import may_change
from watchkeep.domain.errors import Invalid, Missing
from watchkeep.domain.forecast import Effect, Expected, must_be_possible
from watchkeep.domain.forecast.expecting import in_own_words
from watchkeep.domain.forecast.keeping import effect_as_text
from watchkeep.domain.indicator.keeping import may_record, must_be_a_number
from watchkeep.domain.naming import in_words
from watchkeep.domain.people import Actor, obey
from watchkeep.quant.forecast import library


def expect_effect(
    *,
    by: Actor,
    commitment: UUID,
    indicator: UUID,
    expected: Expected,
    from_on: date,
    why: str = "",
) -> None:
    """Say by how much an indicator is to change through a promise, or to which level, from when and by when.

    Said again of the same indicator, it needs a reason, and what was hoped for first stays known. A promise
    that says nothing of an effect in words then says this one.
    """
    with recording(by=by, verb="expect an effect", reason=why) as entry:
        promised, found = commitment_of(by, commitment), indicator_of(by, indicator)
        obey(may_change(by, held_of(promised)))
        must_be_a_number("amount", expected.amount)
        for field, day in (("from_on", from_on), ("by", expected.by)):
            must_be_within(field, day)
        must_be_possible(expected, from_on, definition_of(latest_version(found)))
        before = _last(promised, found)
        if before and not before.withdrawn and not in_words(why):
            raise Invalid("why", "An effect is expected there already: say why it is now another.")
        entry.about("commitment", promised.pk, str(promised))
        entry.facts["indicator"] = {"id": str(found.pk), "label": str(found)}
        _telling(by, promised, found, before, expected, from_on, why).save()
        _say_in_words(by, promised, found, before, expected)


def take_back_effect(*, by: Actor, commitment: UUID, indicator: UUID, why: str) -> None:
    """Say that no effect on an indicator is expected of a promise any more, and why. That one was stays."""
    with recording(by=by, verb="expect an effect no more", reason=why) as entry:
        promised, found = commitment_of(by, commitment), indicator_of(by, indicator)
        obey(may_change(by, held_of(promised)))
        before = _last(promised, found)
        if before is None or before.withdrawn:
            raise Missing(f"No effect of {promised.reference} on {found.reference} is expected.")
        if not in_words(why):
            raise Invalid("why", "Say why it is expected no more.")
        entry.about("commitment", promised.pk, str(promised))
        entry.facts["indicator"] = {"id": str(found.pk), "label": str(found)}
        expected = _expected(before)
        _telling(by, promised, found, before, expected, before.from_on, why, withdrawn=True).save()


def keep_effect(*, by: Actor, expected: UUID, effect: Effect, digest: str, as_at: date) -> bool:
    """Keep what the readings say of an expected effect; whether it was kept. The same one is kept once."""
    with recording(by=by, verb="look for an effect") as entry:
        said = ExpectedEffect.objects.select_related("commitment").filter(pk=expected).first()
        if said is None:
            raise Missing("No such effect is expected.")
        found = indicator_of(by, said.indicator_id)
        obey(may_record(by, latest_version(found).owner_post_id))
        if said.found.filter(digest=digest).exists():
            return False
        kept = EffectFound(
            expected=said,
            known_at=timezone.now(),
            as_at=as_at,
            word=effect.word,
            sentence=effect.sentence,
            method=effect.method,
            digest=digest,
            library=library(),
            result=effect_as_text(effect),
        )
        entry.about("commitment", said.commitment_id, str(said.commitment))
        entry.facts["indicator"] = {"id": str(found.pk), "label": str(found)}
        kept.save()
    return True


def _last(promised: Commitment, found: Indicator) -> ExpectedEffect | None:
    told = ExpectedEffect.objects.filter(commitment=promised, indicator=found)
    return told.order_by("-number").first()


def _expected(said: ExpectedEffect) -> Expected:
    return Expected("change" if said.measure == "change" else "level", said.amount, said.by_on)


def _telling(
    by: Actor,
    promised: Commitment,
    found: Indicator,
    before: ExpectedEffect | None,
    expected: Expected,
    from_on: date,
    why: str,
    *,
    withdrawn: bool = False,
) -> ExpectedEffect:
    return ExpectedEffect(
        commitment=promised,
        indicator=found,
        number=before.number + 1 if before else 1,
        known_at=timezone.now(),
        measure=expected.measure,
        amount=expected.amount,
        from_on=from_on,
        by_on=expected.by,
        withdrawn=withdrawn,
        by=said_by(by),
        why=in_words(why),
    )


def _say_in_words(
    by: Actor, promised: Commitment, found: Indicator, before: ExpectedEffect | None, expected: Expected
) -> None:
    """Let the promise say it too, where it said nothing or what this takes the place of: a paper, and who
    looks for the effect, go by its own words.
    """
    definition = definition_of(latest_version(found))
    value = value_of(latest_word(promised))
    own = in_words(value.expected_effect)
    if own and (before is None or own != in_own_words(definition, found.reference, _expected(before))):
        return
    amend_promise(
        by=by,
        commitment=promised.pk,
        version=promised.version,
        value=replace(
            value,
            expected_effect=in_own_words(definition, found.reference, expected),
            expected_by=expected.by,
        ),
        reason="An effect is expected of it.",
    )
