"""Many at once: the chain never forks, and no edit is lost without its author being told."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest
from django.db import connections

from cast import JUNE, Force, a_force, accepted, digest
from conditions import only_on
from watchkeep.apps.history import queries as history
from watchkeep.apps.history.models import Entry
from watchkeep.apps.intake import changes as intake
from watchkeep.apps.register import changes, queries
from watchkeep.apps.register.models import Risk, RiskVersion
from watchkeep.domain.errors import Stale

WORKERS, EACH = 8, 6


@pytest.fixture
def committed(transactional_db: None) -> Force:
    """A force whose records are really committed, so that other connections see them."""
    return a_force()


def test_eight_at_once_write_one_unbroken_chain(committed: Force) -> None:
    before = Entry.objects.count()
    start = Barrier(WORKERS)

    def bring_some(worker: int) -> None:
        try:
            start.wait()
            for turn in range(EACH):
                words = f"{worker} {turn}"
                intake.receive_file(by=committed.administrator, name=words, sha256=digest(words), size=1)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(WORKERS) as workers:
        list(workers.map(bring_some, range(WORKERS)))
    assert Entry.objects.count() == before + WORKERS * EACH
    verdict = history.verify(committed.reader)
    assert verdict.faults == ()


def test_what_is_written_while_the_history_is_checked_is_no_fault(committed: Force) -> None:
    done = Event()

    def keep_bringing() -> None:
        try:
            turn = 0
            while not done.is_set():
                turn += 1
                words = f"meanwhile {turn}"
                intake.receive_file(by=committed.administrator, name=words, sha256=digest(words), size=1)
        finally:
            connections.close_all()

    before = Entry.objects.count()
    with ThreadPoolExecutor(1) as writer:
        writing = writer.submit(keep_bringing)
        try:
            verdicts = [history.verify(committed.reader) for _ in range(12)]
        finally:
            done.set()
        writing.result()
    assert [verdict.faults for verdict in verdicts] == [()] * 12
    assert Entry.objects.count() > before + 12, "something was written meanwhile"


def test_of_eight_edits_at_once_one_is_kept_and_seven_are_told(committed: Force) -> None:
    accepted(committed)
    risk = Risk.objects.get(key="LH1")
    start = Barrier(WORKERS)

    def edit(worker: int) -> str:
        try:
            start.wait()
            changes.correct_risk(
                by=committed.administrator,
                risk=risk.pk,
                version=1,
                path="owner",
                text=f"Pilot {worker}",
                effective_on=JUNE,
            )
        except Stale:
            return ""
        finally:
            connections.close_all()
        return f"Pilot {worker}"

    with ThreadPoolExecutor(WORKERS) as workers:
        kept = [each for each in workers.map(edit, range(WORKERS)) if each]
    assert len(kept) == 1
    stands = queries.risk(committed.reader, "harbour-risk-register", "LH1")
    assert stands.value.owner.text == kept[0]
    assert stands.version == 2
    assert history.verify(committed.reader).holds


@pytest.mark.parametrize("each", [EACH, pytest.param(100, marks=pytest.mark.slow)])
def test_of_many_edits_at_once_none_is_lost(committed: Force, each: int) -> None:
    """Eight clients, each sending again what was told to be stale: every edit is a version in the end."""
    accepted(committed)
    risk = Risk.objects.get(key="LH1")
    start = Barrier(WORKERS)

    def edit(worker: int) -> int:
        told = 0
        try:
            start.wait()
            version = 1
            for turn in range(each):
                while True:
                    try:
                        version = changes.correct_risk(
                            by=committed.administrator,
                            risk=risk.pk,
                            version=version,
                            path="owner",
                            text=f"Pilot {worker} {turn}",
                            effective_on=JUNE,
                        )
                    except Stale as stale:
                        told += 1
                        version = stale.version
                    else:
                        break
        finally:
            connections.close_all()
        return told

    with ThreadPoolExecutor(WORKERS) as workers:
        told = sum(workers.map(edit, range(WORKERS)))
    sent = {f"Pilot {worker} {turn}" for worker in range(WORKERS) for turn in range(each)}
    kept = RiskVersion.objects.filter(risk=risk, number__gt=1).values_list("owner", flat=True)
    assert sorted(kept) == sorted(sent)
    assert told > 0, "they met"
    assert queries.risk(committed.reader, "harbour-risk-register", "LH1").version == len(sent) + 1
    assert history.verify(committed.reader).holds


def test_one_upload_sent_eight_times_at_once_is_one_import(committed: Force) -> None:
    start = Barrier(WORKERS)

    def send(_: int) -> int:
        try:
            start.wait()
            return intake.receive_file(
                by=committed.administrator, name="a", sha256=digest("a"), size=1, key="one form"
            )
        finally:
            connections.close_all()

    with ThreadPoolExecutor(WORKERS) as workers:
        assert set(workers.map(send, range(WORKERS))) == {1}


def test_two_workers_never_take_the_same_paper(committed: Force) -> None:
    for number in range(4):
        intake.receive_file(by=committed.administrator, name="a", sha256=digest(str(number)), size=1)
    start = Barrier(4)

    def take(_: int) -> int:
        try:
            start.wait()
            claim = intake.claim_next(by=committed.reading)
            return claim.paper if claim else 0
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as workers:
        assert sorted(workers.map(take, range(4))) == [1, 2, 3, 4]


@only_on("sqlite", "what is set on every SQLite connection")
def test_every_new_connection_to_sqlite_is_durable(committed: Force) -> None:
    def pragmas(_: int) -> tuple[object, ...]:
        try:
            with connections["default"].cursor() as cursor:
                said = []
                for name in (
                    "journal_mode",
                    "synchronous",
                    "foreign_keys",
                    "recursive_triggers",
                    "busy_timeout",
                ):
                    cursor.execute(f"PRAGMA {name}")
                    said.append(cursor.fetchone()[0])
                return tuple(said)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as workers:
        assert set(workers.map(pragmas, range(4))) == {("wal", 2, 1, 1, 20000)}
