"""How one wording became another: nothing is lost, and only what changed is marked."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some

from watchkeep.domain.wording import Run, reworded, shortened

WORDINGS = some.lists(some.sampled_from(["oil", "lamp", "keeper", "\n", "two  spaces"]), max_size=30).map(
    " ".join
)


def words(runs: tuple[Run, ...], *kinds: str) -> list[str]:
    return "".join(run.text if run.kind in kinds else " " for run in runs).split()


def test_one_word_that_changed_is_the_only_one_marked() -> None:
    runs = reworded("The lamp is out of oil today", "The lamp is full of oil today")
    assert [(run.kind, run.text.strip()) for run in runs] == [
        ("same", "The lamp is"),
        ("removed", "out"),
        ("added", "full"),
        ("same", "of oil today"),
    ]


def test_a_wording_that_comes_from_nothing_is_all_added() -> None:
    assert reworded("", "Two keepers") == (Run("added", "Two keepers"),)
    assert reworded("Two keepers", "") == (Run("removed", "Two keepers"),)


@given(WORDINGS, WORDINGS)
def test_both_wordings_stand_in_the_runs(before: str, after: str) -> None:
    runs = reworded(before, after)
    assert words(runs, "same", "removed") == before.split()
    assert words(runs, "same", "added") == after.split()


def test_of_a_long_wording_only_what_lies_about_the_change_is_shown() -> None:
    long = [f"word{number}" for number in range(400)]
    runs = shortened(reworded(" ".join(long), " ".join([*long[:200], "lamp", *long[201:]])))
    assert [run.kind for run in runs] == ["left out", "same", "removed", "added", "same", "left out"]
    assert words(runs, "removed", "added") == ["word200", "lamp"]
    assert len(words(runs, "same")) < 30
    assert words(runs, "left out", "same", "removed") == long


def test_a_short_wording_is_shown_whole() -> None:
    runs = reworded("one two three", "one two four")
    assert shortened(runs) == runs


def test_a_wording_that_was_replaced_is_not_told_as_reworded() -> None:
    runs = reworded("the oil ran out in the night", "a keeper has left the service for good and all")
    assert [run.kind for run in runs] == ["removed", "added"]


def test_wordings_too_long_to_compare_are_told_one_after_the_other() -> None:
    runs = reworded("oil " * 5000, "lamp " * 5000)
    assert [run.kind for run in runs] == ["removed", "added"]
