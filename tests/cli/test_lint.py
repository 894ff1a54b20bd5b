"""`watchkeep lint` as a person or a pipeline runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from watchkeep.cli.lint import lint

REGISTER = (
    "Ref,Risk title,Description,Impact,Owner,Existing controls,Rating\n"
    'HB-01,Flood wall fails,"Because the wall is old, it may fail",The quay floods,Harbour Master,'
    '"- Weekly walk of the wall\n- New gauge due by June 2031",High\n'
)
APP = typer.Typer()
APP.command()(lint)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(APP, [str(each) for each in arguments])


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "register.csv"
    path.write_text(REGISTER, encoding="utf-8")
    return path


def test_what_is_found_ends_with_exit_code_one_and_what_was_accepted_does_not(
    paper: Path, tmp_path: Path
) -> None:
    out, kept = tmp_path / "found.json", tmp_path / "accepted.jsonl"
    done = run(paper, "--as-at", "2031-09-30", "--format", "json", "--to", out)
    assert (done.exit_code, done.stdout.strip()) == (1, str(out))
    (late,) = json.loads(out.read_text(encoding="utf-8"))["findings"]
    assert (late["code"], late["risk"], late["field"]) == ("STALE-01", "HB-01", "controls:1")
    kept.write_text(json.dumps({"key": late["key"], "reason": "It is on the quay."}) + "\n", encoding="utf-8")
    again = run(paper, "--as-at", "2031-09-30", "--accept", kept)
    assert again.exit_code == 0
    assert "Nothing found in one risk, as at 30 September 2031; 1 more accepted before." in again.stdout
    others = run(paper, "--as-at", "2031-09-30", "--accept", kept, "--without", "stale", "--format", "json")
    told = json.loads(others.stdout)
    assert (told["findings"], told["accepted"], told["unused"]) == ([], [], [])


def test_notes_alone_do_not_fail_unless_asked_to(paper: Path) -> None:
    done = run(paper, "--before", paper, "--without", "stale", "--fail-on", "note")
    assert done.exit_code == 1
    assert "note SAME-01" in done.stdout


def test_what_cannot_be_done_ends_with_exit_code_two_and_a_sentence(paper: Path, tmp_path: Path) -> None:
    kept = tmp_path / "accepted.json"
    kept.write_text('[{"key": "0123456789abcdef"}]', encoding="utf-8")
    for arguments, sentence in (
        ((tmp_path / "none.csv",), "there is no such file"),
        ((paper, "--rule", "NONE-01"), "There is no rule “NONE-01”"),
        ((paper, "--accept", kept), "needs a key of at least 12 signs and a reason"),
    ):
        done = run(*arguments)
        assert done.exit_code == 2
        assert sentence in " ".join(done.output.split())
