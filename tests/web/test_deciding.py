"""Deciding about a draft through its pages: what cannot be done says why, and leads back to the draft."""

from __future__ import annotations

import pytest

from cast import JUNE, MARCH, a_paper, a_risk, accepted, bring
from watchkeep.apps.intake import changes, queries
from watchkeep.apps.register import changes as register_changes
from watchkeep.apps.register import queries as registers
from watchkeep.domain.document import Doubt
from watchkeep.gateways.storage import FolderStore
from web.conftest import SLUG, Site
from web.test_pages import text_of


def test_two_risks_of_one_reference_are_refused_with_the_way_back_to_the_draft(empty: Site) -> None:
    bring(empty.force, a_paper(a_risk("LH1"), a_risk("LH1", key="again")))
    answer = empty.administrator.post("/bring-in/1/accept-all")
    assert answer.status_code == 409
    assert "a reference is never used again" in text_of(answer)
    assert b'href="/bring-in/1"' in answer.content
    assert "not open to you" not in text_of(answer)


@pytest.mark.parametrize(
    ("address", "sent"),
    [
        ("/bring-in/1/resolve", {"code": "trend-lost"}),
        ("/bring-in/1/arrows", {"means": "improving"}),
        ("/bring-in/1/set-aside", {}),
        ("/bring-in/1/correct?risk=LH1&field=owner", {"state": "recorded", "text": "Pilot"}),
    ],
)
def test_a_tab_left_open_is_told_that_the_paper_was_accepted(
    empty: Site, address: str, sent: dict[str, str]
) -> None:
    accepted(empty.force)
    answer = empty.administrator.post(address, sent)
    assert answer.status_code == 409
    assert "was accepted already by Edda Holm" in text_of(answer)
    assert b'href="/bring-in/1"' in answer.content


def test_what_is_wrong_in_a_decision_leads_back_to_the_draft_too(empty: Site) -> None:
    bring(empty.force, a_paper())
    answer = empty.administrator.post("/bring-in/1/what", {"as_at": "someday"})
    assert answer.status_code == 400
    assert b'href="/bring-in/1"' in answer.content


def test_a_reader_is_still_told_that_it_is_not_open_to_them(site: Site) -> None:
    answer = site.reader.post("/bring-in/2/accept-all")
    assert answer.status_code == 403
    assert "not open to you" in text_of(answer)


def test_the_second_to_accept_is_told_who_was_first(empty: Site) -> None:
    accepted(empty.force)
    words = text_of(empty.administrator.post("/bring-in/1/accept-all", follow=True))
    assert "was accepted already, by Edda Holm on" in words
    assert "0 risks" not in words
    words = text_of(empty.administrator.post("/bring-in/1/accept", {"risk": "LH1"}, follow=True))
    assert "LH1 was accepted already, by Edda Holm on" in words


def test_a_file_brought_in_again_says_when_and_by_whom_it_was(empty: Site) -> None:
    accepted(empty.force)
    bring(empty.force, a_paper())
    words = text_of(empty.administrator.get("/bring-in/2"))
    assert "This very file was brought in on" in words
    assert "by Edda Holm as import 1" in words


def test_accepting_all_says_how_many_wait_because_a_person_set_them(site: Site) -> None:
    found = registers.risk(site.force.administrator, SLUG, "LH1")
    register_changes.correct_risk(
        by=site.force.administrator,
        risk=found.id,
        version=found.version,
        path="owner",
        text="Pilot",
        effective_on=MARCH,
    )
    words = text_of(site.administrator.get("/bring-in/2"))
    assert "Risk owner was set by Edda Holm on" in words
    assert "1 risk needs its own decision" in words
    words = text_of(site.administrator.post("/bring-in/2/accept-all", follow=True))
    assert "2 risks are in the register" in words
    assert "1 risk waits for a decision each" in words
    owner = registers.risk(site.force.administrator, SLUG, "LH1").value.owner
    assert owner.text == "Pilot"


def test_what_arrows_meant_before_may_be_said_otherwise(empty: Site) -> None:
    first = bring(empty.force, a_paper())
    changes.confirm_rising(by=empty.force.administrator, paper=first, means="worsening")
    changes.accept_all(by=empty.force.administrator, paper=first)
    bring(empty.force, a_paper(day=JUNE, words="june"), "june")
    words = text_of(empty.administrator.get("/bring-in/2"))
    assert "A rising arrow means worsening, as was said of the register’s earlier paper" in words
    empty.administrator.post("/bring-in/2/arrows", {"means": "improving"})
    document = queries.import_page(empty.force.administrator, 2).document
    assert document is not None
    assert document.rising_means == "improving"


def test_a_doubt_with_no_field_to_set_right_can_only_have_been_seen(empty: Site) -> None:
    whole = Doubt(code="no-owner", sentence="No owner is named.", field="owner")
    one = Doubt(code="trend-lost", sentence="Lost.", risk="LH1", field="trends:Q4")
    bring(empty.force, a_paper(doubts=(whole,)))
    words = text_of(empty.administrator.get("/bring-in/1"))
    assert "Seen; leave it so" in words
    assert "Right as it stands" not in words
    bring(empty.force, a_paper(words="b", doubts=(one,)), "b")
    assert "Right as it stands" in text_of(empty.administrator.get("/bring-in/2"))


TREND = "/bring-in/1/correct?risk=LH1&field=trends:Q4"


@pytest.mark.parametrize(
    ("sent", "stands"),
    [
        ({"state": "worsening", "text": ""}, ("recorded", "worsening", "worsening")),
        ({"state": "steady", "text": "ignored"}, ("recorded", "steady", "steady")),
        ({"state": "recorded", "text": "↓"}, ("recorded", "↓", "improving")),
        ({"state": "not applicable", "text": ""}, ("not applicable", None, None)),
    ],
)
def test_a_trend_is_chosen_or_written(
    empty: Site, sent: dict[str, str], stands: tuple[str | None, ...]
) -> None:
    bring(empty.force, a_paper())
    assert "<select" in empty.administrator.get(TREND).content.decode()
    assert empty.administrator.post(TREND, sent).status_code == 302
    trend = queries.import_page(empty.force.administrator, 1).risks[0].value.trends[1]
    assert (trend.state, trend.text, trend.movement) == stands


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        ("trends:Q4", "banana", "names no direction"),
        ("reference", "LH2", "already another risk of this paper"),
    ],
)
def test_a_correction_that_makes_no_sense_is_refused_beside_its_box(
    empty: Site, store: FolderStore, field: str, text: str, words: str
) -> None:
    store.put(b"first paper")
    bring(empty.force, a_paper())
    answer = empty.administrator.post(
        f"/bring-in/1/correct?risk=LH1&field={field}", {"state": "recorded", "text": text}
    )
    assert answer.status_code == 400, text_of(answer)
    assert words in text_of(answer)
    assert f'value="{text}"' in answer.content.decode() or f">\n{text}</textarea>" in answer.content.decode()
