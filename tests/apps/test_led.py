"""What a post leads is known before it goes: nothing is left without an owner unseen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from cast import APPOINTED, Staffed, accepted
from watchkeep.apps.register import changes as register
from watchkeep.apps.register.models import Risk
from watchkeep.apps.reviews import changes, queries
from watchkeep.apps.treatment import changes as treatment
from watchkeep.apps.treatment import queries as treated
from watchkeep.domain.commitment import Promise
from watchkeep.domain.control import ControlValue
from watchkeep.domain.people import Grant

pytestmark = pytest.mark.django_db
APRIL = date(2026, 4, 30)


@pytest.fixture
def leading(staffed: Staffed) -> Staffed:
    """The Head of Lamps answers for a risk, a control and a promise, and chairs a board."""
    accepted(staffed)
    by, post = staffed.risk_manager, staffed.other_post
    first = Risk.objects.get(key="LH1")
    register.set_owner(by=by, risk=first.pk, version=first.version, post=post, on=date(2031, 3, 31))
    for name in ("Lamp", "Open fire"):
        treatment.add_control(by=by, value=ControlValue(name=name), effective_on=APRIL, owner_post=post)
    fire = next(each for each in treated.controls(by) if each.name == "Open fire")
    treatment.stand_down(by=by, control=fire.id, version=fire.version, on=APRIL, reason="Too hot.")
    treatment.promise(by=by, kind="action", value=Promise(title="Buy oil", owner_post=post), on=APRIL)
    board = changes.open_board(by=staffed.secretary, name="Harbour Board")
    changes.seat(by=staffed.secretary, board=board, post=post, role="chair", from_on=APPOINTED)
    return staffed


def test_what_a_post_leads_is_listed_by_kind_and_what_is_over_is_not(leading: Staffed) -> None:
    led = queries.led_by(leading.administrator, leading.other_post)
    assert [(each.kind, each.label) for each in led.rows] == [
        ("risk", "LH1 Lighthouse rota LH1"),
        ("control", "C1 Lamp"),
        ("promise", "P1 Buy oil"),
        ("seat", "Harbour Board, chair"),
    ]
    assert led.hidden == 0
    assert queries.led_by(leading.administrator, leading.action_post).rows == ()


def test_what_the_viewer_may_not_see_is_counted_and_not_named(leading: Staffed) -> None:
    east = Grant("administrator", unit=str(leading.lower_unit))
    led = queries.led_by(replace(leading.reader, role=None, grants=(east,)), leading.other_post)
    assert led.rows == ()
    assert led.hidden == 4
