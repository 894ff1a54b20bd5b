"""`watchkeep question`: what people hold likely, what came, and how well they guess."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from watchkeep.cli.listing import AsCsv, AsJson, Body, as_file, say
from watchkeep.cli.records import operator, records

if TYPE_CHECKING:
    from watchkeep.apps.indicators.queries.questions import QuestionRow
    from watchkeep.domain.calibration import Guess

question = typer.Typer(help="Forecast questions, guesses and how well they held.", no_args_is_help=True)
Number = Annotated[int, typer.Argument(help="The question's number: 3 for Q3.", metavar="NUMBER")]


class Kind(StrEnum):
    """What is asked for."""

    yes_or_no = "yes or no"
    number = "number"


@question.command()
def ask(
    text: Annotated[str, typer.Argument(help="The question; its answer can be read somewhere later.")],
    category: Annotated[str, typer.Option(help="What it is of; guesses are scored by it.")],
    on: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="The day on which it is settled.")],
    opens: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The first day for guesses, else today.")
    ] = None,
    kind: Annotated[Kind, typer.Option(help="A chance is guessed, or a range.")] = Kind.yes_or_no,
    unit: Annotated[str, typer.Option(help="The unit of the number.")] = "",
    body: Body = None,
) -> None:
    """Ask something that will be settled on a day."""
    with records():
        from django.utils import timezone

        from watchkeep.apps.indicators.changes.questions import ask_question
        from watchkeep.apps.indicators.queries.questions import questions
        from watchkeep.domain.calibration import Question

        by, first = operator(body), opens.date() if opens else timezone.localdate()
        made = ask_question(by=by, question=Question(text, category, first, on.date(), kind.value, unit))
        number = next(each.number for each in questions(by) if each.id == made)
        say(f"Q{number} is asked; it is settled on {on.date()}.")


@question.command("guess")
def state(
    number: Number,
    chance: Annotated[float | None, typer.Option(help="The chance of yes, from 0 to 100.")] = None,
    low: Annotated[float | None, typer.Option(help="The lower end of a range.")] = None,
    high: Annotated[float | None, typer.Option(help="Its higher end: four times in five it holds.")] = None,
    why: Annotated[str, typer.Option(help="What it rests on.")] = "",
    body: Body = None,
) -> None:
    """Say what is held likely; it takes the place of an earlier guess, which stays known."""
    with records():
        from watchkeep.apps.indicators.changes.questions import guess
        from watchkeep.apps.indicators.queries.questions import question_numbered
        from watchkeep.domain.calibration import Guess

        by = operator(body)
        value = Guess(None if chance is None else chance / 100, low, high)
        guess(by=by, question=question_numbered(by, number).id, value=value, why=why)
        say(f"Guessed for Q{number}: {_said(value)}.")


@question.command()
def resolve(
    number: Number,
    came: Annotated[str, typer.Argument(help="yes, no, or the number.")],
    source: Annotated[str, typer.Option(help="Where it can be read.")],
    why: Annotated[str, typer.Option(help="Why an outcome that was said before was wrong.")] = "",
    body: Body = None,
) -> None:
    """Say what came, on the day or later; who guessed does not."""
    with records():
        from watchkeep.apps.indicators.changes.questions import settle_question
        from watchkeep.apps.indicators.queries.questions import question_numbered
        from watchkeep.domain.errors import Invalid

        by = operator(body)
        try:
            value = {"yes": 1.0, "no": 0.0}.get(came.lower())
            value = float(came) if value is None else value
        except ValueError:
            raise Invalid("came", f"Say yes, no or a number; “{came}” is none of them.") from None
        which = question_numbered(by, number)
        settle_question(by=by, question=which.id, came=value, source=source, why=why)
        say(f"Q{number} is settled: {came}.")


@question.command("list")
def list_questions(csv: AsCsv = False, json: AsJson = False, body: Body = None) -> None:
    """List every question, what is guessed and what came."""
    with records():
        from watchkeep.apps.indicators.queries.questions import questions

        rows = questions(operator(body))
        cells = [_cells(each) for each in rows]
        heads = ("Question", "Text", "Category", "Opens", "Settled on", "Guesses", "Came")
        if as_file(heads, cells, csv=csv, json=json):
            return
        for each in cells:
            say(*each)


@question.command()
def scores(csv: AsCsv = False, json: AsJson = False, body: Body = None) -> None:
    """Say how well chances and ranges held, by category and by who stated them."""
    with records():
        from watchkeep.apps.indicators.queries import questions

        found = questions.scores(operator(body))
        rows = [("category", each) for each in found.categories]
        rows += [("forecaster", each) for each in found.forecasters]
        cells = [(what, each.name, each.sentence) for what, each in rows]
        if as_file(("By", "Name", "Score"), cells, csv=csv, json=json):
            return
        if not cells:
            say("No question with a guess has been settled yet.")
        for each in cells:
            say(*each)
        for tenth in found.reliability:
            say(
                f"{tenth.low:.0%} to {tenth.high:.0%}",
                f"stated {tenth.stated:.0%} on average",
                f"came {tenth.came:.0%} of {tenth.size}",
            )


def _cells(row: QuestionRow) -> tuple[str, ...]:
    came = "" if row.came is None else f"{row.came:g}"
    if row.came is not None and row.kind == "yes or no":
        came = "yes" if row.came else "no"
    guesses = "; ".join(f"{each.forecaster} {_said(each.value)}" for each in row.guesses)
    return (
        f"Q{row.number}", row.text, row.category, str(row.opens_on), str(row.resolves_on), guesses, came,
    )  # fmt: skip


def _said(value: Guess) -> str:
    if value.chance is not None:
        return f"{value.chance:.0%}"
    return f"{value.low:g} to {value.high:g}"
