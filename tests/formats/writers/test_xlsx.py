"""The paper as a workbook: sheets, a real table, and texts longer than a cell."""

from __future__ import annotations

import io

import openpyxl
from openpyxl.workbook import Workbook

from odd_registers import EDITION, UNUSUAL, ordinary
from watchkeep.domain.document import Column, RegisterDocument
from watchkeep.formats.writers import write


def book(document: RegisterDocument | None = None) -> Workbook:
    data = write(document, "xlsx") if document else write(ordinary(), "xlsx", edition=EDITION)
    return openpyxl.load_workbook(io.BytesIO(data))


def test_the_sheets_are_named_for_what_they_answer() -> None:
    assert book().sheetnames == [
        "Register",
        "Controls and actions",
        "Trends and ratings",
        "Not recorded",
        "About",
    ]


def test_the_register_is_a_table_with_a_header_that_stays() -> None:
    sheet = book()["Register"]
    assert [table.ref for table in sheet.tables.values()] == ["A1:H5"]
    assert sheet.freeze_panes == "B2"
    assert [cell.value for cell in sheet[1]] == [column.heading for column in ordinary().columns]
    assert sheet["E2"].alignment.wrap_text


def test_each_control_has_a_line_with_its_risk_and_part() -> None:
    rows = list(book()["Controls and actions"].iter_rows(min_row=2, values_only=True))
    assert len(rows) == 6
    assert rows[1] == ("HA1", "Slipway & pilot launch", "control", "i", "Load limit on the slipway", "no")
    assert rows[2] == (
        "HA1",
        "Slipway & pilot launch",
        "control",
        "ii",
        "Launch inspected by May 2026",
        "yes",
    )


def test_what_is_not_recorded_and_what_found_no_home_are_listed() -> None:
    said = list(book()["Not recorded"].iter_rows(min_row=2, values_only=True))
    assert ("Owner not recorded", 3, None) in said
    assert ("Text in no field", None, "A line that nobody can place. (place not recorded)") in said


def test_the_properties_and_the_cover_say_what_it_is() -> None:
    made = book()
    assert made.properties.title == EDITION.title
    assert made.properties.created.date() == EDITION.frozen_on
    told = {row[0]: row[1] for row in made["About"].iter_rows(values_only=True) if row[0]}
    assert told["Ledger head"] == EDITION.ledger_head
    assert str(told["Finding"]).startswith("Of four risks, one is Severe")


def test_a_text_longer_than_a_cell_goes_on_elsewhere() -> None:
    made = book(UNUSUAL["very long"]())
    whole = UNUSUAL["very long"]().risks[0].description.text or ""
    kept = str(made["Register"]["C2"].value).removesuffix("\n[continues on the sheet “Long texts”]")
    rest = [
        str(row[1])
        for row in made["Long texts"].iter_rows(min_row=2, values_only=True)
        if row[0] == "row 2, column 3"
    ]
    assert kept + "".join(rest) == whole.strip()


def test_headings_that_repeat_or_say_nothing_are_told_apart() -> None:
    columns = tuple(Column(heading=heading, meaning="extra") for heading in ("Note", "note", " "))
    sheet = book(ordinary().model_copy(update={"columns": columns}))["Register"]
    heads = [str(cell.value) for cell in sheet[1]]
    assert len({head.casefold() for head in heads}) == len(heads)


def test_the_same_edition_is_the_same_bytes() -> None:
    assert write(ordinary(), "xlsx", edition=EDITION) == write(ordinary(), "xlsx", edition=EDITION)
