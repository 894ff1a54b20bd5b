"""The papers that a viewer may see, in a list, and whether any of them waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from watchkeep.apps.intake.models import Import
from watchkeep.apps.register import queries as register_queries
from watchkeep.domain.people import Actor, must

ACCEPTED = ("accepted", "partly accepted")

# A reading that says nothing for longer has died, and another may take it over: longer than any step may
# last, which is 30 seconds to read the file and 60 to draw its pages.
LEASE = timedelta(seconds=90)


@dataclass(frozen=True, slots=True)
class ImportRow:
    """An import, for a list."""

    id: UUID
    number: int
    name: str
    state: str
    received_at: datetime
    received_by: str
    register: str
    refusal: str


def visible(viewer: Actor) -> QuerySet[Import]:
    """The imports into registers that the viewer may read; one that is in none yet is seen by a role for
    the whole body.
    """
    must(viewer, "read")
    found = Import.objects.filter(body_id=viewer.body)
    return found if viewer.role else found.filter(register__in=register_queries.visible(viewer))


def imports(viewer: Actor) -> tuple[ImportRow, ...]:
    """Every import that the viewer may see, newest first."""
    rows = visible(viewer).defer("draft").select_related("register")
    return tuple(row_of(each) for each in rows.order_by("-number"))


def any_waiting(viewer: Actor) -> bool:
    """Whether any paper waits or is being read: a cheap look, before a claim takes the write lock."""
    return Import.objects.filter(body_id=viewer.body, state__in=("waiting", "reading")).exists()


def row_of(found: Import) -> ImportRow:
    """An import as a list shows it."""
    return ImportRow(
        found.pk,
        found.number,
        found.name,
        found.state,
        found.received_at,
        found.received_by,
        found.register.name if found.register else "",
        found.refusal,
    )
