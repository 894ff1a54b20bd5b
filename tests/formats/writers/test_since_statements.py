"""The sheet of what is new sets what sentences rest on and who may read what, each in a table of its own."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date

import pytest
from pdfminer.high_level import extract_text

from watchkeep.domain.document import Field, RegisterDocument, Risk, Scale
from watchkeep.domain.edition import Audience, Edition, Matter
from watchkeep.domain.since import Rescored, Restated, Since
from watchkeep.formats.writers import Kind
from watchkeep.formats.writers import write as write_paper
from watchkeep.formats.writers.comparison import write
from watchkeep.formats.writers.paper.since import since_of

NEWS = Since(
    earlier="edition 1",
    restated=(
        Restated(
            key="A1",
            title="Lamp",
            way="bound",
            label="Control 1",
            sentence="It is lit in 9 s.",
            before="rests on nothing",
            after="rests on Test of the lamp",
        ),
    ),
)
RULED = NEWS.model_copy(
    update={"ruled": (Rescored(key="A1", title="Lamp", what="Cause", before="no rule", after="read by all"),)}
)


def edition(since: Since, audience: Audience) -> Edition:
    return Edition(title="Lamps", frozen_on=date(2031, 12, 31), audience=audience, matter=Matter(since=since))


def heads(since: Since, audience: Audience) -> dict[str, tuple[str, ...]]:
    sheet = since_of(RegisterDocument(), edition(since, audience))
    assert sheet is not None
    return {each.title: each.head for each in sheet.listings}


def test_each_has_a_table_of_its_own() -> None:
    found = heads(RULED, "internal")
    assert found["One sentence rests on something that it did not rest on"][-1] == "Why"
    assert found["Who may read what of one risk is ruled otherwise"] == ("Risk", "What", "Was", "Is", "Why")


def test_the_public_table_has_no_empty_column_of_reasons() -> None:
    head = heads(NEWS, "public")["One sentence rests on something that it did not rest on"]
    assert head == ("Risk", "What", "Sentence", "Was", "Is")


def test_the_page_of_a_comparison_tells_them() -> None:
    page = write(RULED, RegisterDocument(scale=Scale()), later_called="new.json").decode()
    assert "rests on Test of the lamp" in page
    assert "Who may read what of one risk is ruled otherwise" in page


@pytest.mark.parametrize("kind", ["html", "docx", "xlsx", "pdf"])
def test_every_form_of_the_paper_sets_both(kind: Kind) -> None:
    risk = Risk(key="A1", name=Field(state="recorded", text="Lamp"))
    made = write_paper(RegisterDocument(risks=(risk,)), kind, edition=edition(RULED, "internal"))
    words = text_of(kind, made)
    assert "It is lit in 9 s." in words
    assert "rests on Test of the lamp" in words
    assert "read by all" in words


def text_of(kind: Kind, made: bytes) -> str:
    if kind == "pdf":
        return " ".join(extract_text(io.BytesIO(made)).split())
    if kind == "html":
        return made.decode()
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        text = " ".join(parts.read(each).decode("utf-8", "ignore") for each in parts.namelist())
    return re.sub(r"<[^>]+>", "", text)
