"""Who may use a page, but not for this: refused with 403, also where nothing of that name is there."""

from __future__ import annotations

import re
from typing import Final

import pytest

from cast import STAFF
from watchkeep.apps.history.models import Entry
from watchkeep.domain.people import PERMISSIONS, Action, Role
from watchkeep.web.permissions import ROUTES
from web.conftest import Site, signed_in

pytestmark = pytest.mark.django_db

# Forms that open for more roles than may send them, and what these must be able to do besides.
FINE: Final[dict[str, Action]] = {
    "words-answer": "answer for own risks",
    "words-take-back": "answer for own risks",
    **dict.fromkeys(["risk-edit", "risk-assess", "risk-link-look"], "change risks"),
    **dict.fromkeys(
        ["amend-board", "correct-decision", "decide", "end-seat", "hold-meeting", "minute", "move-item"],
        "run boards",
    ),
}
ROLE: Final[dict[str, Role]] = {who: role for who, (_, role) in STAFF.items()} | {"reader": "reader"}


def test_who_may_not_by_their_role_is_refused_before_anything_is_read_or_written(site: Site) -> None:
    before = Entry.objects.count()
    asked = 0
    for who, role in ROLE.items():
        client = signed_in(site.force.people[who])
        for route, needed in FINE.items():
            if needed in PERMISSIONS[role]:
                continue
            answer = client.post(site.address(route), {"version": "1", "reason": "Because."})
            assert answer.status_code == 403, (who, route)
            asked += 1
    assert asked > 3 * len(FINE), "most roles may do few of these"
    assert Entry.objects.count() == before


def test_a_finding_that_is_not_there_is_a_refusal_to_who_could_answer_none(site: Site) -> None:
    for who, expected in {
        **dict.fromkeys(("board_member", "action_owner", "auditor", "reader", "secretary"), 403),
        "owner": 403,  # whose post owns no risk of this register
        "risk_manager": 404,
    }.items():
        client = signed_in(site.force.people[who])
        for route in ("words-answer", "words-take-back"):
            nothing = re.sub("finding=.*", f"finding={'0' * 64}", site.address(route))
            said = {"answer": "accepted", "reason": "Because.", "number": "0"}
            assert client.post(nothing, said).status_code == expected, (who, route)
            assert client.get(nothing).status_code == expected, (who, route)


def test_each_of_these_forms_is_a_route() -> None:
    assert set(FINE) <= set(ROUTES)
