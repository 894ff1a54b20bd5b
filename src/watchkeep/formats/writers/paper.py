"""What a paper says, decided once: cover, table, sheets and annex, which HTML and PDF both lay out.

Nothing here knows fonts, elements or pages; every value is plain, so that it can cross into typst as JSON.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from watchkeep.domain.document import (
    Assessment,
    Column,
    Extra,
    Field,
    Item,
    Loose,
    PartedField,
    RegisterDocument,
    Risk,
    Scale,
    Trend,
)
from watchkeep.domain.edition import AUDIENCES, Edition
from watchkeep.domain.fields import JUDGED, RATED, assessed
from watchkeep.domain.finding import (
    MOVED,
    Finding,
    counted,
    finding,
    in_words,
    listed,
    moved_of,
    written,
)
from watchkeep.domain.scale import shade
from watchkeep.formats.columns import printed_heading

NOT_RECORDED = "not recorded"
NOT_APPLICABLE = "not applicable"
MOST_COLUMNS = 9  # what an A4 page on its side carries legibly
LONGEST_LABEL = 14  # characters; a longer band or label may be broken over lines
SHORT_CELL = 250  # characters; a table of shorter ones is its own overview
LONGEST_CELL = 600  # characters; a longer one would run over pages in a narrow column
FACT = 44  # characters; three fields that say no more stand side by side on a sheet
HALF = 420  # characters; two do
MOST_BARS = 7  # a chart of more is no quicker to read than its table
MOST_FIGURES = 14  # lines of a table on the cover
ARROWS = {"up": "↑", "level": "→", "down": "↓"}

CellKind = Literal["text", "label", "list", "band", "trend", "absent"]


# --- Values -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph (no marker), a bulleted line (•), or a part ((i))."""

    text: str
    marker: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One thing said about one risk. A `label` should not be broken; an `absent` one says why it is."""

    kind: CellKind
    text: str = ""
    lines: tuple[Line, ...] = ()
    step: int = 0
    arrow: str = ""
    moved: str = ""

    @property
    def words(self) -> str:
        """Everything in the cell as plain text, for widths and for readers that take no layout."""
        if self.lines:
            return "\n".join(f"{line.marker} {line.text}".strip() for line in self.lines)
        return f"{self.arrow} {self.text}".strip()


@dataclass(frozen=True, slots=True)
class Heading:
    """A column. `shape` says how it wants to be set: narrow labels, or running text of some weight."""

    text: str
    meaning: str
    shape: Literal["label", "text"]
    longest_word: int
    weight: float


@dataclass(frozen=True, slots=True)
class Row:
    """One risk in the table; `key` ties it to its sheet, `title` is how it is called elsewhere."""

    key: str
    title: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of risks; both empty where the paper has no such table."""

    headings: tuple[Heading, ...] = ()
    rows: tuple[Row, ...] = ()


Pair = tuple[str, Cell]  # a heading, and what it says


@dataclass(frozen=True, slots=True)
class Sheet:
    """One risk at length: what names it, then facts side by side, then its texts."""

    key: str
    title: str
    called: str  # the title, or the name alone where the reference stands beside it
    head: tuple[Pair, ...]
    facts: tuple[tuple[Pair, ...], ...]  # rows of up to three
    texts: tuple[tuple[Pair, ...], ...]  # rows of two or one


@dataclass(frozen=True, slots=True)
class BandRow:
    """One bar of the chart and one line of its table."""

    name: str
    count: int
    step: int


@dataclass(frozen=True, slots=True)
class Paper:
    """All that is printed."""

    title: str
    body: str
    subtitle: str
    facts: tuple[tuple[str, str], ...]
    sentence: str
    notes: tuple[str, ...]
    bands_title: str
    bands_head: str
    bands_alt: str
    bands: tuple[BandRow, ...]
    moved_title: str
    periods: tuple[str, ...]
    moved: tuple[tuple[str, tuple[int, ...]], ...]  # each way of moving, with how many in each period
    missing_title: str
    missing: tuple[tuple[str, int], ...]
    total: int
    glance: Grid  # the register on a page, where the whole of it takes several
    register: Grid  # the source's table; empty where each risk has a sheet instead
    sheets: tuple[Sheet, ...]
    columns: int
    key_to_marks: tuple[tuple[str, str], ...]
    key_bands: tuple[BandRow, ...]
    unassigned: tuple[tuple[str, str], ...]  # where, text
    doubts: tuple[tuple[str, str], ...]  # which risk, sentence
    inferred: tuple[tuple[str, str], ...]  # reason, where
    marking: str
    footer: str
    ledger_head: str


