"""Names that others chose become names that any folder takes, each once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as made

from watchkeep.domain.file_name import free_in


@given(made.lists(made.text(max_size=400), min_size=1, max_size=12))
def test_any_names_are_kept_apart_within_one_folder(names: list[str]) -> None:
    taken: list[str] = []
    for name in names:
        found = free_in(taken, name)
        assert found not in (".", "..")
        assert found.strip(" ")
        assert not set(found) & set('/\\\0\n<>:"|?*')
        assert not found.startswith(".")
        assert len(found.encode()) <= 255
        taken.append(found)
    assert len({each.casefold() for each in taken}) == len(names)


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("lamp.jpg", "lamp.jpg"),
        ("../../etc/passwd", "passwd"),
        ("C:\\papers\\lamp.jpg", "lamp.jpg"),
        (".profile", "profile"),
        ("CON.txt", "_CON.txt"),
        ("what? a: lamp", "what_ a_ lamp"),
        ("..", "file"),
        ("", "a file without a name"),
    ],
)
def test_a_name_stays_as_it_is_as_far_as_it_can(name: str, wanted: str) -> None:
    assert free_in((), name) == wanted


def test_a_second_one_is_numbered_whatever_its_case() -> None:
    assert free_in(("Lamp.jpg",), "lamp.JPG") == "lamp (2).JPG"
    assert free_in(("lamp.jpg", "lamp (2).jpg"), "lamp.jpg") == "lamp (3).jpg"
