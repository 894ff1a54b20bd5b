"""`watchkeep spc`: a file of dated values as a control chart, for a person, a pipeline or a page."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from watchkeep.cli.printing import echo, harmless
from watchkeep.cli.records import refuse

if TYPE_CHECKING:
    from watchkeep.domain.indicator import Series
    from watchkeep.domain.spc import Chart

PICTURES = (".svg", ".png")


class Better(StrEnum):
    """Which way is better."""

    up = "up"
    down = "down"
    neither = "neither"


class Dialect(StrEnum):
    """Whose rules."""

    mdc = "mdc"
    ptd = "ptd"
    six = "six"


class Family(StrEnum):
    """Which chart."""

    xmr = "xmr"
    p = "p"
    u = "u"
    c = "c"


class Every(StrEnum):
    """How often a reading comes."""

    day = "day"
    week = "week"
    month = "month"
    quarter = "quarter"
    year = "year"


class Conflict(StrEnum):
    """What a reading means whose signals point both ways."""

    mixed = "mixed"
    trend = "trend"


def spc(
    file: Annotated[
        Path,
        typer.Argument(help="CSV or workbook of dates and values; - for standard input.", metavar="FILE"),
    ],
    better: Annotated[Better, typer.Option(help="Which way is better.")] = Better.neither,
    target: Annotated[
        str | None, typer.Option(help="The target, in the unit of the values.", metavar="VALUE")
    ] = None,
    rebase: Annotated[
        list[str] | None,
        typer.Option(help="Limits begin anew on DATE, or DATE:REASON; may be repeated.", metavar="DATE"),
    ] = None,
    baseline: Annotated[
        str | None,
        typer.Option(help="First readings that limits are fixed on: 12 or more, or all.", metavar="N"),
    ] = None,
    dialect: Annotated[
        Dialect, typer.Option(help="Making Data Count, NHSRplotthedots, or trends of six.")
    ] = Dialect.mdc,
    family: Annotated[Family, typer.Option(help="Single values; shares; rates; counts.")] = Family.xmr,
    day_column: Annotated[
        str | None, typer.Option("--date", help="The heading of the days.", metavar="COLUMN")
    ] = None,
    value: Annotated[str | None, typer.Option(help="The heading of the values.", metavar="COLUMN")] = None,
    numerator: Annotated[
        str | None, typer.Option(help="The heading of what is counted.", metavar="COLUMN")
    ] = None,
    denominator: Annotated[
        str | None, typer.Option(help="The heading of what it is out of.", metavar="COLUMN")
    ] = None,
    sheet: Annotated[str, typer.Option(help="The sheet of a workbook.")] = "",
    every: Annotated[
        Every | None, typer.Option(help="How often a reading comes, where the days do not show it.")
    ] = None,
    seasonal: Annotated[
        bool, typer.Option("--seasonal", help="Hold each month against the same month a year before.")
    ] = False,
    screening: Annotated[
        bool | None,
        typer.Option("--screening/--no-screening", help="Leave out moving ranges far above the others."),
    ] = None,
    conflict: Annotated[
        Conflict, typer.Option(help="What a reading means whose signals point both ways.")
    ] = Conflict.mixed,
    ignore_ties: Annotated[
        bool, typer.Option("--ignore-ties", help="A reading like the one before does not end a trend.")
    ] = False,
    each_period: Annotated[
        bool,
        typer.Option(
            "--each-period",
            help="The values are of each period, though they look like rolling or running ones.",
        ),
    ] = False,
    as_at: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Look at no later reading, and say when the last is stale."),
    ] = None,
    since: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day of the last report.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print everything as JSON.")] = False,
    chart: Annotated[
        Path | None, typer.Option(help="Draw the chart into this file: .svg, or .png.", metavar="OUT")
    ] = None,
) -> None:
    """Say whether a series changed, on which readings that rests, and whether its target is in reach.

    The exit code is 0 whatever the verdict, and 2 where the file or an option cannot be taken.
    """
    from watchkeep.cli.series_file import Declared, Named, series_of
    from watchkeep.domain.spc import judged

    named = Named(day_column, value, numerator, denominator, sheet)
    declared = Declared(
        better.value,
        family.value,
        every.value if every else None,
        seasonal,
        target,
        baseline,
        tuple(rebase or ()),
    )
    with _plainly():
        _drawable(chart)
        series, notes = series_of(file, named, declared)
        _each_period(series, each_period=each_period)
        made = judged(
            series,
            dialect=dialect.value,
            as_at=as_at.date() if as_at else None,
            since=since.date() if since else None,
            screening=screening,
            conflict=conflict.value,
            ignore_ties=ignore_ties,
            each_period=each_period,
        )
        if chart is not None:
            _draw(made, chart)
    _tell(made, notes, as_json=as_json)
    if chart is not None and not as_json:
        echo(chart)


def _tell(made: Chart, notes: tuple[str, ...], *, as_json: bool) -> None:
    from watchkeep.cli.spc_lines import as_data, lines

    if as_json:
        import json

        echo(harmless(json.dumps(as_data(made, notes), ensure_ascii=False, indent=1)))
        return
    for line in lines(made, notes):
        echo(line)


def _drawable(chart: Path | None) -> None:
    """Refuse a kind of picture that is not drawn, before anything is read."""
    from watchkeep.domain.errors import Invalid

    if chart is not None and chart.suffix.casefold() not in PICTURES:
        raise Invalid("chart", f"--chart: found “{chart.name}”; expected a name that ends in .svg or .png.")


def _each_period(series: Series, *, each_period: bool) -> None:
    """Refuse values that carry others in them, unless somebody says that they are none."""
    from watchkeep.domain.errors import Invalid
    from watchkeep.domain.spc.carrying import carried

    if not each_period and (why := carried(series.definition, series.recorded)):
        raise Invalid("value", f"{why} If they are that already, say --each-period.")


def _draw(made: Chart, out: Path) -> None:
    """The chart as a picture, its finding as its title."""
    from watchkeep.formats.charts import drawn, png, xmr

    if not made.readings:
        refuse("There is no reading to draw.")
    title = f"{made.series.definition.name}: {made.verdict.sentence}"
    specification = xmr(made, titled=True)
    if out.suffix.casefold() == ".png":
        picture = png(specification)
    else:
        picture = drawn(specification, title=title, description=" ".join(made.cautions)).encode()
    try:
        out.write_bytes(picture)
    except OSError as problem:
        reason = (problem.strerror or "no reason given").lower()
        refuse(f"{out}: the chart could not be written ({reason}). Name a file in a folder you may write to.")


@contextmanager
def _plainly() -> Iterator[None]:
    """Whatever cannot be done is one sentence and exit code 2."""
    from watchkeep.domain.errors import WatchkeepError

    try:
        yield
    except WatchkeepError as problem:
        refuse(problem.sentence)