def paper(document: RegisterDocument, edition: Edition | None = None) -> Paper:
    """Decide everything that a paper of `document` says."""
    found = finding(document)
    rows = _few(band_rows(document, found))
    columns = columns_of(document)
    cells = {risk.key: [cell_of(risk, column, document) for column in columns] for risk in document.risks}
    longest = max((len(cell.words) for row in cells.values() for cell in row), default=0)
    spread = len(columns) > MOST_COLUMNS or longest > LONGEST_CELL
    long = spread or (longest > SHORT_CELL and len(document.risks) > 1)
    room = [_room(place, cells) for place in range(len(columns))]
    return Paper(
        title=title_of(document, edition),
        body=document.body.text or "",
        subtitle=_subtitle(document, edition),
        facts=_facts(document, edition),
        sentence=found.sentence,
        notes=_notes(document, found),
        bands_title=bands_title(found),
        bands_head="Rating" if found.bands else "Score",
        bands_alt=_bands_alt(rows),
        bands=rows,
        moved_title=_moved_title(found),
        periods=tuple(document.periods()),
        moved=_moved_rows(document, found),
        missing_title="What the register does not record",
        missing=tuple((each.what.capitalize(), each.count) for each in found.not_recorded),
        total=found.risks,
        glance=_grid(document, columns, cells, _core(columns, document) if long else ()),
        register=_grid(document, columns, cells, () if spread else columns),
        sheets=tuple(_sheet(risk, columns, cells[risk.key], room) for risk in document.risks)
        if spread
        else (),
        columns=len(columns),
        key_to_marks=_key_to_marks(document, found),
        key_bands=tuple(each for each in rows if each.step),
        unassigned=tuple((_where(each), each.text) for each in document.unassigned),
        doubts=tuple((_doubted(document, each.risk), each.sentence) for each in document.doubts),
        inferred=_inferred(document),
        marking=edition.marking if edition else "",
        footer=_footer(document, edition),
        ledger_head=edition.ledger_head if edition else "",
    )


# --- The cover ----------------------------------------------------------------------------------------------


def title_of(document: RegisterDocument, edition: Edition | None) -> str:
    """What the paper is called: the edition's title, else the register's own, else what it is."""
    if edition:
        return edition.title
    return document.name.text or "Risk register"


def _subtitle(document: RegisterDocument, edition: Edition | None) -> str:
    """Period and day, where they are known and the title does not say them already."""
    title = title_of(document, edition)
    day = edition.as_at if edition and edition.as_at else document.as_at.on
    said = [document.period.text or ""] if (document.period.text or "") not in title else []
    said.append(f"as at {written(day)}" if day else (document.as_at.text or ""))
    return ", ".join(each for each in said if each)


def _facts(document: RegisterDocument, edition: Edition | None) -> tuple[tuple[str, str], ...]:
    day = edition.as_at if edition and edition.as_at else document.as_at.on
    facts = [
        ("Body", document.body.text or NOT_RECORDED),
        ("Register", document.name.text or NOT_RECORDED),
        ("Period", document.period.text or NOT_RECORDED),
        ("As at", written(day) if day else document.as_at.text or NOT_RECORDED),
    ]
    if edition:
        facts += [
            ("Edition", f"{edition.sequence}, frozen on {written(edition.frozen_on)}"),
            ("Audience", AUDIENCES[edition.audience]),
        ]
        if edition.ledger_head:
            facts.append(("Ledger head", edition.ledger_head))
    elif document.source:
        facts.append(("Made from", f"{document.source.name}, {document.source.size:,} bytes"))
        facts.append(("SHA-256 of that file", document.source.sha256))
    return tuple(facts)


