"""Indicators in a paper for others than the body: all of one, or nothing of it in any sentence."""

from __future__ import annotations

from datetime import date
from typing import Any

from watchkeep.domain.document import (
    Basis,
    Field,
    Heard,
    Indicator,
    Mark,
    PartedField,
    Point,
    RegisterDocument,
    Risk,
    Rule,
    Statement,
    Trend,
)
from watchkeep.domain.edition import Audience
from watchkeep.domain.redaction import as_it_may_be_told, for_audience, markable, residue, withheld

DAY = date(2025, 3, 1)
CLOSED = Rule(field="indicators:K1", readers="internal")
AUDIENCES: tuple[Audience, ...] = ("committee", "public")


def indicator(key: str = "K1", name: str = "Lanterns found dark at dusk", **more: Any) -> Indicator:
    said: dict[str, Any] = {
        "verdict": "worsening",
        "confirmed": True,
        "sentence": "Worsening: seven in a row.",
    }
    points = (Point(on=DAY, value=41.0, centre=30.0, lower=20.0, upper=40.0, meaning="concern"),)
    return Indicator(key=key, name=name, points=points, **said | more)


def a_risk(key: str = "R1", *indicators: Indicator, **more: Any) -> Risk:
    heard = Heard(
        word="worsening", basis="K1 Lanterns found dark at dusk: seven in a row.", against="It is not."
    )
    name = Field(state="recorded", text=f"Peril {key}")
    told = {"indicators": indicators, "heard": heard if indicators else None} | more
    return Risk(key=key, reference=Field(state="recorded", text=key), name=name, **told)


def left(*risks: Risk, audience: Audience = "public") -> tuple[Risk, ...]:
    return for_audience(RegisterDocument(risks=risks), audience).risks


def test_others_than_the_body_read_an_indicator_whole_and_the_public_no_remark_on_a_judgement() -> None:
    (committee,), (public,) = (left(a_risk("R1", indicator()), audience=each) for each in AUDIENCES)
    assert committee.indicators == public.indicators == (indicator(),)
    assert committee.heard is not None
    assert public.heard is None


def test_the_public_is_told_when_limits_began_anew_and_nothing_in_anybodys_words() -> None:
    marks = (
        Mark(on=date(2024, 9, 2), kind="rebase", text="New wicks"),
        Mark(on=date(2024, 10, 1), kind="annotation", text="K2 Oil ran low"),
        Mark(on=date(2024, 11, 1), kind="annotation", text="The mole was shut"),
    )
    told, other = indicator(marks=marks), indicator("K2", "Oil ran low")
    (committee,), (public,) = (left(a_risk("R1", told, other), audience=each) for each in AUDIENCES)
    assert committee.indicators[0].marks == marks
    assert public.indicators[0].marks == (Mark(on=date(2024, 9, 2), kind="rebase"),)
    closed = Rule(field="indicators:K2", readers="internal")
    (without,) = left(a_risk("R1", told, other, rules=(closed,)), audience="committee")
    assert without.indicators[0].marks == (marks[0], marks[2])


def test_an_indicator_that_is_withheld_in_one_risk_is_in_no_word_of_another() -> None:
    basis = "By its indicators worsening: K1 Lanterns found dark at dusk: seven in a row."
    trend = Trend(period="Q4", state="recorded", text="↑", movement="worsening", basis=basis)
    other = Trend(
        period="Q4", state="recorded", text="↑", movement="worsening", basis="From Low to High; K11 too."
    )
    rests = Basis(
        kind="observation", key="x", label="K1 Lanterns found dark at dusk", on=DAY, says="777 lamps"
    )
    text = "It is dark."
    sentence = Statement(
        field="description", start=0, end=len(text), text=text, standing="moved", rests_on=(rests,)
    ).model_copy(update={"because": "K1 has a newer reading."})
    told = {
        "description": PartedField(state="recorded", text=text),
        "statements": (sentence,),
        "trends": (trend,),
    }
    for audience in AUDIENCES:
        risks = left(
            a_risk("R1", indicator(), rules=(CLOSED,)),
            a_risk("R2", indicator(), indicator("K2", "Oil left in the store")),
            a_risk("R3", **told),
            a_risk("R4", trends=(other,)),
            audience=audience,
        )
        assert [[each.key for each in risk.indicators] for risk in risks] == [[], ["K2"], [], []]
        written = RegisterDocument(risks=risks).model_dump_json()
        assert "Lanterns" not in written
        assert '"K1' not in written
        assert "777" not in written
        assert [risk.heard for risk in risks] == [None] * 4
        assert (risks[3].trends[0].basis != "") == (audience == "committee")


def test_a_withheld_risk_takes_its_indicators_with_it_wherever_they_speak() -> None:
    hidden = a_risk("R1", indicator(), rules=(Rule(readers="internal"),))
    (told,) = left(hidden, a_risk("R2", indicator(), indicator("K2", "Oil")))
    assert [each.key for each in told.indicators] == ["K2"]


def test_a_rule_for_an_indicator_that_is_not_there_closes_them_all() -> None:
    (told,) = left(a_risk("R1", indicator("K2"), rules=(CLOSED,)), audience="committee")
    assert (told.indicators, told.heard) == ((), None)


def test_the_last_paper_tells_no_more_of_an_indicator_that_was_marked_since() -> None:
    earlier = RegisterDocument(risks=(a_risk("R1", indicator(), indicator("K2", "Oil")),))
    now = RegisterDocument(risks=(a_risk("R1", indicator(), indicator("K2", "Oil"), rules=(CLOSED,)),))
    mine = as_it_may_be_told(earlier, now, for_audience(now, "committee"), "committee")
    assert [each.key for each in mine.risks[0].indicators] == ["K2"]
    before_it_was_told = RegisterDocument(risks=(a_risk("R1", indicator("K2", "Oil")),))
    mine = as_it_may_be_told(before_it_was_told, now, for_audience(now, "committee"), "committee")
    assert [each.key for each in mine.risks[0].indicators] == ["K2"]


def test_the_name_of_a_withheld_indicator_is_found_where_it_stands_in_other_words_of_the_paper() -> None:
    whole = RegisterDocument(
        risks=(
            a_risk("R1", indicator(), rules=(CLOSED,)),
            a_risk("R2", cause=Field(state="recorded", text="We know the lanterns found dark at dusk.")),
            a_risk("R3", indicator("K5", "Boats moored"), heard=None),
        )
    )
    found = residue(for_audience(whole, "public"), withheld(whole, "public"))
    assert [(each.place, each.certain) for each in found if each.certain] == [("R2 Peril R2: Cause", True)]


def test_each_indicator_can_be_marked_by_name() -> None:
    paths = dict(markable(a_risk("R1", indicator())))
    assert paths["indicators:K1"] == "The indicator “K1 Lanterns found dark at dusk”"
    assert paths["indicators"] == "Its indicators"
