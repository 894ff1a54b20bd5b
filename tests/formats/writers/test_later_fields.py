"""What a register in use says beyond its papers is printed where it is said, in every kind of file."""

from __future__ import annotations

import io
import zipfile

import pytest

from odd_registers import EDITION, ordinary
from watchkeep.domain.document import Assessment, Field, RegisterDocument, Trend
from watchkeep.formats.readers import read_here
from watchkeep.formats.writers import Kind, write


def said(text: str) -> Field:
    return Field(state="recorded", text=text)


def fuller() -> RegisterDocument:
    """The ordinary register, with its first risk saying more."""
    document = ordinary()
    first = document.risks[0]
    more = {
        "proximity": said("Within three months"),
        "unknowns": said("How many lamps are left"),
        "whole_rule": said("worst part"),
        "assessments": (
            *first.assessments,
            Assessment(
                stage="residual", part="ii", rating=said("Low"), rationale=said("Because lamps are new")
            ),
        ),
        "trends": (
            *first.trends[:-1],
            Trend(
                period=first.trends[-1].period,
                derived="improving",
                basis="The rating fell by a step.",
                override_reason="Nobody believes it",
            ),
        ),
    }
    return document.model_copy(update={"risks": (first.model_copy(update=more), *document.risks[1:])})


def text_of(kind: Kind) -> str:
    made = write(fuller(), kind, edition=EDITION)
    if kind == "xlsx":
        with zipfile.ZipFile(io.BytesIO(made)) as book:
            return book.read("xl/sharedStrings.xml").decode()
    return made.decode("utf-8-sig")


@pytest.mark.parametrize("kind", ["html", "xlsx", "csv", "json"])
def test_what_is_said_is_printed(kind: Kind) -> None:
    text = text_of(kind)
    for words in (
        "Within three months",
        "How many lamps are left",
        "worst part",
        "Because lamps are new",
        "The rating fell by a step.",
        "Nobody believes it",
    ):
        assert words in text


def test_the_fields_come_back_from_a_table() -> None:
    back = read_here(write(fuller(), "csv", edition=EDITION), "paper.csv").risks[0]
    assert (back.proximity.text, back.unknowns.text, back.whole_rule.text) == (
        "Within three months",
        "How many lamps are left",
        "worst part",
    )
