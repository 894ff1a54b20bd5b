"""What is new since the last paper: each kind of news told once, and nothing told that is not so."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from watchkeep.domain.document import (
    Assessment,
    Band,
    DateField,
    Field,
    Item,
    Loose,
    Promise,
    RegisterDocument,
    Risk,
    Scale,
    Trend,
)
from watchkeep.domain.since import Since, say, since

BANDS = ("Low", "Medium", "High", "Severe")
SCALE = Scale(bands=tuple(Band(name=name, rank=rank) for rank, name in enumerate(BANDS, 1)), basis="stated")
SEPTEMBER, DECEMBER = date(2031, 9, 30), date(2031, 12, 31)


def said(text: str) -> Field:
    return Field(state="recorded", text=text)


def risk(key: str, rating: str = "", score: str = "", **more: Any) -> Risk:
    """A risk of that reference, standing at a rating, a score, or neither."""
    judged = Assessment(
        stage="residual",
        rating=said(rating) if rating else Field(),
        score=said(score) if score else Field(),
        rationale=said(more.pop("rationale")) if "rationale" in more else Field(),
    )
    name = said(more.pop("name", f"Risk {key}"))
    return Risk(key=key, reference=said(key), name=name, assessments=(judged,), **more)


def paper(*risks: Risk, on: date | None = None, scale: Scale = SCALE, **more: Any) -> RegisterDocument:
    day = DateField(state="recorded", text=on.isoformat(), on=on) if on else DateField()
    return RegisterDocument(risks=risks, as_at=day, scale=scale, **more)


def news(before: Risk | RegisterDocument, after: Risk | RegisterDocument, **more: Any) -> Since:
    old = before if isinstance(before, RegisterDocument) else paper(before, on=SEPTEMBER)
    new = after if isinstance(after, RegisterDocument) else paper(after, on=DECEMBER)
    return since(old, new, earlier_called="edition 3", **more)


# --- Risks that came and went -------------------------------------------------------------------------------


def test_a_risk_is_new_and_another_is_gone() -> None:
    found = news(paper(risk("A1"), risk("A2")), paper(risk("A1"), risk("A3")))
    assert [(each.key, each.title) for each in found.new] == [("A3", "Risk A3")]
    assert [(each.key, each.reason) for each in found.gone] == [("A2", "No longer in this paper.")]


def test_why_a_risk_went_is_taken_from_the_later_papers_own_sentence() -> None:
    note = Loose(text="Read this first. A2 was closed by the Board in May. A22 was merged into A1.")
    found = news(paper(risk("A1"), risk("A2"), risk("A3")), paper(risk("A1"), unassigned=(note,)))
    assert [each.reason for each in found.gone] == [
        "A2 was closed by the Board in May.",
        "No longer in this paper.",
    ]


def test_what_the_records_know_of_a_risk_that_went_is_told() -> None:
    because = {"A2": "Closed: the boat was sold."}
    found = news(paper(risk("A1"), risk("A2")), paper(risk("A1")), gone_because=because)
    assert found.gone[0].reason == "Closed: the boat was sold."


def test_a_risk_that_is_still_listed_as_closed_is_gone_and_its_other_fields_are_no_news() -> None:
    after = risk("A1", "Low", status=said("Closed on 3 May 2031"), cause=said("None any more"))
    found = news(risk("A1", "High"), after)
    assert [each.reason for each in found.gone] == ["Closed on 3 May 2031"]
    assert (found.moved, found.reworded, found.rescored) == ((), (), ())


def test_a_risk_that_stands_again_is_new_and_one_that_was_closed_before_is_no_news() -> None:
    shut: dict[str, Any] = {"status": said("Closed")}
    found = news(paper(risk("A1", **shut), risk("A2", **shut)), paper(risk("A1"), risk("A2", **shut)))
    assert [(each.key, each.reason) for each in found.new] == [("A1", "It was closed, and stands again.")]
    assert found.gone == ()


def test_a_record_is_the_same_risk_under_another_reference() -> None:
    after = risk("A1").model_copy(update={"reference": said("B7")})
    found = news(paper(risk("A1")), paper(after), one_register=True)
    assert (found.new, found.gone) == ((), ())
    assert [each.field for each in found.reworded] == ["reference"]


def test_a_risk_matched_by_near_words_alone_is_said_to_be_so() -> None:
    old = Risk(key="row 1", name=said("Lamp oil runs out in a long winter"))
    new = Risk(key="row 5", name=said("Lamp oil runs out in a very long winter"))
    found = news(paper(old), paper(new))
    assert found.new == ()
    assert "the references do not tell" in found.unsure[0].reason


def test_of_swapped_references_nothing_is_told_but_the_doubt() -> None:
    before = paper(
        risk("R1", "Low", name="Lamp oil runs out"), risk("R2", "High", name="Harbour wall cracks")
    )
    after = paper(risk("R1", "High", name="Harbour wall cracks"), risk("R2", "Low", name="Lamp oil runs out"))
    found = news(before, after)
    assert (found.moved, found.rescored, found.reworded) == ((), (), ())
    assert [each.key for each in found.unsure] == ["R1", "R2"]


def test_a_new_risk_that_reads_like_one_that_is_gone_is_pointed_out() -> None:
    found = news(
        paper(risk("A1", name="Too few boats in winter")), paper(risk("B7", name="Too few boats in winter"))
    )
    assert ([each.key for each in found.new], [each.key for each in found.gone]) == (["B7"], ["A1"])
    assert found.unsure[0].reason == (
        "It reads 100 % like A1, which is gone; their references make them two risks."
    )


# --- Ratings ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "way"),
    [
        (("Low", ""), ("Severe", ""), "higher"),
        (("High", ""), ("Medium", ""), "lower"),
        (("", "12"), ("", "9"), "lower"),
        (("High", "12"), ("High", "15"), "higher"),
        (("High", "12"), ("Medium", "15"), "lower"),  # the band decides
        (("High", ""), ("Wild", ""), "restated"),  # no word of the scale
        (("High", ""), ("", "12"), "restated"),
    ],
)
def test_which_way_a_risk_moved(before: tuple[str, str], after: tuple[str, str], way: str) -> None:
    found = news(risk("A1", *before), risk("A1", *after))
    assert [each.way for each in found.moved] == [way]


def test_a_move_tells_both_sides_and_why() -> None:
    (moved,) = news(risk("A1", "Low", "4"), risk("A1", "High", "12", rationale="The boat is lost.")).moved
    assert (moved.before, moved.after, moved.reason) == ("Low (4)", "High (12)", "The boat is lost.")


@pytest.mark.parametrize(
    ("before", "after"), [(("High", ""), ("HIGH", "")), (("", "4"), ("", "4.0")), (("", ""), ("High", ""))]
)
def test_another_spelling_and_a_first_rating_are_no_movement(
    before: tuple[str, str], after: tuple[str, str]
) -> None:
    assert news(risk("A1", *before), risk("A1", *after)).moved == ()


def test_ratings_of_two_stated_scales_are_not_compared() -> None:
    three = Scale(bands=tuple(Band(name=n, rank=r) for r, n in enumerate(BANDS[:3], 1)), basis="stated")
    found = news(paper(risk("A1", "Low")), paper(risk("A1", "High"), scale=three))
    assert [each.way for each in found.moved] == ["restated"]
    assert [(each.what, each.after) for each in found.cover] == [("Scale", "Low, Medium, High")]


def test_bands_that_each_paper_met_some_of_are_ordered_together() -> None:
    first = Scale(bands=(Band(name="Medium", rank=1),), basis="inferred")
    second = Scale(bands=(Band(name="Low", rank=1), Band(name="High", rank=2)), basis="inferred")
    found = news(paper(risk("A1", "Medium"), scale=first), paper(risk("A1", "High"), scale=second))
    assert [each.way for each in found.moved] == ["higher"]


def test_a_residual_rating_is_not_set_against_an_inherent_one() -> None:
    before = Risk(
        key="A1", reference=said("A1"), assessments=(Assessment(stage="inherent", rating=said("Severe")),)
    )
    (moved,) = news(before, risk("A1", "Low")).moved
    assert (moved.way, moved.before, moved.after) == ("restated", "inherent Severe", "residual Low")


def test_every_stages_scores_are_told_with_the_later_reason_and_the_reason_is_not_told_twice() -> None:
    target = Assessment(stage="target", likelihood=said("4"))
    before = risk("A1", "Low").model_copy(update={"assessments": (*risk("A1", "Low").assessments, target)})
    later = Assessment(stage="target", likelihood=said("2"), rationale=said("Two boats are bought."))
    after = risk("A1", "Low").model_copy(update={"assessments": (*risk("A1", "Low").assessments, later)})
    found = news(before, after)
    assert [(each.what, each.before, each.after, each.reason) for each in found.rescored] == [
        ("Target likelihood", "4", "2", "Two boats are bought.")
    ]
    assert (found.moved, found.reworded) == ((), ())


# --- Promises -----------------------------------------------------------------------------------------------


def promised(state: str = "waiting", due: date | None = date(2031, 11, 30), **more: Any) -> Risk:
    promise = Promise.model_validate(
        {"key": "p1", "kind": "action", "title": "Second boat", "state": state, "due": due, **more}
    )
    return risk("A1", promises=(promise,))


def test_a_promise_is_kept() -> None:
    found = news(promised(), promised("done", settled_on=date(2031, 11, 2), outcome="It floats."))
    assert [(each.promise, each.settled_on, each.reason) for each in found.kept] == [
        ("Second boat", date(2031, 11, 2), "It floats.")
    ]


def kept_on(key: str, day: date) -> tuple[Risk, Risk]:
    kept = {"key": f"p{key}", "kind": "action", "title": "A boat", "due": date(2031, 11, 30)}
    before = Promise.model_validate({**kept, "state": "waiting"})
    after = Promise.model_validate({**kept, "state": "done", "settled_on": day})
    return risk(key, promises=(before,)), risk(key, promises=(after,))


@pytest.mark.parametrize(
    ("november", "sentence"),
    [
        ((30,), "one promise was kept."),
        ((31,), "one promise was kept late."),
        ((29, 31, 31), "three promises were kept, two of them late."),
        ((31, 31), "two promises were kept, all of them late."),
    ],
)
def test_what_was_kept_after_its_day_was_kept_late(november: tuple[int, ...], sentence: str) -> None:
    days = [date(2031, 11, day) if day < 31 else date(2031, 12, 1) for day in november]
    pairs = [kept_on(f"K{place}", day) for place, day in enumerate(days)]
    found = news(pairs[0][0], pairs[0][1]) if len(pairs) == 1 else since(
        paper(*(old for old, _ in pairs), on=SEPTEMBER),
        paper(*(new for _, new in pairs), on=DECEMBER),
        earlier_called="the last paper",
    )  # fmt: skip
    assert say(found).endswith(f": {sentence}")
    assert Since.model_validate_json(found.model_dump_json()) == found
    assert [each.after_its_day for each in found.kept] == [day == 31 for day in november]


def test_a_promise_slipped_from_one_day_to_another() -> None:
    found = news(promised(), promised(due=date(2032, 3, 31), slip_reason="No yard is free."))
    (slipped,) = found.slipped
    assert (slipped.was_due, slipped.due, slipped.reason) == (
        date(2031, 11, 30), date(2032, 3, 31), "No yard is free.",
    )  # fmt: skip
    assert found.newly_late == ()


def test_a_promise_that_lost_its_day_slipped() -> None:
    (slipped,) = news(promised(), promised("no date", due=None)).slipped
    assert (slipped.due, slipped.reason) == (None, "It has no date now.")


def test_a_promise_is_newly_late_once() -> None:
    assert [each.due for each in news(promised(), promised("overdue")).newly_late] == [date(2031, 11, 30)]
    assert news(promised("overdue"), promised("overdue")).newly_late == ()


def test_a_promise_that_the_earlier_paper_did_not_tell_is_judged_by_its_days() -> None:
    def found(state: str, **more: Any) -> Since:
        return news(risk("A1"), promised(state, **more))

    assert found("done", settled_on=date(2031, 10, 2)).kept
    assert not found("done", settled_on=date(2031, 9, 2)).kept
    assert found("overdue").newly_late
    assert not found("overdue", due=date(2031, 8, 31)).newly_late


def test_a_promise_that_is_new_reads_otherwise_or_is_due_sooner_is_told_word_by_word() -> None:
    second = Promise(key="p2", kind="action", title="Third boat", due=date(2032, 3, 31))
    more = risk("A1", promises=(*promised().promises, second))
    (new,) = news(promised(), more).reworded
    assert [(each.kind, each.text) for each in new.words] == [("added", "Third boat (due 31 March 2032)")]
    assert news(promised(), promised(title="Second lifeboat")).reworded[0].label == "Promise"
    sooner = news(promised(), promised(due=date(2031, 10, 31)))
    assert (sooner.slipped, sooner.nothing) == ((), False)
    assert news(risk("A1"), more).nothing, "papers told no promises once"


def test_a_promise_that_is_dropped_or_told_no_more_is_not_lost() -> None:
    other = Promise(key="p2", kind="action", title="Third boat")
    assert news(promised(), promised("dropped", outcome="Too dear.")).dropped[0].reason == "Too dear."
    found = news(promised(), risk("A1", promises=(other,)))
    assert [(each.promise, each.reason) for each in found.dropped] == [
        ("Second boat", "The later paper tells of it no more.")
    ]
    assert news(promised(), risk("A1")).dropped == ()  # a paper that tells of no promise drops none


def line(text: str, kind: str = "actions") -> Risk:
    lines: dict[str, Any] = {kind: (Item(state="recorded", text=text),)}
    return risk("A1", **lines)


def test_a_plain_papers_dated_line_slips_or_grows_late() -> None:
    before = line("A second boat is to be bought by 30 November 2031.")
    (late,) = news(before, before).newly_late
    assert (late.promise, late.due) == (
        "A second boat is to be bought by 30 November 2031.",
        date(2031, 11, 30),
    )
    (slipped,) = news(before, line("A second boat is to be bought by 31 March 2032.")).slipped
    assert (slipped.was_due, slipped.due) == (date(2031, 11, 30), date(2032, 3, 31))


def test_a_plain_papers_line_with_done_beside_it_is_kept() -> None:
    before = line("Buy a second boat by 30 November 2031")
    found = news(before, line("Buy a second boat by 30 November 2031 – completed"))
    assert [each.promise for each in found.kept] == ["Buy a second boat by 30 November 2031"]
    assert found.newly_late == ()


@pytest.mark.parametrize(
    "text",
    [
        "The boat is on hire until 30 November 2031.",  # an agreement ends; it breaks no promise
        "The boat was painted on 30 November 2031.",
        "Buy boats by 30 November 2031 and by 31 May 2032.",  # which of the two is not certain
    ],
)
def test_what_is_not_certainly_a_promise_is_never_late(text: str) -> None:
    assert news(line(text), line(text)).newly_late == ()


def test_a_risks_due_date_slips_and_grows_late() -> None:
    def due(day: date) -> Risk:
        return risk("A1", due_date=DateField(state="recorded", text=day.isoformat(), on=day))

    october, march = due(date(2031, 10, 1)), due(date(2032, 3, 1))
    assert news(october, march).slipped[0].due == date(2032, 3, 1)
    assert news(october, october).newly_late[0].due == date(2031, 10, 1)
    assert news(march, march).newly_late == ()


# --- Words --------------------------------------------------------------------------------------------------


def test_one_word_that_changed_is_the_only_one_marked() -> None:
    (text,) = news(
        risk("A1", cause=said("The keeper’s boat leaks at night")),
        risk("A1", cause=said("The keeper's boat sinks at night")),
    ).reworded
    assert (text.field, text.label) == ("cause", "Cause")
    assert [(each.kind, each.text.strip()) for each in text.words] == [
        ("same", "The keeper's boat"), ("removed", "leaks"), ("added", "sinks"), ("same", "at night"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "after",
    [
        "“Oil” – 3 tonnes  of it\nis kept",
        '"Oil" - 3 tonnes of it is kept',
        "“O\u00adil” — 3\u00a0tonnes of it is kept",
    ],
)
def test_another_drawing_of_the_same_words_is_no_change(after: str) -> None:
    assert news(
        risk("A1", cause=said("“Oil” – 3 tonnes of it is kept")), risk("A1", cause=said(after))
    ).nothing


def test_the_same_lines_parted_otherwise_are_no_change() -> None:
    two = risk(
        "A1", controls=(Item(state="recorded", text="A spare boat."), Item(state="recorded", text="Oil."))
    )
    one = risk("A1", controls=(Item(state="recorded", text="A spare boat. Oil."),))
    assert news(two, one).nothing


def test_one_day_written_two_ways_is_no_change() -> None:
    def on(text: str) -> Risk:
        return risk("A1", review_date=DateField(state="recorded", text=text, on=date(2031, 5, 3)))

    assert news(on("3 May 2031"), on("03/05/2031")).nothing


def test_one_long_text_is_compared_sentence_by_sentence() -> None:
    sentences = [f"Boat {number} is painted every second spring by its own keeper." for number in range(400)]
    before, after = " ".join(sentences), " ".join([*sentences[:200], "One sank.", *sentences[201:]])
    (text,) = news(risk("A1", cause=said(before)), risk("A1", cause=said(after))).reworded
    gone = "".join(each.text for each in text.words if each.kind == "removed")
    assert "Boat 200" in gone
    assert "Boat 199" not in gone
    assert "Boat 201" not in gone


# --- Trends -------------------------------------------------------------------------------------------------


def trend(period: str, movement: str = "", direction: str = "", text: str = "mark") -> Risk:
    mark = Trend.model_validate(
        {
            "state": "recorded",
            "period": period,
            "text": text,
            "movement": movement or None,
            "direction": direction or None,
        }
    )
    return risk("A1", trends=(mark,))


def quarter(risk_: Risk, label: str) -> RegisterDocument:
    return paper(risk_, period=said(label))


def test_a_quarter_told_otherwise_is_told() -> None:
    found = news(
        quarter(trend("Q2", "steady"), "2031/32 Q2"), quarter(trend("2031/32 Q2", "worsening"), "2031/32 Q3")
    )
    assert [(each.what, each.before, each.after) for each in found.retold] == [
        ("Trend 2031/32 Q2", "mark (steady)", "mark (worsening)")
    ]


def test_a_later_quarters_mark_is_no_news_of_an_earlier_one() -> None:
    assert (
        news(
            quarter(trend("Q2", "steady"), "2031/32 Q2"), quarter(trend("Q3", "worsening"), "2031/32 Q3")
        ).retold
        == ()
    )


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (("", "up"), ("worsening", "up"), False),  # what the arrow means was said since
        (("", "up"), ("worsening", ""), False),
        (("", "up"), ("steady", ""), True),
        (("steady", ""), ("", "level"), False),
        (("", "up"), ("", "down"), True),
    ],
)
def test_an_arrow_without_a_meaning_contradicts_only_what_it_cannot_mean(
    before: tuple[str, str], after: tuple[str, str], told: bool
) -> None:
    found = news(trend("Q2", *before), trend("Q2", *after, text="other"))
    assert bool(found.retold) is told


# --- The sentence -------------------------------------------------------------------------------------------


def test_the_sentence_counts_risks_then_promises_then_words() -> None:
    before = paper(
        risk("A1", "Low"),
        risk("A2", "High"),
        risk("A3", "Low"),
        risk("A4", cause=said("Fog at night")),
        on=SEPTEMBER,
    )
    after = paper(
        risk("A1", "High"), risk("A3", "Low", promises=promised("overdue").promises),
        risk("A4", cause=said("Fog at noon")), risk("A5"), on=DECEMBER,
    )  # fmt: skip
    assert say(news(before, after)) == (
        "Since edition 3: one risk is new, one is gone and one is rated higher; one promise is newly late; "
        "the words of one risk changed."
    )


def test_two_papers_that_say_the_same_are_said_to() -> None:
    assert (
        say(news(risk("A1"), risk("A1")))
        == "Since edition 3, nothing has changed: the two papers say the same."
    )
    assert news(risk("A1"), risk("A1")).nothing
