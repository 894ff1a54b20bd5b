"""What a board has before it: each risk of an agenda as it stands, what moved since it was last there, and
which risks ought to be there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from watchkeep.apps.history.standing import standing
from watchkeep.apps.register.conversion import risk_of
from watchkeep.apps.register.models import Register, Risk, RiskVersion, TrendMark
from watchkeep.apps.register.queries import visible_risks
from watchkeep.apps.register.queries.appetite import stands
from watchkeep.apps.register.queries.registers import hanging_on
from watchkeep.apps.reviews.models import AgendaItem, Board
from watchkeep.apps.reviews.queries.boards import BoardRow, chains
from watchkeep.apps.reviews.queries.readings import readings_of
from watchkeep.domain.appetite import Stands
from watchkeep.domain.board import Proposal, not_on, propose
from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.difference import FieldChange, changed_fields
from watchkeep.domain.document import Risk as RiskValue
from watchkeep.domain.document import Trend
from watchkeep.domain.people import Actor

LIVE = ("open", "escalated")


@dataclass(frozen=True, slots=True)
class Band:
    """A band with its rank on its scale, and how many bands that has; no name where none is recorded."""

    name: str = ""
    rank: int = 0
    of: int = 0


@dataclass(frozen=True, slots=True)
class RiskBrief:
    """What a member needs to know of a risk in two minutes."""

    id: UUID
    key: str
    label: str
    register: str  # its name in addresses
    state: str
    owner: str
    band: Band
    trend: Trend | None  # of its last period
    stands: Stands | None
    last_here: date | None  # when it was last before this board
    band_then: Band | None
    moved: tuple[FieldChange, ...]  # since then


@dataclass(frozen=True, slots=True)
class Proposed:
    """A risk that ought to be talked about, and why."""

    id: UUID
    label: str
    key: str
    register: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RiskChoice:
    """A risk that could be put on the agenda."""

    id: UUID
    label: str


def briefs(viewer: Actor, items: QuerySet[AgendaItem], clock: Clock = PRESENT) -> dict[UUID, RiskBrief]:
    """The risk of each item that the viewer may see, by the item’s id; a fixed number of statements."""
    seen = visible_risks(viewer)
    rows = list(_with_last_time(items.filter(risk__in=seen), clock).select_related("risk__register"))
    among = [each.risk_id for each in rows if each.risk_id]
    asked = seen.filter(pk__in=among)
    # A meeting may have had a risk before it whose first paper speaks of a later day: that is then its word.
    now = _versions(_first(asked)) | _versions(standing(RiskVersion.objects.all(), "risk", asked, clock))
    was = _versions(RiskVersion.objects.filter(pk__in=[each.__dict__["was"] for each in rows]))
    seen_by = _Seen(
        now={each.risk_id: each for each in now.values()},  # what stands comes after what was first
        was=was,
        values=_values([*now.values(), *was.values()]),
        bands=_bands([*now.values(), *was.values()]),
        judged=stands(viewer, None, clock, risks=among),
    )
    return {
        each.pk: _brief(each, each.risk, seen_by)
        for each in rows
        if each.risk_id in seen_by.now and each.risk
    }


def proposals(viewer: Actor, board: BoardRow, agenda: Iterable[UUID]) -> tuple[Proposed, ...]:
    """The risks within the board’s reach that are outside tolerance or worsened, and not on the agenda."""
    reach = within_reach(viewer, board.id)
    judged = stands(viewer, None, risks=reach.values_list("pk", flat=True))
    worsened = _worsened(reach)
    found: list[Proposal] = []
    for pk, verdict in judged.items():
        made = propose(str(pk), stands=verdict.verdict, worsened=pk in worsened, since=verdict.since)
        if made:
            found.append(made)
    chosen = {each.risk: each for each in not_on(found, {str(each) for each in agenda})}
    rows = reach.filter(pk__in=list(chosen)).select_related("register").order_by("key")
    told_of = [
        Proposed(each.pk, str(each), each.key, each.register.slug, chosen[str(each.pk)].reasons)
        for each in rows
    ]
    return tuple(sorted(told_of, key=lambda each: -len(each.reasons)))


def choices(viewer: Actor, board: BoardRow) -> tuple[RiskChoice, ...]:
    """Every live risk within the board’s reach, for the list to choose from."""
    rows = within_reach(viewer, board.id).order_by("register__name", "key")
    return tuple(RiskChoice(each.pk, str(each)) for each in rows)


def within_reach(viewer: Actor, board: UUID) -> QuerySet[Risk]:
    """The live risks that are a board’s business: of the whole body, or of its unit and those below it."""
    live = visible_risks(viewer).filter(state__in=LIVE)
    unit = Board.objects.filter(pk=board).values_list("unit_id", flat=True).first()
    if unit is None:
        return live
    below = [each for each, chain in chains(viewer.body).items() if str(unit) in chain]
    return live.filter(register__in=Register.objects.filter(unit__in=below))


# --- Beneath the queries ------------------------------------------------------------------------------------


def _with_last_time(items: QuerySet[AgendaItem], clock: Clock) -> QuerySet[AgendaItem]:
    """Each item with the day that its risk was last before the same board, and its version of that day."""
    before = AgendaItem.objects.filter(
        risk=OuterRef("risk"),
        meeting__board=OuterRef("meeting__board"),
        meeting__on__lt=OuterRef("meeting__on"),
        meeting__state="held",
        taken_off_on=None,
    ).order_by("-meeting__on")
    versions = RiskVersion.objects.filter(risk=OuterRef("risk"))
    if clock.known_at is not None:
        versions = versions.filter(known_at__lte=clock.known_at)
    then = versions.filter(effective_on__lte=OuterRef("last_on")).order_by("-effective_on", "-number")
    return items.annotate(last_on=Subquery(before.values("meeting__on")[:1])).annotate(
        was=Subquery(then.values("pk")[:1])
    )


def _first(risks: QuerySet[Risk]) -> QuerySet[RiskVersion]:
    """The version of each risk that speaks of the earliest day."""
    earliest = RiskVersion.objects.filter(risk=OuterRef("pk")).order_by("effective_on", "number")
    return RiskVersion.objects.filter(
        pk__in=risks.order_by().values_list(Subquery(earliest.values("pk")[:1]), flat=True)
    )


def _versions(rows: QuerySet[RiskVersion]) -> dict[UUID, RiskVersion]:
    return {each.pk: each for each in rows.select_related("risk", "owner_post")}


def _values(versions: list[RiskVersion]) -> dict[UUID, RiskValue]:
    children = hanging_on([each.pk for each in versions])
    return {each.pk: risk_of(each.risk.key, each, children[each.pk]) for each in versions}


def _bands(versions: list[RiskVersion]) -> dict[UUID, Band]:
    """The band that each version says, by the version's id."""
    found, shelf = readings_of(versions)
    return {
        pk: Band(each.reading.band, each.reading.rank or 0, len(shelf.names(each.scale, "band")))
        for pk, each in found.items()
    }


