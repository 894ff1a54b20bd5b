"""Words are found in all that one may see, and in nothing else."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cast import JUNE, MARCH, Force, Staffed, a_force, a_paper, a_risk, accepted, bring, said
from conditions import only_on
from watchkeep.apps.discussion import changes as talk
from watchkeep.apps.indicators import changes as indicators
from watchkeep.apps.intake import changes as intake
from watchkeep.apps.people import changes as people
from watchkeep.apps.people.models import Post
from watchkeep.apps.register import changes as registers
from watchkeep.apps.register.models import Register, Risk
from watchkeep.apps.reviews import changes as reviews
from watchkeep.apps.reviews.subjects import see
from watchkeep.apps.search import changes
from watchkeep.apps.search.models import Passage
from watchkeep.apps.search.queries import search
from watchkeep.apps.treatment import changes as treatment
from watchkeep.domain.board import Cadence
from watchkeep.domain.clock import Clock
from watchkeep.domain.commitment import Promise
from watchkeep.domain.control import ControlValue
from watchkeep.domain.indicator import Definition
from watchkeep.domain.people import Actor, Grant

pytestmark = pytest.mark.django_db

MAY, JULY = date(2026, 5, 31), date(2026, 7, 31)
IN_JUNE = date(2026, 6, 30)
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


def test_indicators_and_what_was_noted_of_them_are_found_by_who_may_see_them(staffed: Staffed) -> None:
    accepted(staffed, a_paper(a_risk("LH1")))
    by, risk = staffed.risk_manager, Risk.objects.get()
    lamps = Definition("Lamps dark", "lamps", "down", "month", source="Numbat log", from_on=date(2026, 3, 1))
    made = indicators.open_indicator(by=by, definition=lamps)
    note = indicators.annotate(by=by, indicator=made, on=MAY, text="A quokka ate the oil")
    indicators.rebase(by=by, indicator=made, on=MAY, reason="Wombats now trim the wicks")
    for words, label in (
        ("lamp dark", "K1 Lamps dark"), ("numbat", "K1 Lamps dark"), ("quokka", "Note on K1"),
        ("wombat", "New limits of K1"),
    ):  # fmt: skip
        (hit,) = search(staffed.reader, words).hits
        assert (hit.label, hit.indicator) == (label, "K1")
    assert found(staffed.reader, "quokka", Clock(date(2026, 5, 30))) == []
    before = everything()
    changes.rebuild()
    assert everything() == before

    indicators.take_back(by=by, said=note, why="It was a rat")
    assert found(staffed.reader, "quokka") == []
    indicators.attach(by=by, indicator=made, risk=risk.pk, side="cause", from_on=MAY, reason="It speaks")
    elsewhere = Actor(
        "person",
        "x",
        "Una Birch",
        None,
        staffed.reader.body,
        (Grant("reader", register=staffed.reader.body),),
    )
    assert found(elsewhere, "numbat") == []


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
    before = everything()
    assert changes.rebuild() == len(before)
    assert everything() == before
    assert found(force.reader, "pilot") == ["LH1 Lighthouse rota LH1"]


def everything() -> list[dict[str, Any]]:
    """Every passage, but for the number of its row."""
    rows = Passage.objects.order_by("key").values()
    return [{name: value for name, value in row.items() if name != "id"} for row in rows]


def a_post_that_leads(force: Staffed) -> None:
    """The Head of Lamps answers for a risk, a control and a promise, each said anew once."""
    accepted(force, a_paper(a_risk("LH1")))
    by, post, risk = force.risk_manager, force.other_post, Risk.objects.get()
    registers.set_owner(by=by, risk=risk.pk, version=risk.version, post=post, on=JUNE)
    lamp = treatment.add_control(by=by, value=ControlValue("Spare"), effective_on=MAY, owner_post=post)
    treatment.stand_down(by=by, control=lamp, version=1, on=JULY, reason="Sold.")
    treatment.promise(by=by, kind="action", value=Promise(title="Buy oil", owner_post=post), on=MAY)


def test_what_a_post_leads_is_found_by_its_new_title_and_not_by_the_old(staffed: Staffed) -> None:
    a_post_that_leads(staffed)
    post = Post.objects.get(pk=staffed.other_post)
    assert len(found(staffed.auditor, "head of lamps")) == 3
    people.rename_post(by=staffed.administrator, post=post.pk, version=post.version, title="Quokka keeper")
    assert found(staffed.auditor, "quokka") == ["C1 Spare", "LH1 Lighthouse rota LH1", "P1 Buy oil"]
    assert found(staffed.auditor, "head of lamps") == ["LH1 Lighthouse rota LH1"]  # as it is written there
    before = everything()
    changes.rebuild()
    assert everything() == before


def test_what_a_board_said_is_found_by_its_new_name_and_not_by_the_old(staffed: Staffed) -> None:
    by, day = staffed.secretary, date(2026, 3, 10)
    board = reviews.open_board(by=by, name="Numbat Board")
    meeting = reviews.plan_meeting(by=by, board=board, on=day)
    item = reviews.put_on_agenda(by=by, meeting=meeting, version=1, purpose="decide", title="Oil")
    reviews.minute_challenge(by=by, item=item, version=1, challenge="Who counts?")
    reviews.minute_decision(by=by, item=item, text="Buy oil.")
    for subject in (see(by, "board", str(board)), see(by, "meeting", str(meeting))):
        talk.comment(by=by, subject=subject, text="Well said.")
    reviews.amend_board(by=by, board=board, version=1, name="Quokka Board", terms="", cadence=Cadence())
    reviews.move_meeting(by=by, meeting=meeting, version=2, on=date(2026, 4, 14))
    assert found(by, "numbat") == []
    assert found(by, "quokka") == [
        "Challenge by Quokka Board",
        "Comment on Quokka Board",
        "Comment on Quokka Board 2026-04-14",
        "Decision of Quokka Board",
        "Quokka Board",
    ]
    before = everything()
    changes.rebuild()
    assert everything() == before


def test_names_of_units_and_of_people_stand_in_no_passage(staffed: Staffed) -> None:
    a_post_that_leads(staffed)
    by, who = staffed.administrator, staffed.people["owner"]
    people.rename_unit(by=by, unit=staffed.unit, version=1, name="Quokka Command")
    people.amend_person(by=by, person=who.pk, version=who.version, name="Quokka Strand", email=who.email)
    before = everything()
    changes.rebuild()
    assert everything() == before
    assert found(staffed.auditor, "harbour command") == found(staffed.auditor, "quokka") == []


@only_on("postgresql", "SQLite has one writer at a time by itself")
def test_nothing_is_recorded_while_the_index_is_made_again(force: Force) -> None:
    accepted(force)
    a_force("Fenmark Police")
    with transaction.atomic(), CaptureQueriesContext(connection) as said:
        changes.rebuild()
    first, second, then = (each["sql"] for each in said.captured_queries[2:5])
    assert "pg_advisory_xact_lock" in first
    assert "pg_advisory_xact_lock" in second
    assert "DELETE" in then


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


CORPORATE = "corporate-register"


@pytest.fixture
def above(staffed: Staffed) -> Actor:
    """LH1 of the harbour is in the corporate register as C8 from June on; the reader of that one alone."""
    accepted(staffed, a_paper(day=MAY))
    corporate = a_paper(a_risk("C7"), day=MAY, words="corporate", name=said("Corporate register"))
    accepted(staffed, corporate, "corporate")
    by, there = staffed.risk_manager, Register.objects.get(slug=CORPORATE).pk
    below = Risk.objects.get(key="LH1")
    up = registers.escalate(
        by=by, risk=below.pk, version=below.version, to_register=there, on=IN_JUNE, reason="Beyond us"
    )
    version = Risk.objects.get(pk=up).version
    registers.accept_escalation(by=by, risk=up, version=version, reference="C8", on=IN_JUNE)
    return Actor("person", "x", "Una Birch", None, by.body, (Grant("reader", register=str(there)),))


def reworded_below(force: Staffed, path: str, text: str, on: date) -> None:
    risk = Risk.objects.get(key="LH1")
    registers.correct_risk(
        by=force.risk_manager, risk=risk.pk, version=risk.version, path=path, text=text, effective_on=on
    )


def test_a_risk_above_is_found_by_the_words_of_the_one_below_under_its_own_reference(
    staffed: Staffed, above: Actor
) -> None:
    for words in ("LH1", "C8", "spare shed", "harbour master lighthouse"):
        assert "C8 Lighthouse rota LH1" in found(above, words), words
    assert {each.register_slug for each in search(above, "lighthouse").hits} == {CORPORATE}
    assert "LH1 Lighthouse rota LH1" in found(staffed.reader, "spare shed")


def test_only_what_the_page_above_shows_finds_the_risk_above(staffed: Staffed, above: Actor) -> None:
    below, up = Risk.objects.get(key="LH1"), Risk.objects.get(key="C8")
    registers.assess(
        by=staffed.risk_manager,
        risk=below.pk,
        version=below.version,
        stage="residual",
        rating="Low",
        rationale="Quokkas below",
        on=IN_JUNE,
    )
    registers.set_owner(
        by=staffed.risk_manager, risk=up.pk, version=up.version, post=staffed.other_post, on=IN_JUNE
    )
    reworded_below(staffed, "owner", "Quokka keeper", IN_JUNE)
    assert found(staffed.reader, "quokka") == ["LH1 Lighthouse rota LH1"]
    assert found(above, "quokka") == []
    assert found(above, "C8 east mole") == []  # a column of the register below alone
    assert found(above, "C8 head of lamps") == ["C8 Lighthouse rota LH1"]


def test_words_said_anew_below_are_found_above_from_their_day_on(staffed: Staffed, above: Actor) -> None:
    then = timezone.now()
    reworded_below(staffed, "cause", "Fog at night", JULY)
    reworded_below(staffed, "cause", "Rain at noon", IN_JUNE)  # told later, of an earlier day
    assert (found(above, "fog"), found(above, "rain")) == (["C8 Lighthouse rota LH1"], [])
    assert found(above, "rain", Clock(IN_JUNE)) == ["C8 Lighthouse rota LH1"]
    assert found(above, "fog", Clock(IN_JUNE)) == []
    assert found(above, "rain", Clock(IN_JUNE, then)) == []
    assert found(above, "C8 lighthouse", Clock(IN_JUNE, then)) == ["C8 Lighthouse rota LH1"]
    assert found(above, "C8", Clock(MAY)) == []


def test_a_risk_brought_back_is_found_above_by_the_words_that_were_last_shared(
    staffed: Staffed, above: Actor
) -> None:
    below = Risk.objects.get(key="LH1")
    registers.bring_back(
        by=staffed.risk_manager, risk=below.pk, version=below.version, on=IN_JUNE, reason="Ours"
    )
    reworded_below(staffed, "cause", "Fog at night", JULY)
    assert found(above, "fog") == []
    assert found(above, "C8 lighthouse") == ["C8 Lighthouse rota LH1"]


def test_a_risk_above_another_above_is_found_by_the_words_of_the_lowest(
    staffed: Staffed, above: Actor
) -> None:
    by, up = staffed.risk_manager, Risk.objects.get(key="C8")
    top = registers.open_register(by=staffed.administrator, name="Ministry")
    registers.escalate(
        by=by, risk=up.pk, version=up.version, to_register=top, on=IN_JUNE, reason="Beyond us, too"
    )
    reworded_below(staffed, "cause", "Fog at night", JULY)
    only_top = Actor("person", "y", "Una Birch", None, by.body, (Grant("risk manager", register=str(top)),))
    assert found(only_top, "fog") == ["Lighthouse rota LH1"]
    before = everything()
    changes.rebuild()
    assert everything() == before
