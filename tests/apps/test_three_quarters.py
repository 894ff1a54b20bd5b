"""Three papers of the example force, one after another: what changes is what its own data say changed."""

from __future__ import annotations

import tomllib
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from cast import Force
from once import made_once
from watchkeep.apps.history import queries as history
from watchkeep.apps.intake import changes as intake
from watchkeep.apps.intake import queries as imports
from watchkeep.apps.intake.queries import ImportPage
from watchkeep.apps.register import changes, queries
from watchkeep.domain.finding import finding
from watchkeep.formats.readers import read_here

pytestmark = pytest.mark.django_db

FOLDER = Path(__file__).resolve().parents[2] / "examples" / "calder_vale"
PAPERS = {"Q2": "2025-26-q2.docx", "Q3": "2025-26-q3.xlsx", "Q4": "2025-26-q4.pdf"}
REGISTER = "corporate-risk-register"
WHY = "Decided by the Risk and Assurance Board."
CLOSED_ON = date(2025, 12, 9)
MEANS = {"up": "worsening", "level": "steady", "down": "improving"}
ORDER = ("Q1", "Q2", "Q3", "Q4")


# --- What the example's own data say ------------------------------------------------------------------------

DATA = tomllib.loads((FOLDER / "register.toml").read_text(encoding="utf-8"))
RISKS: dict[str, dict[str, Any]] = {each["reference"]: each for each in DATA["risk"]}


def holds(value: Any, quarter: str) -> Any:
    """A value as it stood in a quarter: each entry of a table of quarters holds until the next."""
    if isinstance(value, list):
        return [text for each in value if (text := holds(each, quarter))]
    if not isinstance(value, dict):
        return value
    said = [value[each] for each in ORDER[: ORDER.index(quarter) + 1] if each in value]
    return said[-1] if said else ""


def told(risk: dict[str, Any], quarter: str) -> dict[str, Any]:
    """What a paper says of a risk under each name that a person sees; nothing where the paper lacks it."""
    pieces = [risk, *risk.get("part", [])]
    fields = {
        "Name": [risk.get("name")],
        "Risk owner": [risk.get("owner")] if quarter != "Q2" else [],  # the first paper has no such columns
        "Review date": [risk.get("review")] if quarter != "Q2" else [],
        "Description": [each.get("description") for each in pieces],
        "Impact": [each.get("impact") for each in pieces],
        "Controls": [each.get("controls", []) for each in pieces],
        "Residual rating": [risk.get("rating")],
    }
    return {name: [holds(each, quarter) for each in said] for name, said in fields.items()}


def there(quarter: str) -> set[str]:
    """The references in a paper: a risk that has no name then, or no rating yet, is not open."""
    return {
        reference
        for reference, each in RISKS.items()
        if holds(each["name"], quarter) and holds(each["rating"], quarter)
    }


def truly_changed(before: str, after: str) -> dict[str, set[str]]:
    """The fields of each risk that both papers have which say something else, and the new quarter's mark."""
    return {
        reference: {
            name
            for name, said in told(RISKS[reference], after).items()
            if said != told(RISKS[reference], before)[name]
        }
        | {f"Trend 2025/26 {after}"}
        for reference in there(before) & there(after)
    }


# --- The story ----------------------------------------------------------------------------------------------


def bring(force: Force, quarter: str) -> ImportPage:
    """Bring a paper in, have it read, and say what the first one's arrows mean."""
    name = PAPERS[quarter]
    data = (FOLDER / name).read_bytes()
    paper = intake.receive_file(
        by=force.administrator,
        name=name,
        sha256=sha256(data).hexdigest(),
        size=len(data),
        register_name="Corporate risk register",
    )
    claim = intake.claim_next(by=force.reading)
    assert claim is not None
    intake.record_reading(by=force.reading, claim=claim, document=read_here(data, name))
    if quarter == "Q2":
        intake.confirm_rising(by=force.administrator, paper=paper, means="worsening")
    return imports.import_page(force.administrator, paper)


