"""An edition is frozen once, regenerates byte for byte, and is never changed or lost."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from cast import JUNE, PASSWORD, Force, a_force, a_paper, a_risk, accepted, digest, said
from watchkeep.apps.history import checkpoints
from watchkeep.apps.history import queries as history
from watchkeep.apps.history.changes import recording
from watchkeep.apps.people import changes as people
from watchkeep.apps.publication import changes, queries
from watchkeep.apps.publication.models import Edition
from watchkeep.apps.register import changes as register_changes
from watchkeep.apps.register import queries as register
from watchkeep.domain.checkpoint import note_of
from watchkeep.domain.document import Field
from watchkeep.domain.edition import Audience
from watchkeep.domain.errors import Invalid, Missing, Refused
from watchkeep.formats.writers import write

pytestmark = pytest.mark.django_db
HERE = Path(__file__).parent


def freeze(force: Force, audience: Audience = "internal") -> Any:
    """The force's register, frozen; for the public there is a second person who could approve it."""
    if audience == "public":
        people.add_person(  # not by whoever freezes it
            by=replace(force.administrator, kind="command", id="operator"),
            name="Siv Minute",
            email="siv@calder.test",
            role="board secretary",
            password=PASSWORD,
        )
    (row,) = register.registers(force.administrator)
    return changes.freeze(by=force.administrator, register=row.id, audience=audience)


def attach(force: Force, edition: Any, words: str = "pdf bytes", kind: str = "pdf") -> None:
    """A file of the edition."""
    changes.attach_file(
        by=force.administrator, edition=edition, kind=kind, sha256=digest(words), size=9, name="paper.pdf"
    )


def test_a_frozen_document_is_the_register_as_it_stood_then_byte_for_byte(force: Force) -> None:
    accepted(force)
    before = register.document(force.reader, "harbour-risk-register")
    edition = freeze(force)
    accepted(force, a_paper(a_risk("LH1", owner=said("Pilot")), day=JUNE, words="june"), "june")
    value, facts = queries.frozen(force.administrator, edition)
    assert value == before
    assert value.model_dump_json() == Edition.objects.get(pk=edition).document
    assert facts.title == "Harbour risk register, Q4"  # so that two editions can be told apart


def test_an_edition_as_at_an_earlier_day_tells_of_that_day_and_says_so(force: Force) -> None:
    accepted(force)
    accepted(force, a_paper(a_risk("LH1", owner=said("Pilot")), day=JUNE, words="june"), "june")
    (row,) = register.registers(force.administrator)
    asked = queries.Asked(as_at=date(2031, 5, 2))
    edition = changes.freeze(by=force.administrator, register=row.id, audience="internal", asked=asked)
    value, facts = queries.frozen(force.administrator, edition)
    assert "Pilot" not in {risk.owner.text for risk in value.risks}
    assert (value.as_at.on, value.as_at.text) == (date(2031, 5, 2), "2 May 2031")
    assert facts.as_at == date(2031, 5, 2)
    with pytest.raises(Invalid) as problem:
        changes.freeze(
            by=force.administrator,
            register=row.id,
            audience="internal",
            asked=queries.Asked(as_at=date(2031, 1, 1)),
        )
    assert problem.value.field == "as_at"


def test_words_from_after_the_covers_day_are_not_told_as_of_that_day(force: Force) -> None:
    today = timezone.localdate()
    lately = a_paper(a_risk("LH1"), day=today - timedelta(days=40), words="lately")
    accepted(force, lately, "lately")
    (row,) = register.registers(force.administrator)
    before = changes.freeze(by=force.administrator, register=row.id, audience="internal")
    assert queries.frozen(force.administrator, before)[1].as_at == today - timedelta(days=40)
    risk = register.risk(force.administrator, row.id, "LH1")
    register_changes.amend_risk(
        by=force.administrator,
        risk=risk.id,
        version=risk.version,
        value=a_risk("LH1", cause=said("Zq silt")),
        effective_on=today,
    )
    after = changes.freeze(by=force.administrator, register=row.id, audience="internal")
    value, facts = queries.frozen(force.administrator, after)
    assert value.risks[0].cause.text == "Zq silt"
    assert facts.as_at == today


def test_an_edition_prints_the_head_that_stood_before_it(force: Force) -> None:
    accepted(force)
    head = history.head(force.reader)
    assert head is not None
    edition = freeze(force)
    assert queries.frozen(force.administrator, edition)[1].ledger_head == head.digest
    assert history.verify(force.reader, head).holds


def test_the_public_reads_what_is_allowed_and_nothing_of_where_it_was_read(force: Force) -> None:
    secret = "canary-7421"
    accepted(
        force,
        a_paper(
            a_risk(
                "LH1",
                contingency=Field(state="recorded", text=secret),
                extra=({"heading": secret, "state": "recorded", "text": secret},),
                owner=Field(state="recorded", text="Harbour master", confidence=0.5, reason=secret),
            ),
            words=secret,
        ),
        secret,
    )
    value, _ = queries.frozen(force.administrator, freeze(force, "public"))
    text = value.model_dump_json()
    for kept_back in (secret, digest(secret), "paper.txt", "A stray line", "Page 1", "joined by order alone"):
        assert kept_back not in text
    assert value.risks[0].owner.text == "Harbour master"
    assert value.risks[0].controls[0].text == "Weekly count of oil"


