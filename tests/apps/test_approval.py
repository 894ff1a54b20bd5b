"""A public paper takes two people; what was approved is what goes out; what was withdrawn is gone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone

from cast import APPOINTED, JUNE, MARCH, PASSWORD, Staffed, a_paper, a_risk, accepted, digest, said
from once import made_once
from watchkeep.apps.history import queries as history
from watchkeep.apps.history.changes import recording
from watchkeep.apps.people import changes as people
from watchkeep.apps.people.models import Holding
from watchkeep.apps.people.queries import actor_of
from watchkeep.apps.publication import changes, queries
from watchkeep.apps.publication.models import Edition
from watchkeep.apps.publication.queries import Asked
from watchkeep.apps.register.models import Register, Risk
from watchkeep.domain.clock import Clock
from watchkeep.domain.edition import NOTHING_BESIDES, Front
from watchkeep.domain.edition_state import KINDS, MOVES
from watchkeep.domain.errors import Missing, Refused, Withdrawn
from watchkeep.domain.marking import Said
from watchkeep.domain.people import Actor
from watchkeep.formats.writers import KINDS as WRITTEN
from watchkeep.formats.writers import Kind, write

WAITING, APPROVERS = 5, 9  # statements, however many editions wait and people there are

pytestmark = pytest.mark.django_db


@pytest.fixture
@made_once
def ready(staffed: Staffed) -> Staffed:
    accepted(staffed)
    return staffed


def frozen(by: Actor, audience: Any = "public", **asked: Any) -> UUID:
    which = changes.freeze(by=by, register=Register.objects.get().pk, audience=audience, asked=Asked(**asked))
    attach(by, which)
    return which


def attach(by: Actor, which: UUID, kind: str = "pdf") -> None:
    changes.attach_file(
        by=by, edition=which, kind=kind, sha256=digest(f"{which}{kind}"), size=9, name=f"paper.{kind}"
    )


def shell(force: Staffed) -> Actor:
    return replace(force.administrator, kind="command", id="bob", name="bob at the command line")


def refused(person: UUID, which: UUID) -> str:
    with pytest.raises(Refused) as problem:
        changes.approve(by=actor_of(person), edition=which)
    return problem.value.sentence


def state(which: UUID) -> str:
    return Edition.objects.get(pk=which).state


def test_every_form_that_is_written_may_be_attached() -> None:
    assert set(WRITTEN) <= set(KINDS)


def test_every_way_leads_to_withdrawn_and_none_back() -> None:
    for moves in MOVES.values():
        assert moves["withdrawn"] == ()
        assert "frozen" not in {to for each in moves.values() for to in each}


def test_the_public_has_a_paper_once_another_person_approved_it(ready: Staffed) -> None:
    which = frozen(ready.risk_manager)
    with pytest.raises(Refused, match="a second person who may publish approves it first"):
        changes.publish(by=ready.administrator, edition=which)
    changes.approve(by=ready.secretary, edition=which)
    with pytest.raises(Missing):
        queries.edition_file(ready.reader, which, "pdf")
    with pytest.raises(Refused, match="no other file"):
        attach(ready.risk_manager, which, "csv")
    changes.publish(by=ready.risk_manager, edition=which)
    assert queries.edition_file(ready.reader, which, "pdf").sha256 == digest(f"{which}pdf")
    row = queries.edition(ready.reader, which)
    assert (row.state, row.frozen_by, row.approved_by) == ("published", "Runa Quay", "Siv Minute")
    assert history.verify(ready.administrator).holds


def test_who_froze_it_does_not_approve_it_under_any_role(ready: Staffed) -> None:
    which = frozen(ready.risk_manager)
    same = [ready.risk_manager, replace(ready.risk_manager, role="administrator", name="R. Quay")]
    for by in same:
        with pytest.raises(Refused, match="a second person"):
            changes.approve(by=by, edition=which)
    people.change_role(
        by=ready.administrator, person=UUID(ready.risk_manager.id), role="board secretary", version=1
    )
    with pytest.raises(Refused, match="a second person"):
        changes.approve(by=actor_of(ready.risk_manager.id), edition=which)
    assert state(which) == "frozen"


def test_a_deputy_of_who_froze_it_is_no_second_person(ready: Staffed) -> None:
    secretary = ready.people["secretary"].pk
    post = people.open_post(by=ready.administrator, title="Head of Papers")
    people.appoint(by=ready.administrator, post=post, person=UUID(ready.risk_manager.id), from_on=APPOINTED)
    people.appoint(by=ready.administrator, post=post, person=secretary, from_on=APPOINTED, deputy=True)
    which = frozen(actor_of(ready.risk_manager.id))
    with pytest.raises(Refused, match="answers for the same post"):
        changes.approve(by=actor_of(secretary), edition=which)
    changes.approve(by=ready.administrator, edition=which)


@pytest.mark.parametrize("who", ["reader", "owner", "board_member", "auditor", "action_owner"])
def test_who_may_not_publish_may_not_approve(ready: Staffed, who: str) -> None:
    which = frozen(ready.risk_manager)
    with pytest.raises((Refused, Missing)):
        changes.approve(by=getattr(ready, who), edition=which)
    with pytest.raises(Missing):
        changes.approve(by=ready.stranger, edition=which)


@pytest.mark.parametrize("by", ["administrator", "shell"])
def test_nobody_makes_their_own_second_person_after_the_freeze(ready: Staffed, by: str) -> None:
    which = frozen(ready.risk_manager)
    maker = ready.administrator if by == "administrator" else shell(ready)
    reader, secretary = ready.people["owner"].pk, ready.people["secretary"].pk
    people.change_role(by=maker, person=reader, role="risk manager", version=1)
    people.change_password(by=maker, person=secretary, password="another long password")
    for person in (reader, secretary):
        assert "newer than this edition" in refused(person, which)
    changes.approve(by=ready.administrator, edition=which)


def test_whose_account_or_right_or_password_is_the_authors_is_no_second_person(ready: Staffed) -> None:
    by = ready.administrator
    second = people.add_person(
        by=shell(ready), name="Una Second", email="una@calder.test", role="board secretary", password=PASSWORD
    )
    third = people.add_person(
        by=shell(ready), name="Ulf Third", email="ulf@calder.test", role="board secretary", password=PASSWORD
    )
    people.change_role(by=by, person=second.pk, role="risk manager")
    people.change_password(by=by, person=third.pk, password="another long password")
    fifth = people.add_person(
        by=shell(ready), name="Uwe Fifth", email="uwe@calder.test", role="board secretary", password=PASSWORD
    )
    which = frozen(by)
    assert queries.approvers(by, which) == (fifth.name,)
    for person in (ready.people["secretary"].pk, second.pk, third.pk):
        assert "from Edda Holm, who froze this edition" in refused(person, which)
    fourth = people.add_person(
        by=shell(ready), name="Ute Fourth", email="ute@calder.test", role="board secretary", password=PASSWORD
    )
    assert "newer than this edition" in refused(fourth.pk, which)
    again = frozen(by, since="none", order="worst first")
    changes.approve(by=actor_of(fourth.pk), edition=again)


def test_a_password_that_is_ones_own_again_is_nobody_elses(ready: Staffed) -> None:
    third = people.add_person(
        by=shell(ready), name="Ulf Third", email="ulf@calder.test", role="board secretary", password=PASSWORD
    )
    people.change_password(by=ready.administrator, person=third.pk, password="another long password")
    with pytest.raises(Refused, match="Give a second person a role"):
        frozen(ready.administrator)
    people.change_password(by=actor_of(third.pk), person=third.pk, password="a third long password")
    changes.approve(by=actor_of(third.pk), edition=frozen(ready.administrator))


@pytest.mark.parametrize("day", [timezone.localdate(), date(2025, 1, 1)])  # ended now, or said to be long ago
def test_a_deputy_of_the_day_of_the_freeze_stays_one(ready: Staffed, day: date) -> None:
    secretary, by = ready.people["secretary"].pk, ready.administrator
    post = people.open_post(by=by, title="Head of Papers")
    people.appoint(by=by, post=post, person=UUID(ready.risk_manager.id), from_on=APPOINTED)
    people.appoint(by=by, post=post, person=secretary, from_on=APPOINTED, deputy=True)
    which = frozen(actor_of(ready.risk_manager.id))
    deputy = Holding.objects.get(post_id=post, deputy=True)
    people.end_holding(by=by, holding=deputy.pk, on=day, reason="x")
    assert not Holding.objects.filter(post_id=post, deputy=True, until_on=None).exists()
    assert "answers for the same post" in refused(secretary, which)


def test_an_edition_whose_author_is_not_on_record_is_approved_by_nobody(ready: Staffed) -> None:
    which = frozen(ready.risk_manager)
    with recording(by=ready.administrator, verb="as it was before"):
        old = Edition.objects.get(pk=which)
        old.frozen_by = old.frozen_by_name = old.frozen_posts = ""
        old.save()
    for who in ("secretary", "administrator"):
        assert "freeze it anew" in refused(ready.people[who].pk, which)
    assert queries.approvers(ready.secretary, which) == ()


def test_the_command_line_freezes_nothing_for_the_public(ready: Staffed) -> None:
    with pytest.raises(Refused, match="a person who has proved who they are"):
        frozen(shell(ready))
    assert frozen(shell(ready), "committee")


@pytest.mark.parametrize("count", [1, 4])
def test_what_waits_is_found_in_a_fixed_number_of_statements(
    ready: Staffed, django_assert_num_queries: Any, count: int
) -> None:
    post = people.open_post(by=ready.administrator, title="Head of Papers")
    people.appoint(by=ready.administrator, post=post, person=UUID(ready.risk_manager.id), from_on=APPOINTED)
    for number in range(count):
        frozen(actor_of(ready.risk_manager.id))
        people.add_person(
            by=shell(ready), name=f"N {number}", email=f"n{number}@calder.test", role="risk manager"
        )
    with django_assert_num_queries(WAITING):
        assert len(queries.awaiting(ready.secretary)) == count
    with django_assert_num_queries(APPROVERS):
        assert queries.approvers(ready.secretary, Edition.objects.earliest("number").pk)


def test_who_publishes_elsewhere_prepares_nothing_here(ready: Staffed) -> None:
    reader = ready.people["reader"].pk
    other = people.open_unit(by=ready.administrator, name="Elsewhere")
    people.grant_role(
        by=ready.administrator, person=reader, role="board secretary", unit=other, from_on=APPOINTED
    )
    risk = Risk.objects.get(key="LH1").pk
    closed = Said("internal", "section 31", "It tells where nobody watches.", None, date(2030, 4, 1))
    changes.mark(by=ready.risk_manager, risk=risk, field="description", said=closed)
    then = Clock(as_at=MARCH)
    with pytest.raises(Refused, match="may publish papers here"):
        queries.prepared(actor_of(reader), Register.objects.get().pk, "public", Asked())
    assert queries.markings_due(actor_of(reader), then) == ()
    assert len(queries.markings_due(ready.secretary, then)) == 1


def test_the_command_line_is_no_second_person(ready: Staffed) -> None:
    which = frozen(ready.risk_manager)
    operator = replace(ready.administrator, kind="command", id="root")
    with pytest.raises(Refused, match="signed in"):
        changes.approve(by=operator, edition=which)


def test_where_one_person_alone_may_publish_nothing_is_frozen_for_the_public(force: Any) -> None:
    accepted(force)
    with pytest.raises(Refused, match="Give a second person a role"):
        changes.freeze(by=force.administrator, register=Register.objects.get().pk, audience="public")
    assert changes.freeze(by=force.administrator, register=Register.objects.get().pk, audience="committee")


def test_a_committee_needs_no_second_person(ready: Staffed) -> None:
    which = frozen(ready.risk_manager, "committee")
    with pytest.raises(Refused, match="without another's approval"):
        changes.approve(by=ready.secretary, edition=which)
    changes.publish(by=ready.risk_manager, edition=which)


def test_a_withdrawn_paper_says_what_it_was_and_gives_nothing(ready: Staffed) -> None:
    which = frozen(ready.risk_manager, "committee", front=Front(purpose="To note"))
    changes.publish(by=ready.risk_manager, edition=which)
    changes.withdraw(by=ready.risk_manager, edition=which, reason="A figure was wrong.")
    with pytest.raises(Withdrawn, match=r"edition 1, frozen on .* was withdrawn on .*: A figure was wrong"):
        queries.edition_file(ready.reader, which, "pdf")
    for who in (ready.reader, ready.risk_manager, ready.administrator):
        with pytest.raises(Withdrawn):
            queries.frozen(who, which)
    (row,) = queries.editions(ready.reader)
    assert (row.number, row.state) == (1, "withdrawn")


def test_a_paper_carries_its_front_sheet_and_order_and_what_is_new(ready: Staffed) -> None:
    front = Front(meeting="Harbour Board", meeting_on=MARCH, recommendations=("Note the register",))
    first = frozen(ready.risk_manager, "committee", front=front, order="worst first")
    changes.publish(by=ready.risk_manager, edition=first)
    _, facts = queries.frozen(ready.auditor, first)
    assert (facts.matter.front, facts.order, facts.matter.since) == (front, "worst first", None)
    later = a_paper(a_risk("LH1"), a_risk("LH2"), a_risk("LH9"), day=JUNE, words="june")
    accepted(ready, later, "june")
    second = frozen(ready.risk_manager, "committee")
    new = queries.frozen(ready.risk_manager, second)[1].matter.since
    assert new is not None
    assert [each.key for each in new.new] == ["LH9"]
    assert new.earlier.startswith("edition 1, frozen on ")
    assert (
        queries.frozen(ready.risk_manager, frozen(ready.risk_manager, "committee", since="none"))[
            1
        ].matter.since
        is None
    )


def test_another_audiences_paper_a_withdrawn_and_an_unpublished_one_are_not_compared_with(
    ready: Staffed,
) -> None:
    other, gone = frozen(ready.risk_manager, "internal"), frozen(ready.risk_manager, "committee")
    for which in (other, gone):
        changes.publish(by=ready.risk_manager, edition=which)
    changes.withdraw(by=ready.risk_manager, edition=gone, reason="Wrong.")
    frozen(ready.risk_manager, "committee")
    last = frozen(ready.risk_manager, "committee")
    assert queries.frozen(ready.risk_manager, last)[1].matter.since is None


def test_what_was_marked_since_the_last_paper_is_not_told_again_by_the_next(ready: Staffed) -> None:
    first = frozen(ready.risk_manager, "committee")
    changes.publish(by=ready.risk_manager, edition=first)
    closed = Said("internal", "section 31", "It tells where nobody watches.")
    for key, field in (("LH1", "controls:0"), ("LH2", "description"), ("LH3", "")):
        risk = Risk.objects.get(key=key).pk
        changes.mark(by=ready.risk_manager, risk=risk, field=field, said=closed)
    kept = [a_risk("LH1", name=said("Fog")), a_risk("LH2"), a_risk("LH3")]
    accepted(ready, a_paper(*kept, day=JUNE, words="june"), "june")
    asked = Asked(despite="The same words are told of other lights.")
    new = queries.prepared(ready.risk_manager, Register.objects.get().pk, "committee", asked).matter.since
    assert new is not None
    text = new.model_dump_json()
    assert "Fog" in text
    for withheld in ("Weekly count", "Too few keepers", "LH3", "Lighthouse rota LH3"):
        assert withheld not in text


def test_an_edition_of_before_papers_carried_more_has_nothing_besides(ready: Staffed) -> None:
    which = frozen(ready.risk_manager, "committee")
    with recording(by=ready.administrator, verb="as it was before"):
        old = Edition.objects.get(pk=which)
        old.matter = ""
        old.save()
    assert queries.frozen(ready.risk_manager, which)[1].matter == NOTHING_BESIDES


def test_the_edition_of_two_quarters_ago_is_made_again_from_what_is_stored(
    ready: Staffed,
) -> None:
    by = ready.risk_manager
    front = Front(meeting="Harbour Board", purpose="To note", recommendations=("Note it",))
    old = frozen(by, "committee", front=front, order="worst first")
    value, facts = queries.frozen(by, old)
    kinds: tuple[Kind, ...] = ("html", "csv", "json", "docx", "xlsx")
    first = {kind: write(value, kind, edition=facts) for kind in kinds}
    changes.publish(by=by, edition=old)
    for number, day in enumerate((JUNE, date(2031, 9, 30)), start=1):
        risks = (a_risk("LH1", owner=said(f"Pilot {number}")), a_risk(f"LH{number + 6}"))
        accepted(ready, a_paper(*risks, day=day, words=f"later {number}"), f"later {number}")
        changes.publish(by=by, edition=frozen(by, "committee"))
    value, facts = queries.frozen(by, old)
    assert {kind: write(value, kind, edition=facts) for kind in kinds} == first


def test_a_withdrawn_public_paper_is_given_in_no_form(ready: Staffed) -> None:
    which = frozen(ready.risk_manager)
    for kind in ("html", "csv"):
        attach(ready.risk_manager, which, kind)
    changes.approve(by=ready.secretary, edition=which)
    changes.publish(by=ready.risk_manager, edition=which)
    changes.withdraw(by=ready.secretary, edition=which, reason="A name stood in it.")
    for who in (ready.reader, ready.administrator):
        for kind in KINDS:
            with pytest.raises(Withdrawn):
                queries.edition_file(who, which, kind)
    for act in (changes.publish, changes.approve):
        with pytest.raises(Refused, match="withdrawn"):
            act(by=ready.administrator, edition=which)
