"""The appendix of sources: each with its number, what no longer stands, and what is covered."""

from __future__ import annotations

from collections.abc import Mapping

from watchkeep.domain.document import Risk
from watchkeep.domain.edition import Edition
from watchkeep.domain.fields import label_of
from watchkeep.domain.finding import counted, listed, written
from watchkeep.formats.writers.paper.cells import called
from watchkeep.formats.writers.paper.coverage import RESTS, coverage_of
from watchkeep.formats.writers.paper.references import Fallen, Reference, References, in_order
from watchkeep.formats.writers.paper.values import Cell, Listing, capital, plain

KINDS = {
    "observation": "Reading",
    "check": "Check of a control",
    "commitment": "Promise",
    "event": "Event",
    "document": "Document",
    "judgement": "Judgement",
}


def sources_of(
    risks: tuple[Risk, ...], references: References, edition: Edition | None = None
) -> tuple[Listing, ...]:
    """The tables of the appendix; none where no sentence was looked at."""
    names = {risk.key: risk.reference.text or risk.name.text or risk.key for risk in risks}
    made = (
        listing_of(references.sources, names) if references.sources else None,
        _fallen(references.fallen) if references.fallen else None,
        coverage_of(risks, edition),
    )
    return tuple(each for each in made if each)


def listing_of(sources: tuple[Reference, ...], names: Mapping[str, str]) -> Listing:
    """Numbered sources as a table."""
    return Listing(
        "sources",
        f"{capital(counted(len(sources), 'source'))}, by the number that stands in the text",
        ("Number", "Source", "Kind", "Its day", "What it said", "Risks"),
        tuple(_row(each, names) for each in sources),
        (3, 7, 3, 4, 8, 4),
    )


def _row(source: Reference, names: Mapping[str, str]) -> tuple[Cell, ...]:
    said = source.says.strip()
    if source.kind == "judgement":
        said = (
            f"Holds until {written(source.holds_until)}."
            if source.holds_until
            else "A named post's judgement."
        )
    return (
        Cell("label", f"[{source.number}]"),
        plain(f"Judgement: {source.label}" if source.kind == "judgement" else source.label),
        plain(KINDS.get(source.kind, source.kind)),
        Cell("label", written(source.on)) if source.on else plain(""),
        plain(said),
        plain(listed(" ".join(names[key].split()) for key in source.risks if key in names)),
    )


def sentences_of(risks: tuple[Risk, ...], references: References) -> Listing | None:
    """Every sentence that was bound, judged or left open, with the numbers of what it rests on."""
    rows = tuple(
        (
            plain(called(risk)),
            plain(label_of(each.field)),
            plain(" ".join(each.text.split())),
            plain(RESTS[each.standing][0].lower()),
            plain(" ".join(f"[{number}]" for number in references.behind(each))),
        )
        for risk in risks
        for each in in_order(risk)
    )
    if not rows:
        return None
    title = capital(counted(len(rows), "sentence"))
    return Listing(
        "sentences", title, ("Risk", "Text", "Sentence", "Rests on", "Sources"), rows, (5, 3, 9, 3, 2)
    )


def _fallen(fallen: tuple[Fallen, ...]) -> Listing:
    title = counted(
        len(fallen), "sentence has lost what it rested on", "sentences have lost what they rested on"
    )
    return Listing(
        "fallen",
        capital(title),
        ("Risk", "Sentence", "How", "Why", "Sources"),
        tuple(
            (
                plain(each.risk),
                plain(" ".join(each.text.split())),
                plain(each.standing),
                plain(each.because),
                plain(" ".join(f"[{number}]" for number in each.numbers)),
            )
            for each in fallen
        ),
        (5, 9, 2, 7, 3),
    )
