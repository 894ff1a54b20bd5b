"""Controls from the command line, each command a process, on a database of their own."""

from __future__ import annotations

from pathlib import Path

from cli.processes import watchkeep


def done(home: Path, *arguments: str) -> str:
    ran = watchkeep(home, *arguments)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def test_a_control_is_added_applied_checked_shown_and_stood_down(home: Path) -> None:
    paper = home / "register.csv"
    paper.write_text("Ref,Risk name,Rating\nLH1,Too few keepers,High\n", encoding="utf-8")
    done(home, "import", str(paper), "--register", "Harbour", "--as-at", "2026-03-31", "--accept")
    assert "Added C1 Oil count." in done(home, "control", "add", "Oil count", "--kind", "detective")
    assert "serves LH1" in done(home, "control", "apply", "C1", "LH1", "--side", "cause")
    said = ("control", "check", "C1", "--kind", "assurance", "--line", "3", "--checked-by", "Head of Audit")
    judged = ("--design", "effective", "--operation", "effective", "--sample", "200", "--failures", "2")
    assert "C1  Oil count  effective  fresh  1 risk" in done(home, *said, *judged)
    told = done(home, "control", "show", "C1")
    assert "2 of 200 cases failed: between 0.3 % and 3.6 % of all" in told
    assert "serves LH1 Too few keepers (cause)" in told
    refused = watchkeep(home, *said, "--design", "fine")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "Say one of effective" in refused.stderr
    gone = done(home, "control", "stand-down", "C1", "--reason", "The tank is gone")
    assert "C1 Oil count is stood down." in gone
    assert "stood down" in done(home, "control", "list")
    assert "is in force" in done(home, "control", "stand-up", "C1", "--reason", "A new tank")
    assert watchkeep(home, "control", "show", "C9").returncode == 2
    assert done(home, "verify")
