"""`watchkeep redact`: what a committee or the public may have of any register file, as a new file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from watchkeep.cli.letting import stop_at
from watchkeep.cli.printing import echo
from watchkeep.cli.records import refuse

if TYPE_CHECKING:
    from watchkeep.domain.document import Rule
    from watchkeep.domain.freezing import Gate
    from watchkeep.formats.writers import Kind

COLUMNS = "risk, field, readers, exemption, harm, reviewer and until"


class Readers(StrEnum):
    """Whom the new file is for."""

    committee = "committee"
    public = "public"


def redact(
    file: Annotated[Path, typer.Argument(help="A register in any form that can be read.", metavar="FILE")],
    to: Annotated[
        Path, typer.Option(help="The file to write; its ending says which form, such as .json or .pdf.")
    ],
    readers: Annotated[Readers, typer.Option("--for", help="Who will read it.")] = Readers.public,
    rules: Annotated[
        Path | None,
        typer.Option(help=f"Rules of who may read what, as CSV or JSON: {COLUMNS}.", metavar="FILE"),
    ] = None,
    hide: Annotated[
        list[str] | None,
        typer.Option(help="Keep a risk back, or one field of it; may be repeated.", metavar="REF[:FIELD]"),
    ] = None,
    name: Annotated[
        list[str] | None, typer.Option(help="A person's name to look for; may be repeated.")
    ] = None,
    despite: Annotated[
        str, typer.Option(help="Why words that may tell of what is kept back may stand; with --seen.")
    ] = "",
    seen: Annotated[
        str, typer.Option(help="The digest that the refusal ended with: of what --despite lets stand.")
    ] = "",
) -> None:
    """Write what the committee or the public may have of a register. Nothing is stored.

    Rules that the file itself has (a register document, JSON) are kept to. Where words of what is kept back
    stand elsewhere, nothing is written, and each place is named.
    """
    from watchkeep.domain.errors import WatchkeepError
    from watchkeep.domain.freezing import gate
    from watchkeep.domain.redaction import for_audience, with_rules
    from watchkeep.formats.readers import read_file
    from watchkeep.formats.writers import write

    try:
        kind = _kind(to)
        whole = with_rules(read_file(file), [*rules_in(rules), *_hidden(hide or ())])
        left = for_audience(whole, readers.value)
        found = gate(whole, left, readers.value, names=name or ())
        stop_at(replace(found, claims=()), despite=despite, seen=seen)
        data = write(left, kind)
        to.write_bytes(data)
    except WatchkeepError as problem:
        refuse(problem.sentence)
    except OSError as problem:
        refuse(f"{to}: it could not be written ({(problem.strerror or 'no reason given').lower()}).")
    echo(to)
    risks = "risk" if len(whole.risks) == 1 else "risks"
    echo(f"{len(left.risks)} of {len(whole.risks)} {risks}; {_kept_back(found)}.")


def _kept_back(found: Gate) -> str:
    """How many risks as a whole, and how many fields of others, are kept back by rules."""
    whole = sum(not each.path for each in found.withheld)
    parts = len(found.withheld) - whole
    said = [
        f"{count} {noun if count == 1 else noun + 's'}"
        for count, noun in ((whole, "risk"), (parts, "field"))
        if count
    ]
    return f"{' and '.join(said) or 'nothing'} kept back by rules"


def _kind(to: Path) -> Kind:
    from watchkeep.domain.errors import Invalid
    from watchkeep.formats.writers import KINDS, ending

    wanted = to.suffix.lower().removeprefix(".")
    for kind in KINDS:
        if wanted == ending(kind):
            return kind
    known = ", ".join(f".{ending(kind)}" for kind in KINDS)
    raise Invalid("to", f"{to.name}: no form ends like that; one of {known} does.")


def _hidden(hide: Iterable[str]) -> Iterator[tuple[str, Rule]]:
    from watchkeep.domain.document import Rule

    for each in hide:
        risk, _, field = each.partition(":")
        yield risk, Rule(field=field, readers="internal")


def rules_in(rules: Path | None) -> Iterator[tuple[str, Rule]]:
    """The rules of a file, CSV or JSON; a row without a field is for the whole risk."""
    import csv
    import json

    from watchkeep.domain.errors import Invalid

    if rules is None:
        return
    try:
        text = rules.read_text(encoding="utf-8-sig")
        rows = (
            json.loads(text) if rules.suffix.lower() == ".json" else list(csv.DictReader(text.splitlines()))
        )
    except (OSError, ValueError) as problem:
        raise Invalid("rules", f"{rules}: the rules cannot be read ({problem}).") from problem
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise Invalid("rules", f"{rules}: rules are rows with {COLUMNS}.")
    for number, row in enumerate(rows, start=1):
        yield _rule(f"{rules}, rule {number}", row)


def _rule(where: str, row: dict[str, Any]) -> tuple[str, Rule]:
    from watchkeep.domain.document import Rule
    from watchkeep.domain.errors import Invalid
    from watchkeep.domain.marking import readers_named

    said = {str(name).strip().lower(): str(value or "").strip() for name, value in row.items() if name}
    if not said.get("risk"):
        raise Invalid("rules", f"{where}: it names no risk. The columns are {COLUMNS}.")
    until = said.get("until", "")
    try:
        day = date.fromisoformat(until) if until else None
    except ValueError:
        raise Invalid("rules", f"{where}: “{until}” is no day; write 2031-03-31.") from None
    return said["risk"], Rule(
        field=said.get("field", ""),
        readers=readers_named(said.get("readers", "")),
        exemption=said.get("exemption", ""),
        harm=said.get("harm", ""),
        reviewer=said.get("reviewer", ""),
        until=day,
    )
