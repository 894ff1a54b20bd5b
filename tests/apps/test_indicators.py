"""Indicators and their readings: by two clocks, once for each key, and vouched for by the ledger."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from cast import Force, Staffed, accepted
from watchkeep.apps.history import queries as history
from watchkeep.apps.history import triggers
from watchkeep.apps.history.models import Entry, UnrecordedWrite
from watchkeep.apps.indicators import changes, queries
from watchkeep.apps.indicators.models import Batch, Observation
from watchkeep.apps.register.models import Risk
from watchkeep.domain.clock import Clock
from watchkeep.domain.errors import Invalid, Missing, Refused
from watchkeep.domain.indicator import Definition, PlanPoint, Reading, Target
from watchkeep.domain.people import Actor, Grant

pytestmark = pytest.mark.django_db

LAMPS = Definition("Lamps out", "lamps", "down", "month", kind="count", from_on=date(2024, 1, 1))
JANUARY, FEBRUARY, MARCH = date(2024, 1, 1), date(2024, 2, 1), date(2024, 3, 1)


def lamps(by: Actor, **more: Any) -> UUID:
    """K1, read in January and February 2024: 4 and 6."""
    found = changes.open_indicator(by=by, definition=replace(LAMPS, **more))
    taken = [Reading(JANUARY, 4.0), Reading(FEBRUARY, 6.0)]
    changes.observe(by=by, indicator=found, readings=taken, source="The lamp book")
    return found


def values(viewer: Actor, which: UUID, clock: Clock | None = None) -> list[tuple[date, float | None]]:
    """The days and values of a series."""
    found = queries.series(viewer, which, clock or Clock())
    return [(each.on, each.value) for each in found.readings]


def fault_sentences(viewer: Actor) -> list[str]:
    """What does not hold of the readings."""
    return [each.sentence for each in queries.readings_checked(viewer)[0]]


# --- Readings -----------------------------------------------------------------------------------------------


def test_a_reading_is_put_under_its_period_and_seen_as_at_the_period_s_end(force: Force) -> None:
    which = changes.open_indicator(by=force.administrator, definition=LAMPS)
    readings = [Reading(date(2024, 2, 29), 6.0), Reading(date(2024, 1, 17), 4.0)]
    changes.observe(by=force.administrator, indicator=which, readings=readings, source="The lamp book")
    assert values(force.reader, which) == [(JANUARY, 4.0), (FEBRUARY, 6.0)]
    assert values(force.reader, which, Clock(as_at=date(2024, 2, 28))) == [(JANUARY, 4.0)]
    assert values(force.reader, which, Clock(as_at=date(2024, 2, 29))) == [(JANUARY, 4.0), (FEBRUARY, 6.0)]


def test_a_correction_supersedes_and_what_was_known_before_stays_known_of_its_time(force: Force) -> None:
    by, which = force.administrator, lamps(force.administrator)
    before = timezone.now()
    right = [Reading(FEBRUARY, 7.0)]
    with pytest.raises(Invalid, match="6 is recorded, and 7 was sent"):
        changes.observe(by=by, indicator=which, readings=right, source="The lamp book")
    taken = changes.observe(
        by=by, indicator=which, readings=right, source="The lamp book", reason="One was counted late."
    )
    assert (taken.added, taken.corrected, taken.unchanged) == (0, 1, 0)
    assert values(force.reader, which) == [(JANUARY, 4.0), (FEBRUARY, 7.0)]
    assert values(force.reader, which, Clock(as_at=MARCH, known_at=before)) == [
        (JANUARY, 4.0),
        (FEBRUARY, 6.0),
    ]
    assert Observation.objects.count() == 3
    assert queries.indicator_named(force.reader, "k1").last == Reading(FEBRUARY, 7.0, revision=2)


def test_all_of_a_batch_is_taken_or_none(force: Force) -> None:
    by, which = force.administrator, lamps(force.administrator)
    wrong = [Reading(MARCH, 5.0), Reading(date(2024, 4, 1), -1.0)]
    with pytest.raises(Invalid, match="K1, 1 April 2024: A count is not below nought"):
        changes.observe(by=by, indicator=which, readings=wrong, source="The lamp book")
    twice = [Reading(MARCH, 5.0), Reading(date(2024, 3, 31), 6.0)]
    with pytest.raises(Invalid, match="two readings are of the month"):
        changes.observe(by=by, indicator=which, readings=twice, source="The lamp book")
    assert len(values(by, which)) == 2
    assert Batch.objects.count() == 1


def test_the_same_key_is_the_same_answer_and_never_other_content(force: Force) -> None:
    by, which = force.administrator, lamps(force.administrator)
    sent: dict[str, Any] = {"by": by, "indicator": which, "source": "API", "key": "2024-03"}
    first = changes.observe(readings=[Reading(FEBRUARY, 6.0), Reading(MARCH, 5.0)], **sent)
    before = history.head(by)
    assert changes.observe(readings=[Reading(FEBRUARY, 6.0), Reading(MARCH, 5.0)], **sent) == first
    assert (first.added, first.unchanged) == (1, 1)
    assert history.head(by) == before
    with pytest.raises(Refused, match="K1, 1 March 2024 was 5, and is 9 now"):
        changes.observe(readings=[Reading(FEBRUARY, 6.0), Reading(MARCH, 9.0)], **sent)
    with pytest.raises(Refused, match="they were 2, and these are 1"):
        changes.observe(readings=[Reading(FEBRUARY, 6.0)], **sent)
    assert values(by, which)[-1] == (MARCH, 5.0)


def test_what_is_there_already_is_taken_again_without_a_trace(force: Force) -> None:
    which = lamps(force.administrator)
    before = history.head(force.reader)
    again = [Reading(JANUARY, 4.0)]
    taken = changes.observe(by=force.administrator, indicator=which, readings=again, source="Twice")
    assert (taken.batch, taken.unchanged) == (None, 1)
    assert history.head(force.reader) == before


def test_a_period_that_was_given_up_may_still_get_its_reading(force: Force) -> None:
    by, which = force.administrator, lamps(force.administrator)
    lost = [Reading(MARCH, None, note="The book was lost.")]
    changes.observe(by=by, indicator=which, readings=lost, source="The lamp book")
    assert queries.series(by, which).readings[-1].state == "missing"
    assert queries.indicator_named(by, which).last == Reading(FEBRUARY, 6.0)
    changes.observe(by=by, indicator=which, readings=[Reading(MARCH, 3.0)], source="Found again")
    assert queries.series(by, which).readings[-1] == Reading(MARCH, 3.0, revision=2)


# --- The ledger vouches for them ----------------------------------------------------------------------------


def test_an_entry_holds_a_digest_and_not_the_readings(force: Force) -> None:
    which = changes.open_indicator(by=force.administrator, definition=replace(LAMPS, frequency="day"))
    days = [Reading(JANUARY + timedelta(days=number), 4.0) for number in range(300)]
    changes.observe(by=force.administrator, indicator=which, readings=days, source="The lamp book")
    text = Entry.objects.filter(body=force.reader.body).order_by("-sequence")[0].text
    assert Batch.objects.get().sha256 in text
    assert len(text) < 2000
    assert queries.readings_checked(force.reader) == ((), 300)
    assert history.verify(force.reader).holds


FORGERIES = {
    "a value": ("UPDATE indicators_observation SET value = 5 WHERE value = 6", "not those that the history"),
    "a day": (
        "UPDATE indicators_observation SET \"on\" = '2024-03-01' WHERE value = 6",
        "not those that the history",
    ),
    "a reading gone": ("DELETE FROM indicators_observation WHERE value = 6", "brought 2 readings, and 1"),
    "a reading slipped into a batch": (
        'INSERT INTO indicators_observation (series, "on", revision, batch, value, note) '
        "SELECT series, '2024-03-01', 1, batch, 1, '' FROM indicators_observation WHERE value = 6",
        "brought 2 readings, and 3",
    ),
    "a reading of no batch": (
        'INSERT INTO indicators_observation (series, "on", revision, batch, value, note) '
        "SELECT series, '2024-03-01', 1, 999, 1, '' FROM indicators_observation WHERE value = 6",
        "K1: the reading of 2024-03-01 came in no batch",
    ),
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_reading_that_was_altered_behind_the_ledger_is_found(force: Force, forgery: str) -> None:
    lamps(force.administrator)
    statement, said = FORGERIES[forgery]
    triggers.lift(connection)
    with connection.cursor() as cursor:
        cursor.execute(statement)
    (sentence,) = fault_sentences(force.reader)
    assert said in sentence


def test_readings_are_written_in_no_other_way(force: Force) -> None:
    which = queries.indicator_named(force.reader, lamps(force.administrator)).number
    other = Observation(series=which, on=MARCH, revision=1, batch=1, value=1.0)
    for attempt in (
        other.save,
        lambda: Observation.objects.bulk_create([other]),
        lambda: Observation.objects.update(value=1.0),
        lambda: Observation.objects.all().delete(),
    ):
        with pytest.raises(UnrecordedWrite):
            attempt()
    for statement in ("UPDATE indicators_observation SET value = 1", "DELETE FROM indicators_observation"):
        with (
            pytest.raises(DatabaseError, match="written once"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


# --- Definitions and lines ----------------------------------------------------------------------------------


def test_a_definition_reads_otherwise_from_a_day_and_as_before_until_then(force: Force) -> None:
    by, which = force.administrator, lamps(force.administrator)
    new = replace(LAMPS, name="Lamps found dark", due_after=10, from_on=MARCH)
    with pytest.raises(Refused, match="K1 Lamps out has readings"):
        changes.redefine(
            by=by, indicator=which, version=1, definition=replace(new, frequency="week"), owner_post=None
        )
    changes.redefine(by=by, indicator=which, version=1, definition=new, owner_post=None)
    assert queries.series(by, which).definition == replace(new, number=2)
    assert queries.series(by, which, Clock(as_at=FEBRUARY)).definition == LAMPS


def test_a_line_that_doubled_keeps_both_and_one_is_put_right_without_the_other(force: Force) -> None:
    by, which = force.administrator, lamps(force.administrator)
    first = changes.set_target(by=by, indicator=which, target=Target(5.0, JANUARY))
    changes.set_target(by=by, indicator=which, target=Target(10.0, MARCH, source="The new contract"))
    second = Target(10.0, MARCH, source="The new contract")
    assert queries.series(by, which).targets == (Target(5.0, JANUARY, MARCH), second)
    before = timezone.now()
    right = Target(5.5, JANUARY, MARCH)
    changes.set_target(by=by, indicator=which, target=right, line=first, why="It was misread.")
    assert queries.series(by, which).targets == (right, second)
    then = queries.series(by, which, Clock(as_at=date(2024, 4, 1), known_at=before))
    assert then.targets == (Target(5.0, JANUARY, MARCH), second)
    with pytest.raises(Refused, match=r"A target of 5\.5 holds from 1 January 2024 until 1 March 2024"):
        changes.set_target(by=by, indicator=which, target=Target(7.0, FEBRUARY))


def test_rebases_notes_and_plans_are_said_put_right_and_taken_back(force: Force) -> None:
    by, which = force.administrator, lamps(force.administrator)
    rebased = changes.rebase(by=by, indicator=which, on=FEBRUARY, reason="New lamps were fitted.")
    changes.annotate(by=by, indicator=which, on=FEBRUARY, text="A storm.")
    changes.plan(by=by, indicator=which, points=[PlanPoint(JANUARY, 5.0), PlanPoint(FEBRUARY, 4.0)])
    with pytest.raises(Invalid, match="otherwise than before"):
        changes.plan(by=by, indicator=which, points=[PlanPoint(FEBRUARY, 3.0)])
    assert changes.plan(by=by, indicator=which, points=[PlanPoint(FEBRUARY, 3.0)], why="Agreed since.") == 1
    found = queries.series(by, which)
    assert [(each.on, each.reason) for each in found.rebases] == [(FEBRUARY, "New lamps were fitted.")]
    assert [each.text for each in found.annotations] == ["A storm."]
    assert found.plan == (PlanPoint(JANUARY, 5.0), PlanPoint(FEBRUARY, 3.0))
    changes.take_back(by=by, said=rebased, why="They were fitted elsewhere.")
    assert queries.series(by, which).rebases == ()
    assert history.verify(by).holds


# --- Risks, and who sees what -------------------------------------------------------------------------------


def test_a_risk_s_series_come_in_a_fixed_number_of_statements(
    force: Force, django_assert_num_queries: Any
) -> None:
    accepted(force)
    by, risks = force.administrator, list(Risk.objects.order_by("key").values_list("pk", flat=True))
    first = lamps(by)
    changes.attach(by=by, indicator=first, risk=risks[0], side="cause", leads=True)
    with django_assert_num_queries(7) as counted:
        (one,) = queries.series_of_risk(force.reader, risks[0])
    assert (one.side, one.leads, one.series.key, len(one.series.readings)) == ("cause", True, "K1", 2)
    for risk in risks:
        for side in ("control", "consequence"):
            changes.attach(by=by, indicator=lamps(by), risk=risk, side=side)
    with django_assert_num_queries(len(counted.captured_queries)):
        found = queries.series_of(force.reader, risks)
    assert {risk: len(found[risk]) for risk in risks} == {risks[0]: 3, risks[1]: 2, risks[2]: 2}
    changes.detach(by=by, use=one.id, on=timezone.localdate(), reason="It measures another risk.")
    assert len(queries.series_of_risk(force.reader, risks[0])) == 2


def test_an_indicator_of_restricted_registers_alone_is_seen_by_who_sees_one_of_them(
    staffed: Staffed,
) -> None:
    accepted(staffed)
    by, risk = staffed.administrator, Risk.objects.select_related("register").order_by("key")[0]
    which = lamps(by)
    elsewhere = replace(staffed.reader, role=None, grants=(Grant("reader", register=str(UUID(int=1))),))
    inside = replace(elsewhere, grants=(Grant("reader", register=str(risk.register_id)),))
    assert queries.indicators(elsewhere)
    changes.attach(by=by, indicator=which, risk=risk.pk, side="cause")
    assert not queries.indicators(elsewhere)
    with pytest.raises(Missing, match="There is no indicator K1"):
        queries.indicator_named(elsewhere, "K1")
    assert [each.reference for each in queries.indicators(inside)] == ["K1"]
    assert queries.indicators(staffed.stranger) == ()


def test_who_answers_for_an_indicator_records_it_and_who_only_reads_does_not(staffed: Staffed) -> None:
    post = UUID(min(staffed.owner.posts))
    which = changes.open_indicator(by=staffed.risk_manager, definition=LAMPS, owner_post=post)
    given: dict[str, Any] = {"indicator": which, "readings": [Reading(JANUARY, 4.0)], "source": "Hand"}
    assert changes.observe(by=staffed.owner, **given).added == 1
    for other in (staffed.reader, staffed.board_member, staffed.other_owner):
        with pytest.raises(Refused, match="may record readings"):
            changes.observe(by=other, **given)
    analyst = replace(staffed.reader, role="performance analyst")
    assert changes.observe(by=analyst, **given).unchanged == 1
