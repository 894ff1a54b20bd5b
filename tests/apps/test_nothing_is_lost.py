"""No sequence of allowed actions loses or rewrites a past fact: what was known then is answered so later."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as any_

from cast import Staffed, a_paper, a_risk, accepted, digest, said
from watchkeep.apps.history import queries as history
from watchkeep.apps.register import changes, queries
from watchkeep.apps.register.models import Link, Register, Risk
from watchkeep.domain import document
from watchkeep.domain.clock import Clock
from watchkeep.domain.document import RegisterDocument
from watchkeep.domain.errors import WatchkeepError

pytestmark = pytest.mark.django_db
DAYS = [date(2026, month, 15) for month in range(3, 7)]
Action = Callable[[Staffed, Risk, Risk, date], Any]


def moved(found: Risk, on: date) -> dict[str, Any]:
    return {"risk": found.pk, "version": found.version, "on": on, "reason": "Because."}


def close(force: Staffed, found: Risk, other: Risk, on: date) -> None:
    changes.close_risk(
        by=force.risk_manager, risk=found.pk, version=found.version, closed_on=on, reason="Over."
    )


def correct(force: Staffed, found: Risk, other: Risk, on: date) -> None:
    changes.correct_risk(
        by=force.risk_manager,
        risk=found.pk,
        version=found.version,
        path="cause",
        text=f"Cause {found.version} of {on}",
        effective_on=on,
    )


def assess(force: Staffed, found: Risk, other: Risk, on: date) -> None:
    changes.assess(
        by=force.risk_manager,
        risk=found.pk,
        version=found.version,
        stage="residual",
        rating="High" if found.version % 2 else "Low",
        rationale="The May count",
        on=on,
    )


def escalate(force: Staffed, found: Risk, other: Risk, on: date) -> None:
    above = Register.objects.get(slug="corporate-register").pk
    changes.escalate(by=force.risk_manager, to_register=above, **moved(found, on))


def open_or_accept(force: Staffed, found: Risk, other: Risk, on: date) -> None:
    given = {"risk": found.pk, "version": found.version, "on": on}
    slug = found.register.slug
    reference = queries.suggested_reference(force.risk_manager, slug)
    change = changes.accept_escalation if queries.came_from(force.auditor, found.pk) else changes.open_draft
    change(by=force.risk_manager, reference=reference, **given)


def retell(force: Staffed, found: Risk, other: Risk, on: date) -> None:
    """A paper of that day has the risk again, closed or not."""
    changes.amend_risk(
        by=force.risk_manager,
        risk=found.pk,
        version=found.version,
        value=a_risk(found.reference or "LH9", owner=said(f"Owner of {on}")),
        effective_on=on,
        file=changes.FromFile(digest(str(on)), "paper.txt"),
    )


def draft(force: Staffed, found: Risk, other: Risk, on: date) -> None:
    changes.draft_risk(
        by=force.risk_manager,
        register=found.register_id,
        value=document.Risk(key="", name=said(f"Drafted {on}")),
        effective_on=on,
    )


ACTIONS: list[Action] = [
    close,
    correct,
    assess,
    escalate,
    open_or_accept,
    retell,
    draft,
    lambda force, found, other, on: changes.reopen_risk(by=force.risk_manager, **moved(found, on)),
    lambda force, found, other, on: changes.return_escalation(by=force.risk_manager, **moved(found, on)),
    lambda force, found, other, on: changes.bring_back(by=force.risk_manager, **moved(found, on)),
    lambda force, found, other, on: changes.merge_risk(
        by=force.risk_manager, into=other.pk, **moved(found, on)
    ),
    lambda force, found, other, on: changes.set_owner(
        by=force.risk_manager, risk=found.pk, version=found.version, post=force.owner_post, on=on
    ),
    lambda force, found, other, on: changes.link_risks(
        by=force.risk_manager, source=found.pk, target=other.pk, kind="causes", from_on=on
    ),
    lambda force, found, other, on: (
        changes.end_link(
            by=force.risk_manager, link=Link.objects.filter(until_on=None)[0].pk, until_on=on, reason="No."
        )
        if Link.objects.filter(until_on=None).exists()
        else None
    ),
]
STEPS = any_.lists(
    any_.tuples(
        any_.sampled_from(range(len(ACTIONS))),
        any_.integers(0, 5),
        any_.integers(0, 5),
        any_.sampled_from(DAYS),
    ),
    min_size=3,
    max_size=8,
)


def told(force: Staffed, moment: datetime) -> dict[tuple[str, date], RegisterDocument]:
    """What was known at a moment of every day, in both registers."""
    return {
        (each.slug, day): queries.document(force.auditor, each.slug, Clock(as_at=day, known_at=moment))
        for each in Register.objects.filter(body=force.auditor.body)
        for day in DAYS
    }


@pytest.mark.slow
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=STEPS)
def test_what_was_known_at_a_moment_is_answered_so_for_ever(
    staffed: Staffed, steps: list[tuple[int, int, int, date]]
) -> None:
    with transaction.atomic():
        check(staffed, steps)
        transaction.set_rollback(True)


def check(force: Staffed, steps: list[tuple[int, int, int, date]]) -> None:
    """From two registers and four risks, one of them a draft; refused actions may change nothing either."""
    accepted(force, a_paper(day=DAYS[0]))
    changes.open_register(by=force.administrator, name="Corporate register")
    draft(force, Risk.objects.filter(register__body=force.auditor.body)[0], Risk(), DAYS[1])
    recorded = []
    for which, one, another, on in steps:
        risks = list(Risk.objects.filter(register__body=force.auditor.body).order_by("opened_on", "pk"))
        recorded.append((moment := timezone.now(), told(force, moment)))
        with contextlib.suppress(WatchkeepError):
            ACTIONS[which](force, risks[one % len(risks)], risks[another % len(risks)], on)
    for moment, before in recorded:
        assert told(force, moment) == before
    assert history.verify(force.administrator).faults == ()
