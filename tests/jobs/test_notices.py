"""Who is told of what: once for each event, however often the work is done, and never twice by mail."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from cast import Staffed, a_paper, accepted
from watchkeep.apps.discussion import changes as talk
from watchkeep.apps.history import queries as history
from watchkeep.apps.indicators import changes as indicators
from watchkeep.apps.notices import answers, changes, queries
from watchkeep.apps.notices.models import ActLink, Notice
from watchkeep.apps.people import changes as people
from watchkeep.apps.people import queries as people_queries
from watchkeep.apps.register import changes as register_changes
from watchkeep.apps.register import queries as registers
from watchkeep.apps.reviews.changes import cycles, steps
from watchkeep.apps.reviews.models import Review
from watchkeep.apps.reviews.subjects import see
from watchkeep.apps.treatment import changes as treatment
from watchkeep.apps.treatment import queries as treatment_queries
from watchkeep.domain.commitment import Promise
from watchkeep.domain.errors import Invalid, Missing, Refused
from watchkeep.domain.indicator import Definition, Reading, Target
from watchkeep.domain.people import Actor
from watchkeep.gateways.mail import Letter, NotSent, PerhapsSent
from watchkeep.jobs.notices import make_notices, tell_all

SITE = "https://watch.calder.test"


@dataclass
class Box:
    """A post box that keeps what it gets; `fails` is what it raises instead."""

    letters: list[Letter] = field(default_factory=list)
    fails: Exception | None = None

    def send(self, letter: Letter) -> None:
        if self.fails:
            raise self.fails
        self.letters.append(letter)


@pytest.fixture
def staff(staffed: Staffed) -> Staffed:
    return staffed


def system(staff: Staffed) -> Actor:
    return Actor("system", "notices", "Watchkeep", "administrator", staff.administrator.body)


def at_ten(days: int = 0) -> datetime:
    """Ten in the morning, some days from today: nobody is to be left alone then."""
    morning = timezone.localtime().replace(hour=10, minute=0, second=0, microsecond=0)
    return morning + timedelta(days=days)


def a_promise(staff: Staffed, due_in: int, title: str = "Refill the oil store") -> UUID:
    today = timezone.localdate()
    return treatment.promise(
        by=staff.risk_manager,
        kind="action",
        value=Promise(title=title, owner_post=staff.action_post, due_on=today + timedelta(days=due_in)),
        on=today - timedelta(days=60),
    )


def told(staff: Staffed, who: Actor) -> list[str]:
    return [each.kind for each in queries.my_notices(who)]


def test_who_owns_a_promise_is_told_a_week_before_and_when_it_is_late(staff: Staffed) -> None:
    a_promise(staff, due_in=5)
    box = Box()
    for days in (0, 1, 6, 7):
        tell_all(box, address=SITE, now=at_ten(days))
    assert told(staff, staff.action_owner) == ["promise late", "promise due"]
    assert [letter.to for letter in box.letters] == ["olav@calder.test"] * 2
    assert told(staff, staff.owner) == []


def test_the_holder_and_the_deputies_of_a_post_are_told(staff: Staffed) -> None:
    accepted(staff)
    risk = registers.risk(staff.risk_manager, "harbour-risk-register", "LH1")
    register_changes.set_owner(
        by=staff.risk_manager, risk=risk.id, version=risk.version, post=staff.owner_post, on=date(2031, 3, 31)
    )
    register = registers.register(staff.risk_manager, "harbour-risk-register")
    cycles.open_cycle(
        by=staff.risk_manager, register=register.id, period="2030/31 Q4", opened_on=date(2031, 4, 2)
    )
    make_notices(system(staff), datetime(2031, 4, 3, 10, tzinfo=UTC))
    for who in (staff.owner, staff.deputy):
        assert told(staff, who) == ["review asked"]
    assert told(staff, staff.other_owner) == []


def test_work_that_is_done_again_tells_nobody_twice(staff: Staffed) -> None:
    a_promise(staff, due_in=-3)
    box = Box()
    for _ in range(3):
        tell_all(box, address=SITE, now=at_ten())
    assert len(box.letters) == 1
    assert Notice.objects.count() == 1


def test_several_things_come_in_one_mail(staff: Staffed) -> None:
    for number in range(3):
        a_promise(staff, due_in=number, title=f"Promise {number}")
    box = Box()
    tell_all(box, address=SITE, now=at_ten())
    (letter,) = box.letters
    assert "3 things are asked of you" in letter.subject
    assert all(f"Promise {number}" in letter.text for number in range(3))


def test_a_sender_that_died_is_not_followed_by_a_second_mail(staff: Staffed) -> None:
    a_promise(staff, due_in=-3)
    by, now = system(staff), at_ten()
    make_notices(by, now)
    batch = changes.take_batch(by=by, now=now)
    assert batch is not None  # and here the worker is killed: nobody knows whether the mail went out
    box = Box()
    tell_all(box, address=SITE, now=now + timedelta(minutes=1))
    tell_all(box, address=SITE, now=now + timedelta(minutes=30))
    assert box.letters == []
    (row,) = queries.my_notices(staff.action_owner)
    assert row.state == "failed"
    assert "may have arrived" in row.failure


def test_a_mail_server_that_is_down_for_an_hour_loses_no_mail(staff: Staffed) -> None:
    a_promise(staff, due_in=-3)
    box = Box(fails=NotSent("nobody answers"))
    now = at_ten()
    for minute in range(60):
        tell_all(box, address=SITE, now=now + timedelta(minutes=minute))
    box.fails = None
    for minute in range(60, 180, 10):
        tell_all(box, address=SITE, now=now + timedelta(minutes=minute))
    assert len(box.letters) == 1


def test_a_mail_that_perhaps_arrived_is_never_sent_again(staff: Staffed) -> None:
    a_promise(staff, due_in=-3)
    box = Box(fails=PerhapsSent("the line broke"))
    tell_all(box, address=SITE, now=at_ten())
    box.fails = None
    for hour in range(1, 8):
        tell_all(box, address=SITE, now=at_ten() + timedelta(hours=hour))
    assert box.letters == []


def test_nobody_is_sent_a_mail_in_the_night_and_all_of_it_comes_in_the_morning(staff: Staffed) -> None:
    a_promise(staff, due_in=-3)
    box = Box()
    tell_all(box, address=SITE, now=at_ten().replace(hour=23))
    assert box.letters == []
    tell_all(box, address=SITE, now=at_ten(1).replace(hour=8))
    assert len(box.letters) == 1


def test_who_wants_no_mail_is_told_on_the_page_alone(staff: Staffed) -> None:
    changes.set_wishes(by=staff.action_owner, version=0, by_mail=False)
    a_promise(staff, due_in=-3)
    box = Box()
    tell_all(box, address=SITE, now=at_ten())
    assert box.letters == []
    assert [each.state for each in queries.my_notices(staff.action_owner)] == ["not wanted"]


def test_a_quiet_day_costs_one_look(staff: Staffed, django_assert_max_num_queries: object) -> None:
    a_promise(staff, due_in=-3)
    for _ in range(3):
        tell_all(Box(), address=SITE, now=at_ten())
    with django_assert_max_num_queries(6):  # type: ignore[operator]  # pytest-django's
        make_notices(system(staff), at_ten())


# --- Answering by a link ------------------------------------------------------------------------------------


def a_link(staff: Staffed, due_in: int = -3) -> str:
    a_promise(staff, due_in)
    box = Box()
    tell_all(box, address=SITE, now=at_ten())
    (secret,) = re.findall(rf"{SITE}/answer/(\S+)", box.letters[0].text)
    return str(secret)


def version_of(staff: Staffed) -> int:
    return treatment_queries.commitments(staff.risk_manager)[0].version


def test_a_promise_is_reported_done_by_the_link_in_the_name_of_its_owner(staff: Staffed) -> None:
    secret = a_link(staff)
    answers.report_done(secret=secret, version=version_of(staff), note="Refilled on Monday")
    (row,) = treatment_queries.commitments(staff.risk_manager)
    assert row.standing.state in ("done", "done late")
    newest = history.entries(staff.auditor).rows[:2]
    assert {each.who for each in newest} == {"Olav Wick"}
    assert "answer by a link" in {each.verb for each in newest}


def test_a_link_is_used_once(staff: Staffed) -> None:
    secret = a_link(staff)
    later = timezone.localdate() + timedelta(days=20)
    answers.say_later(secret=secret, version=version_of(staff), due_on=later, reason="The boat was late")
    with pytest.raises(Refused, match="used already"):
        answers.report_done(secret=secret, version=version_of(staff), note="")


def test_a_link_that_could_not_answer_is_not_spent(staff: Staffed) -> None:
    secret = a_link(staff)
    with pytest.raises(Invalid, match="why"):
        answers.say_later(
            secret=secret,
            version=version_of(staff),
            due_on=timezone.localdate() + timedelta(days=9),
            reason="",
        )
    assert ActLink.objects.get().used_at is None


def test_a_link_expires(staff: Staffed) -> None:
    secret = a_link(staff)
    with pytest.raises(Refused, match="expired"):
        answers.question(secret, at_ten() + timedelta(days=15))


def test_a_link_does_not_outlive_the_right_to_answer(staff: Staffed) -> None:
    secret = a_link(staff)
    person = staff.people["action_owner"]
    people.stop_person(by=staff.administrator, person=person.pk, reason="left the force")
    with pytest.raises(Missing):
        answers.question(secret, timezone.now())
    with pytest.raises(Missing):
        answers.report_done(secret=secret, version=version_of(staff), note="")


def test_who_lost_the_post_can_no_longer_answer_for_it(staff: Staffed) -> None:
    secret = a_link(staff)
    (held,) = [
        each for each in people_queries.holdings(staff.administrator) if each.post == staff.action_post
    ]
    people.end_holding(by=staff.administrator, holding=held.id, on=timezone.localdate(), reason="moved on")
    with pytest.raises((Missing, Refused)):
        answers.report_done(secret=secret, version=version_of(staff), note="")
    assert ActLink.objects.get().used_at is None


def test_the_secret_of_a_link_is_kept_nowhere(staff: Staffed) -> None:
    secret = a_link(staff)
    assert secret not in "".join(line.text for line in history.lines(staff.auditor))
    assert not ActLink.objects.filter(digest=secret).exists()


def test_opening_a_link_answers_nothing_and_sending_its_form_does(staff: Staffed) -> None:
    secret = a_link(staff)
    client = Client()
    page = client.get(f"/answer/{secret}")
    assert page.status_code == 200
    assert ActLink.objects.get().used_at is None
    both = {"done": "yes", "due_on": "2091-03-31", "reason": "No glass yet", "version": version_of(staff)}
    contradicted = client.post(f"/answer/{secret}", both)
    assert contradicted.status_code == 422
    assert "No glass yet" in contradicted.content.decode()
    wrong = client.post(f"/answer/{secret}", {"done": "no", "version": version_of(staff)})
    assert wrong.status_code == 422
    assert b"Give the day on which it will be done." in wrong.content
    said = {"done": "yes", "note": "Done", "version": version_of(staff)}
    assert b"is reported done" in client.post(f"/answer/{secret}", said).content
    assert client.get(f"/answer/{secret}").status_code == 403
    assert client.get("/answer/nothing").status_code == 404


# --- To whom, and what no longer ----------------------------------------------------------------------------


def a_cycle(staff: Staffed) -> UUID:
    """A review of the harbour's register that is open, LH1 being the Head of Harbour's; its first day."""
    accepted(staff, a_paper(day=date(2026, 3, 31)))
    own(staff, staff.owner_post)
    register = registers.register(staff.risk_manager, "harbour-risk-register")
    return cycles.open_cycle(
        by=staff.risk_manager, register=register.id, period="2026/27 Q1", opened_on=date(2026, 6, 30)
    )


def own(staff: Staffed, post: UUID) -> None:
    risk = registers.risk(staff.risk_manager, "harbour-risk-register", "LH1")
    register_changes.set_owner(
        by=staff.risk_manager, risk=risk.id, version=risk.version, post=post, on=date(2026, 3, 31)
    )


def test_who_owns_the_risk_now_is_told_and_not_who_was_asked_first(staff: Staffed) -> None:
    a_cycle(staff)
    own(staff, staff.other_post)
    make_notices(system(staff), datetime(2026, 7, 1, 10, tzinfo=UTC))
    assert told(staff, staff.other_owner) == ["review asked"]
    assert told(staff, staff.owner) == []


def test_nobody_is_chased_for_a_risk_that_is_closed(staff: Staffed) -> None:
    a_cycle(staff)
    risk = registers.risk(staff.risk_manager, "harbour-risk-register", "LH1")
    register_changes.close_risk(
        by=staff.risk_manager,
        risk=risk.id,
        version=risk.version,
        closed_on=date(2026, 6, 30),
        reason="The light is automatic now",
    )
    make_notices(system(staff), datetime(2026, 9, 1, 10, tzinfo=UTC))
    assert told(staff, staff.owner) == []


def test_who_may_sign_off_there_by_a_grant_is_told_and_who_may_elsewhere_is_not(staff: Staffed) -> None:
    cycle = a_cycle(staff)
    register = registers.register(staff.risk_manager, "harbour-risk-register").id
    elsewhere = register_changes.open_register(by=staff.administrator, name="Lamp register")
    for who, where in (("action_owner", register), ("other_owner", elsewhere)):
        people.grant_role(
            by=staff.administrator,
            person=staff.people[who].pk,
            role="board member",
            register=where,
            from_on=date(2026, 1, 1),
        )
    found = Review.objects.select_related("risk").get(cycle=cycle, risk__key="LH1")
    steps.confirm_review(
        by=staff.risk_manager,
        review=found.pk,
        version=found.version,
        risk_version=found.risk.version,
        on=date(2026, 7, 2),
    )
    make_notices(system(staff), datetime(2026, 9, 1, 10, tzinfo=UTC))
    assert told(staff, staff.board_member) == told(staff, staff.action_owner) == ["sign-off asked"]
    assert "sign-off asked" not in told(staff, staff.other_owner)


def test_a_tolerance_that_is_left_is_told_once_to_who_answers_for_the_indicator(staff: Staffed) -> None:
    first = date(2024, 1, 1)
    lamps = indicators.open_indicator(
        by=staff.risk_manager,
        definition=Definition("Lamps out", "lamps", "down", "month", from_on=first),
        owner_post=staff.action_post,
    )
    line = Target(8, first, kind="upper tolerance")
    indicators.set_target(by=staff.risk_manager, indicator=lamps, target=line)

    def read(month: int, value: float) -> None:
        reading = Reading(date(2024, month, 1), value)
        indicators.observe(by=staff.risk_manager, indicator=lamps, readings=[reading], source="The lamp book")

    box = Box()
    for month, value in enumerate((4.0, 9.0, 10.0, 4.0, 9.0), start=1):
        read(month, value)
        tell_all(box, address=SITE, now=at_ten(month - 1))
    crossed = [each for each in queries.my_notices(staff.action_owner) if each.kind == "indicator crossed"]
    assert len(crossed) == 2
    assert "above its tolerance of 8 lamps since 1 February 2024" in box.letters[0].text
    assert "since 1 May 2024" in box.letters[1].text
    assert told(staff, staff.owner) == []


def test_saying_it_in_other_words_tells_nobody_again(staff: Staffed) -> None:
    accepted(staff)
    risk = registers.risk(staff.risk_manager, "harbour-risk-register", "LH1").id
    subject = see(staff.risk_manager, "risk", str(risk))
    first = talk.comment(by=staff.risk_manager, subject=subject, text="@oda how many lamps?")
    make_notices(system(staff), at_ten())
    assert told(staff, staff.owner) == ["mention"]
    for words in ("@oda how many lamps, exactly?", "@oda and @liv, how many lamps?"):
        first = talk.reword(
            by=staff.risk_manager,
            comment=first,
            text=words,
            see=see,
        )
        make_notices(system(staff), timezone.now())
    assert told(staff, staff.owner) == ["mention"]
    assert told(staff, staff.other_owner) == ["mention"]


def test_a_mail_that_fails_in_a_way_unheard_of_ends_no_round(staff: Staffed) -> None:
    a_promise(staff, due_in=3)
    today = timezone.localdate()
    treatment.promise(
        by=staff.risk_manager,
        kind="action",
        value=Promise(title="Trim the wicks", owner_post=staff.other_post, due_on=today),
        on=today,
    )
    done = tell_all(Box(fails=RuntimeError("a wire melted")), address=SITE, now=at_ten())
    assert (done.mails, done.failed) == (0, 2)
    assert set(Notice.objects.values_list("state", "failure")) == {
        ("failed", "The mail failed: a wire melted")
    }
