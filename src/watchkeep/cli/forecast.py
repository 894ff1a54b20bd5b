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
    from watchkeep.cli.forecast_series import Asked
    from watchkeep.domain.forecast import Forecast
    from watchkeep.domain.indicator import Better as IndicatorBetter
    from watchkeep.domain.indicator import Series

OF_RECORDS = (
    "An indicator is defined in the records: columns, --better, --rebase, --kind, --every and --seasonal are "
    "for a file (--better for a ratio as well). --target, --upper, --lower and --as-at may be given here."
)
SIDELESS = (
    "Neither direction is better, so a target has no wrong side: --better up or down says when it goes; "
    "--upper and --lower need no direction."
)
REFERENCE = re.compile(r"^[Kk]\d+(/[Kk]\d+)?$")


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


class Values(StrEnum):
    """What the values are, where that bounds them."""

    number = "number"
    share = "share"
    rate = "rate"
    counts = "count"  # a string has a count already
    money = "money"
    hours = "hours"


def forecast(
    what: Annotated[
        str,
        typer.Argument(
            help="CSV or workbook of dates and values, an indicator (K1), or a ratio of two (K1/K2).",
            metavar="WHAT",
        ),
    ],
    ahead: Annotated[int, typer.Option(help="How many periods ahead, up to 24.")] = 6,
    better: Annotated[Better | None, typer.Option(help="Which way is better.")] = None,
    target: Annotated[
        str | None, typer.Option(help="The target, in the unit of the values.", metavar="VALUE")
    ] = None,
    upper: Annotated[
        str | None, typer.Option(help="A limit that no reading is to lie above.", metavar="VALUE")
    ] = None,
    lower: Annotated[
        str | None, typer.Option(help="A limit that no reading is to lie below.", metavar="VALUE")
    ] = None,
    rebase: Annotated[
        list[str] | None,
        typer.Option(help="The process changed on DATE, or DATE:REASON; may be repeated.", metavar="DATE"),
    ] = None,
    day_column: Annotated[
        str | None, typer.Option("--date", help="The heading of the days.", metavar="COLUMN")
    ] = None,
    value: Annotated[str | None, typer.Option(help="The heading of the values.", metavar="COLUMN")] = None,
    numerator: Annotated[
        str | None, typer.Option(help="The heading of what a ratio is of.", metavar="COLUMN")
    ] = None,
    denominator: Annotated[
        str | None, typer.Option(help="The heading of what it is divided by.", metavar="COLUMN")
    ] = None,
    sheet: Annotated[str, typer.Option(help="The sheet of a workbook.")] = "",
    kind: Annotated[
        Values | None,
        typer.Option(help="What the values are: a share, rate, count or hours is never below nought."),
    ] = None,
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
    from watchkeep.cli.forecast_series import Asked, of_file, supposing
    from watchkeep.cli.series_file import Declared, Named
    from watchkeep.domain.errors import WatchkeepError

    asked = Asked(ahead, target, upper, lower, across, as_at.date() if as_at else None)
    named = Named(day_column, value, numerator, denominator, sheet)
    if REFERENCE.match(what) and not Path(what).exists():
        if named != Named() or rebase or kind or every or seasonal or (better and "/" not in what):
            refuse(OF_RECORDS)
        _of_records(what.upper(), asked, better.value if better else "neither", body, json=json)
        return
    declared = Declared(
        (better or Better.neither).value,
        "xmr",
        every.value if every else None,
        seasonal,
        target=None,
        baseline=None,
        rebases=tuple(rebase or ()),
    )
    try:
        series, notes = of_file(Path(what), named, declared, kind.value if kind else None)
        series = supposing(series, asked)
        _tell(_made(series, asked), series, notes, json=json)
    except WatchkeepError as problem:
        refuse(problem.sentence)


def _of_records(what: str, asked: Asked, better: IndicatorBetter, body: str | None, *, json: bool) -> None:
    """Forecast what is known now and keep it; of a ratio, a supposition, an earlier day nothing is kept."""
    with records():
        from watchkeep.apps.indicators import queries
        from watchkeep.cli.forecast_series import supposing
        from watchkeep.domain.forecast import ratio_of
        from watchkeep.jobs.forecasts import make

        by = operator(body)
        first, _, second = what.partition("/")
        series = queries.series(by, first)
        if second:
            under = queries.series(by, second)
            name = f"{series.definition.name} to {under.definition.name}"
            series = ratio_of(series, under, name=name, better=better)
        series = supposing(series, asked)
        if second or asked.what_if:
            _tell(_made(series, asked), series, ("This forecast was not kept.",), json=json)
        else:
            made = make(by, queries.indicator_named(by, first).id, ahead=asked.ahead)
            _tell(made, series, (), json=json)


def _made(series: Series, asked: Asked) -> Forecast:
    """The forecast, from the last reading that the day had."""
    from watchkeep.domain.forecast import forecast_of

    day = asked.as_at or date.max
    last = max((each.on for each in series.recorded if each.on <= day), default=day)
    return forecast_of(series, as_at=last, ahead=asked.ahead, across_rebases=asked.across)


def _tell(made: Forecast, series: Series, notes: tuple[str, ...], *, json: bool) -> None:
    from watchkeep.cli.forecast_lines import lines
    from watchkeep.domain.forecast import breaches_of
    from watchkeep.domain.forecast.keeping import as_text

    breaches = breaches_of(made, series)
    if json:
        echo(harmless(as_text(made, breaches)))
        return
    sideless = made.better == "neither" and any(each.kind == "target" for each in series.targets)
    for line in lines(made, breaches, (*notes, *((SIDELESS,) if sideless else ()))):
        echo(line)
