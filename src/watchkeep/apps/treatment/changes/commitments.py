"""What can be done about promises: make one, say it anew, let it slip, report it done, drop it.

Every version is kept: a day that was promised once is never lost under a later one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.utils import timezone

from watchkeep.apps.history.changes import check_version, recording
from watchkeep.apps.register.queries.scope import WHOLE_BODY, where
from watchkeep.apps.treatment.changes.bearing import bear
from watchkeep.apps.treatment.changes.controls import add_control, must_be_told_of, not_ahead, post_named
from watchkeep.apps.treatment.changes.promising import (
    add_version,
    changed,
    commitment_of,
    differing,
    must_be_due,
    outcome_clashes,
    said_of,
    write_version,
)
from watchkeep.apps.treatment.changes.serving import risk_of
from watchkeep.apps.treatment.changes.uses import apply_control
from watchkeep.apps.treatment.models import Commitment, CommitmentUse, CommitmentVersion, Control
from watchkeep.apps.treatment.queries.controls import visible_controls
from watchkeep.apps.treatment.queries.held import owner_of
from watchkeep.apps.treatment.queries.promised import (
    facts_of,
    held_of,
    latest_version,
    telling_of,
    value_of,
    version_at,
)
from watchkeep.domain import commitment as rules
from watchkeep.domain.commitment import Promise, Seen, kind_named
from watchkeep.domain.control import ControlValue
from watchkeep.domain.errors import Invalid, Missing
from watchkeep.domain.naming import in_words
from watchkeep.domain.people import Actor, obey


@dataclass(frozen=True, slots=True)
class Becomes:
    """The control that an action becomes when it is done: a new one, or one that is kept already."""

    value: ControlValue | None = None
    control: UUID | None = None
    side: str = ""


def promise(
    *,
    by: Actor,
    kind: str,
    value: Promise,
    on: date | None = None,
    risk: UUID | None = None,
    part: str = "",
    reason: str = "",
    minuted: bool = False,
) -> UUID:
    """Say what is promised, from a day (else today), for a risk or for none; its id. It gets the body's next
    reference.

    `minuted`: a board gave it to be done, and whoever may keep that board's minutes writes it down.
    """
    day = on or timezone.localdate()
    with recording(by=by, verb="make a promise", reason=reason, as_at=day) as entry:
        served = risk_of(by, risk) if risk else None
        place = where(served.register) if served else WHOLE_BODY
        owner = owner_of(served) if served else None
        obey(None if minuted else rules.may_promise(by, place, str(owner or "")))
        not_ahead("on", day)
        must_be_due(value.due_on)
        post = post_named(by, value.owner_post)
        number = Commitment.objects.filter(body_id=by.body).count() + 1  # none is ever deleted
        made = Commitment(
            body_id=UUID(by.body), kind=kind_named(kind), reference=f"P{number}", title=value.title.strip()
        )
        entry.about("commitment", made.pk, str(made))
        made.save()
        add_version(by, made, value, day, post)
        if served:
            entry.facts["risk"] = {"id": str(served.pk), "label": str(served)}
            bear(made, served, part, day)
        return made.pk


def amend_promise(
    *,
    by: Actor,
    commitment: UUID,
    version: int,
    value: Promise,
    on: date | None = None,
    slip_reason: str = "",
    reason: str = "",
) -> int:
    """Say anew what is promised, having looked at `version`; the new version's number.

    What was changed of what stands is said of the promise as it stood on that day, and holds from then on, as
    far as nobody said it otherwise since (docs/decisions/0010).
    """
    day = on or timezone.localdate()
    with recording(by=by, verb="amend a promise", reason=reason or slip_reason, as_at=day) as entry:
        found = commitment_of(by, commitment)
        obey(rules.may_change(by, held_of(found)))
        must_be_told_of("on", day, str(found), found.versions)
        latest, before = latest_version(found), version_at(found, day)
        post = latest.owner_post
        if value.owner_post != latest.owner_post_id:
            post = post_named(by, value.owner_post)
        check_version(found, version, differing(value, post, latest))
        not_ahead("on", day)
        value, post = said_of(before, latest, value, post)
        told = changed(before, value, post)
        if not told:
            return found.version
        if value.due_on != before.due_on:
            must_be_due(value.due_on)
            obey(rules.may_move(facts_of(latest)))
        _must_give_a_reason(found, day, value.due_on, slip_reason)
        entry.about("commitment", found.pk, str(found))
        entry.facts["fields"] = told
        return write_version(by, found, value, day, post, before, slip_reason=in_words(slip_reason))


def slip(
    *,
    by: Actor,
    commitment: UUID,
    version: int,
    due_on: date | None,
    due: str = "",
    reason: str = "",
    on: date | None = None,
) -> int:
    """Give a new day, or take the day away, and say why; the new version's number.

    A later day, or none, needs a reason; an earlier one needs none.
    """
    day = on or timezone.localdate()
    with recording(by=by, verb="move a promise's day", reason=reason, as_at=day) as entry:
        found = commitment_of(by, commitment)
        obey(rules.may_answer(by, held_of(found)))
        must_be_told_of("on", day, str(found), found.versions)
        latest, before = latest_version(found), version_at(found, day)
        value = replace(value_of(before), due=due.strip(), due_on=due_on)
        check_version(found, version, differing(value, before.owner_post, latest))
        obey(rules.may_move(facts_of(latest)))
        not_ahead("on", day)
        must_be_due(due_on)
        told = changed(before, value, before.owner_post)
        if not told:
            raise Invalid("due", "That is the day that stands already.")
        rules.must_lie_ahead(due_on, day)
        _must_give_a_reason(found, day, due_on, reason)
        entry.about("commitment", found.pk, str(found))
        entry.facts["fields"] = told
        return write_version(by, found, value, day, before.owner_post, before, slip_reason=in_words(reason))


def report_done(
    *,
    by: Actor,
    commitment: UUID,
    version: int,
    on: date,
    note: str = "",
    becomes_control: Becomes | None = None,
) -> int:
    """Report it done on a day; an action may become a control, which then serves the same risks."""
    with recording(by=by, verb="report a promise done", reason=note, as_at=on) as entry:
        found = commitment_of(by, commitment)
        obey(rules.may_answer(by, held_of(found)))
        latest = latest_version(found)
        check_version(found, version, outcome_clashes("done", on, note, latest))
        obey(rules.may_move(facts_of(latest)))
        not_ahead("on", on)
        entry.about("commitment", found.pk, str(found))
        entry.facts["done_on"] = on.isoformat()
        control = _becomes(by, found, latest, on, becomes_control) if becomes_control else latest.control
        if control:
            entry.facts["control"] = {"id": str(control.pk), "label": str(control)}
        ended = {"outcome": "done", "outcome_on": on, "outcome_note": in_words(note), "control": control}
        return _end(by, found, latest, on, ended)


def drop(*, by: Actor, commitment: UUID, version: int, on: date, reason: str) -> int:
    """Give it up, and say why."""
    with recording(by=by, verb="drop a promise", reason=reason, as_at=on) as entry:
        found = commitment_of(by, commitment)
        obey(rules.may_change(by, held_of(found)))
        latest = latest_version(found)
        check_version(found, version, outcome_clashes("dropped", on, reason, latest))
        obey(rules.may_move(facts_of(latest)))
        not_ahead("on", on)
        if not in_words(reason):
            raise Invalid("reason", "Say why it is dropped.")
        entry.about("commitment", found.pk, str(found))
        ended = {"outcome": "dropped", "outcome_on": on, "outcome_note": in_words(reason)}
        return _end(by, found, latest, on, ended)


def take_up_again(*, by: Actor, commitment: UUID, version: int, on: date, reason: str) -> int:
    """Say that it is not done, or not dropped, after all. That it was reported so stays on record."""
    with recording(by=by, verb="take a promise up again", reason=reason, as_at=on) as entry:
        found = commitment_of(by, commitment)
        obey(rules.may_change(by, held_of(found)))
        latest = latest_version(found)
        check_version(found, version, outcome_clashes("", on, reason, latest))
        obey(rules.may_take_up_again(facts_of(latest)))
        not_ahead("on", on)
        if not in_words(reason):
            raise Invalid("reason", "Say why it is taken up again.")
        entry.about("commitment", found.pk, str(found))
        begun = {"outcome": "", "outcome_on": None, "outcome_note": "", "effect_seen": ""}
        return _end(by, found, latest, on, begun | {"effect_on": None, "effect_note": ""})


def say_effect(*, by: Actor, commitment: UUID, version: int, seen: Seen, on: date, note: str = "") -> int:
    """Say whether the effect that was expected of it was seen, on the day that somebody looked."""
    with recording(by=by, verb="judge a promise's effect", reason=note, as_at=on) as entry:
        found = commitment_of(by, commitment)
        obey(rules.may_judge_effect(by, held_of(found)))
        latest = latest_version(found)
        check_version(found, version, outcome_clashes(latest.outcome, on, note, latest))
        obey(rules.may_look_for_effect(facts_of(latest)))
        not_ahead("on", on)
        if latest.outcome_on and on < latest.outcome_on:
            raise Invalid("on", "Its effect cannot be looked for before it was done.")
        if not in_words(note):
            raise Invalid("note", "Say what was found, and where.")
        entry.about("commitment", found.pk, str(found))
        entry.facts["effect_seen"] = seen
        judged = {"effect_seen": seen, "effect_on": on, "effect_note": in_words(note)}
        return _end(by, found, latest, on, judged)


# --- Beneath the changes ------------------------------------------------------------------------------------


def _end(
    by: Actor, found: Commitment, latest: CommitmentVersion, on: date, said: Mapping[str, object]
) -> int:
    """What became of it follows all that was said before, whenever it happened."""
    day = max(on, latest.effective_on)
    return write_version(by, found, value_of(latest), day, latest.owner_post, latest, said=said)


def _must_give_a_reason(found: Commitment, day: date, due_on: date | None, reason: str) -> None:
    tellings = [telling_of(each) for each in found.versions.order_by("number")]
    if refusal := rules.may_redate(tellings, on=day, due_on=due_on, reason=reason):
        raise Invalid("reason", refusal.sentence)


def _becomes(by: Actor, found: Commitment, latest: CommitmentVersion, on: date, becomes: Becomes) -> Control:
    """The control that stands in its place, serving every risk that the promise bears on."""
    control = becomes.control
    if control is None:
        value = becomes.value or ControlValue(name=found.title, description=latest.definition_of_done)
        control = add_control(
            by=by,
            value=value,
            effective_on=on,
            owner_post=latest.owner_post_id,
            reason=f"{found.reference} is done.",
        )
        kept = Control.objects.filter(body_id=by.body, pk=control).first()
    else:
        kept = visible_controls(by).filter(pk=control).first()
    if kept is None:
        raise Missing("There is no such control.")
    serving = set(kept.uses.filter(until_on=None).values_list("risk_id", "part"))
    bearing = CommitmentUse.objects.filter(commitment=found, until_on=None).order_by("pk")
    for risk, part in dict.fromkeys(bearing.values_list("risk_id", "part")):
        if (risk, part) not in serving:
            apply_control(by=by, control=kept.pk, risk=risk, part=part, side=becomes.side, from_on=on)
    return kept
