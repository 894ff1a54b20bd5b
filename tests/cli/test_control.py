"""Controls from the command line, each command a process, on a database of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

PASSWORD = "a long enough password"


def watchkeep(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run one command."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("WATCHKEEP_")}
    return subprocess.run(
        [sys.executable, "-m", "watchkeep", *arguments],
        env={**environment, "WATCHKEEP_HOME": str(home), "WATCHKEEP_PASSWORD": PASSWORD},
        cwd=home,
        capture_output=True,
        text=True,
        check=False,
    )


def done(home: Path, *arguments: str) -> str:
    ran = watchkeep(home, *arguments)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def test_a_control_is_added_applied_checked_shown_and_stood_down(tmp_path: Path) -> None:
    done(tmp_path, "migrate")
    person = ("person", "add", "edda@calder.test", "--name", "Edda", "--role", "administrator")
    done(tmp_path, *person, "--body", "Calder Vale Police")
    paper = tmp_path / "register.csv"
    paper.write_text("Ref,Risk name,Rating\nLH1,Too few keepers,High\n", encoding="utf-8")
    done(tmp_path, "import", str(paper), "--register", "Harbour", "--as-at", "2026-03-31", "--accept")
    assert "Added C1 Oil count." in done(tmp_path, "control", "add", "Oil count", "--kind", "detective")
    assert "serves LH1" in done(tmp_path, "control", "apply", "C1", "LH1", "--side", "cause")
    said = ("control", "check", "C1", "--kind", "assurance", "--line", "3", "--checked-by", "Head of Audit")
    judged = ("--design", "effective", "--operation", "effective", "--sample", "200", "--failures", "2")
    assert "C1  Oil count  effective  fresh  1 risk" in done(tmp_path, *said, *judged)
    told = done(tmp_path, "control", "show", "C1")
    assert "2 of 200 cases failed: between 0.3 % and 3.6 % of all" in told
    assert "serves LH1 Too few keepers (cause)" in told
    refused = watchkeep(tmp_path, *said, "--design", "fine")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "Say one of effective" in refused.stderr
    gone = done(tmp_path, "control", "stand-down", "C1", "--reason", "The tank is gone")
    assert "C1 Oil count is stood down." in gone
    assert "stood down" in done(tmp_path, "control", "list")
    assert "is in force" in done(tmp_path, "control", "stand-up", "C1", "--reason", "A new tank")
    assert watchkeep(tmp_path, "control", "show", "C9").returncode == 2
    assert done(tmp_path, "verify")
