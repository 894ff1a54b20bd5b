"""The same thing is said once at a time: of links, of what promises bear on, and of what waits for what."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest

from cast import Staffed, a_paper, a_staffed_force, accepted
from once import made_once
from watchkeep.apps.history.models import Entry
from watchkeep.apps.register import changes as register
from watchkeep.apps.register.models import Link, Risk
from watchkeep.apps.treatment import changes
from watchkeep.apps.treatment.models import CommitmentUse, Dependence
from watchkeep.domain.commitment import Promise
from watchkeep.domain.errors import Invalid, Refused

pytestmark = pytest.mark.django_db
APRIL, MAY, JUNE, JULY = date(2026, 4, 30), date(2026, 5, 31), date(2026, 6, 30), date(2026, 7, 31)
Begin = Callable[[date], UUID]
End = Callable[[UUID, date], None]


@pytest.fixture
@made_once
def force() -> Staffed:
    made = a_staffed_force()
    accepted(made, a_paper(day=APRIL))
    return made


def risk(key: str) -> UUID:
    return Risk.objects.get(key=key).pk


def promise(force: Staffed, title: str) -> UUID:
    return changes.promise(by=force.risk_manager, kind="action", value=Promise(title), on=APRIL)


def of_links(force: Staffed) -> tuple[Begin, End]:
    by = force.risk_manager
    return (
        lambda on: register.link_risks(
            by=by, source=risk("LH1"), target=risk("LH2"), kind="causes", from_on=on
        ),
        lambda which, on: register.end_link(by=by, link=which, until_on=on, reason="The mole was moved"),
    )


def of_uses(force: Staffed) -> tuple[Begin, End]:
    by, which = force.risk_manager, promise(force, "Buy oil")
    return (
        lambda on: changes.apply_commitment(by=by, commitment=which, risk=risk("LH1"), from_on=on),
        lambda use, on: changes.end_commitment_use(by=by, use=use, on=on, reason="Another risk"),
    )


def of_waiting(force: Staffed) -> tuple[Begin, End]:
    by, first, second = force.risk_manager, promise(force, "Buy oil"), promise(force, "Find money")
    return (
        lambda on: changes.depend_on(by=by, commitment=first, needs=second, on=on),
        lambda which, on: changes.end_dependence(by=by, dependence=which, on=on, reason="It was lent"),
    )


@pytest.fixture(params=[of_links, of_uses, of_waiting])
def span(force: Staffed, request: pytest.FixtureRequest) -> tuple[Begin, End]:
    made: tuple[Begin, End] = request.param(force)
    return made


@pytest.mark.parametrize("again", [APRIL, MAY, JUNE])
def test_what_holds_or_is_to_hold_is_not_begun_again_on_any_day(span: tuple[Begin, End], again: date) -> None:
    span[0](MAY)
    before = Entry.objects.count()
    with pytest.raises(Refused, match="already"):
        span[0](again)
    assert Entry.objects.count() == before


def test_what_ended_may_hold_again_from_that_day_on_and_not_from_within(span: tuple[Begin, End]) -> None:
    begin, end = span
    end(begin(MAY), JUNE)
    with pytest.raises(Refused, match="already"):
        begin(MAY)
    begin(JUNE)
    assert max(each.objects.count() for each in (Link, CommitmentUse, Dependence)) == 2


def test_what_ended_on_the_day_that_it_began_is_in_nobodys_way(span: tuple[Begin, End]) -> None:
    begin, end = span
    end(begin(MAY), MAY)
    begin(MAY)


def test_a_part_is_borne_beside_the_whole_and_one_that_is_none_is_refused(force: Staffed) -> None:
    by, which = force.risk_manager, promise(force, "Buy oil")
    for part in ("", "i", "ii"):
        changes.apply_commitment(by=by, commitment=which, risk=risk("LH1"), part=part, from_on=MAY)
    with pytest.raises(Refused, match="already"):
        changes.apply_commitment(by=by, commitment=which, risk=risk("LH1"), part="ii", from_on=MAY)
    with pytest.raises(Invalid, match="has no part “iv”"):
        changes.apply_commitment(by=by, commitment=which, risk=risk("LH1"), part="iv", from_on=MAY)


def test_links_of_other_kinds_and_the_other_way_round_stand_beside_it(force: Staffed) -> None:
    by, first, second = force.risk_manager, risk("LH1"), risk("LH2")
    for source, target, kind in (
        (first, second, "causes"),
        (second, first, "causes"),
        (first, second, "shares"),
    ):
        register.link_risks(by=by, source=source, target=target, kind=kind, from_on=MAY)
    with pytest.raises(Refused, match="already linked"):
        register.link_risks(by=by, source=second, target=first, kind="shares", from_on=MAY)
