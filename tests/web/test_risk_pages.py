"""A risk is written, edited, judged and moved on pages that say what may be done, and lose no text."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from cast import Staffed, a_paper, accepted
from once import made_once
from watchkeep.apps.people import changes as people
from watchkeep.apps.people.models import Post
from watchkeep.apps.register import changes, queries
from watchkeep.apps.register.models import Register, Risk
from watchkeep.domain.finding import written
from watchkeep.web.risk.appetite_section import section
from web.conftest import Site, signed_in

pytestmark = pytest.mark.django_db
SLUG = "harbour-risk-register"
APRIL, MAY, JUNE = date(2026, 4, 30), date(2026, 5, 31), date(2026, 6, 30)


@pytest.fixture
@made_once
def manager(staffed: Staffed) -> Client:
    """The risk manager, over the harbour's register and a corporate one above it."""
    accepted(staffed, a_paper(day=APRIL))
    changes.open_register(by=staffed.administrator, name="Corporate register")
    return signed_in(staffed.people["risk_manager"])


def risk(key: str = "LH1") -> Risk:
    return Risk.objects.get(key=key)


def boxes(client: Client, address: str) -> dict[str, Any]:
    """What a browser would send from the page unchanged."""
    form = client.get(address).context["form"]
    sent = {name: form[name].value() for name in form.fields}
    return {
        name: value.isoformat() if isinstance(value, date) else value for name, value in sent.items() if value
    }


def send(client: Client, address: str, **changed: Any) -> Any:
    return client.post(address, boxes(client, address) | changed, follow=True)


def test_a_page_sent_unchanged_changes_nothing(manager: Client, staffed: Staffed) -> None:
    before = queries.value_of(risk())
    assert send(manager, "/risk/edit/LH1").status_code == 200
    assert queries.value_of(risk()) == before
    assert risk().version == 1


def test_what_is_written_in_a_box_is_said_of_the_risk_and_the_rest_keeps_its_place(
    manager: Client, staffed: Staffed
) -> None:
    send(
        manager,
        "/risk/edit/LH1",
        cause="Storms",
        event="not applicable",
        unknowns="How old the lamps are",
        controls="(ii) Spare lamp in the shed\n(i) Weekly count of oil\nA new one",
        description="(i) Too few keepers\n(ii) Too few lamps\n(iii) No boat",
        whole_rule="worst part",
    )
    value = queries.value_of(risk())
    assert (value.cause.text, value.event.state, value.unknowns.text) == (
        "Storms",
        "not applicable",
        "How old the lamps are",
    )
    assert [(each.part, each.text) for each in value.controls] == [
        ("ii", "Spare lamp in the shed"),
        ("i", "Weekly count of oil"),
        (None, "A new one"),
    ]
    assert value.controls[0].places
    assert [(each.marker, each.text) for each in value.description.parts][-1] == ("iii", "No boat")
    assert value.name.places
    assert value.whole_rule.text == "worst part"


def test_choosing_a_post_writes_its_title(manager: Client, staffed: Staffed) -> None:
    send(manager, "/risk/edit/LH1", owner_post=str(staffed.owner_post))
    page = queries.risk(staffed.auditor, SLUG, "LH1")
    assert (page.value.owner.text, page.owner_post) == ("Head of Harbour", staffed.owner_post)


def test_choosing_no_post_takes_it_off_and_the_words_stay_as_written(
    manager: Client, staffed: Staffed
) -> None:
    send(manager, "/risk/edit/LH1", owner_post=str(staffed.owner_post))
    send(manager, "/risk/edit/LH1", owner_post="")
    page = queries.risk(staffed.auditor, SLUG, "LH1")
    assert (page.value.owner.text, page.owner_post) == ("Head of Harbour", None)


def test_a_post_that_is_no_longer_on_offer_is_not_taken_off_by_another_change(
    manager: Client, staffed: Staffed
) -> None:
    send(manager, "/risk/edit/LH1", owner_post=str(staffed.owner_post))
    post = Post.objects.get(pk=staffed.owner_post)
    people.abolish_post(
        by=staffed.administrator, post=post.pk, version=post.version, on=timezone.localdate(), reason="Gone"
    )
    send(manager, "/risk/edit/LH1", owner_post="", cause="Rust")
    page = queries.risk(staffed.auditor, SLUG, "LH1")
    assert (page.value.cause.text, page.owner_post) == ("Rust", staffed.owner_post)


