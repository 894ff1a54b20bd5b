"""Only what moved or went stale is asked, each in a sentence, and nothing that stands is asked again."""

from __future__ import annotations

from datetime import date

from watchkeep.domain import staleness
from watchkeep.domain.indicator.verdict import Spoken
from watchkeep.domain.period import Period
from watchkeep.domain.staleness import Happened, Holding, Neighbour, Promise, Words
from watchkeep.domain.statement import Placed, Sentence

Q4, Q1 = Period(2030, 4), Period(2031, 1)
MARCH, TODAY = Q4.ends, date(2031, 7, 3)


def sentences(asks: tuple[staleness.Ask, ...]) -> list[str]:
    return [each.sentence for each in asks]


def test_a_text_is_asked_about_once_a_day_in_it_has_passed_that_was_still_to_come() -> None:
    text = "Since 2 May 2030 two keepers; the new lamp is expected June 2031, the boat by 1 September 2031."
    asks = staleness.words_out_of_date([Words("status", "Status", text, MARCH)], TODAY)
    assert sentences(asks) == ["Status speaks of “June 2031”, which has passed."]
    assert asks[0].field == "status"
    assert staleness.words_out_of_date([Words("status", "Status", text, date(2031, 6, 30))], TODAY) == ()


def test_a_line_of_the_paper_is_told_by_its_own_words_and_not_by_its_number() -> None:
    text = "The boat is painted by June 2031."
    asks = staleness.words_out_of_date([Words("controls:15", "Control 16", text, MARCH)], TODAY)
    assert sentences(asks) == [
        "The paper’s line “The boat is painted by June 2031.” speaks of June 2031, which has passed."
    ]


def test_a_sentence_is_asked_about_when_what_it_rests_on_moved_or_grew_old() -> None:
    said = Sentence("controls:2", 0, 22, "The lamps have improved", claims=True)
    (moved,) = staleness.bases_that_moved([Placed(said, "moved", "P1 was dropped.")])
    assert moved.sentence == "“The lamps have improved” no longer rests on what it did. P1 was dropped."
    assert (moved.kind, moved.field) == ("basis", "controls")
    (old,) = staleness.bases_that_moved([Placed(said, "expired", "The judgement is old.")])
    assert old.sentence == "“The lamps have improved” rests on something that grew old. The judgement is old."
    assert staleness.bases_that_moved([Placed(said, "bound"), Placed(said, "unbound")]) == ()


def test_a_rating_is_asked_about_where_there_is_none_or_another_than_at_the_last_review() -> None:
    assert sentences(staleness.ratings_that_moved("", "", None, Q4)) == ["It has no rating."]
    assert staleness.ratings_that_moved("High", "High", TODAY, Q4) == ()
    assert staleness.ratings_that_moved("High", "Low", TODAY, None) == (), "there was no review before"
    assert sentences(staleness.ratings_that_moved("High", "Low", date(2031, 5, 3), Q4)) == [
        "It was rated Low on 3 May 2031; in the review of 2030/31 Q4 it was High."
    ]


def test_a_promise_is_asked_about_when_it_fell_due_slipped_or_was_kept_since() -> None:
    def asked(*promises: Promise) -> list[str]:
        return sentences(staleness.promises_that_moved(promises, MARCH, TODAY))

    assert asked(Promise("P1", "Buy oil", date(2031, 7, 1))) == [
        "Promise P1 Buy oil was due on 1 July 2031 and is two days late."
    ]
    assert asked(Promise("P2", "Buy a boat", date(2031, 9, 1), was_due_on=date(2031, 5, 1))) == [
        "Promise P2 Buy a boat slipped from 1 May 2031 to 1 September 2031."
    ]
    kept = Promise("P3", "Paint it", date(2031, 6, 1), waits=False, done_on=date(2031, 5, 20))
    assert asked(kept) == ["Promise P3 Paint it was kept on 20 May 2031: does it show in the rating?"]
    old = Promise("P4", "Buy glass", date(2031, 1, 31))
    later = Promise("P5", "Buy rope", date(2031, 12, 1), was_due_on=date(2031, 12, 1))
    assert asked(old, later) == [], "late before the last review, and not due yet"


