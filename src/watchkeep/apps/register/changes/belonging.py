"""What a risk belongs to beside its words: the post that answers for it, its category, its objective."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeVar
from uuid import UUID

from watchkeep.apps.people import changes as people
from watchkeep.apps.people.models import Post
from watchkeep.apps.register.models import Category, Objective, Risk, RiskVersion
from watchkeep.domain import document
from watchkeep.domain.errors import Missing
from watchkeep.domain.fields import said_by
from watchkeep.domain.matrix import plain
from watchkeep.domain.people import Actor

Named = TypeVar("Named", Category, Objective)


@dataclass(frozen=True, slots=True)
class Belongs:
    """The ids of what a risk belongs to; none where that is not recorded."""

    owner_post: UUID | None = None
    category: UUID | None = None
    objective: UUID | None = None


@dataclass(frozen=True, slots=True)
class OwnedBy:
    """Who is to answer for a risk: a post, one to be opened under this title, or none. The words of the
    risk's owner are then that post's title, unless they are to stay `as_written` and no post answers; all
    else that it belongs to follows its words.
    """

    post: UUID | None = None
    to_open: str = ""
    as_written: bool = False


def belonging(version: RiskVersion | None) -> Belongs:
    """What a version of a risk belongs to."""
    if version is None:
        return Belongs()
    return Belongs(version.owner_post_id, version.category_of_id, version.objective_of_id)


def carried(risk: Risk, value: document.Risk, standing: RiskVersion | None) -> Belongs:
    """What a new version belongs to where nobody says it: what stood, while the words of it stay.

    Words that are exactly the name of one of the body's own categories or objectives mean that one.
    """
    before = belonging(standing)
    body = risk.register.body_id
    return Belongs(
        before.owner_post if standing and _same(value.owner, standing.owner) else None,
        before.category
        if standing and before.category and _same(value.category, standing.category)
        else _named(Category, body, value.category),
        before.objective
        if standing and before.objective and _same(value.objective, standing.objective)
        else _named(Objective, body, value.objective),
    )


def merged(given: Belongs, seen: RiskVersion, standing: RiskVersion) -> Belongs:
    """What a writer chose otherwise than they saw, and all else as it stood on the day that they speak of."""
    before, then = belonging(seen), belonging(standing)
    return Belongs(
        *(
            getattr(given if getattr(given, name) != getattr(before, name) else then, name)
            for name in ("owner_post", "category", "objective")
        )
    )


def owned(
    by: Actor, risk: Risk, value: document.Risk, standing: RiskVersion | None, said: OwnedBy
) -> tuple[document.Risk, Belongs]:
    """The risk in the words of the post that is to answer for it, and what it then belongs to. A post that is
    to be opened is opened with it, or not at all.
    """
    if said.as_written:
        return value, replace(carried(risk, value, standing), owner_post=None)
    post = people.open_post(by=by, title=said.to_open) if said.to_open else said.post
    title = ""
    if post is not None:
        found = Post.objects.filter(pk=post, body_id=by.body).first()
        if found is None:
            raise Missing("There is no such post.")
        title = found.title
    if (value.owner.text or "") != title:
        owner = document.Field(state="recorded", text=title, reason=said_by(by.name))
        value = value.model_copy(update={"owner": owner if title else document.NOT_RECORDED})
    return value, replace(carried(risk, value, standing), owner_post=post)


def check_belonging(by: Actor, belongs: Belongs) -> None:
    """Refuse what is not of the actor's own body."""
    for kind, which in (
        (Post, belongs.owner_post),
        (Category, belongs.category),
        (Objective, belongs.objective),
    ):
        if which is not None and not kind.objects.filter(pk=which, body_id=by.body).exists():
            raise Missing(f"There is no such {kind._meta.verbose_name}.")


def columns(belongs: Belongs) -> dict[str, UUID | None]:
    """The columns of a version that hold it."""
    return {
        "owner_post_id": belongs.owner_post,
        "category_of_id": belongs.category,
        "objective_of_id": belongs.objective,
    }


def _same(field: document.Field, text: str) -> bool:
    return (field.text or "") == text


def _named(kind: type[Named], body: UUID, field: document.Field) -> UUID | None:
    if not field.recorded or not field.text:
        return None
    rows = kind.objects.filter(body_id=body, retired_on=None).values_list("pk", "name")
    return next((pk for pk, name in rows if plain(name) == plain(field.text)), None)
