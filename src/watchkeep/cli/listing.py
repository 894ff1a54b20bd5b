"""What every list command offers beside its lines for people: the same rows as CSV or JSON for programs."""

from __future__ import annotations

import codecs
import sys
from collections.abc import Iterable, Sequence
from typing import Annotated

import typer

from watchkeep.cli.printing import clean, echo, harmless

AsCsv = Annotated[bool, typer.Option("--csv", help="As CSV, with every column.")]
AsJson = Annotated[bool, typer.Option("--json", help="As JSON, with every column.")]
AsAt = Annotated[str, typer.Option(help="As it stood on a day, such as 2031-03-31.")]
Register = Annotated[str, typer.Option(help="Only what concerns one register.")]
Body = Annotated[str | None, typer.Option("--body", help="The body; needed only where there are several.")]


def as_file(heading: Sequence[str], rows: Iterable[Sequence[str]], *, csv: bool, json: bool) -> bool:
    """Write the rows as they were asked for; whether that was as CSV or JSON at all."""
    if json:
        import json as notation

        every = [dict(zip(heading, row, strict=True)) for row in rows]
        echo(harmless(notation.dumps(every, ensure_ascii=False, indent=2)))
    elif csv:
        from watchkeep.formats.writers.table import to_csv

        made = to_csv(heading, [[clean(cell) for cell in row] for row in rows])
        sys.stdout.flush()
        sys.stdout.buffer.write(made.removeprefix(codecs.BOM_UTF8))
    return csv or json


def say(*words: str) -> None:
    """One line of a list for people, without what could steer a terminal."""

    echo("  ".join(word for word in words if word))
