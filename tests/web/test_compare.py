"""What changed between two days, so laid out that a page of many risks can be read."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from cast import JUNE, Staffed, a_paper, a_risk, accepted, said
from watchkeep.apps.register import changes, queries
from watchkeep.apps.register.queries import ComparedRisk
from watchkeep.apps.register.queries.states import Stood
from watchkeep.apps.treatment import changes as treatment
from watchkeep.domain.commitment import Promise
from watchkeep.domain.document import Risk as Value
from watchkeep.web.compare.views import ShownRisk
from watchkeep.web.components.pieces import Change
from web.conftest import SLUG, signed_in
from web.test_pages import text_of

OPEN = Stood("open", date(2031, 3, 31))


def shown(*fields: str) -> ShownRisk:
    compared = ComparedRisk(uuid4(), "A1", "A1 Lamp", "changed", OPEN, OPEN, ())
    return ShownRisk(compared, "/risks/A1", "", tuple(Change(each, "was", "is") for each in fields))


def test_where_a_risk_stands_is_shown_at_once_and_the_rest_folded_by_name() -> None:
    row = shown("Cause", "Trend 2030/31 Q4", "Category", "Residual rating", "Proximity")
    assert [each.name for each in row.first] == ["Trend 2030/31 Q4", "Residual rating"]
    assert [each.name for each in row.rest] == ["Cause", "Category", "Proximity"]
    assert row.fields == "Also changed: Cause, Category, Proximity"


def test_a_few_changes_are_all_shown() -> None:
    row = shown("Cause", "Category", "Proximity")
    assert (len(row.first), row.rest) == (3, ())


@pytest.mark.django_db
def test_a_draft_is_in_no_register_and_in_no_comparison(staffed: Staffed) -> None:
    accepted(staffed, a_paper(a_risk("LH1")))
    by = staffed.risk_manager
    register = queries.register(by, SLUG).id
    value = Value(key="Fog", name=said("Fog"), cause=said("Weather"))
    changes.draft_risk(by=by, register=register, value=value, effective_on=JUNE)
    found = text_of(
        signed_in(staffed.people["risk_manager"]).get(f"/compare?register={SLUG}&earlier=2031-03-31")
    )
    assert "1 risk as at 31 March 2031" in found
    assert "; 1 risk as it stands." in found
    assert "Fog" not in found


@pytest.mark.django_db
def test_a_promise_that_only_came_nearer_its_day_has_not_changed(staffed: Staffed) -> None:
    accepted(staffed, a_paper(a_risk("LH1")))
    by = staffed.risk_manager
    risk = queries.risk(by, SLUG, "LH1").id
    treatment.promise(
        by=by,
        kind="action",
        value=Promise("Buy a gauge", owner_post=staffed.action_post, due_on=date(2024, 6, 30)),
        risk=risk,
        on=date(2024, 1, 1),
    )
    client = signed_in(staffed.people["risk_manager"])
    page = text_of(client.get(f"/compare?register={SLUG}&earlier=2024-07-10&later=2024-08-10"))
    assert "Buy a gauge" not in page  # overdue on both
    page = text_of(client.get(f"/compare?register={SLUG}&earlier=2024-06-01&later=2024-08-10"))
    assert "Buy a gauge" in page


@pytest.mark.django_db
def test_two_days_are_told_as_a_paper_of_the_later_one_would_tell_them(staffed: Staffed) -> None:
    accepted(staffed, a_paper(a_risk("LH1")))
    accepted(staffed, a_paper(a_risk("LH1"), a_risk("LH2", name=said("Fog")), day=JUNE, words="june"), "june")
    page = signed_in(staffed.people["risk_manager"]).get(f"/compare?register={SLUG}&earlier=2031-03-31")
    assert (
        "As a paper would tell it Since the register as at 31 March 2031, as is now known: one risk is new."
        in (text_of(page))
    )
    one = signed_in(staffed.people["risk_manager"]).get(
        f"/compare?register={SLUG}&risk=LH1&earlier=2031-03-31"
    )
    assert "As a paper would tell it" not in text_of(one)
