"""What a paper carries besides its register, decided once for every form of it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pikepdf
import pytest
from docx import Document
from lxml.html import fromstring

import whole_paper
from odd_registers import EDITION, ordinary, register, said
from watchkeep.domain.document import Basis, Extra, Item, Part, PartedField, Promise, Risk, Statement
from watchkeep.domain.edition import NOTHING_BESIDES, Edition, Front, Matter
from watchkeep.domain.since import Moved, News, Rescored, Reworded, Since
from watchkeep.formats.writers import KINDS, Kind, write
from watchkeep.formats.writers.paper import paper
from watchkeep.formats.writers.paper.references import CLOSES, OPENS, referenced, without_references

HEADED: tuple[Kind, ...] = ("pdf", "html", "site", "docx", "pptx", "xlsx", "json")
SEVEN = replace(EDITION, head_sequence=7)
HEAD = f"watchkeep-head 7:{EDITION.ledger_head}".encode()

SURVEY = Basis(kind="check", key="c1", label="Level survey", on=date(2026, 9, 1), says="4 mm since May.")
LETTER = Basis(kind="document", key="d" * 64, label="Insurer's letter")


def parts(data: bytes) -> bytes:
    """The bytes of a file, unpacked where it is an archive."""
    if not data.startswith(b"PK"):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return b"\0".join(archive.read(name) for name in archive.namelist())


def sentence(field: str, whole: str, text: str, **rest: object) -> Statement:
    start = whole.index(text)
    return Statement.model_validate(
        {"field": field, "start": start, "end": start + len(text), "text": text, "standing": "bound", **rest}
    )


# --- The ledger's head --------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", HEADED)
def test_an_edition_frozen_now_carries_the_head_and_an_older_one_does_not(kind: Kind) -> None:
    now = replace(SEVEN, matter=Matter())
    older = replace(SEVEN, matter=NOTHING_BESIDES)
    assert HEAD in parts(write(ordinary(), kind, edition=now))
    assert b"watchkeep-head" not in parts(write(ordinary(), kind, edition=older))


def test_a_table_of_values_has_no_place_for_a_head() -> None:
    ordered = replace(SEVEN, order="register")
    assert write(ordinary(), "csv", edition=ordered) == write(ordinary(), "csv")


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "pdf"])  # of which test_pdf.py tells
def test_the_same_edition_is_the_same_bytes_in_every_form(kind: Kind) -> None:
    again = write(whole_paper.document(), kind, edition=whole_paper.edition())
    assert again == whole_paper.written(kind)


# --- References ---------------------------------------------------------------------------------------------


def test_sources_are_numbered_as_they_are_met_and_one_source_has_one_number() -> None:
    text = "The slipway sinks. It is measured. The insurer knows."
    first = Risk(
        key="1",
        reference=said("F1"),
        description=said(text, PartedField),
        controls=(said("Survey each May", Item),),
        statements=(
            sentence("controls:0", "Survey each May", "Survey each May", rests_on=(LETTER,)),
            sentence("description", text, "It is measured.", rests_on=(SURVEY,)),
            sentence("description", text, "The insurer knows.", rests_on=(LETTER, SURVEY)),
        ),
    )
    other = Risk(
        key="2",
        reference=said("F2"),
        description=said("Safe.", PartedField),
        statements=(
            sentence(
                "description",
                "Safe.",
                "Safe.",
                standing="judged",
                judged_by="Harbour Engineer",
                judged_on=date(2026, 9, 2),
            ),
        ),
    )
    marked, references = referenced(register(first, other))
    assert [(each.number, each.label, each.risks) for each in references.sources] == [
        (1, "Level survey", ("1",)),
        (2, "Insurer's letter", ("1",)),
        (3, "Harbour Engineer", ("2",)),
    ]
    assert marked.risks[0].description.text == (
        f"The slipway sinks. It is measured.{OPENS}[1]{CLOSES} The insurer knows.{OPENS}[1, 2]{CLOSES}"
    )
    assert marked.risks[0].controls[0].text == f"Survey each May{OPENS}[2]{CLOSES}"
    assert marked.risks[1].description.text == f"Safe.{OPENS}[3]{CLOSES}"
    assert without_references(marked.risks[0].description.text) == text


def test_a_reference_in_a_part_stands_in_the_part_and_one_in_an_extra_column_in_that() -> None:
    risk = Risk(
        key="1",
        description=PartedField(
            state="recorded",
            text="(i) One thing. (ii) Another thing.",
            parts=(Part(marker="(i)", text="One thing."), Part(marker="(ii)", text="Another thing.")),
        ),
        extra=(said("Insured.", Extra, heading="Cover"),),
        statements=(
            sentence(
                "description", "(i) One thing. (ii) Another thing.", "Another thing.", rests_on=(SURVEY,)
            ),
            sentence("extra:Cover", "Insured.", "Insured.", rests_on=(LETTER,)),
        ),
    )
    marked, _ = referenced(register(risk))
    assert [part.text for part in marked.risks[0].description.parts] == [
        "One thing.",
        f"Another thing.{OPENS}[1]{CLOSES}",
    ]
    assert marked.risks[0].extra[0].text == f"Insured.{OPENS}[2]{CLOSES}"


def test_a_sentence_that_is_no_longer_there_is_listed_and_marks_nothing() -> None:
    gone = Statement(
        field="description",
        start=0,
        end=9,
        text="Old words",
        standing="moved",
        rests_on=(SURVEY,),
        because="The words were changed.",
    )
    risk = Risk(key="1", reference=said("F1"), description=said("New words", PartedField), statements=(gone,))
    marked, references = referenced(register(risk))
    assert marked.risks[0].description.text == "New words"
    assert [(each.text, each.standing, each.because) for each in references.fallen] == [
        ("Old words", "moved", "The words were changed.")
    ]


def test_text_that_holds_the_signs_of_a_reference_is_not_taken_for_one() -> None:
    text = f"Said {OPENS}[9]{CLOSES} by nobody."
    risk = Risk(
        key="1",
        name=said("One"),
        description=said(text, PartedField),
        promises=(_promise("p"),),
        statements=(),
    )
    page = write(register(risk), "html").decode()
    assert 'data-paper="reference"' not in page


def _promise(key: str, **rest: object) -> Promise:
    return Promise.model_validate({"key": key, "kind": "action", "title": "Do it", **rest})


# --- Promises, coverage, order, what is new -----------------------------------------------------------------


def test_promises_say_what_is_late_what_slipped_and_who_answers() -> None:
    risk = Risk(
        key="1",
        reference=said("F1"),
        promises=(
            _promise(
                "a",
                owner="Harbour Engineer",
                due=date(2026, 5, 1),
                first_due=date(2026, 2, 1),
                slips=2,
                slip_reason="Frost.",
                state="overdue",
            ),
            _promise("b", state="no date"),
            _promise("c", due=date(2026, 6, 1), state="done", settled_on=date(2026, 5, 30), outcome="Dry"),
        ),
    )
    told = paper(register(risk)).promises
    assert told is not None
    assert told.title == "Three promises: one is late and one has no date"
    assert [[cell.words for cell in row] for row in told.rows] == [
        ["F1", "Do it", "Harbour Engineer", "1 May 2026", "1 February 2026", "Two slips. Frost", "▲ overdue"],
        ["F1", "Do it", "nobody named", "no date given", "no date given", "None", "? no date"],
        ["F1", "Do it", "nobody named", "1 June 2026", "the same", "None", "● done on 30 May 2026: Dry"],
    ]


def test_coverage_is_counted_a_risk_and_for_the_paper_and_the_override_is_printed() -> None:
    printed = paper(whole_paper.document(), whole_paper.edition())
    table = next(each for each in printed.sources if each.name == "coverage")
    *risks, last = [[cell.words for cell in row] for row in table.rows]
    assert last[0] == "The whole paper"
    assert last[1:] == [str(sum(int(row[place]) for row in risks)) for place in range(1, 7)]
    assert [last[place] for place in (2, 3, 4, 5)] == ["3", "1", "1", "1"]
    assert any("three rest on evidence, one on a named post's judgement" in note for note in printed.notes)
    assert printed.overridden.startswith("Let out with claims of improvement that rest on nothing: Deputy")


def test_the_order_is_the_edition_s_and_said_on_the_cover() -> None:
    document = whole_paper.document()
    backwards = document.model_copy(update={"risks": document.risks[::-1]})
    printed = paper(backwards, whole_paper.edition())
    assert [row.title[:5] for row in printed.glance.rows][:2] == ["CV-03", "CV-21"]
    assert printed.glance.rows[-1].title.startswith("CV-18")
    assert ("Order", "The highest rated first") in printed.facts
    as_kept = paper(backwards, replace(whole_paper.edition(), order="register"))
    assert as_kept.glance.rows[0].title.startswith("CV-18")


def edition_with(since: Since) -> Edition:
    return replace(SEVEN, matter=Matter(since=since))


def test_a_move_is_told_once_with_the_reason_of_its_judgement() -> None:
    since = Since(
        earlier="edition 3",
        moved=(Moved(key="HA1", title="Slipway", way="higher", before="Medium", after="Severe"),),
        rescored=(
            Rescored(
                key="HA1",
                title="Slipway",
                what="Residual rating",
                before="Medium",
                after="Severe",
                reason="It sank.",
            ),
        ),
    )
    sheet = paper(ordinary(), edition_with(since)).since
    assert sheet is not None
    (table,) = sheet.listings
    assert table.title == "One risk stands elsewhere"
    assert [cell.words for cell in table.rows[0]] == [
        "HA1 Slipway",
        "▲ higher",
        "Medium",
        "Severe",
        "It sank.",
    ]
    assert [cell.step for cell in table.rows[0]] == [0, 0, 2, 5, 0]


def test_nothing_new_is_said_and_has_no_tables() -> None:
    sheet = paper(ordinary(), edition_with(Since(earlier="edition 3"))).since
    assert sheet is not None
    assert "nothing has changed" in sheet.sentence
    assert sheet.listings == ()


def test_a_front_sheet_that_says_nothing_is_not_printed() -> None:
    assert paper(ordinary(), replace(SEVEN, matter=Matter(front=Front()))).front is None
    asked = paper(
        ordinary(), replace(SEVEN, matter=Matter(front=Front(recommendations=("Note it.", ""))))
    ).front
    assert asked is not None
    assert asked.recommendations == ("Note it.",)


def test_a_promise_kept_after_its_day_is_told_as_late_in_both_its_tables() -> None:
    due, done = date(2026, 8, 31), date(2026, 9, 2)
    kept = News(key="1", title="Slipway", promise="Underpin it", due=due, settled_on=done)
    edition = replace(EDITION, matter=Matter(since=Since(earlier="edition 1", kept=(kept,))))
    told = Promise(key="p", kind="action", title="Underpin it", due=due, state="done", settled_on=done)
    printed = paper(register(Risk(key="1", name=said("Slipway"), promises=(told,))), edition)
    assert printed.since
    assert printed.promises
    assert printed.since.listings[0].title == "One promise was kept late"
    assert printed.since.listings[0].rows[0][1].text == "◕ kept late"
    assert printed.promises.rows[0][-1].text == "◕ done late on 2 September 2026"


def reworded(field: str, label: str, *pieces: tuple[str, str], key: str = "1") -> Reworded:
    told = {"key": key, "title": f"Slipway {key}", "field": field, "label": label}
    words = [{"kind": kind, "text": text} for kind, text in pieces]
    return Reworded.model_validate({**told, "words": words})


CHANGED = Since(
    earlier="edition 1",
    reworded=(
        reworded("category", "Category", ("added", "Operations")),
        reworded("cause", "Cause", ("same", "It "), ("removed", "leans."), ("added", "sinks.")),
        reworded("objective", "Objective", ("added", "Keep the harbour\nopen")),
        reworded("controls:3", "Control", ("added", "A wall")),
        reworded("impact", "Impact", ("added", "Long. " * 30), key="2"),
        reworded("proximity", "Proximity", ("added", "Soon"), key="2"),
    ),
)


def test_what_a_risk_says_for_the_first_time_is_gathered_in_one_row() -> None:
    printed = paper(ordinary(), replace(EDITION, matter=Matter(since=CHANGED)))
    assert printed.since
    (told,) = printed.since.listings
    assert told.title == "Three texts say something else and three are recorded for the first time"
    assert [(row[1].text, row[2].words) for row in told.rows if "1" in row[0].text] == [
        ("Cause", "It [removed: leans.] [added: sinks.]"),
        ("Control", "[added: A wall]"),
        ("Recorded for the first time", "Category: Operations; Objective: Keep the harbour open"),
    ]
    assert [row[1].text for row in told.rows if "2" in row[0].text] == [
        "Impact",
        "Recorded for the first time",
    ]


@pytest.mark.parametrize("kind", ["html", "site", "docx", "pdf"])
def test_a_risk_is_named_once_above_its_texts(kind: Kind) -> None:
    data = write(ordinary(), kind, edition=replace(EDITION, matter=Matter(since=CHANGED)))
    if kind == "pdf":
        with pikepdf.open(io.BytesIO(data)) as pdf:
            tagged = list(_below(pdf.Root.StructTreeRoot, "/H3"))
            tables = [each for each in _below(pdf.Root.StructTreeRoot, "/Table") if len(each.K) > 1]
        assert len(tagged) == 2
        assert len(tables) > 2
        return
    if kind == "docx":
        word = Document(io.BytesIO(data))
        found = [each.text for each in word.paragraphs if each.style.name == "Heading 3"]
    else:
        text = data.decode() if kind == "html" else _page(data, "since-the-last-paper.html")
        level = "h4" if kind == "html" else "h3"
        found = [each.text_content() for each in fromstring(text).iter(level)]
        headed = fromstring(text).xpath("//table[contains(@class, 'reworded')]//th[@scope='row']")
        assert [each.get("data-heading") for each in headed] == ["Text"] * 5
    assert [each for each in found if "Slipway" in each] == ["1 Slipway 1", "2 Slipway 2"]


def _page(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as site:
        return site.read(next(each for each in site.namelist() if each.endswith(name))).decode()


def _below(under: pikepdf.Object, kind: str) -> Iterator[pikepdf.Dictionary]:
    children = under.get("/K")
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            if str(child.S) == kind:
                yield child
            yield from _below(child, kind)


def test_a_target_given_for_the_first_time_is_no_rescoring_and_is_counted_as_its_rows_are() -> None:
    def row(key: str, what: str, before: str, after: str) -> Rescored:
        return Rescored(key=key, title="Slipway", what=what, before=before, after=after)

    first = [row(key, "Target rating", "not recorded", "Medium") for key in ("1", "2", "3")]
    score, again = row("1", "Target score", "not recorded", "8"), row("4", "Residual score", "12", "15")
    since = Since(earlier="edition 1", rescored=(*first, score, again))
    sheet = paper(ordinary(), replace(SEVEN, matter=Matter(since=since))).since
    assert sheet
    assert "three risks were given a target for the first time" in sheet.sentence
    assert "one risk is scored otherwise within the same rating" in sheet.sentence
    assert sheet.listings[0].title == (
        "One risk is judged otherwise and three were given a target for the first time"
    )


def test_the_public_is_not_told_that_no_reason_was_recorded_where_it_may_have_none() -> None:
    slipped = News(key="1", title="Slipway", promise="Underpin it", due=date(2026, 8, 31))
    since = Since(earlier="edition 1", slipped=(slipped,))
    edition = replace(EDITION, matter=Matter(since=since))
    inside, outside = (
        paper(ordinary(), replace(edition, audience=audience)).since for audience in ("committee", "public")
    )
    assert inside
    assert outside
    assert inside.listings[0].rows[0][-1].text == "no reason recorded"
    assert outside.listings[0].head == ("Risk", "What", "Promise", "Owner", "When")
    assert len(outside.listings[0].rows[0]) == len(outside.listings[0].shares) == 5