def take(force: Force, quarter: str) -> ImportPage:
    """Bring a paper in and accept all of it; the page as it was before that."""
    page = bring(force, quarter)
    intake.accept_all(by=force.administrator, paper=page.row.number)
    return page


def close(force: Force, reference: str) -> None:
    """Close a risk, as the board decided."""
    page = queries.risk(force.administrator, REGISTER, reference)
    changes.close_risk(
        by=force.administrator, risk=page.id, version=page.version, closed_on=CLOSED_ON, reason=WHY
    )


@pytest.fixture
@made_once
def told_thrice(force: Force) -> tuple[Force, dict[str, ImportPage]]:
    """All three papers accepted, the risk that the third lacks closed before the fourth."""
    pages = {"Q2": take(force, "Q2"), "Q3": take(force, "Q3")}
    close(force, "CV-20")
    pages["Q4"] = take(force, "Q4")
    return force, pages


def test_each_next_paper_proposes_what_truly_changed_and_nothing_else(
    told_thrice: tuple[Force, dict[str, ImportPage]],
) -> None:
    _, pages = told_thrice
    for before, after in (("Q2", "Q3"), ("Q3", "Q4")):
        proposed = {
            row.key: {change.label for change in row.proposal.changes}
            for row in pages[after].risks
            if row.proposal.kind != "new"
        }
        assert proposed == truly_changed(before, after)
        new = {row.key for row in pages[after].risks if row.proposal.kind == "new"}
        assert new == there(after) - there(before)
    assert [each.key for each in pages["Q3"].lacked] == ["CV-20"]
    assert pages["Q4"].lacked == ()


def test_what_the_history_keeps_of_an_amendment_is_what_was_proposed(
    told_thrice: tuple[Force, dict[str, ImportPage]],
) -> None:
    force, _ = told_thrice
    page = queries.risk(force.reader, REGISTER, "CV-07")
    entry = history.entries(force.reader, subject=("risk", str(page.id))).rows[0]
    said = {each["field"]: (each["before"], each["after"]) for each in entry.facts["fields"]}
    assert {path for path in said if path.startswith("trends")} == {"trends:2025/26 Q4"}
    assert said["trends:2025/26 Q4"][0] == "not recorded"


def test_after_three_papers_the_register_speaks_of_its_own_three_quarters(
    told_thrice: tuple[Force, dict[str, ImportPage]],
) -> None:
    force, _ = told_thrice
    document = queries.document(force.reader, REGISTER)
    assert document.period.text == "2025/26 Q4"
    assert {risk.key for risk in document.risks} == there("Q4")
    assert len(document.risks) == 16
    assert list(document.periods()) == ["Q2", "Q3", "Q4"]
    found = finding(document)
    marks = [RISKS[reference]["trend"]["Q4"] for reference in there("Q4")]
    counts = {way: marks.count(mark) for mark, way in MEANS.items()}
    assert {each.moved: each.count for each in found.moved if each.count} == {
        way: count for way, count in counts.items() if count
    }
    assert found.latest_named == "2025/26 Q4"


def test_a_risk_that_the_paper_no_longer_has_does_not_bring_its_old_quarters_along(force: Force) -> None:
    take(force, "Q2")
    take(force, "Q3")  # nobody has closed CV-20 yet
    document = queries.document(force.reader, REGISTER)
    assert list(document.periods()) == ["Q1", "Q2", "Q3"]
    left = document.risk("CV-20")
    assert left
    trend = RISKS["CV-20"]["trend"]
    assert [(each.period, each.movement) for each in left.trends] == [
        ("Q1", MEANS[trend["Q1"]]),
        ("Q2", MEANS[trend["Q2"]]),
        ("Q3", None),
    ]
    assert left.trends[2].state == "not recorded"


