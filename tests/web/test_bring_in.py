"""Bringing a paper in through the pages: nothing enters the register before somebody accepts it."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from cast import a_paper, a_risk, accepted, bring
from watchkeep.apps.intake import changes, queries
from watchkeep.apps.register import queries as registers
from watchkeep.domain.document import PagePlace
from watchkeep.domain.errors import Unreadable
from watchkeep.gateways.storage import FolderStore
from watchkeep.jobs.reading import read_all_waiting
from web.conftest import Site
from web.test_pages import references, text_of

REGISTER = b"Ref,Risk,Owner,Rating\nLH1,The lamp fails,Harbour master,High\nLH2,The mole floods,,Low\n"


def upload(site: Site, content: bytes = REGISTER, name: str = "register.csv", **said: str) -> object:
    file = SimpleUploadedFile(name, content)
    return site.administrator.post("/bring-in", {"file": file, "key": "once", **said})


def waiting(site: Site) -> queries.ImportPage:
    return queries.import_page(site.force.administrator, 1)


@pytest.mark.parametrize(
    ("heard", "said"),
    [(5, ""), (40, "it is begun again after"), (200, "it is begun again as soon as a reader is free")],
)
def test_a_reading_that_has_gone_quiet_says_when_it_is_begun_again(
    empty: Site, heard: int, said: str
) -> None:
    upload(empty)
    ago = timezone.now() - timedelta(seconds=heard)
    assert changes.claim_next(by=empty.force.reading, now=ago) is not None
    for address in ("/bring-in/1", "/bring-in/1/progress"):
        words = text_of(empty.administrator.get(address))
        assert said in words
        assert ("Nothing has been heard of the reading" in words) is bool(said)


def test_a_paper_is_uploaded_read_and_accepted(empty: Site, store: FolderStore) -> None:
    answer = upload(empty, register_name="Harbour risks", as_at="2031-03-31")
    assert answer["Location"] == "/bring-in/1"  # type: ignore[index]  # a response
    page = empty.administrator.get("/bring-in/1")
    assert "Reading register.csv" in text_of(page)
    assert b'hx-get="/bring-in/1/progress"' in page.content
    assert read_all_waiting(store) == 1
    done = empty.administrator.get("/bring-in/1/progress", headers={"HX-Request": "true"})
    assert done["HX-Refresh"] == "true"
    assert registers.registers(empty.force.reader) == ()
    answer = empty.administrator.post("/bring-in/1/accept-all", follow=True)
    assert references(answer) == ["LH1", "LH2"]
    assert "2 risks are in the register" in text_of(answer)


def test_a_form_sent_twice_makes_one_import(empty: Site) -> None:
    assert upload(empty)["Location"] == upload(empty)["Location"] == "/bring-in/1"  # type: ignore[index]  # a response


@pytest.mark.parametrize(("content", "words"), [(b"", "The file is empty"), (None, "Choose the file")])
def test_what_is_no_file_is_refused_beside_its_box(empty: Site, content: bytes | None, words: str) -> None:
    answer = (
        upload(empty, content)
        if content is not None
        else empty.administrator.post("/bring-in", {"key": "once"})
    )
    assert answer.status_code == 400  # type: ignore[attr-defined]  # a response
    assert words in text_of(answer)
    assert "There is a problem" in text_of(answer)


def test_a_hostile_file_name_is_only_a_name(empty: Site, files: Path) -> None:
    upload(empty, name='../../<img src=x onerror=alert(1)>"\r\nSet-Cookie: x=1.csv')
    page = empty.administrator.get("/bring-in/1")
    assert b"<img src=x" not in page.content
    sha256 = waiting(empty).sha256
    header = empty.administrator.get(f"/files/{sha256}")["Content-Disposition"]
    assert "\n" not in header
    assert header.startswith("attachment")
    assert {path.name for path in files.rglob("*") if path.is_file()} == {sha256}


def test_a_file_that_cannot_be_read_says_why_and_what_to_do(empty: Site) -> None:
    upload(empty)
    claim = changes.claim_next(by=empty.force.reading)
    assert claim is not None
    problem = Unreadable(where="register.csv", why="It asks for a password.", remedy="Save it without one.")
    changes.record_refusal(by=empty.force.reading, claim=claim, problem=problem)
    words = text_of(empty.administrator.get("/bring-in/1"))
    assert "It asks for a password. Save it without one." in words
    assert "Nothing of it entered the register" in words


def test_doubts_are_settled_one_by_one_or_by_kind(site: Site) -> None:
    page = site.administrator.get("/bring-in/2").content.decode()
    assert "The mark of Q4 was lost." in page
    key = re.search(r'name="doubt" value="([0-9a-f]+)"', page)
    assert key
    site.administrator.post("/bring-in/2/resolve", {"doubt": key[1]})
    page = site.administrator.get("/bring-in/2").content.decode()
    assert f'value="{key[1]}"' not in page


def test_a_person_says_what_a_rising_arrow_means(site: Site) -> None:
    asked = "Does a rising arrow mean that the risk worsens?"
    assert asked in text_of(site.administrator.get("/bring-in/2"))
    answer = site.administrator.post("/bring-in/2/arrows", {"means": "improving"}, follow=True)
    assert asked not in text_of(answer)
    document = queries.import_page(site.force.administrator, 2).document
    assert document is not None
    assert document.risks[0].trends[0].movement == "improving"
    assert site.administrator.post("/bring-in/2/arrows", {"means": "steady"}).status_code == 400


def test_a_field_is_set_right_and_the_file_stays(site: Site) -> None:
    address = "/bring-in/2/correct?risk=LH1&field=owner"
    assert "Lighthouse rota LH1" in site.administrator.get(address).content.decode()
    answer = site.administrator.post(address, {"state": "recorded", "text": "Keeper of lamps"}, follow=True)
    assert "Keeper of lamps" in text_of(answer)
    answer = site.administrator.post(address, {"state": "not recorded", "text": ""}, follow=True)
    assert "Keeper of lamps" not in text_of(answer)


def test_a_recorded_field_needs_its_text(site: Site) -> None:
    answer = site.administrator.post(
        "/bring-in/2/correct?risk=LH1&field=owner", {"state": "recorded", "text": " "}
    )
    assert answer.status_code == 400
    assert "Give the text" in text_of(answer)


def test_all_controls_are_set_right_at_once(site: Site) -> None:
    address = "/bring-in/2/correct?risk=LH1&field=controls"
    assert "Weekly count of oil\nSpare lamp in the shed" in site.administrator.get(address).content.decode()
    answer = site.administrator.post(
        address, {"state": "recorded", "text": "Weekly count of oil\nA bell"}, follow=True
    )
    assert "A bell" in text_of(answer)
    assert "Spare lamp" not in text_of(answer)


def test_a_draft_says_what_is_new_changed_and_the_same(site: Site) -> None:
    words = text_of(site.administrator.get("/bring-in/2"))
    assert re.search(r"LH1 Lighthouse rota LH1 .*? Changed", words)
    assert re.search(r"LH2 Lighthouse rota LH2 .*? Nothing new", words)
    assert re.search(r"LH9 Lighthouse rota LH9 .*? New", words)
    assert re.search(r"In the register, not in this paper .*? LH3", words)
    assert re.search(r"Risk owner\s+removed:\s+Harbour master .* added:\s+Lighthouse rota LH1", words)


def test_one_risk_is_accepted_and_another_set_aside(site: Site) -> None:
    site.administrator.post("/bring-in/2/accept", {"risk": "LH9"})
    site.administrator.post("/bring-in/2/set-aside", {"risk": "LH1"})
    assert "LH9" in references(site.reader.get("/register"))
    assert re.search(r"Risk owner\s+Harbour master", text_of(site.reader.get("/risks/LH1")))
    assert queries.import_page(site.force.administrator, 2).waiting == 1


def test_a_risk_that_the_paper_lacks_is_closed_only_with_a_reason(site: Site) -> None:
    assert site.administrator.post("/bring-in/2/close", {"risk": "LH3"}).status_code == 400
    assert "LH3" in references(site.reader.get("/register"))
    site.administrator.post("/bring-in/2/close", {"risk": "LH3", "reason": "The lamp was taken down."})
    assert "LH3" not in references(site.reader.get("/register"))
    page = text_of(site.reader.get("/risks/LH3"))
    assert "Closed on 30 June 2031" in page
    assert "The lamp was taken down." in page


def test_a_risk_that_the_paper_lacks_is_closed_on_the_day_that_is_given(site: Site) -> None:
    form = site.administrator.get("/bring-in/2").content.decode()
    assert 'name="closed_on" value="2031-06-30"' in form
    said = {"risk": "LH3", "reason": "The lamp was taken down.", "closed_on": "2031-05-02"}
    site.administrator.post("/bring-in/2/close", said)
    assert "Closed on 2 May 2031" in text_of(site.reader.get("/risks/LH3"))


def test_a_paper_that_has_a_closed_risk_again_says_so_before_it_is_accepted(site: Site) -> None:
    said = {"reason": "We thought it was over.", "closed_on": "2031-04-30", "version": "1"}
    site.administrator.post("/register/close?risk=LH1", said)
    assert "Opens a closed risk again" in text_of(site.administrator.get("/bring-in/2"))
    site.administrator.post("/bring-in/2/accept", {"risk": "LH1"})
    assert "LH1" in references(site.reader.get("/register"))


def test_arrows_that_nobody_explained_are_not_said_to_mean_worse(site: Site) -> None:
    page = text_of(site.administrator.get("/bring-in/2"))
    assert "its arrows count as neither worse nor better" in page
    assert "taken to mean" not in page


def test_a_paper_without_a_name_waits_until_it_has_one(empty: Site, store: FolderStore) -> None:
    store.put(b"first paper")
    bring(
        empty.force,
        a_paper(
            name=a_risk("LH1").owner.model_copy(update={"state": "not recorded", "text": None, "places": ()})
        ),
    )
    page = empty.administrator.get("/bring-in/1")
    assert "Say which register this is first" in text_of(page)
    empty.administrator.post("/bring-in/1/what", {"register_name": "Harbour risks"})
    empty.administrator.post("/bring-in/1/accept-all")
    assert [row.name for row in registers.registers(empty.force.reader)] == ["Harbour risks"]


def test_the_picture_of_the_page_is_shown_with_its_box(empty: Site, store: FolderStore) -> None:
    png = b"\x89PNG\r\n\x1a\n made up"
    store.put(b"first paper")
    box = (72.0, 100.0, 300.0, 120.0)
    risk = a_risk(
        "LH1", owner=a_risk("LH1").owner.model_copy(update={"places": (PagePlace(page=1, box=box),)})
    )
    changes.receive_file(by=empty.force.administrator, name="paper.pdf", sha256=store.put(b"pdf"), size=3)
    claim = changes.claim_next(by=empty.force.reading)
    assert claim is not None
    picture = changes.Picture(page=1, sha256=store.put(png), width=595, height=842)
    changes.record_reading(by=empty.force.reading, claim=claim, document=a_paper(risk), pictures=[picture])
    page = empty.administrator.get("/bring-in/1/correct?risk=LH1&field=owner").content.decode()
    assert '<rect x="70" y="98" width="232" height="24"/>' in page
    answer = empty.reader.get(f"/files/{waiting(empty).sha256}/pages/1.png")
    assert answer.content == png
    assert answer["Content-Type"] == "image/png"


def test_accepting_says_who_did_it(empty: Site) -> None:
    accepted(empty.force)
    assert "Accepted Import 1: paper.txt" in text_of(empty.reader.get("/history"))
