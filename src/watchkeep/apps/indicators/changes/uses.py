"""Which risks an indicator speaks to: said from a day, and ended on a day."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.utils import timezone

from watchkeep.apps.history.changes import recording
from watchkeep.apps.history.models import OpenEntry
from watchkeep.apps.history.spans import end_span
from watchkeep.apps.history.standing import not_over
from watchkeep.apps.indicators.changes.holding import indicator_of, not_ahead
from watchkeep.apps.indicators.models import Indicator, IndicatorUse
from watchkeep.apps.register.models import Risk
from watchkeep.apps.register.queries.scope import where
from watchkeep.apps.treatment.changes.serving import must_be_a_part, risk_of
from watchkeep.apps.treatment.queries.controls import visible_controls
from watchkeep.apps.treatment.queries.held import owner_of
from watchkeep.domain.errors import Invalid, Missing, Refused
from watchkeep.domain.finding import written
from watchkeep.domain.indicator.keeping import may_attach, side_named
from watchkeep.domain.naming import in_words
from watchkeep.domain.people import Actor, obey


def attach(
    *,
    by: Actor,
    indicator: UUID,
    risk: UUID,
    side: str,
    part: str = "",
    leads: bool = False,
    from_on: date | None = None,
    control: UUID | None = None,
    reason: str = "",
) -> UUID:
    """Say that an indicator measures a cause, a control or a consequence of a risk or of a part of it, from a
    day (today, if none is said); the id of that use. `leads`: it moves before the risk does.
    """
    on = from_on or timezone.localdate()
    with recording(by=by, verb="attach an indicator", reason=reason, as_at=on) as entry:
        found, served = indicator_of(by, indicator), risk_of(by, risk)
        obey(may_attach(by, where(served.register), owner_of(served)))
        not_ahead("from_on", on)
        if served.state in ("closed", "merged"):
            raise Refused(f"{served} is {served.state}; nothing is attached to it any more.")
        if control is not None and not visible_controls(by).filter(pk=control).exists():
            raise Invalid("control", "There is no such control.")
        use = IndicatorUse(
            indicator=found,
            risk=served,
            part=part.strip(),
            side=side_named(side),
            leads=leads,
            control_id=control,
            from_on=on,
            from_known_at=timezone.now(),
        )
        must_be_a_part(served, use.part, on)
        _must_be_new(use)
        _tell(entry, found, served, use)
        use.save()
        return use.pk


def detach(*, by: Actor, use: UUID, on: date, reason: str) -> None:
    """Say that an indicator speaks to a risk no longer, from a day on, and why. That it did stays."""
    with recording(by=by, verb="detach an indicator", reason=reason, as_at=on) as entry:
        ended = IndicatorUse.objects.select_for_update(of=("self",)).filter(pk=use).first()
        if ended is None:
            raise Missing("There is no such use of an indicator.")
        found, served = indicator_of(by, ended.indicator_id), risk_of(by, ended.risk_id)
        obey(may_attach(by, where(served.register), owner_of(served)))
        if not in_words(reason):
            raise Invalid("reason", "Say why it speaks to this risk no longer.")
        not_ahead("on", on)
        _tell(entry, found, served, ended)
        end_span(ended, what=f"The use of {found} for {served}", on=on, reason=reason)


def _must_be_new(use: IndicatorUse) -> None:
    """The same indicator, risk, part and side stand once at a time."""
    same = IndicatorUse.objects.filter(
        indicator=use.indicator, risk=use.risk, part=use.part, side=use.side, control=use.control_id
    )
    standing = not_over(same, use.from_on).order_by("from_on").first()
    if standing is not None:
        of = f"part {use.part} of " if use.part else ""
        since = f", from {written(standing.from_on)} on" if standing.from_on > use.from_on else ""
        raise Refused(f"{use.indicator} speaks to a {use.side} of {of}{use.risk} already{since}.")


def _tell(entry: OpenEntry, indicator: Indicator, risk: Risk, use: IndicatorUse) -> None:
    """It is the risk's history that shows it; the entry names the indicator too."""
    entry.about("risk", risk.pk, str(risk))
    entry.facts["indicator"] = {"id": str(indicator.pk), "label": str(indicator)}
    entry.facts |= {"part": use.part, "side": use.side, "leads": use.leads}