def test_a_closed_risk_says_when_and_why_and_its_page_stays(
    told_thrice: tuple[Force, dict[str, ImportPage]],
) -> None:
    force, _ = told_thrice
    page = queries.risk(force.reader, REGISTER, "CV-20")
    assert (page.state, page.closed_on, page.closed_because) == ("closed", CLOSED_ON, WHY)
    (row,) = queries.closed_risks(force.reader, REGISTER)
    assert (row.key, row.closed_on) == ("CV-20", CLOSED_ON)


@pytest.mark.parametrize("reference", ["CV-03", "CV-12", "CV-21"])
def test_a_risk_s_course_has_every_quarter_that_any_paper_told(
    reference: str, told_thrice: tuple[Force, dict[str, ImportPage]]
) -> None:
    force, _ = told_thrice
    risk = RISKS[reference]
    course = queries.risk(force.reader, REGISTER, reference).course
    first = next(each for each in ORDER if reference in there(each))
    rated = {f"2025/26 {each}": holds(risk["rating"], each) for each in PAPERS if each >= first}
    assert {row.label: row.standing.rating.text for row in course if row.standing} == rated
    moved = {f"2025/26 {each}": MEANS[mark] for each, mark in risk["trend"].items() if mark in MEANS}
    assert {row.label: row.trend.movement for row in course if row.trend and row.trend.movement} == moved


def test_a_paper_brought_in_again_says_the_same_of_every_risk(
    told_thrice: tuple[Force, dict[str, ImportPage]],
) -> None:
    force, _ = told_thrice
    again = bring(force, "Q4")
    assert {row.proposal.kind for row in again.risks} == {"same"}


def test_a_paper_accepted_in_part_leaves_the_other_risks_to_their_own_quarters(force: Force) -> None:
    take(force, "Q2")
    page = bring(force, "Q3")
    intake.accept_risk(by=force.administrator, paper=page.row.number, risk="CV-21")
    document = queries.document(force.reader, REGISTER)
    assert list(document.periods()) == ["Q1", "Q2", "Q3"]
    waiting = document.risk("CV-01")
    assert waiting
    trend = RISKS["CV-01"]["trend"]
    assert [each.movement for each in waiting.trends] == [MEANS[trend["Q1"]], MEANS[trend["Q2"]], None]
    rest = imports.import_page(force.administrator, page.row.number)
    proposed = {row.key: {each.label for each in row.proposal.changes} for row in rest.risks}
    assert {key: proposed[key] for key in truly_changed("Q2", "Q3")} == truly_changed("Q2", "Q3")


def test_the_same_file_for_an_earlier_day_is_still_the_same_paper(force: Force) -> None:
    take(force, "Q3")
    again = bring(force, "Q3")
    intake.place(by=force.administrator, paper=again.row.number, as_at=date(2025, 9, 30))
    page = imports.import_page(force.administrator, again.row.number)
    assert {row.proposal.kind for row in page.risks} == {"same"}


def test_a_later_paper_that_has_a_closed_risk_again_says_that_it_would_reopen_it(force: Force) -> None:
    take(force, "Q2")
    close(force, "CV-01")
    page = bring(force, "Q3")
    assert [row.key for row in page.risks if row.reopens] == ["CV-01"]
    intake.accept_all(by=force.administrator, paper=page.row.number)
    found = queries.risk(force.reader, REGISTER, "CV-01")
    assert (found.state, found.closed_because) == ("open", "")


@pytest.mark.parametrize("papers", [("Q2",), ("Q2", "Q3")])
def test_a_document_costs_the_same_however_many_papers_told_it(
    papers: tuple[str, ...], force: Force, django_assert_num_queries: Any
) -> None:
    for quarter in papers:
        take(force, quarter)
    with django_assert_num_queries(10):
        queries.document(force.reader, REGISTER)
    with django_assert_num_queries(15):
        queries.risk(force.reader, REGISTER, "CV-01")
