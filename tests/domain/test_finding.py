"""The finding: true sentences, made of counts alone."""

from __future__ import annotations

from datetime import date

import pytest

from watchkeep.domain.document import (
    Assessment,
    Band,
    DateField,
    Field,
    Item,
    Promise,
    RegisterDocument,
    Risk,
    Scale,
    Trend,
)
from watchkeep.domain.finding import finding, in_words, listed, names_a_date

SCALE = Scale(bands=(Band(name="Low", rank=1), Band(name="Medium", rank=2), Band(name="High", rank=3)))


def said(text: str) -> Field:
    return Field(state="recorded", text=text)


def risk(
    key: str, rating: str = "", *, score: str = "", owner: str = "", due: date | None = None, **rest: object
) -> Risk:
    standing = Assessment(
        stage="residual",
        rating=said(rating) if rating else Field(),
        score=said(score) if score else Field(),
    )
    return Risk(
        key=key,
        assessments=(standing,) if rating or score else (),
        owner=said(owner) if owner else Field(),
        due_date=DateField(state="recorded", text=str(due), on=due) if due else DateField(),
        **rest,  # type: ignore[arg-type]  # the rest of a risk's own fields, checked by pydantic
    )


def moved(**ways: str) -> tuple[Trend, ...]:
    words = {"worse": "worsening", "same": "steady", "better": "improving"}
    return tuple(
        Trend(period=period, state="not applicable")
        if way == "n/a"
        else Trend(period=period)
        if way == "?"
        else Trend(period=period, state="recorded", text=way, movement=words[way])  # type: ignore[arg-type]
        for period, way in ways.items()
    )


def register(*risks: Risk, **rest: object) -> RegisterDocument:
    return RegisterDocument(risks=risks, **{"scale": SCALE, **rest})  # type: ignore[arg-type]


OWNED = {"owner": "Chief Finance Officer", "due": date(2030, 1, 1)}


def test_bands_are_told_from_the_highest_down() -> None:
    ratings = ["Medium", "High", "Low", "High", "Medium", "Medium"]
    found = finding(register(*(risk(str(n), rating, **OWNED) for n, rating in enumerate(ratings))))
    assert found.sentence == "Of six risks, two are High, three Medium and one Low."
    assert [(band.name, band.count) for band in found.bands] == [("High", 2), ("Medium", 3), ("Low", 1)]
    assert found.bands[0].risks == ("1", "3")


def test_movement_is_told_for_the_latest_period_and_what_is_not_recorded_with_it() -> None:
    trends = [moved(Q3="same", Q4=way) for way in ("worse", "worse", "better", "n/a", "?", "?")]
    found = finding(register(*(risk(str(n), "High", **OWNED, trends=each) for n, each in enumerate(trends))))
    assert found.sentence == (
        "All six risks are High. Since Q3, two worsened, one improved and one did not apply; "
        "two trends are not recorded."
    )
    assert {each.moved: each.count for each in found.moved} == {
        "worsening": 2,
        "rising": 0,
        "steady": 0,
        "falling": 0,
        "improving": 1,
        "not applicable": 1,
        "not recorded": 2,
    }


def test_a_lost_arrow_is_not_a_steady_risk() -> None:
    found = finding(
        register(*(risk(str(n), "High", **OWNED, trends=moved(Q3="?", Q4="?")) for n in range(3)))
    )
    assert "No trend is recorded for Q4." in found.sentence
    assert "steady" not in found.sentence


def test_an_arrow_without_a_meaning_is_told_as_the_way_it_points() -> None:
    ways = ("up", "up", "down", "level")
    risks = (
        risk(
            str(n),
            "High",
            **OWNED,
            trends=(Trend(period="Q1", state="recorded", text="an arrow", direction=way),),  # type: ignore[arg-type]
        )
        for n, way in enumerate(ways)
    )
    found = finding(register(*risks, rising_basis="assumed"))
    assert found.sentence == (
        "All four risks are High. In Q1, two rose, one fell and one was steady; "
        "what a rising arrow means is not recorded."
    )
    assert "wors" not in found.sentence