def test_an_owner_that_is_no_post_is_offered_to_be_made_one_by_who_may(
    manager: Client, staffed: Staffed
) -> None:
    assert b"Open a post called" not in manager.get("/risk/edit/LH1").content
    administrator = signed_in(staffed.administrator_person)
    send(administrator, "/risk/edit/LH1", make_post="on")
    page = queries.risk(staffed.auditor, SLUG, "LH1")
    assert page.value.owner.text == "Harbour master"
    assert page.owner_post is not None


def test_the_second_to_save_sees_both_and_loses_no_text(manager: Client, staffed: Staffed) -> None:
    mine = boxes(manager, "/risk/edit/LH1") | {"cause": "My long words about storms"}
    send(manager, "/risk/edit/LH1", cause="Somebody else was quicker")
    answer = manager.post("/risk/edit/LH1", mine)
    assert answer.status_code == 409
    for words in (b"My long words about storms", b"Somebody else was quicker"):
        assert words.split()[-1] in answer.content


def test_a_new_risk_is_opened_under_the_suggested_reference_or_kept_as_a_draft(
    manager: Client, staffed: Staffed
) -> None:
    new = f"/risk/new?register={SLUG}"
    assert send(manager, new, name="Fog").status_code == 200
    assert risk("LH4").name == "Fog"
    answer = send(manager, new, name="Ice", do="draft")
    assert b"in no register and no paper" in answer.content
    assert b"Ice" in manager.get(f"/register?register={SLUG}").content
    send(manager, f"/risk/open/draft-1?register={SLUG}")
    assert risk("LH5").name == "Ice"


def test_a_risk_is_assessed_on_its_page(manager: Client, staffed: Staffed) -> None:
    answer = send(
        manager, "/risk/assess/LH1", stage="residual", part="ii", rating="Low", rationale="New lamps"
    )
    assert b"New lamps" in answer.content
    assert queries.assessments(staffed.auditor, risk().pk)[0].part == "ii"


def test_a_risk_is_escalated_taken_in_and_brought_back(manager: Client, staffed: Staffed) -> None:
    above = str(Register.objects.get(slug="corporate-register").pk)
    send(manager, "/risk/escalate/LH1", to_register=above, reason="Beyond us")
    assert b"offered by" in manager.get("/register?register=corporate-register").content
    send(manager, "/risk/open/from-LH1?register=corporate-register", reference="C1")
    page = manager.get("/risks/C1?register=corporate-register").content
    assert b"Lighthouse rota LH1" in page
    assert b"Its words are those of the register that it came from" in page
    send(manager, f"/risk/bring-back/LH1?register={SLUG}", reason="Held now")
    assert risk().state == "open"


def test_a_risk_is_merged_and_a_closed_one_reopened(manager: Client, staffed: Staffed) -> None:
    send(manager, "/risk/merge/LH1", into=str(risk("LH2").pk), reason="One and the same")
    assert b"Merged into this risk" in manager.get("/risks/LH2").content
    answer = manager.get("/risk/reopen/LH3")
    assert (answer.status_code, b"LH3 is already open." in answer.content) == (403, True)
    found = risk("LH3")
    changes.close_risk(
        by=staffed.risk_manager, risk=found.pk, version=found.version, closed_on=MAY, reason="Over."
    )
    send(manager, "/risk/reopen/LH3", reason="Not over", on=JUNE.isoformat())
    assert risk("LH3").state == "open"


def test_links_and_events_are_kept_on_the_page(manager: Client, staffed: Staffed) -> None:
    send(manager, "/risk/link/LH1", kind="in causes", other=str(risk("LH2").pk), note="Oil")
    assert b"is caused by" in manager.get("/risks/LH1").content
    link = queries.links(staffed.auditor, risk().pk).rows[0].id
    assert manager.post(f"/risk/link-look/LH1?link={link}").status_code == 302
    send(manager, f"/risk/link-end/LH1?link={link}", reason="Repaired")
    assert queries.links(staffed.auditor, risk().pk).rows == ()
    send(manager, "/risk/event/LH1", kind="request", title="More oil", on=MAY.isoformat())
    event = queries.events(staffed.auditor, risk().pk)[0].id
    answer = send(manager, f"/risk/event/LH1?event={event}", outcome="Granted", reason="Answered")
    assert b"Granted" in answer.content
    assert b"What was told before" in answer.content


