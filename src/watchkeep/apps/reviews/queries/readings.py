"""Where risks stood on a day, as readings that can be compared, and what a quarter's trend is by them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from watchkeep.apps.history.standing import standing
from watchkeep.apps.register.conversion import Children, outline_of
from watchkeep.apps.register.models import Assessment, Risk, RiskVersion, Scale
from watchkeep.apps.register.queries.scales import Shelf
from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.indicator.verdict import Spoken
from watchkeep.domain.period import Period
from watchkeep.domain.rescaling import Said
from watchkeep.domain.trend import Derived, Reading, derived


@dataclass(frozen=True, slots=True)
class Stood:
    """Where one risk stood: the reading, and the version of the scale that it was made on."""

    reading: Reading
    scale: UUID


Readings = Mapping[UUID, Stood]


def readings(risks: Iterable[UUID], clock: Clock = PRESENT) -> dict[UUID, Stood]:
    """Where each of these risks stood by the clock, in a fixed number of statements; no row, no rating."""
    among = Risk.objects.filter(pk__in=list(risks))
    versions = list(standing(RiskVersion.objects.all(), "risk", among, clock))
    found, _ = readings_of(versions)
    return {each.risk_id: found[each.pk] for each in versions if each.pk in found}


def readings_of(versions: Collection[RiskVersion]) -> tuple[dict[UUID, Stood], Shelf]:
    """Where the risk stood by each of these versions, by the version's id; and the scales that they name."""
    rows: dict[UUID, list[Assessment]] = {each.pk: [] for each in versions}
    for row in Assessment.objects.filter(version__in=rows).order_by("position"):
        rows[row.version_id].append(row)
    shelf = shelf_of(
        {each.scale_id for each in versions}
        | {row.scale_id for each in rows.values() for row in each if row.scale_id}
    )
    found = {}
    for version in versions:
        stood = _stood(version, rows[version.pk], shelf)
        if stood:
            found[version.pk] = stood
    return found, shelf


def shelf_of(scales: Iterable[UUID]) -> Shelf:
    """These versions of scales, and every other version of the same scales: the way from one to another."""
    rows = list(Scale.objects.filter(pk__in=list(scales)).select_related("register", "family"))
    families = {each.family_id or (each.register.family_id if each.register else None) for each in rows}
    others = Scale.objects.filter(family__in=[each for each in families if each])
    return Shelf((*rows, *others.select_related("register", "family")))


def trend_of(
    before: Stood | None,
    after: Stood | None,
    shelf: Shelf,
    *,
    quarter: Period,
    opened_on: date,
    looked_at: str = "",
    indicators: Spoken | None = None,
) -> Derived:
    """The derived trend of a quarter; an earlier reading is restated where it can be."""
    earlier = _restated(before, after, shelf) if before and after else before.reading if before else None
    return derived(
        earlier,
        after.reading if after else None,
        quarter=quarter,
        opened_on=opened_on,
        looked_at=looked_at,
        indicators=indicators,
    )


# --- Beneath ------------------------------------------------------------------------------------------------


def _stood(version: RiskVersion, rows: list[Assessment], shelf: Shelf) -> Stood | None:
    value = outline_of("", Children(assessments=tuple(rows)))
    assessed = value.standing
    if assessed is None:
        return None
    row = rows[value.assessments.index(assessed)]
    scale = row.scale_id or version.scale_id
    band = (assessed.rating if assessed.rating.recorded else assessed.score).text or ""
    likelihood, impact = assessed.likelihood.text or "", assessed.impact.text or ""
    reading = Reading(
        band=band,
        on=row.on,
        scale=str(scale),
        rank=shelf.band_rank(scale, band),
        likelihood=likelihood,
        likelihood_rank=_rank(shelf.names(scale, "likelihood"), likelihood),
        impact=impact,
        impact_rank=_rank(shelf.names(scale, "impact"), impact),
    )
    return Stood(reading, scale)


def _rank(names: tuple[str, ...], name: str) -> int | None:
    even = [each.casefold() for each in names]
    return even.index(name.casefold()) + 1 if name and name.casefold() in even else None


def _restated(before: Stood, after: Stood, shelf: Shelf) -> Reading:
    """The earlier reading on the later scale; the scales of two papers share what they call alike."""
    old = before.reading
    if before.scale == after.scale:
        return old
    start, target = shelf.rows[before.scale], shelf.rows[after.scale]
    if start.family_id is None and target.family_id is None:
        rank = shelf.band_rank(after.scale, old.band)
        why = "by the same name on the later paper’s scale" if rank else ""
        return replace(old, rank=rank, restated=why, likelihood_rank=None, impact_rank=None)
    found = shelf.restated(Said(old.band, old.likelihood, old.impact), start, target)
    if not found.found:
        return old
    same = found.name.casefold() == old.band.casefold()
    why = found.basis if same else f"which is {found.name}, {found.basis}"
    return replace(old, rank=found.rank, restated=why, likelihood_rank=None, impact_rank=None)
