"""Which sentences of a risk need something to rest on: those that claim that things get better, and those
that hold a number or a date.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from watchkeep.domain.document import Risk
from watchkeep.domain.fields import fields_of
from watchkeep.domain.finding import names_a_date
from watchkeep.domain.lint.claims import claimed
from watchkeep.domain.lint.sentences import sentences

# The texts that a paper makes its case with; a name, a rating or a date of its own needs no basis.
FIELDS: Final = ("description", "cause", "event", "impact", "contingency", "controls", "actions")
# A figure: not the marker of a part, nor the digits of a reference (“R12”), nor those of a call number.
_MARKER: Final = re.compile(r"^\s*\(?\w{1,4}[).:]\s+")
_FIGURE: Final = re.compile(
    r"(?<![\w.\-])[£$€]?\d[\d,]*(?:\.\d+)?\b|(?<![\w.\-])[£$€]?\d[\d,.]*(?:k|m|bn|%)(?!\w)", re.I
)
_CALLED: Final = re.compile(r"\b(?:999|101|111|112|24/7)\b")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence where it stands: characters `start` to `end` (end excluded) of the field at `path`."""

    path: str
    start: int
    end: int
    text: str
    claims: bool = False  # whether it says that something gets better
    counts: bool = False  # whether it holds a number or a date

    @property
    def field(self) -> str:
        """Which text of the risk it stands in, whatever line of it."""
        return field_of(self.path)

    @property
    def key(self) -> str:
        """What it is called in an address: the same words in the same text are the same sentence."""
        said = f"{self.field}\0{' '.join(self.text.split())}"
        return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:16]

    @property
    def needs(self) -> bool:
        """Whether it needs something to rest on."""
        return self.claims or self.counts


def field_of(path: str) -> str:
    """The text that a path is of: “controls” for the third control."""
    return path.partition(":")[0]


def sentences_of(risk: Risk) -> Iterator[Sentence]:
    """Every sentence of the risk's texts, in the order in which a page shows them."""
    texts = [(path, field.text) for path, field in fields_of(risk) if field.recorded and field.text]
    for name in FIELDS:
        for path, text in texts:
            if field_of(path) == name:
                yield from _sentences(path, text)


def _sentences(path: str, text: str) -> Iterator[Sentence]:
    for start, end in sentences(text):
        said = text[start:end]
        yield Sentence(path, start, end, said, claims=bool(claimed(said)), counts=counted(said))


def counted(text: str) -> bool:
    """Whether a sentence holds a number or a date."""
    if names_a_date(text):
        return True
    return _FIGURE.search(_CALLED.sub("", _MARKER.sub("", text, count=1))) is not None
