"""A paper is brought in, looked at, set right and accepted; the machine proposes, a named person disposes."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from cast import JUNE, MARCH, Force, a_force, a_paper, a_risk, accepted, bring, digest, said
from watchkeep.apps.history import queries as history
from watchkeep.apps.intake import changes, queries
from watchkeep.apps.register import changes as register_changes
from watchkeep.apps.register import queries as register
from watchkeep.apps.register.models import RiskVersion
from watchkeep.domain.clock import Clock
from watchkeep.domain.document import DateField, Doubt, Field, Item, PartedField
from watchkeep.domain.errors import Invalid, Missing, Refused

pytestmark = pytest.mark.django_db
REGISTER = "harbour-risk-register"


def kinds(page: queries.ImportPage) -> dict[str, str]:
    """What each risk of a paper is proposed as."""
    return {each.key: each.proposal.kind for each in page.risks}


# --- Bringing in --------------------------------------------------------------------------------------------


def test_a_retried_upload_is_one_import(force: Force) -> None:
    facts: dict[str, Any] = {"by": force.administrator, "name": "a.pdf", "sha256": digest("a"), "size": 1}
    assert changes.receive_file(**facts, key="the form's own") == changes.receive_file(
        **facts, key="the form's own"
    )
    assert changes.receive_file(**facts, key="another") == 2
    other = facts | {"sha256": digest("another file")}
    assert changes.receive_file(**other, key="the form's own") == 3, "a form gone back to, with another file"
    assert len(queries.imports(force.reader)) == 3


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/paper.pdf", "paper.pdf"),
        ("C:\\papers\\q4.docx", "q4.docx"),
        ("a\nb\x1b[31m.pdf", "a�b�[31m.pdf"),
        ("", "a file without a name"),
        ("x" * 400, "x" * 300),
    ],
)
def test_a_hostile_file_name_is_only_ever_a_label(force: Force, name: str, shown: str) -> None:
    number = changes.receive_file(by=force.administrator, name=name, sha256=digest("a"), size=1)
    assert queries.import_page(force.reader, number).row.name == shown


def test_what_the_person_says_of_the_paper_completes_what_it_says_itself(force: Force) -> None:
    paper = a_paper(as_at=DateField(), period=Field())
    number = bring(force, paper, register_name="Tides", period="2031 Q1", as_at=MARCH)
    document = queries.import_page(force.reader, number).document
    assert document is not None
    assert (document.name.text, document.period.text, document.as_at.on) == ("Tides", "2031 Q1", MARCH)
    assert document.period.reason == "given by Edda Holm"
    changes.accept_all(by=force.administrator, paper=number)
    assert [each.name for each in register.registers(force.reader)] == ["Tides"]


def test_a_paper_without_a_title_is_not_accepted_until_somebody_names_its_register(force: Force) -> None:
    number = bring(force, a_paper(name=Field()))
    with pytest.raises(Invalid, match="which register"):
        changes.accept_all(by=force.administrator, paper=number)
    assert register.registers(force.reader) == ()
    changes.place(by=force.administrator, paper=number, register_name="Harbour")
    changes.accept_all(by=force.administrator, paper=number)
    assert register.registers(force.reader)[0].risks == 3


# --- Setting right ------------------------------------------------------------------------------------------


def test_a_correction_is_laid_over_the_draft_and_says_who_made_it(force: Force) -> None:
    number = bring(force, a_paper())
    changes.correct_field(
        by=force.administrator, paper=number, risk="LH1", path="assessments:residual:rating", text="Low"
    )
    page = queries.import_page(force.reader, number)
    rating = page.risks[0].value.assessments[0].rating
    assert (rating.text, rating.confidence, rating.reason) == ("Low", 1.0, "corrected by Edda Holm")
    changes.accept_all(by=force.administrator, paper=number)
    stands = register.risk(force.reader, REGISTER, "LH1")
    assert stands.value.assessments[0].rating == rating
    passage = stands.passage("assessments:residual:rating")
    assert passage is not None
    assert (passage.file_name, passage.confirmed_by) == ("paper.txt", "Edda Holm")


def test_a_lost_mark_that_a_person_supplies_settles_its_doubt_and_gets_its_meaning(force: Force) -> None:
    number = bring(force, a_paper())
    changes.correct_field(by=force.administrator, paper=number, risk="LH1", path="trends:Q4", text="↓")
    page = queries.import_page(force.reader, number)
    trend = page.risks[0].value.trends[1]
    assert (trend.direction, trend.movement) == ("down", "improving")
    assert [each.resolved for each in page.doubts] == [True, False]


def test_a_field_can_be_said_not_to_apply(force: Force) -> None:
    number = bring(force, a_paper())
    changes.correct_field(
        by=force.administrator, paper=number, risk="LH1", path="owner", text="", state="not applicable"
    )
    assert queries.import_page(force.reader, number).risks[0].value.owner.state == "not applicable"


@pytest.mark.parametrize(
    ("risk", "path", "text"),
    [
        ("LH1", "colour", "x"),
        ("LH1", "controls:9", "x"),
        ("LH9", "owner", "x"),
        ("LH1", "owner", " "),
        ("", "owner", "x"),
    ],
)
def test_a_correction_of_what_is_not_there_is_refused(force: Force, risk: str, path: str, text: str) -> None:
    number = bring(force, a_paper())
    before = history.head(force.reader)
    with pytest.raises(Invalid):
        changes.correct_field(by=force.administrator, paper=number, risk=risk, path=path, text=text)
    assert history.head(force.reader) == before


def test_flipping_what_a_rising_arrow_means_flips_every_arrow_and_keeps_every_word(force: Force) -> None:
    worded = (
        a_risk("LH2")
        .trends[0]
        .model_copy(update={"text": "improving", "direction": None, "movement": "improving"})
    )
    number = bring(force, a_paper(a_risk("LH1"), a_risk("LH2", trends=(worded,))))
    changes.confirm_rising(by=force.administrator, paper=number, means="improving")
    document = queries.import_page(force.reader, number).document
    assert document is not None
    assert document.rising_basis == "confirmed"
    assert [risk.trends[0].movement for risk in document.risks] == ["improving", "improving"]
    changes.confirm_rising(by=force.administrator, paper=number, means="worsening")
    document = queries.import_page(force.reader, number).document
    assert document is not None
    assert [risk.trends[0].movement for risk in document.risks] == ["worsening", "improving"]


def test_a_doubt_that_a_draft_says_twice_is_settled_once(force: Force) -> None:
    twice = Doubt(code="lost", sentence="Lost.")
    number = bring(force, a_paper(doubts=(twice, twice)))
    assert changes.resolve_doubt(by=force.administrator, paper=number, code="lost") == 1
    assert all(each.resolved for each in queries.import_page(force.reader, number).doubts)


def test_doubts_are_settled_one_by_one_or_a_kind_at_a_time(force: Force) -> None:
    doubts = tuple(Doubt(code="lost", sentence=f"Lost {number}.") for number in range(3))
    number = bring(force, a_paper(doubts=(*doubts, Doubt(code="other", sentence="Other."))))
    first = queries.import_page(force.reader, number).doubts[0]
    assert changes.resolve_doubt(by=force.administrator, paper=number, doubt=first.key) == 1
    assert changes.resolve_doubt(by=force.administrator, paper=number, code="lost") == 2
    assert changes.resolve_doubt(by=force.administrator, paper=number, code="lost") == 0
    page = queries.import_page(force.reader, number)
    assert [each.resolved for each in page.doubts] == [True, True, True, False]
    assert page.doubts[0].resolved_by == "Edda Holm"


# --- Accepting ----------------------------------------------------------------------------------------------


def test_reading_alone_changes_no_register(force: Force) -> None:
    bring(force, a_paper())
    assert register.registers(force.reader) == ()


def test_risks_are_accepted_one_by_one_or_set_aside(force: Force) -> None:
    number = bring(force, a_paper())
    changes.accept_risk(by=force.administrator, paper=number, risk="LH2")
    assert queries.import_page(force.reader, number).row.state == "partly accepted"
    assert [each.key for each in register.document(force.reader, REGISTER).risks] == ["LH2"]
    changes.set_aside(by=force.administrator, paper=number, risk="LH1", reason="It is another harbour's.")
    changes.accept_risk(by=force.administrator, paper=number, risk="LH3")
    page = queries.import_page(force.reader, number)
    assert page.row.state == "accepted"
    assert [each.decision for each in page.risks] == ["set aside", "accepted", "accepted"]
    assert [each.key for each in register.document(force.reader, REGISTER).risks] == ["LH2", "LH3"]


def test_a_risk_that_was_set_aside_may_still_be_accepted_but_not_the_other_way_round(force: Force) -> None:
    number = bring(force, a_paper())
    changes.set_aside(by=force.administrator, paper=number, risk="LH1")
    changes.accept_risk(by=force.administrator, paper=number, risk="LH1")
    assert [each.key for each in register.document(force.reader, REGISTER).risks] == ["LH1"]
    with pytest.raises(Refused, match="already accepted"):
        changes.set_aside(by=force.administrator, paper=number, risk="LH1")


def test_accepting_twice_changes_nothing(force: Force) -> None:
    number = accepted(force)
    before = history.head(force.reader)
    assert changes.accept_all(by=force.administrator, paper=number) == 0
    changes.accept_risk(by=force.administrator, paper=number, risk="LH1")
    assert history.head(force.reader) == before


def test_when_one_risk_cannot_be_accepted_none_is(force: Force, monkeypatch: pytest.MonkeyPatch) -> None:
    number = bring(force, a_paper(a_risk("LH1"), a_risk("LH2"), a_risk("LH2", key="again")))
    before = history.head(force.reader)
    with pytest.raises(Refused, match="never used again"):
        changes.accept_all(by=force.administrator, paper=number)
    assert history.head(force.reader) == before
    assert register.registers(force.reader) == ()
    assert queries.import_page(force.reader, number).row.state == "draft"


# --- The same paper, and the next one -----------------------------------------------------------------------


def test_the_same_paper_again_is_all_the_same_and_accepting_it_changes_no_risk(force: Force) -> None:
    accepted(force)
    versions = RiskVersion.objects.count()
    before = register.document(force.reader, REGISTER)
    number = bring(force, a_paper())
    page = queries.import_page(force.reader, number)
    assert set(kinds(page).values()) == {"same"}
    assert page.lacked == ()
    changes.accept_all(by=force.administrator, paper=number)
    assert RiskVersion.objects.count() == versions
    assert register.document(force.reader, REGISTER) == before


def test_the_same_paper_in_another_form_changes_no_risk_either(force: Force) -> None:
    accepted(force)
    before = register.document(force.reader, REGISTER)
    number = bring(force, a_paper(words="the same as a workbook"), "the same as a workbook")
    changes.accept_all(by=force.administrator, paper=number)
    assert register.document(force.reader, REGISTER) == before
    assert RiskVersion.objects.count() == 3


def the_next_paper() -> Any:
    """June: LH1 rose a band, LH2 is as it was, LH3 is gone, LH4 is new."""
    rose = a_risk("LH1").assessments[0].model_copy(update={"rating": said("Very high")})
    return a_paper(a_risk("LH1", assessments=(rose,)), a_risk("LH2"), a_risk("LH4"), day=JUNE, words="june")


def test_the_next_paper_proposes_its_differences(force: Force) -> None:
    accepted(force)
    number = bring(force, the_next_paper(), "june")
    page = queries.import_page(force.reader, number)
    assert kinds(page) == {"LH1": "changed", "LH2": "same", "LH4": "new"}
    changed = {each.path: (each.before, each.after) for each in page.risks[0].proposal.changes}
    assert changed["assessments:residual:rating"] == ("High", "Very high")
    assert [each.key for each in page.lacked] == ["LH3"]


def test_a_risk_that_the_next_paper_lacks_stays_open_until_a_person_closes_it(force: Force) -> None:
    accepted(force)
    number = bring(force, the_next_paper(), "june")
    changes.accept_all(by=force.administrator, paper=number)
    assert [each.key for each in register.document(force.reader, REGISTER).risks] == [
        "LH1",
        "LH2",
        "LH3",
        "LH4",
    ]
    (lacked,) = queries.import_page(force.reader, number).lacked
    register_changes.close_risk(
        by=force.administrator,
        risk=lacked.id,
        version=lacked.version,
        closed_on=JUNE,
        reason="The paper dropped it.",
    )
    assert register.document(force.reader, REGISTER).risk("LH3") is None
    assert queries.import_page(force.reader, number).lacked == ()


def test_a_risk_that_is_as_it_was_is_still_so_on_the_later_day(force: Force) -> None:
    accepted(force)
    accepted(force, the_next_paper(), "june")
    days = [each.effective_on for each in register.risk(force.reader, REGISTER, "LH2").versions]
    assert days == [JUNE, MARCH]


def test_accepted_one_by_one_it_says_the_same_as_accepted_at_once(force: Force) -> None:
    accepted(force)
    number = bring(force, the_next_paper(), "june")
    for key in ("LH1", "LH2", "LH4"):
        changes.accept_risk(by=force.administrator, paper=number, risk=key)
    days = [each.effective_on for each in register.risk(force.reader, REGISTER, "LH2").versions]
    assert days == [JUNE, MARCH]


def test_an_older_paper_brought_in_later_does_not_overrule_a_newer_one(force: Force) -> None:
    accepted(force, the_next_paper(), "june")
    accepted(force)
    now = register.document(force.reader, REGISTER)
    assert now.as_at.on == JUNE
    assert now.risk("LH1").assessments[0].rating.text == "Very high"  # type: ignore[union-attr]
    march = register.document(force.reader, REGISTER, Clock(MARCH))
    assert march.risk("LH1").assessments[0].rating.text == "High"  # type: ignore[union-attr]


def test_a_closed_risk_that_a_later_paper_has_again_is_reopened_when_that_is_accepted(force: Force) -> None:
    accepted(force)
    page = register.risk(force.reader, REGISTER, "LH2")
    register_changes.close_risk(
        by=force.administrator, risk=page.id, version=1, closed_on=MARCH, reason="We thought it was over."
    )
    accepted(force, the_next_paper(), "june")
    assert register.risk(force.reader, REGISTER, "LH2").state == "open"


def test_a_paper_under_another_title_goes_to_the_register_that_knows_its_references(force: Force) -> None:
    accepted(force)
    number = bring(force, the_next_paper().model_copy(update={"name": said("Harbour risks, June")}), "june")
    page = queries.import_page(force.reader, number)
    assert page.register is not None
    assert page.register.name == "Harbour risk register"


def test_risks_without_references_are_matched_by_their_words(force: Force) -> None:
    def bare(key: str, name: str, **more: Any) -> Any:
        return a_risk(key, reference=Field(), name=said(name), **more)

    first = a_paper(
        bare("row 1", "Lamp oil runs out in winter"), bare("row 2", "Rope store floods at spring tide")
    )
    accepted(force, first)
    control = Item(state="recorded", text="Order oil in October")
    number = bring(
        force,
        a_paper(
            bare("row 1", "Rope store floods at spring tides"),
            bare("row 2", "Lamp oil runs out in winter", controls=(control,)),
            day=JUNE,
            words="june",
        ),
        "june",
    )
    changes.place(by=force.administrator, paper=number, register_name="Harbour risk register")
    page = queries.import_page(force.reader, number)
    assert [each.proposal.match for each in page.risks] == ["row 2", "row 1"]
    assert [each.proposal.kind for each in page.risks] == ["changed", "changed"]
    changes.accept_all(by=force.administrator, paper=number)
    assert len(register.document(force.reader, REGISTER).risks) == 2


# --- Who may ------------------------------------------------------------------------------------------------

DECIDING = {
    "correct": lambda by, n: changes.correct_field(by=by, paper=n, risk="LH1", path="owner", text="x"),
    "confirm arrows": lambda by, n: changes.confirm_rising(by=by, paper=n, means="improving"),
    "settle": lambda by, n: changes.resolve_doubt(by=by, paper=n, code="trend-lost"),
    "accept one": lambda by, n: changes.accept_risk(by=by, paper=n, risk="LH1"),
    "accept all": lambda by, n: changes.accept_all(by=by, paper=n),
    "set aside": lambda by, n: changes.set_aside(by=by, paper=n),
    "set one aside": lambda by, n: changes.set_aside(by=by, paper=n, risk="LH1"),
    "place": lambda by, n: changes.place(by=by, paper=n, period="Q9"),
    "receive": lambda by, n: changes.receive_file(by=by, name="x", sha256=digest("x"), size=1),
}


@pytest.mark.parametrize("change", DECIDING)
def test_a_reader_may_look_and_decide_nothing(force: Force, change: str) -> None:
    number = bring(force, a_paper())
    before = history.head(force.reader)
    with pytest.raises(Refused, match="Only an administrator"):
        DECIDING[change](force.reader, number)
    assert history.head(force.reader) == before


@pytest.mark.parametrize("change", [each for each in DECIDING if each != "receive"])
def test_another_body_s_import_is_not_there(force: Force, change: str) -> None:
    number = bring(force, a_paper())
    stranger = a_force("Mossgate Constabulary").administrator
    with pytest.raises(Missing, match=r"There is no such import\."):
        DECIDING[change](stranger, number)


@pytest.mark.parametrize("risks", [1, 9])
def test_an_import_s_page_costs_the_same_however_many_risks(
    force: Force, risks: int, django_assert_max_num_queries: Any
) -> None:
    accepted(force, a_paper(*(a_risk(f"LH{number}") for number in range(risks))))
    number = bring(
        force, a_paper(*(a_risk(f"LH{number}") for number in range(risks)), day=JUNE, words="j"), "j"
    )
    with django_assert_max_num_queries(38):
        queries.import_page(force.reader, number)


def test_history_verifies_after_everything_that_can_be_done_with_papers(force: Force) -> None:
    number = bring(force, a_paper())
    changes.correct_field(by=force.administrator, paper=number, risk="LH1", path="owner", text="Pilot")
    changes.resolve_doubt(by=force.administrator, paper=number, code="trend-lost")
    changes.confirm_rising(by=force.administrator, paper=number, means="improving")
    changes.accept_all(by=force.administrator, paper=number)
    accepted(force, the_next_paper(), "june")
    verdict = history.verify(force.reader)
    assert verdict.faults == ()


def test_texts_of_any_length_and_kind_are_taken_or_refused_alike_on_both_engines(force: Force) -> None:
    long = "lamp " * 4000
    odd = "a\x00b\u202e\U0001f9ef e\u0301"
    risk = a_risk("LH1", owner=said(long), name=said(long), category=said(odd))
    trend = risk.trends[0].model_copy(update={"period": long})
    extra = risk.extra[0].model_copy(update={"heading": long})
    number = bring(force, a_paper(risk.model_copy(update={"trends": (trend,), "extra": (extra,)}), doubts=()))
    changes.correct_field(by=force.administrator, paper=number, risk="LH1", path=f"extra:{long}", text="x")
    changes.accept_all(by=force.administrator, paper=number)
    value = register.risk(force.reader, REGISTER, "LH1").value
    assert value.owner.text == long
    assert value.category.text == odd.replace("\x00", "\ufffd")
    assert value.trends[0].period == long
    assert history.verify(force.reader).holds


# --- What people decided is not undone ----------------------------------------------------------------------


def test_the_very_file_again_says_so_and_asks_nothing_that_was_settled(force: Force) -> None:
    paper = a_paper(
        doubts=(
            Doubt(code="trend-lost", sentence="Lost.", risk="LH1", field="trends:Q4"),
            Doubt(code="arrows-assumed", sentence="What do arrows mean?", field="rising_means"),
            Doubt(code="no-owner", sentence="Nobody owns it.", field="owner"),
        )
    )
    first = bring(force, paper, as_at=JUNE)
    by = force.administrator
    changes.correct_field(by=by, paper=first, risk="LH1", path="trends:Q4", text="↓")
    changes.correct_field(by=by, paper=first, risk="LH1", path="owner", text="Pilot")
    changes.confirm_rising(by=by, paper=first, means="improving")
    changes.resolve_doubt(by=by, paper=first, code="no-owner")
    changes.accept_all(by=by, paper=first)
    before = register.document(force.reader, REGISTER)
    versions = RiskVersion.objects.count()
    again = bring(force, paper)
    page = queries.import_page(force.reader, again)
    assert page.earlier is not None
    assert (page.earlier.number, page.earlier.by) == (first, "Edda Holm")
    assert set(kinds(page).values()) == {"same"}
    assert all(each.resolved for each in page.doubts)
    changes.accept_all(by=by, paper=again)
    assert register.document(force.reader, REGISTER) == before
    assert RiskVersion.objects.count() == versions


def test_another_file_was_never_brought_in_before(force: Force) -> None:
    accepted(force)
    number = bring(force, the_next_paper(), "june")
    assert queries.import_page(force.reader, number).earlier is None


def test_what_was_said_of_a_field_that_is_no_longer_read_hinders_nothing(force: Force) -> None:
    first = bring(force, a_paper())
    changes.correct_field(by=force.administrator, paper=first, risk="LH1", path="extra:Tide", text="High")
    changes.accept_all(by=force.administrator, paper=first)
    again = bring(force, a_paper(a_risk("LH1", extra=())))
    assert queries.import_page(force.reader, again).risks[0].value.extra == ()


@pytest.mark.parametrize("means", ["improving", "worsening"])
def test_what_arrows_mean_is_known_from_the_register_s_earlier_paper(force: Force, means: Any) -> None:
    first = bring(force, a_paper())
    changes.confirm_rising(by=force.administrator, paper=first, means=means)
    changes.accept_all(by=force.administrator, paper=first)
    asks = Doubt(code="arrows-assumed", sentence="What do arrows mean?", field="rising_means")
    number = bring(force, the_next_paper().model_copy(update={"doubts": (asks,)}), "june")
    page = queries.import_page(force.reader, number)
    assert page.document is not None
    assert (page.document.rising_means, page.document.rising_basis) == (means, "confirmed")
    assert page.arrows_from_before
    assert page.doubts == ()
    other: Any = "worsening" if means == "improving" else "improving"
    changes.confirm_rising(by=force.administrator, paper=number, means=other)
    page = queries.import_page(force.reader, number)
    assert page.document is not None
    assert page.document.risks[0].trends[0].movement == other
    assert not page.arrows_from_before


def test_what_nobody_said_of_arrows_is_not_handed_on(force: Force) -> None:
    accepted(force)
    number = bring(force, the_next_paper(), "june")
    page = queries.import_page(force.reader, number)
    assert page.document is not None
    assert page.document.rising_basis == "assumed"


def test_a_register_keeps_its_name_and_the_body_that_a_person_gave(force: Force) -> None:
    first = bring(force, a_paper(), register_name="Tides", body="The harbour board")
    changes.accept_all(by=force.administrator, paper=first)
    renamed = the_next_paper().model_copy(update={"name": said("Harbour risks, June")})
    number = bring(force, renamed, "june")
    changes.accept_all(by=force.administrator, paper=number)
    now = register.document(force.reader, "tides")
    assert (now.name.text, now.body.text, now.as_at.on) == ("Tides", "The harbour board", JUNE)


def test_a_person_may_give_another_body_for_a_later_paper(force: Force) -> None:
    first = bring(force, a_paper(), body="The harbour board")
    changes.accept_all(by=force.administrator, paper=first)
    number = bring(force, the_next_paper(), "june", body="The pilots")
    changes.accept_all(by=force.administrator, paper=number)
    assert register.document(force.reader, REGISTER).body.text == "The pilots"


def owned_by_hand(force: Force) -> None:
    """A person says that the pilot owns LH1."""
    accepted(force)
    found = register.risk(force.reader, REGISTER, "LH1")
    register_changes.correct_risk(
        by=force.administrator, risk=found.id, version=1, path="owner", text="Pilot", effective_on=MARCH
    )


def owner(force: Force) -> str | None:
    """Who owns LH1 in the register."""
    return register.risk(force.reader, REGISTER, "LH1").value.owner.text


def test_accepting_all_leaves_out_what_would_overwrite_a_person_s_word(force: Force) -> None:
    owned_by_hand(force)
    number = bring(force, the_next_paper(), "june")
    page = queries.import_page(force.reader, number)
    change = next(each for each in page.risks[0].proposal.changes if each.path == "owner")
    assert change.set_by == "Edda Holm"
    assert change.set_on == page.row.received_at.date()
    assert page.waiting_by_themselves == 1
    assert changes.accept_all(by=force.administrator, paper=number) == 2
    assert owner(force) == "Pilot"
    assert queries.import_page(force.reader, number).row.state == "partly accepted"
    changes.accept_risk(by=force.administrator, paper=number, risk="LH1")
    assert owner(force) == "Harbour master"


def test_a_person_s_word_that_is_given_for_the_new_paper_too_waits_for_nobody(force: Force) -> None:
    owned_by_hand(force)
    number = bring(force, the_next_paper(), "june")
    changes.correct_field(by=force.administrator, paper=number, risk="LH1", path="owner", text="Bosun")
    assert changes.accept_all(by=force.administrator, paper=number) == 3
    assert owner(force) == "Bosun"


def test_the_very_file_again_does_not_undo_what_was_said_since(force: Force) -> None:
    first = bring(force, a_paper())
    changes.correct_field(by=force.administrator, paper=first, risk="LH1", path="owner", text="Bosun")
    changes.accept_all(by=force.administrator, paper=first)
    found = register.risk(force.reader, REGISTER, "LH1")
    register_changes.correct_risk(
        by=force.administrator, risk=found.id, version=1, path="owner", text="Pilot", effective_on=MARCH
    )
    number = bring(force, a_paper())
    changes.accept_all(by=force.administrator, paper=number)
    assert owner(force) == "Pilot"
    assert queries.import_page(force.reader, number).waiting_by_themselves == 1


def test_a_list_and_a_mark_that_a_person_set_are_told_too(force: Force) -> None:
    first = bring(force, a_paper())
    for path, text in (("controls", "A bell"), ("trends:Q4", "↓")):
        changes.correct_field(by=force.administrator, paper=first, risk="LH1", path=path, text=text)
    changes.accept_all(by=force.administrator, paper=first)
    rising = a_risk("LH1").trends[0].model_copy(update={"period": "Q4"})
    later = a_paper(a_risk("LH1", trends=(rising,)), day=JUNE, words="june")
    number = bring(force, later, "june")
    changed = queries.import_page(force.reader, number).risks[0].proposal.changes
    told = {each.path: each.set_by for each in changed}
    assert told == {"controls": "Edda Holm", "trends:Q4": "Edda Holm"}


# --- Corrections that make sense ----------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["banana", "quite so", "↑↓", "n/a"])
def test_a_trend_that_names_no_direction_is_refused(force: Force, text: str) -> None:
    number = bring(force, a_paper())
    with pytest.raises(Invalid, match="names no direction"):
        changes.correct_field(by=force.administrator, paper=number, risk="LH1", path="trends:Q4", text=text)


def test_a_date_that_names_a_day_is_that_day(force: Force) -> None:
    number = bring(force, a_paper())
    changes.correct_field(by=force.administrator, paper=number, risk="LH1", path="due_date", text="3/4/2031")
    page = queries.import_page(force.reader, number)
    assert page.risks[0].value.due_date.on == date(2031, 4, 3)
    assert "date-unclear" not in {each.doubt.code for each in page.doubts}


@pytest.mark.parametrize("text", ["soon", "31/02/2031", "May 2031"])
def test_a_date_that_names_no_day_is_kept_as_written_and_asked_about(force: Force, text: str) -> None:
    number = bring(force, a_paper())
    changes.correct_field(by=force.administrator, paper=number, risk="LH1", path="due_date", text=text)
    page = queries.import_page(force.reader, number)
    due = page.risks[0].value.due_date
    assert (due.text, due.on) == (text, None)
    (doubt,) = (each for each in page.doubts if each.doubt.code == "date-unclear")
    assert text in doubt.doubt.sentence
    assert not doubt.resolved
    changes.resolve_doubt(by=force.administrator, paper=number, doubt=doubt.key)
    assert all(
        each.resolved
        for each in queries.import_page(force.reader, number).doubts
        if each.doubt.code == "date-unclear"
    )


@pytest.mark.parametrize("text", ["LH2", "lh 2"])
def test_a_reference_that_another_risk_of_the_paper_has_is_refused(force: Force, text: str) -> None:
    number = bring(force, a_paper())
    with pytest.raises(Invalid, match="already another risk of this paper"):
        changes.correct_field(by=force.administrator, paper=number, risk="LH1", path="reference", text=text)


def test_a_reference_that_another_risk_of_the_register_has_is_refused(force: Force) -> None:
    accepted(force)
    tides = a_risk("LH8", name=said("Spring tides"), description=PartedField())
    number = bring(force, a_paper(tides, day=JUNE, words="june"), "june")
    changes.place(by=force.administrator, paper=number, register_name="Harbour risk register")
    with pytest.raises(Invalid, match="already another risk of the register"):
        changes.correct_field(by=force.administrator, paper=number, risk="LH8", path="reference", text="LH2")


def test_a_misread_reference_is_set_right_to_the_one_that_the_register_knows(force: Force) -> None:
    accepted(force)
    misread = a_risk("LHZ", name=a_risk("LH2").name)
    number = bring(force, a_paper(misread, day=JUNE, words="june"), "june")
    changes.correct_field(by=force.administrator, paper=number, risk="LHZ", path="reference", text="LH2")
    assert queries.import_page(force.reader, number).risks[0].proposal.match == "LH2"
