"""What a control serves: said from a day, and ended on a day."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.utils import timezone

from watchkeep.apps.history.changes import recording
from watchkeep.apps.history.models import OpenEntry
from watchkeep.apps.history.spans import end_span
from watchkeep.apps.history.standing import not_over
from watchkeep.apps.register.models import Risk
from watchkeep.apps.register.queries.scope import where
from watchkeep.apps.treatment.changes.controls import control_of, not_ahead
from watchkeep.apps.treatment.changes.serving import must_be_a_part, risk_of
from watchkeep.apps.treatment.models import Control, ControlUse
from watchkeep.apps.treatment.queries.held import latest_version, owner_of
from watchkeep.domain.control import may_apply, side_named
from watchkeep.domain.errors import Invalid, Missing, Refused
from watchkeep.domain.finding import written
from watchkeep.domain.naming import in_words
from watchkeep.domain.people import Actor, obey


def apply_control(
    *, by: Actor, control: UUID, risk: UUID, from_on: date, part: str = "", side: str = "", reason: str = ""
) -> UUID:
    """Say that a control serves a risk, or one part of it, from a day; the id of that use."""
    with recording(by=by, verb="apply a control", reason=reason, as_at=from_on) as entry:
        found, served = control_of(by, control), risk_of(by, risk)
        obey(may_apply(by, where(served.register), owner_of(served)))
        not_ahead("from_on", from_on)
        if served.state in ("closed", "merged"):
            raise Refused(f"{served} is {served.state}; no control is put to it any more.")
        if latest_version(found).state == "stood down":
            raise Refused(f"{found} is stood down; put it in force again first.")
        use = ControlUse(
            control=found,
            risk=served,
            part=part.strip(),
            side=side_named(side),
            from_on=from_on,
            from_known_at=timezone.now(),
        )
        must_be_a_part(served, use.part, from_on)
        _must_be_new(use)
        _tell(entry, found, served, use)
        use.save()
        return use.pk


def end_use(*, by: Actor, use: UUID, on: date, reason: str) -> None:
    """Say that a control serves a risk no longer, from a day on, and why. That it did stays on record."""
    with recording(by=by, verb="end a control's use", reason=reason, as_at=on) as entry:
        ended = ControlUse.objects.select_for_update(of=("self",)).filter(pk=use).first()
        if ended is None:
            raise Missing("There is no such use of a control.")
        found, served = control_of(by, ended.control_id), risk_of(by, ended.risk_id)
        obey(may_apply(by, where(served.register), owner_of(served)))
        if not in_words(reason):
            raise Invalid("reason", "Say why it serves this risk no longer.")
        not_ahead("on", on)
        _tell(entry, found, served, ended)
        end_span(ended, what=f"The use of {found} for {served}", on=on, reason=reason)


def _must_be_new(use: ControlUse) -> None:
    """The same control, risk, part and side stand once at a time."""
    same = ControlUse.objects.filter(control=use.control, risk=use.risk, part=use.part, side=use.side)
    standing = not_over(same, use.from_on).order_by("from_on").first()
    if standing is not None:
        of = f"part {use.part} of " if use.part else ""
        since = f", from {written(standing.from_on)} on" if standing.from_on > use.from_on else ""
        raise Refused(f"{use.control} serves {of}{use.risk} already{since}.")


def _tell(entry: OpenEntry, control: Control, risk: Risk, use: ControlUse) -> None:
    """It is the risk’s history that shows it; the entry names the control too."""
    entry.about("risk", risk.pk, str(risk))
    entry.facts["control"] = {"id": str(control.pk), "label": str(control)}
    entry.facts["part"], entry.facts["side"] = use.part, use.side
