"""What a paper says, decided once: cover, table, sheets and annex, which HTML and PDF both lay out.

Nothing here knows fonts, elements or pages; every value is plain, so that it can cross into typst as JSON.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from watchkeep.domain.document import RegisterDocument
from watchkeep.domain.edition import Edition
from watchkeep.domain.finding import finding
from watchkeep.formats.writers.paper.annex import doubted, inferred_of, key_to_marks, where_of
from watchkeep.formats.writers.paper.cells import cell_of
from watchkeep.formats.writers.paper.columns import columns_of
from watchkeep.formats.writers.paper.cover import (
    facts_of,
    footer_of,
    head_of,
    notes_of,
    overridden_of,
    subtitle_of,
    title_of,
)
from watchkeep.formats.writers.paper.coverage import coverage_note
from watchkeep.formats.writers.paper.figures import (
    band_rows,
    bands_in_words,
    bands_title,
    moved_table,
    moved_title,
    moves_turned,
    shortened,
)
from watchkeep.formats.writers.paper.front import front_of
from watchkeep.formats.writers.paper.grids import MOST_COLUMNS, core_of, grid_of
from watchkeep.formats.writers.paper.late import late_of
from watchkeep.formats.writers.paper.measures import measures_of, readings_of, sentence_of
from watchkeep.formats.writers.paper.ordering import ordered
from watchkeep.formats.writers.paper.promises import promises_of
from watchkeep.formats.writers.paper.references import References, referenced
from watchkeep.formats.writers.paper.sheets import room_of, sheet_of
from watchkeep.formats.writers.paper.since import since_of
from watchkeep.formats.writers.paper.sources import sources_of
from watchkeep.formats.writers.paper.values import (
    BandRow,
    Cell,
    FrontSheet,
    Grid,
    Late,
    Listing,
    Measures,
    MovedTable,
    Sheet,
    SinceSheet,
)

SHORT_CELL = 250  # characters; a table of shorter ones is its own overview
LONGEST_CELL = 600  # characters; a longer one would run over pages in a narrow column


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
    moved: MovedTable
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
    head: str = ""  # the ledger's head, as a program that checks the file finds it
    front: FrontSheet | None = None
    since: SinceSheet | None = None
    promises: Listing | None = None
    sources: tuple[Listing, ...] = ()
    late: Late | None = None
    measures: Measures | None = None
    readings: Listing | None = None  # behind the charts of the indicators
    overridden: str = ""  # who let it out with claims that rest on nothing


def paper(document: RegisterDocument, edition: Edition | None = None) -> Paper:
    """Decide everything that a paper of `document` says."""
    document = ordered(document, edition)
    found = finding(document)
    plain = document
    document, references = referenced(plain)
    rows = shortened(band_rows(document, found))
    columns = columns_of(document)
    cells = {risk.key: [cell_of(risk, column, document) for column in columns] for risk in document.risks}
    spread, long = _lengths(cells, len(columns))
    apart = document.risks if spread else ()
    room = [room_of(place, cells) for place in range(len(columns))]
    printed = Paper(
        title=title_of(document, edition),
        body=document.body.text or "",
        subtitle=subtitle_of(document, edition),
        facts=facts_of(document, edition),
        sentence=found.sentence,
        notes=notes_of(document, found),
        bands_title=bands_title(found),
        bands_head="Rating" if found.bands else "Score",
        bands_alt=bands_in_words(rows),
        bands=rows,
        moved_title=moved_title(found),
        moved=moved_table(document, found, turned=moves_turned(document.periods(), edition)),
        missing_title="What the register does not record",
        missing=tuple((each.what.capitalize(), each.count) for each in found.not_recorded),
        total=found.risks,
        glance=grid_of(document, columns, cells, core_of(columns, document) if long else ()),
        register=grid_of(document, columns, cells, () if spread else columns),
        sheets=tuple(sheet_of(risk, columns, cells[risk.key], room) for risk in apart),
        columns=len(columns),
        key_to_marks=key_to_marks(document, found, edition),
        key_bands=tuple(each for each in rows if each.step),
        unassigned=tuple((where_of(each), each.text) for each in document.unassigned),
        doubts=tuple((doubted(document, each.risk), each.sentence) for each in document.doubts),
        inferred=inferred_of(document),
        marking=edition.marking if edition else "",
        footer=footer_of(document, edition),
        ledger_head=edition.ledger_head if edition else "",
    )
    return _with_what_it_carries(printed, plain, references, edition)


def _with_what_it_carries(
    printed: Paper, document: RegisterDocument, references: References, edition: Edition | None
) -> Paper:
    """The paper with its front sheet, what is new, promises, sources and the ledger's head."""
    day = edition.as_at if edition and edition.as_at else document.as_at.on
    measures = measures_of(document.risks, day)
    besides = [coverage_note(document.risks, edition), sentence_of(document.risks) if measures else ""]
    return replace(
        printed,
        notes=(*printed.notes, *(each for each in besides if each)),
        head=head_of(edition),
        front=front_of(edition),
        since=since_of(document, edition),
        promises=promises_of(document.risks),
        sources=sources_of(document.risks, references, edition),
        late=late_of(document, edition),
        measures=measures,
        readings=readings_of(document.risks),
        overridden=overridden_of(edition),
    )


def _lengths(cells: dict[str, list[Cell]], columns: int) -> tuple[bool, bool]:
    """Whether each risk needs a sheet of its own, and whether the register needs an overview."""
    longest = max((len(cell.words) for row in cells.values() for cell in row), default=0)
    spread = columns > MOST_COLUMNS or longest > LONGEST_CELL
    return spread, spread or (longest > SHORT_CELL and len(cells) > 1)
