"""Which indicators a round of notices looks at again: those of which something moved, and none is missed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cast import Staffed, accepted
from watchkeep.apps.indicators import changes as indicators
from watchkeep.apps.notices import changes, facts, queries
from watchkeep.apps.people import changes as people
from watchkeep.apps.register import changes as register_changes
from watchkeep.apps.register import queries as registers
from watchkeep.domain.indicator import Definition, Reading, Target
from watchkeep.domain.people import Actor
from watchkeep.jobs.notices import make_notices

TEN = datetime(2031, 4, 3, 10, tzinfo=UTC)


@pytest.fixture
def staff(staffed: Staffed) -> Staffed:
    return staffed


def system(staff: Staffed) -> Actor:
    return Actor("system", "notices", "Watchkeep", "administrator", staff.administrator.body)


def told(staff: Staffed, who: Actor) -> list[str]:
    return [each.kind for each in queries.my_notices(who)]


def a_lamp_series(staff: Staffed, *values: float, owner: bool = True) -> UUID:
    """An indicator whose lamps may be out up to eight in a month."""
    first = date(2024, 1, 1)
    made = indicators.open_indicator(
        by=staff.risk_manager,
        definition=Definition("Lamps out", "lamps", "down", "month", from_on=first),
        owner_post=staff.action_post if owner else None,
    )
    line = Target(8, first, kind="upper tolerance")
    indicators.set_target(by=staff.risk_manager, indicator=made, target=line)
    readings = [Reading(date(2024, month, 1), value) for month, value in enumerate(values, start=1)]
    indicators.observe(by=staff.risk_manager, indicator=made, readings=readings, source="The lamp book")
    return made


def test_a_round_reads_the_series_of_which_something_was_written_since_the_last_one(staff: Staffed) -> None:
    a_lamp_series(staff, 4.0)
    second = a_lamp_series(staff, 4.0)
    make_notices(system(staff), TEN)
    reading = Reading(date(2024, 2, 1), 9.0)
    indicators.observe(by=staff.risk_manager, indicator=second, readings=[reading], source="The lamp book")
    with CaptureQueriesContext(connection) as asked:
        make_notices(system(staff), TEN)
    assert told(staff, staff.action_owner) == ["indicator crossed"]
    (read,) = [each["sql"] for each in asked if 'FROM "indicators_observation" WHERE' in each["sql"]]
    assert '"series" IN (2)' in read
    people.open_unit(by=staff.administrator, name="The lamp store")  # of no indicator
    with CaptureQueriesContext(connection) as asked:
        make_notices(system(staff), TEN)
    assert not [each for each in asked if "indicators_observation" in each["sql"]]


def test_a_crossing_is_told_though_the_round_that_should_have_told_it_died(staff: Staffed) -> None:
    make_notices(system(staff), TEN)
    a_lamp_series(staff, 4.0, 9.0)
    a_lamp_series(staff, 9.0)
    by = system(staff)
    since = queries.looked_until(by, TEN)
    first, _ = (each for each in facts.to_tell(by, TEN.date(), TEN, since) if each.people)
    changes.tell(by=by, person=first.people[0], telling=first.telling, about=first.about)
    for _ in range(3):  # the worker was killed between the two, and starts again
        make_notices(by, TEN)
    assert told(staff, staff.action_owner) == ["indicator crossed"] * 2


def test_who_comes_to_answer_for_an_indicator_is_told_of_what_it_crossed_before(staff: Staffed) -> None:
    accepted(staff)
    lamps = a_lamp_series(staff, 9.0, owner=False)
    make_notices(system(staff), TEN)
    risk = registers.risk(staff.risk_manager, "harbour-risk-register", "LH1")
    register_changes.set_owner(
        by=staff.risk_manager, risk=risk.id, version=risk.version, post=staff.owner_post, on=date(2031, 3, 31)
    )
    indicators.attach(by=staff.risk_manager, indicator=lamps, risk=risk.id, side="cause")
    make_notices(system(staff), TEN)
    assert told(staff, staff.owner) == ["indicator crossed"]
    assert told(staff, staff.other_owner) == []
    people.appoint(
        by=staff.administrator,
        post=staff.owner_post,
        person=UUID(staff.other_owner.id),
        from_on=date(2031, 4, 1),
        deputy=True,
    )
    make_notices(system(staff), TEN)
    assert told(staff, staff.other_owner) == ["indicator crossed"]
    assert told(staff, staff.owner) == ["indicator crossed"]
