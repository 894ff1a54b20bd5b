"""Who is asking, who there is, and who holds which post: one module for each kind of question."""

from watchkeep.apps.people.queries.people import (
    GrantRow,
    PersonRow,
    grant_of,
    grants,
    has_second_factor,
    people,
    person,
    person_with_email,
)
from watchkeep.apps.people.queries.posts import (
    HolderRow,
    PostRow,
    holders,
    holding_of,
    holdings,
    post,
    post_titled,
    posts,
)
from watchkeep.apps.people.queries.units import UnitRow, chain, place, unit, unit_named, units
from watchkeep.apps.people.queries.viewing import (
    BodyFacts,
    actor_for,
    actor_of,
    all_bodies,
    body_of,
    look_back,
    viewer_of,
)

__all__ = [
    "BodyFacts",
    "GrantRow",
    "HolderRow",
    "PersonRow",
    "PostRow",
    "UnitRow",
    "actor_for",
    "actor_of",
    "all_bodies",
    "body_of",
    "chain",
    "grant_of",
    "grants",
    "has_second_factor",
    "holders",
    "holding_of",
    "holdings",
    "look_back",
    "people",
    "person",
    "person_with_email",
    "place",
    "post",
    "post_titled",
    "posts",
    "unit",
    "unit_named",
    "units",
    "viewer_of",
]
