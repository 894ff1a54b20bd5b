"""What a viewer may do with a risk now, with a link each, and what they may not, with the reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode

from watchkeep.apps.register.queries import RiskPage
from watchkeep.domain.marking import may_mark
from watchkeep.domain.people import Actor, Refusal, may
from watchkeep.domain.risk_state import Move, Standing, may_amend, may_change, may_move, state_named


@dataclass(frozen=True, slots=True)
class Doing:
    """One thing to do: where it is done, or why it cannot be."""

    label: str
    link: str
    refusal: str


@dataclass(frozen=True, slots=True)
class Doings:
    """All of them, those that may be done apart from those that may not."""

    open: tuple[Doing, ...]
    shut: tuple[Doing, ...]


def doings(viewer: Actor, page: RiskPage, *, above: bool) -> Doings:
    """`above`: whether the risk came from another register. Each reason is the one the change would give."""
    every = tuple(_every(viewer, page, above=above))
    return Doings(
        tuple(each for each in every if not each.refusal), tuple(each for each in every if each.refusal)
    )


def refused(viewer: Actor, page: RiskPage, which: Move, *, above: bool) -> Refusal | None:
    """Why this move's page has no form to offer; nothing where it has."""
    refusal = may_move(which, _standing(page, above=above))
    if refusal or which == "bring back":  # which the register that took it may ask for, too
        return refusal
    if which == "escalate":
        return may_change(viewer, page.place, page.owner_post)
    return may(viewer, "change risks", page.place)


def _standing(page: RiskPage, *, above: bool) -> Standing:
    return Standing(page.label, state_named(page.state), page.since, page.opened_on, above)


def _every(viewer: Actor, page: RiskPage, *, above: bool) -> Iterator[Doing]:
    standing = _standing(page, above=above)
    changing = may_change(viewer, page.place, page.owner_post)
    moving = may(viewer, "change risks", page.place)
    amending = changing or may_amend(standing.state, page.label)

    def move(label: str, route: str, which: Move, who: Refusal | None) -> Doing:
        return _doing(page, label, route, may_move(which, standing) or who)

    yield _doing(page, "Edit", "risk-edit", amending)
    yield _doing(page, "Assess", "risk-assess", amending)
    yield _doing(page, "Record what happened", "risk-event", may(viewer, "comment", page.place))
    yield _doing(page, "Link to another risk", "risk-link-new", amending)
    yield _doing(page, "Say who may read it", "risk-readers", may_mark(viewer, page.place, page.owner_post))
    if standing.state == "draft":
        if above:
            yield move("Take into this register", "risk-open", "accept", moving)
            yield move("Return", "risk-return", "return", moving)
        else:
            yield move("Open", "risk-open", "open", moving)
    elif standing.state == "escalated":
        yield move("Bring back", "risk-bring-back", "bring back", moving)
    elif standing.state in ("closed", "merged"):
        yield move("Reopen", "risk-reopen", "reopen", moving)
    else:
        yield move("Escalate", "risk-escalate", "escalate", changing)
        yield move("Merge into another", "risk-merge", "merge", moving)


def _doing(page: RiskPage, label: str, route: str, refusal: Refusal | None) -> Doing:
    query = urlencode({"register": page.register.slug})
    link = f"{reverse(route, args=[page.key])}?{query}"
    return Doing(label, link, refusal.sentence if refusal else "")
