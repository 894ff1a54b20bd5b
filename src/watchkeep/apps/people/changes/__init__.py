"""What can be done about bodies, people, units and posts: one module for each kind of thing that changes."""

from watchkeep.apps.people.changes.bodies import amend_body, open_body
from watchkeep.apps.people.changes.grants import end_grant, grant_role
from watchkeep.apps.people.changes.people import (
    add_person,
    amend_person,
    change_password,
    change_role,
    drop_second_factor,
    end_sessions,
    resume_person,
    stop_person,
)
from watchkeep.apps.people.changes.posts import (
    abolish_post,
    appoint,
    end_holding,
    move_post,
    open_post,
    rename_post,
)
from watchkeep.apps.people.changes.tokens import Shown, make_token, stop_token
from watchkeep.apps.people.changes.units import close_unit, move_unit, open_unit, rename_unit

__all__ = [
    "Shown",
    "abolish_post",
    "add_person",
    "amend_body",
    "amend_person",
    "appoint",
    "change_password",
    "change_role",
    "close_unit",
    "drop_second_factor",
    "end_grant",
    "end_holding",
    "end_sessions",
    "grant_role",
    "make_token",
    "move_post",
    "move_unit",
    "open_body",
    "open_post",
    "open_unit",
    "rename_post",
    "rename_unit",
    "resume_person",
    "stop_person",
    "stop_token",
]
