"""`watchkeep read` and `watchkeep schema` as a person runs them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from watchkeep.domain.document import RegisterDocument

REGISTER = (
    "Ref,Risk title,Description,Existing controls,Q3 trend,Q4 trend,Rating\n"
    'HB-01,Flood wall,It may not hold,"- Weekly walk\n- Tide gauge",n/a,↑,High\n'
    "HB-02,Crew,Too few for winter,- Standby list,,→,Low\n"
)


def watchkeep(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "watchkeep", *arguments],
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={"PYTHONUTF8": "1", "PATH": "/usr/bin:/bin"},
    )


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "register.csv"
    path.write_text(REGISTER, encoding="utf-8")
    return path


def test_the_summary_counts_what_was_found_and_names_the_columns(paper: Path) -> None:
    done = watchkeep("read", str(paper))
    assert done.returncode == 0
    assert "2 risks read from register.csv" in done.stdout
    assert "controls 3, actions 0" in done.stdout
    assert "High 1, Low 1" in done.stdout
    assert "Existing controls → controls" in done.stdout


def test_the_table_fits_a_hundred_columns_and_says_what_is_not_recorded(paper: Path) -> None:
    done = watchkeep("read", str(paper), "--table")
    assert done.returncode == 0
    assert max(len(line) for line in done.stdout.splitlines()) <= 100
    for said in ("HB-01", "Flood wall", "▲", "n/a", "not", "recorded", "High"):
        assert said in done.stdout


def test_the_flat_form_goes_to_the_screen_alone(paper: Path) -> None:
    done = watchkeep("read", str(paper), "--json", "-")
    risks = json.loads(done.stdout)["risks"]
    assert [risk["id"] for risk in risks] == ["HB-01", "HB-02"]
    assert risks[0]["trends"] == {"Q3": "n/a", "Q4": "up"}
    assert risks[1]["trends"]["Q3"] is None


def test_the_document_is_written_whole(paper: Path, tmp_path: Path) -> None:
    out = tmp_path / "document.json"
    assert watchkeep("read", str(paper), "--document", str(out)).returncode == 0
    document = RegisterDocument.model_validate_json(out.read_text(encoding="utf-8"))
    assert document.risks[0].controls[1].text == "Tide gauge"
    assert document.source is not None
    assert document.source.size == len(REGISTER.encode())


def test_a_document_read_back_says_the_same(paper: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    watchkeep("read", str(paper), "--document", str(first))
    assert watchkeep("read", str(first), "--document", str(second)).returncode == 0
    assert first.read_text(encoding="utf-8") == second.read_text(encoding="utf-8")


def test_verbose_names_the_protections(paper: Path) -> None:
    done = watchkeep("read", str(paper), "-v")
    assert "memory limit" in done.stderr
    assert "no network" in done.stderr


@pytest.mark.parametrize("missing", ["nowhere.pdf", "."])
def test_what_is_not_a_file_is_said_in_one_sentence(missing: str, tmp_path: Path) -> None:
    done = watchkeep("read", str(tmp_path / missing))
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr


def test_schema_prints_a_json_schema() -> None:
    schema = json.loads(watchkeep("schema").stdout)
    assert schema["$schema"].startswith("https://json-schema.org/")
    assert "risks" in schema["properties"]


def test_no_name_turns_the_terminals_text_around(tmp_path: Path) -> None:
    override, escape = "\N{RIGHT-TO-LEFT OVERRIDE}", "\x9b31m"
    path = tmp_path / "register.csv"
    path.write_text(REGISTER.replace("Flood wall", f"Flood {override}wall{escape}"), encoding="utf-8")
    for how in (["--table"], [], ["--json", "-"], ["--document", "-"]):
        shown = watchkeep("read", str(path), *how).stdout
        assert shown
        assert not {override, "\x9b"} & set(shown), how
    risks = json.loads(watchkeep("read", str(path), "--json", "-").stdout)["risks"]
    assert override in json.dumps(risks, ensure_ascii=False)