def test_the_page_says_what_the_viewer_cannot_do_and_why(manager: Client, staffed: Staffed) -> None:
    changes.set_owner(by=staffed.risk_manager, risk=risk().pk, version=1, post=staffed.owner_post, on=APRIL)
    owner = signed_in(staffed.people["owner"]).get("/risks/LH1").content.decode()
    assert "/risk/edit/LH1" in owner
    assert "/risk/merge/LH1" not in owner
    assert "may change risks here" in owner
    auditor = signed_in(staffed.people["auditor"]).get("/risks/LH1").content.decode()
    assert "/risk/edit/LH1" not in auditor
    past = manager.get("/risks/LH1?as_at=2026-05-01").content.decode()
    assert "/risk/edit/LH1" not in past


@pytest.mark.parametrize("who", ["auditor", "reader", "other_owner"])
def test_who_may_not_change_a_risk_is_refused_at_every_page(
    manager: Client, staffed: Staffed, who: str
) -> None:
    client = signed_in(staffed.people[who])
    for page in ("edit", "assess", "escalate", "merge", "reopen", "link"):
        sent = {"name": "x", "version": 1, "stage": "residual", "rating": "Low", "on": "2026-05-31"}
        sent |= {"effective_on": "2026-05-31", "reason": "x", "kind": "out causes", "note": ""}
        sent |= {"to_register": str(Register.objects.get(slug="corporate-register").pk)}
        sent |= {"into": str(risk("LH2").pk), "other": str(risk("LH2").pk)}
        assert client.post(f"/risk/{page}/LH1", sent).status_code == 403, page
    assert risk().version == 1


@pytest.mark.parametrize("typed", ["  cv  07 ", "ＣＶ／０７", "2031–4"])
def test_a_new_risk_is_found_where_the_answer_leads_however_its_reference_was_typed(
    site: Site, typed: str
) -> None:
    sent = {"name": "Fog for a week", "reference": typed, "effective_on": "2031-07-01"}
    answer = site.administrator.post("/risk/new", sent)
    assert answer.status_code == 302
    shown = site.administrator.get(answer["Location"])
    assert shown.status_code == 200
    assert "Fog for a week" in shown.content.decode()


@pytest.mark.parametrize("given", ["LH1", "lh1", "LH1 ", "ＬＨ1"])
def test_a_reference_in_use_brings_the_form_back_with_what_was_typed(site: Site, given: str) -> None:
    sent = {"name": "Fog for a week", "reference": given, "effective_on": "2031-07-01"}
    answer = site.administrator.post("/risk/new", sent)
    assert answer.status_code == 400
    assert "a reference is never used again" in answer.content.decode()
    assert "Fog for a week" in answer.content.decode()


def test_the_page_says_when_nobody_holds_the_post_that_answers(manager: Client, staffed: Staffed) -> None:
    found, by, today = risk(), staffed.administrator, timezone.localdate()
    changes.set_owner(by=by, risk=found.pk, version=found.version, post=staffed.other_post, on=APRIL)
    said = "which answers for it"
    assert said not in manager.get("/risks/LH1").content.decode()
    people.stop_person(by=by, person=staffed.people["other_owner"].pk, reason="Left.")
    assert "Nobody holds Head of Lamps, which answers for it." in manager.get("/risks/LH1").content.decode()
    post = Post.objects.get(pk=staffed.other_post)
    people.abolish_post(by=by, post=post.pk, version=post.version, on=today, reason="Electric.")
    words = manager.get("/risks/LH1").content.decode()
    assert f"Head of Lamps, which answers for it, was abolished on {written(today)}." in words


def test_above_the_category_is_shown_that_it_stands_against_whatever_that_is_called_now(
    manager: Client, staffed: Staffed
) -> None:
    by = staffed.risk_manager
    which = changes.open_category(by=by, name="Operations", description="")
    send(manager, "/risk/edit/LH1", category="Operations")
    above = Register.objects.get(slug="corporate-register").pk
    given: dict[str, Any] = {"by": by, "on": timezone.localdate()}
    found = risk()
    up = changes.escalate(risk=found.pk, version=found.version, to_register=above, reason="Beyond", **given)
    taken = Risk.objects.get(pk=up)
    changes.accept_escalation(risk=up, version=taken.version, reference="C1", **given)
    changes.amend_category(by=by, category=which, version=1, name="Running the harbour", description="")
    changes.open_category(by=by, name="Operations", description="Another, of the old name")
    page = queries.risk(staffed.auditor, "corporate-register", "C1")
    shown = section(staffed.auditor, page).category
    assert shown is not None
    assert (shown.id, shown.name) == (which, "Running the harbour")
