"""What the register's table shows beside the document: ids, versions, posts, categories; and saved views."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from watchkeep.apps.history.standing import standing
from watchkeep.apps.people.models import Post
from watchkeep.apps.register.models import Category, Objective, RiskVersion, SavedView
from watchkeep.apps.register.queries.scope import visible, visible_risks, where
from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.errors import Missing
from watchkeep.domain.people import Actor, Where, must


@dataclass(frozen=True, slots=True)
class Beside:
    """One risk, beside what the document says of it. `version` goes back with a change."""

    id: UUID
    key: str
    label: str
    state: str
    version: int
    owner_post: UUID | None
    owner: str
    category_of: UUID | None
    category: str
    objective: str
    said_on: date  # the day that the version shown speaks of

    @property
    def plain(self) -> tuple[tuple[str, str], ...]:
        """What it belongs to, in words."""
        return ("Owner", self.owner), ("Category", self.category), ("Objective", self.objective)


@dataclass(frozen=True, slots=True)
class Offer:
    """A post, category or objective that can be chosen."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Offers:
    """Everything that a risk can be said to belong to today."""

    posts: tuple[Offer, ...]
    categories: tuple[Offer, ...]
    objectives: tuple[Offer, ...]


@dataclass(frozen=True, slots=True)
class ViewRow:
    """A saved view, for a list. `mine` may be dropped by the viewer."""

    id: UUID
    name: str
    query: str
    shared: bool
    mine: bool
    by: str
    version: int
    register: str  # its slug


def beside(
    viewer: Actor, register: UUID, clock: Clock = PRESENT, *, key: str | None = None
) -> dict[str, Beside]:
    """Every risk of a register by its key, or the one of `key`, in one statement."""
    among = visible_risks(viewer).filter(register_id=register)
    among = among if key is None else among.filter(key=key)
    rows = standing(RiskVersion.objects.all(), "risk", among, clock)
    rows = rows.select_related("risk", "owner_post", "category_of", "objective_of").defer("passages")
    return {each.risk.key: _beside(each) for each in rows}


def offers(viewer: Actor) -> Offers:
    """What can be chosen for a risk of the viewer's body, in three statements."""
    must(viewer, "read")
    posts = Post.objects.filter(body_id=viewer.body, abolished_on=None).order_by("title")
    categories = Category.objects.filter(body_id=viewer.body, retired_on=None).order_by("position", "name")
    objectives = Objective.objects.filter(body_id=viewer.body, retired_on=None).order_by("position", "name")
    return Offers(
        tuple(Offer(each.pk, each.title) for each in posts),
        tuple(Offer(each.pk, each.name) for each in categories),
        tuple(Offer(each.pk, each.name) for each in objectives),
    )


def place(viewer: Actor, register: UUID) -> Where:
    """A register that the viewer may read, as a place where something is to be done."""
    found = visible(viewer).filter(pk=register).first()
    if found is None:
        raise Missing("There is no such register.")
    return where(found)


def views(viewer: Actor, register: UUID) -> tuple[ViewRow, ...]:
    """The views of a register that the viewer saved or that are shared, in one statement."""
    mine = Q(person_id=viewer.id) if viewer.kind == "person" else Q(pk=None)
    rows = SavedView.objects.filter(
        mine | Q(shared=True), register_id=register, register__in=visible(viewer), dropped_on=None
    )
    rows = rows.select_related("person", "register").order_by("name", "person__name")
    return tuple(_view_row(each, viewer) for each in rows)


def view(viewer: Actor, which: UUID) -> ViewRow:
    """One view that the viewer may use."""
    rows = SavedView.objects.filter(register__in=visible(viewer), pk=which, dropped_on=None)
    found = rows.select_related("person", "register").first()
    if found is None or not (found.shared or str(found.person_id) == viewer.id):
        raise Missing("There is no such view.")
    return _view_row(found, viewer)


def _beside(each: RiskVersion) -> Beside:
    return Beside(
        each.risk_id,
        each.risk.key,
        str(each.risk),
        each.risk.state,
        each.risk.version,
        each.owner_post_id,
        each.owner_post.title if each.owner_post else each.owner,
        each.category_of_id,
        each.category_of.name if each.category_of else each.category,
        each.objective_of.name if each.objective_of else each.objective,
        each.effective_on,
    )


def _view_row(each: SavedView, viewer: Actor) -> ViewRow:
    return ViewRow(
        each.pk,
        each.name,
        each.query,
        each.shared,
        str(each.person_id) == viewer.id,
        each.person.name,
        each.version,
        each.register.slug,
    )
