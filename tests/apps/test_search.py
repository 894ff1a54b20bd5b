"""Words are found in all that one may see, and in nothing else."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from cast import JUNE, MARCH, Force, a_force, a_paper, a_risk, accepted, bring, said
from watchkeep.apps.intake import changes as intake
from watchkeep.apps.register import changes as registers
from watchkeep.apps.register.models import Register, Risk
from watchkeep.apps.search import changes
from watchkeep.apps.search.models import Passage
from watchkeep.apps.search.queries import search
from watchkeep.domain.clock import Clock
from watchkeep.domain.people import Actor, Grant

pytestmark = pytest.mark.django_db

HOSTILE = [
    "",
    " ",
    '"',
    '""',
    "*",
    "a*",
    "NEAR",
    "NEAR(a b)",
    "a AND",
    "OR",
    "NOT lamp",
    "label:lamp",
    "^lamp",
    "(",
    "{label text}: lamp",
    "'; DROP TABLE search_passage; --",
    "\0lamp",
    "\x02lamp\x03",
    "%s %(x)s",
    "\\",
    "🗼",
    "ſ",
    "lamp " * 2000,
    "x" * 10_000,
]


def found(viewer: Actor, words: str, clock: Clock | None = None) -> list[str]:
    return sorted(each.label for each in search(viewer, words, clock or Clock()).hits)


def test_a_risk_is_found_by_any_of_its_words_in_any_form(force: Force) -> None:
    accepted(force)
    for words in ("keepers", "keeper", "LAMPS few", "shed", "harbour master", "LH1", "mole"):
        assert "LH1 Lighthouse rota LH1" in found(force.reader, words), words
    assert found(force.reader, "lamp volcano") == []


def test_what_is_found_is_marked_and_nothing_else(force: Force) -> None:
    accepted(force, a_paper(a_risk("LH1")))
    (hit,) = search(force.reader, "oil").hits
    assert "".join(run.text for run in hit.runs if run.found) == "oil"
    assert "Weekly count of " in "".join(run.text for run in hit.runs)
    assert (hit.kind, hit.risk_key, hit.register_slug) == ("risk", "LH1", "harbour-risk-register")


def test_words_that_no_longer_stand_are_found_as_at_their_day_alone(force: Force) -> None:
    accepted(force, a_paper(a_risk("LH1", owner=said("Quartermaster"))))
    risk = Risk.objects.get()
    registers.correct_risk(
        by=force.administrator, risk=risk.pk, version=1, path="owner", text="Pilot", effective_on=JUNE
    )
    assert found(force.reader, "quartermaster") == []
    assert found(force.reader, "pilot") == ["LH1 Lighthouse rota LH1"]
    assert found(force.reader, "quartermaster", Clock(MARCH)) == ["LH1 Lighthouse rota LH1"]
    assert found(force.reader, "pilot", Clock(MARCH)) == []


def test_a_back_dated_correction_is_found_as_now_known_and_not_as_known_then(force: Force) -> None:
    accepted(force, a_paper(a_risk("LH1")))
    then = timezone.now()
    registers.correct_risk(
        by=force.administrator,
        risk=Risk.objects.get().pk,
        version=1,
        path="owner",
        text="Pilot",
        effective_on=MARCH,
    )
    assert found(force.reader, "pilot", Clock(MARCH)) == ["LH1 Lighthouse rota LH1"]
    assert found(force.reader, "pilot", Clock(MARCH, then)) == []
    assert found(force.reader, "harbour master", Clock(MARCH, then)) == ["LH1 Lighthouse rota LH1"]


def test_nothing_of_a_register_that_one_may_not_read_is_found_not_even_counted(force: Force) -> None:
    accepted(force, a_paper(a_risk("LH1", name=said("Zeppelin"))))
    other = a_paper(a_risk("LH1", name=said("Zeppelin too")), words="second paper")
    number = bring(force, other, "second paper", register_name="Pier register")
    intake.accept_all(by=force.administrator, paper=number)
    pier = Register.objects.get(name="Pier register")
    only_pier = Actor(
        "person", "x", "Una Birch", None, force.reader.body, (Grant("reader", register=str(pier.pk)),)
    )
    nowhere = Actor(
        "person", "y", "Una Birch", None, force.reader.body, (Grant("reader", register=force.reader.body),)
    )
    result = search(only_pier, "zeppelin")
    assert ([each.register_slug for each in result.hits], result.total) == ([pier.slug], 1)
    assert search(force.reader, "zeppelin").total == 2
    assert (search(nowhere, "zeppelin").hits, search(nowhere, "zeppelin").total) == ((), 0)


def test_another_body_finds_nothing_of_this_one(force: Force) -> None:
    accepted(force)
    assert search(a_force("Fenmark Police").administrator, "keepers").total == 0


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_no_words_break_the_search(force: Force, words: str) -> None:
    accepted(force)
    assert search(force.reader, words).total in {0, 3}
    assert search(force.reader, words, Clock(JUNE)).total in {0, 3}


def test_the_index_made_again_from_the_records_is_the_same(force: Force) -> None:
    accepted(force)
    registers.correct_risk(
        by=force.administrator,
        risk=Risk.objects.get(key="LH1").pk,
        version=1,
        path="owner",
        text="Pilot",
        effective_on=JUNE,
    )

    def everything() -> list[dict[str, Any]]:
        rows = Passage.objects.order_by("key").values()
        return [{name: value for name, value in row.items() if name != "id"} for row in rows]

    before = everything()
    assert changes.rebuild() == len(before)
    assert everything() == before
    assert found(force.reader, "pilot") == ["LH1 Lighthouse rota LH1"]


def test_a_change_that_fails_leaves_nothing_in_the_index(force: Force) -> None:
    accepted(force)
    before = Passage.objects.count()
    with pytest.raises(ZeroDivisionError):
        _fail_after_writing(force)
    assert Passage.objects.count() == before


def _fail_after_writing(force: Force) -> None:
    with transaction.atomic():
        registers.correct_risk(
            by=force.administrator,
            risk=Risk.objects.get(key="LH1").pk,
            version=1,
            path="owner",
            text="Pilot",
            effective_on=JUNE,
        )
        raise ZeroDivisionError


def test_a_search_takes_as_many_statements_for_many_hits_as_for_few(
    force: Force, django_assert_num_queries: Any
) -> None:
    accepted(force, a_paper(*(a_risk(f"LH{number}") for number in range(1, 3))))
    with django_assert_num_queries(3):
        assert search(force.reader, "keepers").total == 2
    accepted(force, a_paper(*(a_risk(f"LH{number}") for number in range(3, 40)), words="second"), "second")
    with django_assert_num_queries(3):
        assert search(force.reader, "keepers").total == 39


def test_a_day_before_anything_was_said_finds_nothing(force: Force) -> None:
    accepted(force)
    assert search(force.reader, "keepers", Clock(MARCH - timedelta(days=1))).total == 0
    assert search(force.reader, "keepers", Clock(date(1900, 1, 1))).total == 0
