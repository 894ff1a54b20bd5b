"""Every text that the readers of a paper get, with its words and what a person calls its place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from watchkeep.domain.document import RegisterDocument
from watchkeep.domain.redaction.withheld import label_of, texts_of, title_of

COVER: Final = "cover"  # the path of what every edition says of the register: its names, headings, scale
_WORD: Final = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Place:
    """One text; `risk` is empty outside the risks, and `path` beside the register."""

    risk: str
    path: str
    label: str
    text: str
    words: tuple[str, ...]


def places(left: RegisterDocument) -> Iterator[Place]:
    """The texts of a register document; references themselves are none."""
    cover = {"The body’s name": left.body, "The register’s name": left.name, "The period": left.period}
    for label, field in cover.items():
        yield as_place(label, field.text or "", path=COVER)
    for column in left.columns:
        yield as_place(f"The heading “{column.heading}”", column.heading, path=COVER)
    steps = [each.name for each in left.scale.bands]
    steps += [each.name for each in (*left.scale.likelihood, *left.scale.impact)]
    for step in steps:
        yield as_place("The scale", step, path=COVER)
    for risk in left.risks:
        for path, text in texts_of(risk):
            if path != "reference":
                yield as_place(f"{title_of(risk)}: {label_of(risk, path)}", text, risk.key, path)


def as_place(label: str, text: str, risk: str = "", path: str = "") -> Place:
    """A text as a place to look in."""
    return Place(risk, path, label, text, words_of(text))


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text, so that the same words are the same however they are set."""
    return tuple(_WORD.findall(unicodedata.normalize("NFKC", text).casefold().replace("_", " ")))
