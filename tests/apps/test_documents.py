"""The document that goes out says what stands behind its words, and nothing beyond the viewer's sight."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from cast import Staffed, a_paper, a_risk, accepted
from watchkeep.apps.publication import queries
from watchkeep.apps.register.models import Risk
from watchkeep.apps.treatment import changes as treatment
from watchkeep.domain.commitment import Promise

pytestmark = pytest.mark.django_db
PAST = date(2025, 3, 31)
SLUG = "harbour-risk-register"


def promise(staffed: Staffed, title: str, key: str = "LH1", due: date = date(2025, 6, 30)) -> Any:
    return treatment.promise(
        by=staffed.administrator,
        kind="action",
        value=Promise(title, owner_post=staffed.action_post, due_on=due),
        on=PAST,
        risk=Risk.objects.get(key=key).pk,
        part="ii",
    )


def test_a_promise_stands_in_the_document_as_it_stood_on_the_papers_day(staffed: Staffed) -> None:
    accepted(staffed, a_paper(day=PAST))
    which = promise(staffed, "Replace the lamp")
    (told,) = queries.document_for(staffed.auditor, SLUG).risks[0].promises
    assert (told.key, told.title) == (str(which), "Replace the lamp")
    assert (told.owner, told.part, told.slips) == ("Oil Officer", "ii", 0)
    due = date(2025, 6, 30)  # long past today, and ahead on the paper's own day
    assert (told.state, told.due, told.first_due) == ("waiting", due, due)


def test_the_document_costs_as_many_statements_with_many_promises_as_with_one(
    staffed: Staffed, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    accepted(staffed, a_paper(*(a_risk(f"LH{number}") for number in range(1, 7)), day=PAST))
    promise(staffed, "One")
    with django_assert_max_num_queries(60) as counted:
        queries.document_for(staffed.auditor, SLUG)
    for number in range(2, 7):
        promise(staffed, f"Promise {number}", f"LH{number}")
    with django_assert_num_queries(len(counted)):
        assert len(queries.document_for(staffed.auditor, SLUG).risks[5].promises) == 1
