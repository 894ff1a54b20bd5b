"""Who may sign in, and what each may do."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from cast import APPOINTED, PASSWORD, Force, Staffed, a_force
from watchkeep.apps.history.models import Entry
from watchkeep.apps.people import changes, queries
from watchkeep.apps.people.models import Person
from watchkeep.config import settings as product
from watchkeep.domain.clock import Clock
from watchkeep.domain.errors import Invalid, Missing, Refused
from watchkeep.domain.people import Grant

pytestmark = pytest.mark.django_db


def test_a_signed_in_person_is_an_actor_of_their_body(force: Force) -> None:
    assert queries.viewer_of(force.reader_person) == force.reader
    assert force.reader.role == "reader"


def test_nobody_and_somebody_stopped_are_told_to_sign_in(force: Force) -> None:
    changes.stop_person(by=force.administrator, person=force.reader_person.pk, reason="Left the force.")
    for user in (AnonymousUser(), Person.objects.get(pk=force.reader_person.pk)):
        with pytest.raises(Refused, match="Sign in first"):
            queries.viewer_of(user)


def test_a_password_is_kept_as_argon2id_at_the_strength_we_chose(settings: Any, force: Force) -> None:
    settings.PASSWORD_HASHERS = product.PASSWORD_HASHERS
    changes.change_password(by=force.reader, person=force.reader_person.pk, password=PASSWORD)
    force.reader_person.refresh_from_db()
    assert "$m=19456,t=2,p=1$" in force.reader_person.password
    assert force.reader_person.check_password(PASSWORD)
    assert not force.reader_person.check_password(PASSWORD + "!")


@pytest.mark.parametrize("password", ["short", "password123", "1234567890"])
def test_a_weak_password_is_refused_in_words(force: Force, password: str) -> None:
    with pytest.raises(Invalid) as refusal:
        changes.change_password(by=force.reader, person=force.reader_person.pk, password=password)
    assert refusal.value.field == "password"
    assert force.reader_person.check_password(PASSWORD)


def test_changing_a_password_is_recorded_without_it(force: Force) -> None:
    changes.change_password(by=force.reader, person=force.reader_person.pk, password="another long password")
    told = Entry.objects.filter(body=force.reader.body).order_by("-sequence")[0]
    assert told.verb == "change a password"
    assert json.loads(told.text)["rows"][0]["after"] == {"password_version": 2, "version": 2}
    assert "another long" not in told.text
    assert Person.objects.get(pk=force.reader_person.pk).check_password("another long password")


def test_a_reader_changes_their_own_password_and_nobody_else_s(force: Force) -> None:
    with pytest.raises(Refused, match="Only an administrator"):
        changes.change_password(
            by=force.reader, person=force.administrator_person.pk, password="another long password"
        )
    with pytest.raises(Refused, match="Only an administrator"):
        changes.change_role(by=force.reader, person=force.reader_person.pk, role="administrator")


def test_an_administrator_reaches_only_their_own_body(force: Force) -> None:
    stranger = a_force("Mossgate Constabulary").administrator
    with pytest.raises(Missing, match="no such person"):
        changes.change_password(by=stranger, person=force.reader_person.pk, password="another long password")
    assert {each.email for each in queries.people(stranger)} == {"edda@mossgate.test", "ivo@mossgate.test"}


@pytest.mark.parametrize(("email", "field"), [("EDDA@calder.test", "email"), ("not an address", "email")])
def test_an_address_is_one_person_s_and_looks_like_one(force: Force, email: str, field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        changes.add_person(by=force.administrator, name="X", email=email, role="reader", password=PASSWORD)
    assert refusal.value.field == field


def test_an_administrator_cannot_stop_themselves(force: Force) -> None:
    with pytest.raises(Invalid, match="cannot stop yourself"):
        changes.stop_person(by=force.administrator, person=force.administrator_person.pk, reason="x")


def test_addresses_are_for_who_looks_after_people_and_everybody_sees_their_own(staffed: Staffed) -> None:
    scoped = replace(staffed.reader, role=None, grants=(Grant("risk manager", unit=str(staffed.unit)),))
    for viewer in (scoped, staffed.auditor, staffed.risk_manager):
        shown = {each.email for each in queries.people(viewer)}
        assert shown == {"", Person.objects.get(pk=viewer.id).email}
    assert queries.person(scoped, staffed.people["owner"].pk).email == ""
    assert queries.person(staffed.administrator, staffed.people["owner"].pk).email == "oda@calder.test"
    with pytest.raises(Refused, match="may look after people"):
        queries.person_with_email(scoped, "oda@calder.test")


def test_who_is_stopped_is_given_no_role_and_no_post(staffed: Staffed) -> None:
    by, who = staffed.administrator, staffed.people["owner"].pk
    changes.stop_person(by=by, person=who, reason="Left.")
    with pytest.raises(Refused, match="Oda Strand is stopped; let them sign in again first"):
        changes.grant_role(by=by, person=who, role="auditor", unit=staffed.unit, from_on=APPOINTED)
    with pytest.raises(Refused, match="Oda Strand is stopped; let them sign in again first"):
        changes.appoint(by=by, post=staffed.other_post, person=who, from_on=APPOINTED)


# --- Who is asking ------------------------------------------------------------------------------------------


def test_an_actor_carries_the_posts_that_they_hold_and_deputise_for(staffed: Staffed) -> None:
    assert staffed.owner.posts == {str(staffed.owner_post)}
    assert staffed.deputy.posts == {str(staffed.owner_post)}
    assert staffed.auditor.posts == frozenset()


def test_asking_who_somebody_is_costs_two_statements_once_a_request(
    staffed: Staffed, django_assert_num_queries: Callable[..., object]
) -> None:
    person = Person.objects.get(pk=staffed.people["owner"].pk)
    with django_assert_num_queries(2):  # type: ignore[attr-defined]  # a context manager
        queries.viewer_of(person)
        queries.viewer_of(person)


def test_a_role_in_one_part_of_the_body_is_a_grant_until_it_ends(staffed: Staffed) -> None:
    by, who = staffed.administrator, staffed.people["reader"]
    grant = changes.grant_role(
        by=by, person=who.pk, role="risk manager", unit=staffed.unit, from_on=APPOINTED
    )
    (told,) = queries.actor_of(who.pk).grants
    assert (told.role, told.unit, told.register) == ("risk manager", str(staffed.unit), "")
    today = timezone.localdate()
    changes.end_grant(by=by, grant=grant, on=today, reason="The project is over.")
    assert queries.actor_of(who.pk).grants == ()
    yesterday = Clock(as_at=today - timedelta(days=1))
    assert [each.role for each in queries.grants(by, who.pk, yesterday)] == ["risk manager"]
