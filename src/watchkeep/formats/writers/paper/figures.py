"""The figures on a paper's cover: how many risks stand in each band, and how many moved."""

from __future__ import annotations

from collections.abc import Iterable

from watchkeep.domain.document import RegisterDocument
from watchkeep.domain.edition import Edition
from watchkeep.domain.finding import MOVED, Finding, in_words, listed
from watchkeep.formats.writers.paper.cells import step_of
from watchkeep.formats.writers.paper.values import BandRow, MovedTable

MOST_BARS = 7  # a chart of more is no quicker to read than its table
MOST_FIGURES = 14  # lines of a table on the cover
BESIDE = 82.0  # millimetres that the table of movements has beside the others
WAY_WIDTH = 24.0  # millimetres: the longest name of a way of moving, with its padding


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


def shortened(rows: tuple[BandRow, ...]) -> tuple[BandRow, ...]:
    """As many lines as the cover can carry; the rest are counted together."""
    if len(rows) <= MOST_FIGURES:
        return rows
    rest = rows[MOST_FIGURES - 1 :]
    return (*rows[: MOST_FIGURES - 1], BandRow(f"{len(rest)} others", sum(row.count for row in rest), 0))


def bands_in_words(rows: tuple[BandRow, ...]) -> str:
    """The chart in words."""
    counts = listed(f"{row.name} {row.count}" for row in rows)
    return f"Bar chart of the number of risks in each band: {counts}."


def moved_title(found: Finding) -> str:
    """The finding of the table of movements; nothing where there is none."""
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


def moves_turned(periods: Iterable[str], edition: Edition | None) -> bool:
    """Whether the periods stand below each other, since side by side they would take more than a column has.

    Papers of the first layout never turned the table.
    """
    letters = sum(1.85 if letter.isupper() else 1.7 for each in periods for letter in f"{each} ")
    return (edition is None or edition.matter.layout > 1) and WAY_WIDTH + letters > BESIDE


def moved_table(document: RegisterDocument, found: Finding, *, turned: bool) -> MovedTable:
    """Ways of moving down and periods across; `turned`, the other way round."""
    periods, rows = tuple(document.periods()), _moved_rows(document, found)
    if not rows:
        return MovedTable(turned=turned)
    if not turned:
        lines = tuple((way, *map(str, counts)) for way, counts in rows)
        return MovedTable(("Movement", *periods), lines)
    across = tuple(
        (period, *(str(counts[place]) for _, counts in rows)) for place, period in enumerate(periods)
    )
    return MovedTable(("Period", *(way for way, _ in rows)), across, turned=True)


def _moved_rows(document: RegisterDocument, found: Finding) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """A line for each way of moving; of worsening and rising, improving and falling, only what occurs."""
    counts = {(each.moved, each.period): each.count for each in found.history}
    rows = [(way, tuple(counts[way, period] for period in document.periods())) for way in MOVED if counts]
    arrows = any(sum(row) for way, row in rows if way in ("rising", "falling"))
    dropped = ("worsening", "improving") if arrows else ("rising", "falling")
    return tuple((way, row) for way, row in rows if sum(row) or way not in dropped)