def _notes(document: RegisterDocument, found: Finding) -> tuple[str, ...]:
    """Counts that stand below the sentence."""
    notes = []
    if found.controls:
        notes.append(_listed_note("control", found.controls, found.dated_controls))
    if found.actions:
        notes.append(_listed_note("action", found.actions, found.dated_actions))
    if found.still_to_come:
        notes.append(f"{_capital(counted(len(found.still_to_come), 'due date'))} still to come.")
    if unmeant := _without_meaning(found):
        known = document.rising_basis in ("stated", "confirmed")
        notes.append(_some_unmeant(unmeant) if known else UNMEANT)
    if document.scale.basis == "inferred" and document.scale.bands:
        order = listed(band.name for band in sorted(document.scale.bands, key=lambda band: -band.rank))
        notes.append(f"The source does not state the order of its ratings. From the highest: {order}.")
    if document.doubts:
        are = "is" if len(document.doubts) == 1 else "are"
        notes.append(
            f"{_capital(counted(len(document.doubts), 'doubt'))} about the source {are} open; see the annex."
        )
    return tuple(notes)


def _listed_note(what: str, number: int, dated: int) -> str:
    """How many there are, and how many can be waited for."""
    name = "names" if dated == 1 else "name"
    of_them = (
        f"it {name if dated else 'does not name'} a date"
        if number == 1
        else f"{in_words(dated)} of them {name} a date"
    )
    return f"{_capital(counted(number, what))} listed; {of_them.replace('no of them', 'none of them')}."


def bands_title(found: Finding) -> str:
    """The chart's finding: which band holds most risks."""
    held = [band for band in found.bands if band.count]
    if not held:
        return f"The highest score is {found.scores[0][0]}" if found.scores else ""
    most = max(band.count for band in held)
    first = [band for band in held if band.count == most]
    names = listed(band.name for band in first)
    if len(held) == 1:
        return f"Every rated risk stands in one band: {names}"
    if len(first) > 1:
        return (
            f"{names} hold {in_words(most)} {'risk' if most == 1 else 'risks'} each, more than any other band"
        )
    return f"{names} holds the most risks: {in_words(most)} of {in_words(found.risks)}"


def band_rows(document: RegisterDocument, found: Finding) -> tuple[BandRow, ...]:
    """Every band of the scale, also an empty one, highest first; then unknown words; then the unrated."""
    rows = [BandRow(band.name, band.count, step_of(document.scale, band.name)) for band in found.bands]
    if not any(row.count for row in rows):
        return tuple(BandRow(score, count, 0) for score, count in found.scores)
    if found.bands and found.unrated:
        rows.append(BandRow("Not rated", len(found.unrated), 0))
    return tuple(rows)


def _few(rows: tuple[BandRow, ...]) -> tuple[BandRow, ...]:
    """As many lines as the cover can carry; the rest are counted together."""
    if len(rows) <= MOST_FIGURES:
        return rows
    rest = rows[MOST_FIGURES - 1 :]
    return (*rows[: MOST_FIGURES - 1], BandRow(f"{len(rest)} others", sum(row.count for row in rest), 0))


def _bands_alt(rows: tuple[BandRow, ...]) -> str:
    """The chart in words."""
    counts = listed(f"{row.name} {row.count}" for row in rows)
    return f"Bar chart of the number of risks in each band: {counts}."


def step_of(scale: Scale, name: str) -> int:
    """Which of the five shades a band has (5 is the darkest); 0 for a word that the scale does not order."""
    return shade(scale, name) or 0


def _moved_title(found: Finding) -> str:
    if not found.moved:
        return ""
    count = {each.moved: each.count for each in found.moved}
    when = found.latest_named
    rose, fell = count["rising"], count["falling"]
    if rose or fell:
        if rose == fell:
            return f"As many arrows rise as fall in {when}"
        return f"More arrows {'rise than fall' if rose > fell else 'fall than rise'} in {when}"
    worse, better = count["worsening"], count["improving"]
    if not worse + count["steady"] + better:
        return f"No movement is recorded for {when}"
    if worse == better:
        return (
            f"As many risks worsened as improved in {when}" if worse else f"Every risk stood still in {when}"
        )
    return f"More risks {'worsened than improved' if worse > better else 'improved than worsened'} in {when}"


