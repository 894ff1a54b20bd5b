"""Units, posts and who holds them: ownership belongs to posts, and nobody's leaving orphans anything."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from cast import APPOINTED, PASSWORD, Staffed, a_force
from watchkeep.apps.history import queries as history
from watchkeep.apps.people import changes, queries
from watchkeep.apps.people.models import Holding, Post
from watchkeep.domain.clock import Clock
from watchkeep.domain.errors import Invalid, Missing, Refused, Stale
from watchkeep.domain.people import Actor

pytestmark = pytest.mark.django_db

YEAR_ON = date(2025, 4, 1)


def names(rows: tuple[queries.HolderRow, ...]) -> list[str]:
    return [f"{each.name}{' (deputy)' if each.deputy else ''}" for each in rows]


def today() -> date:
    return timezone.localdate()


# --- Posts held from a day to a day -------------------------------------------------------------------------


def test_who_answers_for_a_post_are_its_holders_then_their_deputies(staffed: Staffed) -> None:
    by, post = staffed.administrator, staffed.owner_post
    assert names(queries.holders(by, post)) == ["Oda Strand", "Dag Pier (deputy)"]
    changes.stop_person(by=by, person=staffed.people["owner"].pk, reason="Left.")
    assert names(queries.holders(by, post)) == ["Dag Pier (deputy)"]
    assert queries.holders(by, post, Clock(as_at=date(2020, 1, 1))) == ()


def test_who_comes_after_succeeds_and_the_past_keeps_who_was_there(staffed: Staffed) -> None:
    by, post = staffed.administrator, staffed.owner_post
    changes.appoint(by=by, post=post, person=staffed.people["other_owner"].pk, from_on=YEAR_ON)
    assert names(queries.holders(by, post)) == ["Liv Lantern", "Dag Pier (deputy)"]
    before = Clock(as_at=YEAR_ON - timedelta(days=1))
    assert names(queries.holders(by, post, before)) == ["Oda Strand", "Dag Pier (deputy)"]
    oda = next(each for each in queries.holdings(by, post=post) if each.name == "Oda Strand")
    assert (oda.until_on, oda.until_reason) == (YEAR_ON, "Succeeded by Liv Lantern.")


def test_what_was_learned_later_was_not_known_then(staffed: Staffed) -> None:
    by, post = staffed.administrator, staffed.owner_post
    then = timezone.now()
    changes.appoint(by=by, post=post, person=staffed.people["other_owner"].pk, from_on=YEAR_ON)
    known_then = Clock(as_at=YEAR_ON, known_at=then)
    assert names(queries.holders(by, post, known_then)) == ["Oda Strand", "Dag Pier (deputy)"]
    assert names(queries.holders(by, post, Clock(as_at=YEAR_ON))) == ["Liv Lantern", "Dag Pier (deputy)"]


def test_two_may_share_a_post(staffed: Staffed) -> None:
    by, post = staffed.administrator, staffed.owner_post
    person = staffed.people["other_owner"].pk
    changes.appoint(by=by, post=post, person=person, from_on=YEAR_ON, sharing=True)
    assert names(queries.holders(by, post))[:2] == ["Liv Lantern", "Oda Strand"]


def test_a_deputy_may_be_appointed_for_a_time(staffed: Staffed) -> None:
    by, post = staffed.administrator, staffed.other_post
    first, last = today(), today() + timedelta(days=14)
    person = staffed.people["deputy"].pk
    changes.appoint(by=by, post=post, person=person, from_on=first, until_on=last, deputy=True)
    assert names(queries.holders(by, post)) == ["Liv Lantern", "Dag Pier (deputy)"]
    assert names(queries.holders(by, post, Clock(as_at=last))) == ["Liv Lantern"]


def test_an_end_that_has_come_stays_and_a_planned_one_may_come_sooner(staffed: Staffed) -> None:
    by, post = staffed.administrator, staffed.other_post
    holding = changes.appoint(
        by=by,
        post=post,
        person=staffed.people["deputy"].pk,
        from_on=YEAR_ON,
        until_on=today() + timedelta(days=9),
        deputy=True,
    )
    changes.end_holding(by=by, holding=holding, on=today(), reason="Back to the harbour.")
    with pytest.raises(Refused, match="that stays as it was said"):
        changes.end_holding(by=by, holding=holding, on=YEAR_ON)
    assert names(queries.holders(by, post)) == ["Liv Lantern"]


def test_nobody_succeeds_to_a_time_that_is_over(staffed: Staffed) -> None:
    by, post = staffed.administrator, staffed.other_post
    (held,) = queries.holders(by, post)
    changes.end_holding(by=by, holding=held.id, on=today(), reason="Left.")
    with pytest.raises(Invalid, match="held this post until"):
        changes.appoint(by=by, post=post, person=staffed.people["owner"].pk, from_on=YEAR_ON)
    assert Holding.objects.get(pk=held.id).until_on == today()


def test_a_post_that_is_abolished_keeps_its_past_and_takes_nobody(staffed: Staffed) -> None:
    by, post = staffed.administrator, staffed.other_post
    changes.abolish_post(by=by, post=post, version=1, on=today(), reason="Lamps are electric.")
    assert names(queries.holders(by, post)) == []
    assert names(queries.holders(by, post, Clock(as_at=YEAR_ON))) == ["Liv Lantern"]
    assert queries.post(by, post).abolished_on == today()
    with pytest.raises(Refused, match="is abolished; nobody is appointed"):
        changes.appoint(by=by, post=post, person=staffed.people["owner"].pk, from_on=today())


# --- Removing a person orphans nothing ----------------------------------------------------------------------


def test_stopping_a_person_ends_their_posts_and_leaves_every_post_in_place(staffed: Staffed) -> None:
    by, who = staffed.administrator, staffed.people["owner"]
    changes.grant_role(by=by, person=who.pk, role="auditor", unit=staffed.unit, from_on=APPOINTED)
    changes.appoint(
        by=by,
        post=staffed.chair_post,
        person=who.pk,
        from_on=today() + timedelta(days=30),
        deputy=True,
    )
    before = set(Post.objects.values_list("title", "abolished_on"))
    changes.stop_person(by=by, person=who.pk, reason="Retired.")
    assert set(Post.objects.values_list("title", "abolished_on")) == before
    assert names(queries.holders(by, staffed.owner_post)) == ["Dag Pier (deputy)"]
    later = Clock(as_at=today() + timedelta(days=40))
    assert "Oda Strand (deputy)" not in names(queries.holders(by, staffed.chair_post, later))
    assert queries.grants(by, who.pk) == ()
    assert all(each.until_on is not None for each in queries.holdings(by, person=who.pk))
    assert history.verify(by).holds


def test_who_is_resumed_signs_in_again_and_has_no_post_until_appointed(staffed: Staffed) -> None:
    by, who = staffed.administrator, staffed.people["owner"]
    changes.stop_person(by=by, person=who.pk, reason="On secondment.")
    with pytest.raises(Missing):
        queries.actor_of(who.pk)
    changes.resume_person(by=by, person=who.pk, reason="Back.")
    assert queries.actor_of(who.pk).posts == frozenset()
    assert queries.actor_of(who.pk).role == "risk owner"


def test_a_stopped_person_is_appointed_to_nothing(staffed: Staffed) -> None:
    by, who = staffed.administrator, staffed.people["owner"]
    changes.stop_person(by=by, person=who.pk, reason="Left.")
    with pytest.raises(Refused, match="is stopped"):
        changes.appoint(by=by, post=staffed.other_post, person=who.pk, from_on=today())


# --- Nobody raises themselves -------------------------------------------------------------------------------


def test_nobody_gives_themselves_a_role(staffed: Staffed) -> None:
    by = staffed.administrator
    with pytest.raises(Refused, match="their own roles"):
        changes.change_role(by=by, person=UUID(by.id), role="auditor")
    with pytest.raises(Refused, match="their own roles"):
        changes.grant_role(by=by, person=UUID(by.id), role="risk manager", unit=staffed.unit, from_on=today())


def an_administrator_of(staffed: Staffed, unit: UUID) -> Actor:
    """Somebody who looks after people in one unit only."""
    person = changes.add_person(
        by=staffed.administrator, name="Una Part", email="una@calder.test", role="reader", password=PASSWORD
    )
    changes.grant_role(
        by=staffed.administrator, person=person.pk, role="administrator", unit=unit, from_on=APPOINTED
    )
    return queries.actor_of(person.pk)


def test_who_looks_after_one_unit_reaches_no_further(staffed: Staffed) -> None:
    local = an_administrator_of(staffed, staffed.unit)
    reader = staffed.people["reader"].pk
    below = changes.open_unit(by=local, name="West Mole", parent=staffed.unit)
    post = changes.open_post(by=local, title="Mole Keeper", unit=below)
    changes.appoint(by=local, post=post, person=reader, from_on=today())
    changes.grant_role(by=local, person=reader, role="risk owner", unit=below, from_on=today())
    elsewhere = changes.open_unit(by=staffed.administrator, name="Lamps")
    attempts: list[Callable[[], object]] = [
        lambda: changes.open_unit(by=local, name="Top"),
        lambda: changes.open_unit(by=local, name="Oil", parent=elsewhere),
        lambda: changes.move_unit(by=local, unit=below, version=1, parent=elsewhere),
        lambda: changes.move_unit(by=local, unit=below, version=1, parent=None),
        lambda: changes.move_unit(by=local, unit=elsewhere, version=1, parent=below),
        lambda: changes.move_post(by=local, post=post, version=1, unit=elsewhere),
        lambda: changes.open_post(by=local, title="Chief"),
        lambda: changes.appoint(by=local, post=staffed.chair_post, person=reader, from_on=today()),
        lambda: changes.grant_role(by=local, person=reader, role="reader", unit=elsewhere, from_on=today()),
        lambda: changes.grant_role(by=local, person=reader, role="reader", register=uuid4(), from_on=today()),
        lambda: changes.change_role(by=local, person=reader, role="administrator"),
        lambda: changes.change_password(by=local, person=reader, password=PASSWORD),
        lambda: changes.add_person(by=local, name="X", email="x@calder.test", role="administrator"),
        lambda: changes.add_person(by=local, name="X", email="x@calder.test", role=None),
        lambda: changes.amend_person(by=local, person=reader, version=1, name="X", email="x@calder.test"),
        lambda: changes.stop_person(by=local, person=reader, reason="x"),
        lambda: changes.amend_body(
            by=local, version=1, name="Calder Vale Police", kind="council", year_starts_month=1
        ),
    ]
    for attempt in attempts:
        with pytest.raises(Refused, match="Only an administrator"):
            attempt()


def test_who_was_stopped_meanwhile_finds_that_they_are_out(staffed: Staffed) -> None:
    """Two administrators stop each other at once: the second was let in before, and is refused."""
    other = changes.add_person(
        by=staffed.administrator, name="Ada Two", email="ada@calder.test", role="administrator"
    )
    let_in = queries.actor_of(other.pk)
    changes.stop_person(by=staffed.administrator, person=other.pk, reason="Left.")
    with pytest.raises(Refused, match="no longer signs in here"):
        changes.stop_person(by=let_in, person=UUID(staffed.administrator.id), reason="Revenge.")
    changes.resume_person(by=staffed.administrator, person=other.pk)
    changes.change_role(by=staffed.administrator, person=other.pk, role="reader")
    with pytest.raises(Refused, match="Ada Two is a reader"):
        changes.stop_person(by=let_in, person=UUID(staffed.administrator.id), reason="Revenge.")


# --- Another body's -----------------------------------------------------------------------------------------


def test_another_body_s_units_posts_and_people_are_as_if_they_were_not_there(staffed: Staffed) -> None:
    by = staffed.stranger
    holding = queries.holders(staffed.administrator, staffed.owner_post)[0].id
    theirs = UUID(by.id)
    post = changes.open_post(by=by, title="Warden")
    attempts: list[Callable[[], object]] = [
        lambda: changes.open_unit(by=by, name="x", parent=staffed.unit),
        lambda: changes.open_post(by=by, title="x", unit=staffed.unit),
        lambda: changes.rename_unit(by=by, unit=staffed.unit, version=1, name="x"),
        lambda: changes.close_unit(by=by, unit=staffed.unit, version=1, closed_on=today(), reason="x"),
        lambda: changes.rename_post(by=by, post=staffed.owner_post, version=1, title="x"),
        lambda: changes.abolish_post(by=by, post=staffed.owner_post, version=1, on=today(), reason="x"),
        lambda: changes.appoint(by=by, post=staffed.owner_post, person=theirs, from_on=today()),
        lambda: changes.appoint(by=by, post=post, person=staffed.people["owner"].pk, from_on=today()),
        lambda: changes.end_holding(by=by, holding=holding, on=today()),
        lambda: changes.grant_role(
            by=by, person=staffed.people["owner"].pk, role="reader", unit=staffed.unit, from_on=today()
        ),
        lambda: changes.stop_person(by=by, person=staffed.people["owner"].pk, reason="x"),
        lambda: queries.post(by, staffed.owner_post),
        lambda: queries.unit(by, staffed.unit),
        lambda: queries.person(by, staffed.people["owner"].pk),
    ]
    for attempt in attempts:
        with pytest.raises((Missing, Refused)) as refusal:
            attempt()
        # A unit of another body is no place of theirs: the refusal says so without naming it.
        assert "Harbour" not in refusal.value.sentence
    assert queries.holders(by, staffed.owner_post) == ()
    assert [each.title for each in queries.posts(by)] == ["Warden"]
    assert queries.units(by) == ()


# --- Units --------------------------------------------------------------------------------------------------


def test_units_form_a_tree_each_followed_by_what_is_below_it(staffed: Staffed) -> None:
    by = staffed.administrator
    changes.open_unit(by=by, name="Admin")
    changes.open_unit(by=by, name="Lantern", parent=staffed.lower_unit)
    rows = queries.units(by)
    assert [(each.name, each.depth) for each in rows] == [
        ("Admin", 0),
        ("Harbour Command", 0),
        ("East Mole", 1),
        ("Lantern", 2),
    ]
    assert rows[1].posts == 2
    assert queries.chain(rows[3].id) == (str(rows[3].id), str(staffed.lower_unit), str(staffed.unit))


def test_a_unit_is_never_part_of_what_is_part_of_it(staffed: Staffed) -> None:
    for parent in (staffed.lower_unit, staffed.unit):
        with pytest.raises(Invalid, match="cannot be the other way too"):
            changes.move_unit(by=staffed.administrator, unit=staffed.unit, version=1, parent=parent)


def test_a_unit_closes_once_nothing_stands_in_it(staffed: Staffed) -> None:
    by = staffed.administrator
    with pytest.raises(Refused, match="still holds East Mole, Head of Harbour, Head of Lamps"):
        changes.close_unit(by=by, unit=staffed.unit, version=1, closed_on=today(), reason="Merged.")
    changes.close_unit(by=by, unit=staffed.lower_unit, version=1, closed_on=today(), reason="Merged.")
    with pytest.raises(Invalid, match="is closed"):
        changes.open_post(by=by, title="x", unit=staffed.lower_unit)


# --- Two at once --------------------------------------------------------------------------------------------


def test_the_second_of_two_sees_both_versions(staffed: Staffed) -> None:
    by, unit, post = staffed.administrator, staffed.unit, staffed.owner_post
    person, mail = staffed.people["reader"].pk, "ivo@calder.test"
    changes.rename_unit(by=by, unit=unit, version=1, name="Port Command")
    changes.rename_post(by=by, post=post, version=1, title="Head of Port")
    changes.amend_person(by=by, person=person, version=1, name="Ivo Moor", email=mail)
    changes.amend_body(by=by, version=1, name="Calder Vale Police", kind="police force", year_starts_month=1)
    late: list[tuple[Callable[[], object], tuple[str, str, str]]] = [
        (
            lambda: changes.rename_unit(by=by, unit=unit, version=1, name="Sea"),
            ("name", "Sea", "Port Command"),
        ),
        (
            lambda: changes.rename_post(by=by, post=post, version=1, title="Sea"),
            ("title", "Sea", "Head of Port"),
        ),
        (
            lambda: changes.amend_person(by=by, person=person, version=1, name="Ivo", email=mail),
            ("name", "Ivo", "Ivo Moor"),
        ),
        (
            lambda: changes.amend_body(
                by=by, version=1, name="Calder Vale Police", kind="police force", year_starts_month=4
            ),
            ("year_starts_month", "4", "1"),
        ),
    ]
    for attempt, said in late:
        with pytest.raises(Stale) as stale:
            attempt()
        assert [(each.name, each.yours, each.theirs) for each in stale.value.clashes] == [said]
        assert stale.value.version == 2


def test_one_address_in_two_bodies_at_once_is_one_person_s(
    staffed: Staffed,
) -> None:
    """Bodies do not wait for each other: the table has the last word, and says it as a sentence."""
    other = a_force("Fennmoor Police").administrator
    changes.add_person(by=other, name="Kit Twice", email="kit@calder.test", role="reader")
    with pytest.raises(Invalid, match="Somebody already signs in as kit@") as refusal:
        changes.add_person(by=staffed.administrator, name="Kit Twice", email="kit@calder.test", role="reader")
    assert refusal.value.field == "email"
    assert history.verify(staffed.administrator).holds


# --- What it costs ------------------------------------------------------------------------------------------


def test_lists_cost_the_same_however_long_they_are(
    staffed: Staffed, django_assert_num_queries: Callable[..., object]
) -> None:
    by = staffed.administrator
    asked: list[tuple[Callable[[], object], int]] = [
        (lambda: queries.posts(by), 2),
        (lambda: queries.units(by), 1),
        (lambda: queries.people(by), 1),
        (lambda: queries.grants(by), 1),
        (lambda: queries.holdings(by, post=staffed.owner_post), 1),
        (lambda: queries.holders(by, staffed.owner_post), 1),
        (lambda: queries.chain(staffed.lower_unit), 1),
    ]
    for more in (0, 5):
        for number in range(more):
            unit = changes.open_unit(by=by, name=f"Unit {number}", parent=staffed.unit)
            post = changes.open_post(by=by, title=f"Post {number}", unit=unit)
            person = changes.add_person(
                by=by, name=f"Person {number}", email=f"p{number}@calder.test", role="reader"
            )
            changes.appoint(by=by, post=post, person=person.pk, from_on=today())
            changes.appoint(by=by, post=staffed.owner_post, person=person.pk, from_on=today(), deputy=True)
            changes.grant_role(by=by, person=person.pk, role="auditor", unit=unit, from_on=today())
        for ask, cost in asked:
            with django_assert_num_queries(cost):  # type: ignore[attr-defined]  # a context manager
                ask()
