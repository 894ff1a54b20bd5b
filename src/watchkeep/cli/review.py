"""`watchkeep review`: open the review of a quarter, say how far it has come, roll it forward."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from watchkeep.cli.listing import AsCsv, AsJson, as_file
from watchkeep.cli.printing import echo
from watchkeep.cli.records import operator, records

if TYPE_CHECKING:
    from datetime import date

    from watchkeep.apps.reviews.queries.cycles import CyclePage
    from watchkeep.domain.people import Actor

review = typer.Typer(help="The review of a quarter.", no_args_is_help=True)

Body = Annotated[str | None, typer.Option("--body", help="The body; needed only where there are several.")]
Register = Annotated[str, typer.Option("--register", help="Which register, where there are several.")]
Quarter = Annotated[str, typer.Argument(help="The quarter, such as “2031/32 Q1”. Left out: the latest.")]
Day = Annotated[
    datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day it is done. Left out: today.")
]


@review.command("open")
def open_review(
    quarter: Annotated[str, typer.Argument(help="The quarter, such as “2031/32 Q1”.")],
    on: Day = None,
    register: Register = "",
    body: Body = None,
) -> None:
    """Open a quarter’s review: every open risk is asked of the post that answers for it."""
    with records():
        from watchkeep.apps.reviews.changes import cycles
        from watchkeep.apps.reviews.queries import cycles as queries
        from watchkeep.cli.publish import register_named

        by = operator(body)
        row = register_named(by, register)
        cycles.open_cycle(by=by, register=row.id, period=quarter, opened_on=_day(on))
        _tell(queries.cycle(by, row.id, quarter))


@review.command("list")
def list_reviews(csv: AsCsv = False, json: AsJson = False, body: Body = None) -> None:
    """List every quarter’s review, the latest first."""
    with records():
        from watchkeep.apps.reviews.queries import cycles
        from watchkeep.domain.finding import written

        rows = cycles.cycles(operator(body))
        cells = (
            (each.period, each.register_name, str(each.opened_on), str(each.closed_on or "")) for each in rows
        )
        if as_file(("Quarter", "Register", "Opened on", "Rolled forward on"), cells, csv=csv, json=json):
            return
        for each in rows:
            state = f"rolled forward on {written(each.closed_on)}" if each.closed_on else "open"
            echo(f"{each.period}  {each.register_name}  {state}")


@review.command()
def status(
    quarter: Quarter = "",
    register: Register = "",
    csv: AsCsv = False,
    json: AsJson = False,
    body: Body = None,
) -> None:
    """Say how far a quarter’s review has come, and what each risk in it waits for."""
    with records():
        from watchkeep.jobs.tables.reviews import HEADING, cells

        page = _page(operator(body), quarter, register)
        if not as_file(HEADING, (cells(page.row, each) for each in page.reviews), csv=csv, json=json):
            _tell(page, each=True)


@review.command("roll-forward")
def roll_forward(
    quarter: Quarter = "",
    carry_over: Annotated[
        str, typer.Option(help="Why every risk that is not signed off is carried over.")
    ] = "",
    on: Day = None,
    register: Register = "",
    body: Body = None,
) -> None:
    """Close a quarter: each risk gets its trend; what is still open is carried over only with a reason."""
    with records():
        from watchkeep.apps.reviews.changes import cycles

        by = operator(body)
        page = _page(by, quarter, register)
        carried = {each.id: carry_over for each in page.open}
        cycles.roll_forward(by=by, cycle=page.row.id, version=page.row.version, carried=carried, on=_day(on))
        _tell(_page(by, page.row.period, register))


def _page(by: Actor, quarter: str, register: str) -> CyclePage:
    from watchkeep.apps.reviews.queries import cycles
    from watchkeep.cli.publish import register_named
    from watchkeep.domain.errors import Missing

    row = register_named(by, register)
    latest = next((each.period for each in cycles.cycles(by) if each.register == row.id), None)
    if latest is None:
        raise Missing(f"{row.name} has no review yet. Open one with `watchkeep review open QUARTER`.")
    return cycles.cycle(by, row.id, quarter or latest)


def _tell(page: CyclePage, *, each: bool = False) -> None:

    echo(f"{page.row.period}, {page.row.register_name}: {page.finding}")
    for row in page.reviews if each else ():
        late = f", {row.late} days late" if row.late else ""
        echo(f"  {row.label}: {row.says}{late}. Asked of {row.post or 'nobody'}.")


def _day(on: datetime | None) -> date:
    from django.utils import timezone

    return on.date() if on else timezone.localdate()