def _moved_rows(document: RegisterDocument, found: Finding) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """A line for each way of moving; of worsening and rising, improving and falling, only what occurs."""
    counts = {(each.moved, each.period): each.count for each in found.history}
    rows = [(way, tuple(counts[way, period] for period in document.periods())) for way in MOVED if counts]
    arrows = any(sum(row) for way, row in rows if way in ("rising", "falling"))
    dropped = ("worsening", "improving") if arrows else ("rising", "falling")
    return tuple((way, row) for way, row in rows if sum(row) or way not in dropped)


# --- Columns ------------------------------------------------------------------------------------------------


def columns_of(document: RegisterDocument) -> tuple[Column, ...]:
    """The source's columns in the source's order, then whatever is recorded that none of them shows.

    Columns that were read into one field are shown once, under all their headings.
    """
    merged: dict[str, Column] = {}
    for column in document.columns:
        key = f"extra:{column.heading}" if column.meaning == "extra" else column.meaning
        if key in merged:
            both = merged[key].model_copy(update={"heading": f"{merged[key].heading} / {column.heading}"})
            merged[key] = both if column.heading not in merged[key].heading.split(" / ") else merged[key]
        else:
            merged[key] = column
    for meaning, heading in _recorded_meanings(document):
        key = f"extra:{heading}" if meaning == "extra" else meaning
        merged.setdefault(key, Column(heading=heading, meaning=meaning))
    return tuple(merged.values())


_FIELDS = (
    "reference",
    "name",
    "category",
    "objective",
    "description",
    "cause",
    "event",
    "impact",
    "owner",
    "status",
    "treatment",
    "controls",
    "actions",
    "contingency",
    "date_raised",
    "due_date",
    "review_date",
    "proximity",
    "velocity",
    "confidence",
    "unknowns",
    "whole_rule",
)


def _recorded_meanings(document: RegisterDocument) -> Iterable[tuple[str, str]]:
    """Each field that at least one risk says something in, with the heading that writers print for it."""
    for name in _FIELDS:
        if any(_says(getattr(risk, name)) for risk in document.risks):
            yield name, printed_heading(name)
    for meaning in _recorded_assessments(document):
        yield meaning, printed_heading(meaning)
    for period in document.periods():
        yield f"trends:{period}", printed_heading(f"trends:{period}")
    for period in document.periods():
        if any(each.period == period and each.derived for risk in document.risks for each in risk.trends):
            yield f"derived:{period}", printed_heading(f"derived:{period}")
    for heading in dict.fromkeys(extra.heading for risk in document.risks for extra in risk.extra):
        yield "extra", heading


_ASSESSED = ("likelihood", "impact", "score", "rating", "rationale", "basis", "by", "on")


def _recorded_assessments(document: RegisterDocument) -> Iterable[str]:
    """The whole of each stage first, then its parts in the order in which risks have them."""
    every = [each for risk in document.risks for each in risk.assessments]
    for stage in ("inherent", "residual", "not stated", "target"):
        of_stage = [each for each in every if each.stage == stage]
        for part in sorted({each.part for each in of_stage}, key=lambda part: (part is not None, part)):
            for dimension in _ASSESSED:
                if any(each.part == part and _assessed_says(each, dimension) for each in of_stage):
                    yield f"assessments:{assessed(stage, part)}:{dimension}"


def _assessed_says(assessment: Assessment, dimension: str) -> bool:
    said = getattr(assessment, dimension)
    return said.state != NOT_RECORDED if isinstance(said, Field) else bool(said)


def _says(value: Field | tuple[Item, ...]) -> bool:
    if isinstance(value, tuple):
        return bool(value)
    return value.state != NOT_RECORDED


def cell_of(risk: Risk, column: Column, document: RegisterDocument) -> Cell:
    """What `risk` says under `column`."""
    kind, _, rest = column.meaning.partition(":")
    if kind == "trends":
        return _trend_cell(next((each for each in risk.trends if each.period == rest), None), document)
    if kind == "derived":
        return _derived_cell(next((each for each in risk.trends if each.period == rest), None))
    if kind == "assessments":
        return _assessment_cell(risk, rest, document)
    if kind in ("controls", "actions"):
        return items_cell(getattr(risk, kind))
    if kind != "extra" and kind in Risk.model_fields:
        return _field_cell(getattr(risk, kind), kind)
    return _extra_cell(risk.extra, column.heading)


