"""Pictures of pages: one PNG a page, in the page's own proportions."""

from __future__ import annotations

import io
import struct
from pathlib import Path

import pikepdf
import pytest

from watchkeep.domain.errors import Unreadable
from watchkeep.formats.pictures import MOST_PAGES, page_pictures


def blank(folder: Path, *sizes: tuple[int, int]) -> Path:
    path = folder / "paper.pdf"
    with pikepdf.new() as pdf:
        for size in sizes:
            pdf.add_blank_page(page_size=size)
        pdf.save(path)
    return path


def test_each_page_gives_a_png_in_its_own_proportions(tmp_path: Path) -> None:
    pictures = page_pictures(blank(tmp_path, (595, 842), (842, 595)))
    assert [(each.number, each.width, each.height) for each in pictures] == [(1, 595, 842), (2, 842, 595)]
    for each in pictures:
        assert each.png.startswith(b"\x89PNG")
        wide, high = struct.unpack(">II", each.png[16:24])
        assert wide / high == pytest.approx(each.width / each.height, rel=0.01)


def test_a_long_paper_is_drawn_up_to_a_limit(tmp_path: Path) -> None:
    assert len(page_pictures(blank(tmp_path, *[(50, 50)] * (MOST_PAGES + 5)))) == MOST_PAGES


def test_a_huge_page_is_drawn_small(tmp_path: Path) -> None:
    (picture,) = page_pictures(blank(tmp_path, (14_400, 14_400)))
    wide, _ = struct.unpack(">II", picture.png[16:24])
    assert wide <= 1600


def test_a_locked_paper_is_refused_in_a_sentence(tmp_path: Path) -> None:
    locked = io.BytesIO()
    with pikepdf.open(blank(tmp_path, (50, 50))) as pdf:
        pdf.save(locked, encryption=pikepdf.Encryption(owner="one", user="two"))
    path = tmp_path / "locked.pdf"
    path.write_bytes(locked.getvalue())
    with pytest.raises(Unreadable, match="locked or damaged"):
        page_pictures(path, name="paper.pdf")
