"""Papers that wait are read, whatever becomes of the reader."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from cast import Force, a_paper, digest
from watchkeep.apps.intake import changes, queries
from watchkeep.domain.errors import Refused
from watchkeep.formats import pictures
from watchkeep.formats.readers.child import Limits
from watchkeep.gateways.mail import TerminalPost
from watchkeep.gateways.storage import FolderStore
from watchkeep.jobs import reading, working

pytestmark = pytest.mark.django_db

CSV = "Ref,Risk name,Rating\nLH1,Too few keepers,High\nLH2,Too few lamps,Low\n"


def waiting(force: Force, store: FolderStore, data: bytes, name: str) -> int:
    """A paper that waits to be read."""
    return changes.receive_file(by=force.administrator, name=name, sha256=store.put(data), size=len(data))


def test_a_paper_that_waits_is_read_once(force: Force, files: Path) -> None:
    store = FolderStore(files)
    number = waiting(force, store, CSV.encode(), "register.csv")
    assert reading.read_all_waiting(store) == 1
    assert reading.read_all_waiting(store) == 0
    page = queries.import_page(force.reader, number)
    assert page.row.state == "draft"
    assert [each.key for each in page.risks] == ["LH1", "LH2"]
    assert [each.code for each in page.steps] == ["received", "opened", "read", "listed"]


def test_a_file_that_cannot_be_read_is_refused_with_its_reason(force: Force, files: Path) -> None:
    store = FolderStore(files)
    number = waiting(force, store, b"", "empty.csv")
    reading.read_all_waiting(store)
    page = queries.import_page(force.reader, number)
    assert page.row.state == "refused"
    assert "empty" in page.row.refusal
    assert page.risks == ()


def test_a_paper_whose_reader_died_is_taken_again(force: Force, files: Path) -> None:
    store = FolderStore(files)
    number = waiting(force, store, CSV.encode(), "register.csv")
    dead = changes.claim_next(by=force.reading)
    assert dead is not None
    assert changes.claim_next(by=force.reading) is None, "it is still being read"
    again = changes.claim_next(by=force.reading, now=timezone.now() + changes.LEASE + timedelta(seconds=1))
    assert again is not None
    assert again.paper == number
    with pytest.raises(Refused):
        changes.record_reading(by=force.reading, claim=dead, document=a_paper())
    changes.record_reading(by=force.reading, claim=again, document=a_paper())
    assert queries.import_page(force.reader, number).row.state == "draft"


def test_a_paper_that_kills_every_reader_is_refused_in_the_end(force: Force) -> None:
    changes.receive_file(by=force.administrator, name="bad.pdf", sha256=digest("bad"), size=3)
    now = timezone.now()
    for _ in range(changes.ATTEMPTS):
        assert changes.claim_next(by=force.reading, now=now) is not None
        now += changes.LEASE + timedelta(seconds=1)
    changes.receive_file(by=force.administrator, name="good.pdf", sha256=digest("good"), size=4)
    after = changes.claim_next(by=force.reading, now=now)
    assert after is not None
    assert after.name == "good.pdf", "the paper behind it does not wait for another round"
    good, bad = queries.imports(force.reader)
    assert (good.state, bad.state) == ("reading", "refused")


def test_a_stored_file_that_was_altered_is_not_read(force: Force, files: Path) -> None:
    store = FolderStore(files)
    number = waiting(force, store, CSV.encode(), "register.csv")
    path = store.path(queries.import_page(force.reader, number).sha256)
    path.write_bytes(CSV.replace("High", "Low").encode())
    reading.read_all_waiting(store)
    assert "not the file that was put there" in queries.import_page(force.reader, number).row.refusal


class FailsOnce(FolderStore):
    """A store on a disk that fails the first time it is read."""

    def get(self, digest: str) -> bytes:
        """Fail, then answer."""
        if not hasattr(self, "failed"):
            self.failed = True
            raise OSError("the disk did not answer")
        return super().get(digest)


@pytest.mark.usefixtures("transactional_db")  # as the worker runs: it lets go of a connection that was cut
def test_a_fault_with_one_paper_does_not_end_the_reading_of_others(
    force: Force, files: Path, caplog: pytest.LogCaptureFixture
) -> None:
    store = FailsOnce(files)
    first = waiting(force, store, CSV.encode(), "first.csv")
    second = waiting(force, store, CSV.replace("High", "Low").encode(), "second.csv")
    rounds = iter([True, True, False])
    tools = working.Tools(store, TerminalPost(io.StringIO(), "watch@calder.test"), "http://localhost")
    working.keep_working(tools, every=0, going=lambda: next(rounds))
    assert queries.import_page(force.reader, second).row.state == "draft"
    assert queries.import_page(force.reader, first).row.state == "reading", "until its lease has run out"
    assert "the disk did not answer" in caplog.text


def test_no_step_of_a_reading_lasts_as_long_as_its_lease() -> None:
    """Else a paper would be taken from a reader that is merely slow."""
    room = timedelta(seconds=20)  # to start the child and to store what it drew
    assert timedelta(seconds=Limits().clock) + room <= changes.LEASE
    assert timedelta(seconds=pictures.CLOCK) + room <= changes.LEASE


def test_a_sign_of_life_keeps_a_paper_from_being_taken_over(force: Force, files: Path) -> None:
    number = waiting(force, FolderStore(files), CSV.encode(), "register.csv")
    claim = changes.claim_next(by=force.reading, now=timezone.now() - changes.LEASE + timedelta(seconds=5))
    assert claim is not None
    changes.record_step(by=force.reading, claim=claim)
    later = timezone.now() + timedelta(seconds=10)
    assert changes.claim_next(by=force.reading, now=later) is None
    page = queries.import_page(force.reader, number)
    assert page.tried_again_at is not None
    assert page.tried_again_at > later
    assert [each.code for each in page.steps] == ["received"]
