"""What the writers write, the readers read back: the same risks, field by field."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import whole_paper
from odd_registers import EDITION, UNUSUAL, Item, ordinary, register, said
from watchkeep.domain.document import Field, RegisterDocument, Risk
from watchkeep.domain.since import since
from watchkeep.formats.formulas import dangerous, guarded, unguarded
from watchkeep.formats.readers import read_here
from watchkeep.formats.writers import READ_BACK, Kind, write

HERE = Path(__file__).resolve()
SHARED = HERE.parents[4] / "shared" / "registers"
EXAMPLE = HERE.parents[3] / "examples" / "calder_vale" / "2025-26-q4.csv"

SCORED = HERE.parents[3] / "examples" / "layouts" / "council_scores" / "register.xlsx"


def even(text: str | None) -> str:
    return " ".join((text or "").split())


def told(risk: Risk) -> dict[str, Any]:
    """A risk without places, confidences and the source's own bullets."""
    standing = risk.standing

    def words(field: Any) -> Any:
        if getattr(field, "parts", ()):
            return [(part.marker.strip("()- ."), even(part.text)) for part in field.parts]
        return even(field.text)

    return {
        "reference": even(risk.reference.text),
        "name": even(risk.name.text),
        "description": words(risk.description),
        "impact": words(risk.impact),
        "owner": even(risk.owner.text),
        "controls": [(item.part, even(item.text)) for item in risk.controls],
        "actions": [(item.part, even(item.text)) for item in risk.actions],
        "trends": [(each.period, each.state, each.direction) for each in risk.trends],
        "rating": even(standing.rating.text) if standing else "",
        "score": even(standing.score.text) if standing else "",
        "due": (risk.due_date.on, even(risk.due_date.text)),
    }


def back(document: RegisterDocument, kind: Kind) -> RegisterDocument:
    return read_here(write(document, kind, edition=EDITION), f"paper.{kind}")


@pytest.mark.parametrize("kind", READ_BACK)
def test_an_ordinary_register_comes_back_the_same(kind: Kind) -> None:
    before, after = ordinary(), back(ordinary(), kind)
    assert [told(risk) for risk in after.risks] == [told(risk) for risk in before.risks]


@pytest.mark.parametrize("kind", READ_BACK)
def test_a_published_register_comes_back_the_same(kind: Kind) -> None:
    seed = SHARED / "wmp-2020-21-q4" / "register.csv"
    source = seed if seed.is_file() else EXAMPLE  # the example body's register where the shared one is absent
    before = read_here(source.read_bytes(), source.name)
    after = back(before, kind)
    assert [even(risk.reference.text) for risk in after.risks] == [
        even(risk.reference.text) for risk in before.risks
    ]
    pairs = [(told(one), told(other)) for one, other in zip(before.risks, after.risks, strict=True)]
    differing = [(one["reference"], name) for one, other in pairs for name in one if one[name] != other[name]]
    # A page's lines are put together by their look: of several hundred fields a space may go astray in two.
    assert len(differing) <= (2 if kind == "pdf" else 0), differing


@pytest.mark.parametrize("kind", ["pdf", "html", "docx"])
def test_a_register_on_sheets_comes_back_the_same(kind: Kind) -> None:
    before = read_here(SCORED.read_bytes(), SCORED.name)
    assert [told(risk) for risk in back(before, kind).risks] == [told(risk) for risk in before.risks]


@pytest.mark.parametrize("kind", READ_BACK)
def test_a_committee_s_paper_with_all_its_sheets_comes_back_as_the_register_it_is_of(kind: Kind) -> None:
    before = whole_paper.document()
    after = read_here(whole_paper.written(kind), f"paper.{kind}")
    pairs = [(told(one), told(other)) for one, other in zip(before.risks, after.risks, strict=True)]
    differing = [(one["reference"], name) for one, other in pairs for name in one if one[name] != other[name]]
    assert len(differing) <= (2 if kind == "pdf" else 0), differing


