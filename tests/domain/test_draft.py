"""The doubts a person is asked about: one for each thing to check, not one for each risk."""

from __future__ import annotations

from typing import Any

from watchkeep.domain.document import (
    Assessment,
    Column,
    DateField,
    Doubt,
    Extra,
    Field,
    LinePlace,
    Loose,
    PartedField,
    RegisterDocument,
    Risk,
    Trend,
)
from watchkeep.domain.draft import doubts
from watchkeep.domain.scale import scale_of


def said(text: str, **more: Any) -> Field:
    """A recorded field."""
    return Field(state="recorded", text=text, **more)


def risk(reference: str, **more: Any) -> Risk:
    """A risk about which there is nothing to ask."""
    fields: dict[str, Any] = {
        "reference": said(reference),
        "name": said(f"Name of {reference}"),
        "owner": said("Head of Estates"),
        "assessments": (Assessment(stage="residual", rating=said("High")),),
    }
    return Risk(key=reference, **{**fields, **more})


def codes(*risks: Risk, **more: Any) -> list[str]:
    """The codes of all doubts about a register of these risks."""
    return [doubt.code for doubt in doubts(RegisterDocument(risks=risks, **more))]


def test_a_complete_register_raises_no_doubt() -> None:
    assert codes(risk("A1"), risk("A2")) == []


def test_a_register_without_owners_is_asked_about_once() -> None:
    document = RegisterDocument(risks=tuple(risk(f"A{number}", owner=Field()) for number in range(14)))
    found = [doubt for doubt in doubts(document) if doubt.code == "no-owner"]
    assert [doubt.risk for doubt in found] == [None]
    assert "no owner for any" in found[0].sentence


def test_a_field_read_with_little_certainty_is_asked_about_with_its_reason_and_place() -> None:
    place = LinePlace(line=4, last_line=4)
    unsure = said("High", confidence=0.6, reason="joined by order alone", places=(place,))
    document = RegisterDocument(
        risks=(risk("A1", assessments=(Assessment(stage="residual", rating=unsure),)), risk("A2"))
    )
    (doubt,) = doubts(document)
    assert (doubt.code, doubt.risk, doubt.field, doubt.places) == (
        "uncertain",
        "A1",
        "assessments:residual:rating",
        (place,),
    )
    assert "joined by order alone" in doubt.sentence


def test_one_reason_that_holds_for_most_risks_is_one_doubt() -> None:
    unsure = said("Chair", confidence=0.8, reason="judged by one word of the heading")
    assert codes(*(risk(f"A{number}", owner=unsure) for number in range(5))) == ["uncertain"]


def test_each_lost_trend_is_asked_about_and_a_column_of_lost_ones_only_once() -> None:
    lost, kept = Trend(period="Q2"), Trend(period="Q2", state="recorded", text="→", direction="level")
    assert codes(risk("A1", trends=(lost,)), risk("A2", trends=(kept,))) == ["trend-lost"]
    assert codes(*(risk(f"A{number}", trends=(lost,)) for number in range(9))) == ["trend-lost"]


def test_an_assumed_meaning_of_arrows_is_asked_about() -> None:
    assert codes(risk("A1"), rising_basis="assumed") == ["arrows-assumed"]


def test_arrows_that_nobody_explained_are_not_said_to_mean_anything() -> None:
    (doubt,) = doubts(RegisterDocument(risks=(risk("A1"),), rising_basis="assumed"))
    assert "neither worse nor better" in doubt.sentence
    assert "worsening" not in doubt.sentence
    assert codes(risk("A1"), rising_basis="stated") == []


def test_a_reference_given_twice_is_asked_about() -> None:
    second = risk("A1").model_copy(update={"key": "A1 (2)"})
    assert codes(risk("A1"), second) == ["reference-twice"]


def test_a_mention_of_a_risk_that_is_not_here_is_asked_about() -> None:
    mentions = PartedField(state="recorded", text="Made worse by AB07, see AB02.")
    document = RegisterDocument(risks=(risk("AB01", description=mentions), risk("AB02")))
    assert [doubt.sentence for doubt in doubts(document)] == [
        "The description of AB01 mentions AB07, which is not in this register."
    ]


def test_a_colour_without_a_word_is_asked_about() -> None:
    coloured = risk("A1", assessments=(Assessment(stage="residual", fill="#ff0000"),))
    assert codes(coloured, risk("A2")) == ["colour-only"]


def test_one_score_that_is_no_product_among_many_is_asked_about() -> None:
    def scored(reference: str, score: str) -> Risk:
        rated = Assessment(stage="residual", likelihood=said("3"), impact=said("4"), score=said(score))
        return risk(reference, assessments=(rated,))

    many = [scored(f"A{number}", "12") for number in range(6)]
    assert codes(*many) == []
    assert codes(*many, scored("A9", "21")) == ["score-differs"]
    # A scale that does not multiply at all is no slip.
    assert codes(*(scored(f"A{number}", "7") for number in range(6))) == []


def test_a_date_without_a_day_is_asked_about() -> None:
    vague = DateField(state="recorded", text="Mar-21")
    assert codes(risk("A1", due_date=vague), risk("A2")) == ["date-unclear"]


def test_an_inferred_order_of_bands_is_asked_about() -> None:
    assert codes(risk("A1"), scale=scale_of(["High", "Low"])) == ["bands-inferred"]
    assert codes(risk("A1"), scale=scale_of(["Tiger", "Mouse"])) == ["bands-unordered"]


def test_unknown_headings_and_unassigned_text_are_asked_about_once_each() -> None:
    columns = (Column(heading="Notes", meaning="extra"), Column(heading="Cost", meaning="extra"))
    noted = risk("A1", extra=(Extra(heading="Notes", state="recorded", text="Anything"),))
    found = codes(noted, columns=columns, unassigned=(Loose(text="One"), Loose(text="Two")))
    assert found == ["heading-unknown", "unassigned"]


def test_what_the_reader_noted_is_kept_when_doubts_are_asked_again() -> None:
    noted = Doubt(code="reader", sentence="Sheet “Old” is hidden.")
    first = RegisterDocument(risks=(risk("A1", owner=Field()), risk("A2")), doubts=(noted,))
    again = first.model_copy(update={"doubts": doubts(first)})
    assert doubts(again) == doubts(first)
    assert doubts(first)[0] == noted
