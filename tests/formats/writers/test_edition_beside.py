"""JSON tells which edition it is of and reads back to the same register; CSV follows the edition's order."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date

import pytest

from odd_registers import EDITION
from watchkeep.domain.document import Assessment, Band, Field, RegisterDocument, Risk, Scale
from watchkeep.domain.edition import Edition, Matter
from watchkeep.formats.readers import read_here
from watchkeep.formats.writers import write

HEAD = "ab" * 32


def said(text: str) -> Field:
    return Field(state="recorded", text=text)


def rated(key: str, band: str) -> Risk:
    residual = Assessment(stage="residual", rating=said(band))
    return Risk(key=key, reference=said(key), assessments=(residual,))


def register() -> RegisterDocument:
    bands = (Band(name="Low", rank=1), Band(name="High", rank=2))
    risks = (rated("H1", "Low"), rated("H2", "High"), rated("H3", "Low"))
    return RegisterDocument(body=said("Port of Ness"), scale=Scale(bands=bands, basis="stated"), risks=risks)


def paper(layout: int = 3) -> Edition:
    return replace(
        EDITION,
        title="Lights",
        sequence=4,
        frozen_on=date(2031, 4, 2),
        as_at=date(2031, 3, 31),
        audience="committee",
        marking="OFFICIAL",
        ledger_head=HEAD,
        head_sequence=12,
        order="worst first",
        matter=Matter(layout=layout, made_with={"typst": "1.2"}),
    )


def test_json_says_which_edition_it_is_of_and_how_it_is_checked() -> None:
    assert json.loads(write(register(), "json", edition=paper()))["edition"] == {
        "title": "Lights",
        "body": "Port of Ness",
        "as_at": "2031-03-31",
        "number": 4,
        "frozen_on": "2031-04-02",
        "audience": "committee",
        "marking": "OFFICIAL",
        "order": "worst first",
        "in_order": ["H2", "H1", "H3"],
        "ledger_head": f"watchkeep-head 12:{HEAD}",
        "made_with": {"typst": "1.2"},
    }


def test_json_of_an_edition_reads_back_to_the_same_register() -> None:
    made = write(register(), "json", edition=paper())
    assert read_here(made, "register.json") == register()
    assert b'"edition"' not in write(register(), "json")


def test_an_edition_that_is_no_object_is_refused_as_any_other_stranger() -> None:
    with pytest.raises(ValueError, match="edition"):
        RegisterDocument.model_validate({"edition": "fourth"})


@pytest.mark.parametrize(("layout", "order"), [(2, ["H1", "H2", "H3"]), (3, ["H2", "H1", "H3"])])
def test_rows_of_a_csv_stand_in_the_editions_order(layout: int, order: list[str]) -> None:
    text = write(register(), "csv", edition=paper(layout)).decode("utf-8-sig")
    _, *rows = csv.reader(io.StringIO(text))
    assert [row[0] for row in rows] == order
