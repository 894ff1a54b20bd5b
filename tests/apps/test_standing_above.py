"""A risk above stands against the appetite for its words' category, and in no quarter before it was."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cast import Staffed, a_paper, a_risk, a_staffed_force, accepted, said
from once import made_once
from watchkeep.apps.register import changes, queries
from watchkeep.apps.register.models import Register, Risk
from watchkeep.apps.treatment import queries as treatment
from watchkeep.domain import document
from watchkeep.domain.appetite import NO_CATEGORY, Stands
from watchkeep.domain.clock import Clock
from watchkeep.domain.document import Trend
from watchkeep.domain.matrix import Graded, Step

pytestmark = pytest.mark.django_db
HARBOUR, CORPORATE = "harbour-risk-register", "corporate-register"
MARCH, APRIL, MAY, JUNE, JULY = (
    date(2026, 3, 31),
    date(2026, 4, 30),
    date(2026, 5, 31),
    date(2026, 6, 30),
    date(2026, 7, 31),
)
BANDS = Graded(bands=(Step("Low"), Step("Medium"), Step("High")))


def trends(*labels: str) -> tuple[Trend, ...]:
    return tuple(
        Trend(period=each, state="recorded", text="→", direction="level", movement="steady")
        for each in labels
    )


@pytest.fixture
@made_once
def force() -> Staffed:
    """The corporate register has a paper of March; LH1 is the harbour's, taken in above in May."""
    made = a_staffed_force()
    accepted(made, a_paper(day=APRIL))
    risk = a_risk("C7", trends=trends("Q3", "Q4"))
    accepted(
        made,
        a_paper(
            risk, day=MARCH, words="corporate", name=said("Corporate register"), period=said("2025/26 Q4")
        ),
        "corporate",
    )
    return made


def taken_in(force: Staffed) -> Risk:
    found, by = Risk.objects.get(key="LH1"), force.risk_manager
    above = Register.objects.get(slug=CORPORATE).pk
    up = changes.escalate(
        by=by, risk=found.pk, version=found.version, to_register=above, on=MAY, reason="Beyond us"
    )
    version = Risk.objects.get(pk=up).version
    changes.accept_escalation(by=by, risk=up, version=version, reference="C8", on=MAY)
    version = Risk.objects.get(pk=up).version
    changes.assess(
        by=by, risk=up, version=version, stage="residual", rating="High", rationale="From above", on=JUNE
    )
    return Risk.objects.get(pk=up)


def category(force: Staffed, name: str, appetite: str = "Low") -> None:
    by = force.risk_manager
    which = changes.open_category(by=by, name=name, description="")
    scale = queries.scales(by)[0].id
    changes.state_appetite(
        by=by,
        category=which,
        version=1,
        scale=scale,
        appetite=appetite,
        tolerance="Medium",
        approved_by="Board",
        approved_on=MARCH,
        effective_on=MARCH,
    )


def placed(force: Staffed, name: str, on: date) -> None:
    below = Risk.objects.get(key="LH1")
    changes.correct_risk(
        by=force.risk_manager,
        risk=below.pk,
        version=below.version,
        path="category",
        text=name,
        effective_on=on,
    )


def test_above_it_stands_against_the_appetite_of_the_category_that_is_said_below(force: Staffed) -> None:
    scale = changes.set_scale(by=force.risk_manager, name="Bands", scale=BANDS, effective_on=MARCH)
    row = queries.register(force.administrator, CORPORATE)
    changes.use_scale(by=force.administrator, register=row.id, version=row.version, family=scale)
    category(force, "Operations")
    up = taken_in(force)
    assert "no category" in queries.stands(force.auditor, None, risks=[up.pk])[up.pk].reason
    placed(force, "Operations", JULY)
    stands = queries.stands(force.auditor, None, risks=[up.pk])[up.pk]
    assert (stands.verdict, stands.since) == ("outside tolerance", JULY)
    then = queries.stands(force.auditor, None, Clock(JUNE), risks=[up.pk])[up.pk]
    assert then.verdict == "cannot be said"