@pytest.mark.parametrize("name", list(UNUSUAL))
def test_json_gives_back_the_very_same_document(name: str) -> None:
    document = UNUSUAL[name]()
    assert RegisterDocument.model_validate_json(write(document, "json")) == document


@pytest.mark.parametrize("kind", ["csv", "html", "docx"])
def test_a_very_long_register_comes_back_whole(kind: Kind) -> None:
    before = UNUSUAL["very long"]()
    after = back(before, kind)
    if kind != "html":
        assert [told(risk) for risk in after.risks] == [told(risk) for risk in before.risks]
    else:
        page = write(before, kind).decode()
        assert page.count("This sentence is number") == 1900
        assert all(f"Control {number:03} is kept" in page for number in range(500))


# --- Formulas ---------------------------------------------------------------------------------------------

STARTS = [
    "=", "+", "-", "@", "\t=", "\r=", "\n=", " =", "\u00a0=", "＝", "＋", "－", "＠",
    '"=', "'=", "%", "|", "\u200b=", ";=",
]  # fmt: skip


@pytest.mark.parametrize("start", STARTS)
def test_no_text_can_become_a_formula_and_none_is_changed_by_that(start: str) -> None:
    text = f"{start}1+cmd"
    assert dangerous(text)
    assert not dangerous(text[1:]) or guarded(text).startswith("'")
    assert unguarded(guarded(text)) == text
    assert unguarded(guarded(guarded(text))) == guarded(text)


@pytest.mark.parametrize("start", STARTS)
def test_a_csv_cell_is_never_live(start: str) -> None:
    import csv
    import io

    document = register(Risk(key="1", reference=said("F1"), name=said(f"{start}1+cmd")))
    rows = list(csv.reader(io.StringIO(write(document, "csv").decode("utf-8-sig"), newline="")))
    for cell in (cell for row in rows for cell in row):
        assert not cell.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠", "%", "|", ";"))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "＝", "'="])
def test_text_like_a_formula_is_read_back_as_it_was(start: str) -> None:
    document = register(
        Risk(key="1", reference=said("F1"), name=said(f"{start}1+cmd"), owner=said("A post")),
        Risk(key="2", reference=said("F2"), name=said("Plain"), owner=said("A post")),
    )
    for kind in ("csv", "xlsx"):
        assert back(document, kind).risks[0].name.text == f"{start}1+cmd"


def test_a_workbook_holds_no_formula_and_no_link() -> None:
    import io
    import zipfile

    document = register(
        Risk(key="1", reference=said("=1+1"), name=said("https://example.org"), controls=(said("=A1", Item),))
    )
    with zipfile.ZipFile(io.BytesIO(write(document, "xlsx"))) as book:
        sheets = [book.read(name) for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
    assert len(sheets) == 5
    assert not [sheet for sheet in sheets if b"<f>" in sheet or b"<hyperlink" in sheet]


@pytest.mark.parametrize("read", [unguarded, guarded])
def test_plain_text_is_left_alone(read: Callable[[str], str]) -> None:
    for text in (
        "Plain",
        "",
        "'quoted'",
        "• a line",
        "(i) a part",
        "↑ worsening",
        "£40",
        "5",
        "Harbour's edge",
    ):
        assert read(text) == text


def test_what_is_not_recorded_is_an_empty_cell_and_what_does_not_apply_says_so() -> None:
    rows = write(ordinary(), "csv").decode("utf-8-sig").split("\r\n")
    assert Field().text is None
    assert rows[3].split(",")[5] == '"not applicable"'
    assert rows[3].split(",")[6] == '""'


@pytest.mark.parametrize("kind", ["pdf", "html", "docx"])
def test_a_register_beside_its_own_paper_has_nothing_new(kind: Kind) -> None:
    source = EXAMPLE.with_suffix(".pdf")
    before = read_here(source.read_bytes(), source.name)
    after = read_here(write(before, kind), f"paper.{kind}")
    assert since(before, after, earlier_called="the register").nothing
    assert after.as_at.on == before.as_at.on
