"""What is kept from an audience is not in its document, and what still tells of it is found."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from watchkeep.domain.document import (
    Assessment,
    Band,
    Basis,
    Column,
    Extra,
    Field,
    Item,
    Part,
    PartedField,
    Promise,
    RegisterDocument,
    Risk,
    Rule,
    Scale,
    Statement,
    Trend,
)
from watchkeep.domain.edition import Audience
from watchkeep.domain.freezing import gate
from watchkeep.domain.redaction import (
    for_audience,
    markable,
    residue,
    resolved,
    withheld,
    withheld_paths,
)


def said(text: str) -> Field:
    return Field(state="recorded", text=text)


def line(text: str, marker: str | None = None) -> Item:
    return Item(state="recorded", text=text, marker=marker)


def a_risk(key: str = "LH1", **more: Any) -> Risk:
    words: dict[str, Any] = {
        "reference": said(key),
        "name": said(f"The lamps of {key} go out"),
        "description": PartedField(state="recorded", text="Oil may run short in a long winter."),
        "controls": (
            line("Weekly count of oil", "1"),
            line("Night patrol by boat", "2"),
            line("A spare lamp", "3"),
        ),
        "trends": (Trend(state="recorded", text="↑", period="Q4", derived="worsening", basis="From Low."),),
        "assessments": (Assessment(stage="residual", rating=said("High"), score=said("12"), fill="#c00000"),),
        "extra": (Extra(heading="Cell", state="recorded", text="East mole"),),
        "promises": (Promise(key="p-1", kind="action", title="Buy a lamp", slip_reason="No money yet"),),
        "statements": (
            Statement(
                field="controls:2",
                start=0,
                end=12,
                text="A spare lamp",
                standing="bound",
                rests_on=(Basis(kind="check", key="c-9", label="Check by the east mole"),),
            ),
        ),
    }
    return Risk(key=key, **(words | more))


def document(*risks: Risk, **more: Any) -> RegisterDocument:
    return RegisterDocument(name=said("Harbour register"), risks=risks, **more)


def rule(field: str = "", readers: Any = "internal", **more: Any) -> Rule:
    return Rule(field=field, readers=readers, exemption="section 31", **more)


@pytest.mark.parametrize(
    ("readers", "audience", "kept"),
    [
        ("internal", "internal", True),
        ("internal", "committee", False),
        ("internal", "public", False),
        ("committee", "committee", True),
        ("committee", "public", False),
        ("public", "public", True),
    ],
)
def test_each_audience_reads_what_its_rule_lets_it(readers: str, audience: Audience, kept: bool) -> None:
    value = document(a_risk("LH1", rules=(rule(readers=readers),)), a_risk("LH2"))
    assert ("lamps of LH1" in for_audience(value, audience).model_dump_json()) is kept


def test_the_narrowest_of_two_rules_holds_and_no_rule_goes_out() -> None:
    value = document(a_risk(rules=(rule("description", "public"), rule("description", "internal"))))
    text = for_audience(value, "committee").model_dump_json()
    assert "Oil may run" not in text
    assert "section 31" not in text


def test_what_a_source_said_is_told_with_its_sentence_and_in_a_persons_words_not_to_the_public() -> None:
    bases = (
        Basis(kind="check", key="c", label="Check of lamps", says="operation not effective"),
        Basis(kind="observation", key="o", label="Lamps lit", says="71 %"),
        Basis(kind="commitment", key="p-1", label="Buy a lamp", says="due on 1 May 2026"),
        Basis(kind="document", key="d", label="Letter", says="Ann Ward thinks so"),
        Basis(kind="event", key="e", label="The fire", says="Nobody was blamed"),
    )
    told = Statement(field="controls:2", start=0, end=5, text="A spa", standing="bound", rests_on=bases)
    hidden = Statement(field="controls:1", start=0, end=5, text="A boo", standing="bound", rests_on=bases)

    def says(audience: Any, *rules: Rule) -> list[list[str]]:
        risk = a_risk(statements=(hidden, told), rules=(rule("controls:1"), *rules))
        (left,) = for_audience(document(risk), audience).risks
        return [[each.says for each in statement.rests_on] for statement in left.statements]

    typed = ("71 %", "Ann Ward thinks so", "Nobody was blamed")
    for audience, (reading, letter, event) in (("committee", typed), ("public", ("", "", ""))):
        check = "operation not effective"
        assert says(audience) == [[check, reading, "due on 1 May 2026", letter, event]]
        assert says(audience, rule("promises:p-1")) == [[check, reading, "", letter, event]]


@pytest.mark.parametrize(
    ("field", "closes"),
    [
        ("controls:1", ("controls:1",)),
        ("controls:7", ("controls",)),
        ("description:parts:0", ("description",)),
        ("promises:p-1", ("promises:p-1",)),
        ("promises:gone", ("promises",)),
        ("trends:Q9", ("trends",)),
        ("extra:No such column", ("extra",)),
        ("assessments:residual:rationale", ("assessments:residual:rationale",)),
        ("assessments:target:rating", ("assessments",)),
        ("no such field", ("",)),
    ],
)
def test_a_rule_of_what_is_not_there_closes_more_and_never_less(field: str, closes: tuple[str, ...]) -> None:
    assert resolved(a_risk(), field) == closes


def test_one_rating_closes_all_that_was_rated_with_it_and_its_colour() -> None:
    value = document(a_risk(rules=(rule("assessments:residual:rating"),)))
    (risk,) = for_audience(value, "committee").risks
    assert risk.assessments == ()
    assert risk.trends[0].basis == ""
    assert withheld_paths(value.risks[0], "public") == {
        f"assessments:residual:{name}"
        for name in ("likelihood", "impact", "score", "rating", "rationale", "basis")
    }


def test_a_line_goes_without_a_gap_and_its_neighbours_statement_follows() -> None:
    (risk,) = for_audience(document(a_risk(rules=(rule("controls:1"),))), "committee").risks
    assert [each.text for each in risk.controls] == ["Weekly count of oil", "A spare lamp"]
    assert [each.marker for each in risk.controls] == [None, None]
    assert risk.statements[0].field == "controls:1"


def test_a_statement_goes_with_its_field() -> None:
    (risk,) = for_audience(document(a_risk(rules=(rule("controls"),))), "committee").risks
    assert (risk.controls, risk.statements) == ((), ())


def test_the_public_reads_no_reason_label_or_record_of_the_bodys_own() -> None:
    text = for_audience(document(a_risk()), "public").model_dump_json()
    for kept_back in ("No money yet", "east mole", "East mole", "c-9", "From Low."):
        assert kept_back not in text
    (risk,) = for_audience(document(a_risk()), "public").risks
    assert risk.promises[0].title == "Buy a lamp"
    assert risk.statements[0].rests_on[0].label == "A check of a control"


def test_keys_numbers_columns_and_steps_follow_from_what_is_left() -> None:
    hidden = a_risk(
        "LH1",
        rules=(rule(),),
        extra=(Extra(heading="Only here", state="recorded", text="x"),),
        assessments=(Assessment(stage="residual", rating=said("Extreme")),),
    )
    nameless = a_risk("row 9", reference=Field(), statements=())
    bands = tuple(Band(name=name, rank=rank) for rank, name in enumerate(("Low", "High", "Extreme"), 1))
    value = document(
        hidden,
        nameless,
        a_risk("LH3"),
        scale=Scale(bands=bands, basis="inferred", reason="words of LH1"),
        columns=(Column(heading="Only here", meaning="extra"), Column(heading="Cell", meaning="extra")),
    )
    left = for_audience(value, "committee")
    assert [risk.key for risk in left.risks] == ["risk 1", "LH3"]
    assert left.risks[1].statements[0].rests_on[0].key == "1"
    assert [column.heading for column in left.columns] == ["Cell"]
    assert [(band.name, band.rank) for band in left.scale.bands] == [("Low", 1), ("High", 2)]


def test_a_withheld_reference_gives_no_key() -> None:
    (risk,) = for_audience(document(a_risk(rules=(rule("reference"),))), "public").risks
    assert risk.key == "risk 1"


def found(value: RegisterDocument, audience: Audience = "public", **more: Any) -> list[tuple[str, bool]]:
    left = for_audience(value, audience)
    return [(each.place, each.certain) for each in residue(left, withheld(value, audience), **more)]


@pytest.mark.parametrize("words", ["see lh1.", "See LH 1", "as in LH-1", "The lamps of LH1 go out again"])
def test_a_reference_to_a_withheld_risk_is_found_however_it_is_written(words: str) -> None:
    other = a_risk("LH2", name=said("Fog"), controls=(line(words),), statements=())
    value = document(a_risk("LH1", rules=(rule(),), description=PartedField(), controls=()), other)
    assert ("LH2 Fog: Control 1", True) in found(value)


def test_another_number_is_no_reference() -> None:
    other = a_risk("LH12", name=said("Fog"), controls=(line("See LH12 and LH10"),), description=PartedField())
    value = document(a_risk("LH1", rules=(rule(),), controls=(), description=PartedField()), other)
    assert found(value) == []  # their promise is one and the same: withheld in both


def test_a_part_of_a_withheld_text_is_found_in_a_title() -> None:
    text = "The boat of the night patrol leaves the east steps at two each night."
    value = document(a_risk(rules=(rule("cause"),), cause=said(text)))
    assert ("The title", True) in found(
        value, beside=[("The title", "Why the night patrol leaves the east steps late")]
    )
    assert found(value, beside=[("The title", "The night patrol")]) == []


def test_the_same_words_as_another_risks_own_field_are_a_matter_of_doubt() -> None:
    value = document(a_risk("LH1", rules=(rule("description"),)), a_risk("LH2"))
    assert ("LH2 The lamps of LH2 go out: Description", False) in found(value)


@pytest.mark.parametrize("words", ["Ask Edda Holm.", "Holm, Edda", "E. Holm knows", "told Inspector Holm"])
def test_a_persons_name_is_put_to_somebody(words: str) -> None:
    value = document(a_risk(cause=said(words)))
    assert found(value, names=["Edda Holm"]) == [("LH1 The lamps of LH1 go out: Cause", False)]


def test_a_word_that_is_also_a_name_is_none() -> None:
    value = document(a_risk(cause=said("The marsh floods.")))
    assert found(value, names=["Ivo Marsh"]) == []


def test_what_can_be_marked_has_a_label_and_closes_just_that() -> None:
    for path, label in markable(a_risk(cause=said("Fog"))):
        assert label
        if not path.startswith(("assessments", "statements")):
            assert resolved(a_risk(), path) == (path,)


def test_what_is_withheld_says_why_and_when_it_is_looked_at_again() -> None:
    until = date(2032, 1, 1)
    (told,) = withheld(document(a_risk(rules=(rule("cause", until=until),), cause=said("Fog"))), "public")
    assert (told.risk, told.label, told.rule.until, told.words) == (
        "LH1",
        "Cause",
        until,
        (("cause", "Fog"),),
    )


# --- What moves, what is shared, what is short ------------------------------------------------------------


def ruled(risk: Risk, *fields: str, words: str = "") -> Risk:
    rules = tuple(Rule(field=each, readers="internal", words=words) for each in fields)
    return risk.model_copy(update={"rules": rules})


def bare(key: str, **more: Any) -> Risk:
    return Risk(key=key, reference=said(key), **more)


def found_in(*risks: Risk, audience: Audience = "public") -> list[tuple[str, bool]]:
    whole = RegisterDocument(risks=risks)
    met = residue(for_audience(whole, audience), withheld(whole, audience))
    return [(each.place, each.certain) for each in met]


def test_a_promise_that_one_rule_keeps_back_is_kept_back_wherever_it_bears() -> None:
    informant = Promise(key="p-9", kind="action", title="Move Brand")
    other = Promise(key="p-8", kind="action", title="Mend the horn")
    two = bare("LH2", promises=(informant, other))
    for one in (
        ruled(bare("LH1", promises=(informant,)), "promises:p-9"),
        ruled(bare("LH1", promises=(informant,)), ""),
        ruled(bare("LH1", promises=()), "promises:p-9"),  # it bears on this risk no longer
    ):
        left = for_audience(RegisterDocument(risks=(one, two)), "public")
        assert [each.title for each in left.risks[-1].promises] == ["Mend the horn"]
    gone = ruled(bare("LH7", promises=(informant,)), "")
    assert "Brand" not in for_audience(RegisterDocument(risks=(two,)), "public", [gone]).model_dump_json()


def test_the_words_as_they_were_marked_are_looked_for_where_they_stand_now() -> None:
    moved = "Patrol watches only the east mole after midnight"
    assert found_in(ruled(bare("LH1", event=said(moved)), "cause", words=moved)) == [
        ("LH1: Event", True),
        ("LH1: Cause", False),
    ]
    line_moved = bare("LH1", controls=(line("A bell"),), actions=(line(moved),))
    assert ("LH1: Action 1", True) in found_in(ruled(line_moved, "controls", words=moved))


def test_a_rule_of_a_field_that_was_emptied_since_is_a_doubt() -> None:
    assert found_in(ruled(bare("LH1"), "cause", words="Fog on the bar")) == [("LH1: Cause", False)]
    assert found_in(ruled(bare("LH1"), "cause")) == []
    assert found_in(ruled(bare("LH1", cause=said("Fog")), "cause")) == []


def test_a_short_text_of_a_withheld_risk_is_a_doubt() -> None:
    hidden = ruled(bare("LH1", controls=(line("Edda Brand"),)), "")
    assert found_in(hidden, bare("LH2", controls=(line("Ask Edda Brand first"),))) == [
        ("LH2: Control 1", False)
    ]


def test_the_post_of_a_withheld_promise_is_no_word_of_it() -> None:
    kept = Promise(key="p-9", kind="action", title="Move the lamp store", owner="Keeper of the harbour")
    one = ruled(bare("LH1", promises=(kept,)), "promises:p-9")
    assert found_in(one, bare("LH2", owner=said("Keeper of the harbour"))) == []


def test_no_part_is_told_of_a_text_that_is_not() -> None:
    parts = PartedField(
        state="recorded",
        text="i fog ii ice",
        parts=(Part(marker="i", text="fog"), Part(marker="ii", text="ice")),
    )
    rated = tuple(Assessment(stage="residual", part=part, rating=said("High")) for part in (None, "i", "ii"))
    controls = (Item(state="recorded", text="A bell", part="ii"),)
    promises = (Promise(key="p", kind="action", title="A horn", part="i"),)
    risk = bare("LH1", description=parts, assessments=rated, controls=controls, promises=promises)
    open_ = for_audience(RegisterDocument(risks=(risk,)), "public").risks[0]
    assert [each.part for each in open_.assessments] == [None, "i", "ii"]
    closed = for_audience(RegisterDocument(risks=(ruled(risk, "description"),)), "public").risks[0]
    assert [each.part for each in closed.assessments] == [None]
    assert [each.part for each in (*closed.controls, *closed.promises)] == [None, None]
    one = for_audience(RegisterDocument(risks=(ruled(risk, "assessments:residual@i:rating"),)), "public")
    assert [each.part for each in one.risks[0].assessments] == ["ii"]


def test_a_reason_lets_stand_only_the_doubts_that_were_shown() -> None:
    one = ruled(bare("LH1"), "cause", words="Fog on the bar")
    other = ruled(bare("LH2"), "event", words="Ice on the quay")
    shown = gate(*(2 * [RegisterDocument(risks=(one,))]), "public")
    more = gate(*(2 * [RegisterDocument(risks=(one, other))]), "public")
    assert shown.refusal(despite="Nobody knows it yet.", seen=shown.digest) is None
    assert shown.refusal(despite="Nobody knows it yet.") is not None
    told = more.refusal(despite="Nobody knows it yet.", seen=shown.digest)
    assert told is not None
    assert "LH2" in told.sentence
