"""`watchkeep read`: what a file says as a register, in the terminal or as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from watchkeep.cli.printing import echo, harmless

CANNOT_READ = 2


def read(
    file: Annotated[Path, typer.Argument(help="PDF, .docx, .xlsx, .csv, .html or text.", metavar="FILE")],
    flat_to: Annotated[
        str | None,
        typer.Option("--json", help="Write the risks as flat JSON to OUT (- for the screen).", metavar="OUT"),
    ] = None,
    document_to: Annotated[
        str | None,
        typer.Option(
            "--document", help="Write the register document to OUT (- for the screen).", metavar="OUT"
        ),
    ] = None,
    table: Annotated[bool, typer.Option("--table", help="Print the register as a table.")] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Say which protections hold while a file is read.")
    ] = False,
) -> None:
    """Read a register from FILE and say what was found."""
    answer = _answer(file, flat_to)
    if flat_to:
        _write(flat_to, answer["flat"])
    if document_to:
        _write(document_to, answer["document"])
    if verbose:
        _say_protections()
    if table:
        from watchkeep.cli.register_table import print_table

        print_table(answer["document"])
    elif "-" not in (flat_to, document_to):
        for line in summary(answer["document"]):
            echo(line)


def _answer(file: Path, flat_to: str | None) -> dict[str, Any]:
    """What a reader says of the file; where it cannot be read, the reason, also as flat JSON."""
    from watchkeep.domain.errors import Unreadable
    from watchkeep.formats.readers import answer_for

    try:
        return answer_for(file)
    except Unreadable as problem:
        echo(problem.sentence, err=True)
        if flat_to:
            _write(flat_to, {"risks": [], "error": problem.sentence})
        raise typer.Exit(CANNOT_READ) from problem


def _write(out: str, value: dict[str, Any]) -> None:
    """Write `value` as JSON to the file `out`, or to the screen where it is `-`."""
    import json

    text = json.dumps(value, ensure_ascii=False, indent=1)
    if out == "-":
        echo(harmless(text))
        return
    try:
        Path(out).write_text(text + "\n", encoding="utf-8")
    except OSError as problem:
        reason = (problem.strerror or "no reason given").lower()
        echo(
            f"{out}: the answer could not be written ({reason}). Name a file in a folder you may write to.",
            err=True,
        )
        raise typer.Exit(CANNOT_READ) from problem


def _say_protections() -> None:
    from watchkeep.formats.readers.child import protections

    for name, holds in protections().items():
        echo(f"{'in force' if holds else 'not here'}  {name}", err=True)


def summary(document: dict[str, Any]) -> Iterator[str]:
    """A page's worth of what was found: what it is, how much, under which headings, and what to look at."""
    source = document["source"] or {}
    title = " · ".join(said for each in ("body", "name", "period") if (said := document[each]["text"]))
    yield title or source.get("name", "")
    risks = document["risks"]
    how = f" ({source['reader']})" if source.get("reader") else ""
    yield f"{_count(len(risks), 'risk')} read from {source.get('name', 'a file')}{how}"
    controls, actions = (sum(len(risk[kind]) for risk in risks) for kind in ("controls", "actions"))
    yield f"  controls {controls}, actions {actions}"
    bands = _ratings(risks)
    if bands:
        yield "  ratings  " + ", ".join(f"{name} {count}" for name, count in bands.items())
    yield from _trend_lines(risks)
    if document["columns"]:
        yield "columns"
        for column in document["columns"]:
            yield f"  {_one_line(column['heading'])} → {column['meaning'].replace(':', ' ')}"
    for name, what in (
        ("unassigned", "left over"),
        ("header", "in the heading"),
        ("furniture", "page furniture"),
    ):
        if document[name]:
            yield f"{what}: {_count(len(document[name]), 'piece')} of text"
    if document["doubts"]:
        yield f"to look at: {_count(len(document['doubts']), 'question')}"
        for doubt in document["doubts"]:
            place = f" ({_places(doubt['places'])})" if doubt["places"] else ""
            yield f"  {doubt['risk'] or 'register'}: {doubt['sentence']}{place}"
    else:
        yield "nothing doubtful"


def _ratings(risks: list[dict[str, Any]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for risk in risks:
        rating = standing_rating(risk)
        found[rating or "not recorded"] = found.get(rating or "not recorded", 0) + 1
    return {} if set(found) == {"not recorded"} else found


def standing_rating(risk: dict[str, Any]) -> str | None:
    """The band or score that says where the risk stands today, in the register document's own order."""
    for stage in ("residual", "not stated", "inherent"):
        for assessment in risk["assessments"]:
            if assessment["stage"] == stage:
                said = assessment["rating"]["text"] or assessment["score"]["text"]
                if said:
                    return _one_line(said)
    return None


def _trend_lines(risks: list[dict[str, Any]]) -> Iterator[str]:
    periods: dict[str, dict[str, int]] = {}
    for risk in risks:
        for trend in risk["trends"]:
            said = trend["direction"] or trend["movement"] or trend["state"]
            counts = periods.setdefault(trend["period"], {})
            counts[said] = counts.get(said, 0) + 1
    for period, counts in periods.items():
        yield f"  trend {period}  " + ", ".join(f"{said} {count}" for said, count in counts.items())


def _places(places: list[dict[str, Any]]) -> str:
    """The first place in words; the document holds them all."""
    place = places[0]
    said = {
        "page": "page {page}",
        "line": "line {line}",
        "cell": "cell {cell}",
        "table": "table {table}, row {row}",
        "paragraph": "paragraph {paragraph}",
    }[place["kind"]].format(**place)
    return said if len(places) == 1 else f"{said} and on"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _one_line(text: str) -> str:
    return " ".join(text.split())
