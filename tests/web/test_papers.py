"""Papers through the pages: made, read, downloaded, withdrawn."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from cast import JUNE, a_paper, a_risk, accepted
from watchkeep.apps.history.changes import recording
from watchkeep.apps.publication import changes, queries
from watchkeep.apps.publication.models import Marking
from watchkeep.apps.register import queries as registers
from watchkeep.apps.register.models import Risk
from watchkeep.domain.document import Field
from watchkeep.domain.marking import Said
from watchkeep.formats.writers import KINDS
from web.conftest import SLUG, Site, signed_in
from web.test_pages import text_of


def test_a_paper_is_published_in_every_form(site: Site) -> None:
    answer = site.administrator.post(
        "/papers/publish", {"register": SLUG, "audience": "committee"}, follow=True
    )
    assert answer.redirect_chain[-1][0] == f"/papers/{SLUG}/2"
    assert "Published Harbour risk register, Q4, edition 2" in text_of(answer)
    starts = {
        "pdf": b"%PDF-",
        "xlsx": b"PK",
        "html": b"<!DOCTYPE html>",
        "json": b"{",
        "csv": b"\xef\xbb\xbf",
    }
    for kind, start in starts.items():
        file = site.reader.get(f"/papers/{SLUG}/2/{kind}")
        assert file.content[:20].lower().startswith(start.lower()) or (
            kind == "csv" and b"LH1" in file.content
        ), kind
        assert f"harbour-risk-register-q4-edition-2.{kind}" in file["Content-Disposition"]


def test_a_button_pressed_twice_publishes_once(site: Site) -> None:
    asked = {"register": SLUG, "audience": "committee", "key": "the form's own"}
    first, second = (site.administrator.post("/papers/publish", asked) for _ in range(2))
    assert first["Location"] == second["Location"] == f"/papers/{SLUG}/2"
    assert len(queries.editions(site.force.administrator)) == 2
    other = site.administrator.post("/papers/publish", asked | {"audience": "internal"})
    assert other["Location"] == f"/papers/{SLUG}/3", "another request, though from the same form"


def test_a_publication_that_was_cut_short_is_finished_by_asking_again(site: Site) -> None:
    by = site.force.administrator
    register = registers.register(by, SLUG)
    changes.freeze(by=by, register=register.id, audience="committee", key="the form's own")
    asked = {"register": SLUG, "audience": "committee", "key": "the form's own"}
    assert site.administrator.post("/papers/publish", asked)["Location"] == f"/papers/{SLUG}/2"
    made = queries.editions(by)[0]
    assert (made.number, made.state, len(made.files)) == (2, "published", len(KINDS))


def test_a_preview_leaves_no_token_in_its_address(site: Site) -> None:
    page = site.administrator.get("/papers").content.decode()
    assert 'formmethod="get"' not in page
    assert 'method="get" action="/papers/preview' not in page
    sent = {"register": SLUG, "audience": "committee", "csrfmiddlewaretoken": "secret", "key": "once"}
    led = site.administrator.post("/papers/preview", sent)["Location"]
    assert led == f"/papers/preview?register={SLUG}&audience=committee&title=&marking="
    assert b"Preview" in site.administrator.get(led).content


def test_the_preview_is_the_paper_and_freezes_nothing(site: Site) -> None:
    page = site.administrator.get(f"/papers/preview?register={SLUG}&audience=committee")
    assert "Preview" in page.content.decode()
    assert "LH1" in page.content.decode()
    assert len(queries.editions(site.force.administrator)) == 1


def test_an_edition_says_what_is_new_since_the_last_that_the_same_readers_have(site: Site) -> None:
    by, last = site.force.administrator, queries.editions(site.force.administrator)[0]
    fog = a_risk("LH9", name=Field(state="recorded", text="Fog"))
    accepted(site.force, a_paper(a_risk("LH1"), fog, day=JUNE, words="june"), "june")
    changes.freeze(by=by, register=registers.register(by, SLUG).id, audience=last.audience)
    page = text_of(site.administrator.get(f"/papers/{SLUG}/2"))
    assert "Since the last paper" in page
    assert "Since edition 1, frozen on" in page
    assert "New LH9 Fog" in page
    assert "Since the last paper" not in text_of(site.administrator.get(f"/papers/{SLUG}/1"))


def test_a_paper_that_makes_no_sense_is_not_made(site: Site) -> None:
    for said in (
        {"register": "no-such", "audience": "committee"},
        {"register": SLUG, "audience": "everybody"},
        {},
    ):
        assert site.administrator.post("/papers/publish", said).status_code == 400
    assert len(queries.editions(site.force.administrator)) == 1


def test_a_reader_sees_no_edition_before_it_is_published(site: Site) -> None:
    register = registers.register(site.force.administrator, SLUG)
    changes.freeze(by=site.force.administrator, register=register.id, audience="internal")
    assert site.administrator.get(f"/papers/{SLUG}/2").status_code == 200
    assert site.reader.get(f"/papers/{SLUG}/2").status_code == 404
    assert "edition 2" not in text_of(site.reader.get("/papers"))


def test_a_reader_is_shown_no_button_that_would_refuse(site: Site) -> None:
    assert b"Freeze and publish" not in site.reader.get("/papers").content
    assert b"Withdraw" not in site.reader.get(f"/papers/{SLUG}/1").content


def test_a_withdrawn_edition_is_gone_and_says_why(site: Site) -> None:
    assert site.administrator.post(f"/papers/{SLUG}/1/withdraw", {"reason": ""}).status_code == 400
    site.administrator.post(f"/papers/{SLUG}/1/withdraw", {"reason": "A name stood in it."})
    assert "A name stood in it." in text_of(site.reader.get(f"/papers/{SLUG}/1"))
    refused = site.reader.get(f"/papers/{SLUG}/1/pdf")
    assert refused.status_code == 410
    assert "A name stood in it." in text_of(refused)


def test_a_file_of_another_kind_is_not_there(site: Site) -> None:
    assert site.reader.get(f"/papers/{SLUG}/1/exe").status_code == 404


def manager(site: Site) -> Client:
    """The risk manager, who owes nobody an account: the administrator, who made them all, has no second."""
    return signed_in(site.force.people["risk_manager"])


def looked_at(site: Site, sent: dict[str, str]) -> dict[str, str]:
    """The form as it is sent by somebody who was shown what stands in the paper's way."""
    page = manager(site).post("/papers/check", sent).content.decode()
    (seen,) = re.findall(r'name="seen" value="([0-9a-f]+)"', page)
    return sent | {"seen": seen}


