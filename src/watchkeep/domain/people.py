"""Who acts, and what each role may do where: every refusal is a sentence that a button can show.

A role is a list of permissions in words. It holds for the whole body, or by a grant for a unit (and all
that is below it) or for one register. What a person *answers for* does not come from a role: it comes
from the posts
that they hold or deputise for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, get_args

from watchkeep.domain.errors import Refused

Kind = Literal["person", "command", "system"]
Role = Literal[
    "administrator",
    "risk manager",
    "risk owner",
    "control and action owner",
    "board secretary",
    "board member",
    "performance analyst",
    "auditor",
    "reader",
]
Action = Literal[
    "read",
    "see everything",
    "comment",
    "bring in papers",
    "change risks",
    "answer for own risks",
    "change controls",
    "answer for own controls and actions",
    "record checks",
    "run the review",
    "challenge",
    "sign off",
    "run boards",
    "publish papers",
    "keep indicators",
    "record readings",
    "look after people",
    "look after registers",
]


@dataclass(frozen=True, slots=True)
class Grant:
    """A role that holds in one unit and all below it, or in one register; ids as text."""

    role: Role
    unit: str = ""
    register: str = ""


@dataclass(frozen=True, slots=True)
class Where:
    """Where something is to be done: a register, and the units that it stands in, the nearest first."""

    register: str = ""
    units: tuple[str, ...] = ()


ANYWHERE: Final = Where()
THROUGHOUT: Final = Where(register="*")  # the body as a whole, where no grant reaches


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody, or some part of Watchkeep, acting for one body. `name` is as it stood when they acted.

    `role` holds for the whole body; none where a person has only grants. `posts` are the ids of the posts
    that the person holds or deputises for today. Who `looks_back` at the past reads there and changes
    nothing.
    """

    kind: Kind
    id: str
    name: str
    role: Role | None
    body: str
    grants: tuple[Grant, ...] = ()
    posts: frozenset[str] = frozenset()
    looks_back: bool = False


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why something may not be done, for the page to show and the change to raise."""

    sentence: str


ROLES: Final[dict[Role, str]] = {
    "administrator": "looks after people, registers and settings, and may do all that a risk manager does",
    "risk manager": "brings papers in, keeps every risk, control and promise, runs the quarter and publishes",
    "risk owner": "updates the risks of the posts they hold, and the controls and promises under them",
    "control and action owner": "answers for the controls and promises of the posts they hold",
    "board secretary": "keeps boards, agendas and minutes, and publishes papers",
    "board member": "reads, comments and challenges, and signs off what others updated",
    "performance analyst": "keeps indicators, their targets and their plans, and records their readings",
    "auditor": "reads everything as at any date, drafts and history included, and changes nothing",
    "reader": "reads what is settled and published, and changes nothing",
}

LOOKING: Final[frozenset[Action]] = frozenset({"read", "see everything"})
_READING: Final[frozenset[Action]] = frozenset({"read"})
_ANSWERING: Final[frozenset[Action]] = _READING | {"comment", "answer for own controls and actions"}
_MANAGING: Final[frozenset[Action]] = frozenset(get_args(Action)) - {
    "look after people",
    "look after registers",
}

PERMISSIONS: Final[dict[Role, frozenset[Action]]] = {
    "administrator": frozenset(get_args(Action)),
    "risk manager": _MANAGING,
    "risk owner": _ANSWERING | {"answer for own risks", "record checks"},
    "control and action owner": _ANSWERING,
    "board secretary": _READING | {"comment", "see everything", "run boards", "publish papers"},
    "board member": _READING | {"comment", "challenge", "sign off"},
    "performance analyst": _READING | {"comment", "keep indicators", "record readings"},
    "auditor": _READING | {"see everything"},
    "reader": _READING,
}


def roles_at(actor: Actor, where: Where = ANYWHERE) -> frozenset[Role]:
    """The roles that `actor` has there; with no place named, every role that they have anywhere."""
    held = {actor.role} if actor.role else set()
    for grant in actor.grants:
        everywhere = where == ANYWHERE
        if everywhere or (grant.register and grant.register == where.register) or grant.unit in where.units:
            held.add(grant.role)
    return frozenset(held)


def may(actor: Actor, action: Action, where: Where = ANYWHERE) -> Refusal | None:
    """Nothing where `actor` may do it there; else the reason why not."""
    if actor.looks_back and action not in LOOKING:
        return Refusal("This is the past, and the past is not changed. Go back to today first.")
    held = roles_at(actor, where)
    if any(action in PERMISSIONS[role] for role in held):
        return None
    able = _listed([_article(role) for role in roles_that_may(action)], "or")
    here = "" if where == ANYWHERE else " for the whole body" if where == THROUGHOUT else " here"
    own = _listed([_article(role) for role in ROLES if role in held], "and") or "without a role"
    return Refusal(f"Only {able} may {action}{here}; {actor.name} is {own}{here}.")


def roles_that_may(action: Action) -> tuple[Role, ...]:
    """The roles that hold this permission."""
    return tuple(role for role, actions in PERMISSIONS.items() if action in actions)


def must(actor: Actor, action: Action, where: Where = ANYWHERE) -> None:
    """The same question, asked by a change: raises `Refused` with the reason."""
    obey(may(actor, action, where))


def obey(refusal: Refusal | None) -> None:
    """Raise what a button would show."""
    if refusal:
        raise Refused(refusal.sentence)


def may_give(actor: Actor, role: Role, to: str, where: Where = THROUGHOUT) -> Refusal | None:
    """Nothing where `actor` may give that role there to the person with the id `to`; else the reason why
    not: nobody raises themselves, and nobody gives what they do not have.
    """
    if refusal := may(actor, "look after people", where):
        return refusal
    if actor.id == to:
        return Refusal("Nobody changes their own roles; ask another administrator.")
    own = frozenset[Action]().union(*(PERMISSIONS[each] for each in roles_at(actor, where)))
    lacking = [action for action in get_args(Action) if action in PERMISSIONS[role] - own]
    if lacking:
        return Refusal(
            f"{_article(role).capitalize()} may {_listed(lacking, 'and')}, which {actor.name} may not here: "
            "nobody gives what they do not have."
        )
    return None


def answers_for(actor: Actor, post: object | None) -> bool:
    """Whether `actor` holds, or deputises for, that post today."""
    return post is not None and str(post) in actor.posts


def role_named(text: str) -> Role:
    """The role of that name; a role that Watchkeep does not know may do nothing."""
    for role in PERMISSIONS:
        if role == text:
            return role
    raise Refused(f"There is no role called “{text}”; the roles are {_listed(list(PERMISSIONS), 'and')}.")


def _article(role: str) -> str:
    return f"an {role}" if role[0] in "aeiou" else f"a {role}"


def _listed(names: list[str], joint: str) -> str:
    return f" {joint} ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))
