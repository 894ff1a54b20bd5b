"""What can be done about controls: add one, amend it, stand it down and up again.

Amending writes a new version; nothing that was said before is overwritten.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db.models import Manager, Max, Min
from django.utils import timezone

from watchkeep.apps.history.changes import check_version, recording
from watchkeep.apps.people.models import Post
from watchkeep.apps.treatment.conversion import state_of, value_of
from watchkeep.apps.treatment.models import Control, ControlVersion
from watchkeep.apps.treatment.queries.controls import visible_controls
from watchkeep.apps.treatment.queries.held import latest_version, standing_of
from watchkeep.domain import amending
from watchkeep.domain.clashing import clashes_of
from watchkeep.domain.clock import must_have_come
from watchkeep.domain.control import (
    ControlValue,
    Standing,
    State,
    may_add,
    may_change,
    may_give_away,
    may_move,
)
from watchkeep.domain.errors import Invalid, Missing
from watchkeep.domain.finding import written
from watchkeep.domain.naming import in_words
from watchkeep.domain.people import Actor, obey

LABELS: Final = (
    ("name", "Name"),
    ("description", "Description"),
    ("kind", "Kind"),
    ("frequency", "Frequency"),
    ("owner_post", "Control owner"),
    ("tolerated", "Tolerated failures"),
)


def add_control(
    *,
    by: Actor,
    value: ControlValue,
    effective_on: date,
    owner_post: UUID | None = None,
    state: State = "in force",
    reason: str = "",
) -> UUID:
    """Add a control of the body; its id. It gets the body’s next reference, and serves no risk yet."""
    with recording(by=by, verb="add a control", reason=reason, as_at=effective_on) as entry:
        obey(may_add(by, owner_post))
        not_ahead("effective_on", effective_on)
        if state == "stood down":
            raise Invalid("state", "A control is added as planned or in force; it is stood down afterwards.")
        post = post_named(by, owner_post)
        number = Control.objects.filter(body_id=by.body).count() + 1  # none is ever deleted
        control = Control(body_id=UUID(by.body), reference=f"C{number}", name=value.name.strip())
        entry.about("control", control.pk, str(control))
        control.save()
        _add_version(control, value, post, effective_on, state, reason)
        return control.pk


def amend_control(
    *,
    by: Actor,
    control: UUID,
    version: int,
    value: ControlValue,
    effective_on: date,
    owner_post: UUID | None,
    reason: str = "",
) -> int:
    """Say something else of a control as at a day, having looked at `version`; the new version’s number.

    What was changed of what stands is said of the control as it stood on that day, and holds from then on, as
    far as nobody said it otherwise since (docs/decisions/0010).
    """
    with recording(by=by, verb="amend a control", reason=reason, as_at=effective_on) as entry:
        found = control_of(by, control)
        held = standing_of(found)
        obey(may_change(by, held))
        not_ahead("effective_on", effective_on)
        must_be_told_of("effective_on", effective_on, str(found), found.versions)
        latest, before = latest_version(found), _version_at(found, effective_on)
        post = _owner_from_now(by, held, latest, owner_post)
        clashes = clashes_of(LABELS, _said(value, post), _said(value_of(latest), latest.owner_post))
        check_version(found, version, clashes)
        was = _units(value_of(before), before.owner_post)
        now = amending.onto(was, _units(value_of(latest), latest.owner_post), _units(value, post))
        if now == was:
            return found.version
        entry.about("control", found.pk, str(found))
        entry.facts["fields"] = _changed(before, _said(*_whole(now)))
        _add_version(found, *_whole(now), effective_on, state_of(before.state), reason)
        later = _hold_from_then_on(found, effective_on, was, now, reason)
        if later:
            entry.facts["holds_as_at"] = [each.isoformat() for each in later]
        found.version += 1 + len(later)
        found.name = latest_version(found).name
        found.save()
        return found.version


def stand_down(*, by: Actor, control: UUID, version: int, on: date, reason: str) -> int:
    """Say that a control is no longer there, and why. It stays on the risks that it served, marked so."""
    if not in_words(reason):
        raise Invalid("reason", "Say why the control is stood down.")
    return _move(by, "stand down a control", control, version, "stood down", on, reason)


def stand_up(*, by: Actor, control: UUID, version: int, on: date, reason: str = "") -> int:
    """Say that a planned control is in force, or one that was stood down is so again."""
    return _move(by, "put a control in force", control, version, "in force", on, reason)


def _move(by: Actor, verb: str, control: UUID, version: int, into: State, on: date, reason: str) -> int:
    with recording(by=by, verb=verb, reason=reason, as_at=on) as entry:
        found = control_of(by, control)
        obey(may_change(by, standing_of(found)))
        check_version(found, version)
        latest = latest_version(found)
        obey(may_move(str(found), state_of(latest.state), into))
        not_ahead("on", on)
        if on < latest.effective_on:
            raise Invalid(
                "on",
                f"What is said of {found.reference} last is of {written(latest.effective_on)}; "
                f"it can be {into} from that day on.",
            )
        entry.about("control", found.pk, str(found))
        entry.facts["fields"] = [{"field": "state", "before": latest.state, "after": into}]
        found.version += 1
        found.save()
        _add_version(found, value_of(latest), latest.owner_post, on, into, reason)
        return found.version


# --- Beneath the changes, for the whole room ----------------------------------------------------------------


def control_of(by: Actor, control: UUID) -> Control:
    """The control, locked; missing where there is none that the actor may see."""
    found = Control.objects.select_for_update().filter(pk=control, body_id=by.body).first()
    if found is None or not visible_controls(by).filter(pk=control).exists():
        raise Missing("There is no such control.")
    return found


def post_named(by: Actor, post: UUID | None) -> Post | None:
    """A post of the body that is not abolished, or none."""
    if post is None:
        return None
    found = Post.objects.filter(pk=post, body_id=by.body).first()
    if found is None:
        raise Invalid("owner_post", "There is no such post.")
    if found.abolished_on and found.abolished_on <= timezone.localdate():
        raise Invalid("owner_post", f"The post {found.title} is abolished; choose another.")
    return found


def _owner_from_now(by: Actor, held: Standing, latest: ControlVersion, post: UUID | None) -> Post | None:
    """Whom the control is given to; who has it already may keep it, though the post be abolished."""
    if post == latest.owner_post_id:
        return latest.owner_post
    obey(may_give_away(by, held))
    return post_named(by, post)


def not_ahead(field: str, day: date) -> None:
    """What has not happened yet is a plan, and is promised instead."""
    must_have_come(field, day, timezone.localdate())


def must_be_told_of(field: str, day: date, label: str, versions: Manager[Any]) -> None:
    """Refuse a day before the first that anything is told of: nothing stood then that could be set right."""
    first = versions.aggregate(first=Min("effective_on"))["first"]
    if day < first:
        raise Invalid(field, f"{label} is first told of on {written(first)}; say it as at that day or later.")


def _units(value: ControlValue, post: Post | None) -> dict[str, Any]:
    """What is said of a control unit by unit; what is not recorded is left out."""
    said = {"name": value.name.strip(), "description": in_words(value.description), "kind": value.kind}
    said |= {"frequency": value.frequency.strip()}
    return {
        **said,
        **{name: each for name, each in (("tolerated", value.tolerated), ("post", post)) if each is not None},
    }


def _whole(units: amending.Units) -> tuple[ControlValue, Post | None]:
    said = dict(units)
    post = said.pop("post", None)
    return ControlValue(**said), post


def _hold_from_then_on(
    control: Control, on: date, was: amending.Units, now: amending.Units, reason: str
) -> list[date]:
    """Say of later days what was just said of an earlier one, until somebody said it otherwise; the days."""
    names, days = amending.changed(was, now), []
    rows = control.versions.filter(effective_on__gt=on).select_related("owner_post")
    for each in {row.effective_on: row for row in rows.order_by("effective_on", "number")}.values():
        told = _units(value_of(each), each.owner_post)
        names = amending.still(names, was, told)
        if not names:
            break
        again = _whole(amending.carried(told, names, now))
        _add_version(control, *again, each.effective_on, state_of(each.state), each.reason or reason)
        days.append(each.effective_on)
    return days


def _add_version(
    control: Control, value: ControlValue, post: Post | None, on: date, state: State, reason: str
) -> None:
    latest: int | None = control.versions.aggregate(latest=Max("number"))["latest"]
    ControlVersion(
        control=control,
        number=(latest or 0) + 1,
        effective_on=on,
        known_at=timezone.now(),
        name=value.name.strip(),
        description=in_words(value.description),
        kind=value.kind,
        frequency=value.frequency.strip(),
        owner_post=post,
        state=state,
        tolerated=value.tolerated,
        reason=in_words(reason),
    ).save()


def _version_at(control: Control, day: date) -> ControlVersion:
    """What stood on a day, which is not before the first that it is told of."""
    versions = control.versions.select_related("owner_post")
    return versions.filter(effective_on__lte=day).order_by("-effective_on", "-number")[0]


def _said(value: ControlValue, post: Post | None) -> dict[str, str]:
    return {
        "name": value.name.strip(),
        "description": in_words(value.description),
        "kind": value.kind,
        "frequency": value.frequency.strip(),
        "owner_post": post.title if post else "",
        "tolerated": "" if value.tolerated is None else str(value.tolerated),
    }


def _changed(before: ControlVersion, after: dict[str, str]) -> list[dict[str, Any]]:
    was = _said(value_of(before), before.owner_post)
    return [
        {"field": label, "before": was[name], "after": after[name]}
        for name, label in LABELS
        if was[name] != after[name]
    ]