def test_columns_that_run_backwards_are_read_from_the_newest() -> None:
    found = finding(register(risk("1", "High", **OWNED, trends=moved(Q4="worse", Q3="better", Q2="same"))))
    assert found.latest == "Q4"
    assert "Since Q3, one worsened." in found.sentence


def test_movement_is_told_for_the_latest_quarter_by_its_full_name() -> None:
    risks = [risk(str(n), "High", **OWNED, trends=moved(Q2="same", Q3="same", Q4="worse")) for n in (1, 2)]
    found = finding(register(*risks, period=said("2025/26 Q4")))
    assert found.sentence == "All two risks are High. In 2025/26 Q4, two worsened."
    assert (found.latest, found.latest_named) == ("Q4", "2025/26 Q4")


def test_in_a_first_quarter_the_fourth_is_the_one_before() -> None:
    one = risk("A", "High", **OWNED, trends=moved(Q1="better", Q4="worse"))
    assert "In 2026/27 Q1, one improved." in finding(register(one, period=said("Q1 2026/27"))).sentence


def test_a_column_without_a_label_is_the_paper_s_quarter() -> None:
    one = risk("A", "High", **OWNED, trends=moved(current="worse"))
    assert "In 2025/26 Q2, one worsened." in finding(register(one, period=said("2025/26 Q2"))).sentence
    assert "In this period, one worsened." in finding(register(one)).sentence


def test_a_first_quarter_after_a_fourth_is_the_next_year() -> None:
    assert finding(register(risk("1", "High", trends=moved(Q3="same", Q4="same", Q1="worse")))).latest == "Q1"


def test_dated_periods_are_put_in_time_whatever_their_order() -> None:
    trends = tuple(
        Trend(period=period, state="recorded", text="up", movement="worsening")
        for period in ("2020/21 Q4", "2020/21 Q3", "2021/22 Q1")
    )
    assert finding(register(risk("1", "High", trends=trends))).latest == "2021/22 Q1"


def test_no_owner_anywhere_and_some_due_dates_are_told_apart() -> None:
    found = finding(register(risk("1", "High", due=date(2030, 1, 1)), risk("2", "High"), risk("3", "High")))
    assert found.sentence == "All three risks are High. No risk has an owner; two have no due date."
    assert {each.field: each.count for each in found.not_recorded}["due_date"] == 2


def test_what_does_not_apply_is_not_missing() -> None:
    found = finding(register(Risk(key="1", owner=Field(state="not applicable"))))
    assert "owner" not in {each.field for each in found.not_recorded}


def test_one_risk_is_told_in_the_singular() -> None:
    assert finding(register(risk("1", "High"))).sentence == ("The one risk is High. It has no owner.")


def test_a_register_without_due_dates_is_not_blamed_in_the_sentence_but_counted() -> None:
    found = finding(register(risk("1", "High"), risk("2", "High", owner="Head of Estates")))
    assert found.sentence == "All two risks are High. One has no owner."
    assert {each.field: each.count for each in found.not_recorded}["due_date"] == 2


def test_that_no_risk_has_an_owner_is_always_said() -> None:
    assert finding(register(risk("1", "High"), risk("2", "Low"))).sentence.endswith(" No risk has an owner.")


def test_a_due_date_is_missed_where_other_risks_have_one() -> None:
    owned = {"owner": "Head of Estates"}
    some = register(risk("1", "High", **owned, due=date(2030, 1, 1)), risk("2", "High", **owned))
    assert finding(some).sentence == "All two risks are High. One has no due date."


