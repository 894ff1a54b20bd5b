"""Nothing that is printed steers a terminal or turns round the text beside it, whatever a thing is called."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cast import PASSWORD, Force
from watchkeep import cli
from watchkeep.apps.people import changes as people
from watchkeep.cli import app, commands
from watchkeep.cli.printing import clean, harmless

commands.attach(app)
OVERRIDE, ESCAPE = "\N{RIGHT-TO-LEFT OVERRIDE}", "\x1b"
NAME = f"Lamp {OVERRIDE}moor{ESCAPE}[31m"


@pytest.mark.parametrize(
    "sign", [OVERRIDE, ESCAPE, "\N{ZERO WIDTH SPACE}", "\N{LEFT-TO-RIGHT ISOLATE}", "\x9b"]
)
def test_a_sign_that_is_not_seen_is_not_printed(sign: str) -> None:
    assert clean(f"a{sign}b") == "a\N{REPLACEMENT CHARACTER}b"
    assert sign not in harmless(f'"a{sign}b"')


def test_what_is_seen_is_printed_as_it_is() -> None:
    assert clean("Ængels på Ålesund, 灯台\n\tנמל") == "Ængels på Ålesund, 灯台\n\tנמל"


def test_what_words_are_spelt_and_spaced_with_is_not_lost() -> None:
    joined = "\u0645\u06cc\N{ZERO WIDTH NON-JOINER}\u062e\u0648 \U0001f469\N{ZERO WIDTH JOINER}\U0001f692"
    assert clean(joined) == joined
    assert clean("Risk\N{NO-BREAK SPACE}42\N{THIN SPACE}%") == "Risk 42 %"
    assert clean("light\N{SOFT HYPHEN}house\r\nlamp") == "lighthouse\nlamp"


@pytest.mark.django_db
@pytest.mark.parametrize("how", [(), ("--csv",), ("--json",)])
def test_a_name_that_turns_text_round_does_not_reach_the_terminal(force: Force, how: tuple[str, ...]) -> None:
    people.open_unit(by=force.administrator, name=NAME)
    said = CliRunner().invoke(app, ["unit", "list", *how]).output
    assert "Lamp" in said
    assert OVERRIDE not in said
    assert ESCAPE not in said


@pytest.mark.django_db
def test_nor_does_one_that_was_just_given(force: Force) -> None:
    words = ["person", "add", "x@calder.test", "--name", NAME]
    said = CliRunner().invoke(app, words, env={"WATCHKEEP_PASSWORD": PASSWORD}).output
    assert "Lamp" in said
    assert OVERRIDE not in said


def test_every_command_prints_in_that_one_way() -> None:
    modules = sorted(Path(cli.__file__).parent.rglob("*.py"))
    printing = [
        each.name for each in modules if re.search(r"typer\.echo\(|(?<!\.)\bprint\(", each.read_text())
    ]
    assert printing == ["printing.py"]