def _field_cell(field: Field, name: str) -> Cell:
    if not field.recorded:
        return _absent(field)
    if isinstance(field, PartedField) and field.parts:
        return Cell("text", lines=parted_lines(field))
    text = (field.text or "").strip()
    if name == "reference" or ("date" in name and len(text) < 20):
        return Cell("label", " ".join(text.split()))
    return Cell("text", lines=_paragraphs(text))


def _extra_cell(extras: tuple[Extra, ...], heading: str) -> Cell:
    wanted = [each for each in extras if each.heading in (heading, *heading.split(" / "))]
    if not any(each.recorded for each in wanted):
        return _absent(wanted[0]) if wanted else _absent(Field())
    return Cell("text", lines=tuple(line for each in wanted if each.text for line in _paragraphs(each.text)))


def _assessment_cell(risk: Risk, rest: str, document: RegisterDocument) -> Cell:
    which, _, dimension = rest.rpartition(":")
    found = next((each for each in risk.assessments if assessed(each.stage, each.part) == which), None)
    said = getattr(found, dimension, None) if found else None
    if dimension in ("by", "on"):
        text = written(said) if isinstance(said, date) else said or ""
        return Cell("label" if dimension == "on" else "text", text) if text else _absent(Field())
    field: Field = said or Field()
    if not field.recorded:
        return _absent(field)
    if dimension in JUDGED:
        return Cell("text", lines=_paragraphs(field.text or ""))
    text = " ".join((field.text or "").split())
    if dimension == "rating":
        return Cell("band", text, step=step_of(document.scale, text))
    return Cell("label" if len(text) < 20 else "text", text, lines=() if len(text) < 20 else (Line(text),))


def _trend_cell(trend: Trend | None, document: RegisterDocument) -> Cell:
    if trend is None or not trend.recorded:
        return _absent(trend or Field())
    moved = moved_of(trend)
    arrow = ARROWS.get(trend.direction or "", "") or _arrow_for(moved, document)
    if moved == NOT_RECORDED:
        return Cell("trend", (trend.text or "").strip(), arrow="", moved=NOT_RECORDED)
    return Cell("trend", moved, arrow=arrow, moved=moved)


def _derived_cell(trend: Trend | None) -> Cell:
    """What the evidence makes of a trend, and why a person said otherwise."""
    if trend is None or not trend.derived:
        return _absent(Field())
    lines = [Line(f"{_capital(trend.derived)}. {trend.basis}".strip())]
    if trend.override_reason:
        lines.append(Line(f"Overridden: {trend.override_reason}"))
    return Cell("text", lines=tuple(lines))


def _arrow_for(moved: str, document: RegisterDocument) -> str:
    """The arrow for a movement that the source gives in a word, under this register's own rule."""
    if moved == "steady":
        return "→"
    if moved not in ("worsening", "improving"):
        return ""
    return "↑" if (moved == document.rising_means) else "↓"


def _absent(field: Field) -> Cell:
    return Cell("absent", NOT_APPLICABLE if field.state == NOT_APPLICABLE else NOT_RECORDED)


def items_cell(items: tuple[Item, ...]) -> Cell:
    """Controls or actions as lines: the first of each part carries the part's marker, the others a bullet."""
    recorded = [item for item in items if item.recorded]
    if not recorded:
        return _absent(items[0]) if items else _absent(Field())
    lines = []
    part: str | None = None
    for item in recorded:
        opens = item.part is not None and item.part != part
        part = item.part if item.part is not None else part
        lines.append(Line(" ".join((item.text or "").split()), f"({item.part})" if opens else "•"))
    if len(lines) == 1 and lines[0].marker == "•":
        return Cell("text", lines=(Line(lines[0].text),))
    return Cell("list", lines=tuple(lines))


_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_MARKER = re.compile(r"[\s(\[]*([0-9]{1,2}|[ivxIVX]{1,5}|[A-Za-z])[\s.):\]–—-]*")


