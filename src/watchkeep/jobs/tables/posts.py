"""The table of posts: who holds which, and who deputises."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from watchkeep.apps.people import queries
from watchkeep.apps.people.queries import HolderRow, PostRow
from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.people import Actor
from watchkeep.jobs.tables import Table, iso

HEADING: Final = ("Post", "Unit", "Person", "As", "From", "Until", "Abolished on")


def table(viewer: Actor, clock: Clock = PRESENT, register: str = "") -> Table:
    """Every post with a row for each who holds it, or one without a name; posts are of the whole body."""
    rows = tuple(row for each in queries.posts(viewer, clock) for row in _rows(each))
    return Table("posts", "Posts and who holds them", HEADING, rows)


def _rows(post: PostRow) -> Iterator[tuple[str, ...]]:
    gone = iso(post.abolished_on)
    for each in (*post.holders, *post.deputies):
        yield (post.title, post.unit_name, *_cells(each), gone)
    if not (post.holders or post.deputies):
        yield (post.title, post.unit_name, "", "", "", "", gone)


def _cells(each: HolderRow) -> tuple[str, ...]:
    return each.name, "deputy" if each.deputy else "holder", iso(each.from_on), iso(each.until_on)
