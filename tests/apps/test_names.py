"""Nothing is called by signs that nobody sees, whoever gives the name and whatever it is given to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from cast import PASSWORD, Staffed, accepted, said
from watchkeep.apps.people import changes as people
from watchkeep.apps.register import changes as register
from watchkeep.apps.register import queries
from watchkeep.apps.register.models import Register, Risk
from watchkeep.apps.reviews import changes as reviews
from watchkeep.apps.treatment import changes as treatment
from watchkeep.domain import document
from watchkeep.domain.commitment import Promise
from watchkeep.domain.control import ControlValue
from watchkeep.domain.errors import Invalid

pytestmark = pytest.mark.django_db
UNSEEN = "\N{ZERO WIDTH SPACE}\N{RIGHT-TO-LEFT OVERRIDE} \N{HANGUL FILLER}"
DAY = date(2026, 4, 30)
Give = Callable[[Staffed], Any]


def a_risk_named(**more: Any) -> document.Risk:
    return document.Risk(key="x", name=said(UNSEEN), **more)


def renamed(force: Staffed) -> None:
    risk = Risk.objects.get(key="LH1")
    stands = queries.value_of(risk, queries.version_as_at(risk.pk))
    register.amend_risk(
        by=force.risk_manager,
        risk=risk.pk,
        version=risk.version,
        value=stands.model_copy(update={"name": said(UNSEEN)}),
        effective_on=date(2031, 3, 31),
    )


def an_item(force: Staffed) -> None:
    by = force.secretary
    board = reviews.open_board(by=by, name="Harbour Board")
    meeting = reviews.plan_meeting(by=by, board=board, on=DAY)
    reviews.put_on_agenda(by=by, meeting=meeting, version=1, purpose="note", title=UNSEEN)


NAMES: dict[str, Give] = {
    "person": lambda force: people.add_person(
        by=force.administrator, name=UNSEEN, email="x@calder.test", role="reader", password=PASSWORD
    ),
    "post": lambda force: people.open_post(by=force.administrator, title=UNSEEN),
    "post renamed": lambda force: people.rename_post(
        by=force.administrator, post=force.owner_post, version=1, title=UNSEEN
    ),
    "unit": lambda force: people.open_unit(by=force.administrator, name=UNSEEN),
    "body": lambda force: people.open_body(by=force.administrator, name=UNSEEN),
    "register": lambda force: register.open_register(by=force.administrator, name=UNSEEN),
    "category": lambda force: register.open_category(by=force.risk_manager, name=UNSEEN),
    "event": lambda force: register.record_event(
        by=force.risk_manager, risks=[Risk.objects.get(key="LH1").pk], kind="lesson", title=UNSEEN, on=DAY
    ),
    "view": lambda force: register.save_view(
        by=force.reader, register=Register.objects.get().pk, name=UNSEEN, query=""
    ),
    "risk": lambda force: register.open_risk(
        by=force.risk_manager,
        register=Register.objects.get().pk,
        value=a_risk_named(reference=said("LH9")),
        effective_on=DAY,
    ),
    "draft": lambda force: register.draft_risk(
        by=force.risk_manager,
        register=Register.objects.get().pk,
        value=a_risk_named(),
        effective_on=DAY,
    ),
    "risk renamed": renamed,
    "control": lambda force: treatment.add_control(
        by=force.risk_manager, value=ControlValue(name=UNSEEN), effective_on=DAY
    ),
    "promise": lambda force: treatment.promise(
        by=force.risk_manager, kind="action", value=Promise(title=UNSEEN), on=DAY
    ),
    "board": lambda force: reviews.open_board(by=force.secretary, name=UNSEEN),
    "item of an agenda": an_item,
}


@pytest.mark.parametrize("what", NAMES)
def test_a_name_that_nobody_sees_is_refused(staffed: Staffed, what: str) -> None:
    accepted(staffed)
    with pytest.raises(Invalid) as refusal:
        NAMES[what](staffed)
    assert refusal.value.field in ("name", "title")