def test_a_promise_is_an_action_and_its_day_a_due_date_until_it_is_given_up() -> None:
    def lacks(**promise: object) -> set[str]:
        told = Promise.model_validate({"key": "p", "kind": "action", "title": "A second boat", **promise})
        found = finding(register(risk("1").model_copy(update={"promises": (told,)})))
        return {each.field for each in found.not_recorded} & {"actions", "due_date"}

    assert lacks(due=date(2031, 11, 30)) == set()
    assert lacks(state="no date") == {"due_date"}
    assert lacks(due=date(2031, 11, 30), state="dropped") == {"actions", "due_date"}


def test_an_empty_register_says_so() -> None:
    assert finding(RegisterDocument()).sentence == "The register holds no risks."


def test_a_register_without_ratings_says_so() -> None:
    found = finding(register(risk("1", **OWNED), risk("2", **OWNED)))
    assert found.sentence == "None of the two risks has a rating."


def test_scores_are_counted_and_never_added() -> None:
    found = finding(
        register(
            *(risk(str(n), score=score, **OWNED) for n, score in enumerate(["20", "9", "20", "4"])),
            scale=Scale(),
        )
    )
    assert found.sentence == "Of 4 risks, two score 20, the highest."
    assert found.scores == (("20", 2), ("9", 1), ("4", 1))


def test_words_outside_the_scale_are_counted_after_it_and_keep_their_spelling() -> None:
    found = finding(register(risk("1", "Purple", **OWNED), risk("2", "high", **OWNED), risk("3", **OWNED)))
    assert found.sentence == "Of three risks, one is High, one Purple and one not rated."
    assert [(band.name, band.rank) for band in found.bands if band.count] == [("High", 3), ("Purple", None)]


def test_passed_dates_are_told_only_against_a_recorded_day() -> None:
    risks = (
        risk("1", "High", owner="A post", due=date(2021, 1, 31)),
        risk("2", "High", owner="A post", due=date(2021, 6, 1)),
    )
    day = DateField(state="recorded", text="31 March 2021", on=date(2021, 3, 31))
    found = finding(register(*risks, as_at=day))
    assert found.sentence.endswith("One due date had passed by 31 March 2021.")
    assert (found.past_due, found.still_to_come) == (("1",), ("2",))
    assert finding(register(*risks)).past_due == ()


def test_controls_are_counted_with_and_without_a_date() -> None:
    controls = tuple(
        Item(state="recorded", text=text)
        for text in (
            "Decision expected Jan '21",
            "Weekly meeting",
            "Report due 3 May",
            "Plan for 2020/21",
            "May improve",
        )
    )
    found = finding(register(risk("1", "High", controls=controls)))
    assert (found.controls, found.dated_controls) == (5, 2)


@pytest.mark.parametrize(
    "text",
    [
        "by 31 March 2021",
        "Jan '21",
        "due 31/03/2021",
        "in September 2020",
        "1st of May",
        "2021-03-31",
        "March 21st",
        "31.3.21",
        "Sept. 2021",
    ],
)
def test_a_date_in_prose_is_seen(text: str) -> None:
    assert names_a_date(text)


@pytest.mark.parametrize(
    "text",
    [
        "may 40% of cases",
        "may 12 officers",
        "2020/21 budget",
        "22 days against 21",
        "marching 12 miles",
        "3:1 tutors",
        "Phase 2.1",
        "Decision 24",
    ],
)
def test_a_number_in_prose_is_no_date(text: str) -> None:
    assert not names_a_date(text)


def test_the_parts_carry_the_risks_that_they_count() -> None:
    found = finding(register(risk("1", "High", **OWNED), risk("2", "Low", **OWNED)))
    linked = {part.code: part.risks for part in found.parts if part.code}
    assert linked == {"risks": ("1", "2"), "band:High": ("1",), "band:Low": ("2",)}


def test_numbers_are_words_up_to_ten() -> None:
    assert [in_words(number) for number in (0, 1, 10, 11, 1200)] == ["no", "one", "ten", "11", "1,200"]
    assert listed(["a", "b", "c"]) == "a, b and c"
