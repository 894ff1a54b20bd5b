"""Who has a role in one register reads nothing of an indicator that speaks to another's risk, anywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from cast import JUNE, a_paper, a_risk, accepted, said
from watchkeep.apps.indicators import changes as indicators
from watchkeep.apps.indicators.changes.effects import expect_effect
from watchkeep.apps.people import changes as people
from watchkeep.apps.register.models import Register, Risk
from watchkeep.apps.reviews.changes import cycles
from watchkeep.apps.treatment import changes as treatment
from watchkeep.domain.commitment import Promise
from watchkeep.domain.forecast import Expected
from watchkeep.domain.indicator import Definition, Reading, Target
from watchkeep.gateways.storage import FolderStore
from web.addresses import ADDRESSES
from web.conftest import Site, signed_in

SECRET = "Numbat"
FIRST = date(2024, 1, 1)
PAGES = 400  # looked at, at most


@pytest.fixture
def quay_only(empty: Site, store: FolderStore) -> dict[str, Client]:
    """Who may see the quay's register alone, by role. K1 speaks to the harbour's risk, K2 to the quay's."""
    store.put(b"first paper")
    store.put(b"quay paper")
    force = empty.force
    accepted(force)
    quay = a_paper(a_risk("Q1"), name=said("Quay risk register"), day=JUNE, words="quay paper")
    accepted(force, quay, "quay paper")
    by = force.administrator
    harbour, register = Risk.objects.get(key="LH1"), Register.objects.get(slug="quay-risk-register")
    months = [date(2024 + at // 12, at % 12 + 1, 1) for at in range(30)]
    for name, risk in ((SECRET, harbour), ("Gulls", Risk.objects.get(key="Q1"))):
        measure = Definition(name, "n", "down", "month", source=f"{name} log", theme=name, from_on=FIRST)
        made = indicators.open_indicator(by=by, definition=measure)
        indicators.annotate(by=by, indicator=made, on=months[3], text=f"{name} came")
        indicators.rebase(by=by, indicator=made, on=months[13], reason=f"{name} counted anew")
        indicators.set_target(by=by, indicator=made, target=Target(3.0, FIRST, source=f"{name} plan"))
        indicators.attach(by=by, indicator=made, risk=risk.pk, side="cause", from_on=FIRST, reason=name)
        sent = {made: [Reading(on, float(at % 5 + (9 if at > 22 else 0))) for at, on in enumerate(months)]}
        indicators.observe_many(by=by, readings=sent, source=f"{name} file", reason="")
        promise = treatment.promise(
            by=by, kind="action", value=Promise(title="Trim wicks"), on=FIRST, risk=risk.pk
        )
        effect = Expected("change", -2.0, timezone.localdate() + timedelta(days=90))
        expect_effect(by=by, commitment=promise, indicator=made, expected=effect, from_on=months[20])
    cycles.open_cycle(by=by, register=register.pk, period="2031/32 Q1", opened_on=JUNE)
    found = {}
    for role in ("reader", "risk manager", "auditor"):
        person = people.add_person(by=by, name=f"Una {role}", email=f"{role[:4]}@calder.test", role=None)
        people.grant_role(by=by, person=person.pk, role=role, register=register.pk, from_on=FIRST)
        found[role] = signed_in(person)
    return found


def pages(client: Client) -> Iterator[tuple[str, str]]:
    """Every page that links lead to, from Home on."""
    waiting, seen = ["/", "/search?q=numbat", "/history?beside=on", "/indicators/grid"], set()
    while waiting and len(seen) < PAGES:
        address = waiting.pop(0)
        if address in seen:
            continue
        seen.add(address)
        answer = client.get(address)
        if "text/html" not in answer.headers.get("Content-Type", ""):
            content = answer.getvalue() if answer.streaming else answer.content
            yield address, content.decode("utf-8", "replace")
            continue
        text = answer.content.decode()
        yield address, text
        links = map(unescape, re.findall(r'href="(/[^"#]*)', text))
        waiting.extend(each for each in links if not each.startswith(("/static", "/sign-out", "/account")))


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["reader", "risk manager", "auditor"])
def test_no_page_tells_of_it(quay_only: dict[str, Client], role: str) -> None:
    told = dict(pages(quay_only[role]))
    assert any("Gulls" in text for text in told.values())
    assert len(told) > 30
    telling = [
        address
        for address, text in told.items()
        if SECRET in text.replace('value="numbat"', "") or "/indicators/K1" in text
    ]
    assert telling == []


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["reader", "risk manager", "auditor"])
def test_none_of_its_addresses_is_there(quay_only: dict[str, Client], role: str) -> None:
    client = quay_only[role]
    own = [name for name, address in ADDRESSES.items() if address.startswith("/indicators/K1")]
    assert len(own) > 5
    for name in own:
        address = ADDRESSES[name].replace("{", "").replace("}", "")
        answers = [client.get(address), client.post(address, {"why": "x"})]
        assert {each.status_code for each in answers} <= {403, 404, 405}, name
        assert all(SECRET not in each.content.decode() for each in answers), name
