"""What is asked of who keeps indicators: readings that are late, feeds that fail, files that wait."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils import timezone

from watchkeep.apps.indicators.queries import overdue
from watchkeep.apps.indicators.queries.feeds import FeedRow, feeds
from watchkeep.apps.indicators.queries.loads import LoadRow, loads
from watchkeep.domain.indicator.keeping import may_record
from watchkeep.domain.people import Actor, may
from watchkeep.web.components.tags import counted, day
from watchkeep.web.home.ask import Ask
from watchkeep.web.indicators.listing import list_link


def feeding(viewer: Actor) -> Iterator[Ask]:
    """Everything of it that is the viewer's to mend."""
    yield from _late(viewer, timezone.localdate())
    if may(viewer, "keep indicators") is None:
        now = timezone.now()
        yield from (ask for each in feeds(viewer) if (ask := of_feed(each, late=each.late(now))))
    if may_record(viewer) is None:
        yield from (_file(each) for each in loads(viewer, waiting=True))


def _late(viewer: Actor, today: date) -> Iterator[Ask]:
    """Of several indicators it is one thing to do, on their own page."""
    if not viewer.posts and may_record(viewer):
        return
    rows = overdue(viewer, today)
    if not rows:
        return
    first = rows[0]
    gone = (today - first.due_on).days
    since = f"due by {day(first.due_on)}, {counted(gone, 'day,days')} ago"
    if len(rows) == 1:
        what = f"{counted(len(first.periods), 'reading,readings')} of {first.row.label}"
        said = f"{'It was' if len(first.periods) == 1 else 'The first was'} {since}."
        yield Ask(what, said, "Open it", reverse("indicator", args=[first.row.reference]), gone)
    else:
        what = f"Readings of {counted(len(rows), 'indicator,indicators')} are late"
        said = f"The longest is of {first.row.label}, {since}."
        yield Ask(what, said, "See them", list_link(readings="late"), gone)


def of_feed(row: FeedRow, *, late: bool) -> Ask | None:
    """A feed of which nothing good came of late, or whose last pull failed."""
    last = row.runs[0] if row.runs else None
    failed = last is not None and last.outcome == "failed" and row.stopped_at is None
    if not (late or failed):
        return None
    good = next((each.started_at for each in row.runs if each.outcome != "failed"), None)
    if good:
        since = f"Its last good pull was on {day(timezone.localdate(good))}."
    elif row.runs:
        since = f"None of its last {counted(len(row.runs), 'pull,pulls')} went well."
    else:
        since = "It was never pulled: see whether the worker runs."
    said = f"{since} {last.sentence}" if last and failed else since
    what = f"{row.name}: {'the feed is late' if late else 'the last pull failed'}"
    link = reverse("feed", args=[row.number])
    return Ask(what, said.strip(), "See its log", link, (timezone.now() - (good or row.from_at)).days)


def _file(row: LoadRow) -> Ask:
    gone = (timezone.localdate() - timezone.localdate(row.brought_at)).days
    if row.good or row.bad:
        refused = f"{counted(row.bad, 'row is,rows are')} refused. " if row.bad else ""
        said = f"{refused}{counted(row.good, 'row waits,rows wait')}: nothing of it is in yet."
    else:
        said = "Nobody has said yet which of its columns is which."
    link = reverse("readings-file", args=[row.number])
    return Ask(f"Decide on the readings of {row.name}", said, "Open the file", link, gone)