def parted_lines(field: PartedField) -> tuple[Line, ...]:
    """The lead (if any) and the parts; the text as it stands where the parts do not account for all of it."""
    text = " ".join((field.text or "").split())
    lines: list[Line] = []
    position = 0
    for part in field.parts:
        wanted = " ".join(part.text.split())
        start = text.find(wanted, position)
        if start < 0:
            return _paragraphs(field.text or "")
        between = text[position:start]
        mark = bare_marker(part.marker)
        lead = re.sub(rf"[\s(\[]*{re.escape(mark)}[\s.):\]–—-]*$", "", between, flags=re.IGNORECASE).strip()
        if lead and lines:
            return _paragraphs(field.text or "")
        if lead:
            lines.append(Line(lead))
        lines.append(Line(wanted, f"({mark})" if mark else "•"))
        position = start + len(wanted)
    if text[position:].strip():
        return _paragraphs(field.text or "")
    return tuple(lines)


def bare_marker(marker: str) -> str:
    """`i` for `i -`, `(i)` or `i.`; nothing for a bullet."""
    found = _MARKER.fullmatch(marker)
    return found[1] if found else ""


def _paragraphs(text: str) -> tuple[Line, ...]:
    """One line for each line of the text that says anything; leading bullets become bullets."""
    lines = []
    for raw in text.splitlines():
        line = " ".join(raw.split())
        bullet = re.match(r"[•‣▪●·*]\s+|[-–—]\s+(?=\S)", line)
        if line:
            lines.append(Line(line[bullet.end() :], "•") if bullet else Line(line))
    return tuple(lines) or (Line(text.strip()),)


def called(risk: Risk) -> str:
    """Reference and name, or what there is."""
    said = [" ".join(field.text.split()) for field in (risk.reference, risk.name) if field.text]
    return " ".join(said) or f"Risk {risk.key}"


# --- Table or sheets ----------------------------------------------------------------------------------------


