"""What can be done to categories, objectives and the appetite that a body states for each category."""

from __future__ import annotations

from datetime import date
from typing import TypeVar
from uuid import UUID

from django.db.models import Max
from django.utils import timezone

from watchkeep.apps.history.changes import check_version, recording
from watchkeep.apps.register import queries
from watchkeep.apps.register.models import Appetite, Category, Objective, Scale
from watchkeep.apps.register.queries.scales import graded_of, latest_version
from watchkeep.domain.appetite import checked
from watchkeep.domain.categories import STARTER
from watchkeep.domain.errors import Invalid, Missing, Refused
from watchkeep.domain.matrix import plain
from watchkeep.domain.naming import in_words, named
from watchkeep.domain.people import Actor, must

Named = TypeVar("Named", Category, Objective)


def open_category(*, by: Actor, name: str, description: str = "") -> UUID:
    """Add a category of risk."""
    with recording(by=by, verb="add a category") as entry:
        must(by, "change risks", queries.WHOLE_BODY)
        found = _new(Category, by, name, description)
        entry.about("category", found.pk, found.name)
        found.save()
        return found.pk


def start_categories(*, by: Actor) -> int:
    """Add those of the Orange Book's categories that the body does not have; how many were added."""
    with recording(by=by, verb="add the starter categories") as entry:
        must(by, "change risks", queries.WHOLE_BODY)
        entry.about("body", by.body, "Categories")
        known = {plain(each.name) for each in Category.objects.filter(body_id=by.body)}
        wanted = [each for each in STARTER if plain(each[0]) not in known]
        for name, description in wanted:
            _new(Category, by, name, description).save()
        return len(wanted)


def amend_category(*, by: Actor, category: UUID, version: int, name: str, description: str) -> None:
    """Say anew what a category is called and means."""
    _amend(Category, by, category, version, name, description)


def retire_category(*, by: Actor, category: UUID, version: int, retired_on: date, reason: str) -> None:
    """Offer a category no more from a day on; risks that have it keep it."""
    _retire(Category, by, category, version, retired_on, reason)


def open_objective(*, by: Actor, name: str, description: str = "") -> UUID:
    """Add something that the body sets out to achieve."""
    with recording(by=by, verb="add an objective") as entry:
        must(by, "change risks", queries.WHOLE_BODY)
        found = _new(Objective, by, name, description)
        entry.about("objective", found.pk, found.name)
        found.save()
        return found.pk


def amend_objective(*, by: Actor, objective: UUID, version: int, name: str, description: str) -> None:
    """Say anew what an objective is called and means."""
    _amend(Objective, by, objective, version, name, description)


def retire_objective(*, by: Actor, objective: UUID, version: int, retired_on: date, reason: str) -> None:
    """Offer an objective no more from a day on; risks that have it keep it."""
    _retire(Objective, by, objective, version, retired_on, reason)


def state_appetite(
    *,
    by: Actor,
    category: UUID,
    version: int,
    scale: UUID,
    appetite: str,
    tolerance: str,
    approved_by: str,
    approved_on: date,
    effective_on: date,
    statement: str = "",
) -> int:
    """State the gravest bands of `scale` (one of the body's) that are wanted and borne of a category.

    What was stated before stays; the number of the new statement is returned.
    """
    with recording(by=by, verb="state an appetite", as_at=effective_on) as entry:
        must(by, "change risks", queries.WHOLE_BODY)
        found = _kept(Category, by, category)
        check_version(found, version)
        row = _scale(by, scale)
        graded = graded_of(row)
        wanted, borne = checked(graded.rank("band", appetite), graded.rank("band", tolerance))
        if not in_words(approved_by):
            raise Invalid(
                "approved_by", "Say who approved it: a post or a board, such as Chief Officer Team."
            )
        if approved_on > effective_on:
            raise Invalid("effective_on", "An appetite stands from the day it was approved, or a later one.")
        entry.about("category", found.pk, found.name)
        found.version += 1
        found.save()
        last = Appetite.objects.filter(category=found).aggregate(last=Max("number"))["last"]
        made = Appetite(
            category=found,
            number=(last or 0) + 1,
            effective_on=effective_on,
            known_at=timezone.now(),
            scale=row,
            appetite=wanted,
            tolerance=borne,
            statement=in_words(statement),
            approved_by=in_words(approved_by)[:300],
            approved_on=approved_on,
        )
        made.save()
        return made.number


# --- Beneath the changes ------------------------------------------------------------------------------------


def _new(kind: type[Named], by: Actor, name: str, description: str) -> Named:
    title = _free_name(kind, by, name)
    last = kind.objects.filter(body_id=by.body).aggregate(last=Max("position"))["last"]
    return kind(
        body_id=UUID(by.body), position=(last or 0) + 1, name=title, description=in_words(description)
    )


def _free_name(kind: type[Named], by: Actor, name: str, but: UUID | None = None) -> str:
    title, noun = named(name), kind._meta.verbose_name
    longest = kind._meta.get_field("name").max_length or 0
    if not title:
        raise Invalid("name", f"Give the {noun} a name.")
    if len(title) > longest:
        raise Invalid("name", f"Give the {noun} a name of {longest} characters at most.")
    others = kind.objects.filter(body_id=by.body)
    if any(plain(each.name) == plain(title) for each in others if each.pk != but):
        raise Invalid("name", f"There is already one called “{title}”.")
    return title


def _amend(kind: type[Named], by: Actor, which: UUID, version: int, name: str, description: str) -> None:
    noun = str(kind._meta.verbose_name)
    with recording(by=by, verb=f"amend {'a' if noun == 'category' else 'an'} {noun}") as entry:
        must(by, "change risks", queries.WHOLE_BODY)
        found = _kept(kind, by, which)
        check_version(found, version)
        title = _free_name(kind, by, name, found.pk)
        if (found.name, found.description) == (title, in_words(description)):
            return
        entry.about(noun, found.pk, title)
        found.name, found.description = title, in_words(description)
        found.version += 1
        found.save()


def _retire(kind: type[Named], by: Actor, which: UUID, version: int, retired_on: date, reason: str) -> None:
    noun = str(kind._meta.verbose_name)
    verb = f"retire {'a' if noun == 'category' else 'an'} {noun}"
    with recording(by=by, verb=verb, reason=reason, as_at=retired_on) as entry:
        must(by, "change risks", queries.WHOLE_BODY)
        found = _kept(kind, by, which)
        check_version(found, version)
        if found.retired_on:
            raise Refused(f"“{found.name}” is retired already.")
        if not in_words(reason):
            raise Invalid("reason", f"Say why the {noun} is retired.")
        entry.about(noun, found.pk, found.name)
        found.retired_on = retired_on
        found.version += 1
        found.save()


def _kept(kind: type[Named], by: Actor, which: UUID) -> Named:
    found = kind.objects.select_for_update().filter(pk=which, body_id=by.body).first()
    if found is None:
        raise Missing(f"There is no such {kind._meta.verbose_name}.")
    return found


def _scale(by: Actor, which: UUID) -> Scale:
    """The version of that id, or the latest of the scale of that id."""
    row = Scale.objects.filter(pk=which, family__body_id=by.body).first()
    if row is not None:
        return row
    found = Scale.objects.filter(family_id=which, family__body_id=by.body).first()
    if found is None:
        raise Missing("There is no such scale.")
    return latest_version(which)
