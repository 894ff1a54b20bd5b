"""What is written once is refused a second time by the database itself, in every table that is so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from cast import MARCH, Force, a_paper, digest
from conditions import only_on
from told_forecast import a_forecast
from watchkeep.apps.discussion import changes as discussion
from watchkeep.apps.evidence import changes as evidence
from watchkeep.apps.history import queries, triggers
from watchkeep.apps.indicators import changes as indicators
from watchkeep.apps.indicators.changes import effects, feeds, forecasts, questions
from watchkeep.apps.indicators.models import ExpectedEffect, Indicator
from watchkeep.apps.intake import changes as intake
from watchkeep.apps.people import changes as people
from watchkeep.apps.publication import changes as publication
from watchkeep.apps.register import changes as register
from watchkeep.apps.register.models import Register, Risk
from watchkeep.apps.register.queries import value_of
from watchkeep.apps.reviews import changes as reviews
from watchkeep.apps.reviews.changes import cycles
from watchkeep.apps.reviews.subjects import see
from watchkeep.apps.scrutiny import changes as scrutiny
from watchkeep.apps.scrutiny import queries as scrutiny_queries
from watchkeep.apps.treatment import changes as treatment
from watchkeep.apps.treatment.models import Commitment
from watchkeep.domain.calibration import Guess, Question
from watchkeep.domain.check import Check
from watchkeep.domain.control import ControlValue
from watchkeep.domain.document import Item
from watchkeep.domain.forecast import Effect, Expected
from watchkeep.domain.indicator import Definition, PlanPoint, Reading, Target
from watchkeep.domain.marking import Said
from watchkeep.domain.matrix import Graded
from watchkeep.domain.matrix import Step as Rung

pytestmark = pytest.mark.django_db


def a_busy_day(force: Force) -> None:
    """All that leaves a row somewhere: corrections, settled doubts, pictures, an edition with a file."""
    by = force.administrator
    number = intake.receive_file(by=by, name="paper.pdf", sha256=digest("first paper"), size=9)
    claim = intake.claim_next(by=force.reading)
    assert claim is not None
    pictures = [intake.Picture(1, digest("picture"), 595, 842)]
    intake.record_reading(by=force.reading, claim=claim, document=a_paper(), pictures=pictures)
    intake.correct_field(by=by, paper=number, risk="LH1", path="owner", text="Pilot")
    intake.resolve_doubt(by=by, paper=number, code="trend-lost")
    intake.accept_all(by=by, paper=number)
    edition = publication.freeze(by=by, register=Register.objects.get().pk, audience="committee")
    publication.attach_file(by=by, edition=edition, kind="pdf", sha256=digest("pdf"), size=3, name="p.pdf")
    a_control_checked(force)
    a_promise_made(force)
    an_appetite_stated(force)
    a_quarter_opened(force)
    a_board_met(force)
    a_link_looked_at(force)
    a_role_cut_short(force)
    a_finding_answered(force)
    a_sentence_bound(force)
    a_rule_of_who_reads(force)
    an_indicator_read(force)
    a_feed_pulled(force)
    a_forecast_kept(force)


def a_forecast_kept(force: Force) -> None:
    """A forecast of K1, what a promise is to do to it, and a question that was guessed and settled."""
    by, today = force.administrator, timezone.localdate()
    which, promised = Indicator.objects.get().pk, Commitment.objects.all()[0].pk
    expected = Expected("change", -2.0, date(2026, 6, 1))
    forecasts.keep_forecast(by=by, indicator=which, forecast=a_forecast())
    effects.expect_effect(
        by=by, commitment=promised, indicator=which, expected=expected, from_on=date(2026, 3, 1)
    )
    found = Effect("too early", "It is not done yet.")
    said = ExpectedEffect.objects.get().pk
    effects.keep_effect(by=by, expected=said, effect=found, digest="a" * 64, as_at=today)
    asked = Question("Will a lamp go out?", "Light", today - timedelta(days=9), today)
    question = questions.ask_question(by=by, question=asked)
    questions.guess(by=by, question=question, value=Guess(0.3))
    other = replace(by, id="another", name="Somebody else")
    questions.settle_question(by=other, question=question, came=0, source="The lamp book")


def a_feed_pulled(force: Force) -> None:
    """A feed whose first pull failed."""
    by, now = force.administrator, timezone.now()
    value = feeds.FeedValue("Lamp book", "csv", "{}", address="https://lamps.test/book.csv")
    feed = feeds.open_feed(by=by, value=value)
    feeds.record_run(
        by=by, feed=feed, due_at=now, started_at=now, came=feeds.Came("failed", "Nobody answered.")
    )


def an_indicator_read(force: Force) -> None:
    """K1 is read for a day, held against a line, rebased, noted and planned, and speaks to LH1."""
    by, on = force.administrator, date(2026, 3, 1)
    definition = Definition("Lamps out", "lamps", "down", "day", kind="count", from_on=on)
    which = indicators.open_indicator(by=by, definition=definition)
    indicators.observe(by=by, indicator=which, readings=[Reading(on, 4.0)], source="The lamp book")
    indicators.set_target(by=by, indicator=which, target=Target(5.0, on))
    indicators.rebase(by=by, indicator=which, on=on, reason="New lamps.")
    indicators.annotate(by=by, indicator=which, on=on, text="A storm.")
    indicators.plan(by=by, indicator=which, points=[PlanPoint(on, 3.0)])
    indicators.attach(by=by, indicator=which, risk=Risk.objects.get(key="LH1").pk, side="cause")


def a_rule_of_who_reads(force: Force) -> None:
    """LH1's cause is for the committee and nobody wider."""
    said = Said("committee", "section 31", "It tells which light is weak.")
    publication.mark(by=force.administrator, risk=Risk.objects.get(key="LH1").pk, field="cause", said=said)


