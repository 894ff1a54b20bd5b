"""A document that says nothing in its later fields is written as it was before there were any."""

from __future__ import annotations

from datetime import date

import pytest

from watchkeep.domain.document import Assessment, Field, RegisterDocument, Risk, Trend
from watchkeep.domain.fields import fields_of, label_of, told
from watchkeep.domain.redaction import for_audience

PLAIN = Risk(key="LH1", trends=(Trend(period="Q4"),), assessments=(Assessment(stage="residual"),))
FULL = Risk(
    key="LH1",
    trends=(
        Trend(
            period="Q4",
            derived="steady",
            basis="No rating moved.",
            overridden_by="Edda Holm",
            override_reason="Storms",
        ),
    ),
    assessments=(
        Assessment(
            stage="residual",
            part="i",
            rationale=Field(state="recorded", text="Few keepers"),
            basis=Field(state="recorded", text="The March count"),
            by="Edda Holm",
            on=date(2031, 3, 31),
        ),
    ),
    proximity=Field(state="recorded", text="Within a year"),
    unknowns=Field(state="recorded", text="Who would keep the light"),
)


def test_later_fields_that_say_nothing_are_not_written() -> None:
    written = PLAIN.model_dump_json()
    for name in (
        "proximity",
        "velocity",
        "unknowns",
        "whole_rule",
        "derived",
        "overridden_by",
        "rationale",
        "by",
    ):
        assert f'"{name}"' not in written
    assert '"part"' not in written


@pytest.mark.parametrize("risk", [PLAIN, FULL])
def test_what_is_written_is_read_back(risk: Risk) -> None:
    assert Risk.model_validate_json(risk.model_dump_json()) == risk
    assert Risk.model_validate(risk.model_dump(mode="json")) == risk


def test_an_assessment_of_a_part_is_not_the_risk_s() -> None:
    assert FULL.assessment("residual") is None
    assert FULL.assessment("residual", "i") is not None


def test_a_part_s_rating_has_a_path_that_can_be_told() -> None:
    risk = told(PLAIN, "assessments:residual@i:rating", state="recorded", text="High", reason="said by me")
    assert dict(fields_of(risk))["assessments:residual@i:rating"].text == "High"
    assert dict(fields_of(risk))["assessments:residual:rating"].state == "not recorded"
    assert label_of("assessments:residual@i:rating") == "Residual rating, part i"


def test_no_name_of_a_person_who_judged_leaves_the_body() -> None:
    for audience in ("committee", "public"):
        given = for_audience(RegisterDocument(risks=(FULL,)), audience)  # type: ignore[arg-type]
        assert "Edda Holm" not in given.model_dump_json()


def test_the_public_does_not_read_what_the_body_does_not_know() -> None:
    document = RegisterDocument(risks=(FULL,))
    assert "Who would keep" in for_audience(document, "committee").model_dump_json()
    assert "Who would keep" not in for_audience(document, "public").model_dump_json()
    assert "Few keepers" not in for_audience(document, "public").model_dump_json()
    assert "Within a year" in for_audience(document, "public").model_dump_json()
