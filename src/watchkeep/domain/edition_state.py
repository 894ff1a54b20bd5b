"""The one table of an edition's moves, and who may make which: a public paper takes two people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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


# What gives somebody a right, or lets them in, as the ledger calls it: what counts whenever the author did
# it, and what counts until somebody else did it anew. All of it counts after the freeze.
_GIVES_FOR_GOOD: Final = ("add a person", "grant a role", "resume a person")
_GIVES_UNTIL_THE_NEXT: Final = ("change a role", "change a password")
RAISING: Final = (*_GIVES_FOR_GOOD, *_GIVES_UNTIL_THE_NEXT, "amend a person", "turn off a second factor")


@dataclass(frozen=True, slots=True)
class Author:
    """Who froze an edition, the posts that they answered for as they did, and who else did; ids as text.

    `after`: the number of the ledger's last entry before the freeze.
    """

    kind: str
    id: str
    name: str
    posts: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()
    after: int = 0


@dataclass(frozen=True, slots=True)
class Raising:
    """An entry of the ledger by which somebody got a right, or a way in; ids as text."""

    sequence: int
    verb: str
    whom: str
    by_kind: str
    by: str


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


def may_freeze_for_the_public(actor: Actor) -> Refusal | None:
    """Nothing where `actor` is somebody whom a second person can be told from."""
    if actor.kind == "person":
        return None
    return Refusal(
        "A paper for the public is frozen by a person who has proved who they are, so that a second one can "
        "approve it: sign in on the page, or give --email."
    )


def may_approve(actor: Actor, where: Where, author: Author, raised: Iterable[Raising] = ()) -> Refusal | None:
    """Nothing where `actor` is a second person for what `author` froze.

    `raised`: what the ledger has of how people got their rights. A deputy in one of the author's posts speaks
    for the same post, and does so still where that was ended after the freeze.
    """
    if refusal := may(actor, "publish papers", where):
        return refusal
    if actor.kind != "person":
        return Refusal("A public paper is approved by a person who has signed in.")
    if author.kind != "person":
        return Refusal("Which person froze this edition is not on record: freeze it anew.")
    if actor.id == author.id:
        return Refusal(f"{actor.name} froze this edition; a second person who may publish approves it.")
    if actor.posts & author.posts or actor.id in author.beside:
        return Refusal(
            f"{actor.name} answers for the same post as {author.name}, who froze this edition, or did then; "
            "somebody of another post approves it."
        )
    return _must_be_their_own(actor, author, [each for each in raised if each.whom == actor.id])


def _must_be_their_own(actor: Actor, author: Author, raised: list[Raising]) -> Refusal | None:
    """Why somebody is no second person by how they came to be able to: nobody makes their own."""
    if any(each.sequence > author.after and each.by != actor.id for each in raised):
        return Refusal(
            f"{actor.name} was given a right, or a way to sign in, that is newer than this edition; somebody "
            "who could publish before it was frozen approves it."
        )
    last = {each.verb: each for each in sorted(raised, key=lambda each: each.sequence)}
    given = [each for each in raised if each.verb in _GIVES_FOR_GOOD]
    given += [last[verb] for verb in _GIVES_UNTIL_THE_NEXT if verb in last]
    if any((each.by_kind, each.by) == (author.kind, author.id) for each in given):
        return Refusal(
            f"{actor.name} has an account, a right or a password from {author.name}, who froze this edition; "
            "somebody who has none of theirs approves it."
        )
    return None


def needs_a_second(what: str) -> Refusal:
    """Why a body in which one person alone may publish freezes nothing for the public."""
    return Refusal(
        f"{what} cannot be frozen for the public: nobody else may approve it. Give a second person a role "
        "that may publish papers, or freeze it for the committee only."
    )
