"""Who acts, and what each role may do: every refusal is a sentence that a button can show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from watchkeep.domain.errors import Refused

Kind = Literal["person", "command", "system"]
Role = Literal["administrator", "reader"]
Action = Literal[
    "read",
    "bring in papers",
    "change risks",
    "publish papers",
    "look after people",
    "look after registers",
]


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody, or some part of Watchkeep, acting for one body. `name` is as it stood when they acted."""

    kind: Kind
    id: str
    name: str
    role: Role
    body: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why something may not be done, for the page to show and the change to raise."""

    sentence: str


ROLES: dict[Role, str] = {
    "administrator": "brings papers in, changes risks, publishes papers and looks after people",
    "reader": "reads everything of their own body and changes nothing",
}

PERMISSIONS: dict[Role, frozenset[Action]] = {
    "administrator": frozenset(
        {
            "read",
            "bring in papers",
            "change risks",
            "publish papers",
            "look after people",
            "look after registers",
        }
    ),
    "reader": frozenset({"read"}),
}


def may(actor: Actor, action: Action) -> Refusal | None:
    """Nothing where `actor` may do it; else the reason why not."""
    if action in PERMISSIONS[actor.role]:
        return None
    able = " or ".join(f"an {role}" if role[0] in "aeiou" else f"a {role}" for role in roles_that_may(action))
    return Refusal(f"Only {able} may {action}; {actor.name} is a {actor.role}.")


def roles_that_may(action: Action) -> tuple[Role, ...]:
    """The roles that hold this permission."""
    return tuple(role for role, actions in PERMISSIONS.items() if action in actions)


def must(actor: Actor, action: Action) -> None:
    """The same question, asked by a change: raises `Refused` with the reason."""
    refusal = may(actor, action)
    if refusal:
        raise Refused(refusal.sentence)


def role_named(text: str) -> Role:
    """The role of that name; a role that Watchkeep does not know may do nothing."""
    for role in PERMISSIONS:
        if role == text:
            return role
    raise Refused(f"There is no role called “{text}”; the roles are {' and '.join(PERMISSIONS)}.")
