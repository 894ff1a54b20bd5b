"""What the register says: as it stands, as at a day, and as it was known at a moment."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery

from watchkeep.apps.history.standing import standing, told
from watchkeep.apps.register.conversion import Children, file_of, risk_of
from watchkeep.apps.register.models import (
    Assessment,
    Cover,
    ExtraText,
    Line,
    Part,
    Register,
    Risk,
    RiskVersion,
    TrendMark,
)
from watchkeep.apps.register.queries.escalation import At, with_words
from watchkeep.apps.register.queries.scales import scale_shown
from watchkeep.apps.register.queries.scope import visible, visible_risks
from watchkeep.apps.register.queries.states import GONE, known, stood
from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.document import Field, RegisterDocument
from watchkeep.domain.document import Risk as RiskValue
from watchkeep.domain.errors import Missing
from watchkeep.domain.people import Actor
from watchkeep.domain.period import APRIL, Period, find
from watchkeep.domain.restating import before_opening, columns_of_trends, restated

DRAFT = frozenset({"draft"})  # not in any register's table yet


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """A register, for a list. `slug` is its name in addresses."""

    id: UUID
    slug: str
    name: str
    period: str
    as_at: date | None
    risks: int  # not closed
    version: int
    year_start: int = APRIL  # the month in which the body's year starts
    family: UUID | None = None  # the body's scale that it is assessed on, where it is


def registers(viewer: Actor, clock: Clock = PRESENT) -> tuple[RegisterRow, ...]:
    """Every register that the viewer may read: the one with the most recent paper first, then by name."""
    return _register_rows(viewer, Q(), clock)


def registers_with(viewer: Actor, reference: str, clock: Clock = PRESENT) -> tuple[RegisterRow, ...]:
    """The registers that the viewer may read that have a risk of this key, closed or not; in that same
    order.
    """
    having = visible_risks(viewer).filter(register=OuterRef("pk"), key=reference)
    if clock.past:
        having = known(having, clock)
    return _register_rows(viewer, Exists(having), clock)


def _register_rows(viewer: Actor, chosen: Q | Exists, clock: Clock) -> tuple[RegisterRow, ...]:
    latest = told(Cover.objects.filter(register=OuterRef("pk")), clock).order_by("-effective_on", "-number")
    found = visible(viewer).filter(chosen)
    rows = (
        found.select_related("body")
        .annotate(
            told_on=Subquery(latest.values("effective_on")[:1]),
            period=Subquery(latest.values("period")[:1]),
            as_at=Subquery(latest.values("as_at")[:1]),
            open_risks=Count("risks", filter=~Q(risks__state__in=GONE | DRAFT)),
        )
        .order_by(F("told_on").desc(nulls_last=True), "name")
    )
    if not clock.past:
        return tuple(_register_row(each, each.open_risks) for each in rows)
    states = stood(Risk.objects.filter(register__in=found), clock, viewer.body)
    homes = Risk.objects.filter(register__in=found).values_list("pk", "register_id")
    counts = Counter(home for pk, home in homes if pk in states and states[pk].state not in GONE | DRAFT)
    return tuple(_register_row(each, counts[each.pk]) for each in rows)


def register(viewer: Actor, which: str | UUID, clock: Clock = PRESENT) -> RegisterRow:
    """One register that the viewer may read, by its slug or id."""
    every = registers(viewer, clock)
    found = next((each for each in every if which in (each.slug, each.id, str(each.id))), None)
    if found is None:
        raise Missing("There is no such register.")
    return found


def document(
    viewer: Actor, which: str | UUID, clock: Clock = PRESENT, *, closed_too: bool = False
) -> RegisterDocument:
    """The register as a document: as it stands, or by the clock.

    Its trends are by its own cover's columns: a risk that an older paper told has its marks restated by
    quarter.
    """
    row = register(viewer, which, clock)
    cover = cover_as_at(row.id, clock)
    base = cover_document(cover, row.name)
    file = base.source.sha256 if base.source else ""
    versions = _versions(viewer, row.id, clock, closed_too=closed_too)
    children = hanging_on([each.pk for each in versions])
    own = {each.risk_id: risk_of(each.risk.key, each, children[each.pk], file=file) for each in versions}
    values = list(with_words(own, clock, read_of).values())
    if cover is not None:
        papers = papers_of(row.id, clock)
        values = _by_the_covers_columns(values, versions, papers, base, row.year_start)
    scale = scale_shown(row.family, clock) or base.scale
    return base.model_copy(update={"risks": tuple(values), "scale": scale})


# --- For the changes of this app and those above it ---------------------------------------------------------


def cover_as_at(register_id: UUID, clock: Clock = PRESENT) -> Cover | None:
    """The cover that stood by the clock."""
    found = told(Cover.objects.filter(register_id=register_id), clock)
    return found.select_related("scale").order_by("-effective_on", "-number").first()


def version_as_at(risk_id: UUID, clock: Clock = PRESENT) -> RiskVersion:
    """The version that stood by the clock; where the risk was not yet known then, its first."""
    found = RiskVersion.objects.filter(risk_id=risk_id)
    standing = told(found, clock).order_by("-effective_on", "-number").first()
    if standing is None:
        standing = found.order_by("effective_on", "number").first()
    if standing is None:
        raise Missing("There is no such version.")
    return standing


def latest_effective_on(risk_id: UUID) -> date | None:
    """The day that the latest version of a risk speaks of."""
    rows = RiskVersion.objects.filter(risk_id=risk_id).order_by("-effective_on")
    return rows.values_list("effective_on", flat=True).first()


def value_of(found: Risk, version: RiskVersion | None = None) -> RiskValue:
    """What is said of a risk in one version, or in the one that stands."""
    version = version or version_as_at(found.pk)
    return risk_of(found.key, version, hanging_on([version.pk])[version.pk])


def words_above(found: Risk) -> RiskValue | None:
    """The words that a risk shares with the one that it came from; nothing where it came from none."""
    nothing = RiskValue(key=found.key)
    words = with_words({found.pk: nothing}, PRESENT, read_of)[found.pk]
    return None if words is nothing else words


def quarter_told(version: RiskVersion) -> Period | None:
    """The quarter of the paper that told this version, where that says it."""
    register = Register.objects.select_related("body").get(risks=version.risk_id)
    paper = paper_of(version, papers_of(register.pk))
    return paper.quarter(register.body.year_starts_month) if paper else None


def hanging_on(versions: list[UUID]) -> dict[UUID, Children]:
    """All that hangs on these versions, in five statements however many there are."""

    def grouped(rows: Iterable[Any]) -> Callable[[UUID], tuple[Any, ...]]:
        found: defaultdict[UUID, list[Any]] = defaultdict(list)
        for each in rows:
            found[each.version_id].append(each)
        return lambda pk: tuple(found[pk])

    parts = grouped(Part.objects.filter(version__in=versions).order_by("field", "position"))
    lines = grouped(Line.objects.filter(version__in=versions).order_by("kind", "position"))
    trends = grouped(TrendMark.objects.filter(version__in=versions).order_by("position"))
    assessments = grouped(Assessment.objects.filter(version__in=versions).order_by("position"))
    extras = grouped(ExtraText.objects.filter(version__in=versions).order_by("position"))
    return {pk: Children(parts(pk), lines(pk), trends(pk), assessments(pk), extras(pk)) for pk in versions}


# --- Beneath the queries ------------------------------------------------------------------------------------


def _versions(viewer: Actor, register_id: UUID, clock: Clock, *, closed_too: bool) -> list[RiskVersion]:
    """The version of each risk of the register that stood by the clock, in the paper's order."""
    risks = Risk.objects.filter(register_id=register_id)
    if not clock.past:
        risks = risks.exclude(state__in=DRAFT if closed_too else GONE | DRAFT)
    else:
        states = stood(risks, clock, viewer.body).items()
        told_of = [pk for pk, each in states if each.state not in DRAFT and (closed_too or not each.gone)]
        risks = risks.filter(pk__in=told_of)
    rows = standing(RiskVersion.objects.all(), "risk", risks, clock).select_related("risk")
    return list(rows.order_by("position", "risk__key"))


