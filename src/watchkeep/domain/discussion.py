"""What people say beside a record: who may say something, take it back, and take a file away.

A subject is any record that can be talked about. Who may read what is said of it is who may read the
subject itself: the places where it stands say so, and the posts that see it whatever their role.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from watchkeep.domain.people import Action, Actor, Refusal, Where, may

LONGEST: Final = 10_000  # letters in one comment


@dataclass(frozen=True, slots=True)
class Subject:
    """A record that can be talked about, as a viewer who may see it was shown it."""

    kind: str
    id: str
    label: str
    places: tuple[Where, ...]
    register: UUID | None = None  # the one register that it stands in, if it is one
    posts: frozenset[str] = frozenset()  # seats that see it whatever their holder's role
    readers: tuple[Action, ...] = ("read",)  # it is read by who may do one of these there


See = Callable[[Actor, str, str], Subject]
"""Finds the subject of a kind and id for a viewer, and raises `Missing` where they may not see it."""


def may_read(actor: Actor, subject: Subject) -> bool:
    """Whether `actor` may read what is said of it."""
    if actor.posts & subject.posts:
        return True
    return any(_anywhere(actor, each, subject) is None for each in subject.readers)


def may_comment(actor: Actor, subject: Subject) -> Refusal | None:
    """Nothing where `actor` may say something here, or put a file beside it; else why not."""
    if actor.kind != "person":
        return Refusal("Only a person who is signed in may comment: a comment bears somebody’s name.")
    return _anywhere(actor, "comment", subject)


def may_reword(actor: Actor, *, by: str, latest: bool, taken_back: bool) -> Refusal | None:
    """Nothing where these are the words of `actor` and still stand; `by` is the id of who said them."""
    if actor.kind != "person" or actor.id != by:
        return Refusal("Only the person who said it may change it or take it back.")
    if taken_back:
        return Refusal("This was taken back already.")
    if not latest:
        return Refusal("This was changed already; change what stands now.")
    return None


def may_take_away(actor: Actor, subject: Subject, *, by: str, taken_away: bool) -> Refusal | None:
    """Nothing where `actor` attached the file, or looks after the risks here; else why not."""
    if taken_away:
        return Refusal("This file was taken away already.")
    if actor.kind == "person" and actor.id == by:
        return _anywhere(actor, "comment", subject)
    if _anywhere(actor, "change risks", subject) is None:
        return None
    return Refusal("Only the person who attached it, or who looks after the risks here, may take it away.")


def _anywhere(actor: Actor, action: Action, subject: Subject) -> Refusal | None:
    """A subject that stands in several places is open to who may do it in one of them."""
    refusals = [may(actor, action, place) for place in subject.places]
    if not refusals:
        return Refusal("This stands in no place where anybody has a role.")
    return None if None in refusals else refusals[0]
