"""`watchkeep publish FILE`: a file a kind and a sentence, without a database."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cast import Force
from odd_registers import ordinary
from watchkeep.formats.writers import KINDS, ending, write

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "calder_vale" / "2025-26-q4.csv"


def publish(*words: object, **settings: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "watchkeep", "publish", *map(str, words)]
    return subprocess.run(
        command, capture_output=True, text=True, env={**os.environ, **settings}, check=False
    )


def test_a_file_becomes_one_of_each_kind_and_the_finding_is_said(tmp_path: Path) -> None:
    out = tmp_path / "papers" / "new"
    done = publish(EXAMPLE, "--to", out)
    assert (done.returncode, done.stderr) == (0, "")
    *paths, sentence = done.stdout.splitlines()
    assert {Path(path) for path in paths} == {out / f"2025-26-q4.{ending(kind)}" for kind in KINDS}
    assert all(Path(path).stat().st_size for path in paths)
    assert sentence.startswith("Of ")


def test_no_database_is_opened_and_django_not_even_imported(tmp_path: Path) -> None:
    source = tmp_path / "harbour.json"
    source.write_bytes(write(ordinary(), "json"))
    program = (
        "import sys; sys.argv = ['watchkeep', 'publish', sys.argv[1], '--to', sys.argv[2]]\n"
        "from watchkeep.cli import main\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert not end.code, end.code\n"
        "print('django' in sys.modules)"
    )
    command = [sys.executable, "-c", program, str(source), str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "False"


def test_one_form_a_title_and_the_meaning_of_arrows_can_be_chosen(tmp_path: Path) -> None:
    done = publish(
        EXAMPLE, "--to", tmp_path, "--format", "html", "--title", "Our paper", "--rising-means", "worsening"
    )
    assert done.returncode == 0
    assert [path.name for path in tmp_path.iterdir()] == ["2025-26-q4.html"]
    text = (tmp_path / "2025-26-q4.html").read_text(encoding="utf-8")
    assert "<h1" in text
    assert "Our paper</h1>" in text
    assert "what a rising arrow means is not recorded" not in done.stdout


@pytest.mark.parametrize(
    ("asked", "called"),
    [
        (("--title", "Harbour: our risks"), "harbour-our-risks"),
        (("--title", "CX covert op Q4"), "register-public"),
        (("--file-name", "../june"), "june"),
        (("--for", "internal"), "CX-covert-op-Q4"),
    ],
)
def test_a_public_file_is_not_called_as_what_it_was_made_from(
    tmp_path: Path, asked: tuple[str, str], called: str
) -> None:
    source = tmp_path / "CX-covert-op-Q4.json"
    source.write_bytes(write(ordinary(), "json"))
    done = publish(source, "--to", tmp_path / "out", "--format", "csv", "--for", "public", *asked)
    assert (done.returncode, done.stderr) == (0, "")
    assert [path.name for path in (tmp_path / "out").iterdir()] == [f"{called}.csv"]
    told = f"the files are called {called}" in done.stdout
    assert told == (asked[0] == "--title")


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02", b"no register here"])
def test_what_cannot_be_read_is_one_sentence_and_exit_code_2(tmp_path: Path, content: bytes) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_bytes(content)
    done = publish(bad, "--to", tmp_path / "out")
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("bad.csv")
    assert "Traceback" not in done.stderr


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    done = publish(EXAMPLE, "--to", tmp_path / "file" / "below")
    assert done.returncode == 2
    assert "cannot be made" in done.stderr


def test_from_the_records_an_edition_is_frozen_stored_and_published(
    force: Force, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from typer.testing import CliRunner

    from cast import accepted
    from watchkeep.apps.publication import queries
    from watchkeep.cli import app, commands

    accepted(force)
    commands.attach(app)
    monkeypatch.setattr("watchkeep.cli.publish.operator", lambda body: force.administrator)
    done = CliRunner().invoke(app, ["publish", "--to", str(tmp_path), "--audience", "committee"])
    assert done.exit_code == 0, done.output
    (row,) = queries.editions(force.administrator)
    assert (row.state, row.audience) == ("published", "committee")
    assert {file.kind for file in row.files} == set(KINDS)
    for file in row.files:
        assert (tmp_path / file.name).stat().st_size == file.size
