"""An owner says on the risk's page what its words rest on, is asked when that moves, and looks again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from cast import APPOINTED, Staffed, a_paper, a_risk, accepted
from watchkeep.apps.indicators import changes as indicators
from watchkeep.apps.register import changes as register
from watchkeep.apps.register import queries as registers
from watchkeep.apps.register.models import Risk
from watchkeep.apps.treatment import changes as treatment
from watchkeep.domain.commitment import Promise
from watchkeep.domain.days import later_by_months
from watchkeep.domain.document import Item
from watchkeep.domain.indicator import Definition, Reading
from web.conftest import signed_in

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DAY = timedelta(days=1)
BETTER, COUNTED = "The lamps have improved.", "Of all lamps 12% were out."


@pytest.fixture
def owner(staffed: Staffed) -> Client:
    """The Head of Harbour, whose LH1 claims that the lamps improved, counts them, and has a promise."""
    said = a_risk("LH1", controls=(Item(state="recorded", text=f"{BETTER} {COUNTED}"),))
    accepted(staffed, a_paper(said, day=APPOINTED))
    found = Risk.objects.get(key="LH1")
    register.amend_risk(
        by=staffed.risk_manager,
        risk=found.pk,
        version=found.version,
        value=registers.value_of(found),
        effective_on=TODAY,
        belongs=register.Belongs(owner_post=staffed.owner_post),
    )
    treatment.promise(
        by=staffed.risk_manager,
        kind="action",
        value=Promise("Buy lamps", due_on=TODAY + 9 * DAY),
        risk=found.pk,
        on=APPOINTED,
    )
    return signed_in(staffed.people["owner"])


def text(client: Client, address: str) -> str:
    return unescape(client.get(address).content.decode())


def link(client: Client, label: str, sentence: str) -> str:
    """Where the link of that label leads that is said of this sentence on the risk's page."""
    page = text(client, "/risks/LH1")
    before = page[: page.index(f'{label}<span class="govuk-visually-hidden">: {sentence}')]
    return before.rpartition('href="')[2].partition('"')[0]


def send(client: Client, address: str, **said: object) -> str:
    """The form of a page with these words in it, as a browser sends it; the page that follows."""
    form = client.get(address).context["form"]
    stands = {name: form[name].value() for name in form.fields}
    sent = {name: "" if value is None else value for name, value in stands.items()} | said
    return unescape(client.post(address, sent, follow=True).content.decode())


def test_an_owner_binds_judges_is_asked_again_and_says_that_it_still_holds(
    owner: Client, staffed: Staffed
) -> None:
    assert "0 of 2 sentences rest on something; 1 claim of improvement does not." in text(owner, "/risks/LH1")

    address = link(owner, "Say what it rests on", BETTER)
    offered = text(owner, address)
    assert "P1 Buy lamps" in offered
    promise = next(each for each in offered.split('"') if each.startswith("commitment:"))
    assert "1 of 2 sentences rests on something." in send(owner, address, record=promise)

    counted = link(owner, "Say what it rests on", COUNTED)
    judging = counted.replace("/rests/", "/judge/")
    wrong = send(
        owner, judging, post=str(staffed.owner_post), reason="I counted them", holds_until="2099-01-01"
    )
    assert "I counted them" in wrong, "what was written stands in the form"
    assert "two years" in wrong
    page = send(owner, judging, post=str(staffed.owner_post), reason="I counted them")
    assert "2 of 2 sentences rest on something." in page
    assert "Marked a sentence of LH1 as a post’s judgement" in page
    assert "Look again" not in text(owner, "/")
    assert "2 of 2" in text(owner, "/register?columns=rests")

    row = Risk.objects.get(key="LH1").commitment_uses.get().commitment
    treatment.drop(by=staffed.risk_manager, commitment=row.pk, version=1, on=TODAY, reason="No money")
    home = text(owner, "/")
    assert "Look again" in home
    assert "P1 was dropped." in home
    assert "Look again" not in text(signed_in(staffed.people["other_owner"]), "/")

    page = send(owner, link(owner, "Say that it still holds", BETTER), reason="New lamps came otherwise")
    assert "2 of 2 sentences rest on something." in page
    assert "Look again" not in text(owner, "/")

    page = send(owner, link(owner, "Take off", "P1 Buy lamps"), reason="It was not that")
    assert "1 of 2 sentences rests on something; 1 claim of improvement does not." in page


def test_who_may_not_change_the_risk_sees_what_it_rests_on_and_is_offered_nothing(
    owner: Client, staffed: Staffed
) -> None:
    address = link(owner, "Say what it rests on", BETTER)
    other = signed_in(staffed.people["other_owner"])
    page = text(other, "/risks/LH1")
    assert "0 of 2 sentences rest on something" in page
    assert "Say what it rests on" not in page
    assert other.get(address).status_code == 403
    past = text(owner, f"/risks/LH1?as_at={TODAY}")
    assert "Say what it rests on" not in past


def test_an_owner_rests_a_sentence_on_the_latest_reading_of_the_risk_s_indicator(
    owner: Client, staffed: Staffed
) -> None:
    last = later_by_months(TODAY.replace(day=1), -1)
    by, out = staffed.risk_manager, Definition("Lamps out", "%", "down", "month", kind="share")
    for name in ("Oil used", "Lamps out"):  # K2 is the risk's own
        which = indicators.open_indicator(by=by, definition=replace(out, name=name))
        readings = [Reading(later_by_months(last, -1), 12.0), Reading(last, 11.5)]
        indicators.observe(by=by, indicator=which, readings=readings, source="The lamp log")
    indicators.attach(by=by, indicator=which, risk=Risk.objects.get(key="LH1").pk, side="cause")

    address = link(owner, "Say what it rests on", COUNTED)
    assert "A reading of an indicator, or what its chart says" in text(owner, address)
    address = address.replace("/rests/", "/rests-indicator/")
    assert "K1 Oil used (speaks to other risks)" in text(owner, address)
    page = send(owner, address)
    assert f"K2 Lamps out, {last:%B} {last.year}" in page
    assert 'href="/indicators/K2"' in page

    indicators.observe(
        by=by, indicator=which, readings=[Reading(last, 14.0)], source="The lamp log", reason="Counted anew"
    )
    assert f"The reading of K2 Lamps out, {last:%B} {last.year} was corrected: it is 14%" in text(owner, "/")
    send(owner, link(owner, "Say that it still holds", COUNTED))
    assert "was corrected" not in text(owner, "/")
