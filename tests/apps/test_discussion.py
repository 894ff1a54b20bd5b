"""What is said beside a record: kept, told to whom it names, and open only to who may see the record."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from cast import APPOINTED, PASSWORD, Staffed, accepted, digest
from once import made_once
from watchkeep.apps.discussion import changes, queries
from watchkeep.apps.discussion.models import Attachment, Comment, Mention
from watchkeep.apps.history import queries as ledger
from watchkeep.apps.people import changes as people
from watchkeep.apps.people.queries import actor_of
from watchkeep.apps.register import changes as registers
from watchkeep.apps.register.models import Risk
from watchkeep.apps.reviews import changes as reviews
from watchkeep.apps.reviews.subjects import FINDERS, see
from watchkeep.domain.clock import Clock
from watchkeep.domain.discussion import Subject
from watchkeep.domain.errors import Invalid, Missing, Refused
from watchkeep.domain.people import Actor

pytestmark = pytest.mark.django_db


@pytest.fixture
@made_once
def force(staffed: Staffed) -> Staffed:
    accepted(staffed)
    return staffed


def lamp(force: Staffed, by: Actor | None = None, key: str = "LH1") -> Subject:
    return see(by or force.administrator, "risk", str(Risk.objects.get(key=key).pk))


def say(force: Staffed, by: Actor, text: str, **more: Any) -> UUID:
    return changes.comment(by=by, subject=lamp(force, by), text=text, **more)


def photograph(force: Staffed, by: Actor, **more: Any) -> UUID:
    told = {"name": "lamp.jpg", "sha256": digest("photograph"), "size": 10} | more
    return changes.attach(by=by, subject=lamp(force, by), **told)


def elsewhere(force: Staffed) -> Actor:
    """Somebody whose role holds in a register that has none of these risks."""
    other = registers.open_register(by=force.administrator, name="Lamp register")
    person = people.add_person(
        by=force.administrator, name="Una Part", email="una@calder.test", role=None, password=PASSWORD
    )
    people.grant_role(
        by=force.administrator, person=person.pk, role="risk manager", register=other, from_on=APPOINTED
    )
    return actor_of(person.pk)


# --- Comments -----------------------------------------------------------------------------------------------


def test_a_comment_stands_in_the_risks_own_history(force: Staffed) -> None:
    say(force, force.owner, "The lamp smokes.")
    (row,) = queries.discussion(force.reader, lamp(force)).comments
    assert (row.by, row.said.text, row.told) == ("Oda Strand", "The lamp smokes.", ())
    last = ledger.entries(force.administrator, subject=("risk", lamp(force).id)).rows[0]
    assert (last.verb, last.who) == ("comment", "Oda Strand")


def test_an_answer_to_an_answer_stands_under_the_comment_that_opened_the_thread(force: Staffed) -> None:
    first = say(force, force.owner, "The lamp smokes.")
    answer = say(force, force.board_member, "Since when?", answers=first)
    say(force, force.owner, "Since May.", answers=answer)
    (row,) = queries.discussion(force.reader, lamp(force)).comments
    assert [each.said.text for each in row.answers] == ["Since when?", "Since May."]


def test_an_answer_to_words_on_another_risk_is_missing(force: Staffed) -> None:
    first = say(force, force.owner, "The lamp smokes.")
    with pytest.raises(Missing):
        changes.comment(by=force.owner, subject=lamp(force, key="LH2"), text="Yes.", answers=first)


def test_who_says_a_thing_anew_keeps_what_they_said_before(force: Staffed) -> None:
    first = say(force, force.owner, "The lamp smokes.")
    answer = say(force, force.deputy, "Which?", answers=first)
    second = changes.reword(by=force.owner, comment=first, text="The east lamp smokes.", see=see)
    (row,) = queries.discussion(force.reader, lamp(force)).comments
    assert row.said.text == "The east lamp smokes."
    assert [each.text for each in row.earlier] == ["The lamp smokes."]
    assert [each.said.text for each in row.answers] == ["Which?"]
    assert Comment.objects.count() == 3
    with pytest.raises(Refused, match="changed already"):
        changes.reword(by=force.owner, comment=first, text="Again.", see=see)
    say(force, force.deputy, "Thank you.", answers=second)
    assert len(queries.discussion(force.reader, lamp(force)).comments[0].answers) == 2
    assert answer


def test_what_is_taken_back_is_no_longer_read_and_its_answers_stay(force: Staffed) -> None:
    first = say(force, force.owner, "The keeper drinks.")
    say(force, force.deputy, "Who says so?", answers=first)
    changes.take_back(by=force.owner, comment=first, see=see)
    (row,) = queries.discussion(force.reader, lamp(force)).comments
    assert row.taken_back
    assert (row.said.text, row.earlier, row.own) == ("", (), False)
    assert len(row.answers) == 1
    assert Comment.objects.get(pk=first).text == "The keeper drinks."  # the record keeps it
    assert ledger.verify(force.administrator).holds


def test_nobody_changes_or_takes_back_the_words_of_another(force: Staffed) -> None:
    first = say(force, force.owner, "The lamp smokes.")
    for by in (force.administrator, force.risk_manager, force.deputy):
        with pytest.raises(Refused):
            changes.reword(by=by, comment=first, text="It does not.", see=see)
        with pytest.raises(Refused):
            changes.take_back(by=by, comment=first, see=see)
    assert Comment.objects.count() == 1


def test_a_comment_that_is_sent_twice_is_said_once(force: Staffed) -> None:
    first = say(force, force.owner, "The lamp smokes.")
    assert say(force, force.owner, " The lamp smokes. ") == first
    say(force, force.deputy, "So it does.")
    assert say(force, force.owner, "The lamp smokes.") != first


@pytest.mark.parametrize(("text", "why"), [(" ", "Write"), ("x" * 10_001, "10,000")])
def test_a_comment_says_something_and_not_a_book(force: Staffed, text: str, why: str) -> None:
    with pytest.raises(Invalid, match=why):
        say(force, force.owner, text)


# --- Mentions -----------------------------------------------------------------------------------------------


def test_who_is_named_is_kept_for_those_who_tell_them(force: Staffed) -> None:
    say(force, force.owner, "@bo and @“Siv Minute”: for the board?")
    assert {each.person.name for each in Mention.objects.all()} == {"Bo Bench", "Siv Minute"}
    (row,) = queries.discussion(force.reader, lamp(force)).comments
    assert row.told == ("Bo Bench", "Siv Minute")
    facts = ledger.entries(force.administrator, subject=("risk", lamp(force).id)).rows[0].facts
    assert facts["mentions"] == [force.board_member.id, force.secretary.id]


def test_somebody_who_may_not_read_the_register_cannot_be_named_in_it(force: Staffed) -> None:
    elsewhere(force)
    with pytest.raises(Invalid, match="Nobody called “una” can read this"):
        say(force, force.owner, "@una, look.")
    with pytest.raises(Invalid, match="Nobody called “stig” can read this"):
        say(force, force.owner, "@stig, look.")
    assert not Comment.objects.exists()


def test_nobody_of_another_body_can_be_named(force: Staffed) -> None:
    with pytest.raises(Invalid, match="Nobody called"):
        say(force, force.owner, "@edda@mossgate.test and @“edda@mossgate.test”")


# --- Files --------------------------------------------------------------------------------------------------


def test_a_file_is_kept_by_its_digest_under_a_name_that_can_do_nothing(force: Staffed) -> None:
    attached = photograph(force, force.owner, name="../../etc/<b>lamp\x00\n.jpg", note=" East mole ")
    found = queries.attachment(force.reader, attached, see)
    assert (found.name, found.sha256) == ("<b>lamp��.jpg", digest("photograph"))
    assert queries.kept_files(force.administrator) == {digest("photograph"): "<b>lamp��.jpg"}
    (row,) = queries.discussion(force.reader, lamp(force)).attachments
    assert row.note == "East mole"


def test_a_file_taken_away_is_named_and_opens_for_nobody(force: Staffed) -> None:
    attached = photograph(force, force.owner)
    with pytest.raises(Refused):
        changes.take_away(by=force.other_owner, attachment=attached, reason="Wrong.", see=see)
    with pytest.raises(Invalid):
        changes.take_away(by=force.owner, attachment=attached, reason=" ", see=see)
    changes.take_away(by=force.risk_manager, attachment=attached, reason="Shows a face.", see=see)
    (row,) = queries.discussion(force.reader, lamp(force)).attachments
    assert (row.taken_away_by, row.taken_away_because) == ("Runa Quay", "Shows a face.")
    for viewer in (force.owner, force.administrator):
        with pytest.raises(Missing):
            queries.attachment(viewer, attached, see)
    assert digest("photograph") in queries.kept_files(force.administrator)


def test_an_empty_file_is_refused(force: Staffed) -> None:
    with pytest.raises(Invalid, match="empty"):
        photograph(force, force.owner, size=0)


# --- Who may ------------------------------------------------------------------------------------------------


def test_what_one_may_not_see_and_what_is_not_there_get_one_answer_word_for_word(force: Staffed) -> None:
    comment = say(force, force.owner, "The lamp smokes.")
    attached = photograph(force, force.owner)
    for viewer in (elsewhere(force), force.stranger):
        asked = {
            "comment": lambda id, by=viewer: queries.subject_of_comment(by, id, see),
            "file": lambda id, by=viewer: queries.attachment(by, id, see),
            "subject": lambda id, by=viewer: see(by, "risk", str(id)),
            "reword": lambda id, by=viewer: changes.reword(by=by, comment=id, text="x", see=see),
            "take away": lambda id, by=viewer: changes.take_away(by=by, attachment=id, reason="x", see=see),
        }
        theirs = {"file": attached, "take away": attached, "subject": UUID(lamp(force).id)}
        for name, ask in asked.items():
            answers = []
            for id in (theirs.get(name, comment), uuid4()):
                with pytest.raises(Missing) as answer:
                    ask(id)
                answers.append(answer.value.sentence)
            assert answers[0] == answers[1], name
    assert Comment.objects.count() == Attachment.objects.count() == 1


def test_a_discussion_is_not_read_with_a_subject_that_somebody_else_was_shown(force: Staffed) -> None:
    say(force, force.owner, "The lamp smokes.")
    with pytest.raises(Missing):
        queries.discussion(elsewhere(force), lamp(force))
    assert queries.discussion(force.stranger, lamp(force, force.administrator)).comments == ()


def test_who_only_reads_says_and_attaches_nothing(force: Staffed) -> None:
    for by in (force.reader, force.auditor):
        with pytest.raises(Refused):
            say(force, by, "May I?")
        with pytest.raises(Refused):
            photograph(force, by)


def test_a_kind_that_nobody_knows_is_seen_by_nobody(force: Staffed) -> None:
    for kind, id in (("person", force.owner.id), ("risk", "LH1"), ("", ""), ("risk", "0" * 32)):
        with pytest.raises(Missing):
            see(force.administrator, kind, id)


def test_every_kind_that_can_be_talked_about_is_found_and_hidden_from_another_body(force: Staffed) -> None:
    by = force.secretary
    board = reviews.open_board(by=by, name="Harbour Board")
    meeting = reviews.plan_meeting(by=by, board=board, on=date(2026, 3, 10))
    known = {"risk": lamp(force).id, "board": str(board), "meeting": str(meeting)}
    for kind, id in known.items():
        assert see(force.reader, kind, id).id == id
        with pytest.raises(Missing):
            see(force.stranger, kind, id)
    assert set(known) <= set(FINDERS)


# --- Time and cost ------------------------------------------------------------------------------------------


def test_a_past_day_shows_what_had_been_said_by_then(force: Staffed) -> None:
    first = say(force, force.owner, "The lamp smokes.")
    photograph(force, force.owner)
    before = timezone.now()
    changes.reword(by=force.owner, comment=first, text="The east lamp smokes.", see=see)
    say(force, force.deputy, "So it does.")
    then = queries.discussion(force.reader, lamp(force), Clock(known_at=before))
    assert [each.said.text for each in then.comments] == ["The lamp smokes."]
    yesterday = timezone.localdate() - timedelta(days=1)
    assert queries.discussion(force.reader, lamp(force), Clock(as_at=yesterday)).said == 0
    today = queries.discussion(force.reader, lamp(force), Clock(as_at=timezone.localdate()))
    assert len(today.comments) == 2
    assert len(today.attachments) == 1


def test_a_long_discussion_costs_no_more_statements_than_a_short_one(
    force: Staffed, django_assert_num_queries: Any
) -> None:
    subject = lamp(force)
    first = say(force, force.owner, "@bo, one.")
    photograph(force, force.owner)
    with django_assert_num_queries(3):
        queries.discussion(force.reader, subject)
    for number in range(12):
        say(force, force.deputy, f"@siv, answer {number}.", answers=first)
        photograph(force, force.owner, sha256=digest(str(number)))
    with django_assert_num_queries(3):
        assert queries.discussion(force.reader, subject).said == 13
