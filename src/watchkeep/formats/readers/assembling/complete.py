"""The last look: every word that the reader found must stand somewhere in the document."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from watchkeep.domain.document import Field, Loose, RegisterDocument, Risk
from watchkeep.formats.cells import Cell, Extract, Piece

WORD = re.compile(r"\d+|\w{2,}")  # a lone letter may be a sign ("4 x 3") that its numbers make plain


def with_all_text(document: RegisterDocument, extract: Extract) -> RegisterDocument:
    """The document, with any piece of the file whose words stand nowhere in it added to the unassigned
    text.
    """
    standing = Counter(word for text in _texts(document) for word in _words(text))
    missing: list[Loose] = []
    for cell in _cells(extract):
        needed = Counter(_words(cell.text))
        # Words are compared, not texts: a cell may be parted over several fields, its markers and labels
        # apart.
        if any(standing[word] < count for word, count in needed.items()):
            reason = "a text that was read in part, or not at all"
            missing.append(Loose(text=cell.text, places=cell.places, reason=reason))
    if not missing:
        return document
    return document.model_copy(update={"unassigned": (*document.unassigned, *missing)})


def _words(text: str) -> list[str]:
    return WORD.findall(text.casefold())


def _cells(extract: Extract) -> Iterator[Cell]:
    for table in extract.tables:
        for row in table.rows:
            yield from (cell for cell in row if cell.text)
    for piece in (*extract.loose, *extract.hidden, *extract.furniture):
        if piece.text.strip():
            yield _alone(piece)


def _alone(piece: Piece) -> Cell:
    return Cell((piece,))


def _texts(document: RegisterDocument) -> Iterator[str]:
    for loose in (*document.header, *document.unassigned, *document.furniture):
        yield loose.text
    for risk in document.risks:
        yield from _risk_texts(risk)


def _risk_texts(risk: Risk) -> Iterator[str]:
    fields: list[Field] = [
        risk.reference, risk.name, risk.description, risk.cause, risk.event, risk.impact, risk.category,
        risk.objective, risk.owner, risk.status, risk.treatment, risk.contingency, risk.date_raised,
        risk.due_date,
        risk.review_date, *risk.trends, *risk.extra,
    ]  # fmt: skip
    for each in risk.assessments:
        fields.extend((each.likelihood, each.impact, each.score, each.rating))
    for item in (*risk.controls, *risk.actions):
        yield f"{item.marker or ''} {item.part or ''} {item.text or ''}"
    for field in fields:
        yield field.text or ("n/a not applicable" if field.state == "not applicable" else "not recorded")
    for extra in risk.extra:
        yield extra.heading
