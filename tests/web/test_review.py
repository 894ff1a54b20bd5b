"""The pages of a quarter's review: what is asked of whom, every step by a form, and each refusal in words."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from watchkeep.apps.register.models import Risk
from watchkeep.apps.reviews.changes import steps
from watchkeep.apps.reviews.models import Cycle, Review
from watchkeep.domain.next_review import suggested_review
from web.conftest import Site, signed_in

pytestmark = pytest.mark.django_db
CYCLE = "/review/harbour-risk-register/2031-32-q1"
LH1 = f"{CYCLE}/risks/LH1"


@pytest.fixture
def owned(site: Site) -> Site:
    """LH1 is the Head of Harbour's."""
    from watchkeep.apps.register import changes as register

    force, risk = site.force, Risk.objects.get(key="LH1")
    if Review.objects.get(risk=risk).post_id is None:
        register.set_owner(
            by=force.risk_manager,
            risk=risk.pk,
            version=risk.version,
            post=force.owner_post,
            on=risk.opened_on,
        )
    return site


def at(site: Site, who: str) -> Client:
    return signed_in(site.force.people[who])


def said(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, answer.content.decode()
    return answer.content.decode()


def hidden(page: str, address: str) -> dict[str, str]:
    """The versions that the form sent to that address carries."""
    form = re.search(rf'<form method="post" action="{re.escape(address)}".*?</form>', page, re.DOTALL)
    assert form, f"no form is sent to {address}"
    fields = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form[0])
    return {name: value for name, value in fields if name != "csrfmiddlewaretoken"}


def take(client: Client, step: str, **words: str) -> Any:
    address = f"{CYCLE}/{step}?risk=LH1"
    return client.post(address, hidden(said(client, LH1), address) | {"text": ""} | words)


def test_who_is_asked_sees_that_first_and_a_reader_not_before_the_quarter_is_closed(owned: Site) -> None:
    mine = said(at(owned, "owner"), "/review")
    assert "1 review waits for you" in mine
    assert LH1 in mine
    assert "LH1" not in said(owned.reader, "/review")
    assert "still under review" in said(owned.reader, CYCLE, 403)
    assert "Nobody’s" in said(at(owned, "risk_manager"), CYCLE)


def test_last_quarters_words_stand_beside_the_box_and_a_change_is_shown_word_by_word(owned: Site) -> None:
    owner = at(owned, "owner")
    page = said(owner, LH1)
    assert "The quarter before" in page
    sent = hidden(page, "") | {"description": "Too few keepers and far too few lamps"}
    assert owner.post(LH1, sent).status_code == 302
    after = said(owner, LH1)
    assert re.search(r"<ins>[^\n]*and far too [^\n]*</ins>", after)
    assert "waits to be challenged or signed off" in after


def test_the_sign_button_shows_why_it_is_not_there(owned: Site) -> None:
    board = at(owned, "board_member")
    assert "has not been updated this quarter, so there is nothing to sign off yet" in said(board, LH1)
    assert take(at(owned, "risk_manager"), "confirm").status_code == 302
    assert "You confirmed LH1" in said(at(owned, "risk_manager"), LH1)
    page = said(board, LH1)
    (offered,) = re.findall(r'name="next_review" value="([^"]*)"', page)
    assert offered == str(suggested_review(Cycle.objects.get().ends_on))
    wrong = take(board, "sign", next_review=str(Cycle.objects.get().ends_on))
    assert (wrong.status_code, "The next review is after" in wrong.content.decode()) == (400, True)
    assert take(board, "sign", next_review=offered).status_code == 302
    assert "is signed off" in said(board, LH1)


def change(site: Site, who: str, text: str) -> None:
    """Somebody changes LH1 past its review, as at the quarter's end."""
    from watchkeep.apps.register import changes as register

    risk = Risk.objects.get(key="LH1")
    register.correct_risk(
        by=getattr(site.force, who),
        risk=risk.pk,
        version=risk.version,
        path="impact",
        text=text,
        effective_on=Cycle.objects.get().ends_on,
    )


def test_a_change_after_the_confirmation_is_told_and_asked_of_the_owner_again(owned: Site) -> None:
    owner = at(owned, "owner")
    take(owner, "confirm")
    change(owned, "risk_manager", "Ships run aground")
    page = said(owner, LH1)
    assert "was changed since its owner spoke, and waits for its owner again" in page
    assert "Nothing moved" not in page
    assert re.search(
        r"Confirmed before the change below.*Runa Quay</bdi>\s+changed its [^<]*impact", page, re.DOTALL
    )
    assert "Somebody changed it since you spoke" in said(owner, "/review")
    assert "they are asked again first" in said(at(owned, "board_member"), LH1)


def test_a_sign_off_that_a_change_undid_says_so_and_why(owned: Site) -> None:
    take(at(owned, "owner"), "confirm")
    board = at(owned, "board_member")
    take(board, "sign")
    assert "no longer counts" not in said(board, LH1)
    change(owned, "owner", "Ships run aground")
    page = said(board, LH1)
    assert re.search(r"The sign-off by Bo Bench on [^<]* no longer counts: Oda Strand changed its", page)
    assert "This sign-off no longer counts: the risk was changed after it." in page


def test_a_challenge_without_words_comes_back_with_an_error(owned: Site) -> None:
    take(at(owned, "owner"), "confirm")
    answer = take(at(owned, "board_member"), "challenge")
    assert answer.status_code == 400
    assert "Say it in words" in answer.content.decode()
    assert Review.objects.get(risk__key="LH1").state == "updated"


def test_an_update_of_what_somebody_else_changed_meanwhile_loses_no_word(owned: Site) -> None:
    owner = at(owned, "owner")
    sent = hidden(said(owner, LH1), "") | {"description": "The owner's own words"}
    review = Review.objects.get(risk__key="LH1")
    steps.update_review(
        by=owned.force.risk_manager,
        review=review.pk,
        version=review.version,
        risk_version=review.risk.version,
        words={"description": "The manager's words"},
        on=review.cycle.ends_on,
    )
    answer = owner.post(LH1, sent)
    assert answer.status_code == 409
    assert "The owner&#x27;s own words" in answer.content.decode()


def test_rolling_forward_names_what_is_open_and_takes_a_reason_for_each(owned: Site) -> None:
    manager = at(owned, "risk_manager")
    address = f"{CYCLE}/roll-forward"
    page = said(manager, address)
    boxes = re.findall(r'name="(carry-[^"]+)"', page)
    assert len(boxes) == Review.objects.count() > 1
    version = {"version": str(Cycle.objects.get().version)}
    refused = manager.post(address, version | {boxes[0]: "no owner"})
    assert refused.status_code == 400
    assert "neither signed off nor carried over" in refused.content.decode()
    assert manager.post(address, version | dict.fromkeys(boxes, "no owner")).status_code == 302
    assert Cycle.objects.get().state == "rolled forward"
    assert "carried over to the next quarter" in said(owned.reader, LH1)


def test_an_auditor_reads_it_all_and_is_offered_nothing(owned: Site) -> None:
    auditor = at(owned, "auditor")
    for address in ("/review", CYCLE, LH1):
        page = said(auditor, address)
        assert re.findall(r'<form method="post" action="(?!/sign-out)', page) == []
    assert auditor.post(f"{CYCLE}/confirm?risk=LH1", {"version": 1, "risk_version": 1}).status_code == 403
