"""`watchkeep lint`: what a risk manager would strike out of a paper, for a person or for a pipeline."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from watchkeep.cli.printing import echo, harmless
from watchkeep.cli.records import refuse
from watchkeep.cli.sides import FORMS

if TYPE_CHECKING:
    from watchkeep.apps.scrutiny.queries import Scrutiny
    from watchkeep.cli.sides import Side
    from watchkeep.domain.lint import Found
    from watchkeep.domain.lint.report import Acceptance, Report

FOUND = 1


class Form(StrEnum):
    """How the findings are told."""

    console = "console"
    html = "html"
    json = "json"
    sarif = "sarif"


class FailOn(StrEnum):
    """From which weight on a finding ends with exit code 1."""

    error = "error"
    warning = "warning"
    note = "note"
    never = "never"


def lint(
    file: Annotated[str, typer.Argument(help=FORMS, metavar="FILE")],
    as_at: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="The day it speaks of, where that is not its own."),
    ] = None,
    before: Annotated[
        list[str] | None,
        typer.Option(help="An earlier paper of the same register; may be repeated.", metavar="FILE"),
    ] = None,
    form: Annotated[
        Form, typer.Option("--format", help="For a person, as a page, as data, or for a code scanner.")
    ] = Form.console,
    rule: Annotated[
        list[str] | None,
        typer.Option(help="Only this rule or family (STALE); may be repeated.", metavar="CODE"),
    ] = None,
    without: Annotated[
        list[str] | None, typer.Option(help="Not this rule or family; may be repeated.", metavar="CODE")
    ] = None,
    accept: Annotated[
        Path | None,
        typer.Option(help="Findings accepted before: JSON, or a JSON object a line.", metavar="FILE"),
    ] = None,
    fail_on: Annotated[
        FailOn, typer.Option(help="The least weight that ends with exit code 1.")
    ] = FailOn.warning,
    to: Annotated[
        Path | None, typer.Option(help="The file to write; the screen without it.", metavar="OUT")
    ] = None,
    body: Annotated[str | None, typer.Option(help="The body; needed only where there are several.")] = None,
) -> None:
    """Say what is stale, undated, unowned, unmeasured or badly worded in a register, and where."""
    from watchkeep.cli.sides import opened

    with opened(file, *(before or ())):
        report = _report(file, before or [], as_at, body, rule or [], without or [], accept)
    _tell(report, form, to)
    if _fails(report, fail_on):
        raise typer.Exit(FOUND)


def _fails(report: Report, least: FailOn) -> bool:
    from watchkeep.domain.lint.report import WEIGHTS

    return any(least.value == weight and report.reaches(weight) for weight in WEIGHTS)


def _report(
    file: str,
    before: list[str],
    as_at: datetime | None,
    body: str | None,
    only: list[str],
    without: list[str],
    accept: Path | None,
) -> Report:
    from watchkeep.cli.sides import side
    from watchkeep.domain.lint import day_told
    from watchkeep.domain.lint import lint as look
    from watchkeep.domain.lint.report import settled

    _check(only, without)
    acceptances = _acceptances(accept) if accept else ()
    paper = side(file, body)
    earlier = tuple(side(each, body).document for each in before)
    live = _live(paper, body) if paper.clock else None
    document = live.document if live else paper.document
    day = as_at.date() if as_at else live.as_at if live else day_told(document)
    if live and not earlier and day == live.as_at:
        every = tuple(each.found for each in live.findings)
    else:
        every = look(document, as_at=day, before=earlier)
    if live:
        acceptances += _answered(live, {each.key for each in every})
    report = settled(document, every, called=paper.called, as_at=day, acceptances=acceptances)
    report = report.of(lambda each: (not only or _of(each, only)) and not _of(each, without))
    return replace(report, lines=_lines_of(file, report), rows=_rows_of(file, report))


def _lines_of(file: str, report: Report) -> tuple[str, ...]:
    """The file's own lines, where it was read by its lines: so that a finding can be told at its columns."""
    from watchkeep.cli.sides import from_records
    from watchkeep.formats.readers.text.decoding import decode

    source = report.document.source
    if from_records(file) or source is None or not source.reader.startswith("text"):
        return ()
    return tuple(decode(Path(file).read_bytes(), source.name))