def a_sentence_bound(force: Force) -> None:
    """LH2's claim rests on a figure that was read today."""
    by, found = force.administrator, Risk.objects.get(key="LH2")
    text = "The new rota is having a positive impact."
    rests = evidence.OnReading("Two more nights", "The rota", timezone.localdate())
    evidence.bind(by=by, risk=found.pk, field="controls", text=text, rests=rests)


def a_finding_answered(force: Force) -> None:
    """LH2's line claims an improvement that nobody measures, and somebody says why it stands."""
    by, found = force.administrator, Risk.objects.get(key="LH2")
    claim = Item(state="recorded", text="The new rota is having a positive impact.")
    value = value_of(found).model_copy(update={"controls": (claim,)})
    register.amend_risk(by=by, risk=found.pk, version=found.version, value=value, effective_on=MARCH)
    where = Register.objects.get().pk
    every = scrutiny_queries.findings(by, where)
    key = next(each.found.key for each in every if each.found.code == "CLAIM-01")
    scrutiny.answer_finding(by=by, register=where, key=key, answer="accepted", reason="Counted from May on.")


def a_role_cut_short(force: Force) -> None:
    """Somebody has a role in a unit until a day, and then until an earlier one."""
    by, on = force.administrator, date(2026, 3, 1)
    role = {"person": force.reader_person.pk, "role": "auditor", "unit": people.open_unit(by=by, name="Mole")}
    grant = people.grant_role(by=by, from_on=on, until_on=date(2099, 3, 1), **role)
    people.end_grant(by=by, grant=grant, on=on)


def a_link_looked_at(force: Force) -> None:
    """LH1 causes LH2, somebody looked at that again, and something happened around LH1."""
    by, on = force.administrator, date(2026, 3, 1)
    first, second = (Risk.objects.get(key=key).pk for key in ("LH1", "LH2"))
    link = register.link_risks(by=by, source=first, target=second, kind="causes", from_on=on)
    register.look_at_link(by=by, link=link)
    register.record_event(by=by, risks=[first], kind="lesson", title="Count twice", on=on)


