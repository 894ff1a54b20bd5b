"""An end that has come is a fact; one that is ahead may be moved, and not before the beginning."""

from __future__ import annotations

from datetime import date

from watchkeep.domain.span import is_over, may_be_ended, may_end_on

APRIL, MAY, JULY = date(2031, 4, 1), date(2031, 5, 1), date(2031, 7, 1)


def test_the_day_on_which_it_ends_is_the_first_on_which_it_is_over() -> None:
    assert is_over(MAY, MAY)
    assert not is_over(MAY, APRIL)
    assert not is_over(None, JULY)


def test_an_end_that_has_come_stays_and_one_that_is_ahead_may_be_moved() -> None:
    assert may_be_ended("The seat", JULY, MAY) is None
    assert may_be_ended("The seat", None, MAY) is None
    over = may_be_ended("The seat", MAY, MAY)
    assert over is not None
    assert over.sentence == "The seat ended on 1 May 2031, and that stays as it was said."


def test_nothing_ends_before_it_began_and_what_ends_on_its_first_day_never_held() -> None:
    assert may_end_on("The seat", MAY, MAY) is None
    early = may_end_on("The seat", MAY, APRIL)
    assert early is not None
    assert early.sentence == "The seat began on 1 May 2031; the end cannot come before that."