def read_of(risks: Collection[At], clock: Clock) -> dict[At, RiskValue]:
    """What is said of these risks, wherever they stand, each by the clock or as at a day of its own."""
    by_day: defaultdict[date | None, set[UUID]] = defaultdict(set)
    for risk, day in risks:
        by_day[day].add(risk)
    chosen = Q()
    for day, ids in by_day.items():
        then = clock if day is None else replace(clock, as_at=day)
        stood_then = standing(RiskVersion.objects.all(), "risk", Risk.objects.filter(pk__in=ids), then)
        chosen |= Q(pk__in=stood_then.values("pk"))
    rows = RiskVersion.objects.filter(chosen).select_related("risk").order_by("effective_on", "number")
    children = hanging_on([each.pk for each in rows])
    found: dict[At, RiskValue] = {}
    for each in rows:
        value = risk_of(each.risk.key, each, children[each.pk], file="")
        for day, ids in by_day.items():
            asked = day or clock.day
            if each.risk_id in ids and (asked is None or each.effective_on <= asked):
                found[each.risk_id, day] = value
    return found


@dataclass(frozen=True, slots=True)
class Paper:
    """What a cover says of the paper behind it, without its text."""

    effective_on: date
    file: str
    period: str

    def quarter(self, year_start: int) -> Period | None:
        return find(self.period, year_start=year_start)