def a_board_met(force: Force) -> None:
    """A board that asked and decided, and a comment that names somebody."""
    by, risk = force.administrator, Risk.objects.get(key="LH1").pk
    board = reviews.open_board(by=by, name="Harbour Board")
    meeting = reviews.plan_meeting(by=by, board=board, on=date(2026, 3, 10))
    item = reviews.put_on_agenda(by=by, meeting=meeting, version=1, risk=risk, purpose="decide")
    reviews.minute_challenge(by=by, item=item, version=1, challenge="Who counts the oil?")
    reviews.minute_decision(by=by, item=item, text="Count it twice.")
    reviews.hold_meeting(by=by, meeting=meeting, version=2)
    discussion.comment(by=by, subject=see(by, "risk", str(risk)), text="@ivo, twice?")


def a_quarter_opened(force: Force) -> None:
    """A quarter's review, which asks about every risk."""
    where = Register.objects.get().pk
    cycles.open_cycle(
        by=force.administrator, register=where, period="2031/32 Q1", opened_on=date(2031, 6, 30)
    )


def an_appetite_stated(force: Force) -> None:
    """A scale with a matrix, its next version with a name that changed, and a category's appetite."""
    by, on = force.administrator, date(2026, 3, 1)
    levels = (Rung("Rare"), Rung("Likely"))
    first = Graded((Rung("Low"), Rung("High")), levels, levels, ((1, 1), (1, 2)))
    scale = register.set_scale(by=by, name="Harbour scale", scale=first, effective_on=on)
    after = Graded((Rung("Low"), Rung("Grave")), levels, levels, ((1, 1), (1, 2)))
    called = {("band", "High"): "Grave"}
    register.set_scale(
        by=by, name="", scale=after, effective_on=on, family=scale, version=1, counterparts=called
    )
    category = register.open_category(by=by, name="People")
    register.state_appetite(
        by=by,
        category=category,
        version=1,
        scale=scale,
        appetite="Low",
        tolerance="Grave",
        approved_by="Harbour Board",
        approved_on=on,
        effective_on=on,
    )


def a_promise_made(force: Force) -> None:
    """A line of LH1 that was sorted: it is a promise."""
    text = "Weekly count of oil"
    risk = Risk.objects.get(key="LH1").pk
    treatment.sort_line(by=force.administrator, risk=risk, sorting=treatment.Sorting(text, "commitment"))


def a_control_checked(force: Force) -> None:
    """A control that serves LH1, and somebody who looked at it."""
    by, on = force.administrator, date(2026, 3, 1)
    control = treatment.add_control(by=by, value=ControlValue("Oil count"), effective_on=on)
    treatment.apply_control(by=by, control=control, risk=Risk.objects.get(key="LH1").pk, from_on=on)
    check = Check("assessment", 2, on, "Risk Manager", "effective", "effective")
    treatment.record_check(by=by, control=control, value=check)


@pytest.mark.parametrize("statement", ["UPDATE {table} SET {column} = {column}", "DELETE FROM {table}"])
def test_the_database_itself_refuses_to_change_what_is_written_once(force: Force, statement: str) -> None:
    a_busy_day(force)
    for model in triggers.written_once():
        assert model._base_manager.exists(), f"the busy day leaves no {model.__name__}"
        column = connection.ops.quote_name(model._meta.concrete_fields[-1].column)
        with (
            pytest.raises(DatabaseError, match="written once"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement.format(table=model._meta.db_table, column=column))
    assert queries.verify(force.administrator).holds


def test_every_trigger_stands_after_the_migrations(force: Force) -> None:
    assert triggers.missing_from(connection) == []


@only_on("sqlite", "only SQLite can replace a row by inserting")
def test_an_insert_or_replace_is_refused_too(force: Force) -> None:
    with pytest.raises(DatabaseError, match="written once"), connection.cursor() as cursor:
        cursor.execute("INSERT OR REPLACE INTO history_entry SELECT * FROM history_entry")


@only_on("postgresql", "only PostgreSQL can truncate")
def test_a_truncate_is_refused_too(force: Force) -> None:
    with (
        pytest.raises(DatabaseError, match="written once"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("TRUNCATE history_entry")
