"""What may become of a risk, and that nothing of what it was is lost by it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from cast import Staffed, a_paper, a_risk, a_staffed_force, accepted, said
from once import made_once
from watchkeep.apps.history import queries as history
from watchkeep.apps.register import changes, queries
from watchkeep.apps.register.models import Register, Risk
from watchkeep.domain import document
from watchkeep.domain.clock import Clock
from watchkeep.domain.errors import Invalid, Missing, Refused, Stale

pytestmark = pytest.mark.django_db
HARBOUR, CORPORATE = "harbour-risk-register", "corporate-register"
APRIL, MAY, JUNE, JULY = date(2026, 4, 30), date(2026, 5, 31), date(2026, 6, 30), date(2026, 7, 31)


@pytest.fixture
@made_once
def force() -> Staffed:
    """With the harbour's register of three risks, and a corporate one above it."""
    made = a_staffed_force()
    accepted(made, a_paper(day=APRIL))
    changes.open_register(by=made.administrator, name="Corporate register")
    return made


def risk(key: str = "LH1") -> Risk:
    return Risk.objects.get(key=key)


def register(slug: str) -> UUID:
    return Register.objects.get(slug=slug).pk


def keys(force: Staffed, slug: str = HARBOUR, clock: Clock | None = None) -> list[str]:
    return [each.key for each in queries.document(force.auditor, slug, clock or Clock()).risks]


def close(force: Staffed, key: str = "LH1", on: date = MAY) -> None:
    found = risk(key)
    changes.close_risk(
        by=force.risk_manager, risk=found.pk, version=found.version, closed_on=on, reason="Automatic now."
    )


def reopen(force: Staffed, key: str = "LH1", on: date = JUNE) -> None:
    found = risk(key)
    changes.reopen_risk(
        by=force.risk_manager, risk=found.pk, version=found.version, on=on, reason="It failed."
    )


def escalated(force: Staffed, key: str = "LH1", on: date = MAY) -> Risk:
    found = risk(key)
    there = changes.escalate(
        by=force.risk_manager,
        risk=found.pk,
        version=found.version,
        to_register=register(CORPORATE),
        on=on,
        reason="Beyond the harbour.",
    )
    return Risk.objects.get(pk=there)


def accept(force: Staffed, waiting: Risk, reference: str = "C1", on: date = MAY) -> Risk:
    changes.accept_escalation(
        by=force.risk_manager, risk=waiting.pk, version=waiting.version, reference=reference, on=on
    )
    return Risk.objects.get(pk=waiting.pk)


# --- Drafts -------------------------------------------------------------------------------------------------


def test_a_draft_needs_a_name_and_nothing_else(force: Staffed) -> None:
    value = document.Risk(key="", name=said("Fog"))
    draft = changes.draft_risk(
        by=force.risk_manager, register=register(HARBOUR), value=value, effective_on=MAY
    )
    assert keys(force) == ["LH1", "LH2", "LH3"]
    assert [each.name for each in queries.drafts(force.risk_manager, HARBOUR)] == ["Fog"]
    with pytest.raises(Invalid, match="name"):
        changes.draft_risk(
            by=force.risk_manager,
            register=register(HARBOUR),
            value=document.Risk(key=""),
            effective_on=MAY,
        )
    opened = changes.open_draft(
        by=force.risk_manager,
        risk=draft,
        version=1,
        reference=queries.suggested_reference(force.risk_manager, HARBOUR),
        on=JUNE,
    )
    assert opened == "LH4"
    assert keys(force) == ["LH1", "LH2", "LH3", "LH4"]
    assert keys(force, clock=Clock(MAY)) == ["LH1", "LH2", "LH3"]


