"""`watchkeep diff`: what one paper says that another did not, for a person or for a pipeline."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from watchkeep.cli.printing import echo, harmless
from watchkeep.cli.records import refuse
from watchkeep.cli.sides import FORMS

if TYPE_CHECKING:
    from watchkeep.cli.sides import Side
    from watchkeep.domain.since import Since

DIFFERENT = 1


class Form(StrEnum):
    """How the differences are told."""

    console = "console"
    html = "html"
    json = "json"


def diff(
    old: Annotated[str, typer.Argument(help=FORMS, metavar="OLD")],
    new: Annotated[str, typer.Argument(help="The later of the two, named in the same way.", metavar="NEW")],
    form: Annotated[
        Form, typer.Option("--format", help="For a person, as a page, or as data.")
    ] = Form.console,
    to: Annotated[Path | None, typer.Option(help="The file to write; the screen without it.")] = None,
    as_at: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"], help="The day of NEW, where it does not say: what is late by then."
        ),
    ] = None,
    fail_on_change: Annotated[
        bool, typer.Option("--fail-on-change", help="End with exit code 1 where the two differ.")
    ] = False,
    body: Annotated[str | None, typer.Option(help="The body; needed only where there are several.")] = None,
) -> None:
    """Say what NEW says that OLD did not: risks, ratings, promises, trends, words, and what they rest on."""
    from watchkeep.cli.sides import opened, side

    with opened(old, new):
        earlier, later = side(old, body), side(new, body)
        found = _compared(earlier, later, as_at)
        text = _told(found, later, form)
    if to is None:
        echo(harmless(text) if form is Form.json else text.removesuffix("\n"))
    else:
        _put(to, text)
    if fail_on_change and not found.nothing:
        raise typer.Exit(DIFFERENT)


def _compared(earlier: Side, later: Side, as_at: datetime | None) -> Since:
    from watchkeep.domain.period import APRIL
    from watchkeep.domain.since import since

    return since(
        earlier.document,
        later.document,
        earlier_called=earlier.called,
        as_at=as_at.date() if as_at else None,
        year_start=later.year_start or earlier.year_start or APRIL,
        one_register=_one_register(earlier, later),
        gone_because=later.closings if earlier.register == later.register else {},
        with_rules=earlier.with_rules and later.with_rules,
    )


def _one_register(earlier: Side, later: Side) -> bool:
    """Whether a key is one risk's in both: two papers of one register, neither counted anew."""
    return (
        bool(earlier.register)
        and earlier.register == later.register
        and earlier.keys_last
        and later.keys_last
    )


def _told(found: Since, later: Side, form: Form) -> str:
    if form is Form.json:
        return found.model_dump_json(indent=1) + "\n"
    if form is Form.html:
        from watchkeep.formats.writers.comparison import write

        return write(found, later.document, later_called=later.called).decode()
    from watchkeep.cli.since_lines import lines

    return "\n".join(lines(found, later.called)) + "\n"


def _put(to: Path, text: str) -> None:
    try:
        to.write_text(text, encoding="utf-8")
    except OSError as problem:
        reason = (problem.strerror or "no reason given").lower()
        refuse(f"{to}: the answer could not be written ({reason}). Name a file in a folder you may write to.")
    echo(to)
