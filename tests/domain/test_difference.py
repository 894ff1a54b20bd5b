"""Which risk is which, and what it says differently; the machine only proposes."""

from __future__ import annotations

from typing import Any

import pytest

from watchkeep.domain.difference import changed_fields, match, same_cover
from watchkeep.domain.document import (
    Assessment,
    Band,
    Field,
    Item,
    LinePlace,
    PartedField,
    RegisterDocument,
    Risk,
    Scale,
    Trend,
)


def said(text: str, **more: Any) -> Field:
    """A recorded field."""
    return Field(state="recorded", text=text, **more)


def risk(key: str, *, reference: str | None = "", name: str = "", **more: Any) -> Risk:
    """A risk of that reference (its key, unless another or none is given)."""
    given = key if reference == "" else reference
    return Risk(
        key=key, reference=said(given) if given else Field(), name=said(name) if name else Field(), **more
    )


def paper(*risks: Risk, period: str = "") -> RegisterDocument:
    """A paper of these risks, for that quarter."""
    return RegisterDocument(risks=risks, period=said(period) if period else Field())


def marks(**ways: str) -> dict[str, Any]:
    """Trends by their columns: an arrow that means worse, the word for it, or a mark that is lost."""
    known: dict[str, Any] = {
        "↑": {"direction": "up", "movement": "worsening"},
        "Worsening": {"movement": "worsening"},
        "↓": {"direction": "down", "movement": "improving"},
        "→": {"direction": "level", "movement": "steady"},
    }
    return {
        "trends": tuple(
            Trend(period=period, state="recorded", text=way, **known[way]) if way else Trend(period=period)
            for period, way in ways.items()
        )
    }


def test_nothing_differs_from_itself_wherever_it_was_read() -> None:
    before = paper(risk("A1", name="Lamp oil"))
    elsewhere = said("Lamp  oil", places=(LinePlace(line=9, last_line=9),), confidence=0.5, reason="guess")
    after = paper(risk("A1").model_copy(update={"name": elsewhere}))
    assert match(before, after).of("A1").kind == "same"


def test_a_reference_decides_whatever_its_case_and_spaces() -> None:
    found = match(paper(risk("A 1", name="Lamp oil")), paper(risk("a1", name="Lamp oil")))
    assert found.of("a1").match == "A 1"


def test_two_references_are_two_risks_however_alike_they_read() -> None:
    found = match(paper(risk("A1", name="Lamp oil")), paper(risk("A2", name="Lamp oil")))
    assert found.of("A2").kind == "new"
    assert found.missing == ("A1",)


def test_a_shared_reference_over_another_text_is_pointed_out() -> None:
    found = match(paper(risk("A1", name="Lamp oil runs out")), paper(risk("A1", name="Budget")))
    assert "check that this is the same risk" in found.of("A1").reason


def test_references_that_were_swapped_or_shifted_are_not_sure() -> None:
    names = ("Lamp oil runs out", "Harbour wall cracks", "Too few boats")
    before = paper(*(risk(f"R{at}", name=name) for at, name in enumerate(names, 1)))
    swapped = paper(risk("R1", name=names[1]), risk("R2", name=names[0]), risk("R3", name=names[2]))
    found = match(before, swapped)
    assert [each.sure for each in found.proposals] == [False, False, True]
    assert found.of("R1").reason == (
        "The reference is the same, but the words are those of R2: check which risk this is."
    )
    shifted = match(before, paper(risk("R1", name=names[1]), risk("R2", name=names[2])))
    assert [each.doubted for each in shifted.proposals] == [True, True]


def test_the_exact_words_win_over_nearly_the_same_words() -> None:
    before = paper(
        risk("row 1", reference=None, name="Harbour wall cracks in the north"),
        risk("row 2", reference=None, name="Harbour wall cracks in the south"),
    )
    after = paper(
        risk("row 1", reference=None, name="Harbour wall cracks in the south"),
        risk("row 2", reference=None, name="Harbour wall cracks in the north"),
    )
    found = match(before, after)
    assert [each.match for each in found.proposals] == ["row 2", "row 1"]


def test_one_earlier_risk_is_matched_only_once() -> None:
    before = paper(risk("row 1", reference=None, name="Lamp oil runs out"))
    after = paper(
        risk("row 1", reference=None, name="Lamp oil runs out"),
        risk("row 2", reference=None, name="Lamp oil runs out"),
    )
    assert [each.kind for each in match(before, after).proposals] == ["same", "new"]


@pytest.mark.parametrize(
    ("before", "after", "path", "said_before", "said_after"),
    [
        ({"owner": said("Pilot")}, {"owner": said("Bosun")}, "owner", "Pilot", "Bosun"),
        ({}, {"owner": said("Bosun")}, "owner", "not recorded", "Bosun"),
        (
            {"owner": said("Pilot")},
            {"owner": Field(state="not applicable")},
            "owner",
            "Pilot",
            "not applicable",
        ),
        (
            {"controls": (Item(state="recorded", text="One"),)},
            {"controls": (Item(state="recorded", text="One"), Item(state="recorded", text="Two"))},
            "controls",
            "One",
            "One\nTwo",
        ),
        (
            {
                "trends": (
                    Trend(period="Q1", state="recorded", text="↑", direction="up", movement="worsening"),
                )
            },
            {
                "trends": (
                    Trend(period="Q1", state="recorded", text="↑", direction="up", movement="improving"),
                )
            },
            "trends:Q1",
            "↑ (worsening)",
            "↑ (improving)",
        ),
        (
            {"assessments": (Assessment(stage="residual", rating=said("Low")),)},
            {"assessments": (Assessment(stage="residual", rating=said("High")),)},
            "assessments:residual:rating",
            "Low",
            "High",
        ),
        (
            {"description": PartedField(state="recorded", text="Old")},
            {},
            "description",
            "Old",
            "not recorded",
        ),
    ],
)
def test_a_change_names_the_field_and_both_sides(
    before: dict[str, Any], after: dict[str, Any], path: str, said_before: str, said_after: str
) -> None:
    (change,) = changed_fields(risk("A1", **before), risk("A1", **after))
    assert (change.path, change.before, change.after) == (path, said_before, said_after)


