"""What a body's scales say, in every version, and an old assessment read on a newer one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, cast
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from watchkeep.apps.register.models import Cell, Counterpart, Register, Scale, ScaleFamily, Step
from watchkeep.apps.register.queries.scope import visible
from watchkeep.domain import document
from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.errors import Missing
from watchkeep.domain.matrix import Graded, Kind
from watchkeep.domain.matrix import Step as StepValue
from watchkeep.domain.people import Actor, must
from watchkeep.domain.rescaling import Restated, Said, Version, restated


@dataclass(frozen=True, slots=True)
class ScaleRow:
    """One of the body's scales, for a list: its latest version, and the registers that use it."""

    id: UUID
    name: str
    version: int  # of the record: goes back with a change
    number: int
    effective_on: date | None
    scale: Graded
    registers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VersionPage:
    """One version of a scale, with what the steps before it are called in it."""

    id: UUID
    number: int
    effective_on: date | None
    scale: Graded
    counterparts: tuple[tuple[Kind, str, str], ...]  # kind, old name, new name or nothing
    ratings: int  # made on it, in all versions of all risks


@dataclass(frozen=True, slots=True)
class ScalePage:
    """A scale with all its versions, the latest first."""

    id: UUID
    name: str
    version: int
    versions: tuple[VersionPage, ...]
    registers: tuple[str, ...]

    @property
    def latest(self) -> VersionPage:
        """What stands."""
        return self.versions[0]


@dataclass(frozen=True, slots=True)
class RegisterScale:
    """A register and the scale that it uses, for the form that chooses one."""

    register: UUID
    name: str
    version: int
    family: UUID | None


def scales(viewer: Actor) -> tuple[ScaleRow, ...]:
    """Every scale of the viewer's body by name, in five statements."""
    must(viewer, "read")
    families = list(ScaleFamily.objects.filter(body_id=viewer.body).order_by("name"))
    newest = Scale.objects.filter(family=OuterRef("pk")).order_by("-number").values("pk")[:1]
    latest = list(
        Scale.objects.filter(
            pk__in=ScaleFamily.objects.filter(body_id=viewer.body).values(newest=Subquery(newest))
        )
    )
    read = Shelf(latest)
    by_family = {each.family_id: each for each in latest}
    using = _using(viewer)
    rows = []
    for each in families:
        version = by_family[each.pk]
        rows.append(
            ScaleRow(
                each.pk,
                each.name,
                each.version,
                version.number,
                version.effective_on,
                read.graded(version.pk),
                tuple(using[each.pk]),
            )
        )
    return tuple(rows)


def scale(viewer: Actor, which: str | UUID) -> ScalePage:
    """One of the body's scales, by its id or name."""
    must(viewer, "read")
    families = ScaleFamily.objects.filter(body_id=viewer.body)
    found = next((each for each in families if which in (each.pk, str(each.pk), each.name)), None)
    if found is None:
        raise Missing("There is no such scale.")
    made = Count("assessments", distinct=True)
    rows = list(Scale.objects.filter(family=found).annotate(made_on_it=made).order_by("-number"))
    read = Shelf(rows)
    return ScalePage(
        found.pk,
        found.name,
        found.version,
        tuple(_version_page(each, read) for each in rows),
        tuple(_using(viewer)[found.pk]),
    )


def register_scales(viewer: Actor) -> tuple[RegisterScale, ...]:
    """Which scale each register uses that the viewer may read."""
    rows = visible(viewer).order_by("name")
    return tuple(RegisterScale(each.pk, each.name, each.version, each.family_id) for each in rows)


# --- For the changes and queries beside these ---------------------------------------------------------------


def latest_version(family: UUID, clock: Clock = PRESENT) -> Scale:
    """The version of a scale that stands; before its first day, its first."""
    rows = Scale.objects.filter(family_id=family)
    found = None
    if clock.day is not None:
        found = rows.filter(effective_on__lte=clock.day).order_by("-number").first()
        found = found or rows.order_by("number").first()
    else:
        found = rows.order_by("-number").first()
    if found is None:
        raise Missing("There is no such scale.")
    return found


def scale_used(register: Register, on: date | None = None) -> Scale | None:
    """The version of the body's scale that a register is assessed on, on a day; none where it uses none, or
    not yet.
    """
    if register.family_id is None:
        return None
    rows = Scale.objects.filter(family_id=register.family_id)
    if on is not None:
        rows = rows.filter(effective_on__lte=on)
    return rows.order_by("-number").first()


def graded_of(row: Scale) -> Graded:
    """One version as a value, in two statements."""
    return Shelf([row]).graded(row.pk)


def scale_shown(family: UUID | None, clock: Clock) -> document.Scale | None:
    """The version of the body's scale that stood, as the document carries it; none before its first."""
    row = _stood(family, clock)
    return graded_of(row).as_document(f"the body's own: {row.family}, version {row.number}") if row else None


def graded_shown(family: UUID | None, clock: Clock = PRESENT) -> Graded | None:
    """The same with its matrix."""
    row = _stood(family, clock)
    return graded_of(row) if row else None


def _stood(family: UUID | None, clock: Clock) -> Scale | None:
    if family is None:
        return None
    rows = Scale.objects.filter(family_id=family).select_related("family")
    if clock.day is not None:
        rows = rows.filter(effective_on__lte=clock.day)
    return rows.order_by("-number").first()


