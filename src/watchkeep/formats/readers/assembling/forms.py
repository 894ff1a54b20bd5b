"""Reads registers that put a label beside or over its text: one form a risk, or a table with the risks
across.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from watchkeep.domain.document import Loose
from watchkeep.formats.cells import Cell, Piece, Table
from watchkeep.formats.columns import Recognised, normal, recognise
from watchkeep.formats.readers.assembling.headings import IDENTITY, Heading
from watchkeep.formats.readers.assembling.ratings import looks_like_level
from watchkeep.formats.readers.assembling.rows import Gathered, Record, Segment, loose_row
from watchkeep.formats.readers.assembling.text import one_line

LONGEST_LABEL = 70
REFERENCE, NAME = "Reference\N{ZERO WIDTH SPACE}", "Name\N{ZERO WIDTH SPACE}"  # no file writes them so
GROUP = "group"
MADE_UP = "a label that the file does not print"
FEWEST_LABELS = 3
LABELLED = re.compile(r"^(?P<label>[^:\n]{2,60}?)\s*:\s*(?P<rest>.*)$")
HEAD_REFERENCE = re.compile(
    r"^(?:risk\s*(?:no\.?|number|ref\.?)?\s*:?\s*)?[A-Z]{0,5}[\s\-_/]?\d{1,4}$", re.IGNORECASE
)
HEADED = re.compile(
    r"^(?P<reference>(?:risk|ref|no)?\.?\s*(?:[A-Z]{1,6}[\s\-_/]?)?\d{1,4}(?:\.\d+)?[a-z]?)\s*(?:[:.)–—-]\s*|\s{2,})(?P<name>\S.{2,150})$",
    re.IGNORECASE,
)


def label(cell: Cell) -> Recognised | None:
    """What a cell means as a label, where it is surely one."""
    text = one_line(cell.text)
    if not text or len(text) > LONGEST_LABEL or cell.text.count("\n") > 2:
        return None
    found = recognise(text.rstrip(" :"))
    if found is None or found.meaning.startswith("letter:"):
        return None
    return found if found.confidence == 1 or (text.endswith(":") and found.confidence >= 0.85) else None


def is_form(table: Table) -> bool:
    """Whether labels stand down the left side, each with its text to the right, one of them naming the
    risk.
    """
    rows = [[cell for cell in row if cell.text] for row in table.rows]
    rows = [row for row in rows if row]
    meanings = set()
    labelled = 0
    for row in rows:
        found = label(row[0])
        if _heads_a_risk(row) or _headed(row):
            meanings.add("reference")
            labelled += 1
        elif found and (len(row) == 1 or label(row[1]) is None or len(row) == 2):
            meanings.add(found.meaning)
            labelled += 1
        elif len(row) <= 3 and any(_labelled_lines(cell) for cell in row):
            labelled += 1
            meanings |= {each.meaning for cell in row for each, _, _ in _labelled_lines(cell)}
    return len(meanings) >= FEWEST_LABELS and bool(meanings & IDENTITY) and labelled * 2 >= len(rows)


def is_transposed(table: Table) -> bool:
    """Whether the risks stand side by side: labels left, and to the right of most of them several texts,
    no label.
    """
    if not table.rows or len(table.rows[0]) < 3:
        return False
    across = labelled = 0
    for row in table.rows:
        if label(row[0]) is None:
            continue
        labelled += 1
        filled = [cell for cell in row[1:] if cell.text]
        across += len(filled) >= 2 and not any(label(cell) for cell in filled)
    return labelled >= FEWEST_LABELS and across * 3 >= labelled * 2


def turned(table: Table) -> Table:
    """A table with rows and columns exchanged."""
    width = len(table.rows[0])
    rows = tuple(tuple(row[column] for row in table.rows) for column in range(width))
    return replace(table, rows=rows, repeats=frozenset())


@dataclass
class _Form:
    """The pairs of label and text read so far, risk by risk."""

    records: list[dict[str, Cell]] = field(default_factory=list)
    headings: dict[str, Heading] = field(default_factory=dict)
    labels: list[Loose] = field(default_factory=list)
    tables: list[str] = field(default_factory=list)
    spare: list[Loose] = field(default_factory=list)
    current: dict[str, Cell] = field(default_factory=dict)
    table: str = ""

    def start(self, table: str) -> None:
        """A new risk begins."""
        self.finish()
        self.table = table

    def finish(self) -> None:
        """The risk being read is complete."""
        if self.current:
            self.records.append(self.current)
            self.tables.append(self.table)
            self.current = {}

    def add(self, found: Recognised, words: Cell, text: str, value: Cell) -> None:
        """One label and its text."""
        if found.meaning == GROUP:
            self.labels.extend(loose_row([words], "a label over others"))
            return
        if found.meaning == "impact?" and value.text:
            level = looks_like_level(one_line(value.text))
            found = replace(found, meaning="assessments:not stated:impact" if level else "impact")
        key = f"{found.meaning}|{normal(text)}" if found.meaning == "extra" else found.meaning
        told = one_line(self.current.get(key, Cell()).text)
        if found.meaning in ("reference", "name") and told and told != one_line(value.text):
            self.start(self.table)
        if key not in self.headings:
            self.headings[key] = Heading(
                len(self.headings),
                text,
                found.meaning,
                found.confidence,
                found.reason,
                words.places,
                found.rank,
            )
        if words.reason != MADE_UP:
            self.labels.extend(loose_row([words], "a label"))
        before = self.current.get(key)
        if before is not None and before.text and value.text:
            between = Piece("", value.pieces[0].place)
            value = replace(before, pieces=(*before.pieces, between, *value.pieces))
        self.current[key] = value


def gather_forms(tables: Sequence[Table], gathered: Gathered) -> list[Table]:
    """Reads the tables that are forms into one segment; those that are none come back."""
    form = _Form()
    left: list[Table] = []
    for table in tables:
        if not is_form(table):
            left.append(table)
            continue
        read = _read(table)
        names = {meaning for meaning, *_ in read if meaning in IDENTITY}
        if names & set(form.current) or not form.current:
            form.start(table.name)
        for pair in read:
            form.add(*pair[1:])
        form.spare.extend(_spare(table, read))
    form.finish()
    _hand_over(form, gathered)
    return left


def _hand_over(form: _Form, gathered: Gathered) -> None:
    records: list[Record] = []
    for each, table in zip(form.records, form.tables, strict=True):
        if any(form.headings[key].meaning in IDENTITY and cell.text for key, cell in each.items()):
            records.append(Record({form.headings[key].index: cell for key, cell in each.items()}, table))
        else:
            gathered.unassigned.extend(loose_row(each.values(), "a form that names no risk"))
    if records:
        gathered.segments.append(Segment(tuple(form.headings.values()), records, "forms"))
    seen: set[str] = set()
    for loose in form.labels:
        known = loose.text.casefold() in seen
        seen.add(loose.text.casefold())
        (gathered.furniture if known else gathered.header).append(loose)
    gathered.unassigned.extend(form.spare)


Pair = tuple[str, Recognised, Cell, str, Cell]


def _read(table: Table) -> list[Pair]:
    """The pairs of a form in reading order."""
    pairs: list[Pair] = []
    rows = [row for row in table.rows if any(cell.text for cell in row)]
    group = ""
    skip = False
    for index, row in enumerate(rows):
        if skip:
            skip = False
            continue
        filled = [(column, cell) for column, cell in enumerate(row) if cell.text]
        says_risk = bool(filled) and filled[0][1].text.casefold().startswith("risk")
        if (index == 0 or says_risk) and _heads_a_risk([cell for _, cell in filled]):
            pairs.extend(_named([cell for _, cell in filled]))
            continue
        if index == 0 and (headed := _headed([cell for _, cell in filled])):
            pairs.extend(_named(headed))
            continue
        following = rows[index + 1] if index + 1 < len(rows) else None
        labels = [label(cell) for _, cell in filled]
        if len(filled) == 1 and following is not None and labels[0] is not None:
            if _starts_with_label(following):
                group = one_line(filled[0][1].text)
                pairs.append(("", Recognised(GROUP), filled[0][1], group, Cell()))
                continue
            value = next(cell for cell in following if cell.text)
            pairs.append(_pair(filled[0][1], value, group))
            skip = True
        elif len(filled) > 1 and all(labels) and following and not (len(filled) == 2 and _pairs_in(rows)):
            pairs.extend(_pair(cell, _below(following, column, filled), group) for column, cell in filled)
            skip = True
        else:
            pairs.extend(_along(filled, group))
            if not (filled and label(filled[0][1])):
                group = (
                    one_line(filled[0][1].text) if len(filled) == 1 and len(filled[0][1].text) < 40 else ""
                )
    return pairs


def _named(cells: Sequence[Cell]) -> list[Pair]:
    """The reference and the name of a risk that no label stands beside."""
    return [
        (meaning, Recognised(meaning), Cell(reason=MADE_UP), meaning.capitalize(), cell)
        for meaning, cell in zip(("reference", "name"), cells, strict=True)
    ]


def _heads_a_risk(row: Sequence[Cell]) -> bool:
    """A row like "Risk 3 | Flooding" at the head of a form."""
    return (
        len(row) == 2
        and bool(HEAD_REFERENCE.match(one_line(row[0].text)))
        and not row[0].text.isdigit()
        and label(row[1]) is None
        and not HEAD_REFERENCE.match(one_line(row[1].text))
    )


def _headed(row: Sequence[Cell]) -> tuple[Cell, Cell] | None:
    """Reference and name of a lone cell like "R4 – Flooding" over the whole form."""
    match = HEADED.match(one_line(row[0].text)) if len(row) == 1 and label(row[0]) is None else None
    if match is None or not re.search(r"[A-Za-z]", match["reference"]):
        return None
    place = row[0].places[0]
    return (
        replace(row[0], pieces=(Piece(match["reference"], place),)),
        replace(row[0], pieces=(Piece(match["name"], place),)),
    )


def _pairs_in(rows: Sequence[Sequence[Cell]]) -> bool:
    two = [row for row in rows if sum(1 for cell in row if cell.text) == 2]
    return len(two) * 2 > len(rows)


def _starts_with_label(row: Sequence[Cell]) -> bool:
    filled = [cell for cell in row if cell.text]
    return len(filled) > 1 and label(filled[0]) is not None


def _below(row: Sequence[Cell], column: int, filled: Sequence[tuple[int, Cell]]) -> Cell:
    following = [other for other, _ in filled if other > column]
    end = following[0] if following else len(row)
    return next((cell for cell in row[column:end] if cell.text), Cell())


def _pair(words: Cell, value: Cell, group: str) -> Pair:
    text = one_line(words.text).rstrip(" :")
    found = recognise(text, group) or recognise(text) or Recognised("extra")
    full = (
        f"{group} {text}".strip() if group and found.meaning.startswith(("assessments:", "trends:")) else text
    )
    return (found.meaning, found, words, full, value)


def _along(filled: Sequence[tuple[int, Cell]], group: str) -> Iterator[Pair]:
    """Label, text, label, text … along a row; a cell may also hold its label and text itself."""
    position = 0
    while position < len(filled):
        cell = filled[position][1]
        following = filled[position + 1][1] if position + 1 < len(filled) else None
        if label(cell) is not None:
            # Beside a label stands its text, even if that text ("Director") could be a label elsewhere.
            yield _pair(cell, following or Cell(), group)
            position += 2
            continue
        own = _labelled_lines(cell)
        if own:
            for found, text, value in own:
                yield (found.meaning, found, Cell(), text, value)
        elif position == 0 and following is not None and len(one_line(cell.text)) <= LONGEST_LABEL:
            yield (
                "extra",
                recognise(one_line(cell.text), group) or Recognised("extra"),
                cell,
                one_line(cell.text),
                following,
            )
            position += 1
        position += 1


def _labelled_lines(cell: Cell) -> list[tuple[Recognised, str, Cell]]:
    """The pairs inside one cell: "Owner: Head of Estates" on a line, and the lines that follow it."""
    pairs: list[tuple[Recognised, str, Cell]] = []
    for piece in cell.pieces:
        match = LABELLED.match(piece.text.strip())
        found = recognise(match.group("label")) if match else None
        if match and found and found.confidence == 1 and not found.meaning.startswith("letter:"):
            rest = Piece(match.group("rest"), piece.place)
            pairs.append((found, match.group("label"), replace(cell, pieces=(rest,))))
        elif pairs:
            found, text, value = pairs[-1]
            pairs[-1] = (found, text, replace(value, pieces=(*value.pieces, piece)))
        elif piece.text.strip():
            return []
    return pairs


def _spare(table: Table, pairs: Sequence[Pair]) -> list[Loose]:
    taken = {id(cell) for *_, words, _, value in pairs for cell in (words, value)}
    used = {piece.place for *_, value in pairs for piece in value.pieces}
    return [
        Loose(text=cell.text, places=cell.places, reason="in a form, beside no label")
        for row in table.rows
        for cell in row
        if cell.text and id(cell) not in taken and not set(cell.places) & used
    ]


def form_of_lines(pieces: Sequence[Piece]) -> Table | None:
    """Paragraphs of "label: text" as a form; a line like "Risk 3: Flooding" begins a risk."""
    rows: list[list[list[Piece]]] = []
    labels = 0
    for piece in pieces:
        text = piece.text.strip()
        match = LABELLED.match(text)
        found = recognise(match.group("label")) if match else None
        headed = HEADED.match(text)
        if match and found and found.confidence == 1:
            labels += 1
            rows.append(
                [[Piece(match.group("label"), piece.place)], [Piece(match.group("rest"), piece.place)]]
            )
        elif headed and len(text) < 160:
            rows.append([[Piece(REFERENCE, piece.place)], [Piece(headed.group("reference"), piece.place)]])
            rows.append([[Piece(NAME, piece.place)], [Piece(headed.group("name"), piece.place)]])
        elif text and (found := recognise(text.rstrip(":"))) and found.confidence == 1 and text.endswith(":"):
            labels += 1
            rows.append([[Piece(text.rstrip(":"), piece.place)], []])
        elif rows and text:
            rows[-1][1].append(piece)
    if labels < FEWEST_LABELS:
        return None
    made = tuple((_label_cell(words), Cell(tuple(value))) for words, value in rows)
    return Table(made, "paragraphs")


def _label_cell(words: Sequence[Piece]) -> Cell:
    made_up = words[0].text in (REFERENCE, NAME)
    return Cell(tuple(words), reason=MADE_UP if made_up else "")
