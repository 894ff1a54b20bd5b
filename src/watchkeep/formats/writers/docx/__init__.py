"""The paper as a Word file: what a secretary pastes into a committee's pack, with real styles and tables.

The same document and edition give the same bytes.
"""

from __future__ import annotations

import io
from datetime import UTC, datetime, time
from typing import Any

import docx

from watchkeep.domain.document import RegisterDocument
from watchkeep.domain.edition import Edition
from watchkeep.formats.writers.docx.content import Content
from watchkeep.formats.writers.docx.styles import prepare
from watchkeep.formats.writers.paper import Paper, paper
from watchkeep.formats.writers.settled import settled
from watchkeep.formats.writers.xlsx import CATEGORY, EPOCH, FORBIDDEN


def write(document: RegisterDocument, edition: Edition | None = None) -> bytes:
    """The Word file."""
    printed = paper(document, edition)
    made = datetime.combine(edition.frozen_on, time(), UTC) if edition else EPOCH.replace(tzinfo=UTC)
    word = docx.Document()
    prepare(word, printed)
    _describe(word.core_properties, printed, made)
    Content(word, printed).write()
    out = io.BytesIO()
    word.save(out)
    return settled(out.getvalue(), made)


def _describe(about: Any, printed: Paper, made: datetime) -> None:
    """What the file says of itself."""
    about.title = _fitting(printed.title)
    about.author = about.last_modified_by = _fitting(printed.body)
    about.subject = _fitting(printed.subtitle)
    about.keywords = printed.head
    about.category = CATEGORY
    about.comments = ""
    about.language = "en-GB"
    about.created = about.modified = made


def _fitting(text: str) -> str:
    """What the properties of a file can hold."""
    return FORBIDDEN.sub("\ufffd", text)[:255]
