"""The demo's people: their units, posts and passwords."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from watchkeep.cli.demo.names import BODY
from watchkeep.cli.demo.told import Made, Told

if TYPE_CHECKING:
    from watchkeep.domain.people import Actor


def open_the_body() -> None:
    """Open the body, once."""
    from watchkeep.apps.people import changes, queries
    from watchkeep.domain.people import Actor

    if all(each.name != BODY for each in queries.all_bodies()):
        changes.open_body(by=Actor("system", "demo", "The demo", "administrator", ""), name=BODY)


def let_sign_in(by: Actor, told: Told, signs_in: Path) -> None:
    """Somebody for each role. Passwords are made here: a known one is a way into a demo left running."""
    from watchkeep.apps.people import changes, queries
    from watchkeep.domain.people import role_named

    known = {each.email for each in queries.people(by)}
    for each in told["person"]:
        if each["email"] not in known:
            password = "-".join(secrets.token_hex(2) for _ in range(4))
            line = f"Sign in   {each['email']:<26} {password}  ({each['role']})\n"
            _write_down(signs_in, line)
            changes.add_person(
                by=by,
                name=each["name"],
                email=each["email"],
                role=role_named(each["role"]),
                password=password,
            )


def appoint(by: Actor, told: Told, made: Made) -> None:
    """The units, the posts and who holds them."""
    from watchkeep.apps.people import changes, queries

    units: dict[str, UUID] = {}
    for each in told["unit"]:
        parent = units.get(each.get("parent", ""))
        units[each["name"]] = changes.open_unit(by=by, name=each["name"], parent=parent)
    for each in told["post"]:
        made.posts[each["title"]] = changes.open_post(by=by, title=each["title"], unit=units[each["unit"]])
    ids = {each.email: each.id for each in queries.people(by)}
    for each in told["person"]:
        for kind in ("holds", "deputises"):
            for title in each.get(kind, ()):
                changes.appoint(
                    by=by,
                    post=made.posts[title],
                    person=ids[each["email"]],
                    from_on=each["from"],
                    deputy=kind == "deputises",
                )
    for each in told["person"]:
        actor = queries.actor_of(ids[each["email"]])
        made.people.setdefault(each["role"], actor)
        made.holders |= dict.fromkeys(each.get("holds", ()), actor)


def _write_down(path: Path, line: str) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(line)