def test_a_control_is_asked_about_when_its_checks_fade_or_say_another_thing() -> None:
    def asked(control: Holding) -> list[str]:
        return sentences(staleness.controls_that_faded([control]))

    assert asked(Holding("C1", "Oil count", "not tested", "effective", fades=True)) == [
        "Control C1 Oil count: its last check is too old to rest on."
    ]
    assert asked(Holding("C1", "Oil count", "not effective", "effective")) == [
        "Control C1 Oil count was effective; now it is not effective."
    ]
    assert asked(Holding("C1", "Oil count", "effective", "effective")) == []
    assert asked(Holding("C1", "Oil count", "not tested", "not tested", fades=True, faded=True)) == []


def test_the_other_side_of_a_link_is_asked_about_when_it_moved_or_closed() -> None:
    def asked(other: Neighbour) -> list[str]:
        return sentences(staleness.neighbours_that_moved([other]))

    assert asked(Neighbour("LH2", "LH2 Lamps", "depends on", "Low", "High")) == [
        "LH2 Lamps, which this depends on, went from Low to High."
    ]
    assert asked(Neighbour("LH2", "LH2 Lamps", "causes", "Low", "Low", state="closed")) == [
        "LH2 Lamps, which this causes, is now closed."
    ]
    assert asked(Neighbour("LH2", "LH2 Lamps", "causes", "Low", "Low")) == []
    assert asked(Neighbour("LH2", "LH2 Lamps", "causes", "", "Low")) == [], "then it was not rated"


def test_what_indicators_say_after_the_day_that_the_review_speaks_of_is_told_as_that() -> None:
    steady, worse = Spoken("steady", "K1 Lamps: steady."), Spoken("worsening", "K1 Lamps: worsening.")
    assert sentences(staleness.indicators_since(steady, worse, TODAY)) == [
        "After 3 July 2031 its indicators say worsening, until then they said steady. K1 Lamps: worsening."
    ]
    assert sentences(staleness.indicators_since(None, worse, TODAY)) == [
        "After 3 July 2031 its indicators say worsening, until then they said nothing yet. "
        "K1 Lamps: worsening."
    ]
    assert staleness.indicators_since(steady, steady, TODAY) == ()
    assert staleness.indicators_since(worse, None, TODAY) == (), "it was taken away since"
    assert staleness.indicators_since(None, Spoken("too little to say", "K1 is short."), TODAY) == ()


def test_events_since_the_last_review_are_asked_about_and_earlier_ones_are_not() -> None:
    events = [Happened("A lamp fell", "incident", MARCH), Happened("A ship ran aground", "incident", TODAY)]
    assert sentences(staleness.what_happened(events, MARCH, TODAY)) == [
        "Incident on 3 July 2031: A ship ran aground."
    ]


def test_a_risk_that_nobody_answers_for_is_asked_about() -> None:
    assert sentences(staleness.nobody_answers("", 0)) == ["No post answers for it."]
    assert sentences(staleness.nobody_answers("Head of Harbour", 0)) == [
        "Nobody holds the post Head of Harbour."
    ]
    assert staleness.nobody_answers("Head of Harbour", 1) == ()


def test_silence_of_two_quarters_is_asked_about() -> None:
    assert staleness.long_silence(Q4, Q1) == ()
    assert sentences(staleness.long_silence(Period(2030, 3), Q1)) == [
        "Nothing was said of it for two quarters."
    ]
    assert staleness.long_silence(None, Q1) == ()


def test_where_nothing_moved_the_owner_is_asked_to_confirm() -> None:
    assert staleness.finding((), Q4).startswith("Nothing moved and nothing went stale since 2030/31 Q4")
    one = staleness.nobody_answers("", 0)
    assert staleness.finding(one, None) == "One thing moved or went stale. Look at only that."
