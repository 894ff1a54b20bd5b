"""Sentences that rest on an indicator: on its reading of a period, or on what its chart says."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone

from cast import APPOINTED, Staffed, a_paper, a_risk, accepted
from once import made_once
from watchkeep.apps.evidence import changes, queries
from watchkeep.apps.evidence.changes import OnObservation
from watchkeep.apps.evidence.models import Binding
from watchkeep.apps.indicators import changes as indicators
from watchkeep.apps.indicators.models import Indicator
from watchkeep.apps.register import queries as registers
from watchkeep.apps.register.models import Risk
from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.days import later_by_months
from watchkeep.domain.document import Item
from watchkeep.domain.errors import Invalid, Missing, Refused
from watchkeep.domain.indicator import Definition, Reading
from watchkeep.domain.statement import Placed

TODAY = timezone.localdate()
DAY = timedelta(days=1)
BETTER = "The lamps have improved."
COUNTED = "Of all lamps 12% were out."
THIS_MONTH = TODAY.replace(day=1)
LAST = later_by_months(THIS_MONTH, -1)
FIRST = later_by_months(LAST, -17)  # eighteen months
OUT = Definition("Lamps out", "%", "down", "month", kind="share", from_on=FIRST)


@pytest.fixture
@made_once
def staff(staffed: Staffed) -> Staffed:
    """K1 speaks to LH1 and fell from about 20 % to 12 %; K2 speaks to nothing and was read once."""
    said = a_risk("LH1", controls=(Item(state="recorded", text=f"{BETTER} {COUNTED}"),))
    accepted(staffed, a_paper(said, day=APPOINTED))
    by = staffed.risk_manager
    out = indicators.open_indicator(by=by, definition=OUT)
    shares = [20.0 + step % 3 for step in range(14)] + [12.0] * 4
    observed(staffed, out, {later_by_months(FIRST, step): share for step, share in enumerate(shares)})
    indicators.attach(by=by, indicator=out, risk=risk(), side="cause", from_on=APPOINTED)
    oil = indicators.open_indicator(by=by, definition=Definition("Oil used", "litres", "down", "month"))
    observed(staffed, oil, {LAST: 40.0})
    return staffed


def observed(staff: Staffed, which: UUID, said: dict[date, float | None], note: str = "") -> None:
    readings = [Reading(on, value, note=note) for on, value in said.items()]
    indicators.observe(
        by=staff.risk_manager, indicator=which, readings=readings, source="The lamp book", reason="Counted"
    )


def risk() -> UUID:
    return Risk.objects.get(key="LH1").pk


def which(reference: str = "K1") -> UUID:
    return Indicator.objects.get(reference=reference).pk


def bind(staff: Staffed, rests: OnObservation, text: str = COUNTED, **more: Any) -> UUID:
    more.setdefault("by", staff.risk_manager)
    return changes.bind(risk=risk(), field="controls", text=text, rests=rests, **more)


def sentence(staff: Staffed, text: str = COUNTED, clock: Clock = PRESENT) -> Placed:
    page = registers.risk(staff.auditor, "harbour-risk-register", "LH1", clock)
    rows = queries.placed_in(staff.auditor, page.register.id, [page.value], clock)["LH1"]
    return next(each for each in rows if each.sentence.text == text)


def test_a_reading_is_named_by_its_indicator_and_its_period_and_is_one_source_for_all_sentences(
    staff: Staffed,
) -> None:
    made = bind(staff, OnObservation(which()))
    bind(staff, OnObservation(which(), LAST + 9 * DAY), BETTER)
    row = Binding.objects.get(pk=made)
    assert (row.period, row.revision, row.value) == (LAST, 1, 12.0)
    (first,), (second,) = sentence(staff).statement.rests_on, sentence(staff, BETTER).statement.rests_on
    assert first == second
    assert (first.kind, first.label) == ("observation", f"K1 Lamps out, {LAST:%B} {LAST.year}")
    assert (first.says, first.on) == ("12%", THIS_MONTH - DAY)


def test_a_reading_that_is_corrected_or_given_up_flags_the_sentence_and_an_equal_one_does_not(
    staff: Staffed,
) -> None:
    bind(staff, OnObservation(which()))
    observed(staff, which(), {LAST: 12.0}, note="Counted twice")
    assert sentence(staff).standing == "bound"
    before = timezone.now()
    observed(staff, which(), {LAST: 13.5})
    told = sentence(staff)
    assert (told.standing, "it is 13.5%, and was 12%" in told.because) == ("moved", True)
    assert sentence(staff, clock=Clock(known_at=before)).standing == "bound"
    held = told.held
    assert held is not None
    changes.renew(by=staff.risk_manager, statement=UUID(held.id), version=held.version, text=COUNTED)
    assert [each.says for each in sentence(staff).grounds] == ["13.5%"]
    observed(staff, which(), {LAST: None}, note="The lamps were counted in fog")
    assert "was given up: The lamps were counted in fog" in sentence(staff).because
    with pytest.raises(Refused, match="was given up"):
        changes.renew(by=staff.risk_manager, statement=UUID(held.id), version=2, text=COUNTED)


def test_a_reading_past_its_shelf_life_names_the_newer_one_that_is_out(staff: Staffed) -> None:
    old = later_by_months(LAST, -6)
    on = later_by_months(THIS_MONTH, -5)
    bind(staff, OnObservation(which(), old), on=on)
    assert sentence(staff, clock=Clock(on)).standing == "bound"
    told = sentence(staff)
    assert told.standing == "expired"
    assert told.because.endswith(f"A newer one is out: {LAST:%B} {LAST.year}, 12%.")


def test_a_verdict_that_moves_flags_the_sentence_until_somebody_looked_again(staff: Staffed) -> None:
    bind(staff, OnObservation(which(), verdict=True), BETTER)
    told = sentence(staff, BETTER)
    (basis,) = told.statement.rests_on
    assert (told.standing, basis.verdict, basis.label) == (
        "bound",
        "improving",
        "K1 Lamps out, what its chart says",
    )
    for step, share in enumerate((40.0, 41.0, 42.0)):
        observed(staff, which(), {later_by_months(LAST, step - 2): share})
    told = sentence(staff, BETTER)
    assert told.standing == "moved"
    assert told.because.startswith("The chart of K1 said improving, and says so no longer. ")
    assert "worsening" in told.because.casefold()
    held = told.held
    assert held is not None
    changes.renew(by=staff.risk_manager, statement=UUID(held.id), version=held.version, text=BETTER)
    told = sentence(staff, BETTER)
    assert (told.standing, told.grounds[0].verdict) == ("bound", "worsening")


def test_what_says_nothing_holds_nothing_up(staff: Staffed) -> None:
    with pytest.raises(Refused, match=r"holds nothing up\. Too little to say"):
        bind(staff, OnObservation(which("K2"), verdict=True))
    with pytest.raises(Invalid, match="is not recorded; the latest is that of"):
        bind(staff, OnObservation(which(), later_by_months(FIRST, -1)))
    with pytest.raises(Invalid, match="of all readings"):
        bind(staff, OnObservation(which(), LAST, verdict=True))
    with pytest.raises(Missing):
        bind(staff, OnObservation(risk()))
    bind(staff, OnObservation(which()))
    with pytest.raises(Refused, match="already"):
        bind(staff, OnObservation(which(), LAST), version=1)
    with pytest.raises(Missing):
        bind(staff, OnObservation(which()), by=staff.stranger)


def test_the_risk_s_own_indicators_are_offered_first_with_the_latest_reading_before_all(
    staff: Staffed,
) -> None:
    own, other = queries.indicators_offered(staff.risk_manager, risk())
    assert (own.label, own.own, len(own.readings)) == ("K1 Lamps out", True, 12)
    assert (own.readings[0].period, own.readings[0].says) == (LAST, "12%")
    assert own.chart.startswith("Improving:")
    assert (other.label, other.own, other.readings[0].says, other.chart) == (
        "K2 Oil used",
        False,
        "40 litres",
        "",
    )


def test_what_rests_on_indicators_is_read_in_as_many_statements_however_much_it_is(
    staff: Staffed, django_assert_num_queries: Any
) -> None:
    page = registers.register(staff.auditor, "harbour-risk-register")
    values = registers.document(staff.auditor, page.id).risks
    bind(staff, OnObservation(which()))
    with django_assert_num_queries(10):
        queries.statements_of(staff.auditor, page.id, values)
    bind(staff, OnObservation(which("K2")), version=1)
    bind(staff, OnObservation(which(), verdict=True), BETTER)
    with django_assert_num_queries(10):
        queries.statements_of(staff.auditor, page.id, values)
