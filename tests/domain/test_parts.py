"""The whole of a risk in parts follows a rule that the body stated, or says why it cannot be told."""

from __future__ import annotations

from watchkeep.domain.document import Assessment, Band, Field, Part, PartedField, Risk, Scale
from watchkeep.domain.parts import made_by_rule, parts_of, whole, with_the_rule

SCALE = Scale(bands=(Band(name="Low", rank=1), Band(name="Medium", rank=2), Band(name="High", rank=3)))


def said(text: str) -> Field:
    return Field(state="recorded", text=text) if text else Field()


def risk(rule: str = "worst part", stated: str = "", **parts: str) -> Risk:
    rated = [Assessment(stage="residual", part=part, rating=said(band)) for part, band in parts.items()]
    own = [Assessment(stage="residual", rating=said(stated))] if stated else []
    markers = tuple(Part(marker=each, text=f"Text {each}") for each in ("i", "ii"))
    described = PartedField(state="recorded", text="(i) Text i (ii) Text ii", parts=markers)
    return Risk(key="R1", description=described, whole_rule=said(rule), assessments=(*own, *rated))


def test_the_worst_part_makes_the_whole() -> None:
    found = whole(risk(i="Low", ii="High"), SCALE, "residual")
    assert found is not None
    assert (found.made, found.by) == ("High", "ii")


def test_two_bands_are_never_averaged() -> None:
    found = whole(risk(i="Low", ii="High"), SCALE, "residual")
    assert found is not None
    assert found.made != "Medium"


def test_without_a_rule_or_with_the_other_nothing_is_made() -> None:
    for rule in ("", "stated"):
        found = whole(risk(rule, i="Low", ii="High"), SCALE, "residual")
        assert found is not None
        assert found.made == ""


def test_a_part_off_the_scale_is_said_and_not_passed_over() -> None:
    found = whole(risk(i="Low", ii="Grim"), SCALE, "residual")
    assert found is not None
    assert (found.made, "not rated on this scale" in found.reason) == ("", True)


def test_a_part_that_nobody_rated_is_named() -> None:
    found = whole(risk(ii="Low"), SCALE, "residual")
    assert found is not None
    assert (found.made, "Not rated: i." in found.reason) == ("Low", True)


def test_what_is_stated_stays_and_differs_in_plain_sight() -> None:
    value = risk(stated="Medium", i="Low", ii="High")
    found = whole(value, SCALE, "residual")
    assert found is not None
    assert found.differs
    assert with_the_rule(value, SCALE, "residual") == value


def test_what_the_rule_made_follows_the_rule() -> None:
    once = with_the_rule(risk(i="Low", ii="High"), SCALE, "residual")
    own = once.assessment("residual")
    assert own is not None
    assert made_by_rule(own)
    lower = [each for each in once.assessments if each.part != "ii"]
    again = with_the_rule(once.model_copy(update={"assessments": tuple(lower)}), SCALE, "residual")
    assert again.assessment("residual").rating.text == "Low"  # type: ignore[union-attr]


def test_a_risk_without_rated_parts_has_nothing_to_rule() -> None:
    assert whole(Risk(key="R1", assessments=()), SCALE, "residual") is None
    assert [each.marker for each in parts_of(risk())] == ["i", "ii"]
