"""The tables of a paper, whole or at a glance, and how each of their columns wants to be set."""

from __future__ import annotations

from watchkeep.domain.document import Column, RegisterDocument, Risk
from watchkeep.formats.columns import printed_heading
from watchkeep.formats.writers.paper.cells import called, cell_of
from watchkeep.formats.writers.paper.values import Cell, Grid, Heading, Row

MOST_COLUMNS = 9  # what an A4 page on its side carries legibly
LONGEST_LABEL = 14  # characters; a longer band or label may be broken over lines


def grid_of(
    document: RegisterDocument,
    columns: tuple[Column, ...],
    cells: dict[str, list[Cell]],
    chosen: tuple[Column, ...],
) -> Grid:
    """The chosen columns of every risk."""
    if not chosen or not document.risks:
        return Grid()
    places = [columns.index(column) for column in chosen]
    return Grid(
        tuple(_heading(columns[place], [row[place] for row in cells.values()]) for place in places),
        tuple(
            Row(risk.key, called(risk), tuple(cells[risk.key][place] for place in places))
            for risk in document.risks
        ),
    )


def core_of(columns: tuple[Column, ...], document: RegisterDocument) -> tuple[Column, ...]:
    """What the overview shows where each risk has a sheet: who, where it stands, what moved, when due."""
    periods = list(document.periods())[-3:]
    wanted = ["reference", "name", "category", "owner", *_standing_columns(document)]
    wanted += [*(f"trends:{period}" for period in periods), "status", "due_date"]
    short = [
        column
        for column in columns
        if column.meaning in wanted
        and all(len(_plain_text(risk, column, document)) <= 320 for risk in document.risks)
    ]
    while len(short) > MOST_COLUMNS:
        short.remove(max(short, key=lambda column: wanted.index(column.meaning)))
    return tuple(short) or columns[:1]


def _plain_text(risk: Risk, column: Column, document: RegisterDocument) -> str:
    return cell_of(risk, column, document).words


def _standing_columns(document: RegisterDocument) -> list[str]:
    """The score and rating of the stage that most risks stand at."""
    stages = [risk.standing.stage for risk in document.risks if risk.standing]
    if not stages:
        return []
    stage = max(set(stages), key=stages.count)
    return [f"assessments:{stage}:{dimension}" for dimension in ("rating", "score", "likelihood", "impact")]


def _heading(column: Column, cells: list[Cell]) -> Heading:
    """How a column wants to be set, judged by what stands in it."""
    kind = column.meaning.partition(":")[0]
    lengths = sorted(len(cell.words) for cell in cells) or [0]
    typical = lengths[min(len(lengths) - 1, int(len(lengths) * 0.85))]
    narrow = kind in ("reference", "trends") or all(
        cell.kind in ("label", "band", "trend", "absent") for cell in cells
    )
    words = [word for cell in cells for word in _unbreakable(cell)]
    longest = max((len(word) for word in [*words, *column.heading.split()]), default=1)
    return Heading(
        text=" ".join(column.heading.split()) or printed_heading(column.meaning),
        meaning=column.meaning,
        shape="label" if narrow else "text",
        longest_word=min(longest, 24),
        weight=max(typical, 40) ** 0.85,
    )


def _unbreakable(cell: Cell) -> list[str]:
    if cell.kind == "label":
        return cell.text.split()
    if cell.kind == "band":
        # The bars beside the word take about five letters. A short band stays on one line.
        whole = len(cell.text) <= LONGEST_LABEL
        return [f"{word}....." for word in ([cell.text] if whole else cell.text.split())]
    return cell.words.split()
