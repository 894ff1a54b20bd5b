"""Ways of looking at the register that people keep: saved, shared and dropped."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from watchkeep.apps.history.changes import check_version, recording
from watchkeep.apps.register import queries
from watchkeep.apps.register.models import SavedView
from watchkeep.domain.clashing import clashes_of
from watchkeep.domain.errors import Invalid, Missing, Refused
from watchkeep.domain.naming import named
from watchkeep.domain.people import Actor, may, must

LONGEST_QUERY = 2000
LABELS = (("query", "What is chosen"), ("shared", "Shared"))


def save_view(
    *, by: Actor, register: UUID, name: str, query: str, shared: bool = False, version: int = 0
) -> UUID:
    """Keep a way of looking at a register under a name. The same name again says it anew, by who looked at
    `version` of it.
    """
    verb = "share a view" if shared else "save a view"
    with recording(by=by, verb=verb) as entry:
        found = queries.visible(by).filter(pk=register).first()
        if found is None:
            raise Missing("There is no such register.")
        if by.kind != "person":
            raise Refused("A view belongs to somebody who signs in.")
        if shared:
            must(by, "change risks", queries.where(found))
        title = named(name)
        if not title:
            raise Invalid("name", "Give the view a name, such as High risks by owner.")
        if len(title) > 100:
            raise Invalid("name", "Give the view a name of 100 characters at most.")
        if len(query) > LONGEST_QUERY:
            raise Invalid("name", "There are too many choices in this view to keep it.")
        view = SavedView.objects.filter(
            person_id=by.id, register=found, name=title, dropped_on=None
        ).first() or SavedView(person_id=UUID(by.id), register=found, name=title, version=0)
        if view.version:
            theirs = {"query": view.query, "shared": "on" if view.shared else ""}
            yours = {"query": query, "shared": "on" if shared else ""}
            check_version(view, version, clashes_of(LABELS, yours, theirs))
        view.query, view.shared = query, shared
        view.version += 1
        entry.about("view", view.pk, title)
        view.save()
        return view.pk


def drop_view(*, by: Actor, view: UUID, version: int) -> None:
    """Offer a view no more. A shared one may be dropped by who keeps the register's risks, too."""
    with recording(by=by, verb="drop a view") as entry:
        rows = SavedView.objects.select_for_update().filter(register__in=queries.visible(by), pk=view)
        found = rows.filter(dropped_on=None).first()
        if found is None or not (found.shared or str(found.person_id) == by.id):
            raise Missing("There is no such view.")
        if str(found.person_id) != by.id:
            refusal = may(by, "change risks", queries.where(found.register))
            if refusal:
                raise Refused(refusal.sentence)
        check_version(found, version)
        entry.about("view", found.pk, found.name)
        found.dropped_on = timezone.localdate()
        found.version += 1
        found.save()
