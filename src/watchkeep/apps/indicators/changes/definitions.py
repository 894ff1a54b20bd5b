"""Open an indicator, and say from a day on that it measures something else or otherwise."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Max
from django.utils import timezone

from watchkeep.apps.history.changes import check_version, recording
from watchkeep.apps.indicators.changes.holding import (
    indicator_of,
    latest_version,
    next_number,
    not_ahead,
    post_named,
)
from watchkeep.apps.indicators.conversion import columns_of, definition_of
from watchkeep.apps.indicators.models import Indicator, IndicatorVersion, Observation
from watchkeep.apps.people.models import Post
from watchkeep.domain.errors import Invalid, Refused
from watchkeep.domain.finding import written
from watchkeep.domain.indicator import Definition
from watchkeep.domain.indicator.keeping import may_keep, must_be_whole
from watchkeep.domain.naming import in_words
from watchkeep.domain.people import Actor, obey

# What readings were recorded under: they would mean something else under another.
FIXED = ("frequency", "kind")


def open_indicator(
    *, by: Actor, definition: Definition, owner_post: UUID | None = None, reason: str = ""
) -> UUID:
    """Open an indicator from the definition's own day on, or from today; its id. It gets the body's next
    reference, and speaks to no risk yet.
    """
    on = definition.from_on or timezone.localdate()
    with recording(by=by, verb="open an indicator", reason=reason, as_at=on) as entry:
        obey(may_keep(by, owner_post))
        must_be_whole(definition)
        not_ahead("from_on", on)
        post = post_named(by, owner_post)
        count = Indicator.objects.filter(body_id=by.body).count() + 1  # none is ever deleted
        found = Indicator(
            body_id=UUID(by.body),
            reference=f"K{count}",
            number=next_number(Indicator),
            name=definition.name.strip(),
        )
        entry.about("indicator", found.pk, str(found))
        found.save()
        _add_version(found, definition, post, on, reason)
        return found.pk


def redefine(
    *,
    by: Actor,
    indicator: UUID,
    version: int,
    definition: Definition,
    owner_post: UUID | None,
    reason: str = "",
) -> int:
    """Say from the definition's day on (or from today) that it reads otherwise, having looked at `version`;
    the new version's number. What was measured under the last one stays as it is.
    """
    on = definition.from_on or timezone.localdate()
    with recording(by=by, verb="redefine an indicator", reason=reason, as_at=on) as entry:
        found = indicator_of(by, indicator)
        latest = latest_version(found)
        obey(may_keep(by, latest.owner_post_id))
        must_be_whole(definition)
        check_version(found, version)
        not_ahead("from_on", on)
        if on < latest.effective_on:
            raise Invalid(
                "from_on",
                f"{found} is last defined from {written(latest.effective_on)} on; say that day or later.",
            )
        post = latest.owner_post
        if owner_post != latest.owner_post_id:
            obey(may_keep(by))
            post = post_named(by, owner_post)
        before = definition_of(latest)
        changed = _changed(before, definition)
        if not changed and post == latest.owner_post:
            return found.version
        _must_fit_its_readings(found, changed)
        entry.about("indicator", found.pk, str(found))
        entry.facts["fields"] = [
            {"field": name, "before": getattr(before, name), "after": getattr(definition, name)}
            for name in changed
        ]
        _add_version(found, definition, post, on, reason)
        found.version += 1
        found.name = definition.name.strip()
        found.save()
        return found.version


def _must_fit_its_readings(found: Indicator, changed: list[str]) -> None:
    fixed = [name for name in FIXED if name in changed]
    if fixed and Observation.objects.filter(series=found.number).exists():
        raise Refused(
            f"{found} has readings, which would mean something else under another {fixed[0]}; open another "
            "indicator."
        )


def _changed(before: Definition, after: Definition) -> list[str]:
    names = [each.name for each in fields(Definition) if each.name not in ("from_on", "number")]
    return [name for name in names if getattr(before, name) != getattr(after, name)]


def _add_version(found: Indicator, definition: Definition, post: Post | None, on: date, reason: str) -> None:
    last: int | None = found.versions.aggregate(last=Max("number"))["last"]
    said: dict[str, Any] = columns_of(definition)
    IndicatorVersion(
        indicator=found,
        number=(last or 0) + 1,
        effective_on=on,
        known_at=timezone.now(),
        owner_post=post,
        reason=in_words(reason),
        **said,
    ).save()
