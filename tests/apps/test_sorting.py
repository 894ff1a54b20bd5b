"""Imported lines as a person sorted them: what they became, and what the next paper finds sorted already."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone

from cast import Staffed, a_paper, a_risk, a_staffed_force, accepted
from once import made_once
from watchkeep.apps.history import queries as history
from watchkeep.apps.publication.queries import document_for
from watchkeep.apps.register.models import Risk
from watchkeep.apps.treatment import changes, queries
from watchkeep.apps.treatment.changes import Sorting
from watchkeep.domain.clock import Clock
from watchkeep.domain.document import Item, RegisterDocument
from watchkeep.domain.errors import Missing, Refused, Stale
from watchkeep.domain.redaction import for_audience

PAST, NEXT = date(2025, 3, 31), date(2025, 6, 30)
OIL, LAMP, BOARD = (
    "Weekly count of oil",
    "A second lamp is to be fitted by 31 May 2026.",
    "Lighthouse Board meets monthly",
)


def lines(*texts: str) -> dict[str, Any]:
    return {"controls": tuple(Item(state="recorded", text=text, part="i", marker="-") for text in texts)}


@pytest.fixture
@made_once
def staff(db: None) -> Staffed:
    force = a_staffed_force()
    risks = a_risk("LH1", **lines(OIL, LAMP, BOARD)), a_risk("LH2", **lines(OIL))
    accepted(force, a_paper(*risks, day=PAST))
    return force


def risk(key: str = "LH1") -> UUID:
    return Risk.objects.get(key=key).pk


def page(staff: Staffed, key: str = "LH1", clock: Clock | None = None) -> queries.SortingPage:
    return queries.lines_of(staff.auditor, risk(key), clock or Clock())


def by_text(found: queries.SortingPage) -> dict[str, queries.LineRow]:
    return {each.text: each for each in found.lines}


def everything(staff: Staffed) -> None:
    changes.sort_lines(
        by=staff.risk_manager,
        risk=risk(),
        sortings=(
            Sorting(OIL, "control", owner_post=staff.action_post),
            Sorting(LAMP, "commitment", due="31 May 2026", due_on=date(2026, 5, 31)),
            Sorting(BOARD, "meeting"),
        ),
    )


def test_a_promise_carries_the_lines_it_was_made_from_as_long_as_they_stand(staff: Staffed) -> None:
    everything(staff)
    told = document_for(staff.auditor, "harbour-risk-register").risks[0]
    assert [each.lines for each in told.promises] == [(LAMP,)]
    assert for_audience(told_alone(told), "committee").risks[0].promises[0].lines == ()
    gone = a_risk("LH1", **lines(OIL, BOARD)), a_risk("LH2", **lines(OIL))
    accepted(staff, a_paper(*gone, day=NEXT))
    told = document_for(staff.auditor, "harbour-risk-register").risks[0]
    assert [each.lines for each in told.promises] == [()]


def told_alone(risk: Any) -> RegisterDocument:
    return RegisterDocument(risks=(risk,))


def test_each_line_is_suggested_something_and_nothing_is_sorted_by_itself(staff: Staffed) -> None:
    found = page(staff)
    assert [each.suggestion.sort for each in found.lines] == ["control", "commitment", "meeting"]
    assert all(each.suggestion.reason for each in found.lines)
    assert len(found.left) == 3
    assert queries.controls(staff.auditor) == ()
    assert queries.commitments(staff.auditor) == ()


def test_what_a_line_becomes_is_recorded_with_it_and_stands_from_the_papers_day(staff: Staffed) -> None:
    everything(staff)
    assert page(staff).left == ()
    ((use, control),) = queries.controls_of(staff.auditor, risk())
    assert (control.name, control.owner, use.from_on, use.part) == (OIL, "Oil Officer", PAST, "i")
    (promise,) = queries.commitments_of(staff.auditor, risk())
    assert (promise.due_on, promise.since, promise.kind) == (date(2026, 5, 31), PAST, "action")
    assert by_text(page(staff))[LAMP].answer.reference == "P1"  # type: ignore[union-attr]  # it was sorted
    assert queries.commitments(staff.auditor, Clock(as_at=PAST - timedelta(days=1))) == ()
    assert "sort lines" in [each.verb for each in history.entries(staff.auditor, ("risk", str(risk()))).rows]


def test_one_line_that_cannot_be_sorted_leaves_all_unsorted(staff: Staffed) -> None:
    with pytest.raises(Missing, match="no line"):
        changes.sort_lines(
            by=staff.risk_manager,
            risk=risk(),
            sortings=(Sorting(OIL, "control"), Sorting("A line of some other paper", "neither")),
        )
    assert len(page(staff).left) == 3
    assert queries.controls(staff.auditor) == ()


def test_the_same_line_in_the_next_paper_is_sorted_already_and_a_changed_one_offers_the_earlier_answer(
    staff: Staffed,
) -> None:
    everything(staff)
    later = "A second lamp is to be fitted by 31 August 2026."
    paper = a_paper(
        a_risk("LH1", **lines(OIL + ".", later, BOARD)), a_risk("LH2", **lines(OIL)), day=NEXT, words="next"
    )
    accepted(staff, paper, "next")
    (left,) = page(staff).left
    assert left.text == later
    assert left.earlier is not None
    assert (left.earlier.sort, left.earlier.reference) == ("commitment", "P1")
    changes.sort_line(by=staff.risk_manager, risk=risk(), sorting=Sorting(later, "commitment", same_as="P1"))
    assert len(queries.commitments(staff.auditor)) == 1
    assert page(staff).left == ()


def test_a_line_under_two_risks_offers_the_one_control(staff: Staffed) -> None:
    everything(staff)
    (line,) = page(staff, "LH2").lines
    assert line.elsewhere is not None
    changes.sort_line(
        by=staff.risk_manager,
        risk=risk("LH2"),
        sorting=Sorting(OIL, "control", same_as=line.elsewhere.reference),
    )
    (control,) = queries.controls(staff.auditor)
    assert [each.risk_key for each in control.risks] == ["LH1", "LH2"]


def test_who_sorted_first_is_told_to_the_second(staff: Staffed) -> None:
    changes.sort_line(by=staff.risk_manager, risk=risk(), sorting=Sorting(OIL, "measure"))
    with pytest.raises(Stale, match="Somebody sorted"):
        changes.sort_line(by=staff.administrator, risk=risk(), sorting=Sorting(OIL, "control"))
    changes.sort_line(by=staff.administrator, risk=risk(), sorting=Sorting(OIL, "control", answered=1))
    assert by_text(page(staff))[OIL].answer.number == 2  # type: ignore[union-attr]  # it was sorted


def test_only_who_keeps_controls_sorts(staff: Staffed) -> None:
    for by in (staff.action_owner, staff.auditor, staff.secretary, staff.reader):
        with pytest.raises(Refused):
            changes.sort_line(by=by, risk=risk(), sorting=Sorting(OIL, "control"))
    with pytest.raises(Missing):
        changes.sort_line(by=staff.stranger, risk=risk(), sorting=Sorting(OIL, "control"))


def test_what_was_sorted_later_was_not_known_before(staff: Staffed) -> None:
    before = timezone.now()
    everything(staff)
    assert len(page(staff, clock=Clock(PAST, before)).left) == 3
    assert page(staff, clock=Clock(PAST)).left == ()


def test_what_is_left_is_counted_for_every_risk_in_few_statements(
    staff: Staffed, django_assert_num_queries: Any
) -> None:
    everything(staff)
    with django_assert_num_queries(3):
        rows = queries.left_to_sort(staff.auditor)
    assert [(each.risk_key, each.lines, each.left) for each in rows] == [("LH2", 1, 1), ("LH1", 3, 0)]
    which = risk()
    with django_assert_num_queries(5):
        queries.lines_of(staff.auditor, which)


def test_the_history_still_verifies(staff: Staffed) -> None:
    everything(staff)
    assert history.verify(staff.auditor).holds
