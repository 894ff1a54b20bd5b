"""What can be done about bodies, people, units and posts: one module for each kind of thing that changes."""

from watchkeep.apps.people.changes.grants import grant_role
from watchkeep.apps.people.changes.people import (
    add_person,
    change_password,
    change_role,
    open_body,
    stop_person,
)
from watchkeep.apps.people.changes.posts import appoint, open_post
from watchkeep.apps.people.changes.units import open_unit

__all__ = [
    "add_person",
    "appoint",
    "change_password",
    "change_role",
    "grant_role",
    "open_body",
    "open_post",
    "open_unit",
    "stop_person",
]
