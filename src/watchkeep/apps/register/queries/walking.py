"""A risk's standing, from each day on which it may have turned: the walk that since when rests on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from watchkeep.apps.history.standing import told
from watchkeep.apps.register.models import Assessment, Risk, RiskVersion, Scale
from watchkeep.apps.register.queries.escalation import shared
from watchkeep.apps.register.queries.scales import Shelf
from watchkeep.apps.register.queries.scope import visible_risks
from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.document import STANDING_ORDER
from watchkeep.domain.people import Actor
from watchkeep.domain.rescaling import Restated, Said


@dataclass(frozen=True, slots=True)
class StandingRow:
    """What a risk was rated as from a day on, on which scale, and what that is on the newest of it."""

    on: date
    said: Said
    scale: str
    same: bool  # whether it was rated on the newest version itself
    restated: Restated


@dataclass(frozen=True, slots=True)
class Restating:
    """A risk's ratings, oldest first, read on the version of the body's scale that stands."""

    target: str  # the scale and its version
    bands: tuple[str, ...]  # its bands, the least first
    rows: tuple[StandingRow, ...]

    @property
    def needed(self) -> bool:
        """Whether any rating was given on another scale than the one that stands."""
        return any(not row.same for row in self.rows)


def restating(viewer: Actor, risk: UUID, clock: Clock = PRESENT) -> Restating | None:
    """The ratings of one risk read on its register's scale; nothing where the register uses none."""
    found = visible_risks(viewer).filter(pk=risk).select_related("register").first()
    if found is None or found.register.family_id is None:
        return None
    turns = walk(visible_risks(viewer).filter(pk=risk), clock).get(risk, ())
    shelf = Shelf.of_body(viewer)
    day = clock.day
    versions = [
        each
        for each in shelf.rows.values()
        if each.family_id == found.register.family_id
        and (day is None or each.effective_on is None or each.effective_on <= day)
    ]
    if not versions:
        return None
    target = max(versions, key=lambda each: each.number)
    rows = tuple(_row(each, target, shelf) for each in turns if each.said.band or each.said.likelihood)
    return Restating(_called(target), shelf.names(target.pk, "band"), _moved(rows))


def _row(turn: Turn, target: Scale, shelf: Shelf) -> StandingRow:
    own = shelf.rows.get(turn.scale) if turn.scale else None
    if own is None:
        return StandingRow(turn.on, turn.said, "", False, Restated(None, "", "its scale is not recorded"))
    return StandingRow(
        turn.on,
        turn.said,
        _called(own),
        own.pk == target.pk,
        shelf.restated(turn.said, own, target),
    )


def _moved(rows: tuple[StandingRow, ...]) -> tuple[StandingRow, ...]:
    """Only the rows at which a rating, or its scale, is another than before."""
    kept: list[StandingRow] = []
    for row in rows:
        if not kept or (kept[-1].said, kept[-1].scale) != (row.said, row.scale):
            kept.append(row)
    return tuple(kept)


def _called(scale: Scale) -> str:
    if scale.family is not None:
        return f"{scale.family.name}, version {scale.number}"
    return "as the paper shows"


@dataclass(frozen=True, slots=True)
class Turn:
    """What a risk was rated and categorised as from a day on."""

    on: date
    number: int
    category: UUID | None
    said: Said
    scale: UUID | None


def walk(among: QuerySet[Risk], clock: Clock) -> dict[UUID, tuple[Turn, ...]]:
    """The turning versions of each risk, oldest first; all versions of one with a back-dated one."""
    versions = told(RiskVersion.objects.filter(risk__in=among), clock)
    turning = versions.filter(turns=True)
    # A back-dated version may turn what was said after it, though nobody could say so at the time. The first
    # of a risk follows, in number, one of a later day; a number says when it was learned.
    before = RiskVersion.objects.filter(
        risk=OuterRef("risk"), number=OuterRef("number") - 1, effective_on__gt=OuterRef("effective_on")
    )
    unsure = set(turning.filter(Exists(before)).values_list("risk", flat=True))
    chosen = versions.filter(Q(turns=True) | Q(risk__in=unsure)) if unsure else turning
    ratings = _ratings(chosen)
    rows: defaultdict[UUID, list[Turn]] = defaultdict(list)
    columns = ("pk", "risk", "effective_on", "number", "category_of", "scale")
    for pk, risk, on, number, category_id, scale in chosen.order_by("effective_on", "number").values_list(
        *columns
    ):
        said, own = ratings.get(pk, (Said(), None))
        rows[risk].append(Turn(on, number, category_id, said, own or scale))
    return {risk: tuple(_last_of_each_day(each)) for risk, each in rows.items()}


def with_categories(walked: Mapping[UUID, tuple[Turn, ...]], clock: Clock) -> dict[UUID, tuple[Turn, ...]]:
    """The same; each risk that came from another register in the category of the one whose words it has.

    A fixed number of statements, and one or two for each register on the way down: the days on which words
    stopped being shared make none, since what was said later is left out here.
    """
    came = shared(walked, clock)
    if not came:
        return dict(walked)
    below = walk(Risk.objects.filter(pk__in={each.source for each in came.values()}), clock)

    def categorised(risk: UUID, turns: tuple[Turn, ...], until: date | None) -> tuple[Turn, ...]:
        own = tuple(each for each in turns if until is None or each.on <= until)
        if risk not in came or not own:
            return own
        source, ended = came[risk].source, came[risk].until
        until = min((day for day in (ended, until) if day is not None), default=None)
        return _categorised(own, categorised(source, below.get(source, ()), until))

    return {risk: categorised(risk, turns, clock.day) for risk, turns in walked.items()}


def _categorised(own: tuple[Turn, ...], below: tuple[Turn, ...]) -> tuple[Turn, ...]:
    """A risk's own turns and those of its words: a category of its own comes first."""
    days = {each.on for each in own} | {each.on for each in below if each.on > own[0].on}
    made = []
    for on in sorted(days):
        turn = [each for each in own if each.on <= on][-1]
        words = [each.category for each in below if each.on <= on]
        category = turn.category or (words[-1] if words else None)
        made.append(replace(turn, on=on, category=category))
    return tuple(made)


def _last_of_each_day(turns: list[Turn]) -> list[Turn]:
    return list({each.on: each for each in turns}.values())


def _ratings(versions: QuerySet[RiskVersion]) -> dict[UUID, tuple[Said, UUID | None]]:
    """The standing rating of the whole risk in each version, as the document's rule chooses it."""
    rows = Assessment.objects.filter(version__in=versions.values("pk"), stage__in=STANDING_ORDER).filter(
        Q(part=None) | Q(part="")
    )
    found: dict[UUID, tuple[int, Said, UUID | None]] = {}
    columns = ("version", "stage", "rating", "score", "likelihood", "impact", "scale")
    for version, stage, rating, score, likelihood, impact, scale in rows.order_by("position").values_list(
        *columns
    ):
        place = STANDING_ORDER.index(stage)
        if not rating and not score:
            continue
        if version not in found or place < found[version][0]:
            found[version] = (place, Said(rating, likelihood, impact), scale)
    return {version: (said, scale) for version, (_, said, scale) in found.items()}
