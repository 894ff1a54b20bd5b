"""Who is meant by @name, and who is told that nobody, or not who, is meant."""

from __future__ import annotations

import pytest

from watchkeep.domain.mention import MOST, Somebody, names_in, resolve

EDDA = Somebody("1", "Edda Holm", "edda@calder.test")
IVO = Somebody("2", "Ivo Marsh", "ivo@calder.test")
OTHER_IVO = Somebody("3", "Ivo Dene", "i.dene@calder.test")
TWIN = Somebody("4", "Edda Holm", "e.holm@calder.test")


def everyone(_: Somebody) -> bool:
    return True


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("@edda, look at this.", ("edda",)),
        ("@Edda’s count", ("Edda’s",)),
        ('Ask @"Edda Holm" and @“Ivo Marsh”.', ("Edda Holm", "Ivo Marsh")),
        ("Write to edda@calder.test", ()),
        ("Meet @ 14:00, or @14", ()),
        ("(@ivo) @ivo", ("ivo",)),
        ("@i.dene.", ("i.dene",)),
        ("@@edda", ()),
    ],
)
def test_a_name_after_an_at_sign_is_found_and_an_address_is_left_alone(
    text: str, names: tuple[str, ...]
) -> None:
    assert names_in(text) == names


@pytest.mark.parametrize("text", ["@edda", "@EDDA", "@“edda  holm”", '@"edda@calder.test"'])
def test_a_person_is_known_by_address_and_by_name_however_it_is_written(text: str) -> None:
    found = resolve(text, [EDDA, IVO], everyone)
    assert (found.found, found.problems) == ((EDDA,), ())


def test_between_two_of_one_first_name_nothing_is_guessed() -> None:
    marsh = Somebody("2", "Ivo Marsh", "marsh@calder.test")
    found = resolve("@ivo", [marsh, OTHER_IVO], everyone)
    assert found.found == ()
    assert found.problems == ("“ivo” fits several people. Write @“Ivo Dene” or @“Ivo Marsh”.",)


def test_an_address_tells_two_of_one_name_apart() -> None:
    assert resolve("@edda", [EDDA, TWIN], everyone).found == (EDDA,)
    both = resolve("@“Edda Holm”", [EDDA, TWIN], everyone)
    assert both.problems == ("“Edda Holm” is the name of several people. Write @e.holm or @edda.",)


@pytest.mark.parametrize("text", ["@Ivo Marsh, look", "@ivo  marsh’s count", "(@Ivo Marsh)", "@Ivo Marsh"])
def test_a_full_name_needs_no_quotes_where_one_person_bears_it(text: str) -> None:
    marsh = Somebody("2", "Ivo Marsh", "marsh@calder.test")
    found = resolve(text, [marsh, OTHER_IVO, Somebody("5", "Ivo Marshal", "m@calder.test")], everyone)
    assert (found.found, found.problems) == ((marsh,), ())


def test_the_longest_full_name_is_meant_and_a_shared_one_is_not_guessed() -> None:
    longer = Somebody("5", "Ivo Dene Marsh", "m@calder.test")
    assert resolve("@Ivo Dene Marsh", [OTHER_IVO, longer], everyone).found == (longer,)
    double = Somebody("6", "Ivo Dene-Marsh", "d@calder.test")
    assert resolve("@Ivo Dene-Marsh", [OTHER_IVO, double], everyone).found == (double,)
    twins = [Somebody("7", "Ivo Dene", "x@calder.test"), OTHER_IVO]
    assert resolve("@Ivo Dene", twins, everyone).found == ()


def test_a_full_name_of_somebody_who_may_not_read_it_is_no_mention() -> None:
    found = resolve("@Ivo Marsh", [IVO, OTHER_IVO], lambda each: each is OTHER_IVO)
    assert IVO not in found.found


def test_who_may_not_read_it_and_who_is_not_there_get_the_same_answer() -> None:
    hidden = resolve("@ivo", [EDDA, IVO], lambda each: each is EDDA).problems
    absent = resolve("@ivo", [EDDA], everyone).problems
    assert hidden == absent
    assert "Nobody called “ivo” can read this." in hidden[0]


def test_somebody_who_may_not_read_it_does_not_make_a_name_doubtful() -> None:
    assert resolve("@ivo", [IVO, OTHER_IVO], lambda each: each is not IVO).found == (OTHER_IVO,)


def test_each_is_told_once_and_a_crowd_is_refused() -> None:
    assert resolve("@edda @“Edda Holm”", [EDDA], everyone).found == (EDDA,)
    crowd = " ".join(f"@x{number}" for number in range(MOST + 1))
    assert any("At most" in each for each in resolve(crowd, [], everyone).problems)
