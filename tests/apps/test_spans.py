"""What holds from a day to a day: whatever is said of its end later, what was known then is answered so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from uuid import UUID

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as any_

from cast import Staffed, accepted
from watchkeep.apps.history import queries as history
from watchkeep.apps.history.models import EarlierEnd, Span
from watchkeep.apps.history.standing import End, ends, holding, over
from watchkeep.apps.people import changes as people
from watchkeep.apps.people import queries
from watchkeep.apps.people.models import Holding, RoleGrant
from watchkeep.apps.register import changes as register
from watchkeep.apps.register.models import Link, Risk
from watchkeep.apps.reviews import changes as reviews
from watchkeep.apps.reviews.models import Seat
from watchkeep.apps.treatment import changes as treatment
from watchkeep.apps.treatment import queries as treated
from watchkeep.domain.clock import Clock
from watchkeep.domain.commitment import Promise
from watchkeep.domain.control import ControlValue
from watchkeep.domain.errors import Invalid, Refused

pytestmark = pytest.mark.django_db

BEGAN = date(2026, 1, 1)
SaysEnd = Callable[..., None]  # takes on= and reason=
Begun = tuple[type[Span], UUID, SaysEnd]


def today() -> date:
    return timezone.localdate()


def ahead(days: int) -> date:
    return today() + timedelta(days=days)


# --- A span of each kind, and how its end is said -----------------------------------------------------------


def a_holding(force: Staffed) -> Begun:
    by, who = force.administrator, force.people["action_owner"].pk
    post = people.open_post(by=by, title=f"Acting chief {Holding.objects.count()}")
    made = people.appoint(by=by, post=post, person=who, from_on=BEGAN)
    return Holding, made, partial(people.end_holding, by=by, holding=made)


def a_grant(force: Staffed) -> Begun:
    by, who = force.administrator, force.people["reader"].pk
    made = people.grant_role(by=by, person=who, role="auditor", unit=force.unit, from_on=BEGAN)
    return RoleGrant, made, partial(people.end_grant, by=by, grant=made)


def a_seat(force: Staffed) -> Begun:
    by = force.secretary
    board = reviews.open_board(by=by, name="Harbour Board")
    made = reviews.seat(by=by, board=board, post=force.owner_post, role="chair", from_on=BEGAN)
    return Seat, made, partial(reviews.end_seat, by=by, seat=made)


def a_link(force: Staffed) -> Begun:
    by = force.risk_manager
    accepted(force)
    first, second = (Risk.objects.get(key=key).pk for key in ("LH1", "LH2"))
    made = register.link_risks(by=by, source=first, target=second, kind="causes", from_on=BEGAN)

    def end(*, on: date, reason: str) -> None:
        register.end_link(by=by, link=made, until_on=on, reason=reason)

    return Link, made, end


KINDS = {"holding": a_holding, "grant": a_grant, "seat": a_seat, "link": a_link}


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=any_.lists(any_.integers(1, 9), min_size=1, max_size=6))
def test_each_end_that_was_known_at_a_moment_is_answered_as_it_was_then(
    staffed: Staffed, kind: str, said: list[int]
) -> None:
    with transaction.atomic():
        rows, span, end = KINDS[kind](staffed)
        moments: list[tuple[datetime, End]] = [(timezone.now(), End())]
        for number, days in enumerate(said):
            end(on=ahead(days), reason=f"Word {number}")
            moments.append((timezone.now(), End(ahead(days), f"Word {number}")))
        these = rows.objects.filter(pk=span)
        for moment, told in moments:
            assert ends(list(these), moment) == {span: told}
            for day in (ahead(each) for each in range(11)):
                clock, gone = Clock(day, moment), told.on is not None and told.on <= day
                assert holding(these, clock, today()).exists() is not gone
                assert over(these, clock, today()).exists() is gone
        assert history.verify(staffed.auditor).holds
        transaction.set_rollback(True)


def test_a_planned_end_is_still_known_as_planned_of_its_time(staffed: Staffed) -> None:
    by, who = staffed.administrator, staffed.people["action_owner"].pk
    post = people.open_post(by=by, title="Acting chief")
    planned, cut = date(2099, 12, 31), date(2026, 6, 1)
    held = people.appoint(by=by, post=post, person=who, from_on=BEGAN, until_on=planned)
    then = timezone.now()
    people.end_holding(by=by, holding=held, on=cut, reason="The chief is back.")
    assert [each.until_on for each in queries.holdings(by, post=post, known_at=then)] == [planned]
    assert [each.until_on for each in queries.holdings(by, post=post)] == [cut]
    row = queries.post(by, post, Clock(date(2026, 7, 1), then))
    assert [(each.until_on, each.until_reason) for each in row.holders] == [(planned, "")]
    assert queries.post(by, post, Clock(planned, then)).holders == ()
    assert queries.post(by, post, Clock(date(2026, 7, 1))).holders == ()


def test_a_role_shows_the_end_that_was_known_of_it(staffed: Staffed) -> None:
    by, who = staffed.administrator, staffed.people["reader"].pk
    role = {"person": who, "role": "auditor", "unit": staffed.unit, "from_on": BEGAN}
    grant = people.grant_role(by=by, until_on=ahead(9), **role)
    then = timezone.now()
    people.end_grant(by=by, grant=grant, on=ahead(3))
    assert [each.until_on for each in queries.grants(by, who, Clock(today(), then))] == [ahead(9)]
    assert [each.until_on for each in queries.grants(by, who)] == [ahead(3)]


def test_an_end_that_nobody_had_spoken_of_is_none_of_its_time(staffed: Staffed) -> None:
    """What a control serves, what a promise bears on, and for what it waits: none can end ahead."""
    by = staffed.risk_manager
    accepted(staffed)
    risk = Risk.objects.get(key="LH1").pk
    control = treatment.add_control(by=by, value=ControlValue(name="Lamp"), effective_on=BEGAN)
    use = treatment.apply_control(by=by, control=control, risk=risk, from_on=BEGAN)
    promise, other = (
        treatment.promise(by=by, kind="action", value=Promise(title=title), risk=risk, on=BEGAN)
        for title in ("Buy oil", "Buy lamps")
    )
    waiting = treatment.depend_on(by=by, commitment=promise, needs=other, on=BEGAN)
    then = timezone.now()
    treatment.end_use(by=by, use=use, on=today(), reason="Sold.")
    treatment.end_dependence(by=by, dependence=waiting, on=today(), reason="Not so.")
    bearing = treated.commitment(by, promise).row.bears_on[0].id
    treatment.end_commitment_use(by=by, use=bearing, on=today(), reason="Not so.")
    before = Clock(today(), then)
    (row,) = treated.control(by, control, before).row.uses
    assert (row.until_on, row.until_reason) == (None, "")
    assert treated.control(by, control, before).ended == ()
    page = treated.commitment(by, promise, before)
    assert [each.until_on for each in page.row.bears_on] == [None]
    assert [each.row.title for each in page.needs] == ["Buy lamps"]
    after = treated.commitment(by, promise)
    assert (after.row.bears_on, after.needs) == ((), ())
    assert [each.until_reason for each in after.ended] == ["Not so."]
    assert EarlierEnd.objects.count() == 0


# --- What may be said of an end -----------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_an_end_that_has_come_stays_whatever_it_ends(staffed: Staffed, kind: str) -> None:
    _, _, end = KINDS[kind](staffed)
    end(on=today(), reason="Over.")
    with pytest.raises(Refused, match="that stays as it was said"):
        end(on=ahead(4), reason="Not over.")


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_ends_before_it_began(staffed: Staffed, kind: str) -> None:
    _, _, end = KINDS[kind](staffed)
    with pytest.raises(Invalid, match="began on 1 January 2026; the end cannot come before that"):
        end(on=BEGAN - timedelta(days=1), reason="Over.")


def test_an_end_is_not_put_off_into_the_time_of_a_successor(staffed: Staffed) -> None:
    by, post = staffed.administrator, staffed.other_post
    (held,) = queries.holders(by, post)
    people.end_holding(by=by, holding=held.id, on=ahead(5))
    people.appoint(by=by, post=post, person=staffed.people["reader"].pk, from_on=ahead(7))
    people.end_holding(by=by, holding=held.id, on=ahead(7))
    with pytest.raises(Invalid, match="say that day or an earlier one"):
        people.end_holding(by=by, holding=held.id, on=ahead(8))


def test_the_chair_is_not_kept_into_the_time_of_the_next(staffed: Staffed) -> None:
    by = staffed.secretary
    _, first, end = a_seat(staffed)
    end(on=ahead(5), reason="")
    board = Seat.objects.get(pk=first).board_id
    reviews.seat(by=by, board=board, post=staffed.other_post, role="chair", from_on=ahead(5))
    with pytest.raises(Invalid, match="say that day or an earlier one"):
        end(on=ahead(6), reason="")
