"""The tables of what people said beside records, and of the files that they put there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from django.utils import timezone

from watchkeep.apps.discussion import queries
from watchkeep.apps.discussion.queries import AttachmentRow, CommentRow, SaidRow
from watchkeep.apps.register.queries import registers
from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.people import Actor
from watchkeep.jobs.tables import Table, listed

HEADING: Final = ("About", "What it is", "Said by", "Said at", "Text", "Mentions", "Answers", "Taken back")
FILES: Final = (
    "About", "What it is", "Name", "File", "SHA-256", "Bytes", "Note", "Attached by", "Attached at",
    "Taken away by", "Taken away because",
)  # fmt: skip


def table(viewer: Actor, clock: Clock = PRESENT, register: str = "") -> Table:
    """Every comment in the words that stand, each followed by the answers to it."""
    rows = [
        cells(said, each, answers)
        for said in shown(viewer, clock, register)
        for first in said.comments
        for each, answers in ((first, ""), *((answer, first.by) for answer in first.answers))
    ]
    return Table("comments", "Comments", HEADING, tuple(rows))


def files(shown: tuple[SaidRow, ...], places: Mapping[UUID, str]) -> Table:
    """Every file that was put beside a record; `places` says where in the export it stands."""
    rows = [(said.label, said.kind, *_file(each, places)) for said in shown for each in said.attachments]
    return Table("attachments", "Attachments", FILES, tuple(rows))


def shown(viewer: Actor, clock: Clock, register: str) -> tuple[SaidRow, ...]:
    """What was said beside each record of the body, or of one register."""
    ids = {each.id for each in registers(viewer, clock) if each.slug == register}
    return tuple(
        each for each in queries.said_everywhere(viewer, clock) if not register or each.register in ids
    )


def cells(said: SaidRow, row: CommentRow, answers: str) -> tuple[str, ...]:
    """A comment, to take away; one that was taken back keeps its place and shows no words."""
    at = f"{timezone.localtime(row.at):%Y-%m-%d %H:%M}"
    back = "yes" if row.taken_back else ""
    return said.label, said.kind, row.by, at, row.said.text, listed(row.told), answers, back


def _file(row: AttachmentRow, places: Mapping[UUID, str]) -> tuple[str, ...]:
    at = f"{timezone.localtime(row.at):%Y-%m-%d %H:%M}"
    return (
        row.name, places.get(row.id, ""), row.sha256, str(row.size), row.note, row.by, at,
        row.taken_away_by, row.taken_away_because,
    )  # fmt: skip
