"""A rule of who may read what of a risk: what it says, and who may narrow it or open it again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, get_args
from uuid import UUID

from watchkeep.domain.document import Readers
from watchkeep.domain.errors import Invalid
from watchkeep.domain.naming import in_words
from watchkeep.domain.people import Actor, Refusal, Where, may
from watchkeep.domain.risk_state import may_change

READERS: Final[dict[Readers, str]] = {
    "internal": "Only inside the body",
    "committee": "The committee, not the public",
    "public": "Everybody",
}
_WIDTH: Final = {each: width for width, each in enumerate(READERS)}


@dataclass(frozen=True, slots=True)
class Said:
    """What a rule says besides what it is about."""

    readers: Readers
    exemption: str = ""  # the ground in law
    harm: str = ""  # what reading it would do
    reviewer: UUID | None = None  # the post that answers for the rule
    look_again_on: date | None = None

    def checked(self, today: date) -> Said:
        """The same in plain words; a day that is past is refused, and so is a rule without a ground."""
        exemption, harm = in_words(self.exemption), in_words(self.harm)
        if self.readers != "public" and not exemption:
            raise Invalid("exemption", "Name the ground on which it is withheld, as the law has it.")
        if self.readers != "public" and not harm:
            raise Invalid("harm", "Say what reading it would do: without harm there is no ground.")
        if self.look_again_on and self.look_again_on <= today:
            raise Invalid("look_again_on", "Give a day that is still ahead.")
        return Said(self.readers, exemption, harm, self.reviewer, self.look_again_on)


def readers_named(text: str) -> Readers:
    """The readers of that name."""
    for each in get_args(Readers):
        if each == text:
            found: Readers = each
            return found
    raise Invalid("readers", f"The readers are one of {', '.join(READERS)}; “{text}” is none of them.")


def is_wider(now: Readers, before: Readers) -> bool:
    """Whether more people may read it now than before."""
    return _WIDTH[now] > _WIDTH[before]


def may_mark(actor: Actor, where: Where, owner_post: object | None) -> Refusal | None:
    """Who publishes there, keeps the risk or answers for it may say that fewer people read it."""
    if may(actor, "publish papers", where) is None:
        return None
    return may_change(actor, where, owner_post)


def may_open(actor: Actor, where: Where, reason: str, *, decided_by: str) -> Refusal | None:
    """Who publishes there may let more people read it: in somebody's name, and saying why."""
    if refusal := may(actor, "publish papers", where):
        return refusal
    if not decided_by:
        return Refusal("Name the person who decided that more people may read it.")
    if not in_words(reason):
        return Refusal("Say why more people may read it now.")
    return None


def is_due(look_again_on: date | None, today: date) -> bool:
    """Whether the rule is to be looked at again. It holds until somebody says otherwise."""
    return look_again_on is not None and look_again_on <= today