@dataclass(frozen=True, slots=True)
class _Seen:
    """The versions of an agenda's risks with what they say, by the version's id; `now` by the risk's."""

    now: dict[UUID, RiskVersion]
    was: dict[UUID, RiskVersion]
    values: dict[UUID, RiskValue]
    bands: dict[UUID, Band]
    judged: dict[UUID, Stands]


def _brief(item: AgendaItem, risk: Risk, seen: _Seen) -> RiskBrief:
    version, earlier = seen.now[risk.pk], seen.was.get(item.__dict__["was"])
    value = seen.values[version.pk]
    return RiskBrief(
        id=risk.pk,
        key=risk.key,
        label=str(risk),
        register=risk.register.slug,
        state=risk.state,
        owner=version.owner_post.title if version.owner_post else value.owner.text or "",
        band=seen.bands.get(version.pk, Band()),
        trend=value.trends[-1] if value.trends else None,
        stands=seen.judged.get(risk.pk),
        last_here=item.__dict__["last_on"],
        band_then=seen.bands.get(earlier.pk, Band()) if earlier else None,
        moved=changed_fields(seen.values[earlier.pk], value) if earlier else (),
    )


def _worsened(risks: QuerySet[Risk]) -> frozenset[UUID]:
    """Those whose last period worsened, by their own trend marks."""
    versions = standing(RiskVersion.objects.all(), "risk", risks, PRESENT)
    marks = TrendMark.objects.filter(version__in=versions.values("pk")).order_by("position")
    last = dict(marks.values_list("version__risk_id", "movement"))
    return frozenset(risk for risk, movement in last.items() if movement == "worsening")
