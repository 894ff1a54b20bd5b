"""Keep what was forecast, and say what a promise is to do to an indicator."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Max
from django.utils import timezone

from watchkeep.apps.history.changes import recording
from watchkeep.apps.indicators.changes.holding import indicator_of, latest_version, said_by
from watchkeep.apps.indicators.models import ExpectedEffect, ForecastRun
from watchkeep.apps.treatment.changes.promising import commitment_of
from watchkeep.apps.treatment.queries.promised import held_of
from watchkeep.domain.commitment import may_change
from watchkeep.domain.errors import Invalid
from watchkeep.domain.forecast import Expected, Forecast
from watchkeep.domain.forecast.keeping import as_text
from watchkeep.domain.indicator.keeping import may_record, must_be_a_number
from watchkeep.domain.naming import in_words
from watchkeep.domain.people import Actor, obey


def keep_forecast(*, by: Actor, indicator: UUID, forecast: Forecast) -> bool:
    """Keep a forecast of an indicator; whether it was kept. The same one twice is kept once."""
    with recording(by=by, verb="forecast") as entry:
        found = indicator_of(by, indicator)
        obey(may_record(by, latest_version(found).owner_post_id))
        last = ForecastRun.objects.filter(indicator=found).order_by("-known_at").first()
        if last is not None and last.digest == forecast.digest:
            return False
        run = ForecastRun(
            indicator=found,
            known_at=timezone.now(),
            as_at=forecast.last_on,
            ahead=len(forecast.points),
            vintage=forecast.vintage,
            digest=forecast.digest,
            library=forecast.library,
            result=as_text(forecast),
        )
        entry.about("indicator", found.pk, str(found))
        run.save()
    return True


def keep_refusal(
    *, by: Actor, indicator: UUID, why: str, digest: str, as_at: date, ahead: int, library: str
) -> bool:
    """Keep why none could be made, so that the same readings are not tried again; whether it was kept."""
    with recording(by=by, verb="refuse a forecast") as entry:
        found = indicator_of(by, indicator)
        obey(may_record(by, latest_version(found).owner_post_id))
        last = ForecastRun.objects.filter(indicator=found).order_by("-known_at").first()
        if last is not None and last.digest == digest:
            return False
        run = ForecastRun(
            indicator=found,
            known_at=timezone.now(),
            as_at=as_at,
            ahead=ahead,
            vintage="",
            digest=digest,
            library=library,
            result="",
            refusal=why,
        )
        entry.about("indicator", found.pk, str(found))
        run.save()
    return True


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

    Said again of the same indicator, it needs a reason, and what was hoped for first stays known.
    """
    with recording(by=by, verb="expect an effect", reason=why) as entry:
        promised, found = commitment_of(by, commitment), indicator_of(by, indicator)
        obey(may_change(by, held_of(promised)))
        must_be_a_number("amount", expected.amount)
        if expected.by <= from_on:
            raise Invalid("by", "An effect shows on a day after the one on which the action begins.")
        before = ExpectedEffect.objects.filter(commitment=promised, indicator=found)
        last = before.aggregate(last=Max("number"))["last"]
        if last and not in_words(why):
            raise Invalid("why", "An effect is expected there already: say why it is now another.")
        effect = ExpectedEffect(
            commitment=promised,
            indicator=found,
            number=(last or 0) + 1,
            known_at=timezone.now(),
            measure=expected.measure,
            amount=expected.amount,
            from_on=from_on,
            by_on=expected.by,
            by=said_by(by),
            why=in_words(why),
        )
        entry.about("commitment", promised.pk, str(promised))
        entry.about("indicator", found.pk, str(found))
        effect.save()
