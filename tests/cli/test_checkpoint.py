"""`watchkeep checkpoint`, and an export that an auditor checks alone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from cast import Force, accepted
from watchkeep.apps.history import queries
from watchkeep.cli import commands
from watchkeep.domain.checkpoint import note_of, request_of

pytestmark = pytest.mark.django_db
RUNNER = CliRunner()


def asked(*words: object) -> Any:
    app = typer.Typer()
    commands.attach(app)
    return RUNNER.invoke(app, [str(each) for each in words])


def test_what_is_signed_goes_to_a_file_once_and_to_those_who_are_named(force: Force, tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    first = asked("checkpoint", "--to", outside, "--mail", "audit@calder.test")
    assert first.exit_code == 0, first.output
    assert "To: audit@calder.test" in first.stdout
    assert asked("checkpoint", "--to", outside).exit_code == 0
    seen = outside.read_text()
    accepted(force)
    assert asked("checkpoint", "--to", outside).exit_code == 0
    assert outside.read_text().startswith(seen)
    assert outside.read_text().count("\n\n— ") == 2
    assert "each of 2 in the copy kept elsewhere." in asked("verify", "--copy", outside).stdout
    outside.write_text("")
    assert (
        "each of 0 in the copy kept elsewhere; 2 not there yet." in asked("verify", "--copy", outside).stdout
    )


def test_a_witness_is_answered_with_a_proof_or_told_that_the_history_changed(
    force: Force, tmp_path: Path
) -> None:
    seen = tmp_path / "seen.txt"
    asked("checkpoint", "--to", seen)
    accepted(force)
    asked("checkpoint")
    answer = asked("checkpoint", "--consistency", seen)
    before, proof, note = request_of(answer.stdout)
    assert (before, len(proof) > 0) == (note_of(seen.read_text().rstrip("\n") + "\n").checkpoint.size, True)
    assert note.checkpoint.size > before
    other = tmp_path / "other.txt"
    lines = seen.read_text().split("\n")
    other.write_text("\n".join([lines[0], lines[1], "A" * 43 + "=", *lines[3:]]))
    assert asked("checkpoint", "--consistency", other).exit_code == 1
    other.write_text("no checkpoint")
    assert asked("checkpoint", "--consistency", other).exit_code == 2


def test_an_auditor_checks_an_export_with_what_came_with_it(force: Force, tmp_path: Path) -> None:
    accepted(force)
    key = asked("checkpoint", "--key")
    assert key.exit_code == 2
    asked("checkpoint")
    key = asked("checkpoint", "--key")
    out = tmp_path / "out"
    assert asked("export", "--to", out).exit_code == 0
    done = subprocess.run(
        [
            sys.executable,
            "-I",
            "-S",
            out / "verify.py",
            out,
            out / "checkpoints.txt",
            "--key",
            key.stdout.strip(),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    head = queries.head(force.reader)
    assert head is not None
    assert f"checked against 1 outside heads, up to entry {head.sequence}" in done.stdout
    assert f"head {head}" in done.stdout
