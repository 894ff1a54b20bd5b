"""Who may read what of a risk: said by rules that hold from a day, narrowed by many and opened by few."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone

from cast import JUNE, Staffed, a_paper, a_risk, accepted, said
from watchkeep.apps.history import queries as history
from watchkeep.apps.publication import changes, queries
from watchkeep.apps.publication.models import Edition
from watchkeep.apps.publication.queries import Asked
from watchkeep.apps.register.changes import set_owner
from watchkeep.apps.register.models import Register, Risk
from watchkeep.apps.treatment import changes as treatment
from watchkeep.domain.clock import Clock
from watchkeep.domain.commitment import Promise
from watchkeep.domain.document import Item, PartedField
from watchkeep.domain.errors import Invalid, Missing, Refused
from watchkeep.domain.marking import Said

pytestmark = pytest.mark.django_db
PAST = date(2025, 3, 31)
SLUG = "harbour-risk-register"
CLOSED = Said("internal", "section 31(1)(a)", "It tells where nobody watches.")
OPEN = Said("public")


def risk(key: str = "LH1") -> UUID:
    return Risk.objects.get(key=key).pk


def mark(staffed: Staffed, field: str, said: Said = CLOSED, **more: Any) -> UUID:
    given = {"by": staffed.administrator, "risk": risk()} | more
    return changes.mark(field=field, said=said, **given)


def rules(staffed: Staffed, clock: Clock = Clock()) -> list[tuple[str, str]]:  # noqa: B008 (frozen)
    found = queries.document_for(staffed.administrator, SLUG, clock).risk("LH1")
    assert found is not None
    return [(each.field, each.readers) for each in found.rules]


def frozen(staffed: Staffed, audience: Any = "public", **asked: Any) -> str:
    """Frozen by somebody who was shown what stands in its way."""
    by, register = staffed.risk_manager, Register.objects.get().pk
    shown = queries.prepared(by, register, audience, Asked(**asked)).gate.digest
    which = changes.freeze(by=by, register=register, audience=audience, asked=Asked(**asked, seen=shown))
    return Edition.objects.get(pk=which).document


def distinct(*references: str) -> tuple[Any, ...]:
    """Risks that have no words in common, so that nothing of one is told by another."""
    return tuple(
        a_risk(
            each,
            name=said(f"Loss of {each}"),
            description=PartedField(state="recorded", text=f"What {each} alone would bring upon {each} folk"),
            controls=(Item(state="recorded", text=f"Only {each} is kept by {each} watches"),),
        )
        for each in references
    )


def test_a_rule_stands_in_the_document_and_keeps_its_field_from_the_public(staffed: Staffed) -> None:
    accepted(staffed, a_paper(*distinct("LH1", "LH2")))
    mark(staffed, "description", replace(CLOSED, readers="committee"))
    assert rules(staffed) == [("description", "committee")]
    assert "LH1 alone would" not in frozen(staffed)
    assert "LH2 alone would" in frozen(staffed)
    assert "LH1 alone would" in frozen(staffed, "committee")


def test_a_whole_risk_is_kept_back_with_its_reference(staffed: Staffed) -> None:
    accepted(staffed, a_paper(*distinct("LH1", "LH2")))
    mark(staffed, "")
    assert "LH1" not in frozen(staffed, "committee")


def test_a_marked_line_is_known_by_its_words_wherever_it_stands_later(staffed: Staffed) -> None:
    accepted(staffed)
    mark(staffed, "controls:1")
    assert rules(staffed) == [("controls:1", "internal")]
    spare, count = a_risk("LH1").controls[1], a_risk("LH1").controls[0]
    accepted(staffed, a_paper(a_risk("LH1", controls=(spare, count)), day=JUNE, words="june"), "june")
    assert rules(staffed) == [("controls:0", "internal")]


def test_a_marked_line_with_other_words_closes_its_whole_list(staffed: Staffed) -> None:
    accepted(staffed)
    mark(staffed, "controls:1")
    other = Item(state="recorded", text="A lamp is kept in a shed")
    accepted(staffed, a_paper(a_risk("LH1", controls=(other,)), day=JUNE, words="june"), "june")
    assert rules(staffed) == [("controls", "internal")]


def test_a_promise_is_marked_by_its_reference(staffed: Staffed) -> None:
    accepted(staffed)
    which = treatment.promise(
        by=staffed.administrator, kind="action", value=Promise("Move the boat"), risk=risk()
    )
    mark(staffed, "promises:P1")
    assert rules(staffed) == [(f"promises:{which}", "internal")]
    assert "Move the boat" not in frozen(staffed, "committee")


@pytest.mark.parametrize("who", ["owner", "deputy", "secretary", "risk_manager", "administrator"])
def test_who_answers_for_a_risk_or_publishes_it_may_narrow_its_readers(staffed: Staffed, who: str) -> None:
    accepted(staffed, a_paper(day=PAST))
    set_owner(by=staffed.risk_manager, risk=risk(), version=1, post=staffed.owner_post, on=PAST)
    assert mark(staffed, "cause", by=getattr(staffed, who))


@pytest.mark.parametrize("who", ["other_owner", "action_owner", "board_member", "auditor", "reader"])
def test_nobody_else_may(staffed: Staffed, who: str) -> None:
    accepted(staffed)
    with pytest.raises(Refused):
        mark(staffed, "cause", by=getattr(staffed, who))
    with pytest.raises((Refused, Missing)):
        mark(staffed, "cause", by=staffed.stranger)


def test_more_readers_take_somebody_who_publishes_and_a_reason(staffed: Staffed) -> None:
    accepted(staffed)
    rule = mark(staffed, "cause")
    with pytest.raises(Invalid, match="Say why more people"):
        mark(staffed, "cause", replace(CLOSED, readers="committee"))
    with pytest.raises(Invalid, match="Say why more people"):
        changes.unmark(by=staffed.administrator, marking=rule, reason=" ")
    with pytest.raises(Refused):
        changes.unmark(by=staffed.owner, marking=rule, reason="It is known.")
    operator = replace(staffed.administrator, kind="command", name="root at the command line")
    with pytest.raises(Refused, match="Name the person"):
        changes.unmark(by=operator, marking=rule, reason="It is known.")
    person = staffed.people["secretary"]
    changes.unmark(by=operator, marking=rule, reason="It is known.", decided_by=person.pk)
    assert rules(staffed) == []
    told = history.entries(staffed.administrator, subject=("risk", str(risk()))).rows[0]
    assert (told.verb, told.reason) == ("take a marking off", "It is known.")


def test_a_rule_needs_a_ground_a_harm_and_a_field_that_is_there(staffed: Staffed) -> None:
    accepted(staffed)
    for said_badly in (replace(CLOSED, exemption=""), replace(CLOSED, harm=" ")):
        with pytest.raises(Invalid):
            mark(staffed, "cause", said_badly)
    with pytest.raises(Invalid, match="still ahead"):
        mark(staffed, "cause", replace(CLOSED, look_again_on=timezone.localdate()))
    for field in ("no such", "controls:9", "promises:P9", "rules"):
        with pytest.raises(Invalid, match="nothing called"):
            mark(staffed, field)


def test_a_rule_to_be_looked_at_again_is_due_and_still_holds(staffed: Staffed) -> None:
    accepted(staffed, a_paper(day=PAST))
    tomorrow = timezone.localdate() + timedelta(days=1)
    mark(staffed, "cause", replace(CLOSED, look_again_on=tomorrow))
    assert queries.markings_due(staffed.administrator) == ()
    (due,) = queries.markings_due(staffed.administrator, Clock(as_at=tomorrow))
    assert (due.label, due.readers, due.look_again_on) == ("Cause", "internal", tomorrow)
    assert rules(staffed, Clock(as_at=tomorrow + timedelta(days=400))) == [("cause", "internal")]


def test_what_was_known_of_a_rule_at_a_moment_stays_known(staffed: Staffed) -> None:
    accepted(staffed, a_paper(day=timezone.localdate() - timedelta(days=9)))
    before = timezone.now()
    rule = mark(staffed, "cause")
    while_it_held = timezone.now()
    changes.unmark(by=staffed.administrator, marking=rule, reason="It is known.")
    assert rules(staffed, Clock(known_at=before)) == []
    assert rules(staffed, Clock(known_at=while_it_held)) == [("cause", "internal")]
    assert rules(staffed) == []
    assert history.verify(staffed.administrator).holds


def test_a_rule_said_anew_takes_the_place_of_the_old_one(staffed: Staffed) -> None:
    accepted(staffed)
    first = mark(staffed, "cause", replace(CLOSED, readers="committee"))
    assert mark(staffed, "cause", replace(CLOSED, readers="committee")) == first
    assert mark(staffed, "cause") != first
    assert rules(staffed) == [("cause", "internal")]


def test_the_rules_cost_as_many_statements_with_many_as_with_one(
    staffed: Staffed, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    accepted(staffed)
    mark(staffed, "cause")
    with django_assert_max_num_queries(60) as counted:
        queries.document_for(staffed.administrator, SLUG)
    for key in ("LH2", "LH3"):
        mark(staffed, "description", risk=risk(key))
    with django_assert_num_queries(len(counted)):
        queries.document_for(staffed.administrator, SLUG)


def test_a_reference_to_a_withheld_risk_refuses_the_freeze_and_names_the_place(staffed: Staffed) -> None:
    one, two = distinct("LH1", "LH2")
    linked = two.model_copy(update={"cause": said("It follows from LH1.")})
    accepted(staffed, a_paper(one, linked))
    mark(staffed, "")
    with pytest.raises(Refused, match=r"LH2 Loss of LH2: Cause holds the reference .*lh1"):
        frozen(staffed, despite="It may well stand there.")


def test_a_persons_name_stops_a_public_paper_until_somebody_says_why_it_stands(staffed: Staffed) -> None:
    one, two = distinct("LH1", "LH2")
    accepted(staffed, a_paper(one, two.model_copy(update={"cause": said("Oda Strand left.")})))
    with pytest.raises(Refused, match="may name a person, Oda Strand"):
        frozen(staffed)
    frozen(staffed, "committee")
    assert "Oda Strand" in frozen(staffed, despite="She is named in the inquiry's public report.")


def test_an_unbound_claim_of_improvement_takes_somebodys_word(staffed: Staffed) -> None:
    claim = Item(state="recorded", text="The new rota has improved attendance.")
    accepted(staffed, a_paper(a_risk("LH1", controls=(claim,))))
    for audience in ("committee", "public"):
        with pytest.raises(Refused, match="Claims of improvement rest on nothing"):
            frozen(staffed, audience)
    frozen(staffed, "internal")
    frozen(staffed, "committee", overridden="The count follows in May.")
    edition = Edition.objects.order_by("-number")[0]
    _, facts = queries.frozen(staffed.administrator, edition.pk)
    assert facts.matter.overridden == "Risk manager: The count follows in May."
    told = history.entries(staffed.administrator, subject=("edition", str(edition.pk))).rows[0]
    assert told.reason == "The count follows in May."
