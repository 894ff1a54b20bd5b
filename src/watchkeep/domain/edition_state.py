"""The one table of an edition's moves, and who may make which: a public paper takes two people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, get_args

from watchkeep.domain.edition import Audience
from watchkeep.domain.people import Actor, Refusal, Where, may

State = Literal["frozen", "approved", "published", "withdrawn"]

_TO_ITS_OWN: Final[Mapping[State, tuple[State, ...]]] = {
    "frozen": ("published", "withdrawn"),
    "approved": (),
    "published": ("withdrawn",),
    "withdrawn": (),
}
_TO_THE_PUBLIC: Final[Mapping[State, tuple[State, ...]]] = {
    "frozen": ("approved", "withdrawn"),
    "approved": ("published", "withdrawn"),
    "published": ("withdrawn",),
    "withdrawn": (),
}
MOVES: Final[Mapping[Audience, Mapping[State, tuple[State, ...]]]] = {
    "internal": _TO_ITS_OWN,
    "committee": _TO_ITS_OWN,
    "public": _TO_THE_PUBLIC,
}
# The forms that an edition comes in; its writers are looked up by these names.
KINDS: Final = ("html", "pdf", "docx", "pptx", "xlsx", "csv", "json", "site")


@dataclass(frozen=True, slots=True)
class Author:
    """Who froze an edition, and the posts that they answered for as they did; ids as text."""

    kind: str
    id: str
    name: str
    posts: frozenset[str] = frozenset()


def state_named(text: str) -> State:
    """The state of that name; one that nobody knows can do nothing more."""
    return next((each for each in get_args(State) if each == text), "withdrawn")


def may_move(what: str, audience: Audience, state: State, to: State) -> Refusal | None:
    """Nothing where an edition in that state goes on to the other; else why it does not."""
    if to in MOVES[audience][state]:
        return None
    if state == "withdrawn":
        return Refusal(f"{what} is withdrawn; freeze a new edition.")
    if to == "published" and state == "frozen":
        return Refusal(f"{what} is for the public: a second person who may publish approves it first.")
    if to == "approved" and audience != "public":
        return Refusal(f"{what} is not for the public; it is published without another's approval.")
    return Refusal(f"{what} is {state} already.")


def may_approve(actor: Actor, where: Where, author: Author, *, raised: bool = False) -> Refusal | None:
    """Nothing where `actor` is a second person for what `author` froze.

    `raised`: whether the author has given them a role, or let them sign in, since it was frozen. A deputy in
    one of the author's posts speaks for the same post.
    """
    if refusal := may(actor, "publish papers", where):
        return refusal
    if actor.kind != "person":
        return Refusal("A public paper is approved by a person who has signed in.")
    if (actor.kind, actor.id) == (author.kind, author.id):
        return Refusal(f"{actor.name} froze this edition; a second person who may publish approves it.")
    if actor.posts & author.posts:
        return Refusal(
            f"{actor.name} answers for the same post as {author.name}, who froze this edition; somebody of "
            "another post approves it."
        )
    if raised:
        return Refusal(
            f"{actor.name} has a role from {author.name} that is newer than this edition; somebody who could "
            "publish before it was frozen approves it."
        )
    return None


def needs_a_second(what: str) -> Refusal:
    """Why a body in which one person alone may publish freezes nothing for the public."""
    return Refusal(
        f"{what} cannot be frozen for the public: nobody else may approve it. Give a second person a role "
        "that may publish papers, or freeze it for the committee only."
    )