def test_a_paper_for_the_public_waits_for_a_second_person(site: Site) -> None:
    sent = {
        "register": SLUG,
        "audience": "public",
        "purpose": "To hear Siv Minute",
        "despite": "They agreed to be named.",
    }
    unseen = text_of(manager(site).post("/papers/publish", sent))
    assert "not what you saw: look again" in unseen, unseen
    first = manager(site).post("/papers/publish", looked_at(site, sent), follow=True)
    assert "A second person approves it next" in text_of(first)
    assert "a second person who may publish approves it" in text_of(first)
    assert site.reader.get(f"/papers/{SLUG}/2").status_code == 404
    assert manager(site).post(f"/papers/{SLUG}/2/approve").status_code == 403
    secretary = signed_in(site.force.people["secretary"])
    assert b"Approve for the public" in secretary.get(f"/papers/{SLUG}/2").content
    assert "is approved" in text_of(secretary.post(f"/papers/{SLUG}/2/approve", follow=True))
    assert site.reader.get(f"/papers/{SLUG}/2/csv").status_code == 404
    manager(site).post(f"/papers/{SLUG}/2/publish")
    assert site.reader.get(f"/papers/{SLUG}/2/csv").status_code == 200


def test_what_stands_in_the_way_is_shown_with_every_word_that_was_written(site: Site) -> None:
    closed = Said("internal", "section 31(1)(a)", "It tells which light is weak.")
    risk = Risk.objects.get(key="LH1").pk
    changes.mark(by=site.force.administrator, risk=risk, field="description", said=closed)
    sent = {"register": SLUG, "audience": "public", "title": "Our lights", "recommendations": "Note it"}
    for address, status in (("/papers/check", 200), ("/papers/publish", 400)):
        answer = site.administrator.post(address, sent)
        assert answer.status_code == status
        said = text_of(answer)
        for words in ("section 31(1)(a)", "LH1 Lighthouse rota LH1: Description", "say why it may stand"):
            assert words in said.replace("say below why", "say why"), (address, words)
        assert 'value="Our lights"' in answer.content.decode()
        assert "Note it</textarea>" in answer.content.decode()
    assert len(queries.editions(site.force.administrator)) == 1


def test_a_rule_is_made_on_the_risks_page_and_taken_off_with_a_reason(site: Site) -> None:
    said = {"field": "controls:0", "readers": "internal", "exemption": "s. 31", "harm": "It tells much."}
    assert site.administrator.post("/risk/readers/LH1", said | {"harm": ""}).status_code == 400
    site.administrator.post("/risk/readers/LH1", said)
    assert "Control “Weekly count of oil”" in text_of(site.administrator.get("/papers"))
    page = site.administrator.get("/risk/readers/LH1").content.decode()
    (link,) = re.findall(r'href="(/risk/readers-open/LH1[^"]*)"', page)
    address = unescape(link)
    assert site.administrator.post(address, {"reason": ""}).status_code == 400
    assert site.administrator.post(address, {"reason": "It is known."}).status_code == 302
    assert "Weekly count of oil" not in text_of(site.administrator.get("/risk/readers/LH1")).split("What")[0]


def test_home_asks_the_second_person_and_tells_of_rules_to_look_at_again(site: Site) -> None:
    manager(site).post("/papers/publish", {"register": SLUG, "audience": "public"})
    asked = "Approve Harbour risk register, Q4, edition 2, for the public"
    assert asked in text_of(signed_in(site.force.people["secretary"]).get("/"))
    for client in (manager(site), site.reader):
        assert asked not in text_of(client.get("/"))
    with recording(by=site.force.administrator, verb="as if a year went by"):
        rule = Marking.objects.get()
        rule.look_again_on = timezone.localdate()
        rule.save()
    assert "Look again at 1 rule of who may read what" in text_of(site.administrator.get("/"))
    assert "Look again at" not in text_of(site.reader.get("/"))


@pytest.mark.parametrize("who", ["board_member", "action_owner"])
def test_who_may_make_no_rule_is_sent_no_form_in_answer_to_one(site: Site, who: str) -> None:
    answer = signed_in(site.force.people[who]).post("/risk/readers/LH1", {"readers": "internal"})
    assert answer.status_code == 403
    assert b"Who answers for the rule" not in answer.content
