"""What a reader would ask stands on the risk's page with its words marked, and is answered there."""

from __future__ import annotations

from urllib.parse import quote

from watchkeep.apps.register import queries as registers
from watchkeep.apps.scrutiny import queries
from web.conftest import Site, signed_in
from web.test_pages import text_of

SLUG = "harbour-risk-register"


def test_a_finding_is_answered_on_the_risks_page_and_folded_away_with_who_and_why(site: Site) -> None:
    client = signed_in(site.force.people["risk_manager"])
    before = client.get("/risks/LH1")
    assert "What a reader would ask" in text_of(before)
    assert b"End of mark.</span></mark>" in before.content
    where = f"/register/words/answer?register={SLUG}&finding={site.ids['finding']}"
    assert where.replace("&", "&amp;") in before.content.decode()

    wrong = client.post(where, {"number": 0, "answer": "accepted", "reason": " "})
    assert wrong.status_code == 400
    assert "Say why." in text_of(wrong)
    assert "Buy a second gauge" in text_of(wrong)  # the words, still before whoever answers
    sent = client.post(
        where, {"number": 0, "answer": "wrong", "reason": "It hangs in the mole."}, follow=True
    )
    page = text_of(sent)
    assert sent.redirect_chain[-1][0].startswith("/risks/LH1")
    assert "It is answered, until these words change." in page
    assert "Answered by Runa Quay on" in page
    assert "It hangs in the mole." in page

    late = client.post(where, {"number": 0, "answer": "accepted", "reason": "It is on order."})
    assert late.status_code == 409  # somebody answered meanwhile: both stand before the second
    assert "It is on order." in text_of(late)
    assert "It hangs in the mole." in text_of(late)

    back = f"/register/words/take-back?register={SLUG}&finding={site.ids['finding']}"
    client.post(back, {"number": 1, "reason": ""})
    found = queries.scrutiny(site.force.risk_manager, SLUG)
    assert [each.open for each in found.findings if each.found.key == site.ids["finding"]] == [True]


def test_who_may_not_answer_reads_what_is_found_and_sees_no_form(site: Site) -> None:
    page = site.reader.get("/risks/LH1")
    assert "What a reader would ask" in text_of(page)
    assert b"/register/words/answer" not in page.content
    where = f"/register/words/answer?register={SLUG}&finding={site.ids['finding']}"
    other = signed_in(site.force.people["other_owner"])
    assert other.post(where, {"number": 0, "answer": "wrong", "reason": "No."}).status_code == 403


def test_all_of_a_register_is_filtered_and_taken_away_as_it_is_shown(site: Site) -> None:
    client = signed_in(site.force.people["risk_manager"])
    every = queries.scrutiny(site.force.risk_manager, SLUG)
    open_ones = sum(each.open for each in every.findings)
    home = text_of(client.get("/"))
    assert f"{open_ones} findings in the words of" in home
    page = text_of(client.get("/register/words?state=answered"))
    assert "The gauge comes first." in page
    assert "Buy a second gauge" not in page
    rows = client.get("/register/words/file/csv?state=answered").content.decode("utf-8-sig").splitlines()
    assert len(rows) == 2
    assert "The gauge comes first." in rows[1]
    nothing = client.get(f"/register/words?owner={quote('Nobody at all')}&state=all")
    assert nothing.status_code == 200  # a choice that makes no sense is passed over


def test_who_updates_a_risk_in_its_review_is_told_how_much_is_found_in_its_words(site: Site) -> None:
    link = f"/review/{SLUG}/2031-32-q1/risks/LH1"
    page = signed_in(site.force.people["risk_manager"]).get(link)
    risk = registers.risk(site.force.risk_manager, SLUG, "LH1")
    count = sum(each.open for each in queries.findings_of(site.force.risk_manager, risk))
    assert count > 0
    assert f"{count} finding" in text_of(page)
    assert "not answered yet" not in text_of(site.reader.get(link))


def test_an_owner_is_asked_for_the_errors_in_the_words_of_their_own_risks_only(site: Site) -> None:
    home = text_of(signed_in(site.force.people["owner"]).get("/"))
    assert "Mend the words of LH1" not in home  # LH1 is not the Head of Harbour's
    errors = [each for each in queries.to_mend(site.force.owner) if each.risk == "LH3"]
    assert ("Mend the words of LH3" in home) == bool(errors)
