"""Whoever is asked for a reason, or for any words, is not answered by signs that nobody sees."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone

from cast import Staffed, a_paper, accepted, digest, said
from once import made_once
from watchkeep.apps.discussion import changes as discussion
from watchkeep.apps.history.models import Entry
from watchkeep.apps.people import changes as people
from watchkeep.apps.people.models import Post, Unit
from watchkeep.apps.register import changes as register
from watchkeep.apps.register.models import Event, Link, Register, Risk
from watchkeep.apps.reviews import changes as boards
from watchkeep.apps.reviews import subjects
from watchkeep.apps.reviews.changes import cycles, steps
from watchkeep.apps.reviews.models import AgendaItem, Board, Meeting, Review
from watchkeep.apps.treatment import changes as treatment
from watchkeep.apps.treatment.models import Check as CheckRow
from watchkeep.apps.treatment.models import Commitment, Control, ControlUse
from watchkeep.domain.check import Check
from watchkeep.domain.commitment import Promise
from watchkeep.domain.control import ControlValue
from watchkeep.domain.errors import Invalid, Refused

pytestmark = pytest.mark.django_db
UNSEEN = "\N{ZERO WIDTH SPACE}\N{RIGHT-TO-LEFT OVERRIDE} \N{HANGUL FILLER}"
SEEN = "The می\N{ZERO WIDTH NON-JOINER}خواهم lamp"
MARCH, DAY, JUNE = date(2026, 3, 31), date(2026, 4, 30), date(2026, 6, 30)
Say = Callable[[Staffed, str], Any]


def risk(key: str = "LH1") -> Risk:
    return Risk.objects.get(key=key)


def on_a_risk(change: Callable[..., Any], **more: Any) -> Say:
    def say(force: Staffed, words: str) -> None:
        found = risk()
        change(by=force.risk_manager, risk=found.pk, version=found.version, reason=words, **more)

    return say


def reopened(force: Staffed, words: str) -> None:
    on_a_risk(register.close_risk, closed_on=MARCH)(force, "No more ships")
    on_a_risk(register.reopen_risk, on=MARCH)(force, words)


def escalated(force: Staffed, words: str) -> UUID:
    found = risk()
    above = register.open_register(by=force.administrator, name="Above")
    return register.escalate(
        by=force.risk_manager, risk=found.pk, version=found.version, to_register=above, on=MARCH, reason=words
    )


def returned(force: Staffed, words: str) -> None:
    there = Risk.objects.get(pk=escalated(force, "Too great for us"))
    register.return_escalation(
        by=force.risk_manager, risk=there.pk, version=there.version, on=MARCH, reason=words
    )


def brought_back(force: Staffed, words: str) -> None:
    escalated(force, "Too great for us")
    on_a_risk(register.bring_back, on=MARCH)(force, words)


def judged(force: Staffed, words: str) -> None:
    found = risk()
    register.assess(
        by=force.risk_manager,
        risk=found.pk,
        version=found.version,
        stage="residual",
        rating="Low",
        rationale=words,
        on=MARCH,
    )


def link_ended(force: Staffed, words: str) -> None:
    by = force.risk_manager
    register.link_risks(by=by, source=risk().pk, target=risk("LH2").pk, kind="shares", from_on=MARCH)
    register.end_link(by=by, link=Link.objects.get().pk, until_on=MARCH, reason=words)


def event_corrected(force: Staffed, words: str) -> None:
    by = force.risk_manager
    register.record_event(by=by, risks=[risk().pk], kind="lesson", title="A gale", on=DAY)
    register.correct_event(
        by=by, event=Event.objects.get().pk, kind="lesson", title="A storm", on=DAY, reason=words
    )


def retired(what: str) -> Say:
    def say(force: Staffed, words: str) -> None:
        made = getattr(register, f"open_{what}")(by=force.risk_manager, name="Weather")
        more = {what: made, "retired_on": DAY, "reason": words}
        getattr(register, f"retire_{what}")(by=force.risk_manager, version=1, **more)

    return say


def a_control(force: Staffed) -> Control:
    made = treatment.add_control(
        by=force.risk_manager, value=ControlValue(name="Spare lamp"), effective_on=DAY
    )
    return Control.objects.get(pk=made)


def stood_down(force: Staffed, words: str) -> None:
    found = a_control(force)
    treatment.stand_down(by=force.risk_manager, control=found.pk, version=found.version, on=DAY, reason=words)


def no_longer_used(force: Staffed, words: str) -> None:
    by = force.risk_manager
    treatment.apply_control(by=by, control=a_control(force).pk, risk=risk().pk, from_on=DAY)
    treatment.end_use(by=by, use=ControlUse.objects.get().pk, on=DAY, reason=words)


def a_check(**more: Any) -> Check:
    given: dict[str, Any] = {"kind": "assessment", "line": 1, "on": DAY, "by": "Keeper", "note": "Lit."}
    given |= {"design": "not judged", "operation": "not judged"}
    return Check(**(given | more))


def check_corrected(force: Staffed, words: str) -> None:
    by = force.risk_manager
    treatment.record_check(by=by, control=a_control(force).pk, value=a_check(design="effective"))
    found = CheckRow.objects.get()
    treatment.correct_check(
        by=by,
        check=found.pk,
        version=1,
        value=a_check(design="not effective"),
        reason=words,
    )


def a_promise(force: Staffed, **more: Any) -> Commitment:
    given = {"title": "Replace the lamp", "due_on": date(2026, 5, 31)}
    made = treatment.promise(by=force.risk_manager, kind="action", value=Promise(**(given | more)), on=DAY)
    return Commitment.objects.get(pk=made)


def of_a_promise(change: Callable[..., Any], name: str = "reason", **more: Any) -> Say:
    def say(force: Staffed, words: str) -> None:
        found = a_promise(force)
        change(
            by=force.risk_manager,
            commitment=found.pk,
            version=found.version,
            **{name: words, "on": DAY},
            **more,
        )

    return say


def taken_up_again(force: Staffed, words: str) -> None:
    of_a_promise(treatment.drop)(force, "No glass")
    found = Commitment.objects.get()
    treatment.take_up_again(
        by=force.risk_manager, commitment=found.pk, version=found.version, on=DAY, reason=words
    )


def effect_said(force: Staffed, words: str) -> None:
    by, found = force.risk_manager, a_promise(force, expected_effect="More light")
    treatment.report_done(by=by, commitment=found.pk, version=found.version, on=DAY)
    found.refresh_from_db()
    treatment.say_effect(by=by, commitment=found.pk, version=found.version, seen="no", on=DAY, note=words)


def a_subject(force: Staffed) -> Any:
    return subjects.see(force.risk_manager, "risk", str(risk().pk))


def a_comment(force: Staffed, words: str) -> UUID:
    return discussion.comment(by=force.risk_manager, subject=a_subject(force), text=words)


def comment_answered(force: Staffed, words: str) -> None:
    first = a_comment(force, "Is it lit?")
    discussion.comment(by=force.risk_manager, subject=a_subject(force), text=words, answers=first)


def comment_reworded(force: Staffed, words: str) -> None:
    first = a_comment(force, "Is it lit?")
    discussion.reword(by=force.risk_manager, comment=first, text=words, see=subjects.see)


def file_taken_away(force: Staffed, words: str) -> None:
    by = force.risk_manager
    made = discussion.attach(by=by, subject=a_subject(force), name="log.txt", sha256=digest("log"), size=3)
    discussion.take_away(by=by, attachment=made, reason=words, see=subjects.see)


def a_board(force: Staffed) -> Board:
    return Board.objects.get(pk=boards.open_board(by=force.secretary, name="Harbour Board"))


def board_stood_down(force: Staffed, words: str) -> None:
    found = a_board(force)
    boards.stand_down_board(
        by=force.secretary, board=found.pk, version=found.version, on=timezone.localdate(), reason=words
    )


def a_meeting(force: Staffed, on: date = DAY) -> Meeting:
    return Meeting.objects.get(pk=boards.plan_meeting(by=force.secretary, board=a_board(force).pk, on=on))


def meeting_cancelled(force: Staffed, words: str) -> None:
    found = a_meeting(force, timezone.localdate() + timedelta(30))
    boards.cancel_meeting(by=force.secretary, meeting=found.pk, version=found.version, reason=words)


def an_item(force: Staffed) -> AgendaItem:
    by, meeting = force.secretary, a_meeting(force)
    boards.put_on_agenda(
        by=by, meeting=meeting.pk, version=meeting.version, risk=risk().pk, purpose="challenge"
    )
    meeting.refresh_from_db()
    boards.hold_meeting(by=by, meeting=meeting.pk, version=meeting.version)
    return AgendaItem.objects.get()


def challenge_minuted(force: Staffed, words: str) -> None:
    item = an_item(force)
    boards.minute_challenge(by=force.secretary, item=item.pk, version=item.version, challenge=words)


def decision_minuted(force: Staffed, words: str) -> UUID:
    return boards.minute_decision(by=force.secretary, item=an_item(force).pk, text=words)


def decision_corrected(what: str) -> Say:
    def say(force: Staffed, words: str) -> None:
        made = decision_minuted(force, "Buy a lamp")
        given = {"text": "Buy two lamps", "reason": "Misheard", what: words}
        boards.correct_decision(by=force.secretary, decision=made, **given)

    return say


def in_a_review(
    change: Callable[..., Any], name: str = "text", *before: tuple[str, Callable[..., Any]]
) -> Say:
    def say(force: Staffed, words: str) -> None:
        a_quarter(force)
        found = Review.objects.get(risk__key="LH1")
        by = force.risk_manager
        more: dict[str, Any] = {}
        if change is not steps.override_trend:
            steps.update_review(
                by=force.owner,
                review=found.pk,
                version=found.version,
                risk_version=risk().version,
                words={"cause": "Fog"},
                on=JUNE,
            )
            by = force.board_member
        else:
            more = {"movement": "improving"}
        if change is steps.answer_challenge:
            found.refresh_from_db()
            steps.challenge_review(by=by, review=found.pk, version=found.version, text="How so?", on=JUNE)
            by = force.owner
        found.refresh_from_db()
        change(by=by, review=found.pk, version=found.version, on=JUNE, **{name: words}, **more)

    return say


def a_quarter(force: Staffed) -> UUID:
    found = risk()
    register.set_owner(
        by=force.risk_manager, risk=found.pk, version=found.version, post=force.owner_post, on=MARCH
    )
    return cycles.open_cycle(
        by=force.risk_manager, register=Register.objects.get().pk, period="2026/27 Q1", opened_on=JUNE
    )


def carried_over(force: Staffed, words: str) -> None:
    cycle = a_quarter(force)
    reasons = dict.fromkeys(Review.objects.values_list("pk", flat=True), words)
    cycles.roll_forward(by=force.risk_manager, cycle=cycle, version=1, carried=reasons, on=date(2026, 7, 10))


def stopped(force: Staffed, words: str) -> None:
    people.stop_person(by=force.administrator, person=force.people["reader"].pk, reason=words)


def post_abolished(force: Staffed, words: str) -> None:
    post = Post.objects.get(pk=force.other_post)
    people.abolish_post(
        by=force.administrator, post=post.pk, version=post.version, on=timezone.localdate(), reason=words
    )


def unit_closed(force: Staffed, words: str) -> None:
    unit = Unit.objects.get(pk=force.lower_unit)
    people.close_unit(
        by=force.administrator,
        unit=unit.pk,
        version=unit.version,
        closed_on=timezone.localdate(),
        reason=words,
    )


WORDS: dict[str, Say] = {
    "closing a risk": on_a_risk(register.close_risk, closed_on=MARCH),
    "reopening a risk": reopened,
    "merging a risk": lambda force, words: on_a_risk(register.merge_risk, into=risk("LH2").pk, on=MARCH)(
        force, words
    ),
    "escalating a risk": escalated,
    "returning a risk": returned,
    "bringing a risk back": brought_back,
    "judging a risk": judged,
    "ending a link": link_ended,
    "correcting an event": event_corrected,
    "retiring a category": retired("category"),
    "retiring an objective": retired("objective"),
    "standing a control down": stood_down,
    "ending a control's use": no_longer_used,
    "correcting a check": check_corrected,
    "saying who checked": lambda force, words: a_check(by=words),
    "noting a check that judged nothing": lambda force, words: a_check(note=words),
    "moving a promise's day": of_a_promise(treatment.slip, due_on=date(2026, 6, 30)),
    "dropping a promise": of_a_promise(treatment.drop),
    "taking a promise up again": taken_up_again,
    "an effect that was not seen": effect_said,
    "a comment": a_comment,
    "an answer to a comment": comment_answered,
    "a comment said anew": comment_reworded,
    "taking a file away": file_taken_away,
    "standing a board down": board_stood_down,
    "cancelling a meeting": meeting_cancelled,
    "minuting a challenge": challenge_minuted,
    "minuting a decision": decision_minuted,
    "correcting a decision": decision_corrected("text"),
    "correcting a decision, why": decision_corrected("reason"),
    "challenging a review": in_a_review(steps.challenge_review),
    "answering a challenge": in_a_review(steps.answer_challenge),
    "sending a review back": in_a_review(steps.return_review, "reason"),
    "overriding a trend": in_a_review(steps.override_trend, "reason"),
    "carrying a review over": carried_over,
    "stopping a person": stopped,
    "abolishing a post": post_abolished,
    "closing a unit": unit_closed,
}


@pytest.fixture
@made_once
def force(staffed: Staffed) -> Staffed:
    accepted(staffed, a_paper(day=MARCH, period=said("2025/26 Q4")))
    return staffed


@pytest.mark.parametrize("what", WORDS)
def test_words_that_nobody_sees_are_no_words(force: Staffed, what: str) -> None:
    with pytest.raises((Invalid, Refused)):
        WORDS[what](force, UNSEEN)


@pytest.mark.parametrize("what", WORDS)
def test_words_that_can_be_read_are_taken(force: Staffed, what: str) -> None:
    WORDS[what](force, f" {SEEN}\n")


def test_words_are_kept_sign_by_sign_without_the_space_around_them(force: Staffed) -> None:
    stopped(force, f" {SEEN}\n")
    assert Entry.objects.get(verb="stop a person").reason == SEEN


def test_a_reason_that_is_not_asked_for_is_none_where_nobody_sees_it(force: Staffed) -> None:
    people.stop_person(by=force.administrator, person=force.people["reader"].pk, reason="Left")
    people.resume_person(by=force.administrator, person=force.people["reader"].pk, reason=UNSEEN)
    assert Entry.objects.get(verb="resume a person").reason == ""
