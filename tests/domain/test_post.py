"""Who may be appointed beside whom, and whose time an appointment ends."""

from __future__ import annotations

from datetime import date

import pytest

from watchkeep.domain.post import Held, may_appoint, succeeded, without_holder

TODAY = date(2031, 6, 30)
NEW_YEAR, APRIL, MAY, JULY = date(2031, 1, 1), date(2031, 4, 1), date(2031, 5, 1), date(2031, 7, 1)


def held(who: str, from_on: date = NEW_YEAR, until_on: date | None = None, *, deputy: bool = False) -> Held:
    return Held(f"{who} {from_on}", who, who.title(), deputy, from_on, until_on)


def test_the_last_day_is_the_first_on_which_it_no_longer_holds() -> None:
    april = held("oda", APRIL, MAY)
    assert [april.on(day) for day in (date(2031, 3, 31), APRIL, date(2031, 4, 30), MAY)] == [
        False,
        True,
        True,
        False,
    ]
    assert not april.meets(held("liv", MAY))
    assert april.meets(held("liv", date(2031, 4, 30)))


def test_who_comes_after_succeeds_and_who_shares_or_deputises_does_not() -> None:
    oda, dag = held("oda"), held("dag", deputy=True)
    new = held("liv", APRIL)
    assert may_appoint(new, (oda, dag), TODAY, sharing=False) is None
    assert succeeded(new, (oda, dag), sharing=False) == (oda,)
    assert succeeded(new, (oda, dag), sharing=True) == ()
    assert succeeded(held("liv", APRIL, deputy=True), (oda, dag), sharing=False) == ()


@pytest.mark.parametrize(
    ("new", "known", "sharing", "why"),
    [
        (held("oda", APRIL), held("oda"), True, "Oda holds this post already"),
        (held("dag", APRIL, deputy=True), held("dag", deputy=True), False, "Dag deputises already"),
        (held("liv", NEW_YEAR), held("oda", APRIL), False, "Oda holds this post from 1 April 2031"),
        (held("liv", APRIL), held("oda", NEW_YEAR, MAY), False, "Oda held this post until 1 May 2031"),
        (held("liv", MAY, APRIL), held("oda"), True, "The last day must come after the first"),
        (held("liv", MAY, MAY), held("oda"), True, "The last day must come after the first"),
    ],
)
def test_what_cannot_both_be_true_is_refused_with_the_reason(
    new: Held, known: Held, sharing: bool, why: str
) -> None:
    refusal = may_appoint(new, (known,), TODAY, sharing=sharing)
    assert refusal is not None
    assert why in refusal.sentence


@pytest.mark.parametrize(
    ("abolished", "held", "deputised", "sentence"),
    [
        (None, True, False, ""),
        (JULY, True, False, ""),
        (MAY, False, False, "Head of Lamps, which answers for it, was abolished on 1 May 2031."),
        (None, False, False, "Nobody holds Head of Lamps, which answers for it."),
        (
            None,
            False,
            True,
            "Nobody holds Head of Lamps, which answers for it; a deputy answers until somebody does.",
        ),
    ],
)
def test_what_nobody_answers_for_is_said(
    abolished: date | None, held: bool, deputised: bool, sentence: str
) -> None:
    assert without_holder("Head of Lamps", abolished, MAY, held=held, deputised=deputised) == sentence