def test_a_draft_is_missing_to_who_only_reads(force: Staffed) -> None:
    value = document.Risk(key="", name=said("Fog"))
    changes.draft_risk(by=force.risk_manager, register=register(HARBOUR), value=value, effective_on=MAY)
    assert queries.risk(force.auditor, HARBOUR, "draft-1").state == "draft"
    with pytest.raises(Missing):
        queries.risk(force.reader, HARBOUR, "draft-1")
    assert queries.drafts(force.reader, HARBOUR) == ()


TYPED = [
    ("  CV  04 ", "CV 04"),
    ("cv–04", "cv-04"),
    ("ＣＶ／０４", "CV/04"),
    ("2031/4 (b)", "2031/4 (b)"),
]


@pytest.mark.parametrize(("typed", "kept"), TYPED)
@pytest.mark.parametrize("way", ["open", "open a draft", "accept"])
def test_a_reference_is_tidied_once_and_is_the_same_everywhere(
    force: Staffed, way: str, typed: str, kept: str
) -> None:
    by, which = force.risk_manager, register(HARBOUR)
    if way == "accept":
        found = accept(force, escalated(force), reference=typed)
    else:
        value = document.Risk(key="x", name=said("Fog"))
        if way == "open":
            value = value.model_copy(update={"reference": said(typed)})
            made = changes.open_risk(by=by, register=which, value=value, effective_on=MAY)
        else:
            made = changes.draft_risk(by=by, register=which, value=value, effective_on=MAY)
            version = Risk.objects.get(pk=made).version
            changes.open_draft(by=by, risk=made, version=version, reference=typed, on=MAY)
        found = Risk.objects.get(pk=made)
    assert (found.reference, found.key) == (kept, kept)
    assert queries.version_as_at(found.pk).reference == kept
    assert queries.key_of(by, found.pk) == kept


@pytest.mark.parametrize("typed", ["lh1", " LH1", "ＬＨ1", "LH1\u00a0"])
def test_two_that_are_one_once_tidied_are_refused_however_they_are_given(force: Staffed, typed: str) -> None:
    by, which = force.risk_manager, register(HARBOUR)
    value = document.Risk(key="x", name=said("Fog"), reference=said(typed))
    with pytest.raises(Invalid, match="never used again"):
        changes.open_risk(by=by, register=which, value=value, effective_on=MAY)
    draft = changes.draft_risk(by=by, register=which, value=value, effective_on=MAY)
    with pytest.raises(Invalid, match="never used again"):
        changes.open_draft(by=by, risk=draft, version=1, reference=typed, on=MAY)
    with pytest.raises(Invalid, match="never used again"):
        accept(force, escalated(force), reference=typed)


def test_a_reference_is_never_used_again_not_even_in_another_register(force: Staffed) -> None:
    close(force)
    for where in (HARBOUR, CORPORATE):
        with pytest.raises(Invalid, match="never used again"):
            changes.open_risk(
                by=force.risk_manager, register=register(where), value=a_risk("LH1"), effective_on=JUNE
            )
    assert queries.suggested_reference(force.risk_manager, HARBOUR) == "LH4"


# --- Closing and reopening ----------------------------------------------------------------------------------


def test_a_risk_that_was_reopened_was_still_closed_in_between(force: Staffed) -> None:
    close(force, on=MAY)
    reopen(force, on=JULY)
    assert keys(force) == ["LH1", "LH2", "LH3"]
    assert keys(force, clock=Clock(APRIL)) == ["LH1", "LH2", "LH3"]
    assert keys(force, clock=Clock(JUNE)) == ["LH2", "LH3"]
    assert [each.state for each in queries.states(force.auditor, risk().pk)] == ["open", "closed", "open"]


def test_a_risk_that_was_closed_before_states_were_kept_stays_closed_in_between(force: Staffed) -> None:
    close(force, on=MAY)
    forget_the_states()
    reopen(force, on=JULY)
    assert keys(force, clock=Clock(JUNE)) == ["LH2", "LH3"]
    assert keys(force, clock=Clock(APRIL)) == ["LH1", "LH2", "LH3"]


