"""The records from the command line: an operator's first day, each command a process, on its own database."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cli.processes import CSV, watchkeep


def test_a_paper_is_imported_accepted_verified_and_exported(home: Path) -> None:
    paper = home / "register.csv"
    paper.write_text(CSV, encoding="utf-8")
    first = watchkeep(
        home, "import", str(paper), "--register", "Harbour risks", "--as-at", "2031-03-31", "--accept"
    )
    assert first.returncode == 0, first.stderr
    assert "2 new" in first.stdout
    again = watchkeep(home, "import", str(paper), "--register", "Harbour risks", "--as-at", "2031-03-31")
    assert "2 same" in again.stdout
    assert "This very file was brought in on" in again.stdout
    assert "as import 1" in again.stdout
    paper.write_text(CSV.replace("Low", "High") + "LH3,Too few boats,Low\n", encoding="utf-8")
    june = watchkeep(
        home, "import", str(paper), "--register", "Harbour risks", "--as-at", "2031-06-30", "--accept"
    )
    assert "1 new, 1 changed, 1 same" in june.stdout
    checked = watchkeep(home, "verify")
    assert checked.returncode == 0
    assert "not checked against an outside head" in checked.stdout
    head = checked.stdout.split("head ")[-1].strip()
    assert watchkeep(home, "ledger", "export", str(home / "out.jsonl")).returncode == 0
    assert watchkeep(home, "verify", str(home / "out.jsonl"), "--head", head).returncode == 0
    (home / "out.jsonl").write_text(
        (home / "out.jsonl").read_text(encoding="utf-8").replace("Harbour risks", "Harbour risk", 1),
        encoding="utf-8",
    )
    assert watchkeep(home, "verify", str(home / "out.jsonl")).returncode == 1


def test_an_import_says_which_of_its_matches_are_not_sure(home: Path) -> None:
    paper = home / "register.csv"
    paper.write_text(CSV, encoding="utf-8")
    first = watchkeep(home, "import", str(paper), "--register", "Harbour risks", "--accept")
    assert "check which risk this is" not in first.stdout
    swapped = "Ref,Risk name,Rating\nLH2,Too few keepers,High\nLH1,Too few lamps,Low\n"
    paper.write_text(swapped, encoding="utf-8")
    second = watchkeep(home, "import", str(paper), "--register", "Harbour risks")
    told = [line for line in second.stdout.splitlines() if "check which risk this is." in line]
    assert sorted(line.split(":")[0].strip() for line in told) == ["LH1", "LH2"]


def test_a_file_that_cannot_be_read_is_refused_in_one_sentence_and_leaves_no_risk(home: Path) -> None:
    paper = home / "empty.csv"
    paper.write_bytes(b"")
    answer = watchkeep(home, "import", str(paper), "--accept", "--register", "Nothing")
    assert answer.returncode == 2
    assert len(answer.stderr.strip().splitlines()) == 1
    assert "Traceback" not in answer.stderr


def test_a_risk_is_closed_with_a_reason_and_a_later_paper_would_reopen_it(home: Path) -> None:
    paper = home / "boats.csv"
    paper.write_text(CSV, encoding="utf-8")
    brought = ("import", str(paper), "--register", "Boat risks")
    assert watchkeep(home, *brought, "--as-at", "2031-03-31", "--accept").returncode == 0
    paper.write_text(CSV.replace("LH2,Too few lamps,Low\n", ""), encoding="utf-8")
    june = watchkeep(home, *brought, "--as-at", "2031-06-30", "--accept")
    assert "LH2 is not in this paper; if it is over: watchkeep close LH2 --reason" in june.stdout
    naming = ("close", "LH2", "--register", "Boat risks")
    for arguments, said in (
        ((*naming, "--reason", "  "), "Say why the risk is closed."),
        ((*naming, "--reason", "Over.", "--on", "2031-03-30"), "cannot have been closed before that day"),
        (("close", "LH9", "--register", "Boat risks", "--reason", "Over."), "no such risk"),
    ):
        refused = watchkeep(home, *arguments)
        assert (refused.returncode, said in refused.stderr) == (2, True), refused.stderr
    closed = watchkeep(home, *naming, "--reason", "The lamps came.")
    assert "is closed on 30 June 2031" in closed.stdout  # the day that the register speaks of
    again = watchkeep(home, *naming, "--reason", "Again.")
    assert "already closed" in again.stderr
    paper.write_text(CSV + "LH4,Too few oars,Low\n", encoding="utf-8")
    september = watchkeep(home, *brought, "--as-at", "2031-09-30")
    assert "LH2 is closed in the register; accepting it opens it again" in september.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["import", "no-such-file.pdf"], "no such file"),
        (["import", ".", "--body", "Nowhere"], "no body called"),
        (["person", "add", "x@y.test", "--name", "X", "--role", "king"], "no role called"),
        (["person", "password", "nobody@y.test"], "Nobody signs in as"),
        (["verify", "--head", "rubbish"], "A head is"),
        (["verify", "no-such-export.jsonl"], "Could not check"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(home: Path, arguments: list[str], said: str) -> None:
    answer = watchkeep(home, *arguments)
    assert answer.returncode == 2
    assert said in answer.stderr
    assert "Traceback" not in answer.stderr


def test_without_a_database_it_says_how_to_make_one(tmp_path: Path) -> None:
    answer = watchkeep(tmp_path, "verify")
    assert answer.returncode == 2
    assert "watchkeep migrate" in answer.stderr


def test_the_secret_key_is_made_once_and_is_its_owner_s_alone(home: Path) -> None:
    key = home / "secret_key"
    before = key.read_text(encoding="ascii")
    watchkeep(home, "work", "--once")
    assert key.read_text(encoding="ascii") == before
    assert len(before) > 60
    assert key.stat().st_mode & 0o777 == 0o600


def test_an_unsafe_database_is_refused(home: Path, tmp_path: Path) -> None:
    script = (
        "from django.conf import settings; import django; django.setup(); "
        "settings.DATABASES['default']['OPTIONS']['init_command'] = 'PRAGMA synchronous=NORMAL;'; "
        "from django.db import connection; connection.ensure_connection()"
    )
    answer = subprocess.run(
        [sys.executable, "-c", script],
        env={
            **os.environ,
            "WATCHKEEP_HOME": str(tmp_path),
            "DJANGO_SETTINGS_MODULE": "watchkeep.config.settings",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode != 0
    assert "would not keep what it acknowledges" in answer.stderr
