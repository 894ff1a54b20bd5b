"""What people say of a draft is laid over it; the draft is left as it was read."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from watchkeep.domain.correction import Given, Told, check, corrected, doubt_key, settled_before
from watchkeep.domain.document import (
    Assessment,
    Doubt,
    Extra,
    Field,
    Item,
    Part,
    PartedField,
    RegisterDocument,
    Risk,
    State,
    Trend,
)
from watchkeep.domain.errors import Invalid
from watchkeep.domain.fields import fields_of, label_of


def said(text: str) -> Field:
    """A recorded field."""
    return Field(state="recorded", text=text)


RISK = Risk(
    key="A1",
    reference=said("A1"),
    description=PartedField(state="recorded", text="i one ii two", parts=(Part(marker="i", text="one"),)),
    controls=(Item(state="recorded", text="One", part="i", marker="-"), Item(state="recorded", text="Two")),
    trends=(Trend(period="Q1", state="recorded", text="↑", direction="up", movement="worsening"),),
    assessments=(Assessment(stage="residual", rating=said("High")),),
    extra=(Extra(heading="Harbour", state="recorded", text="East"),),
)
DRAFT = RegisterDocument(name=said("Harbour"), risks=(RISK,))


def told(
    path: str, text: str, *, risk: str = "A1", state: State = "recorded", on: date | None = None
) -> Risk:
    """The risk after one correction."""
    value = corrected(DRAFT, Given(), [Told(risk, path, state, text, "Edda Holm", on)])
    return value.risks[0]


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("owner", lambda risk: risk.owner),
        ("controls:1", lambda risk: risk.controls[1]),
        ("trends:Q1", lambda risk: risk.trends[0]),
        ("extra:Harbour", lambda risk: risk.extra[0]),
        ("assessments:residual:rating", lambda risk: risk.assessments[0].rating),
        ("assessments:target:rating", lambda risk: risk.assessments[1].rating),
        ("due_date", lambda risk: risk.due_date),
        ("impact", lambda risk: risk.impact),
    ],
)
def test_every_kind_of_field_can_be_told(path: str, found: Any) -> None:
    field = found(told(path, "down"))
    assert (field.text, field.confidence, field.reason) == ("down", 1.0, "corrected by Edda Holm")


def test_the_draft_itself_is_not_touched() -> None:
    told("owner", "Pilot")
    assert not DRAFT.risks[0].owner.recorded


def test_a_control_that_stood_there_keeps_its_part_when_the_list_is_told_anew() -> None:
    risk = told("controls", "Three\nOne\n\n")
    assert [(each.text, each.part) for each in risk.controls] == [("Three", None), ("One", "i")]


def test_a_list_can_be_told_empty() -> None:
    assert told("controls", "", state="not recorded").controls == ()


def test_a_text_told_anew_loses_parts_that_nobody_told() -> None:
    assert told("description", "i one  ii two").description.parts == RISK.description.parts
    assert told("description", "something else").description.parts == ()


@pytest.mark.parametrize(
    ("text", "direction", "movement"),
    [("↓", "down", "improving"), ("→", "level", "steady"), ("worsening", None, "worsening")],
)
def test_a_trend_told_anew_means_what_its_mark_means(text: str, direction: Any, movement: Any) -> None:
    trend = told("trends:Q1", text).trends[0]
    assert (trend.direction, trend.movement) == (direction, movement)


@pytest.mark.parametrize(
    "path", ["", "colour", "controls:7", "trends:Q9", "assessments:residual:colour", "key"]
)
def test_a_field_that_is_not_there_is_refused(path: str) -> None:
    with pytest.raises(Invalid):
        told(path, "x")


def test_the_last_word_holds() -> None:
    value = corrected(
        DRAFT, Given(), [Told("A1", "owner", "recorded", text, "Edda Holm") for text in ("Pilot", "Bosun")]
    )
    assert value.risks[0].owner.text == "Bosun"


def test_what_was_given_at_the_door_says_who_gave_it() -> None:
    value = corrected(DRAFT, Given(period="Q1", as_at=date(2031, 3, 31), by="Edda Holm"), [])
    assert (value.as_at.text, value.as_at.on) == ("31 March 2031", date(2031, 3, 31))
    assert value.period.reason == "given by Edda Holm"
    assert value.name == DRAFT.name


def test_the_register_itself_can_be_corrected() -> None:
    value = corrected(DRAFT, Given(), [Told("", "period", "recorded", "Q2", "Edda Holm")])
    assert value.period.text == "Q2"
    with pytest.raises(Invalid):
        corrected(DRAFT, Given(), [Told("", "owner", "recorded", "x", "Edda Holm")])


def test_a_doubt_keeps_its_name_until_it_asks_something_else() -> None:
    doubt = Doubt(code="lost", sentence="The mark was lost.", risk="A1")
    assert doubt_key(doubt) == doubt_key(doubt.model_copy(update={"places": ()}))
    assert doubt_key(doubt) != doubt_key(doubt.model_copy(update={"risk": "A2"}))


def test_every_field_has_one_path_and_words_for_it() -> None:
    paths = [path for path, _ in fields_of(RISK.model_copy(update={"trends": RISK.trends * 2}))]
    assert len(paths) == len(set(paths))
    assert "trends:Q1#2" in paths
    assert label_of("assessments:residual:rating") == "Residual rating"
    assert label_of("assessments:not stated:score") == "Score"
    assert label_of("extra:Tide##2") == "Tide#2"
    assert label_of("extra:Tide#2") == "Tide"
    assert label_of("controls:0") == "Control 1"
    assert label_of("description:parts:1") == "Description, part 2"


@pytest.mark.parametrize("text", ["worsening", "Steady", "improving", "↑", "↓", "→", "down"])
def test_a_mark_or_word_that_is_known_may_be_said_of_a_trend(text: str) -> None:
    check(Told("A1", "trends:Q1", "recorded", text, "Edda"))


@pytest.mark.parametrize("text", ["banana", "", "n/a", "↑ ↓"])
def test_what_names_no_direction_may_not_be_said_of_a_trend(text: str) -> None:
    with pytest.raises(Invalid, match="names no direction"):
        check(Told("A1", "trends:Q1", "recorded", text, "Edda"))


def test_a_date_that_a_person_gives_counts_only_where_it_names_a_day() -> None:
    def due(text: str) -> tuple[str | None, date | None]:
        told = Told("A1", "due_date", "recorded", text, "Edda")
        found = corrected(RegisterDocument(risks=(RISK,)), Given(), [told]).risks[0].due_date
        return found.text, found.on

    assert due("3 April 2031") == ("3 April 2031", date(2031, 4, 3))
    assert due("April 2031") == ("April 2031", None)


def test_what_no_longer_fits_is_left_out_when_it_is_laid_over_again() -> None:
    told = [
        Told("A9", "owner", "recorded", "Nobody", "Edda"),
        Told("A1", "owner", "recorded", "Pilot", "Edda"),
    ]
    found = settled_before(RegisterDocument(risks=(RISK,)), Given(), told)
    assert found.risks[0].owner.text == "Pilot"
    with pytest.raises(Invalid):
        corrected(RegisterDocument(risks=(RISK,)), Given(), told)
