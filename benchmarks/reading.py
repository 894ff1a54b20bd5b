"""`python -m benchmarks.reading`: how well text of tables is read that nobody had in mind, and how honestly
the reader says how sure it is.

Invented registers are set as PDF and made into text by pdftotext, plainly and with -layout. The reader was
developed on seeds 1 to 130; what is quoted is from 131 to 160.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import typst
from tests.formats.readers.text.registers import Invented, invent, typst_source

from watchkeep.domain.errors import Unreadable
from watchkeep.formats.cells import Cell, Table
from watchkeep.formats.readers import pdf
from watchkeep.formats.readers.text import extract

WAYS = {"pdftotext": (), "pdftotext -layout": ("-layout",)}
ITSELF = "the PDF itself"
STEPS = (0.0, 0.2, 0.4, 0.6, 0.7, 0.8, 0.9, 0.96, 1.0)


@dataclass(frozen=True)
class Verdict:
    """One cell of one register: what the reader said of its certainty, and whether it was right."""

    meaning: str
    confidence: float | None  # none where the reader found nothing for it
    right: bool


def main() -> None:
    """Print the share of cells that are right, by kind of text, by column and by reported confidence."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("first", nargs="?", type=int, default=131)
    parser.add_argument("last", nargs="?", type=int, default=160)
    asked = parser.parse_args()
    pdftotext = shutil.which("pdftotext")
    if pdftotext is None:
        print("Nothing was measured: pdftotext (poppler-utils) is not on the path.")
        return
    found: dict[str, list[Verdict]] = {way: [] for way in (*WAYS, ITSELF)}
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(asked.first, asked.last + 1):
            register = invent(seed)
            printed = _printed(register, Path(folder))
            found[ITSELF].extend(judged(register, pdf.extract(printed.read_bytes(), printed.name).tables))
            for way, options in WAYS.items():
                text = subprocess.run(
                    [pdftotext, *options, str(printed), "-"], check=True, capture_output=True
                ).stdout
                found[way].extend(judged(register, _tables(text)))
    for way, verdicts in found.items():
        _print(f"{way}, seeds {asked.first} to {asked.last}", verdicts)


def _printed(register: Invented, folder: Path) -> Path:
    source, printed = folder / "register.typ", folder / "register.pdf"
    source.write_text(typst_source(register), encoding="utf-8")
    typst.compile(str(source), output=str(printed))
    return printed


def judged(register: Invented, tables: Sequence[Table]) -> Iterator[Verdict]:
    """Every cell of the truth against the row that the reader gave its reference."""
    rows = _rows(tables, register.headings[0])
    for row in register.rows:
        read = rows.get(row[0], {})
        for heading, meaning, truth in zip(register.headings, register.meanings, row, strict=True):
            cell = read.get(heading)
            said = bare(cell.text) if cell is not None else ""
            confidence = cell.confidence if cell is not None and said else None
            yield Verdict(meaning, confidence, said == bare(truth))


def _tables(text: bytes) -> tuple[Table, ...]:
    try:
        return extract(text, "invented.txt").tables
    except Unreadable:
        return ()


def _rows(tables: Sequence[Table], reference: str) -> dict[str, dict[str, Cell]]:
    """The rows by their reference; a table without headings goes on with those of the table before."""
    found: dict[str, dict[str, Cell]] = {}
    headings: list[str] = []
    for row in (row for table in tables for row in table.rows):
        texts = [" ".join(cell.text.split()) for cell in row]
        if reference in texts:
            headings = texts
        elif len(headings) == len(texts):
            found.setdefault(texts[headings.index(reference)], dict(zip(headings, row, strict=True)))
    return found


def bare(text: str) -> str:
    """Letters, digits and arrows alone: blanks, bullets and line breaks do not count."""
    return re.sub(r"[^a-z0-9↑→↓]", "", text.casefold())


def _print(title: str, verdicts: list[Verdict]) -> None:
    print(f"{title}: {_share(verdicts)} of {len(verdicts)} cells are exactly right")
    columns: dict[str, list[Verdict]] = defaultdict(list)
    for each in verdicts:
        columns[each.meaning].append(each)
    print("  " + ", ".join(f"{meaning} {_share(found)}" for meaning, found in columns.items()))
    print(f"  {'said confidence':18} {'cells':>6} {'right':>7}")
    for low, high in zip(STEPS, (*STEPS[1:], 2.0), strict=True):
        within = [each for each in verdicts if each.confidence is not None and low <= each.confidence < high]
        if within:
            print(f"  {_step(low, high):18} {len(within):6} {_share(within):>7}")
    empty = [each for each in verdicts if each.confidence is None]
    print(f"  {'nothing found':18} {len(empty):6}")


def _step(low: float, high: float) -> str:
    return "1 (certain)" if low == 1 else f"{low:.2f} to under {high:.2f}"


def _share(verdicts: list[Verdict]) -> str:
    return f"{sum(each.right for each in verdicts) / len(verdicts):.1%}" if verdicts else "none"


if __name__ == "__main__":
    main()
