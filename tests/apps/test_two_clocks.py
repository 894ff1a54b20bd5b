"""What stood on a day, and what was known of it at a moment: for each kind of fact."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cast import JUNE, MARCH, Force, a_paper, a_risk, accepted
from watchkeep.apps.register import changes, queries
from watchkeep.apps.register.models import Risk
from watchkeep.domain.clock import PRESENT, Clock

pytestmark = pytest.mark.django_db

REGISTER = "harbour-risk-register"
APRIL, MAY, JULY = date(2031, 4, 30), date(2031, 5, 31), date(2031, 7, 31)


def keys(force: Force, clock: Clock = PRESENT) -> list[str]:
    return [each.key for each in queries.document(force.reader, REGISTER, clock).risks]


def closed(force: Force, clock: Clock = PRESENT) -> list[str]:
    return [each.key for each in queries.closed_risks(force.reader, REGISTER, clock)]


def close(force: Force, key: str, on: date, **more: Any) -> datetime:
    """Close a risk; the moment just before it was."""
    before = timezone.now()
    risk = Risk.objects.get(key=key)
    changes.close_risk(
        by=force.administrator,
        risk=risk.pk,
        version=risk.version,
        closed_on=on,
        reason="Oil was bought.",
        **more,
    )
    return before


def reopen(force: Force, key: str, on: date) -> None:
    risk = Risk.objects.get(key=key)
    changes.reopen_risk(
        by=force.administrator, risk=risk.pk, version=risk.version, on=on, reason="It leaked."
    )


def test_a_risk_that_was_closed_later_stood_before_that(force: Force) -> None:
    accepted(force)
    close(force, "LH2", MAY)
    assert (keys(force), closed(force)) == (["LH1", "LH3"], ["LH2"])
    assert (keys(force, Clock(APRIL)), closed(force, Clock(APRIL))) == (["LH1", "LH2", "LH3"], [])
    assert (keys(force, Clock(MAY)), closed(force, Clock(MAY))) == (["LH1", "LH3"], ["LH2"])


def test_a_closing_appears_in_as_now_known_and_not_in_as_known_then(force: Force) -> None:
    accepted(force)
    then = close(force, "LH2", MAY)
    assert keys(force, Clock(JUNE)) == ["LH1", "LH3"]
    assert keys(force, Clock(JUNE, then)) == ["LH1", "LH2", "LH3"]
    assert closed(force, Clock(JUNE, then)) == []
    page = queries.risk(force.reader, REGISTER, "LH2", Clock(JUNE, then))
    assert (page.state, page.closed_on, page.closed_because) == ("open", None, "")


def test_reopening_does_not_forget_the_spell_in_which_a_risk_was_closed(force: Force) -> None:
    accepted(force)
    close(force, "LH2", MAY)
    reopen(force, "LH2", JULY)
    assert keys(force) == ["LH1", "LH2", "LH3"]
    assert keys(force, Clock(JUNE)) == ["LH1", "LH3"]
    page = queries.risk(force.reader, REGISTER, "LH2", Clock(JUNE))
    assert (page.state, page.closed_on, page.closed_because) == ("closed", MAY, "Oil was bought.")
    assert queries.risk(force.reader, REGISTER, "LH2", Clock(JULY)).state == "open"


def test_a_list_of_registers_counts_the_risks_of_its_day(force: Force) -> None:
    accepted(force)
    then = close(force, "LH2", MAY)

    def count(clock: Clock) -> int:
        return queries.register(force.reader, REGISTER, clock).risks

    assert [count(PRESENT), count(Clock(APRIL)), count(Clock(JUNE)), count(Clock(JUNE, then))] == [2, 3, 2, 3]
    assert count(Clock(MARCH - timedelta(days=1))) == 0


def test_a_back_dated_word_appears_in_as_now_known_and_not_in_as_known_then(force: Force) -> None:
    accepted(force)
    then = timezone.now()
    risk = Risk.objects.get(key="LH1")
    changes.correct_risk(
        by=force.administrator, risk=risk.pk, version=1, path="owner", text="Pilot", effective_on=MARCH
    )

    def owner(clock: Clock) -> str | None:
        return queries.risk(force.reader, REGISTER, "LH1", clock).value.owner.text

    assert [owner(Clock(MARCH)), owner(Clock(MARCH, then))] == ["Pilot", "Harbour master"]
    versions = queries.risk(force.reader, REGISTER, "LH1", Clock(MARCH, then)).versions
    assert [(each.number, each.current) for each in versions] == [(1, True)]


def test_a_page_of_the_past_takes_as_many_statements_for_many_risks_as_for_few(force: Force) -> None:
    def statements(clock: Clock) -> int:
        with CaptureQueriesContext(connection) as counted:
            queries.document(force.reader, REGISTER, clock)
            queries.risk(force.reader, REGISTER, "LH1", clock)
            queries.closed_risks(force.reader, REGISTER, clock)
        return len(counted)

    accepted(force)
    clocks = (Clock(JUNE), Clock(JUNE, timezone.now()))
    few = [statements(clock) for clock in clocks]
    more = a_paper(*(a_risk(f"LH{number}") for number in range(1, 30)), day=JUNE, words="second")
    accepted(force, more, "second")
    close(force, "LH7", JUNE)
    clocks = (Clock(JUNE), Clock(JUNE, timezone.now()))
    assert [statements(clock) for clock in clocks] == few


# --- Two days side by side ----------------------------------------------------------------------------------


def test_two_days_say_what_came_what_went_and_what_says_something_else(force: Force) -> None:
    accepted(force)
    later = a_paper(
        a_risk("LH1", cause=a_risk("LH1").name),
        a_risk("LH2"),
        a_risk("LH3"),
        a_risk("LH4"),
        day=JUNE,
        words="second",
    )
    accepted(force, later, "second")
    close(force, "LH3", JULY)
    found = queries.compare(force.reader, REGISTER, Clock(MARCH))
    assert (found.before, found.after, found.same) == (3, 3, 1)
    assert {each.key: each.how for each in found.risks} == {"LH1": "changed", "LH4": "new", "LH3": "gone"}
    (change,) = found.risks[0].changes
    assert (change.path, change.before, change.after) == ("cause", "not applicable", "Lighthouse rota LH1")
    back = queries.compare(force.reader, REGISTER, Clock(JULY), Clock(JUNE))
    assert [(each.key, each.how) for each in back.risks] == [("LH3", "reopened")]
    assert queries.compare(force.reader, REGISTER, Clock(JUNE), Clock(JUNE)).risks == ()


def test_one_day_as_now_known_beside_as_known_then_is_what_was_learned_since(force: Force) -> None:
    accepted(force)
    then = timezone.now()
    risk = Risk.objects.get(key="LH1")
    changes.correct_risk(
        by=force.administrator, risk=risk.pk, version=1, path="owner", text="Pilot", effective_on=MARCH
    )
    (learned,) = queries.compare(force.reader, REGISTER, Clock(MARCH, then), Clock(MARCH), risk="LH1").risks
    assert [(each.path, each.before, each.after) for each in learned.changes] == [
        ("owner", "Harbour master", "Pilot")
    ]
