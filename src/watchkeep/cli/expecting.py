"""`watchkeep promise expect`: what a promise is to do to an indicator; and what came of it, in lines."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from watchkeep.cli.printing import echo
from watchkeep.cli.records import operator, records

if TYPE_CHECKING:
    from watchkeep.apps.indicators.queries.effects import Looked
    from watchkeep.apps.treatment.queries import CommitmentRow
    from watchkeep.domain.people import Actor


def expect(
    reference: Annotated[str, typer.Argument(help="The promise, by its reference, such as P1.")],
    indicator: Annotated[str, typer.Argument(help="The indicator, by its reference, such as K1.")],
    change: Annotated[
        float | None, typer.Option(help="By how much it is to change, in its unit; less is negative.")
    ] = None,
    level: Annotated[float | None, typer.Option(help="To which level it is to come instead.")] = None,
    start: Annotated[
        datetime | None,
        typer.Option(
            "--from",
            formats=["%Y-%m-%d"],
            help="The day on which the action begins to work. Left out: the day it was done, or is due.",
        ),
    ] = None,
    by: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day by which it is to be seen.")
    ] = None,
    none: Annotated[bool, typer.Option("--none", help="Expect nothing of it any more.")] = False,
    why: Annotated[str, typer.Option(help="Why; needed where something was expected before.")] = "",
    body: Annotated[
        str | None, typer.Option("--body", help="The body; needed only where there are several.")
    ] = None,
) -> None:
    """Say what a promise is to do to an indicator, from when and by when."""
    with records():
        from watchkeep.apps.indicators.changes.effects import expect_effect, take_back_effect
        from watchkeep.apps.indicators.queries import indicator_named
        from watchkeep.apps.treatment import queries
        from watchkeep.domain.errors import Invalid
        from watchkeep.domain.forecast import Expected

        actor = operator(body)
        row, found = queries.commitment(actor, reference).row, indicator_named(actor, indicator)
        if none:
            take_back_effect(by=actor, commitment=row.id, indicator=found.id, why=why)
            echo(f"Of {row.reference} nothing is expected for {found.label} any more.")
            return
        if (change is None) == (level is None):
            raise Invalid("change", "Give --change by how much, or --level to which level: one of the two.")
        if by is None:
            raise Invalid("by", "Give --by, the day by which it is to be seen.")
        begins = start.date() if start else row.facts.outcome_on or row.due_on
        if begins is None:
            raise Invalid("from", f"{row.reference} has no day; give --from, when the action begins to work.")
        measured, amount = ("change", change) if change is not None else ("level", level)
        expected = Expected("change" if measured == "change" else "level", amount or 0.0, by.date())
        expect_effect(
            by=actor, commitment=row.id, indicator=found.id, expected=expected, from_on=begins, why=why
        )
        for line in lines_of(actor, row):
            echo(line)


def lines_of(actor: Actor, row: CommitmentRow) -> list[str]:
    """Each effect that is expected of a promise, and what its readings say."""
    from watchkeep.apps.indicators.queries.effects import looked_for

    return [line for each in looked_for(actor, [row]).get(row.id, ()) for line in _lines(each)]


def _lines(found: Looked) -> list[str]:
    from watchkeep.domain.finding import written
    from watchkeep.domain.forecast import VERDICTS

    said = found.row.expected.spoken(found.series.definition.unit)
    lines = [
        f"Expected of {found.row.reference} {found.row.name}: {said}, from {written(found.row.from_on)}.",
        f"  {VERDICTS[found.effect.word]}. {found.effect.sentence}",
        *(f"  Within that time: {each}" for each in found.effect.beside),
    ]
    if found.waited.late:
        until = written(found.waited.expected.by)
        lines.append(f"  Done {found.waited.late} days later than was meant: looked for until {until}.")
    if found.proposal:
        lines.append("  Delivered without effect? Nobody has said so yet: `watchkeep promise effect`.")
    return lines
