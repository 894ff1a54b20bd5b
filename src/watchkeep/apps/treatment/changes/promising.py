"""How a promise's next version is written, and what of it differs: beneath its changes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db.models import Max
from django.utils import timezone

from watchkeep.apps.people.models import Post
from watchkeep.apps.treatment.models import Commitment, CommitmentVersion
from watchkeep.apps.treatment.queries.commitments import visible_commitments
from watchkeep.apps.treatment.queries.promised import latest_version, value_of
from watchkeep.domain import amending
from watchkeep.domain.clashing import clashes_of
from watchkeep.domain.clock import must_be_within
from watchkeep.domain.commitment import Promise
from watchkeep.domain.errors import Clash, Missing
from watchkeep.domain.naming import in_words
from watchkeep.domain.people import Actor

LABELS: Final = (
    ("title", "What is promised"),
    ("definition_of_done", "Done when"),
    ("owner_post", "Owner"),
    ("due", "Due"),
    ("expected_effect", "Expected effect"),
    ("expected_by", "Effect expected by"),
    ("source", "Asked or agreed by"),
    ("if_not", "What happens if not"),
)
OUTCOME: Final = (("outcome", "Outcome"), ("on", "Day"), ("note", "Note"))
KEPT: Final = ("outcome", "outcome_on", "outcome_note", "effect_seen", "effect_on", "effect_note", "control")


def commitment_of(by: Actor, commitment: UUID) -> Commitment:
    """The promise, locked; missing where there is none that the actor may see."""
    found = Commitment.objects.select_for_update().filter(pk=commitment, body_id=by.body).first()
    if found is None or not visible_commitments(by).filter(pk=commitment).exists():
        raise Missing("There is no such promise.")
    return found


def write_version(
    by: Actor,
    found: Commitment,
    value: Promise,
    day: date,
    post: Post | None,
    before: CommitmentVersion,
    *,
    slip_reason: str = "",
    said: Mapping[str, Any] | None = None,
) -> int:
    """Write what is now said, with what became of it as it stood `before` unless `said`, of that day and of
    later ones as far as nobody said it otherwise since; the version's number.
    """
    kept = {name: getattr(before, name) for name in KEPT} | dict(said or {})
    add_version(by, found, value, day, post, slip_reason=slip_reason, **kept)
    was, now = _units(value_of(before), before.owner_post), _units(value, post)
    names, days = amending.changed(was, now), 0
    for each in _later(found, day):
        told = _units(value_of(each), each.owner_post)
        names = amending.still(names, was, told)
        if not names:
            break
        again, owner = _whole(amending.carried(told, names, now))
        kept = {name: getattr(each, name) for name in KEPT}
        why = slip_reason if "due" in names else each.slip_reason
        add_version(by, found, again, each.effective_on, owner, slip_reason=why, **kept)
        days += 1
    found.version += 1 + days
    found.title = latest_version(found).title
    found.save()
    return found.version


def said_of(
    before: CommitmentVersion, seen: CommitmentVersion, value: Promise, post: Post | None
) -> tuple[Promise, Post | None]:
    """What a writer changed of what they saw, said of what stood `before`."""
    units = amending.onto(
        _units(value_of(before), before.owner_post),
        _units(value_of(seen), seen.owner_post),
        _units(value, post),
    )
    return _whole(units)


def _later(found: Commitment, day: date) -> list[CommitmentVersion]:
    """What stands of each day after this one, the nearest first."""
    rows = found.versions.filter(effective_on__gt=day).select_related("owner_post")
    return list({each.effective_on: each for each in rows.order_by("effective_on", "number")}.values())


def _units(value: Promise, post: Post | None) -> dict[str, Any]:
    """A promise unit by unit: its day is one with the words of it, and so is its expected effect."""
    return {
        "title": value.title.strip(),
        "definition_of_done": in_words(value.definition_of_done),
        "source": in_words(value.source),
        "if_not": in_words(value.if_not),
        "due": (value.due.strip(), value.due_on),
        "effect": (in_words(value.expected_effect), value.expected_by),
    } | ({"post": post} if post else {})


def _whole(units: amending.Units) -> tuple[Promise, Post | None]:
    said = dict(units)
    post = said.pop("post", None)
    due, due_on = said.pop("due")
    effect, expected_by = said.pop("effect")
    value = Promise(
        **said,
        owner_post=post.pk if post else None,
        due=due,
        due_on=due_on,
        expected_effect=effect,
        expected_by=expected_by,
    )
    return value, post


def add_version(
    by: Actor, found: Commitment, value: Promise, day: date, post: Post | None, **said: Any
) -> None:
    """One more version of a promise, learned now."""
    latest: int | None = found.versions.aggregate(latest=Max("number"))["latest"]
    CommitmentVersion(
        commitment=found,
        number=(latest or 0) + 1,
        effective_on=day,
        known_at=timezone.now(),
        title=value.title.strip(),
        definition_of_done=in_words(value.definition_of_done),
        owner_post=post,
        due=value.due.strip(),
        due_on=value.due_on,
        expected_effect=in_words(value.expected_effect),
        expected_by=value.expected_by,
        source=in_words(value.source),
        if_not=in_words(value.if_not),
        by=by.name,
        **said,
    ).save()


def differing(value: Promise, post: Post | None, latest: CommitmentVersion) -> tuple[Clash, ...]:
    """What the actor says against what stands."""
    return clashes_of(LABELS, _said(value, post), _said(value_of(latest), latest.owner_post))


def outcome_clashes(outcome: str, on: date, note: str, latest: CommitmentVersion) -> tuple[Clash, ...]:
    """What the actor says became of it against what stands."""
    yours = {"outcome": outcome, "on": on.isoformat(), "note": in_words(note)}
    then = latest.outcome_on.isoformat() if latest.outcome_on else ""
    theirs = {"outcome": latest.outcome, "on": then, "note": in_words(latest.outcome_note)}
    return clashes_of(OUTCOME, yours, theirs)


def changed(before: CommitmentVersion, value: Promise, post: Post | None) -> list[dict[str, str]]:
    """What is now said otherwise, for the entry."""
    was, now = _said(value_of(before), before.owner_post), _said(value, post)
    return [
        {"field": label, "before": was[name], "after": now[name]}
        for name, label in LABELS
        if was[name] != now[name]
    ]


def _said(value: Promise, post: Post | None) -> dict[str, str]:
    return {
        "title": value.title.strip(),
        "definition_of_done": in_words(value.definition_of_done),
        "owner_post": post.title if post else "",
        "due": value.due_on.isoformat() if value.due_on else value.due.strip(),
        "expected_effect": in_words(value.expected_effect),
        "expected_by": value.expected_by.isoformat() if value.expected_by else "",
        "source": in_words(value.source),
        "if_not": in_words(value.if_not),
    }


def must_be_due(due_on: date | None) -> None:
    """Refuse a due day that nobody can mean."""
    if due_on:
        must_be_within("due", due_on)
