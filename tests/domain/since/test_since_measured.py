"""Two papers that tell of indicators: whose verdict is another, which came, and which are told no more."""

from __future__ import annotations

from typing import Any

from watchkeep.domain.document import Field, Indicator, RegisterDocument, Risk
from watchkeep.domain.since import Since, say, since


def indicator(key: str = "K1", **more: Any) -> Indicator:
    said: dict[str, Any] = {"name": "Lamps out", "verdict": "steady", "sentence": "No special cause."}
    return Indicator(key=key, **said | more)


def a_paper(*risks: tuple[str, tuple[Indicator, ...]]) -> RegisterDocument:
    made = (
        Risk(
            key=key,
            reference=Field(state="recorded", text=key),
            name=Field(state="recorded", text=f"Peril of {key}"),
            indicators=told,
        )
        for key, told in risks
    )
    return RegisterDocument(risks=tuple(made))


def news(old: RegisterDocument, new: RegisterDocument) -> Since:
    return since(old, new, earlier_called="edition 3", one_register=True)


def told(found: Since) -> list[tuple[str, str, str, str, str]]:
    return [(each.key, each.what, each.before, each.after, each.reason) for each in found.measured]


WORSE = indicator(
    verdict="worsening", confirmed=True, sentence="Worsening: seven readings above the mean since May."
)


def test_a_verdict_that_is_another_is_told_with_what_it_rests_on() -> None:
    found = news(a_paper(("R1", (indicator(),))), a_paper(("R1", (WORSE,))))
    why = "Seven readings above the mean since May."
    assert told(found) == [("R1", "K1 Lamps out", "steady", "worsening", why)]
    assert not found.nothing
    assert say(found) == "Since edition 3: one indicator says something else."


def test_a_first_sign_is_another_word_than_a_verdict_that_is_certain() -> None:
    sign = WORSE.model_copy(
        update={"confirmed": False, "sentence": "A first sign of worsening: one reading."}
    )
    found = news(a_paper(("R1", (sign,))), a_paper(("R1", (WORSE,))))
    assert [each[2:4] for each in told(found)] == [("first sign of worsening", "worsening")]


def test_another_answer_to_its_target_is_news_and_another_sentence_is_none() -> None:
    able = indicator(capability="consistently meets")
    found = news(a_paper(("R1", (able,))), a_paper(("R1", (indicator(capability="hit and miss"),))))
    assert [each[2:4] for each in told(found)] == [
        ("steady; target: consistently meets", "steady; target: hit and miss")
    ]
    again = news(a_paper(("R1", (able,))), a_paper(("R1", (able.model_copy(update={"sentence": "Still."}),))))
    assert again.nothing


def test_an_indicator_of_two_risks_is_told_once_and_one_that_came_or_went_is_told() -> None:
    old = a_paper(("R1", (indicator(), indicator("K2"))), ("R2", (indicator(),)))
    new = a_paper(("R1", (WORSE, indicator("K3"))), ("R2", (WORSE,)))
    assert [each[:4] for each in told(news(old, new))] == [
        ("R1", "K1 Lamps out", "steady", "worsening"),
        ("R1", "K3 Lamps out", "not told", "steady"),
        ("R1", "K2 Lamps out", "steady", "not told"),
    ]


def test_a_paper_without_indicators_is_no_witness() -> None:
    bare = a_paper(("R1", ()))
    assert news(bare, a_paper(("R1", (WORSE,)))).nothing
    assert news(a_paper(("R1", (WORSE,))), bare).nothing


def test_what_was_kept_before_indicators_were_told_of_is_written_as_it_was() -> None:
    assert "measured" not in Since(earlier="edition 3").model_dump_json()
