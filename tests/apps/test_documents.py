"""The document that goes out says what stands behind its words, and nothing beyond the viewer's sight."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from cast import Staffed, a_paper, a_risk, accepted
from watchkeep.apps.publication import queries
from watchkeep.apps.register import queries as registers
from watchkeep.apps.register.models import Risk
from watchkeep.apps.treatment import changes as treatment
from watchkeep.domain.commitment import Promise
from watchkeep.domain.finding import finding

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


def test_what_is_not_recorded_is_counted_alike_on_a_page_and_in_a_paper(staffed: Staffed) -> None:
    accepted(staffed, a_paper(day=PAST))
    promise(staffed, "Replace the lamp")
    page, paper = (
        {each.field: each.count for each in finding(made(staffed.auditor, SLUG)).not_recorded}
        for made in (queries.promised_for, queries.document_for)
    )
    bare = finding(registers.document(staffed.auditor, SLUG)).not_recorded
    assert page == paper
    assert page["actions"] == next(each.count for each in bare if each.field == "actions") - 1
