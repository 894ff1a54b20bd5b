"""What readings say of an expected effect: asked at once, kept by the worker, told once."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import numpy as np
import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from cast import Staffed, accepted
from once import made_once
from watchkeep.apps.indicators import changes as indicators
from watchkeep.apps.indicators.changes.effects import expect_effect, take_back_effect
from watchkeep.apps.indicators.models import EffectFound
from watchkeep.apps.indicators.queries.effects import effects_of, looked_for, promises_expecting, proposals
from watchkeep.apps.notices import queries as notices
from watchkeep.apps.treatment import changes as treatment
from watchkeep.apps.treatment import queries as treatment_queries
from watchkeep.domain.commitment import Promise
from watchkeep.domain.days import later_by_months
from watchkeep.domain.errors import Invalid, Missing, Refused
from watchkeep.domain.forecast import Expected
from watchkeep.domain.indicator import Definition, Reading
from watchkeep.jobs.effects import look_all, look_all_due
from watchkeep.jobs.notices import make_notices
from web.conftest import signed_in

pytestmark = pytest.mark.django_db

FIRST, BEGUN, BY = date(2021, 1, 1), date(2023, 5, 1), date(2023, 6, 1)  # 28 quiet months before it
QUIET = [float(each) for each in np.random.default_rng(3).normal(50, 1, 28)]
FEWER = Expected("change", -10.0, BY)


@pytest.fixture
@made_once
def staff(staffed: Staffed) -> Staffed:
    """K1 was quiet for 28 months; P1 was to bring it down by ten, and it stayed where it was."""
    by = staffed.risk_manager
    accepted(staffed)
    lamps = Definition("Lamps out", "lamps", "down", "month", from_on=FIRST)
    kept = indicators.open_indicator(by=by, definition=lamps)
    months = [*QUIET, 50.0, 50.0, 50.0, 50.0, 50.0]
    readings = [Reading(later_by_months(FIRST, place), value) for place, value in enumerate(months)]
    indicators.observe(by=by, indicator=kept, readings=readings, source="The lamp book")
    value = Promise("New lamps", owner_post=staffed.action_post, due_on=BEGUN)
    promised = treatment.promise(by=by, kind="action", value=value, on=FIRST)
    expect_effect(by=by, commitment=promised, indicator=kept, expected=FEWER, from_on=BEGUN)
    return staffed


def the_promise(staff: Staffed):
    return treatment_queries.commitment(staff.risk_manager, "P1").row


def done(staff: Staffed, on: date = BEGUN) -> None:
    row = the_promise(staff)
    treatment.report_done(by=staff.risk_manager, commitment=row.id, version=row.version, on=on, note="Fitted")


def the_effect(staff: Staffed):
    row = the_promise(staff)
    return looked_for(staff.risk_manager, [row])[row.id][0]


def the_indicator() -> UUID:
    from watchkeep.apps.indicators.models import Indicator

    return Indicator.objects.get().pk


def test_without_a_worker_it_is_said_at_once_and_the_worker_keeps_the_same(staff: Staffed) -> None:
    assert the_effect(staff).effect.sentence.startswith("It is not done yet")
    done(staff)
    at_once = the_effect(staff)
    assert (at_once.effect.word, at_once.kept) == ("did not come", False)
    assert "Nobody has said so yet" in at_once.proposal
    assert look_all_due() == 1
    assert look_all_due() == 0
    kept = the_effect(staff)
    assert kept.kept
    assert kept.effect == at_once.effect
    assert EffectFound.objects.get().method == at_once.effect.method


def test_it_is_looked_for_anew_when_a_reading_the_definition_or_the_day_it_was_done_changes(
    staff: Staffed,
) -> None:
    by = staff.risk_manager
    done(staff)
    assert look_all(by) == 1
    put_right = Reading(later_by_months(FIRST, 32), 49.5)
    indicators.observe(
        by=by, indicator=the_indicator(), readings=[put_right], source="The book", reason="Misread"
    )
    assert look_all(by) == 1
    lamps = Definition("Lamps that are out", "lamps", "down", "month", from_on=FIRST)
    indicators.redefine(
        by=by, indicator=the_indicator(), version=1, definition=lamps, owner_post=None, reason="Plainer"
    )
    assert look_all(by) == 1
    row = the_promise(staff)
    treatment.take_up_again(by=by, commitment=row.id, version=row.version, reason="Two are missing", on=BEGUN)
    assert look_all(by) == 1
    done(staff, BEGUN + timedelta(days=40))
    assert look_all(by) == 1
    assert the_effect(staff).waited.late == 40


def test_a_person_says_it_and_then_nothing_is_proposed(staff: Staffed) -> None:
    done(staff)
    row = the_promise(staff)
    assert row.id in proposals(staff.risk_manager, [row])
    assert row.value.expected_effect == "K1 Lamps out: down by 10 lamps"
    treatment.say_effect(
        by=staff.risk_manager,
        commitment=row.id,
        version=row.version,
        seen="no",
        on=timezone.localdate(),
        note="As many as before",
    )
    row = the_promise(staff)
    assert row.standing.state == "delivered without effect"
    assert proposals(staff.risk_manager, [row]) == {}


def test_who_owns_the_promise_and_who_manages_risks_are_told_once(staff: Staffed) -> None:
    done(staff)
    look_all_due()
    now = timezone.now()
    for rounds in range(2):
        make_notices(staff.administrator, now + timedelta(days=rounds))
    for who in (staff.action_owner, staff.risk_manager):
        told = [each.sentence for each in notices.my_notices(who) if each.kind == "effect not seen"]
        assert len(told) == 1
        assert "P1 New lamps, K1 Lamps out: The effect did not come" in told[0]
    assert not [each for each in notices.my_notices(staff.owner) if each.kind == "effect not seen"]


def test_what_was_expected_is_taken_back_with_a_reason_and_said_anew(staff: Staffed) -> None:
    by, row, lamps = staff.risk_manager, the_promise(staff), the_indicator()
    with pytest.raises(Refused):
        take_back_effect(by=staff.action_owner, commitment=row.id, indicator=lamps, why="Mine")
    with pytest.raises(Invalid, match="Say why"):
        take_back_effect(by=by, commitment=row.id, indicator=lamps, why=" ")
    take_back_effect(by=by, commitment=row.id, indicator=lamps, why="Other lamps came")
    assert effects_of(by, row.id) == ()
    with pytest.raises(Missing):
        take_back_effect(by=by, commitment=row.id, indicator=lamps, why="Once more")
    expect_effect(by=by, commitment=row.id, indicator=lamps, expected=FEWER, from_on=BEGUN)
    assert len(effects_of(by, row.id)) == 1


def test_the_statements_do_not_grow_with_the_promises(
    staff: Staffed, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    by = staff.risk_manager
    done(staff)
    look_all_due()
    rows = promises_expecting(by)
    with django_assert_num_queries(8):
        looked_for(by, rows)
    other = treatment.promise(by=by, kind="action", value=Promise("More lamps", due_on=BEGUN), on=FIRST)
    expect_effect(by=by, commitment=other, indicator=the_indicator(), expected=FEWER, from_on=BEGUN)
    look_all_due()
    rows = promises_expecting(by)
    assert len(rows) == 2
    with django_assert_num_queries(8):
        looked_for(by, rows)


def test_the_page_draws_it_and_the_list_counts_it(staff: Staffed) -> None:
    done(staff)
    keeper: Client = signed_in(staff.people["risk_manager"])
    page = " ".join(keeper.get("/promises/P1").content.decode().split())
    assert "Did not come" in page
    assert page.count("<svg") >= 2
    assert "none of the last 3 readings lie beyond" in page
    assert "Delivered without effect?" in page
    listed = " ".join(keeper.get("/promises?only=without+effect").content.decode().split())
    assert "had no effect by its readings" in listed
    assert "By its readings: without effect" in listed
    said = {"indicator": "K1", "way": "down", "amount": "-3", "from_on": "2023-05-01", "by": "2023-06-01"}
    refused = keeper.post("/promises/P1/expect", said | {"why": "Fewer lamps"})
    assert "without a sign" in refused.content.decode()
    keeper.post("/promises/P1/expect", said | {"why": "Fewer lamps", "amount": "3"})
    assert the_effect(staff).row.expected == Expected("change", -3.0, BY)
