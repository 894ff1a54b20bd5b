"""`watchkeep scale`: the body's scales, what they say, and a new one or a new version of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from watchkeep.cli.listing import AsCsv, AsJson, as_file
from watchkeep.cli.printing import echo
from watchkeep.cli.records import operator, records, refuse

if TYPE_CHECKING:
    from datetime import date

    from watchkeep.domain.matrix import Graded, Step
    from watchkeep.domain.people import Actor

scale = typer.Typer(help="The body's scales.", no_args_is_help=True)

Body = Annotated[str | None, typer.Option("--body", help="The body; needed only where there are several.")]
Listed = Annotated[str, typer.Option(help="Names with commas between them, the least first.")]


@scale.command("list")
def list_scales(csv: AsCsv = False, json: AsJson = False, body: Body = None) -> None:
    """List the scales, with their bands and the registers that use them."""
    with records():
        from watchkeep.apps.register import queries

        rows = queries.scales(operator(body))
        heading = ("Scale", "Version", "From", "Bands, the least first", "Used by")
        cells = (
            (
                each.name,
                str(each.number),
                str(each.effective_on),
                "; ".join(step.name for step in each.scale.bands),
                "; ".join(each.registers),
            )
            for each in rows
        )
        if as_file(heading, cells, csv=csv, json=json):
            return
        for each in rows:
            bands = ", ".join(step.name for step in each.scale.bands)
            used = f"; used by {', '.join(each.registers)}" if each.registers else ""
            echo(f"{each.name}, version {each.number} from {each.effective_on}: {bands}{used}")


@scale.command()
def show(name: Annotated[str, typer.Argument(help="The scale's name.")], body: Body = None) -> None:
    """Show one scale: its bands, its matrix, and how its versions follow one another."""
    with records():
        from watchkeep.apps.register import queries
        from watchkeep.domain.rescaling import differences

        page = queries.scale(operator(body), name)
        lines = [f"{page.name}, version {page.latest.number} from {page.latest.effective_on}"]
        lines += _matrix(page.latest.scale)
        for new, old in zip(page.versions, page.versions[1:], strict=False):
            lines.append(f"Version {new.number} from {new.effective_on}:")
            lines += [f"  {sentence}" for sentence in differences(old.scale, new.scale)]
            lines += [
                f"  {kind} {was} of before {f'is called {called}' if called else 'has no counterpart'}."
                for kind, was, called in new.counterparts
            ]
        for line in lines:
            echo(line)


@scale.command()
def new(
    name: Annotated[str, typer.Argument(help="The scale's name; one that is there gets a new version.")],
    bands: Listed,
    likelihood: Listed = "",
    impact: Listed = "",
    row: Annotated[
        list[str] | None,
        typer.Option(help="The bands of one likelihood across all impacts; once for each, the least first."),
    ] = None,
    why: Annotated[str, typer.Option(help="Why a graver level makes a lesser band, where one does.")] = "",
    now_called: Annotated[
        list[str] | None,
        typer.Option(help="What a lost name is called now: band:Medium=Moderate; nothing after = for none."),
    ] = None,
    stands_from: Annotated[str, typer.Option("--from", help="The day it stands from; else today.")] = "",
    use: Annotated[list[str] | None, typer.Option(help="A register that uses it from now on.")] = None,
    body: Body = None,
) -> None:
    """Set a scale, or give one a new version. What was rated before keeps the version it was rated on."""
    with records():
        from watchkeep.apps.register import changes, queries
        from watchkeep.domain.matrix import Graded

        by = operator(body)
        found = next((each for each in queries.scales(by) if each.name == name), None)
        said = Graded(
            bands=_steps(bands),
            likelihood=_steps(likelihood),
            impact=_steps(impact),
            matrix=_ranks(bands, row or []),
            why_it_falls=why,
        )
        family = changes.set_scale(
            by=by,
            name=name,
            scale=said,
            effective_on=day_named(stands_from),
            family=found.id if found else None,
            version=found.version if found else 0,
            counterparts=_answers(now_called or []) if found else None,
        )
        _use(by, use or [], family)
        page = queries.scale(by, family)
        echo(f"{page.name} stands in version {page.latest.number}.")


# --- Beneath the commands -----------------------------------------------------------------------------------


def _steps(text: str) -> tuple[Step, ...]:
    from watchkeep.domain.matrix import Step

    return tuple(Step(name) for name in _names(text))


def _names(text: str) -> list[str]:
    return [each.strip() for each in text.split(",") if each.strip()]


def _ranks(bands: str, rows: list[str]) -> tuple[tuple[int, ...], ...]:
    from watchkeep.domain.matrix import plain

    known = [plain(each) for each in _names(bands)]
    matrix = []
    for row in rows:
        unknown = [each for each in _names(row) if plain(each) not in known]
        if unknown:
            refuse(f"--row: there is no band called “{unknown[0]}”; the bands are {bands}.")
        matrix.append(tuple(known.index(plain(each)) + 1 for each in _names(row)))
    return tuple(matrix)


def _answers(said: list[str]) -> Any:
    answers = {}
    for each in said:
        kind, _, rest = each.partition(":")
        was, equals, called = rest.partition("=")
        if kind not in ("band", "likelihood", "impact") or not equals:
            refuse(f"--now-called is written band:Medium=Moderate; “{each}” is not.")
        answers[kind, was.strip()] = called.strip()
    return answers


def _use(by: Actor, registers: list[str], family: Any) -> None:
    from watchkeep.apps.register import changes, queries

    for slug in registers:
        row = queries.register(by, slug)
        changes.use_scale(by=by, register=row.id, version=row.version, family=family)


def day_named(text: str) -> date:
    """The day that was written, or today."""
    from datetime import date

    from django.utils import timezone

    if not text:
        return timezone.localdate()
    try:
        return date.fromisoformat(text)
    except ValueError:
        refuse(f"A day is written like 2031-03-31; “{text}” is not.")
        raise


def _matrix(scale: Graded) -> list[str]:
    lines = ["Bands: " + ", ".join(step.name for step in scale.bands)]
    for likelihood, ranks in reversed(list(zip(scale.likelihood, scale.matrix, strict=True))):
        cells = [
            f"{impact.name} {scale.bands[rank - 1].name}"
            for impact, rank in zip(scale.impact, ranks, strict=True)
        ]
        lines.append(f"{likelihood.name}: {', '.join(cells)}")
    return lines
