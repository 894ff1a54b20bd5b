"""Tokens with which programs speak for people."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from cast import Force
from watchkeep.apps.history.models import Entry
from watchkeep.apps.people import changes, queries
from watchkeep.apps.people.models import Token
from watchkeep.domain.errors import Invalid, Missing, Refused

pytestmark = pytest.mark.django_db


def made(force: Force, **more: bool) -> changes.Shown:
    return changes.make_token(
        by=force.reader, person=force.reader_person.pk, name="Rota system", days=30, **more
    )


def test_a_token_speaks_for_its_person_and_names_the_program(force: Force) -> None:
    bearer = queries.bearer_of(made(force, machine=True).secret)
    assert bearer is not None
    assert bearer.actor.id == force.reader.id
    assert bearer.actor.name == f"Rota system, for {force.reader.name}"
    assert bearer.actor.role == "reader"
    assert not bearer.posts_readings


def test_its_secret_stands_nowhere(force: Force) -> None:
    secret = made(force).secret
    kept = Token.objects.get()
    assert secret not in (kept.digest, kept.begins)
    told = "".join(Entry.objects.values_list("text", flat=True))
    assert secret not in told
    assert kept.digest not in told


def test_a_stopped_ended_or_unknown_token_speaks_for_nobody(force: Force) -> None:
    first, third = made(force), made(force)
    changes.stop_token(by=force.administrator, token=first.id)
    assert queries.bearer_of(first.secret) is None
    assert queries.bearer_of("wk_" + "x" * 43) is None
    changes.stop_person(by=force.administrator, person=force.reader_person.pk, reason="Left.")
    assert queries.bearer_of(third.secret) is None
    changes.resume_person(by=force.administrator, person=force.reader_person.pk)
    assert queries.bearer_of(third.secret) is None


def test_a_token_ends_after_its_days(force: Force, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = made(force).secret
    later = timezone.now() + timedelta(days=30, seconds=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert queries.bearer_of(secret) is None


def test_nobody_makes_a_token_for_another_or_stops_anothers(force: Force) -> None:
    with pytest.raises(Refused):
        changes.make_token(by=force.administrator, person=force.reader_person.pk, name="Rota system", days=30)
    theirs = changes.make_token(
        by=force.administrator, person=UUID(force.administrator.id), name="Rota system", days=30
    )
    with pytest.raises(Refused):
        changes.stop_token(by=force.reader, token=theirs.id)
    with pytest.raises(Missing):
        changes.stop_token(by=force.reader, token=UUID(int=0))
    with pytest.raises(Refused):
        queries.all_tokens(force.reader)


@pytest.mark.parametrize(("name", "days"), [("", 30), ("x" * 101, 30), ("Rota", 0), ("Rota", 367)])
def test_a_token_has_a_name_and_an_end(force: Force, name: str, days: int) -> None:
    with pytest.raises(Invalid):
        changes.make_token(by=force.reader, person=force.reader_person.pk, name=name, days=days)