def forget_the_states() -> None:
    """As a database of before the states were kept: without any row of them."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            connection.check_constraints()  # a table with checks still to come cannot be altered
            cursor.execute("ALTER TABLE register_riskstate DISABLE TRIGGER USER")
        else:
            cursor.execute(
                "SELECT name FROM sqlite_master WHERE type='trigger' AND tbl_name='register_riskstate'"
            )
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP TRIGGER {name}")
        cursor.execute("DELETE FROM register_riskstate")


def test_a_closed_risk_says_nothing_more_until_it_is_reopened(force: Staffed) -> None:
    close(force)
    found = risk()
    change = {"by": force.risk_manager, "risk": found.pk, "version": found.version, "effective_on": JUNE}
    with pytest.raises(Refused, match="Reopen it first"):
        changes.correct_risk(path="owner", text="Pilot", **change)  # type: ignore[arg-type]


MOVES: dict[str, Callable[[Staffed, Risk], Any]] = {
    "close": lambda force, found: changes.close_risk(
        by=force.risk_manager, risk=found.pk, version=1, closed_on=MAY, reason=""
    ),
    "escalate": lambda force, found: changes.escalate(
        by=force.risk_manager,
        risk=found.pk,
        version=1,
        to_register=register(CORPORATE),
        on=MAY,
        reason="",
    ),
    "merge": lambda force, found: changes.merge_risk(
        by=force.risk_manager, risk=found.pk, version=1, into=risk("LH2").pk, on=MAY, reason=" "
    ),
}


@pytest.mark.parametrize("move", MOVES)
def test_a_move_that_needs_a_reason_is_refused_without_one(force: Staffed, move: str) -> None:
    before = history.head(force.auditor)
    with pytest.raises(Invalid, match="Say why"):
        MOVES[move](force, risk())
    assert history.head(force.auditor) == before


def test_the_second_to_move_a_risk_is_told_that_it_moved(force: Staffed) -> None:
    close(force)
    with pytest.raises(Stale):
        changes.close_risk(by=force.risk_manager, risk=risk().pk, version=1, closed_on=JUNE, reason="Again.")


def test_an_owner_neither_closes_nor_merges_their_own_risk(force: Staffed) -> None:
    found = risk()
    changes.set_owner(by=force.risk_manager, risk=found.pk, version=1, post=force.owner_post, on=MAY)
    for change in (
        lambda: changes.close_risk(by=force.owner, risk=found.pk, version=2, closed_on=MAY, reason="Done."),
        lambda: changes.merge_risk(
            by=force.owner, risk=found.pk, version=2, into=risk("LH2").pk, on=MAY, reason="One."
        ),
    ):
        with pytest.raises(Refused, match="may change risks"):
            change()


# --- Escalation ---------------------------------------------------------------------------------------------


def test_an_escalated_risk_waits_until_the_register_above_accepts_it(force: Staffed) -> None:
    there = escalated(force)
    assert (risk().state, there.state) == ("escalated", "draft")
    assert keys(force, CORPORATE) == []
    assert [each.offered_by for each in queries.drafts(force.risk_manager, CORPORATE)] == [
        "Harbour risk register"
    ]
    accept(force, there)
    assert keys(force, CORPORATE) == ["C1"]
    assert keys(force) == ["LH1", "LH2", "LH3"]


def test_the_register_above_has_its_own_judgement_and_the_source_s_words(force: Staffed) -> None:
    above = accept(force, escalated(force))
    changes.assess(
        by=force.risk_manager,
        risk=above.pk,
        version=above.version,
        stage="residual",
        rating="Low",
        rationale="Seen from above",
        on=JUNE,
    )
    changes.correct_risk(
        by=force.risk_manager,
        risk=risk().pk,
        version=risk().version,
        path="cause",
        text="A storm",
        effective_on=JUNE,
    )
    shown = queries.document(force.auditor, CORPORATE).risks[0]
    assert shown.reference.text == "C1"
    assert shown.name.text == "Lighthouse rota LH1"
    assert shown.cause.text == "A storm"
    assert [(each.stage, each.rating.text) for each in shown.assessments] == [("residual", "Low")]
    below = queries.document(force.auditor, HARBOUR).risk("LH1")
    assert below is not None
    assert below.standing is not None
    assert below.standing.rating.text == "High"
    assert queries.risk(force.auditor, CORPORATE, "C1").value.cause.text == "A storm"


def test_the_register_above_stores_no_word_of_the_source(force: Staffed) -> None:
    above = accept(force, escalated(force))
    page = queries.risk(force.risk_manager, CORPORATE, "C1")
    value = page.value.model_copy(update={"trends": (document.Trend(period="Q1", movement="steady"),)})
    changes.amend_risk(
        by=force.risk_manager, risk=above.pk, version=above.version, value=value, effective_on=JUNE
    )
    stored = queries.value_of(above)
    assert [each.period for each in stored.trends] == ["Q1"]
    assert not stored.name.recorded
    assert not stored.controls


def test_the_words_of_an_escalated_risk_are_changed_where_it_came_from(force: Staffed) -> None:
    above = accept(force, escalated(force))
    with pytest.raises(Refused, match="said where it came from"):
        changes.correct_risk(
            by=force.risk_manager,
            risk=above.pk,
            version=above.version,
            path="cause",
            text="Somebody else",
            effective_on=JUNE,
        )


def test_a_returned_risk_is_open_again_where_it_came_from(force: Staffed) -> None:
    there = escalated(force)
    changes.return_escalation(
        by=force.risk_manager, risk=there.pk, version=there.version, on=JUNE, reason="Yours to hold."
    )
    assert risk().state == "open"
    assert Risk.objects.get(pk=there.pk).state == "closed"
    assert queries.states(force.auditor, risk().pk)[0].reason == "Yours to hold."
    assert keys(force, CORPORATE) == []


def test_a_risk_that_was_brought_back_stands_above_as_it_then_was(force: Staffed) -> None:
    accept(force, escalated(force), on=MAY)
    found = risk()
    changes.bring_back(
        by=force.risk_manager, risk=found.pk, version=found.version, on=JUNE, reason="It is held now."
    )
    changes.correct_risk(
        by=force.risk_manager,
        risk=found.pk,
        version=risk().version,
        path="cause",
        text="Later words",
        effective_on=JULY,
    )
    assert keys(force, CORPORATE) == []
    assert keys(force, CORPORATE, Clock(MAY)) == ["C1"]
    gone = queries.risk(force.auditor, CORPORATE, "C1")
    assert gone.value.name.text == "Lighthouse rota LH1"
    assert not gone.value.cause.recorded


def test_a_risk_escalated_twice_has_its_words_from_the_first(force: Staffed) -> None:
    changes.open_register(by=force.administrator, name="Regional register")
    middle = accept(force, escalated(force))
    top = changes.escalate(
        by=force.risk_manager,
        risk=middle.pk,
        version=middle.version,
        to_register=register("regional-register"),
        on=JUNE,
        reason="Beyond the force.",
    )
    waiting = Risk.objects.get(pk=top)
    changes.accept_escalation(
        by=force.risk_manager, risk=top, version=waiting.version, reference="R9", on=JUNE
    )
    assert queries.document(force.auditor, "regional-register").risks[0].name.text == "Lighthouse rota LH1"
    found = risk()
    with pytest.raises(Refused, match="escalated further"):
        changes.bring_back(
            by=force.risk_manager, risk=found.pk, version=found.version, on=JULY, reason="Down."
        )


def test_an_escalated_risk_is_not_closed_or_merged_while_it_stands_above(force: Staffed) -> None:
    above = accept(force, escalated(force))
    with pytest.raises(Refused, match="bring it back first"):
        close(force, on=JULY)
    with pytest.raises(Refused, match="leaves as it came"):
        changes.close_risk(
            by=force.risk_manager, risk=above.pk, version=above.version, closed_on=JULY, reason="Gone."
        )


# --- Merging ------------------------------------------------------------------------------------------------


def test_a_merged_risk_keeps_its_history_and_its_links_show_on_the_survivor(force: Staffed) -> None:
    one, other, third = risk("LH1"), risk("LH2"), risk("LH3")
    changes.link_risks(by=force.risk_manager, source=one.pk, target=third.pk, kind="causes", from_on=APRIL)
    changes.merge_risk(
        by=force.risk_manager, risk=one.pk, version=1, into=other.pk, on=JUNE, reason="One and the same."
    )
    assert keys(force) == ["LH2", "LH3"]
    assert keys(force, clock=Clock(MAY)) == ["LH1", "LH2", "LH3"]
    assert queries.risk(force.auditor, HARBOUR, "LH1").state == "merged"
    assert [each.key for each in queries.merged_into(force.auditor, other.pk)] == ["LH1"]
    shown = queries.links(force.auditor, other.pk).rows
    assert [(each.words, each.other_key, each.through) for each in shown] == [("causes", "LH3", str(one))]
    assert queries.merged_into(force.auditor, other.pk, Clock(MAY)) == ()


def test_a_risk_is_not_merged_into_itself_nor_into_one_that_is_gone(force: Staffed) -> None:
    close(force, "LH2")
    for into in ("LH1", "LH2"):
        with pytest.raises(Invalid, match="choose"):
            changes.merge_risk(
                by=force.risk_manager,
                risk=risk().pk,
                version=1,
                into=risk(into).pk,
                on=JUNE,
                reason="One.",
            )


def test_everything_that_was_done_verifies(force: Staffed) -> None:
    accept(force, escalated(force))
    close(force, "LH2")
    reopen(force, "LH2", on=JULY)
    assert history.verify(force.administrator).faults == ()


def test_a_risk_is_not_brought_back_before_the_register_above_took_it(force: Staffed) -> None:
    march, july = date(2026, 5, 31), date(2026, 7, 31)
    above = accept(force, escalated(force, on=march), on=july)
    found = risk()
    with pytest.raises(Invalid, match="open in Corporate register since 31 July 2026") as told:
        changes.bring_back(
            by=force.risk_manager,
            risk=found.pk,
            version=found.version,
            on=date(2026, 6, 30),
            reason="Too early.",
        )
    assert told.value.field == "on"
    assert Risk.objects.get(pk=above.pk).state == "open"


def test_one_risk_of_several_that_cannot_be_said_of_that_day_stops_none_of_the_others(force: Staffed) -> None:
    late = changes.open_risk(
        by=force.risk_manager,
        register=register(HARBOUR),
        value=a_risk("LH9"),
        effective_on=date(2026, 7, 31),
    )
    looked = [changes.Looked(each.pk, each.version) for each in (risk(), Risk.objects.get(pk=late))]
    done = changes.edit_risks(
        by=force.risk_manager,
        looked=looked,
        told=[changes.Told("status", "watched")],
        effective_on=date(2026, 6, 30),
    )
    assert [each.state for each in done] == ["changed", "refused"]
    assert done[1].sentence
    assert Risk.objects.get(pk=late).version == looked[1].version


def test_a_move_or_judgement_of_a_day_that_has_not_come_is_refused(force: Staffed) -> None:
    ahead = date(2999, 1, 1)
    with pytest.raises(Invalid, match="from 1900 to 2100"):
        close(force, on=ahead)
    soon = date(2099, 1, 1)
    for move in (close, escalated):
        with pytest.raises(Invalid, match="1 January 2099 has not come yet"):
            move(force, on=soon)
    close(force)
    with pytest.raises(Invalid, match="has not come yet"):
        reopen(force, on=soon)
