"""The pages of promises and of sorting, as those who answer for them use them."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from cast import Staffed, a_paper, a_risk, a_staffed_force, accepted
from once import made_once
from watchkeep.apps.register.models import Risk
from watchkeep.apps.treatment import changes, queries
from watchkeep.domain.commitment import Promise
from watchkeep.domain.document import Item
from web.conftest import signed_in

PAST = date(2025, 3, 31)
LAMP = "A second lamp is to be fitted by 31 May 2026."


@pytest.fixture
@made_once
def staff(db: None) -> Staffed:
    force = a_staffed_force()
    lines = {
        "controls": (Item(state="recorded", text="Weekly count of oil"), Item(state="recorded", text=LAMP))
    }
    accepted(force, a_paper(a_risk("LH1", **lines), a_risk("LH2"), day=PAST))
    return force


def client(staff: Staffed, who: str) -> Client:
    return signed_in(staff.people[who])


def promised(staff: Staffed, title: str = "Replace the lamp", **said: Any) -> UUID:
    given: dict[str, Any] = {"owner_post": staff.action_post, "due_on": date(2025, 6, 30)} | said
    risk = Risk.objects.get(key="LH1").pk
    return changes.promise(
        by=staff.risk_manager, kind="action", value=Promise(title, **given), on=PAST, risk=risk
    )


def shown(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_the_page_opens_with_what_is_late_and_links_to_the_proof(staff: Staffed) -> None:
    promised(staff)
    promised(staff, "Clean the lamp", due_on=None)
    page = shown(client(staff, "auditor").get("/promises"))
    assert "1 promise is late" in page
    assert "1 has no date" in page
    late = shown(client(staff, "auditor").get("/promises?state=overdue"))
    assert "1 promise of 2" in late
    assert "Clean the lamp" not in late.split("<table")[1]


def test_an_empty_page_teaches_and_leads_to_the_lines(staff: Staffed) -> None:
    page = shown(client(staff, "risk_manager").get("/promises"))
    assert "Nothing is promised yet" in page
    assert 'href="/sorting"' in page


def test_an_action_owner_gives_a_new_day_and_why(staff: Staffed) -> None:
    promised(staff)
    owner = client(staff, "action_owner")
    page = shown(owner.get("/promises/P1"))
    assert "Not done: a new day" in page
    assert ">Drop<" not in page
    refused = owner.post("/promises/P1/slip", {"due": "30 September 2027", "reason": "", "version": 1})
    assert refused.status_code == 400
    assert "say why" in shown(refused)
    vague = owner.post("/promises/P1/slip", {"due": "imminently", "reason": "x", "version": 1})
    assert "names no day" in shown(vague)
    taken = owner.post(
        "/promises/P1/slip", {"due": "30 September 2027", "reason": "No glass", "version": 1}, follow=True
    )
    assert "P1 is now due on 30 September 2027" in shown(taken)
    assert "No glass" in shown(taken)
    assert "Olav Wick" in shown(taken)


def test_an_action_owner_reports_it_done_and_is_offered_no_control(staff: Staffed) -> None:
    promised(staff)
    owner = client(staff, "action_owner")
    assert "become a control" not in shown(owner.get("/promises/P1/done"))
    owner.post("/promises/P1/done", {"on": "2025-07-04", "note": "Lit", "version": 1})
    assert "Done 4 days late" in shown(owner.get("/promises/P1"))


def test_a_risk_manager_makes_amends_and_lets_it_become_a_control(staff: Staffed) -> None:
    manager = client(staff, "risk_manager")
    risk = Risk.objects.get(key="LH1").pk
    made = manager.post(
        "/promises/new",
        {"kind": "action", "title": "Fit a lamp", "risk": f"{risk}|ii", "owner_post": str(staff.action_post),
         "due": "March 2026"},
        follow=True,
    )  # fmt: skip
    assert "P1 is promised." in shown(made)
    assert "31 March 2026" in shown(made)
    manager.post("/promises/P1/amend", {"title": "Fit a good lamp", "due": "March 2026", "version": 1})
    page = manager.post(
        "/promises/P1/done",
        {
            "on": "2026-04-02",
            "note": "It is lit",
            "becomes": "new",
            "control_name": "A good lamp",
            "version": 2,
        },
        follow=True,
    )
    assert "C1 A good lamp" in shown(page)
    assert [row.name for _, row in queries.controls_of(staff.auditor, risk)] == ["A good lamp"]


def test_the_second_of_two_sees_what_the_first_said(staff: Staffed) -> None:
    which = promised(staff)
    changes.slip(by=staff.action_owner, commitment=which, version=1, due_on=timezone.localdate(), reason="a")
    lost = client(staff, "risk_manager").post(
        "/promises/P1/slip", {"due": "1 March 2027", "reason": "My own reason", "version": 1}
    )
    assert lost.status_code == 409
    assert "My own reason" in shown(lost)


def test_what_is_shown_can_be_taken_away(staff: Staffed) -> None:
    promised(staff)
    promised(staff, "=1+1", due_on=None)
    auditor = client(staff, "auditor")
    text = auditor.get("/promises/export/csv?state=no+date").content.decode("utf-8-sig")
    assert "Replace the lamp" not in text
    assert "'=1+1" in text
    assert auditor.get("/promises/export/xlsx").content[:2] == b"PK"
    assert auditor.get("/promises/export/exe").status_code == 404


def test_a_past_page_shows_what_stood_then_and_offers_nothing_to_change(staff: Staffed) -> None:
    which = promised(staff)
    changes.slip(
        by=staff.action_owner, commitment=which, version=1, due_on=date(2027, 1, 1), reason="a",
        on=date(2025, 6, 20),
    )  # fmt: skip
    page = shown(client(staff, "risk_manager").get("/promises/P1?as_at=2025-06-01"))
    assert "Due in 29 days" in page
    assert "It has not slipped." in page
    assert "Not done: a new day" not in page


def test_waiting_and_risks_are_said_and_ended_on_their_own_pages(staff: Staffed) -> None:
    first, second = promised(staff), promised(staff, "Light it")
    manager = client(staff, "risk_manager")
    page = shown(manager.post("/promises/P2/needs", {"needs": str(first)}, follow=True))
    assert "Replace the lamp" in page
    circle = manager.post("/promises/P1/needs", {"needs": str(second)})
    assert circle.status_code == 403
    assert "1 promise waits for it" in shown(manager.get("/promises/P1"))
    waiting = queries.commitment(staff.risk_manager, "P2").needs[0].id
    manager.post(f"/promises/P2/needs/{waiting}/end", {"on": "2026-01-01", "reason": "x"})
    assert queries.commitment(staff.risk_manager, "P2").needs != ()  # it had not begun on that day
    risk = Risk.objects.get(key="LH2").pk
    manager.post("/promises/P1/risks", {"risk": f"{risk}|", "from_on": "2026-01-01"})
    assert [each.risk_key for each in queries.commitment(staff.auditor, "P1").row.risks] == ["LH1", "LH2"]
    use = queries.commitment(staff.auditor, "P1").row.bears_on[1].id
    manager.post(f"/promises/P1/risks/{use}/end", {"on": "2026-02-01", "reason": "Not there"})
    assert [each.risk_key for each in queries.commitment(staff.auditor, "P1").row.risks] == ["LH1"]
    assert "Not there" in shown(manager.get("/promises/P1"))


# --- Sorting ------------------------------------------------------------------------------------------------


def test_each_line_stands_with_its_suggestion_and_its_reason(staff: Staffed) -> None:
    page = shown(client(staff, "risk_manager").get("/sorting/LH1"))
    assert "Suggested: commitment" in page
    assert "is to" in page
    assert "It names 31 May 2026" in page
    assert "Suggested: control" in page


def fields_of(page: str) -> dict[str, str]:
    """The hidden answers of the form, as a browser would send them."""
    import re

    return dict(re.findall(r'name="([0-9a-f]{16}-answered)" value="(\d+)"', page))


def test_several_lines_are_sorted_at_once_and_the_rest_left_for_later(staff: Staffed) -> None:
    manager = client(staff, "risk_manager")
    page = shown(manager.get("/sorting/LH1"))
    lamp = next(each.digest for each in queries.lines_of(staff.auditor, Risk.objects.get(key="LH1").pk).lines
                if each.text == LAMP)[:16]  # fmt: skip
    sent = fields_of(page) | {f"{lamp}-sort": "commitment", f"{lamp}-due": "31 May 2026", "take": ""}
    after = shown(manager.post("/sorting/LH1", sent, follow=True))
    assert "1 line is sorted." in after
    assert "1 line is still to be sorted of 2" in after
    assert queries.commitment(staff.auditor, "P1").row.due_on == date(2026, 5, 31)
    rest = manager.post("/sorting/LH1", fields_of(after) | {"take": "suggestions"}, follow=True)
    assert "Every line is sorted." in shown(rest)
    assert "All 4 lines are sorted" not in shown(manager.get("/sorting"))


def test_nothing_chosen_is_said_and_nothing_sent_is_lost(staff: Staffed) -> None:
    manager = client(staff, "risk_manager")
    fields = fields_of(shown(manager.get("/sorting/LH1")))
    nothing = manager.post("/sorting/LH1", fields | {"take": ""})
    assert nothing.status_code == 400
    assert "Nothing was chosen" in shown(nothing)
    (first, *_) = [name.removesuffix("-answered") for name in fields]
    wrong = manager.post(
        "/sorting/LH1",
        fields | {f"{first}-sort": "control", f"{first}-same_as": "C99", f"{first}-name": "Mine"},
    )
    assert "There is no control C99" in shown(wrong)
    assert 'value="Mine"' in shown(wrong)


def test_an_auditor_sees_the_suggestions_and_no_form(staff: Staffed) -> None:
    auditor = client(staff, "auditor")
    page = shown(auditor.get("/sorting/LH1"))
    assert "Most likely a commitment" in page
    assert "Record what is chosen" not in page
    assert auditor.post("/sorting/LH1", {}).status_code in (400, 403)
    assert "4 lines are still to be sorted of 4" in shown(auditor.get("/sorting"))


@pytest.mark.parametrize("many", [2, 25])
def test_pages_take_as_many_statements_for_many_as_for_few(
    staff: Staffed, many: int, django_assert_max_num_queries: Any
) -> None:
    for number in range(many):
        promised(staff, f"Lamp {number}")
    auditor = client(staff, "auditor")
    for address, most in (("/promises", 14), ("/promises/P1", 22), ("/sorting", 12)):
        with django_assert_max_num_queries(most):
            assert auditor.get(address).status_code == 200
