"""The top risks as slides: the finding first, a slide a risk, how to check the paper last.

Titles state what a slide finds; the chart can be edited; the notes have the whole text and its sources.
The same document and edition give the same bytes.
"""

from __future__ import annotations

import io
from datetime import UTC, datetime, time

import pptx

from watchkeep.domain.document import RegisterDocument
from watchkeep.domain.edition import Edition
from watchkeep.formats.writers.paper import paper
from watchkeep.formats.writers.paper.ordering import worst_first
from watchkeep.formats.writers.paper.pages import pages_of
from watchkeep.formats.writers.pptx.choosing import top_of
from watchkeep.formats.writers.pptx.frame import describe, prepare
from watchkeep.formats.writers.pptx.slides import Slides
from watchkeep.formats.writers.settled import settled
from watchkeep.formats.writers.xlsx import EPOCH


def write(document: RegisterDocument, edition: Edition | None = None) -> bytes:
    """The slides."""
    printed = paper(document, edition)
    pages = {page.risk.key: page for page in pages_of(document, edition)}
    top = top_of(document.model_copy(update={"risks": worst_first(document)}))
    made = datetime.combine(edition.frozen_on, time(), UTC) if edition else EPOCH.replace(tzinfo=UTC)
    deck = pptx.Presentation()
    prepare(deck)
    describe(deck, printed, made)
    Slides(deck, printed, [pages[key] for key in top.keys], top.why).write()
    out = io.BytesIO()
    deck.save(out)
    return settled(out.getvalue(), made)
