"""Every stored model answers to the ledger, or says here why it does not."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import models

from watchkeep.apps.history.models import Checkpoint, Entry, Recorded, RecordedQuerySet

WITHOUT_THE_LEDGER = {
    "history.entry": "it is the ledger",
    "history.checkpoint": "what was signed of the ledger; an entry for each would ask for the next",
    "contenttypes.contenttype": "Django's list of models, made by migrations; nothing of ours points at it",
    "auth.permission": "Django's; roles are decided in domain/people.py",
    "auth.group": "Django's; roles are decided in domain/people.py",
    "sessions.session": "who is signed in now: it holds no record, and is deleted when it ends",
    "search.passage": "words of records, derived from them; `watchkeep index rebuild` makes it again",
    "search.words": "SQLite's full-text table of the same",
    "account.emailaddress": "the sign-in library's list of addresses; empty: a person has one",
    "account.emailconfirmation": "the same library's; empty here",
    "mfa.authenticator": "secrets of second factors, which no ledger may hold; turning one on or off is told",
    "indicators.observation": "too many for an entry each; the batch it came in vouches for it by its digest",
    "notices.follower": "how far a job has come; made again from the ledger if it is lost",
}
OUR_MODELS = [each for each in apps.get_models() if issubclass(each, Recorded)]


def test_every_model_is_recorded_or_says_why_not() -> None:
    stored = {
        each._meta.label_lower
        for each in apps.get_models(include_auto_created=True)
        if not issubclass(each, Recorded) and not each._meta.auto_created
    }
    assert stored - set(WITHOUT_THE_LEDGER) == set()


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda each: each._meta.label)
def test_no_way_to_a_model_goes_around_the_guard(model: type[Recorded]) -> None:
    for manager in (model._base_manager, model._default_manager):
        assert isinstance(manager.get_queryset(), RecordedQuerySet)


@pytest.mark.parametrize("model", [*OUR_MODELS, Entry, Checkpoint], ids=lambda each: each._meta.label)
def test_nothing_is_deleted_or_written_in_passing(model: type[models.Model]) -> None:
    for field in model._meta.get_fields():
        assert not isinstance(field, models.ManyToManyField), "an implicit table would not be recorded"
        if isinstance(field, models.ForeignKey):
            assert field.remote_field.on_delete is models.PROTECT
            assert model is not Entry, "history outlives what it describes"