def test_covers_are_the_same_until_one_says_something_else() -> None:
    cover = RegisterDocument(name=said("Harbour"), period=said("Q1"))
    assert same_cover(cover, cover.model_copy(update={"name": said("Harbour ", reason="read again")}))
    assert not same_cover(cover, cover.model_copy(update={"period": said("Q2")}))
    assert not same_cover(
        cover, cover.model_copy(update={"scale": Scale(bands=(Band(name="High", rank=1),))})
    )


def test_a_quarter_that_rolled_off_the_paper_is_no_change() -> None:
    before = paper(risk("A1", **marks(Q1="→", Q2="↑")), period="2025/26 Q2")
    after = paper(risk("A1", **marks(Q2="↑")), period="2025/26 Q3")
    assert match(before, after).of("A1").kind == "same"


def test_a_fourth_quarter_is_not_compared_with_another_year_s() -> None:
    before = paper(risk("A1", **marks(Q3="→", Q4="↑")), period="2024/25 Q4")
    after = paper(risk("A1", **marks(Q3="↓", Q4="→")), period="2025/26 Q4")
    changes = match(before, after).of("A1").changes
    assert [(each.label, each.before, each.after) for each in changes] == [
        ("Trend 2025/26 Q3", "not recorded", "↓ (improving)"),
        ("Trend 2025/26 Q4", "not recorded", "→ (steady)"),
    ]


def test_the_same_quarter_is_compared_under_another_label() -> None:
    before = paper(risk("A1", **marks(previous="→", current="↑")), period="2025/26 Q2")
    after = paper(risk("A1", **marks(Q2="↓")), period="Q3 2025/26")
    (change,) = match(before, after).of("A1").changes
    assert (change.label, change.before, change.after) == (
        "Trend 2025/26 Q2",
        "↑ (worsening)",
        "↓ (improving)",
    )


def test_the_mark_of_a_new_quarter_is_a_change_and_named_in_full() -> None:
    before = paper(risk("A1", **marks(Q1="→", Q2="↑", Q3="→")), period="2025/26 Q3")
    after = paper(risk("A1", **marks(Q2="↑", Q3="→", Q4="→")), period="2025/26 Q4")
    (change,) = match(before, after).of("A1").changes
    assert (change.label, change.before, change.after) == ("Trend 2025/26 Q4", "not recorded", "→ (steady)")


def test_an_arrow_and_a_word_that_mean_the_same_are_the_same() -> None:
    before = paper(risk("A1", **marks(Q2="↑")), period="2025/26 Q2")
    after = paper(risk("A1", **marks(Q2="Worsening")), period="2025/26 Q2")
    assert match(before, after).of("A1").kind == "same"


def test_a_mark_that_one_risk_lost_is_a_change_while_its_column_is_there() -> None:
    before = paper(risk("A1", **marks(Q2="↑")), risk("A2", **marks(Q2="→")), period="2025/26 Q2")
    after = paper(risk("A1"), risk("A2", **marks(Q2="→")), period="2025/26 Q2")
    found = match(before, after)
    assert [(each.label, each.after) for each in found.of("A1").changes] == [
        ("Trend 2025/26 Q2", "not recorded")
    ]
    assert found.of("A2").kind == "same"


@pytest.mark.parametrize(("old", "new"), [("", "2025/26 Q4"), ("2025/26 Q4", ""), ("", "Quarterly")])
def test_where_a_paper_does_not_say_its_quarter_labels_are_compared(old: str, new: str) -> None:
    before = paper(risk("A1", **marks(Q3="→", Q4="↑")), period=old)
    after = paper(risk("A1", **marks(Q4="→")), period=new)
    (change,) = match(before, after).of("A1").changes
    assert (change.label, change.before, change.after) == ("Trend Q4", "↑ (worsening)", "→ (steady)")


def test_a_body_whose_year_is_the_calendar_s_has_its_quarters_too() -> None:
    before = paper(risk("A1", **marks(Q4="↑")), period="2025 Q4")
    after = paper(risk("A1", **marks(Q1="→", Q4="↑")), period="2026 Q1")
    (change,) = match(before, after, year_start=1).of("A1").changes
    assert change.label == "Trend 2026 Q1"


def test_a_paper_brought_in_again_says_nothing_new() -> None:
    again = paper(
        risk("A1", **marks(Q2="↑", Q3="", Q4="↓")), risk("A2", **marks(Q2="→")), period="2025/26 Q4"
    )
    assert match(again, again).count("same") == 2
