"""What a reader would ask stands on the risk's page with its words marked, and is answered there."""

from __future__ import annotations

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


def test_each_sees_what_is_theirs_to_do(site: Site) -> None:
    # Who may not answer reads what is found, and sees no form.
    page = site.reader.get("/risks/LH1")
    assert "What a reader would ask" in text_of(page)
    assert b"/register/words/answer" not in page.content
    where = f"/register/words/answer?register={SLUG}&finding={site.ids['finding']}"
    other = signed_in(site.force.people["other_owner"])
    assert other.post(where, {"number": 0, "answer": "wrong", "reason": "No."}).status_code == 403

    # Who keeps the register is told how much there is, filters it and takes away what is shown.
    manager = site.force.risk_manager
    client = signed_in(site.force.people["risk_manager"])
    found = queries.scrutiny(manager, SLUG)
    assert f"{sum(each.open for each in found.findings)} findings in the words of" in text_of(client.get("/"))
    shown = text_of(client.get("/register/words?state=answered&owner=Nobody+at+all"))
    assert "The gauge comes first." in shown  # a choice that makes no sense is passed over
    assert "Buy a second gauge" not in shown
    rows = client.get("/register/words/file/csv?state=answered").content.decode("utf-8-sig").splitlines()
    assert [("The gauge comes first." in row) for row in rows] == [False, True]
    told = client.get("/register/words/file/json?state=answered").json()
    assert [told["counts"][weight] for weight in ("error", "warning", "note")] == [0, 0, 0]

    # Who updates a risk in its review is told how much is found in its words.
    risk = registers.risk(manager, SLUG, "LH1")
    count = sum(each.open for each in queries.findings_of(manager, risk))
    review = f"/review/{SLUG}/2031-32-q1/risks/LH1"
    assert f"{count} finding" in text_of(client.get(review))
    assert "not answered yet" not in text_of(site.reader.get(review))

    # An owner is asked to mend errors in the words of their own risks, and of no others.
    own = queries.to_mend(site.force.owner)
    assert {each.risk for each in own} <= {"LH3"}
    home = text_of(signed_in(site.force.people["owner"]).get("/"))
    assert ("Mend the words of LH3" in home) == bool(own)
    assert "Mend the words of LH1" not in home
