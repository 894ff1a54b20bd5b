"""The site and its reader, side by side: a reader that dies comes back; one that cannot stops the site."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cli.processes import watchkeep
from watchkeep.cli.serve import MOST_DEATHS, keep

FOREVER = "import time; time.sleep(60)"


def python(code: str, *words: str) -> list[str]:
    return [sys.executable, "-c", code, *words]


def counting(path: Path, then: str) -> list[str]:
    """A command that adds a line to a file, and then does something."""
    return python(f"import sys; open(sys.argv[1], 'a').write('x\\n'); {then}", str(path))


@pytest.fixture(autouse=True)
def _own_signals() -> object:
    before = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, before)


def test_a_reader_that_dies_is_told_of_and_started_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    starts = tmp_path / "starts"
    # The site ends by itself once the reader was started a second time.
    site = python(
        "import sys, time, pathlib\nstarts = pathlib.Path(sys.argv[1])\n"
        "while not starts.exists() or len(starts.read_text().split()) < 2: time.sleep(0.05)\n"
        "sys.exit(7)",
        str(starts),
    )
    assert keep(site, counting(starts, "sys.exit(3)"), pause=0.01) == 7
    said = capsys.readouterr().err
    assert "stopped (exit code 3). It is started again." in said
    assert "The site stopped (exit code 7)." in said


def test_a_reader_that_keeps_dying_stops_the_site_with_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    starts = tmp_path / "starts"
    began = time.monotonic()
    assert keep(python(FOREVER), counting(starts, "sys.exit(3)"), pause=0.01) == 1
    assert time.monotonic() - began < 30
    assert len(starts.read_text().split()) == MOST_DEATHS
    assert "The site is stopped" in capsys.readouterr().err


def test_deaths_far_apart_do_not_add_up(tmp_path: Path) -> None:
    starts = tmp_path / "starts"
    site = python(
        "import sys, time, pathlib\nstarts = pathlib.Path(sys.argv[1])\n"
        f"while not starts.exists() or len(starts.read_text().split()) < {MOST_DEATHS + 2}: time.sleep(0.05)",
        str(starts),
    )
    assert keep(site, counting(starts, "sys.exit(3)"), pause=0.01, within=0.0) == 0


def test_a_site_that_dies_takes_the_reader_with_it(tmp_path: Path) -> None:
    reader = tmp_path / "reader"
    note = "import os, sys, time; open(sys.argv[1], 'w').write(str(os.getpid())); time.sleep(60)"
    wait = (
        "import sys, time, pathlib\n"
        "while not (p := pathlib.Path(sys.argv[1])).exists() or not p.read_text(): time.sleep(0.05)\n"
        "sys.exit(4)"
    )
    assert keep(python(wait, str(reader)), python(note, str(reader))) == 4
    with pytest.raises(ProcessLookupError):
        os.kill(int(reader.read_text()), 0)


def test_being_told_to_stop_is_no_failure() -> None:
    code = (
        "import sys\nfrom watchkeep.cli.serve import keep\n"
        "sleep = [sys.executable, '-c', 'print(1, flush=True); import time; time.sleep(60)']\n"
        "sys.exit(keep(sleep, sleep))"
    )
    with subprocess.Popen(python(code), stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.stdout.readline()
        process.terminate()
        assert process.wait(timeout=20) == 0


@pytest.mark.parametrize("command", ["serve", "work"])
def test_a_database_that_was_not_brought_up_to_this_version_is_not_served(
    command: str, tmp_path: Path
) -> None:
    done = watchkeep(tmp_path, command)
    assert (done.returncode, "Run `watchkeep migrate`" in done.stderr) == (2, True), done.stderr