def papers_of(register_id: UUID, clock: Clock = PRESENT) -> tuple[Paper, ...]:
    """Every paper of a register that the clock lets be known, the latest last."""
    covers = told(Cover.objects.filter(register_id=register_id), clock)
    rows = covers.order_by("effective_on", "number").values_list("effective_on", "file_sha256", "period")
    return tuple(Paper(*each) for each in rows)


def paper_of(version: RiskVersion, papers: tuple[Paper, ...]) -> Paper | None:
    """The paper whose words a version's trends are: of the file they were read from, else the last before
    its day."""
    before = [each for each in papers if each.effective_on <= version.effective_on]
    file = file_of(version) if before else ""
    of_file = [each for each in before if file and each.file == file]
    return next(reversed(of_file or before), None)


def _by_the_covers_columns(
    values: list[RiskValue],
    versions: list[RiskVersion],
    papers: tuple[Paper, ...],
    cover: RegisterDocument,
    year_start: int,
) -> list[RiskValue]:
    """The risks under the trend columns of the standing cover, which is the last of the papers."""
    standing = papers[-1]
    tellers = [paper_of(each, papers) for each in versions]
    own = [
        each is not None
        and (each.effective_on == standing.effective_on or (each.file != "" and each.file == standing.file))
        for each in tellers
    ]
    unread = [not file_of(each) for each in versions]
    if all(own) and not any(unread):
        return values
    own_values = [value for value, is_own in zip(values, own, strict=True) if is_own]
    columns = columns_of_trends(cover.columns, own_values)
    quarter = standing.quarter(year_start)
    shown = []
    for value, version, teller, is_own, never in zip(values, versions, tellers, own, unread, strict=True):
        told_in = teller.quarter(year_start) if teller else None
        found = value if is_own else restated(value, told_in=told_in, columns=columns, paper=quarter)
        if never:
            opened = version.risk.opened_on
            found = before_opening(found, columns=columns, paper=quarter, opened_on=opened)
        shown.append(found)
    return shown


def cover_document(cover: Cover | None, name: str) -> RegisterDocument:
    """What a cover says; of a register without one, its name alone."""
    if cover is None:
        return RegisterDocument(name=Field(state="recorded", text=name))
    return RegisterDocument.model_validate_json(cover.document)


def _register_row(each: Any, risks: int) -> RegisterRow:
    return RegisterRow(
        each.pk,
        each.slug,
        each.name,
        each.period or "",
        each.as_at,
        risks,
        each.version,
        each.body.year_starts_month,
        each.family_id,
    )
