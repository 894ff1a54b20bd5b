"""The files that the records rest on are checked with the history that names them."""

from __future__ import annotations

from pathlib import Path

import pytest

from cast import Force
from watchkeep.apps.intake import changes
from watchkeep.gateways.storage import FolderStore
from watchkeep.jobs import reading
from watchkeep.jobs.checking import check

pytestmark = pytest.mark.django_db

CSV = b"Ref,Risk name,Rating\nLH1,Too few keepers,High\nLH2,Too few lamps,Low\n"


@pytest.fixture
def paper(force: Force, files: Path) -> Path:
    """Where the bytes of a paper that was brought in and read are kept."""
    store = FolderStore(files)
    name = store.put(CSV)
    changes.receive_file(by=force.administrator, name="keepers.csv", sha256=name, size=len(CSV))
    reading.read_all_waiting(store)
    return store.path(name)


def test_files_that_are_as_they_were_hold(force: Force, files: Path, paper: Path) -> None:
    assert check(force.reader, FolderStore(files)).holds


def test_a_file_that_was_altered_is_a_fault(force: Force, files: Path, paper: Path) -> None:
    paper.write_bytes(CSV + b"LH3,Too few stairs,Low\n")
    verdict = check(force.reader, FolderStore(files))
    assert [fault.sentence for fault in verdict.faults] == [
        "the paper keepers.csv is not the file that was put into the store."
    ]


def test_a_file_that_is_gone_is_a_fault(force: Force, files: Path, paper: Path) -> None:
    paper.unlink()
    verdict = check(force.reader, FolderStore(files))
    assert [fault.sentence for fault in verdict.faults] == [
        "the paper keepers.csv is no longer in the store."
    ]
    assert not verdict.holds