def up_and_back(force: Staffed, number: int, back: date) -> UUID:
    """A new risk of the harbour, taken in above in May and brought back on a day; the one above."""
    by, harbour = force.risk_manager, Register.objects.get(slug=HARBOUR).pk
    value = document.Risk(key=f"N{number}", reference=said(f"N{number}"), name=said(f"Risk {number}"))
    opened = changes.open_risk(by=by, register=harbour, value=value, effective_on=APRIL)
    below = Risk.objects.get(pk=opened)
    given = {"to_register": Register.objects.get(slug=CORPORATE).pk, "on": MAY, "reason": "Beyond us"}
    up = changes.escalate(by=by, risk=below.pk, version=below.version, **given)
    version = Risk.objects.get(pk=up).version
    changes.accept_escalation(by=by, risk=up, version=version, reference=f"C2{number}", on=MAY)
    below.refresh_from_db()
    changes.bring_back(by=by, risk=below.pk, version=below.version, on=back, reason="Done")
    return up


def categorised(force: Staffed, key: str, name: str, on: date) -> None:
    below = Risk.objects.get(key=key, register__slug=HARBOUR)
    looked = {"by": force.risk_manager, "risk": below.pk, "version": below.version}
    changes.correct_risk(path="category", text=name, effective_on=on, **looked)


def test_each_that_was_brought_back_has_the_words_of_its_own_last_day_in_a_fixed_number_of_statements(
    force: Staffed,
) -> None:
    changes.open_category(by=force.risk_manager, name="Operations", description="")

    def asked() -> tuple[int, dict[UUID, Stands]]:
        with CaptureQueriesContext(connection) as seen:
            found = queries.stands(force.auditor, Register.objects.get(slug=CORPORATE).pk)
        return len(seen), found

    first = up_and_back(force, 0, JUNE)
    one, _ = asked()
    second, third = (up_and_back(force, number, JUNE + timedelta(days=number)) for number in (1, 2))
    for number in range(3):
        categorised(force, f"N{number}", "Operations", JUNE + timedelta(days=1))
    three, found = asked()
    assert three == one, "however many days words stopped being shared on"
    assert [NO_CATEGORY in found[each].reason for each in (first, second, third)] == [True, False, False]


def test_the_register_reads_the_words_of_every_last_day_at_once(force: Staffed) -> None:
    def asked() -> tuple[int, dict[str, str | None]]:
        with CaptureQueriesContext(connection) as seen:
            found = queries.document(force.auditor, CORPORATE, closed_too=True)
        return len(seen), {each.key: each.impact.text for each in found.risks}

    ups = [up_and_back(force, 0, JUNE)]
    one, _ = asked()
    ups += [up_and_back(force, number, JUNE + timedelta(days=number)) for number in (1, 2)]
    for number in range(3):
        seen = queries.risk(force.risk_manager, HARBOUR, f"N{number}")
        for day in (JUNE, JUNE + timedelta(days=1), JUNE + timedelta(days=2)):
            changes.correct_risk(
                by=force.risk_manager,
                risk=seen.id,
                version=Risk.objects.get(pk=seen.id).version,
                path="impact",
                text=f"What follows on day {(day - JUNE).days}",
                effective_on=day,
            )
    three, told = asked()
    assert three == one
    keys = [Risk.objects.get(pk=each).key for each in ups]
    assert [told[key] for key in keys] == [f"What follows on day {number}" for number in range(3)]


def test_no_trend_of_a_quarter_before_its_opening_is_asked_of_a_risk_above(force: Staffed) -> None:
    taken_in(force)
    shown = {each.key: each for each in queries.document(force.auditor, CORPORATE).risks}
    assert [(each.period, each.state) for each in shown["C8"].trends] == [
        ("Q3", "not applicable"),
        ("Q4", "not applicable"),
    ]
    assert [each.state for each in shown["C7"].trends] == ["recorded", "recorded"], "a paper told it"


def test_what_a_post_leads_is_asked_by_the_states_of_the_day(force: Staffed) -> None:
    by, found = force.risk_manager, {key: Risk.objects.get(key=key) for key in ("LH1", "LH2", "LH3")}
    for each in found.values():
        changes.set_owner(by=by, risk=each.pk, version=each.version, post=force.owner_post, on=APRIL)

    def leads(clock: Clock = Clock()) -> list[str]:  # noqa: B008 (frozen)
        posts = treatment.concentration(force.auditor, clock).posts
        return [lead.key for each in posts for lead in each.leads]

    assert leads() == [f"{HARBOUR}/{key}" for key in found]
    gone = Risk.objects.get(key="LH3")
    changes.close_risk(by=by, risk=gone.pk, version=gone.version, closed_on=JUNE, reason="Automatic")
    assert leads() == []
    assert leads(Clock(MAY)) == [f"{HARBOUR}/{key}" for key in found]
    assert leads(Clock(MARCH)) == []
