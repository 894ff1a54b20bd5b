"""A control or a promise set right as at an earlier day: what nobody touched is not said of that day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone

from cast import Staffed
from watchkeep.apps.history import queries as history
from watchkeep.apps.history.changes import recording
from watchkeep.apps.history.models import Entry
from watchkeep.apps.people import changes as people
from watchkeep.apps.people.models import Post
from watchkeep.apps.treatment import changes, queries
from watchkeep.apps.treatment.models import Commitment, CommitmentVersion, Control, ControlVersion
from watchkeep.domain.clock import Clock
from watchkeep.domain.commitment import Promise
from watchkeep.domain.control import ControlValue
from watchkeep.domain.errors import Invalid

pytestmark = pytest.mark.django_db

APRIL, MAY, JULY = date(2026, 4, 30), date(2026, 5, 31), date(2026, 7, 31)
DAY = timedelta(days=1)
LINES, SENT = "Count the oil.\nWrite it down.", "Count the oil.\r\nWrite it down."  # as a browser sends it


def control_at(force: Staffed, which: UUID, day: date = JULY) -> Any:
    return queries.control(force.auditor, which, Clock(day)).row


def promise_at(force: Staffed, which: UUID, day: date = JULY) -> Any:
    return queries.commitment(force.risk_manager, which, Clock(day)).row


def a_control(force: Staffed) -> UUID:
    value = ControlValue("Oil count", "Count the oil.")
    return changes.add_control(by=force.risk_manager, value=value, effective_on=APRIL)


def amend_control(force: Staffed, which: UUID, on: date, **said: Any) -> int:
    row = queries.control(force.risk_manager, which).row
    stands = ControlValue(row.name, row.description, row.kind, row.frequency, row.tolerated)
    owner = said.pop("owner_post", row.owner_post)
    return changes.amend_control(
        by=force.risk_manager,
        control=which,
        version=row.version,
        value=replace(stands, **said),
        effective_on=on,
        owner_post=owner,
    )


def a_promise(force: Staffed, on: date = APRIL, **said: Any) -> UUID:
    value = Promise(**{"title": "Buy lamps", "definition_of_done": "Bought.", "if_not": "Dark."} | said)
    return changes.promise(by=force.risk_manager, kind="action", value=value, on=on)


def amend_promise(force: Staffed, which: UUID, on: date, **said: Any) -> int:
    row = queries.commitment(force.risk_manager, which).row
    return changes.amend_promise(
        by=force.risk_manager, commitment=which, version=row.version, value=replace(row.value, **said), on=on
    )


# --- Text of several lines ----------------------------------------------------------------------------------


def test_a_controls_untouched_lines_are_not_said_of_an_earlier_day(staffed: Staffed) -> None:
    which = a_control(staffed)
    amend_control(staffed, which, JULY, description=LINES)
    amend_control(staffed, which, MAY, description=SENT, frequency="Monthly")
    told = [control_at(staffed, which, day) for day in (APRIL, MAY, JULY)]
    assert [each.description for each in told] == ["Count the oil.", "Count the oil.", LINES]
    assert [each.frequency for each in told] == ["", "Monthly", "Monthly"]
    entry = history.entries(staffed.auditor, subject=("control", str(which))).rows[0]
    assert [each["field"] for each in entry.facts["fields"]] == ["Frequency"]


def test_a_promises_untouched_lines_are_not_said_of_an_earlier_day(staffed: Staffed) -> None:
    which = a_promise(staffed)
    texts = {"definition_of_done": LINES, "if_not": LINES, "expected_effect": LINES}
    amend_promise(staffed, which, JULY, **texts)
    amend_promise(staffed, which, MAY, source="The board", **dict.fromkeys(texts, SENT))
    told = [promise_at(staffed, which, day).value for day in (APRIL, MAY, JULY)]
    assert [each.definition_of_done for each in told] == ["Bought.", "Bought.", LINES]
    assert [each.if_not for each in told] == ["Dark.", "Dark.", LINES]
    assert [each.expected_effect for each in told] == ["", "", LINES]
    assert [each.source for each in told] == ["", "The board", "The board"]


@pytest.mark.parametrize("kept", [LINES.replace("\n", "\r\n"), LINES.replace("\n", "\r")], ids=ascii)
def test_lines_that_were_kept_as_they_were_sent_are_the_same_words(staffed: Staffed, kept: str) -> None:
    control, promise = a_control(staffed), a_promise(staffed)
    told = {"number": 2, "effective_on": JULY, "known_at": timezone.now()}
    counted = {"name": "Oil count", "description": kept, "state": "in force"}
    bought = {"title": "Buy lamps", "definition_of_done": kept, "if_not": "Dark.", "by": "Rita"}
    with recording(by=staffed.risk_manager, verb="keep as it was sent"):
        ControlVersion(control_id=control, **told, **counted).save()
        CommitmentVersion(commitment_id=promise, **told, **bought).save()
    amend_control(staffed, control, MAY, description=SENT, frequency="Monthly")
    amend_promise(staffed, promise, MAY, definition_of_done=SENT, source="The board")
    assert [control_at(staffed, control, day).description for day in (MAY, JULY)] == ["Count the oil.", LINES]
    texts = [promise_at(staffed, promise, day).value.definition_of_done for day in (MAY, JULY)]
    assert texts == ["Bought.", LINES]
    numbers = (Control.objects.get(pk=control).version, Commitment.objects.get(pk=promise).version)
    assert numbers == (3, 3), "one of May, one of July"


def test_saying_the_same_lines_again_writes_nothing(staffed: Staffed) -> None:
    control, promise = a_control(staffed), a_promise(staffed, definition_of_done=SENT)
    assert amend_control(staffed, control, JULY, description=SENT) == 2
    entries = Entry.objects.count()
    assert amend_control(staffed, control, JULY, description=LINES) == 2
    assert amend_promise(staffed, promise, JULY, definition_of_done=LINES) == 1
    assert Entry.objects.count() == entries


# --- The day that it is first told of -----------------------------------------------------------------------


def test_a_promise_does_not_slip_by_way_of_a_day_before_it_was_made(staffed: Staffed) -> None:
    first, later = date(2026, 9, 1), date(2026, 12, 1)
    which = a_promise(staffed, on=MAY, owner_post=staffed.action_post, due_on=first)
    sentence = "first told of on 31 May 2026"
    with pytest.raises(Invalid, match=sentence) as refused:
        amend_promise(staffed, which, APRIL, due_on=later)
    assert refused.value.field == "on"
    with pytest.raises(Invalid, match=sentence) as refused:
        changes.slip(by=staffed.action_owner, commitment=which, version=1, due_on=later, on=APRIL)
    assert refused.value.field == "on"
    with pytest.raises(Invalid, match="say why"):
        changes.slip(by=staffed.action_owner, commitment=which, version=1, due_on=later, on=MAY)
    assert (promise_at(staffed, which).due_on, promise_at(staffed, which).slips) == (first, ())


def test_nothing_is_set_right_as_at_a_day_before_it_is_told_of(staffed: Staffed) -> None:
    control, promise = a_control(staffed), a_promise(staffed)
    sentence = "first told of on 30 April 2026"
    with pytest.raises(Invalid, match=f"C1 Oil count is {sentence}; say it as at that day") as refused:
        amend_control(staffed, control, APRIL - DAY, frequency="Monthly")
    assert refused.value.field == "effective_on"
    with pytest.raises(Invalid, match=sentence):
        amend_promise(staffed, promise, APRIL - DAY, source="The board")
    assert amend_control(staffed, control, APRIL, frequency="Monthly") == 2
    assert amend_promise(staffed, promise, APRIL, source="The board") == 2


# --- Whose post is gone -------------------------------------------------------------------------------------


def test_what_an_abolished_post_owned_is_still_set_right_and_not_given_to_one(staffed: Staffed) -> None:
    control, promise, another = a_control(staffed), a_promise(staffed), a_control(staffed)
    amend_control(staffed, control, APRIL, owner_post=staffed.other_post)
    amend_promise(staffed, promise, APRIL, owner_post=staffed.other_post)
    post = Post.objects.get(pk=staffed.other_post)
    people.abolish_post(
        by=staffed.administrator, post=post.pk, version=post.version, on=JULY, reason="Merged."
    )
    amend_control(staffed, control, JULY, frequency="Monthly")
    amend_promise(staffed, promise, JULY, source="The board")
    now = control_at(staffed, control)
    assert (now.frequency, now.owner_post) == ("Monthly", post.pk)
    assert promise_at(staffed, promise).value.owner_post == post.pk
    with pytest.raises(Invalid, match="is abolished; choose another"):
        amend_control(staffed, another, JULY, owner_post=post.pk)
