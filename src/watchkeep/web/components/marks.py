"""Small values that the templates draw: a band with its step, a trend with its movement, a count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from watchkeep.domain.document import Assessment, Direction, Field, Movement, Scale, State, Trend
from watchkeep.domain.scale import shade


@dataclass(frozen=True, slots=True)
class Bar:
    """One of the rising bars of a band's shape."""

    x: int
    height: int
    on: bool

    @property
    def y(self) -> int:
        """Where it starts, so that all stand on one line."""
        return 14 - self.height


@dataclass(frozen=True, slots=True)
class BandMark:
    """A band as it is drawn: its own word, a shape that counts its rank, a tint (step 1 to 5, 0 for none)."""

    name: str
    state: State = "recorded"
    step: int = 0
    rank: int = 0
    of: int = 0

    @property
    def bars(self) -> tuple[Bar, ...]:
        """One rising bar for each band of the scale; filled up to this band's rank."""
        if not self.rank:
            return ()
        tallest = 14
        return tuple(
            Bar(
                x=4 * index,
                height=4 + round((tallest - 4) * index / max(1, self.of - 1)),
                on=index < self.rank,
            )
            for index in range(self.of)
        )

    @property
    def width(self) -> int:
        """The width of the shape."""
        return max(18, 4 * self.of)


@dataclass(frozen=True, slots=True)
class TrendMark:
    """One period's movement as it is drawn; an arrow that nobody gave a meaning keeps its direction alone.

    `evidence` is what its evidence makes of it and `basis` which that is; where a person says otherwise, both
    are shown.
    """

    period: str
    movement: Movement | None
    state: State
    text: str
    direction: Direction | None = None
    evidence: str = ""
    basis: str = ""
    overridden_by: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class BandCount:
    """How many risks stand in a band, and the length of its bar (of 100)."""

    mark: BandMark
    count: int
    width: int
    link: str = ""


def band_mark(scale: Scale, rating: Field) -> BandMark:
    """The mark for a rating: with shape and tint where the scale knows its order, else the word alone."""
    if not rating.recorded or rating.text is None:
        return BandMark(name="", state=rating.state)
    band = scale.band(rating.text)
    if band is None:
        return BandMark(name=rating.text)
    return BandMark(
        name=rating.text,
        step=shade(scale, band.name) or 0,
        rank=band.rank,
        of=max(each.rank for each in scale.bands),
    )


def standing_mark(scale: Scale, standing: Assessment | None) -> BandMark:
    """The mark for where a risk stands today: its rating, or its score where there is no word."""
    if standing is None:
        return BandMark(name="", state="not recorded")
    return band_mark(scale, standing.rating if standing.rating.recorded else standing.score)


def trend_mark(trend: Trend | None, period: str) -> TrendMark:
    """The mark for one period; a risk that says nothing of it is not recorded."""
    if trend is None:
        return TrendMark(period=period, movement=None, state="not recorded", text="")
    return TrendMark(
        period=period,
        movement=trend.movement,
        state=trend.state,
        text=trend.text or "",
        direction=trend.direction,
        evidence=trend.derived or ("too little to say" if trend.basis else ""),
        basis=trend.basis,
        overridden_by=trend.overridden_by,
        reason=trend.override_reason,
    )


def band_counts(marks: Sequence[BandMark], links: dict[str, str] | None = None) -> tuple[BandCount, ...]:
    """Risks per band, the gravest first; a last row for those without a rating, if any."""
    links = links or {}
    names = {mark.name.casefold(): mark for mark in marks}
    ordered = sorted(names.values(), key=lambda mark: (-mark.rank, not mark.name, mark.name))
    tallies = {key: sum(mark.name.casefold() == key for mark in marks) for key in names}
    most = max(tallies.values(), default=1)
    return tuple(
        BandCount(
            mark=mark,
            count=tallies[mark.name.casefold()],
            width=round(100 * tallies[mark.name.casefold()] / most),
            link=links.get(mark.name.casefold(), ""),
        )
        for mark in ordered
    )
