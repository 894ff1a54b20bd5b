"""The parent's end of the limited child: start it, feed it, stop it, judge its answer and not its exit code.

A fresh interpreter reads each file, because a parser that has been taken over must find nothing to take:
see confined.py for what the child gives up before it looks at the file.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from watchkeep.domain.errors import Unreadable
from watchkeep.formats.readers.boundary import SMALLER, incomplete

_SOURCE = Path(__file__).resolve().parents[3]
_START = (
    "import sys; sys.path[:0] = sys.argv[1:]; from watchkeep.formats.readers.confined import main; main()"
)
_LOADED = "; import watchkeep.formats.readers.assemble, watchkeep.formats.writers.flat; main()"
_START_LOADED = _START.replace("; main()", _LOADED)
_ready: list[subprocess.Popen[bytes]] = []


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost."""

    memory: int = 1024 * 2**20  # bytes of address space
    processor: int = 20  # seconds of processor time
    clock: float = 30.0  # seconds by the wall clock: a sleeping child uses no processor time
    answer: int = 64 * 2**20  # bytes the child may hand back


def run(
    call: str, data: bytes, name: str, *, limits: Limits | None = None, folders: tuple[str, ...] = ()
) -> bytes:
    """The bytes that `call` ("module:function", taking data and name) returns for `data`, run in the child.

    `folders` are put before the import path of the child. Raises Unreadable for every way that it can fail.
    """
    limits = limits or Limits()
    order = json.dumps({"call": call, "name": name, "limits": asdict(limits)}).encode() + b"\n"
    child = _ready.pop() if _ready and not folders else _start(_START, folders)
    try:
        said, whole = _converse(child, order, data, limits)
    finally:
        _stop(child)
    if whole is None:
        raise Unreadable(
            where=name,
            why=f"reading it took more than {limits.clock:.0f} seconds and was stopped.",
            remedy=SMALLER,
        )
    if not whole:
        raise Unreadable(
            where=name,
            why=f"reading it gave more than {limits.answer / 2**20:.0f} MB, far more than a register holds.",
            remedy=SMALLER,
        )
    return _judged(said, child.returncode, name, limits)


def protections() -> dict[str, bool]:
    """Which protections a child has on this machine, by name: what the operator should know."""
    found: dict[str, bool] = json.loads(
        run("watchkeep.formats.readers.confined:in_force", b"", "this machine")
    )
    return found


def make_ready() -> None:
    """Start the next file's child now: it loads what every reader needs while the caller does more."""
    child = _start(_START_LOADED, ())
    _ready.append(child)
    atexit.register(child.kill)  # where no file came after all


def _start(how: str, folders: tuple[str, ...]) -> subprocess.Popen[bytes]:
    kept = {key: os.environ[key] for key in ("SYSTEMROOT", "SystemRoot") if key in os.environ}
    return subprocess.Popen(  # noqa: S603  our own interpreter, our own words
        [sys.executable, "-I", "-c", how, *folders, str(_SOURCE)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=tempfile.gettempdir(),
        env={**kept, "LANG": "C.UTF-8", "PYTHONUTF8": "1", "PYDANTIC_DISABLE_PLUGINS": "__all__"},
        start_new_session=True,
    )


def _converse(
    child: subprocess.Popen[bytes], order: bytes, data: bytes, limits: Limits
) -> tuple[bytes, bool | None]:
    """What the child said, and whether that is all: False where it said too much, None where it was late."""
    said = bytearray()
    full = threading.Event()

    def feed(stream: IO[bytes]) -> None:
        try:
            with stream:
                stream.write(order)
                stream.write(data)
        except (
            OSError
        ):  # the child ended before it had read everything; its answer, or the lack of one, says why
            return

    def listen(stream: IO[bytes]) -> None:
        while block := stream.read1(1 << 16):  # type: ignore[attr-defined]  # a pipe is always buffered here
            said.extend(block)
            if len(said) > limits.answer:
                full.set()
                return

    assert child.stdin is not None  # noqa: S101  both were asked for as pipes
    assert child.stdout is not None  # noqa: S101
    feeding = threading.Thread(target=feed, args=(child.stdin,), daemon=True)
    listening = threading.Thread(target=listen, args=(child.stdout,), daemon=True)
    feeding.start()
    listening.start()
    listening.join(limits.clock)
    late = listening.is_alive()
    _stop(child)
    listening.join(5)
    feeding.join(5)
    return bytes(said), None if late else not full.is_set()


def _stop(child: subprocess.Popen[bytes]) -> None:
    """End the child and whatever it started; safe to call again."""
    if child.returncode is not None:
        return
    try:
        child.wait(
            0.2
        )  # an answer has just been given: let it leave by itself, so that its exit code says how
    except subprocess.TimeoutExpired:
        child.kill()
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError, PermissionError):  # nobody is left in its group
            os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def _judged(said: bytes, ended: int, name: str, limits: Limits) -> bytes:
    """The answer, if it is whole: a line that says how it went, then as many bytes as that line counts."""
    head, _, body = said.partition(b"\n")
    try:
        verdict: Any = json.loads(head)
        if verdict["result"] == "unreadable":
            raise Unreadable(
                where=str(verdict["where"]), why=str(verdict["why"]), remedy=str(verdict["remedy"])
            )
        if verdict["result"] == "read" and verdict["bytes"] == len(body):
            return body
    except (ValueError, KeyError, TypeError) as problem:
        raise _broken_off(ended, name, limits) from problem
    raise _broken_off(ended, name, limits)


def _broken_off(ended: int, name: str, limits: Limits) -> Unreadable:
    if hasattr(signal, "SIGXCPU") and ended in (-signal.SIGXCPU, -signal.SIGKILL):
        seconds = "1 second" if limits.processor == 1 else f"{limits.processor} seconds"
        why = f"reading it took more than {seconds} of processor time and was stopped."
        return Unreadable(where=name, why=why, remedy=SMALLER)
    named = ended < 0 and -ended in {each.value for each in signal.Signals}
    return incomplete(name, f" ({signal.Signals(-ended).name})" if named else "")
