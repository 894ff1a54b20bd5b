"""`watchkeep diff`: two files, two editions, or two days of the records; for a person and for a pipeline."""

from __future__ import annotations

from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from cast import JUNE, Force, a_paper, a_risk, accepted, said
from watchkeep.apps.publication import changes
from watchkeep.apps.register import queries as register
from watchkeep.apps.register.changes import close_risk
from watchkeep.apps.register.models import Risk
from watchkeep.cli.diff import diff
from watchkeep.domain.document import Assessment
from watchkeep.domain.since import Since

OLD = "Ref,Risk name,Cause,Rating\nLH1,Too few keepers,Nobody was trained,Low\nLH2,Too few lamps,Glass,High\n"
NEW = "Ref,Risk name,Cause,Rating\nLH1,Too few keepers,Nobody was hired,High\nLH3,Too few boats,Rot,Low\n"

app = typer.Typer()
app.command()(diff)


def run(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


@pytest.fixture
def papers(tmp_path: Path) -> tuple[Path, Path]:
    old, new = tmp_path / "old.csv", tmp_path / "new.csv"
    old.write_text(OLD, encoding="utf-8")
    new.write_text(NEW, encoding="utf-8")
    return old, new


def test_the_console_tells_each_kind_of_news_with_a_sign(papers: tuple[Path, Path]) -> None:
    done = run(*papers, "--fail-on-change")
    assert done.exit_code == 1
    lines = done.output.splitlines()
    assert lines[0] == (
        "Since old.csv: one risk is new, one is gone and one is rated higher; the words of one risk changed."
    )
    for line in (
        "  + LH3 Too few boats",
        "  - LH2 Too few lamps",
        "  ^ LH1 Too few keepers: was Low, now High (higher)",
        "        Nobody was [-trained-] {+hired+}",
    ):
        assert line in lines


def test_what_became_shorter_is_still_told_as_recorded(tmp_path: Path) -> None:
    old, new = tmp_path / "old.csv", tmp_path / "new.csv"
    old.write_text("Ref,Risk name,Cause\nLH1,Staff shortage and low morale,Pay\n", encoding="utf-8")
    new.write_text("Ref,Risk name,Cause\nLH1,Staff shortage,Pay\n", encoding="utf-8")
    output = run(old, new).output
    assert "not recorded" not in output
    assert "        Staff shortage [-and low morale-]" in output.splitlines()


def test_a_pipeline_learns_from_the_exit_code(papers: tuple[Path, Path], tmp_path: Path) -> None:
    old, _ = papers
    same = run(old, old, "--fail-on-change")
    assert (same.exit_code, same.output.splitlines()[0]) == (
        0,
        "Since old.csv, nothing has changed: the two papers say the same.",
    )
    lost = run(tmp_path / "lost.csv", old, "--fail-on-change")
    assert (lost.exit_code, lost.output) == (
        2,
        "lost.csv: there is no such file. Check the name and the folder.\n",
    )


def test_the_page_marks_words_and_needs_nothing_else(papers: tuple[Path, Path], tmp_path: Path) -> None:
    out = tmp_path / "news.html"
    done = run(*papers, "--format", "html", "--to", out)
    assert (done.exit_code, done.output) == (0, f"{out}\n")
    page = out.read_text(encoding="utf-8")
    assert "<del>[removed: trained]</del> <ins>[added: hired]</ins>" in page
    for outside in ("<script", "<link", "src=", "url(", 'href="http'):
        assert outside not in page


@pytest.mark.django_db
def test_editions_and_days_of_the_records_are_compared_as_data(force: Force) -> None:
    accepted(force)
    (row,) = register.registers(force.administrator)
    changes.freeze(by=force.administrator, register=row.id, audience="internal")
    worse = (Assessment(stage="residual", rating=said("Low")),)
    accepted(force, a_paper(a_risk("LH1", assessments=worse), day=JUNE, words="june"), "june")

    found = Since.model_validate_json(run("edition:1", f"register:{row.slug}", "--format", "json").output)
    assert found.earlier.startswith("edition 1, frozen on ")
    assert found.as_at == JUNE
    assert [each.after for each in found.moved] == ["Low"]

    by_day = run(f"register:{row.slug}@2031-03-31", "register:", "--format", "json")
    assert Since.model_validate_json(by_day.output).moved == found.moved
    close_risk(
        by=force.administrator,
        risk=Risk.objects.get(key="LH1").pk,
        version=Risk.objects.get(key="LH1").version,
        closed_on=JUNE,
        reason="The lamp is electric now.",
    )
    gone = Since.model_validate_json(run("edition:1", "register:", "--format", "json").output).gone
    assert [each.reason for each in gone] == ["The lamp is electric now."]
    assert run("edition:1", f"edition:{row.slug}/1", "--fail-on-change").exit_code == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("word", "sentence"),
    [
        ("edition:9", "has no edition 9 that you may read"),
        ("edition:last", "names no paper"),
        ("register:@tomorrow", "A day is written like 2031-03-31"),
        ("register:Elsewhere", "Name one register"),
    ],
)
def test_what_names_no_paper_is_one_sentence_and_exit_code_2(force: Force, word: str, sentence: str) -> None:
    accepted(force)
    done = run(word, "register:")
    assert done.exit_code == 2
    assert sentence in done.output
    assert done.output.count("\n") == 1