def _rows_of(file: str, report: Report) -> tuple[tuple[int, int], ...]:
    """The lines of each row, where the file was read as CSV."""
    from watchkeep.cli.sides import from_records
    from watchkeep.formats.readers.csv import lines_of_rows

    source = report.document.source
    if from_records(file) or source is None or not source.reader.startswith("csv"):
        return ()
    return lines_of_rows(Path(file).read_bytes(), source.name)


def _live(paper: Side, body: str | None) -> Scrutiny:
    """A register's words as the site judges them: by today, with the quarters before and every answer."""
    from watchkeep.apps.scrutiny.queries import scrutiny
    from watchkeep.cli.records import operator
    from watchkeep.domain.clock import PRESENT

    return scrutiny(operator(body), paper.register, paper.clock or PRESENT)


def _answered(live: Scrutiny, found: set[str]) -> tuple[Acceptance, ...]:
    """What people answered on the site to these findings, each with who and when."""
    from watchkeep.domain.answering import ANSWERS
    from watchkeep.domain.finding import written
    from watchkeep.domain.lint.report import Acceptance

    return tuple(
        Acceptance(key, f"{ANSWERS[given.answer]}: {given.reason} ({given.by}, {written(given.on)})")
        for key, given in {each.found.key: each.answer for each in live.findings}.items()
        if given and given.answer and key in found
    )


def _of(found: Found, codes: list[str]) -> bool:
    return any(_fits(found.code, each) for each in codes)


def _fits(code: str, wanted: str) -> bool:
    """A rule by its code, or all of those whose codes begin alike."""
    return code == wanted.upper() or code.startswith(f"{wanted.upper()}-")


def _check(only: list[str], without: list[str]) -> None:
    from watchkeep.domain.lint import RULES

    for wanted in (*only, *without):
        if not any(_fits(rule.code, wanted) for rule in RULES):
            codes = ", ".join(rule.code for rule in RULES)
            refuse(f"There is no rule “{wanted}”. The rules are {codes}.")


def _acceptances(path: Path) -> tuple[Acceptance, ...]:
    """What was accepted before. Each has a key, or its beginning, and a reason; the rest is passed over."""
    from watchkeep.domain.lint.report import SHORTEST_KEY, Acceptance

    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        refuse(f"{path}: the accepted findings could not be read. Name a text file with --accept.")
    rows = _rows(path, text)
    made = []
    for number, row in enumerate(rows, start=1):
        key, reason = (str(row.get(name) or "").strip() for name in ("key", "reason"))
        if len(key) < SHORTEST_KEY or not reason:
            refuse(
                f"{path}: the accepted finding number {number} needs a key of at least {SHORTEST_KEY} "
                f"signs and a "
                "reason. Keys stand in what `watchkeep lint` prints."
            )
        made.append(Acceptance(key, reason))
    return tuple(made)


def _rows(path: Path, text: str) -> list[dict[str, Any]]:
    """A list of objects, an object with `accepted` in it, or an object a line."""
    import json

    try:
        try:
            told = json.loads(text)
        except ValueError:
            told = [json.loads(line) for line in text.splitlines() if line.strip()]
    except (ValueError, RecursionError):
        refuse(f"{path}: this is no JSON. Write a list of objects, each with key and reason.")
    if isinstance(told, dict):
        told = told["accepted"] if isinstance(told.get("accepted"), list) else [told]
    if not isinstance(told, list) or not all(isinstance(each, dict) for each in told):
        refuse(f"{path}: write a list of objects, each with key and reason.")
    return [*told]


def _tell(report: Report, form: Form, to: Path | None) -> None:
    from watchkeep.formats.writers.findings import write

    text = write(report, form.value)
    if to is None:
        echo(harmless(text) if form in (Form.json, Form.sarif) else text.removesuffix("\n"))
        return
    try:
        to.write_text(text, encoding="utf-8")
    except OSError as problem:
        reason = (problem.strerror or "no reason given").lower()
        refuse(
            f"{to}: the findings could not be written ({reason}). Name a file in a folder you may write to."
        )
    echo(to)
