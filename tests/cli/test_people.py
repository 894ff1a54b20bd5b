"""People, units and posts from the command line, as an operator would set up a body."""

from __future__ import annotations

import pytest
import typer
from typer.testing import CliRunner

from cast import PASSWORD, Staffed
from watchkeep.apps.people import queries
from watchkeep.cli import commands

IVO = "ivo@calder.test"

pytestmark = pytest.mark.django_db


def watchkeep(*arguments: str) -> tuple[int, str]:
    app = typer.Typer()
    commands.attach(app)
    done = CliRunner().invoke(
        app, [*arguments, "--body", "Calder Vale Police"], env={"WATCHKEEP_PASSWORD": PASSWORD}
    )
    return done.exit_code, done.output


def test_a_body_is_staffed_from_the_command_line(staffed: Staffed) -> None:
    assert watchkeep("unit", "open", "Lamp Room", "--part-of", "East Mole") == (0, "Lamp Room is open.\n")
    assert "    Lamp Room\n" in watchkeep("unit", "list")[1]
    assert watchkeep("post", "open", "Lamp Keeper", "--unit", "Lamp Room")[0] == 0
    code, said = watchkeep("post", "appoint", "Lamp Keeper", IVO, "--from", "2025-04-01")
    assert (code, said) == (0, "Ivo Marsh is Lamp Keeper from 2025-04-01.\n")
    watchkeep("post", "appoint", "Lamp Keeper", "dag@calder.test", "--from", "2025-04-01", "--deputy")
    assert "Lamp Keeper  Ivo Marsh (deputy: Dag Pier)\n" in watchkeep("post", "list")[1]
    assert "Lamp Keeper  nobody\n" in watchkeep("post", "list", "--as-at", "2025-03-31")[1]
    assert watchkeep("post", "end", "Lamp Keeper", IVO, "--on", "2025-05-01")[0] == 0
    assert "Lamp Keeper  nobody (deputy: Dag Pier)\n" in watchkeep("post", "list")[1]


def test_roles_are_given_and_people_stopped_from_the_command_line(staffed: Staffed) -> None:
    by = staffed.administrator
    assert watchkeep("person", "role", IVO, "--role", "none")[0] == 0
    assert queries.person_with_email(by, IVO).role is None
    assert watchkeep("person", "grant", IVO, "--role", "reader", "--unit", "East Mole")[0] == 0
    assert [each.unit_name for each in queries.grants(by, staffed.people["reader"].pk)] == ["East Mole"]
    assert watchkeep("person", "stop", IVO, "--reason", "Left.")[0] == 0
    assert "ivo@calder.test  Ivo Marsh  no role  stopped" in watchkeep("person", "list")[1]
    assert watchkeep("person", "resume", IVO)[0] == 0
    assert watchkeep("person", "code-off", IVO)[0] == 0


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("unit", "open", "X", "--part-of", "Nowhere"), "There is no unit called “Nowhere”."),
        (("post", "open", "Oil Officer"), "There is already a post called “Oil Officer”."),
        (
            ("post", "appoint", "Chief", IVO, "--from", "2025-04-01"),
            "There is no post called “Chief”.",
        ),
        (
            ("post", "end", "Oil Officer", IVO, "--on", "2025-04-01"),
            "does not hold Oil Officer",
        ),
        (("person", "role", IVO, "--role", "king"), "There is no role called “king”"),
        (
            ("person", "grant", IVO, "--role", "reader"),
            "Say in which unit, or in which register",
        ),
        (("person", "stop", "nobody@calder.test", "--reason", "x"), "Nobody signs in as nobody@calder.test."),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(
    staffed: Staffed, words: tuple[str, ...], why: str
) -> None:
    code, said = watchkeep(*words)
    assert code == 2
    assert why in said


def test_a_role_in_a_part_of_the_body_is_shown_and_taken_back(staffed: Staffed) -> None:
    assert watchkeep("register", "open", "Pier register")[0] == 0
    assert watchkeep("person", "grant", IVO, "--role", "auditor", "--unit", "East Mole")[0] == 0
    assert watchkeep("person", "grant", IVO, "--role", "reader", "--register", "Pier register")[0] == 0
    for shown in (watchkeep("person", "show", IVO)[1], watchkeep("person", "list")[1]):
        assert "auditor in East Mole from" in shown
        assert "reader in Pier register from" in shown
    taken = ("person", "grant", IVO, "--role", "none")
    assert watchkeep(*taken, "--unit", "East Mole")[0] == 0
    assert "East Mole" not in watchkeep("person", "show", IVO)[1]
    assert watchkeep(*taken, "--register", "Pier register")[0] == 0
    assert "Pier register" not in watchkeep("person", "show", IVO)[1]
    code, said = watchkeep(*taken, "--unit", "East Mole")
    assert (code, "no role of their own there" in said) == (2, True)
