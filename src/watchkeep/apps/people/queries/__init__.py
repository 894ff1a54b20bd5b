"""Who is asking, who there is, and who holds which post: one module for each kind of question."""

from watchkeep.apps.people.queries.people import PersonRow, people, person_with_email
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
    "PersonRow",
    "actor_for",
    "actor_of",
    "all_bodies",
    "body_of",
    "look_back",
    "people",
    "person_with_email",
    "viewer_of",
]
