"""Which editions there are, what each froze, and which stored bytes its files are."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from watchkeep.apps.publication.models import Edition, EditionFile
from watchkeep.apps.register.queries import visible as registers_visible
from watchkeep.apps.register.queries import where, wheres
from watchkeep.domain import edition as domain
from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.document import RegisterDocument
from watchkeep.domain.errors import Missing, Withdrawn
from watchkeep.domain.finding import written
from watchkeep.domain.people import Actor, Where, may


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file of an edition, by its digest in the store."""

    kind: str
    sha256: str
    size: int
    name: str


@dataclass(frozen=True, slots=True)
class EditionRow:
    """An edition, for a list. A withdrawn one has no files to give, and says why."""

    id: UUID
    register_slug: str
    register_name: str
    number: int
    title: str
    audience: domain.Audience
    marking: str
    state: str
    frozen_on: date
    as_at: date | None
    head_sequence: int
    head_digest: str
    published_at: datetime | None
    withdrawn_at: datetime | None
    withdrawn_because: str
    files: tuple[FileRow, ...]
    order: domain.Order = "register"
    despite: str = ""
    frozen_by: str = ""  # the name; empty where it was frozen before that was kept
    approved_by: str = ""
    approved_at: datetime | None = None

    def file(self, kind: str) -> FileRow | None:
        """Its file of that kind."""
        return next((each for each in self.files if each.kind == kind), None)


def visible(viewer: Actor) -> QuerySet[Edition]:
    """The editions of the registers that the viewer may read."""
    return Edition.objects.filter(register__in=registers_visible(viewer))


def editions(
    viewer: Actor, register: str | UUID | None = None, clock: Clock = PRESENT
) -> tuple[EditionRow, ...]:
    """Every edition that the viewer may have, or of one register by slug or id; newest first. By a clock,
    those that were frozen by its day, each in the state it then was in.
    """
    found = visible(viewer).defer("document", "matter")
    if clock.day is not None:
        found = found.filter(frozen_on__lte=clock.day)
    rows = found.select_related("register").prefetch_related("files").order_by("-frozen_on", "-number")
    asked = [each for each in rows if register in (None, each.register.slug, each.register_id)]
    places = wheres({each.register for each in asked})
    rows_of = (row_of(each) for each in asked if _open_to(viewer, each, places[each.register_id]))
    return tuple(_by_then(each, clock.day) for each in rows_of)


def edition(viewer: Actor, which: UUID) -> EditionRow:
    """One edition of the viewer's body."""
    return row_of(stored(viewer, which))


def edition_file(viewer: Actor, which: UUID, kind: str) -> FileRow:
    """The stored bytes of an edition in one form; refused once it is withdrawn."""
    row = edition(viewer, which)
    if row.state == "withdrawn":
        raise gone(row)
    found = row.file(kind)
    if found is None:
        raise Missing(f"This edition has no {kind} file.")
    return found


def frozen(viewer: Actor, which: UUID) -> tuple[RegisterDocument, domain.Edition]:
    """What an edition froze, with its facts: its files can be made from them again, byte for byte.

    A withdrawn one is told to nobody, whoever may publish.
    """
    found = stored(viewer, which)
    row = row_of(found)
    if row.state == "withdrawn":
        raise gone(row)
    matter = domain.Matter.model_validate_json(found.matter) if found.matter else domain.NOTHING_BESIDES
    return RegisterDocument.model_validate_json(found.document), facts_of(row, matter)


def gone(row: EditionRow) -> Withdrawn:
    """What stays of an edition that was withdrawn."""
    on = f" on {written(timezone.localdate(row.withdrawn_at))}" if row.withdrawn_at else ""
    what = f"{row.title}, edition {row.number}, frozen on {written(row.frozen_on)},"
    return Withdrawn(f"{what} was withdrawn{on}: {row.withdrawn_because}")


def facts_of(row: EditionRow, matter: domain.Matter = domain.NOTHING_BESIDES) -> domain.Edition:
    """The facts that stand on the paper, and what it carries besides the register."""
    return domain.Edition(
        title=row.title,
        frozen_on=row.frozen_on,
        sequence=row.number,
        as_at=row.as_at,
        audience=row.audience,
        marking=row.marking,
        ledger_head=row.head_digest,
        head_sequence=row.head_sequence,
        order=row.order,
        matter=matter,
    )


def _open_to(viewer: Actor, each: Edition, place: Where) -> bool:
    """A frozen edition that is not published yet is nobody's but its makers', who look back at theirs too."""
    makers = replace(viewer, looks_back=False)
    return each.state not in ("frozen", "approved") or may(makers, "publish papers", place) is None


def hidden_editions(viewer: Actor) -> frozenset[str]:
    """The ids of the editions of the body that the viewer may not open."""
    every = Edition.objects.filter(register__body_id=viewer.body).values_list("pk", flat=True)
    return frozenset(str(each) for each in every) - {str(each.id) for each in editions(viewer)}


def kept_files(viewer: Actor) -> dict[str, str]:
    """Every file that the store must hold for what was published: digest, and its name to people."""
    files = EditionFile.objects.filter(edition__in=visible(viewer)).order_by("name")
    return {digest: f"the published {name}" for digest, name in files.values_list("sha256", "name")}


def stored(viewer: Actor, which: UUID) -> Edition:
    """The stored edition, where the viewer may open it."""
    found = visible(viewer).select_related("register").prefetch_related("files").filter(pk=which).first()
    if found is None or not _open_to(viewer, found, where(found.register)):
        raise Missing("There is no such edition.")
    return found


def row_of(each: Edition) -> EditionRow:
    """An edition, for a list."""
    return EditionRow(
        id=each.pk,
        register_slug=each.register.slug,
        register_name=each.register.name,
        number=each.number,
        title=each.title,
        audience=audience_of(each.audience),
        marking=each.marking,
        state=each.state,
        frozen_on=each.frozen_on,
        as_at=each.as_at,
        head_sequence=each.head_sequence,
        head_digest=each.head_digest,
        published_at=each.published_at,
        withdrawn_at=each.withdrawn_at,
        withdrawn_because=each.withdrawn_because,
        files=tuple(
            FileRow(file.kind, file.sha256, file.size, file.name)
            for file in sorted(each.files.all(), key=lambda file: file.kind)
        ),
        order="worst first" if each.order == "worst first" else "register",
        despite=each.despite,
        frozen_by=each.frozen_by_name,
        approved_by=each.approved_by_name,
        approved_at=each.approved_at,
    )


def _by_then(row: EditionRow, day: date | None) -> EditionRow:
    """The edition in the state that it was in on a day; without one, as it is."""
    if day is None:
        return row
    if row.withdrawn_at and timezone.localdate(row.withdrawn_at) <= day:
        return row
    published = row.published_at is not None and timezone.localdate(row.published_at) <= day
    approved = row.approved_at is not None and timezone.localdate(row.approved_at) <= day
    state = "published" if published else "approved" if approved else "frozen"
    return replace(row, state=state, withdrawn_at=None, withdrawn_because="")


def audience_of(text: str) -> domain.Audience:
    """The audience of that name; the narrowest where nobody knows it."""
    return "public" if text == "public" else "committee" if text == "committee" else "internal"