def _grid(
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


def _core(columns: tuple[Column, ...], document: RegisterDocument) -> tuple[Column, ...]:
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


def _sheet(risk: Risk, columns: tuple[Column, ...], cells: list[Cell], room: list[int]) -> Sheet:
    """`room` says for each column how many of its kind may stand side by side, the same for every risk."""
    named: list[Pair] = []
    facts: list[Pair] = []
    trends: list[Pair] = []
    half: list[Pair] = []
    texts: list[tuple[Pair, ...]] = []
    for column, cell, beside in zip(columns, cells, room, strict=True):
        pair = (" ".join(column.heading.split()) or printed_heading(column.meaning), cell)
        if column.meaning in ("reference", "name"):
            named.append(pair)
        elif beside == 3:
            (trends if column.meaning.startswith("trends:") else facts).append(pair)
        elif beside == 2 and not half:
            half.append(pair)
        else:
            texts += [(*half, pair)] if beside == 2 else [*([tuple(half)] if half else []), (pair,)]
            half = []
    texts += [tuple(half)] if half else []
    named.sort(key=lambda pair: pair[1].kind != "label")
    name = " ".join((risk.name.text or "").split()) or called(risk)
    return Sheet(
        risk.key, called(risk), name, tuple(named), (*_threes(facts), *_threes(trends)), tuple(texts)
    )


def _threes(pairs: list[Pair]) -> list[tuple[Pair, ...]]:
    return [tuple(pairs[start : start + 3]) for start in range(0, len(pairs), 3)]


def _room(place: int, cells: dict[str, list[Cell]]) -> int:
    """How many fields like this one may stand side by side: three short ones, two of some lines, or one."""
    longest = max((len(row[place].words) for row in cells.values()), default=0)
    if longest <= FACT and not any(len(row[place].lines) > 1 for row in cells.values()):
        return 3
    return 2 if longest <= HALF and not any(row[place].kind == "list" for row in cells.values()) else 1


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


# --- The annex ----------------------------------------------------------------------------------------------


def _key_to_marks(document: RegisterDocument, found: Finding) -> tuple[tuple[str, str], ...]:
    marks = [
        (NOT_RECORDED, "The source says nothing here. Nothing has been filled in."),
        (
            NOT_APPLICABLE,
            "The source says that there is nothing to record, as for a risk that was not open yet.",
        ),
    ]
    if found.history:
        marks.append(("↑ → ↓", _meaning_of_arrows(document, found)))
    marks.append(
        (
            "(i) (ii)",
            "Parts of one risk. The first control of a part carries its number; those after it belong to it.",
        )
    )
    return tuple(marks)


UNMEANT = "The source does not say what its arrows mean, so none is counted as worse or better."


def _without_meaning(found: Finding) -> int:
    """How many rising and falling arrows, over all periods, nobody has given a meaning."""
    return sum(each.count for each in found.history if each.moved in ("rising", "falling"))


def _some_unmeant(number: int) -> str:
    """Where a meaning is known for the register, but a few arrows (of an older paper, say) are outside it."""
    has, its = ("has", "it is") if number == 1 else ("have", "they are")
    arrows = counted(number, "rising or falling arrow")
    return f"{_capital(arrows)} {has} been given no meaning, so {its} not counted as worse or better."


def _meaning_of_arrows(document: RegisterDocument, found: Finding) -> str:
    unmeant = _without_meaning(found)
    falls = "improving" if document.rising_means == "worsening" else "worsening"
    rule = f"Rising means {document.rising_means}, level means steady, falling means {falls}"
    if document.rising_basis in ("stated", "confirmed"):
        who = "the body has confirmed this" if document.rising_basis == "confirmed" else "the source says so"
        return f"{rule}: {who}." + (f" {_some_unmeant(unmeant)}" if unmeant else "")
    if unmeant:
        return (
            "As the source has them: rising, steady, falling. The source does not say which of them is worse."
        )
    if document.rising_basis == "assumed":
        return "The source does not say what a rising or falling arrow means. Nothing here depends on it."
    return f"The source gives words and no arrows. The arrows here stand for its words: {rule.lower()}."


def _where(loose: Loose) -> str:
    return listed(place.label for place in loose.places[:3]) or "place not recorded"


def _doubted(document: RegisterDocument, key: str | None) -> str:
    risk = document.risk(key) if key else None
    return (risk.reference.text or called(risk)) if risk else "Whole register"


def _inferred(document: RegisterDocument) -> tuple[tuple[str, str], ...]:
    """Fields that a reader placed by inference, gathered under the reason it gave."""
    reasons: dict[str, dict[str, None]] = {}
    for risk in document.risks:
        name = risk.reference.text or called(risk)
        for what, field in each_field(risk):
            if field.confidence < 1:
                reasons.setdefault(_sentence(field.reason), {})[f"{name} {what}"] = None
    return tuple((reason, listed(where)) for reason, where in reasons.items())


def each_field(risk: Risk) -> Iterable[tuple[str, Field]]:
    """Every field of a risk with what people call it."""
    for name in _FIELDS:
        value = getattr(risk, name)
        for field in value if isinstance(value, tuple) else (value,):
            yield printed_heading(name).lower(), field
    for trend in risk.trends:
        yield f"trend {trend.period}", trend
    for assessment in risk.assessments:
        for dimension in (*RATED, *(name for name in JUDGED if getattr(assessment, name).recorded)):
            meaning = f"assessments:{assessed(assessment.stage, assessment.part)}:{dimension}"
            yield printed_heading(meaning).lower(), getattr(assessment, dimension)
    for extra in risk.extra:
        yield extra.heading, extra


def _footer(document: RegisterDocument, edition: Edition | None) -> str:
    if edition is None:
        return f"From {document.source.name}; not an edition" if document.source else "Not an edition"
    head = f", ledger head {edition.short_head}" if edition.ledger_head else ""
    return f"Edition {edition.sequence}, frozen on {written(edition.frozen_on)}{head}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _sentence(text: str) -> str:
    return _capital(text.rstrip(".")) + "."


# --- Passing text on ----------------------------------------------------------------------------------------


def as_data(value: object, change: Callable[[str], str]) -> dict[str, object]:
    """A paper (or a piece of one) as JSON-ready values, with `change` made to every string."""
    names = getattr(value, "__dataclass_fields__", {})
    return {name: _as_data(getattr(value, name), change) for name in names}


def without_turns(text: str) -> str:
    """`text` without the signs that force its direction, and so can make it seem to say something else."""
    return _TURNS.sub("", text)


def _as_data(value: object, change: Callable[[str], str]) -> object:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, tuple):
        return [_as_data(each, change) for each in value]
    return as_data(value, change) if hasattr(value, "__dataclass_fields__") else value
