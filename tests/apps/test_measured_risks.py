"""What a risk is measured by goes out with its register, by both clocks, to those who may read it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone

from cast import Staffed, a_paper, a_risk, accepted
from watchkeep.apps.indicators import changes as indicators
from watchkeep.apps.publication import changes as publication
from watchkeep.apps.publication import queries
from watchkeep.apps.publication.queries import Asked
from watchkeep.apps.register.models import Register, Risk
from watchkeep.domain.clock import Clock
from watchkeep.domain.days import later_by_months
from watchkeep.domain.document import RegisterDocument, Trend
from watchkeep.domain.indicator import Definition, Reading, Target
from watchkeep.domain.marking import Said
from watchkeep.domain.people import Actor

pytestmark = pytest.mark.django_db
PAST = date(2022, 12, 31)
SLUG = "harbour-risk-register"
FIRST = date(2023, 1, 1)
LAMPS = Definition("Lamps out", "lamps", "down", "month", kind="count", from_on=FIRST)
# Twelve readings about five, and from January 2024 on seven far above every one of them.
CALM = (5, 6, 4, 5, 5, 6, 5, 4, 6, 5, 4, 5)
DARK = (12, 13, 12, 14, 13, 12, 13)


def lamps(by: Actor, *keys: str, values: tuple[int, ...] = CALM, **more: Any) -> UUID:
    """An indicator of the causes of these risks."""
    found = indicators.open_indicator(by=by, definition=replace(LAMPS, **more))
    read(by, found, values)
    for key in keys:
        attach(by, found, key)
    return found


def attach(by: Actor, which: UUID, key: str, **more: Any) -> None:
    risk = Risk.objects.get(key=key).pk
    said = {"side": "cause", "from_on": FIRST} | more
    indicators.attach(by=by, indicator=which, risk=risk, **said)


def read(by: Actor, which: UUID, values: tuple[int, ...], after: int = 0) -> None:
    """Readings of the months from January 2023 on."""
    taken = [
        Reading(later_by_months(FIRST, after + number), float(each)) for number, each in enumerate(values)
    ]
    indicators.observe(by=by, indicator=which, readings=taken, source="The lamp book")


def document(viewer: Actor, **clock: Any) -> RegisterDocument:
    return queries.document_for(viewer, SLUG, Clock(**clock))


def test_an_indicator_stands_in_the_document_with_its_verdict_and_its_last_readings(staffed: Staffed) -> None:
    accepted(staffed, a_paper(day=PAST))
    by = staffed.administrator
    which = lamps(by, "LH1", values=(*CALM, *CALM, *DARK))
    indicators.set_target(by=by, indicator=which, target=Target(4.0, FIRST))
    (told,) = document(staffed.auditor, as_at=date(2025, 8, 15)).risks[0].indicators
    assert (told.key, told.name, told.unit, told.better) == ("K1", "Lamps out", "lamps", "down")
    assert (told.side, told.verdict, told.confirmed) == ("cause", "worsening", True)
    assert told.sentence.startswith("Worsening: the reading")
    assert len(told.points) == 24
    assert (told.points[-1].on, told.points[-1].value) == (date(2025, 7, 1), 13.0)
    assert told.points[-1].meaning == "concern"
    assert told.target is not None
    assert told.target.value == 4.0


def test_it_is_told_as_at_the_day_that_is_asked_and_as_it_was_known_then(staffed: Staffed) -> None:
    accepted(staffed, a_paper(day=PAST))
    which = lamps(staffed.administrator, "LH1")
    before = timezone.now()
    read(staffed.administrator, which, DARK, after=12)
    then, now = date(2024, 1, 15), date(2024, 8, 5)
    assert [each.verdict for each in document(staffed.auditor, as_at=then).risks[0].indicators] == ["steady"]
    (told,) = document(staffed.auditor, as_at=now).risks[0].indicators
    assert told.verdict == "worsening"
    (known,) = document(staffed.auditor, as_at=now, known_at=before).risks[0].indicators
    assert (known.verdict, known.points[-1].on) == ("stale", date(2023, 12, 1))
    assert document(staffed.auditor, as_at=PAST).risks[0].indicators == ()


def test_what_the_risk_is_judged_and_what_its_indicators_say_stand_side_by_side(staffed: Staffed) -> None:
    better = Trend(state="recorded", text="improving", period="Q3", movement="improving")
    accepted(staffed, a_paper(a_risk("LH1", trends=(better,)), a_risk("LH2", trends=()), day=PAST))
    lamps(staffed.administrator, "LH1", values=(*CALM, *DARK))
    risk, other = document(staffed.auditor, as_at=date(2024, 8, 5)).risks
    assert risk.heard is not None
    assert risk.heard.word == "worsening"
    assert risk.heard.basis.startswith("K1 Lamps out: Worsening: ")
    assert risk.heard.against == (
        f"In Q3 it was judged improving; its indicators say worsening. {risk.heard.basis}"
    )
    assert [each.movement for each in risk.trends] == ["improving"]
    assert (other.indicators, other.heard) == ((), None)


def test_the_document_costs_as_many_statements_with_many_indicators_as_with_one(
    staffed: Staffed, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    accepted(staffed, a_paper(*(a_risk(f"LH{number}") for number in range(1, 5)), day=PAST))
    by = staffed.administrator
    lamps(by, "LH1")
    with django_assert_max_num_queries(70) as counted:
        document(staffed.auditor)
    for number in range(1, 5):
        lamps(by, f"LH{number}", "LH4" if number < 4 else "LH1", name=f"Lamps {number}")
    with django_assert_num_queries(len(counted)):
        assert len(document(staffed.auditor).risks[3].indicators) == 4


def test_the_next_paper_says_whose_verdict_is_another_and_nothing_of_one_that_was_marked(
    staffed: Staffed,
) -> None:
    accepted(staffed, a_paper(a_risk("LH1"), a_risk("LH2"), day=PAST))
    by, manager = staffed.administrator, staffed.risk_manager
    lit, oil = lamps(by, "LH1"), lamps(by, "LH1", name="Oil left")
    register = Register.objects.get().pk
    asked = Asked(as_at=date(2024, 1, 15))
    first = publication.freeze(by=manager, register=register, audience="committee", asked=asked)
    publication.attach_file(by=manager, edition=first, kind="html", sha256="0" * 64, size=3, name="x.html")
    publication.publish(by=manager, edition=first)
    for each in (lit, oil):
        read(by, each, DARK, after=12)
    later = Asked(as_at=date(2024, 8, 5))
    made = queries.prepared(manager, register, "committee", later)
    assert made.matter.since is not None
    news = [(each.what, each.before, each.after) for each in made.matter.since.measured]
    assert news == [("K1 Lamps out", "steady", "worsening"), ("K2 Oil left", "steady", "worsening")]
    rule = Said("internal", "s. 31", "Harm.")
    publication.mark(by=by, risk=Risk.objects.get(key="LH1").pk, field="indicators:k2", said=rule)
    assert [each.label for each in queries.markings(by)] == ["The indicator “K2 Oil left”"]
    made = queries.prepared(manager, register, "committee", later)
    assert made.matter.since is not None
    assert [each.what for each in made.matter.since.measured] == ["K1 Lamps out"]
    assert "Oil" not in made.document.model_dump_json()
