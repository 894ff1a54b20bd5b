"""What a sentence rests on: which need a basis, how each stands on a day, how much of a paper is covered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from watchkeep.domain import statement as rules
from watchkeep.domain.check import Check, Sample
from watchkeep.domain.commitment import Facts
from watchkeep.domain.document import Field, Item, PartedField, RegisterDocument, Risk
from watchkeep.domain.errors import Invalid
from watchkeep.domain.statement import Ground, Held

MARCH, JUNE = date(2026, 3, 31), date(2026, 6, 30)
BETTER = "Response times have improved."
COUNTED = "Of all calls 12% were abandoned."
PLAIN = "Calls are answered in the harbour."


def risk(*said: str, **more: Any) -> Risk:
    return Risk(key="R1", description=PartedField(state="recorded", text=" ".join(said)), **more)


def ground(**more: Any) -> Ground:
    said = {"kind": "check", "key": "k", "label": "C1 Rota", "on": MARCH, "text": BETTER, "id": "b"}
    return Ground(**(said | more))


def held(*grounds: Ground, text: str = BETTER, field: str = "description") -> Held:
    return Held("s", 1, field, text, grounds or (ground(text=text),))


# --- Which sentences need a basis ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "needs"),
    [
        (BETTER, True),
        (COUNTED, True),
        ("The decision is expected by 30 June 2026.", True),
        ("It costs £2m a year.", True),
        ("There are 3 vacancies.", True),
        (PLAIN, False),
        ("The work aims to improve response times.", False),  # an aim claims nothing
        ("(1) Calls are answered late.", False),  # the marker of a part is no figure
        ("See CRR51 for this.", False),  # nor is a reference
        ("Demand on 999 calls is high.", False),  # nor a number to call
    ],
)
def test_a_claim_of_improvement_a_number_or_a_date_needs_a_basis_and_nothing_else(
    text: str, needs: bool
) -> None:
    assert [each.needs for each in rules.sentences_of(risk(text))] == [needs]


def test_each_sentence_is_found_at_its_characters_in_its_own_field() -> None:
    value = risk(
        PLAIN, BETTER, controls=(Item(state="recorded", text=PLAIN), Item(state="recorded", text=COUNTED))
    )
    found = [each for each in rules.sentences_of(value) if each.needs]
    assert [(each.path, each.field, each.claims) for each in found] == [
        ("description", "description", True),
        ("controls:1", "controls", False),
    ]
    text = value.description.text or ""
    assert text[found[0].start : found[0].end] == BETTER


def test_a_name_a_rating_and_a_field_that_does_not_apply_need_none() -> None:
    value = Risk(key="R1", name=Field(state="recorded", text=COUNTED), cause=Field(state="not applicable"))
    assert list(rules.sentences_of(value)) == []


# --- How a sentence stands ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("grounds", "standing"),
    [
        ([ground()], "bound"),
        ([ground(kind="judgement")], "judged"),
        ([ground(), ground(kind="judgement")], "bound"),
        ([ground(moved="C1 was stood down.")], "moved"),
        ([ground(), ground(moved="C1 was stood down.")], "moved"),  # one that moved is enough
        ([ground(holds_until=JUNE)], "bound"),  # the last day counts
        ([ground(holds_until=date(2026, 6, 29))], "expired"),
        ([ground(holds_until=date(2026, 6, 29)), ground(holds_until=JUNE)], "bound"),
        ([ground(holds_until=date(2026, 6, 29)), ground(kind="judgement")], "judged"),
        ([ground(text="Response times have improved greatly.")], "moved"),
    ],
)
def test_how_a_sentence_stands_follows_from_what_it_rests_on_and_the_day(
    grounds: list[Ground], standing: str
) -> None:
    (found,) = rules.placed(risk(BETTER), [held(*grounds)], JUNE)
    assert found.standing == standing
    assert bool(found.because) == (standing in ("moved", "expired"))


def test_a_sentence_whose_words_changed_moved_and_shows_the_old_ones() -> None:
    (found,) = rules.placed(risk("Response times have improved a little."), [held()], JUNE)
    assert (found.standing, found.reworded) == ("moved", True)
    assert BETTER in found.because
    assert found.sentence.text == "Response times have improved a little."


def test_other_space_between_the_words_is_no_change() -> None:
    (found,) = rules.placed(risk("Response  times have\nimproved."), [held()], JUNE)
    assert (found.standing, found.reworded) == ("bound", False)


def test_a_sentence_that_is_gone_falls_away_and_a_new_one_is_not_taken_for_it() -> None:
    (found,) = rules.placed(risk(COUNTED), [held()], JUNE)
    assert (found.sentence.text, found.standing, found.held) == (COUNTED, "unbound", None)


def test_a_statement_stays_with_its_own_words_where_a_like_sentence_stands_beside_them() -> None:
    like = "Response times have improved greatly."
    found = rules.placed(risk(like, BETTER), [held()], JUNE)
    assert [(each.sentence.text, each.standing) for each in found] == [(like, "unbound"), (BETTER, "bound")]


def test_what_a_risk_took_over_holds_the_same_words_and_is_shaken_where_they_are_others() -> None:
    taken = replace(held(), taken_from="R7")
    (same,) = rules.placed(risk(BETTER), [taken], JUNE)
    assert same.standing == "bound"
    (otherwise,) = rules.placed(risk("Response times have improved a little."), [taken], JUNE)
    assert otherwise.standing == "moved"
    assert otherwise.because == f"The sentence read “{BETTER}” in R7 when it was last looked at."


def test_one_s_own_statement_comes_first_and_rests_on_what_was_taken_over_too() -> None:
    own = held(ground(key="own"))
    (found,) = rules.placed(risk(BETTER), [replace(held(ground(key="theirs")), taken_from="R7"), own], JUNE)
    assert found.held is not None
    assert (found.held.id, [each.key for each in found.grounds]) == ("s", ["own", "theirs"])
    assert found.held.taken_from == ""


def test_a_line_that_moved_up_its_list_is_still_held() -> None:
    before = held(text=COUNTED, field="controls")
    value = Risk(key="R1", controls=(Item(state="recorded", text=COUNTED),))
    (found,) = rules.placed(value, [before], JUNE)
    assert (found.standing, found.sentence.path) == ("bound", "controls:0")


def test_the_document_names_the_post_of_a_judgement_and_what_else_it_rests_on() -> None:
    judged = ground(kind="judgement", label="Head of Harbour", on=JUNE, holds_until=date(2026, 12, 30))
    (found,) = rules.placed(risk(BETTER), [held(ground(place="page 4", says="effective"), judged)], JUNE)
    said = found.statement
    assert (said.judged_by, said.judged_on, said.holds_until) == ("Head of Harbour", JUNE, None)
    assert [(each.kind, each.label, each.says) for each in said.rests_on] == [
        ("check", "C1 Rota, page 4", "effective")
    ]


# --- Why it moved -------------------------------------------------------------------------------------------


CHECK = Check("assessment", 2, MARCH, "Auditor", "effective", "effective")


@pytest.mark.parametrize(
    ("now", "later", "down", "because"),
    [
        (CHECK, [], None, ""),
        (replace(CHECK, note="In other words"), [], None, ""),
        (replace(CHECK, operation="not effective"), [], None, "was corrected"),
        (replace(CHECK, sample=Sample(20, 3)), [], None, "3 of 20 cases failed"),
        (CHECK, [replace(CHECK, on=JUNE)], None, ""),  # a later one that says the same
        (
            CHECK,
            [replace(CHECK, on=JUNE, operation="partly effective")],
            None,
            "30 June 2026, speaks against",
        ),
        (CHECK, [replace(CHECK, on=JUNE, operation="not judged")], None, ""),
        (CHECK, [replace(CHECK, on=date(2026, 1, 1), operation="not effective")], None, ""),  # an earlier one
        (CHECK, [], JUNE, "C1 was stood down on 30 June 2026."),
    ],
)
def test_a_check_moves_when_it_is_corrected_contradicted_or_its_control_is_gone(
    now: Check, later: list[Check], down: date | None, because: str
) -> None:
    found = rules.check_moved(CHECK, now, later, control="C1", stood_down=down)
    assert because in found
    assert bool(found) == bool(because)


MAY = date(2026, 5, 31)
PROMISE = Facts(kind="action", due_on=MAY)
DONE = replace(PROMISE, outcome="done", outcome_on=MAY)


@pytest.mark.parametrize(
    ("then", "now", "because"),
    [
        (DONE, DONE, ""),
        (PROMISE, DONE, ""),  # kept, as was promised
        (PROMISE, PROMISE, "P1 was due on 31 May 2026 and is not done."),
        (PROMISE, replace(PROMISE, due_on=date(2026, 9, 30)), "31 May 2026 and slipped to 30 September 2026"),
        (PROMISE, replace(PROMISE, due_on=None), "has no day any more"),
        (
            replace(PROMISE, due_on=date(2026, 9, 30)),
            replace(PROMISE, due_on=date(2026, 7, 31)),
            "",
        ),  # earlier
        (PROMISE, replace(PROMISE, outcome="dropped", outcome_on=MAY), "P1 was dropped."),
        (DONE, PROMISE, "P1 was taken up again"),
        (DONE, replace(DONE, effect_seen="no", effect_on=JUNE), "delivered without effect"),
        (replace(PROMISE, kind="agreement"), replace(PROMISE, kind="agreement"), "P1 ended on 31 May 2026"),
    ],
)
def test_a_promise_moves_when_it_slips_is_dropped_or_is_not_kept(
    then: Facts, now: Facts, because: str
) -> None:
    bound_on = MARCH if then is not DONE else JUNE
    found = rules.promise_moved(then, now, bound_on=bound_on, day=JUNE, label="P1")
    assert because in found
    assert bool(found) == bool(because)


def test_an_event_moves_when_it_is_told_otherwise_and_a_file_when_it_is_taken_away() -> None:
    assert rules.event_moved("Flood", corrected="Flood", on=None) == ""
    assert "now told as “Leak”, of 31 March 2026" in rules.event_moved("Flood", corrected="Leak", on=MARCH)
    assert rules.document_moved("a.pdf", taken_away=None, because="") == ""
    assert rules.document_moved("a.pdf", taken_away=MARCH, because="Wrong file.") == (
        "a.pdf was taken away on 31 March 2026: Wrong file."
    )


# --- How long it counts -------------------------------------------------------------------------------------


def test_each_kind_has_a_shelf_life_and_nobody_gives_it_more_than_two_years() -> None:
    assert rules.shelf_life("judgement", MARCH) == date(2026, 9, 30)
    assert rules.shelf_life("observation", MARCH) == date(2026, 7, 31)
    assert rules.shelf_life("commitment", MARCH) is None
    assert rules.shelf_life("judgement", MARCH, date(2028, 3, 31)) == date(2028, 3, 31)
    for wrong in (date(2028, 4, 1), date(2026, 3, 30)):
        with pytest.raises(Invalid) as refused:
            rules.shelf_life("judgement", MARCH, wrong)
        assert refused.value.field == "holds_until"


# --- How much is covered ------------------------------------------------------------------------------------


def test_coverage_counts_what_a_document_tells_and_what_its_texts_show() -> None:
    value = risk(PLAIN, BETTER, COUNTED)
    bare = rules.coverage(value)
    assert (bare.sentences, bare.unbound, bare.unbound_claims) == (2, 2, 1)
    told = value.model_copy(
        update={"statements": tuple(each.statement for each in rules.placed(value, [held()], JUNE))}
    )
    counts = rules.coverage(told)
    assert (counts.sentences, counts.bound, counts.unbound, counts.unbound_claims) == (2, 1, 1, 0)
    assert counts.sentence == "1 of 2 sentences rests on something."
    both = rules.covered(RegisterDocument(risks=(told, value.model_copy(update={"key": "R2"}))))
    assert (both.sentences, both.resting, both.unbound_claims) == (4, 1, 1)
    assert both.sentence == "1 of 4 sentences rests on something; 1 claim of improvement does not."


@pytest.mark.parametrize(
    ("grounds", "left"), [((), 0), ((ground(moved="Gone."),), 1), ((ground(holds_until=MARCH),), 1)]
)
def test_a_claim_is_unbound_where_nothing_holds_it_any_more(grounds: tuple[Ground, ...], left: int) -> None:
    value = risk(BETTER)
    told = tuple(each.statement for each in rules.placed(value, [held(*grounds)], JUNE))
    document = RegisterDocument(risks=(value.model_copy(update={"statements": told}),))
    assert len(rules.unbound_claims(document)) == left
    assert [each.text for each in rules.unbound_claims(RegisterDocument(risks=(value,)))] == [BETTER]
