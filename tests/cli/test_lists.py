"""Every noun has its list, for people and for programs; and all of it is exported by one command."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from cast import Force, accepted
from once import made_once
from watchkeep.apps.indicators.changes import loads
from watchkeep.apps.publication.changes import freeze
from watchkeep.apps.register.queries import registers
from watchkeep.cli import app, commands

commands.attach(app)

LISTS = {
    ("register", "list"): "Harbour risk register",
    ("view", "list", "harbour-risk-register"): "",
    ("risk", "list"): "Lighthouse rota LH1",
    ("link", "list"): "LH1 Lighthouse rota LH1",
    ("event", "list"): "The lamp went out",
    ("control", "list"): "Oil count",
    ("control", "checks"): "Risk Manager",
    ("promise", "list"): "Count the oil",
    ("statement", "list"): "Weekly count of oil",
    ("review", "list"): "2031/32 Q1",
    ("review", "status"): "LH1 Lighthouse rota LH1",
    ("board", "list"): "Harbour Board",
    ("board", "decisions"): "Count it twice.",
    ("scale", "list"): "Harbour scale",
    ("category", "list"): "People",
    ("objective", "list"): "Every ship comes home",
    ("appetite", "list"): "People",
    ("appetite", "stands"): "LH1 Lighthouse rota LH1",
    ("unit", "list"): "Harbour Command",
    ("post", "list"): "Oil Officer",
    ("person", "list"): "edda@calder.test",
    ("marking", "list"): "LH1 Lighthouse rota LH1",
    ("edition", "list"): "Harbour risk register",
    ("finding", "list"): "LH1",
    ("question", "list"): "Will the lamp go out?",
    ("indicator", "list"): "Oil in store",
    ("readings", "list"): "oil.csv",
    ("feed", "list"): "Oil by wire",
    ("token", "list"): "Oil gauge",
}


def watchkeep(*arguments: str) -> Any:
    """Run one command here, on the test's own database."""
    return CliRunner().invoke(app, arguments)


def done(*arguments: str) -> str:
    """What a command says that must be done."""
    answer = watchkeep(*arguments)
    assert answer.exit_code == 0, (arguments, answer.stderr)
    return answer.stdout


@pytest.fixture
@made_once
def harbour(force: Force) -> Force:
    """One of each thing, made by the commands that make it."""
    accepted(force)
    done("unit", "open", "Harbour Command")
    done("post", "open", "Oil Officer")
    done("objective", "add", "Every ship comes home", "--description", "And every crew.")
    done("category", "add", "People")
    done("scale", "new", "Harbour scale", "--bands", "Low, High", "--from", "2031-01-01")
    done("risk", "link", "LH1", "causes", "LH2", "--on", "2026-03-01")
    done("risk", "event", "LH1", "The lamp went out", "--on", "2026-03-01")
    done("control", "add", "Oil count")
    done(
        *("control", "check", "C1", "--kind", "assessment", "--line", "2", "--checked-by", "Risk Manager"),
        *("--design", "effective", "--operation", "effective"),
    )
    done("promise", "add", "Count the oil", "--risk", "LH1")
    done("statement", "bind", "LH1", "Weekly count", "--promise", "P1")
    done("marking", "set", "LH1", "--readers", "committee", "--exemption", "Section 31", "--harm", "Theft.")
    (row,) = registers(force.administrator)
    freeze(by=force.administrator, register=row.id, audience="internal")
    done("review", "open", "2031/32 Q1", "--on", "2031-06-30")
    done("board", "open", "Harbour Board")
    done("board", "meeting", "harbour-board", "2026-03-10")
    done("board", "agenda", "harbour-board", "2026-03-10", "--title", "Oil")
    done("board", "decide", "harbour-board", "2026-03-10", "1", "Count it twice.")
    done("question", "ask", "Will the lamp go out?", "--category", "Light", "--on", "2099-06-30")
    done("indicator", "open", "Oil in store", "--better", "up")
    done("feed", "new", "Oil by wire", "--csv", "https://oil.calder.test/oil.csv", "--indicator", "K1")
    done("token", "new", "edda@calder.test", "--name", "Oil gauge")
    file = loads.File("oil.csv", "0" * 64, 12)
    loads.bring_load(by=force.administrator, file=file, mapping="{}")
    return force


def test_every_list_says_the_same_to_people_and_to_programs(harbour: Force) -> None:
    wrong = {}
    for arguments, words in LISTS.items():
        told = json.loads(done(*arguments, "--json"))
        text = done(*arguments, "--csv")
        same = list(csv.DictReader(io.StringIO(text, newline=""))) == told
        there = not words or any(words in cell for row in told for cell in row.values())
        if not (words in done(*arguments) and same and there):
            wrong[arguments] = told
    assert wrong == {}


def test_every_noun_has_a_list(harbour: Force) -> None:
    nouns = {each.name for each in app.registered_groups} - {"ledger", "index"}
    assert {noun for noun, *_ in LISTS} == nouns


def test_a_register_is_opened_and_amended_and_keeps_its_address(harbour: Force) -> None:
    done("register", "open", "Quay risks", "--kind", "department", "--unit", "Harbour Command")
    done("register", "amend", "quay-risks", "--name", "Mole risks", "--unit", "")
    told = json.loads(done("register", "list", "--json"))
    (row,) = [each for each in told if each["Address"] == "quay-risks"]
    assert (row["Register"], row["Kind"], row["Unit"]) == ("Mole risks", "department", "")
    refused = watchkeep("register", "amend", "no-such")
    assert (refused.exit_code, "no register called" in refused.stderr) == (2, True)
    unknown = watchkeep("register", "open", "Third", "--kind", "odd")
    assert (unknown.exit_code, "corporate, portfolio" in unknown.stderr) == (2, True)


def test_a_link_is_ended_and_an_earlier_day_still_has_it(harbour: Force) -> None:
    done("risk", "link", "LH2", "aggravates", "LH1", "--on", "2026-03-01")
    done("link", "end", "LH2", "aggravates", "LH1", "--reason", "New lamps.", "--on", "2026-04-01")
    assert "aggravates" not in done("link", "list")
    assert "aggravates" in done("link", "list", "--as-at", "2026-03-31")
    again = watchkeep("link", "end", "LH2", "aggravates", "LH1")
    assert (again.exit_code, "No link says" in again.stderr) == (2, True)


def test_everything_is_exported_once_into_an_empty_folder(harbour: Force, tmp_path: Path) -> None:
    to = tmp_path / "taken away"
    made = done("export", "--to", str(to), "--as-at", "2031-03-31")
    index = json.loads((to / "index.json").read_text(encoding="utf-8"))
    assert index["as_at"] == "2031-03-31"
    assert f"head {index['head']}" in made
    assert "3 open risks" in made
    assert "The history holds" in done("verify", str(to / "ledger.jsonl"), "--head", index["head"])
    again = watchkeep("export", "--to", str(to))
    assert (again.exit_code, "not empty" in again.stderr) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--as-at", "soon"), "written like 2031-03-31"),
        (("--known-at", "noon"), "written like 2031-03-31T09:30"),
        (("--register", "Nothing"), "Name one register"),
        (("--body", "Nowhere"), "no body called"),
    ],
)
def test_an_export_that_cannot_be_made_is_refused_in_a_sentence(
    harbour: Force, tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    answer = watchkeep("export", "--to", str(tmp_path / "never"), *arguments)
    assert (answer.exit_code, said in answer.stderr) == (2, True), answer.stderr
    assert not (tmp_path / "never").exists()
    assert "Traceback" not in answer.stderr
