"""What is late stands on the first page of every form, below the finding."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date

import pptx
import pypdfium2
import pytest
from docx import Document
from lxml.html import fromstring

import whole_paper
from odd_registers import EDITION, register, said
from watchkeep.domain.document import Promise, Risk
from watchkeep.domain.edition import Matter
from watchkeep.domain.since import News, Since
from watchkeep.formats.writers import Kind
from watchkeep.formats.writers.paper.late import late_of

DUE = date(2026, 3, 1)
EARLIER = "edition 3, frozen on 16 January 2026"


def overdue(number: int, **rest: object) -> Promise:
    told = {"key": f"p{number}", "kind": "action", "title": f"Do thing {number}", "due": DUE}
    return Promise.model_validate({**told, "state": "overdue", **rest})


def test_up_to_five_are_named_the_latest_first_and_the_rest_counted() -> None:
    promises = [overdue(number, due=date(2026, 3, 10 - number)) for number in range(7)]
    risk = Risk(key="1", reference=said("F1"), promises=tuple(promises))
    told = late_of(register(risk), replace(EDITION, as_at=date(2026, 3, 31), matter=Matter()))
    assert told
    assert told.title == "Late: seven promises"
    assert told.lines[0] == "F1: Do thing 6; nobody named; 27 days late (due 4 March 2026)"
    assert (len(told.lines), told.more) == (5, "and two more")


def test_what_is_newly_late_is_said_and_what_is_only_waiting_is_not_late() -> None:
    promises = (overdue(1, owner="Harbour Engineer"), overdue(2), overdue(3, state="waiting"))
    risk = Risk(key="1", name=said("Slipway"), promises=promises)
    since = Since(earlier=EARLIER, newly_late=(News(key="1", title="Slipway", promise="Do thing 1"),))
    told = late_of(register(risk), replace(EDITION, as_at=date(2026, 3, 2), matter=Matter(since=since)))
    assert told
    assert told.title == "Late: two promises, one of them newly late since edition 3"
    assert told.lines[0].endswith("Do thing 1; Harbour Engineer; one day late (due 1 March 2026); newly late")
    assert "newly" not in told.lines[1]
    assert late_of(register(risk), EDITION) is None  # of the first layout


@pytest.mark.parametrize("kind", ["pdf", "html", "site", "docx", "pptx"])
def test_every_form_says_what_is_late_before_its_figures(kind: Kind) -> None:
    text = " ".join(_first(kind, whole_paper.written(kind)).split())
    late = "Leave remote remand hearings; Head of Criminal Justice; 123 days late"  # 28 November to 31 March
    assert text.index("Late: one promise") < text.index(late)


def _first(kind: Kind, data: bytes) -> str:
    if kind == "pdf":
        return str(pypdfium2.PdfDocument(data)[0].get_textpage().get_text_range())
    if kind == "docx":
        said = [each.text for each in Document(io.BytesIO(data)).paragraphs]
        return "\n".join(said[: said.index("In figures")])
    if kind == "pptx":
        return "\n".join(
            each.text_frame.text for each in pptx.Presentation(io.BytesIO(data)).slides[0].placeholders
        )
    if kind == "site":
        with zipfile.ZipFile(io.BytesIO(data)) as site:
            data = site.read(next(each for each in site.namelist() if each.endswith("index.html")))
    (finding,) = fromstring(data.decode()).xpath("//section[@id='finding']")
    return str(finding.text_content())
