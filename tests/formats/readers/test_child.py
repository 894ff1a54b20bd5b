"""The limited child: whatever a reader tries, it is stopped, named in a sentence, leaving nothing behind."""

from __future__ import annotations

import os
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from watchkeep.domain.errors import Unreadable
from watchkeep.formats.readers.child import Limits, protections, run

HERE = str(Path(__file__).parent)
QUICK = Limits(memory=512 * 2**20, processor=3, clock=6.0, answer=2**20)

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="these limits are Linux's")


def answer(call: str, data: bytes = b"", limits: Limits = QUICK) -> bytes:
    return run(f"hostile_calls:{call}", data, "paper.pdf", limits=limits, folders=(HERE,))


def refusal(call: str, data: bytes = b"", limits: Limits = QUICK) -> str:
    started = time.monotonic()
    with pytest.raises(Unreadable) as caught:
        answer(call, data, limits)
    assert time.monotonic() - started < 28
    assert "Traceback" not in caught.value.sentence
    assert caught.value.sentence.startswith("paper.pdf: ")
    return caught.value.sentence


@pytest.fixture
def listening() -> Iterator[int]:
    """The port of a server on this machine that a child must not reach."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.fixture(scope="module")
def force() -> dict[str, bool]:
    return protections()


def test_an_answer_comes_back_whole() -> None:
    assert answer("echo", b"\x00\xff\n" * 1000) == b"paper.pdf|" + b"\x00\xff\n" * 1000


def test_a_library_that_prints_does_not_spoil_the_answer() -> None:
    assert answer("print_a_lot") == b"quiet"


def test_a_loop_is_stopped_by_processor_time() -> None:
    assert "1 second of processor time" in refusal("loop", limits=Limits(processor=1, clock=25.0))


def test_a_sleeper_is_stopped_by_the_clock() -> None:
    assert "more than 2 seconds" in refusal("sleep", limits=Limits(clock=2.0))


def test_memory_has_an_end() -> None:
    assert "more memory" in refusal("allocate")


def test_a_flood_is_cut_off() -> None:
    # The answer's own stream is the third that the child has: after the two that lead nowhere.
    assert "more than 1 MB" in refusal("flood", b"3")


def test_a_second_process_is_refused_and_named() -> None:
    assert "start a second process" in refusal("fork")


def test_a_program_is_refused_and_named() -> None:
    assert "start a program" in refusal("start_a_program")


def test_a_connection_is_refused_and_named(listening: int) -> None:
    assert "network" in refusal("connect", str(listening).encode())


def test_writing_a_file_is_refused_and_named(tmp_path: Path) -> None:
    target = tmp_path / "planted"
    assert "write a file" in refusal("write_a_file", str(target).encode())
    assert not target.exists()


def test_another_file_cannot_be_read(tmp_path: Path) -> None:
    secret = tmp_path / "records.sqlite3"
    secret.write_bytes(b"secret")
    secret.chmod(0o644)
    refusal("read_a_file", str(secret).encode())


@pytest.mark.parametrize("call", ["crash", "leave_early"])
def test_a_crash_or_an_early_end_is_no_answer(call: str) -> None:
    assert "broke off without a complete answer" in refusal(call)


def test_an_unexpected_failure_is_named_by_its_kind() -> None:
    assert "ZeroDivisionError" in refusal("fail")


def test_the_environment_holds_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WATCHKEEP_SECRET_KEY", "planted")
    assert set(answer("environment").decode().split("\n")) <= {
        "LANG",
        "LC_CTYPE",
        "PYTHONUTF8",
        "SYSTEMROOT",
        "PYDANTIC_DISABLE_PLUGINS",
    }


@linux
def test_native_code_cannot_fork(force: dict[str, bool]) -> None:
    if not force["no processes"]:
        pytest.skip("this machine does not let a child give up new processes")
    assert answer("native_fork") == b"refused"


@linux
def test_native_code_reaches_no_network(force: dict[str, bool], listening: int) -> None:
    if not (force["no network"] or force["no other files read"]):
        pytest.skip("this machine does not let a child give up the network")
    assert answer("native_connect", str(listening).encode()) == b"refused"


@linux
def test_native_code_opens_no_other_file(force: dict[str, bool], tmp_path: Path) -> None:
    if not force["no other files read"]:
        pytest.skip("this machine's kernel has no landlock")
    secret = tmp_path / "records.sqlite3"
    secret.write_bytes(b"secret")
    os.chmod(secret, 0o644)
    assert answer("native_open", str(secret).encode()) == b"refused"


@linux
def test_native_code_writes_no_file(force: dict[str, bool], tmp_path: Path) -> None:
    target = tmp_path / "planted"
    tmp_path.chmod(0o777)
    assert answer("native_write", str(target).encode()) == b"refused"
    assert not target.exists() or target.stat().st_size == 0


@linux
def test_memory_and_processor_limits_hold_here(force: dict[str, bool]) -> None:
    assert force["memory limit"]
    assert force["processor limit"]
    assert force["watched"]
