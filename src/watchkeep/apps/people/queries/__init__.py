"""Who is asking, who there is, and who holds which post: one module for each kind of question."""

from watchkeep.apps.people.queries.people import (
    GrantRow,
    PersonRow,
    grant_of,
    grants,
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
    people_answering,
    post,
    post_titled,
    posts,
)
from watchkeep.apps.people.queries.units import UnitRow, chain, place, unit, units
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
    "holders",
    "holding_of",
    "holdings",
    "look_back",
    "people",
    "people_answering",
    "person",
    "person_with_email",
    "place",
    "post",
    "post_titled",
    "posts",
    "unit",
    "units",
    "viewer_of",
]
