"""`watchkeep redact`, and papers of any file for its readers: stateless, and telling nothing withheld."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from cast import a_paper, a_risk, said
from watchkeep.cli import app, commands
from watchkeep.domain.document import Item, PartedField, RegisterDocument, Rule
from watchkeep.formats.readers import read_file

commands.attach(app)


def run(*words: object) -> Result:
    return CliRunner().invoke(app, list(map(str, words)))


def put(folder: Path, *risks: object, name: str = "register.json") -> Path:
    path = folder / name
    path.write_text(a_paper(*risks).model_dump_json(), encoding="utf-8")  # type: ignore[arg-type]  # risks
    return path


@pytest.fixture
def register(tmp_path: Path) -> Path:
    """Three risks with no words in common; LH3 has a rule of its own."""
    risks = [
        a_risk(
            each,
            name=said(f"Peril {each}"),
            description=PartedField(state="recorded", text=f"What {each} alone would bring upon {each} folk"),
            controls=(Item(state="recorded", text=f"Only {each} is kept by {each} watches"),),
            rules=(Rule(field="description", readers="committee"),) if each == "LH3" else (),
        )
        for each in ("LH1", "LH2", "LH3")
    ]
    return put(tmp_path, *risks)


def shown(done: Result) -> str:
    """The digest that a refusal ended with."""
    assert done.exit_code == 2, done.output
    words = done.output.split()
    assert words[-2] == "--seen", done.output
    return words[-1]


def text_of(path: Path) -> str:
    return read_file(path).model_dump_json()


def test_what_is_hidden_and_what_the_files_own_rules_keep_is_not_in_the_new_file(
    register: Path, tmp_path: Path
) -> None:
    done = run("redact", register, "--to", tmp_path / "out.json", "--hide", "lh1", "--hide", "LH2:controls:0")
    assert done.exit_code == 0, done.output
    text = (tmp_path / "out.json").read_text(encoding="utf-8")
    assert "LH1" not in text
    assert "LH2 watches" not in text
    assert "What LH3 alone" not in text
    assert "LH3 watches" in text
    assert "2 of 3 risks; 1 risk and 2 fields kept back by rules" in done.output


def test_the_form_follows_the_ending_and_the_committee_has_what_its_rules_let_it(
    register: Path, tmp_path: Path
) -> None:
    assert run("redact", register, "--for", "committee", "--to", tmp_path / "out.csv").exit_code == 0
    assert "What LH3 alone" in text_of(tmp_path / "out.csv")
    done = run("redact", register, "--to", tmp_path / "out.odt")
    assert (done.exit_code, (tmp_path / "out.odt").exists()) == (2, False)
    assert "no form ends like that" in done.output


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_rules_come_from_a_file(register: Path, tmp_path: Path, kind: str) -> None:
    rules = tmp_path / f"rules.{kind}"
    row = {"risk": "LH1", "field": "cause", "readers": "internal", "until": "2031-03-31"}
    rows = [row, {"risk": "LH2", "field": "", "readers": "committee", "until": ""}]
    lines = [",".join(row), *(",".join(each.values()) for each in rows)]
    rules.write_text(json.dumps(rows) if kind == "json" else "\n".join(lines), encoding="utf-8")
    done = run("redact", register, "--rules", rules, "--to", tmp_path / "out.json")
    assert done.exit_code == 0, done.output
    assert "LH2" not in (tmp_path / "out.json").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (("--hide", "LH9"), "There is no risk called “LH9”; the risks are LH1, LH2, LH3"),
        (("--hide", "LH1:colour"), "LH1 has nothing called “colour”"),
        (("--hide", "LH1:controls:4"), "LH1 has nothing called “controls:4”"),
        (("--rules", "missing.csv"), "cannot be read"),
    ],
)
def test_a_rule_of_what_is_not_there_is_refused_and_nothing_is_written(
    register: Path, tmp_path: Path, asked: tuple[str, ...], words: str
) -> None:
    done = run("redact", register, "--to", tmp_path / "out.json", *asked)
    assert done.exit_code == 2
    assert words in " ".join(done.output.split())
    assert not (tmp_path / "out.json").exists()


def test_a_cross_reference_to_what_is_hidden_stops_it_and_is_named(tmp_path: Path) -> None:
    linked = a_risk("LH2", name=said("Ice"), cause=said("It follows from LH1."), description=PartedField())
    hidden = a_risk("LH1", description=PartedField(), controls=())
    source = put(tmp_path, hidden, linked)
    done = run("redact", source, "--hide", "LH1", "--to", tmp_path / "out.json", "--despite", "x")
    assert (done.exit_code, (tmp_path / "out.json").exists()) == (2, False)
    assert "LH2 Ice: Cause holds the reference" in " ".join(done.output.split())


def test_a_name_to_look_for_is_a_doubt_that_a_reason_settles(tmp_path: Path) -> None:
    source = put(tmp_path, a_risk("LH1", cause=said("Edda Holm left.")))
    asked = ("redact", source, "--name", "Edda Holm", "--to", tmp_path / "out.json")
    reason = ("--despite", "She is named in the public inquiry.")
    seen = shown(run(*asked))
    assert shown(run(*asked, *reason)) == seen
    assert shown(run(*asked, *reason, "--seen", "0" * len(seen))) == seen
    assert not (tmp_path / "out.json").exists()
    assert run(*asked, *reason, "--seen", seen).exit_code == 0


def test_a_reason_lets_nothing_stand_that_came_after_it_was_given(tmp_path: Path) -> None:
    one = a_risk("LH1", cause=said("Edda Holm left."))
    asked = ("redact", put(tmp_path, one), "--name", "Edda Holm", "--to", tmp_path / "out.json")
    reason = ("--despite", "She is named in the public inquiry.", "--seen", shown(run(*asked)))
    put(tmp_path, one, a_risk("LH2", name=said("Zq ice"), event=said("Edda Holm is asked back.")))
    done = run(*asked, *reason)
    assert "This is not the list that you saw." in done.output
    assert "LH2 Zq ice: Event may name a person" in " ".join(done.output.split())
    assert not (tmp_path / "out.json").exists()
    assert run(*asked, *reason[:2], "--seen", shown(done)).exit_code == 0


@pytest.mark.parametrize("reason", [".", "ok", "ok ok ok", "Understandably"])
def test_a_reason_that_says_nothing_is_none(tmp_path: Path, reason: str) -> None:
    source = put(tmp_path, a_risk("LH1", cause=said("Edda Holm left.")))
    asked = ("redact", source, "--name", "Edda Holm", "--to", tmp_path / "out.json")
    done = run(*asked, "--despite", reason, "--seen", shown(run(*asked)))
    assert "at least 3 words and 12 letters" in " ".join(done.output.split())
    assert not (tmp_path / "out.json").exists()


def test_a_paper_of_a_file_is_for_its_readers_with_its_order_and_what_is_new(tmp_path: Path) -> None:
    old = put(tmp_path, a_risk("LH1"), name="old.json")
    new = put(tmp_path, a_risk("LH1", contingency=said("Sail away")), a_risk("LH2"))
    out = tmp_path / "out"
    asked = ("publish", new, "--to", out, "--format", "html", "--for", "public", "--since", old)
    done = run(
        *asked, "--file-name", "register", "--order", "worst first", "--recommend", "Note the two lights"
    )
    assert done.exit_code == 0, done.output
    text = (out / "register.html").read_text(encoding="utf-8")
    assert "Sail away" not in text
    assert "Note the two lights" in text
    assert "old.json" in text


def test_a_paper_of_a_file_keeps_to_rules_and_looks_for_names(tmp_path: Path) -> None:
    source = put(tmp_path, a_risk("LH1", cause=said("Edda Holm left.")), a_risk("LH2", name=said("Zq ice")))
    rules = tmp_path / "rules.csv"
    rules.write_text("risk,field,readers\nLH1,cause,internal\n", encoding="utf-8")
    out = tmp_path / "out"
    asked = ("publish", source, "--to", out, "--format", "html", "--for", "public", "--name", "Edda Holm")
    assert run(*asked).exit_code == 2
    done = run(*asked, "--rules", rules, "--file-name", "register")
    assert done.exit_code == 0, done.output
    assert "Edda Holm" not in (out / "register.html").read_text(encoding="utf-8")


def test_a_risk_that_is_gone_is_not_told_of_without_somebodys_word(tmp_path: Path) -> None:
    old = put(tmp_path, a_risk("LH1"), a_risk("LH8", name=said("Zq informers")), name="old.json")
    asked = ("publish", put(tmp_path, a_risk("LH1")), "--to", tmp_path, "--format", "html", "--since", old)
    done = run(*asked, "--for", "public")
    seen = ("--seen", shown(done))
    assert "would tell of Zq informers, which old.json has" in " ".join(done.output.split())
    assert "no rule says who may read of it" in " ".join(done.output.split())
    assert run(*asked, "--for", "public", "--despite", "It was published.", *seen).exit_code == 0
    assert run(*asked).exit_code == 0


def test_a_claim_that_rests_on_nothing_stops_a_paper_for_others(tmp_path: Path) -> None:
    claim = Item(state="recorded", text="The new rota has improved attendance.")
    source = put(tmp_path, a_risk("LH1", controls=(claim,)))
    asked = ("publish", source, "--to", tmp_path / "out", "--format", "csv")
    done = run(*asked, "--for", "committee")
    seen = ("--seen", shown(done))
    assert "LH1 claims what rests on nothing" in " ".join(done.output.split())
    assert run(*asked, "--for", "committee", "--override", "The count follows.").exit_code == 2
    assert not (tmp_path / "out" / "register.csv").exists()
    assert run(*asked, "--for", "committee", "--override", "The count follows.", *seen).exit_code == 0
    assert run(*asked).exit_code == 0


def test_what_is_written_is_a_register_document_again(register: Path, tmp_path: Path) -> None:
    run("redact", register, "--to", tmp_path / "out.json")
    assert isinstance(read_file(tmp_path / "out.json"), RegisterDocument)
