"""What can be done about a body."""

from __future__ import annotations

from watchkeep.apps.history.changes import check_version, recording
from watchkeep.apps.people.changes.places import locked_body
from watchkeep.apps.people.models import Body
from watchkeep.domain.clashing import clashes_of
from watchkeep.domain.errors import Invalid
from watchkeep.domain.naming import named
from watchkeep.domain.people import THROUGHOUT, Actor, must
from watchkeep.domain.period import MONTHS

LABELS = (("name", "Name"), ("kind", "Kind of body"), ("year_starts_month", "The year starts in"))


def open_body(*, by: Actor, name: str, kind: str = "police force") -> Body:
    """Open a body, from the command line only; its chain of history begins with this entry."""
    must(by, "look after registers")
    wanted = named(name)
    if not wanted:
        raise Invalid("name", "A body needs a name.")
    if Body.objects.filter(name=wanted).exists():
        raise Invalid("name", f"There is already a body called “{wanted}”.")
    body = Body(name=wanted, kind=kind)
    with recording(by=by, verb="open a body", body=str(body.pk)) as entry:
        entry.about("body", body.pk, body.name)
        body.save()
    return body


def amend_body(*, by: Actor, version: int, name: str, kind: str, year_starts_month: int) -> None:
    """Say what the body is called, and in which month the year starts that its quarters count from."""
    with recording(by=by, verb="amend the body") as entry:
        must(by, "look after registers", THROUGHOUT)
        body = locked_body(by)
        yours = {"name": named(name), "kind": kind.strip(), "year_starts_month": str(year_starts_month)}
        theirs = {key: str(getattr(body, key)) for key in yours}
        check_version(body, version, clashes_of(LABELS, yours, theirs))
        if not yours["name"]:
            raise Invalid("name", "A body needs a name.")
        if not 1 <= year_starts_month <= MONTHS:
            raise Invalid("year_starts_month", "A year starts in month 1 to 12.")
        if Body.objects.filter(name=yours["name"]).exclude(pk=body.pk).exists():
            raise Invalid("name", f"There is already a body called “{yours['name']}”.")
        if yours == theirs:
            return
        body.name, body.kind, body.year_starts_month = yours["name"], yours["kind"], year_starts_month
        body.version += 1
        entry.about("body", body.pk, body.name)
        body.save()
