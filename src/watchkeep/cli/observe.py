"""`watchkeep observe FILE` and `watchkeep readings`: files of readings, taken whole or kept waiting."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from watchkeep.cli.listing import AsCsv, AsJson, as_file
from watchkeep.cli.printing import clean, echo
from watchkeep.cli.records import operator, records

if TYPE_CHECKING:
    from watchkeep.jobs.loading import Looked

readings = typer.Typer(help="Files of readings that wait for a decision.", no_args_is_help=True)
HEADING = ("File", "Name", "State", "What came of it")
Body = Annotated[str | None, typer.Option("--body", help="The body; needed only where there are several.")]
Number = Annotated[int, typer.Argument(help="The number of the file, as the list shows it.")]
Reason = Annotated[str, typer.Option(help="Why what is recorded already is corrected.")]
SHOWN = 20
WAITS = 1


def observe(
    file: Annotated[Path, typer.Argument(help="A CSV file or a workbook.")],
    indicator: Annotated[str, typer.Option(help="Whose readings they are, such as K1.")] = "",
    columns: Annotated[
        str, typer.Option("--map", help="Which column is what: day=Date,value=B,indicator=Ref.")
    ] = "",
    sheet: Annotated[str, typer.Option(help="Which sheet of a workbook.")] = "",
    reason: Reason = "",
    body: Body = None,
) -> None:
    """Take a file of readings in. Where a row is refused, none of it counts until somebody decides."""
    with records():
        from watchkeep.apps.indicators.changes import loads
        from watchkeep.apps.indicators.queries.loads import load_of
        from watchkeep.cli.work import tools
        from watchkeep.formats.readers import bytes_of
        from watchkeep.formats.readings import mapped, written
        from watchkeep.jobs import loading

        by, store = operator(body), tools().store
        brought = loading.bring(
            by, store, bytes_of(file, file.name), file.name, indicator=indicator.upper(), sheet=sheet
        )
        row = load_of(by, brought)
        if columns:
            grid = loading.grid_again(store, row)
            mapping = written(mapped(columns, grid, loading.looked_at(by, store, row).proposal))
            loads.remap_load(
                by=by,
                load=row.id,
                version=row.version,
                mapping=mapping,
                indicator=row.indicator,
                sheet=row.sheet,
            )
            row = load_of(by, brought)
        looked = loading.looked_at(by, store, row)
        _tell(looked)
        if looked.refused or looked.mapping is None or looked.sorted.bad or not looked.sorted.good:
            echo(
                f"Nothing is recorded. The file waits as number {row.number}; `watchkeep readings` takes "
                "or drops it."
            )
            raise typer.Exit(WAITS)
        _take(by_file=looked, body=body, without_bad=False, reason=reason)


@readings.command("list")
def list_loads(csv: AsCsv = False, json: AsJson = False, body: Body = None) -> None:
    """List the files of readings, the newest first."""
    with records():
        from watchkeep.apps.indicators.queries.loads import loads

        rows = [
            (
                str(each.number),
                each.name,
                each.state,
                f"{each.good} good, {each.bad} bad" if each.decided_at else f"by {each.brought_by}",
            )
            for each in loads(operator(body))
        ]
        if as_file(HEADING, rows, csv=csv, json=json):
            return
        for row in rows:
            echo(clean("  ".join(row)))


@readings.command()
def take(number: Number, reason: Reason = "", body: Body = None) -> None:
    """Take the good rows of a file that waits, without its bad ones."""
    with records():
        from watchkeep.apps.indicators.queries.loads import load
        from watchkeep.cli.work import tools
        from watchkeep.jobs import loading

        looked = loading.looked_at(operator(body), tools().store, load(operator(body), number))
        _take(by_file=looked, body=body, without_bad=True, reason=reason)


@readings.command()
def drop(number: Number, body: Body = None) -> None:
    """Drop a whole file that waits: none of it counts."""
    with records():
        from watchkeep.apps.indicators.changes import loads
        from watchkeep.apps.indicators.queries.loads import load

        by = operator(body)
        found = load(by, number)
        loads.drop_load(by=by, load=found.id, version=found.version)
        echo(f"{found.name} is dropped.")


def _take(*, by_file: Looked, body: str | None, without_bad: bool, reason: str) -> None:
    from watchkeep.jobs import loading

    taken = loading.take(
        operator(body), by_file, version=by_file.load.version, without_bad=without_bad, reason=reason
    )
    echo(f"Recorded {taken.added}, corrected {taken.corrected}; {taken.unchanged} stood already.")


def _tell(looked: Looked) -> None:
    for each in looked.proposal.doubts:
        echo(each, err=True)
    if looked.refused:
        echo(looked.refused, err=True)
    for bad in looked.sorted.bad[:SHOWN]:
        echo(clean(bad.sentence), err=True)
    if len(looked.sorted.bad) > SHOWN:
        echo(f"… and {len(looked.sorted.bad) - SHOWN} more rows.", err=True)
    echo(f"{looked.sorted.good} good rows, {len(looked.sorted.bad)} refused, {looked.sorted.blank} empty.")