class Shelf:
    """Versions of scales with their steps, cells and counterparts, read in three statements at most.

    A paper's scale stands there too; it has no matrix, and its levels may be of one kind only.
    """

    def __init__(self, rows: Iterable[Scale]) -> None:
        self.rows = {each.pk: each for each in rows}
        self._graded: dict[UUID, Graded] = {}

    @classmethod
    def of_body(cls, viewer: Actor) -> Shelf:
        """Every version of every scale of a body."""
        return cls(Scale.objects.filter(_of_body(viewer)).select_related("family", "register"))

    @cached_property
    def _steps(self) -> dict[UUID, list[Step]]:
        return _grouped(Step.objects.filter(scale__in=list(self.rows)).order_by("kind", "rank", "position"))

    @cached_property
    def _cells(self) -> dict[UUID, dict[tuple[int, int], int]]:
        """By version, the band of each likelihood and impact: as values, since a body may keep hundreds."""
        found: defaultdict[UUID, dict[tuple[int, int], int]] = defaultdict(dict)
        rows = Cell.objects.filter(scale__in=list(self.rows))
        for scale, likelihood, impact, band in rows.values_list("scale", "likelihood", "impact", "band"):
            found[scale][likelihood, impact] = band
        return found

    @cached_property
    def _counterparts(self) -> dict[UUID, list[Counterpart]]:
        return _grouped(Counterpart.objects.filter(scale__in=list(self.rows)).order_by("kind", "was"))

    def names(self, row: UUID, kind: Kind) -> tuple[str, ...]:
        """The names of one kind, the least first."""
        return tuple(each.name for each in self._steps[row] if each.kind == kind)

    def band_rank(self, row: UUID, name: str) -> int | None:
        """The rank of a band of that name in one version."""
        wanted = " ".join(name.split()).casefold()
        return next(
            (
                each.rank
                for each in self._steps[row]
                if each.kind == "band" and " ".join(each.name.split()).casefold() == wanted
            ),
            None,
        )

    def graded(self, row: UUID) -> Graded:
        """A family's version as a value."""
        if row not in self._graded:
            steps = {
                kind: tuple(
                    StepValue(each.name, each.meaning) for each in self._steps[row] if each.kind == kind
                )
                for kind in ("band", "likelihood", "impact")
            }
            cells = self._cells[row]
            matrix = tuple(
                tuple(cells[likelihood, impact] for impact in range(1, len(steps["impact"]) + 1))
                for likelihood in range(1, len(steps["likelihood"]) + 1)
            )
            self._graded[row] = Graded(
                bands=steps["band"],
                likelihood=steps["likelihood"],
                impact=steps["impact"],
                matrix=matrix,
                why_it_falls=self.rows[row].reason,
            )
        return self._graded[row]

    def counterparts(self, row: UUID) -> tuple[tuple[Kind, str, int | None], ...]:
        """What the steps of the version before are called here, where that was said."""
        return tuple((cast(Kind, each.kind), each.was, each.rank) for each in self._counterparts[row])

    def path(self, start: Scale, target: Scale) -> tuple[Version, ...] | None:
        """The versions from the one after `start` to `target`; none where they are of different scales.

        A paper's scale leads to the first version of the body's scale that its register uses.
        """
        if target.family_id is None or start.pk == target.pk:
            return None
        if start.family_id is not None:
            if start.family_id != target.family_id or start.number > target.number:
                return None
            after = start.number
        elif start.register is not None and start.register.family_id == target.family_id:
            after = 0
        else:
            return None
        between = sorted(
            (
                each
                for each in self.rows.values()
                if each.family_id == target.family_id and after < each.number <= target.number
            ),
            key=lambda each: each.number,
        )
        return tuple(self._version(each) for each in between)

    def restated(self, said: Said, start: Scale, target: Scale) -> Restated:
        """`said` on `start`, read on `target`; on the same version, as it was said."""
        if start.pk == target.pk:
            rank = self.band_rank(target.pk, said.band)
            why = (
                ""
                if rank
                else "no band was given"
                if not said.band
                else f"its scale has no band called {said.band}"
            )
            return Restated(rank, said.band if rank else "", why)
        path = self.path(start, target)
        if not path:
            return Restated(None, "", "it was assessed on another scale")
        return restated(said, path)

    def _version(self, row: Scale) -> Version:
        told = {(kind, was): rank for kind, was, rank in self.counterparts(row.pk)}
        return Version(str(row.pk), row.number, self.graded(row.pk), told)


# --- Beneath the queries ------------------------------------------------------------------------------------


def _of_body(viewer: Actor) -> Q:
    return Q(family__body_id=viewer.body) | Q(register__body_id=viewer.body)


def _grouped(rows: QuerySet[Any]) -> dict[UUID, list[Any]]:
    found: defaultdict[UUID, list[Any]] = defaultdict(list)
    for each in rows:
        found[each.scale_id].append(each)
    return found


def _using(viewer: Actor) -> dict[UUID, list[str]]:
    found: defaultdict[UUID, list[str]] = defaultdict(list)
    for family, name in visible(viewer).exclude(family=None).order_by("name").values_list("family", "name"):
        found[family].append(name)
    return found


def _version_page(row: Any, read: Shelf) -> VersionPage:
    value = read.graded(row.pk)
    told = tuple(
        (kind, was, value.steps(kind)[rank - 1].name if rank else "")
        for kind, was, rank in read.counterparts(row.pk)
    )
    return VersionPage(row.pk, row.number, row.effective_on, value, told, row.made_on_it)
