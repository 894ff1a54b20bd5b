"""Bytes go in once, never change, and are checked each time they come out."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from watchkeep.domain.errors import Broken, Invalid, Missing
from watchkeep.gateways.storage import FolderStore


def test_what_was_put_comes_back_under_its_digest(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    digest = store.put(b"a paper")
    assert digest == sha256(b"a paper").hexdigest()
    assert store.get(digest) == b"a paper"
    assert store.put(b"a paper") == digest


def test_only_its_owner_may_read_it_and_nothing_half_written_is_left(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    path = store.path(store.put(b"a paper"))
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o077 == 0
    assert [each for each in tmp_path.rglob("*") if each.is_file()] == [path]


def test_an_altered_file_is_not_handed_out_and_is_made_good_when_put_again(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    digest = store.put(b"a paper")
    store.path(digest).write_bytes(b"a forgery")
    with pytest.raises(Broken, match="not the file"):
        store.get(digest)
    store.put(b"a paper")
    assert store.get(digest) == b"a paper"


def test_a_file_that_is_not_there_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(Missing):
        FolderStore(tmp_path).get("0" * 64)


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "0" * 63, "0" * 63 + "/", "A" * 64])
def test_only_a_digest_names_a_file(tmp_path: Path, name: str) -> None:
    with pytest.raises(Invalid):
        FolderStore(tmp_path).path(name)


def test_a_put_that_fails_leaves_nothing(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    path = store.path(sha256(b"a paper").hexdigest())
    path.mkdir(parents=True)  # something stands in its place
    with pytest.raises(OSError):  # noqa: PT011 (which one depends on the system)
        store.put(b"a paper")
    assert list(path.parent.iterdir()) == [path]
