"""Measure, and print one line each: what, median seconds, the peer's, and the ratio.

Whole processes, start-up included, after one warm-up. A ratio travels between machines; seconds do not.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parents[1]
SHARED = HERE.parent / "shared" / "registers" / "wmp-2020-21-q4"
EXAMPLE = HERE / "examples" / "calder_vale"
RUNS = 5
WATCHKEEP = [sys.executable, "-m", "watchkeep"]

TABLES_ALONE = "import sys, pdfplumber\nfor page in pdfplumber.open(sys.argv[1]).pages: page.extract_tables()"
WORKBOOK_ALONE = "import sys, openpyxl\nfor sheet in openpyxl.load_workbook(sys.argv[1]): list(sheet.values)"
WORD_ALONE = (
    "import sys, docx\n"
    "for table in docx.Document(sys.argv[1]).tables:\n"
    "    for row in table.rows: [cell.text for cell in row.cells]"
)


@dataclass(frozen=True)
class Measure:
    """One thing to time, and the plainest other way of doing the nearest thing."""

    name: str
    command: list[str]
    peer_name: str
    peer: list[str]


def measures(folder: str) -> list[Measure]:
    """The figures that the documents quote, on the shared register where it is beside the checkout."""
    there = SHARED.is_dir()
    text = (
        SHARED / "source.txt" if there else HERE / "examples" / "layouts" / "harbour_notes" / "register.txt"
    )
    pdf = SHARED / "register.pdf" if there else EXAMPLE / "2025-26-q4.pdf"
    workbook = SHARED / "register.xlsx" if there else EXAMPLE / "2025-26-q3.xlsx"
    word = SHARED / "register.docx" if there else EXAMPLE / "2025-26-q2.docx"
    out = f"{folder}/read.json"
    nothing = [sys.executable, "-c", "pass"]
    plain = [sys.executable, "-c"]
    paper = [*WATCHKEEP, "publish", str(pdf), "--to", folder, "--format", "pdf"]
    return [
        Measure("watchkeep --help", [*WATCHKEEP, "--help"], "python, nothing else", nothing),
        Measure(
            "read flattened text",
            [*WATCHKEEP, "read", str(text), "--json", out],
            "python, nothing else",
            nothing,
        ),
        Measure(
            "read a PDF",
            [*WATCHKEEP, "read", str(pdf), "--json", out],
            "pdfplumber, tables only",
            [*plain, TABLES_ALONE, str(pdf)],
        ),
        Measure(
            "read a workbook",
            [*WATCHKEEP, "read", str(workbook), "--json", out],
            "openpyxl, values only",
            [*plain, WORKBOOK_ALONE, str(workbook)],
        ),
        Measure(
            "read a Word file",
            [*WATCHKEEP, "read", str(word), "--json", out],
            "python-docx, texts only",
            [*plain, WORD_ALONE, str(word)],
        ),
        Measure(
            "read a PDF and publish it as PDF",
            paper,
            "reading it alone",
            [*WATCHKEEP, "read", str(pdf), "--json", out],
        ),
    ]


def median(command: list[str]) -> float:
    """Median seconds of several runs of a command, after one that does not count."""
    taken = []
    for _ in range(RUNS + 1):
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        taken.append(time.perf_counter() - start)
    return statistics.median(taken[1:])


def main() -> None:
    """Print the table."""
    print(f"{'what':36} {'seconds':>8}   {'peer':26} {'seconds':>8} {'ratio':>7}")
    with tempfile.TemporaryDirectory() as folder:
        for each in measures(folder):
            ours, theirs = median(each.command), median(each.peer)
            print(
                f"{each.name:36} {ours:8.2f}   {each.peer_name:26} {theirs:8.2f} {ours / theirs:7.2f}",
                flush=True,
            )


main()
