"""`watchkeep edition` and `watchkeep marking`: two people at a command line, and rules in their names."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from cast import PASSWORD, Staffed, accepted
from watchkeep.apps.history.changes import recording
from watchkeep.apps.publication import queries
from watchkeep.apps.publication.models import Edition
from watchkeep.cli import app, commands

commands.attach(app)
pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(staffed: Staffed, monkeypatch: pytest.MonkeyPatch) -> Staffed:
    accepted(staffed)
    operator = replace(staffed.administrator, kind="command", id="root", name="root at the command line")
    for module in ("publish", "edition", "marking"):
        monkeypatch.setattr(f"watchkeep.cli.{module}.operator", lambda body: operator)
    return staffed


def run(*words: object, typed: str = "") -> Result:
    return CliRunner().invoke(app, list(map(str, words)), input=typed)


def state(staff: Staffed) -> str:
    return queries.editions(staff.administrator)[0].state


def test_a_public_paper_takes_a_person_who_proves_who_they_are(staff: Staffed, tmp_path: Path) -> None:
    asked = ("publish", "--for", "public", "--to", tmp_path, "--format", "csv")
    done = run(*asked)
    assert done.exit_code == 2
    assert "--email" in done.output
    who = staff.people["risk_manager"].email
    assert run(*asked, "--email", who, typed="wrong\n").exit_code == 2
    done = run(*asked, "--email", who, typed=f"{PASSWORD}\n")
    assert done.exit_code == 0, done.output
    said = " ".join(done.output.split())
    assert "Edition 1 is frozen, not published" in said
    assert "Siv Minute" in said
    assert run("edition", "publish", 1).exit_code == 2
    mail = staff.people["secretary"].email
    assert run("edition", "approve", 1, "--email", mail, typed="wrong\n").exit_code == 2
    reader = staff.people["reader"].email
    assert run("edition", "approve", 1, "--email", reader, typed=f"{PASSWORD}\n").exit_code == 2
    assert state(staff) == "frozen"
    assert run("edition", "approve", 1, "--email", mail, typed=f"{PASSWORD}\n").exit_code == 0
    assert run("edition", "publish", 1).exit_code == 0
    assert state(staff) == "published"
    assert run("edition", "withdraw", 1, "--reason", "A figure was wrong.").exit_code == 0
    assert "A figure was wrong." in run("edition", "list").output


def test_an_edition_is_made_again_and_held_against_what_was_kept(staff: Staffed, tmp_path: Path) -> None:
    forms = [word for kind in ("html", "docx", "xlsx", "csv") for word in ("--format", kind)]
    assert run("publish", "--for", "committee", "--to", tmp_path, *forms).exit_code == 0
    done = run("edition", "remake", 1)
    assert done.exit_code == 0, done.output
    assert done.output.count("the same bytes") == 4
    with recording(by=staff.administrator, verb="as it was before"):
        other = Edition.objects.get()
        other.title = "Another title"
        other.matter = other.matter.replace('"typst":"', '"typst":"0.9.')
        other.save()
    done = run("edition", "remake", 1)
    assert done.exit_code == 1
    assert "edition-1.html: differs." in done.output
    assert "typst 0.9." in done.output


def test_a_rule_is_set_listed_and_lifted_in_somebodys_name(staff: Staffed) -> None:
    asked = ("--readers", "committee", "--exemption", "s. 31", "--harm", "It tells much.")
    assert run("marking", "set", "LH1", "--field", "cause", *asked).exit_code == 0
    assert run("marking", "set", "LH1", "--field", "no such", *asked).exit_code == 2
    assert "Cause: committee." in run("marking", "list").output
    assert run("marking", "list", "--due").output.strip() == ""
    lift = ("marking", "lift", "LH1", "--field", "cause", "--reason", "It is known.", "--decided-by")
    assert run(*lift, "nobody@calder.test").exit_code == 2
    done = run(*lift, staff.people["secretary"].email)
    assert done.exit_code == 0, done.output
    assert queries.markings(staff.administrator) == ()