def test_a_committee_reads_extra_columns_but_not_where_anything_was_read(force: Force) -> None:
    accepted(force)
    value, _ = queries.frozen(force.administrator, freeze(force, "committee"))
    assert value.risks[0].extra[0].text == "East mole"
    assert value.source is None
    assert value.risks[0].name.places == ()


def test_an_edition_goes_from_frozen_to_published_to_withdrawn_and_no_other_way(force: Force) -> None:
    accepted(force)
    edition = freeze(force)
    with pytest.raises(Refused, match="no files"):
        changes.publish(by=force.administrator, edition=edition)
    attach(force, edition)
    named = len(list(history.lines(force.reader)))
    changes.publish(by=force.administrator, edition=edition)
    covered = note_of(checkpoints.stored(force.reader)[-1]).checkpoint.size
    assert covered >= named, "no checkpoint covers the entries that name its files"
    with pytest.raises(Invalid, match="Say why"):
        changes.withdraw(by=force.administrator, edition=edition, reason="")
    changes.withdraw(by=force.administrator, edition=edition, reason="It named a witness.")
    with pytest.raises(Refused, match="withdrawn"):
        changes.publish(by=force.administrator, edition=edition)
    with pytest.raises(Refused, match="named a witness"):
        queries.edition_file(force.reader, edition, "pdf")
    (row,) = queries.editions(force.reader)
    assert (row.state, row.withdrawn_because) == ("withdrawn", "It named a witness.")


def test_publishing_or_attaching_again_changes_nothing(force: Force) -> None:
    accepted(force)
    edition = freeze(force)
    attach(force, edition)
    changes.publish(by=force.administrator, edition=edition)
    before = history.head(force.reader)
    attach(force, edition)
    changes.publish(by=force.administrator, edition=edition)
    assert history.head(force.reader) == before


def test_a_file_of_an_edition_is_never_replaced(force: Force) -> None:
    accepted(force)
    edition = freeze(force)
    attach(force, edition)
    with pytest.raises(Refused, match="never replaced"):
        attach(force, edition, "other bytes")
    with pytest.raises(Invalid, match="comes as"):
        attach(force, edition, kind="exe")


def test_an_empty_register_is_not_frozen(force: Force) -> None:
    from watchkeep.apps.register.changes import open_register

    register_id = open_register(by=force.administrator, name="Empty")
    with pytest.raises(Refused, match="nothing to publish"):
        changes.freeze(by=force.administrator, register=register_id, audience="internal")


def test_a_reader_publishes_nothing_and_a_stranger_sees_nothing(force: Force) -> None:
    accepted(force)
    edition = freeze(force)
    (row,) = register.registers(force.reader)
    with pytest.raises(Refused, match="Only an administrator"):
        changes.freeze(by=force.reader, register=row.id, audience="public")
    with pytest.raises(Refused, match="Only an administrator"):
        changes.publish(by=force.reader, edition=edition)
    stranger = a_force("Mossgate Constabulary").administrator
    assert queries.editions(stranger) == ()
    with pytest.raises(Missing):
        queries.frozen(stranger, edition)
    with pytest.raises(Missing):
        changes.withdraw(by=stranger, edition=edition, reason="x")


def test_editions_are_listed_with_their_files_in_two_statements(
    force: Force, django_assert_num_queries: Any
) -> None:
    accepted(force)
    for _ in range(3):
        attach(force, freeze(force))
    with django_assert_num_queries(2):
        rows = queries.editions(force.administrator)
    assert [each.number for each in rows] == [3, 2, 1]
    assert rows[0].files[0].sha256 == digest("pdf bytes")


def test_a_reader_sees_an_edition_only_once_it_is_published(force: Force) -> None:
    accepted(force)
    edition = freeze(force)
    attach(force, edition)
    assert queries.editions(force.reader) == ()
    with pytest.raises(Missing):
        queries.edition_file(force.reader, edition, "pdf")
    changes.publish(by=force.administrator, edition=edition)
    assert queries.edition_file(force.reader, edition, "pdf").name == "paper.pdf"


def test_an_edition_of_before_papers_carried_more_is_made_again_byte_for_byte(force: Force) -> None:
    """The document and the digests are those that the writers of that time made."""
    kept = json.loads((HERE / "editions" / "before-papers-carried-more.json").read_text(encoding="utf-8"))
    accepted(force)
    facts = kept["facts"]
    with recording(by=force.administrator, verb="as it was before") as entry:
        old = Edition(
            register_id=register.registers(force.administrator)[0].id,
            number=facts["sequence"],
            audience=facts["audience"],
            title=facts["title"],
            marking=facts["marking"],
            frozen_on=facts["frozen_on"],
            as_at=facts["as_at"],
            document=json.dumps(kept["document"], ensure_ascii=False, separators=(",", ":")),
            head_sequence=41,
            head_digest=facts["ledger_head"],
        )
        entry.about("edition", old.pk, str(old))
        old.save()
    value, then = queries.frozen(force.administrator, old.pk)
    assert value.model_dump_json() == Edition.objects.get(pk=old.pk).document
    for kind, before in kept["files"].items():
        assert sha256(write(value, kind, edition=then)).hexdigest() == before, kind
