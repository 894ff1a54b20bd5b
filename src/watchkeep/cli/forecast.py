"""`watchkeep forecast`: what is expected of a series, held against naive, and when a limit goes."""

from __future__ import annotations

import re
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from watchkeep.cli.listing import AsJson, Body
from watchkeep.cli.printing import echo, harmless
from watchkeep.cli.records import operator, records, refuse

if TYPE_CHECKING:
    from watchkeep.domain.forecast import Breach, Forecast
    from watchkeep.domain.indicator import Series

REFERENCE = re.compile(r"^[Kk]\d+$")


class Better(StrEnum):
    """Which way is better."""

    up = "up"
    down = "down"
    neither = "neither"


class Every(StrEnum):
    """How often a reading comes."""

    day = "day"
    week = "week"
    month = "month"
    quarter = "quarter"
    year = "year"


def forecast(
    what: Annotated[
        str,
        typer.Argument(help="CSV or workbook of dates and values, or an indicator (K1).", metavar="WHAT"),
    ],
    ahead: Annotated[int, typer.Option(help="How many periods ahead, up to 24.")] = 6,
    better: Annotated[Better, typer.Option(help="Which way is better.")] = Better.neither,
    target: Annotated[
        str | None, typer.Option(help="The target, in the unit of the values.", metavar="VALUE")
    ] = None,
    rebase: Annotated[
        list[str] | None,
        typer.Option(help="The process changed on DATE, or DATE:REASON; may be repeated.", metavar="DATE"),
    ] = None,
    day_column: Annotated[
        str | None, typer.Option("--date", help="The heading of the days.", metavar="COLUMN")
    ] = None,
    value: Annotated[str | None, typer.Option(help="The heading of the values.", metavar="COLUMN")] = None,
    sheet: Annotated[str, typer.Option(help="The sheet of a workbook.")] = "",
    every: Annotated[
        Every | None, typer.Option(help="How often a reading comes, where the days do not show it.")
    ] = None,
    seasonal: Annotated[
        bool, typer.Option("--seasonal", help="Look for a season from three whole ones on.")
    ] = False,
    across: Annotated[
        bool, typer.Option("--across-rebases", help="Take readings from before a rebase as well.")
    ] = False,
    as_at: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Look at no later reading.")
    ] = None,
    json: AsJson = False,
    body: Body = None,
) -> None:
    """Say what is expected of a series, how surely, and how near the same way came before."""
    if REFERENCE.match(what) and not Path(what).exists():
        _of_indicator(what, ahead, body, json=json)
        return
    from watchkeep.cli.series_file import Declared, Named, series_of
    from watchkeep.domain.errors import WatchkeepError

    declared = Declared(
        better.value, "xmr", every.value if every else None, seasonal, target, None, tuple(rebase or ())
    )
    try:
        series, notes = series_of(Path(what), Named(day_column, value, sheet=sheet), declared)
        _tell(series, notes, as_at.date() if as_at else date.max, ahead, across=across, json=json)
    except WatchkeepError as problem:
        refuse(problem.sentence)


def _of_indicator(reference: str, ahead: int, body: str | None, *, json: bool) -> None:
    """Make the forecast anew from what is known now, keep it, and tell it."""
    with records():
        from watchkeep.apps.indicators import queries
        from watchkeep.jobs.forecasts import make

        by = operator(body)
        make(by, queries.indicator_named(by, reference).id, ahead=ahead)
        _tell(queries.series(by, reference), (), date.max, ahead, across=False, json=json)


def _tell(
    series: Series, notes: tuple[str, ...], as_at: date, ahead: int, *, across: bool, json: bool
) -> None:
    from watchkeep.domain.forecast import breaches_of, forecast_of

    last = max((each.on for each in series.recorded), default=as_at)
    made = forecast_of(series, as_at=min(as_at, last), ahead=ahead, across_rebases=across)
    breaches = breaches_of(made, series)
    if json:
        from watchkeep.domain.forecast.keeping import as_text

        echo(harmless(as_text(made, breaches)))
        return
    for line in lines(made, breaches, notes):
        echo(line)


def lines(made: Forecast, breaches: tuple[Breach, ...], notes: tuple[str, ...]) -> list[str]:
    """The forecast for a terminal: the sentence, the periods, how each way did, what it was made from."""
    from watchkeep.domain.indicator.figure import figure
    from watchkeep.domain.spc.spacing import spoken

    found = [f"{made.name}: {made.sentence}", ""]
    for each in made.points:
        parts = [f"  {spoken(each.on, made.frequency)}: {figure(each.middle, made.unit)}"]
        for level, edges in (("80 %", each.inner), ("95 %", each.outer)):
            said = f"{figure(edges.low)} to {figure(edges.high)}" if edges else "not known"
            parts.append(f"{level} {said}")
        found.append(", ".join(parts))
    found += ["", f"Tried from {made.candidates[0].origins} origins, the least far off first:"]
    for way in made.candidates:
        held = [
            f"{level} held {each.inside} of {each.size}{' (in doubt)' if each.doubt else ''}"
            if each
            else f"{level} not tried"
            for level, each in zip(("80 %", "95 %"), way.held, strict=True)
        ]
        used = " (used)" if way.method == made.chosen else ""
        found.append(
            f"  {way.method}{used}: MASE {figure(way.mase)}, CRPS {figure(way.crps)}, {', '.join(held)}"
        )
    found += ["", *(each.sentence for each in breaches)]
    if breaches:
        found.append(breaches[0].convention)
    return [*found, *made.cautions, *notes, f"Made from {made.vintage}; {made.library}; {made.digest[:12]}."]
