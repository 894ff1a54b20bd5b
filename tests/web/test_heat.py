"""The map of likelihood and impact: movement since a day, drawn and in words."""

from __future__ import annotations

from datetime import date

import pytest

from cast import MARCH, Staffed, a_paper, a_risk, accepted, said
from watchkeep.apps.register import changes, queries
from watchkeep.apps.register.queries.placing import Placing, placed
from watchkeep.domain.clock import Clock
from watchkeep.domain.document import Assessment, Band, RegisterDocument, Scale
from watchkeep.domain.finding import finding
from watchkeep.domain.matrix import Graded, Step
from watchkeep.web.components.pieces import Heat
from watchkeep.web.register.heat import Before, heat
from watchkeep.web.register.rows import all_rows
from web.conftest import SLUG, signed_in
from web.test_pages import levels, scored
from web.test_table import text_of

BANDS = (Band(name="Low", rank=1), Band(name="High", rank=2))
SCALE = Scale(
    bands=BANDS,
    **levels("likelihood", "Rare", "Possible", "Likely"),
    **levels("impact", "Minor", "Major", "Severe"),
)
ON = date(2031, 3, 31)


def drawn(paper: RegisterDocument, **before: tuple[str, str]) -> Heat:
    placed = {key: Placing(*where) for key, where in before.items()}
    found = heat(paper, all_rows(paper, finding(paper)), before=Before(ON, placed))
    assert found is not None
    return found


def the_paper(*risks: tuple[str, str, str, str]) -> RegisterDocument:
    return a_paper(*(scored(*each) for each in risks), scale=SCALE)  # type: ignore[arg-type]  # risks


@pytest.mark.parametrize(
    ("was", "degrees"),
    [
        (("Rare", "Major"), 0),  # it went up: the map has the likely on top
        (("Rare", "Minor"), 45),
        (("Possible", "Minor"), 90),
        (("Likely", "Minor"), 135),
        (("Likely", "Major"), 180),
        (("Likely", "Severe"), 225),
        (("Possible", "Severe"), 270),
        (("Rare", "Severe"), 315),
    ],
)
def test_the_arrow_points_the_way_that_the_risk_went(was: tuple[str, str], degrees: int) -> None:
    found = drawn(the_paper(("A1", "Possible", "Major", "High")), A1=was)
    ((risk,),) = (cell.risks for row in found.rows for cell in row.cells if cell.risks)
    assert (risk.turn, risk.came) == (degrees, f"moved from {was[0]}, {was[1]}")
    assert [(each.reference, each.came) for each in found.moves] == [
        ("A1", f"moved from {was[0]}, {was[1]} to Possible, Major")
    ]


def test_a_risk_that_moved_leaves_its_reference_where_it_stood() -> None:
    found = drawn(the_paper(("A1", "Possible", "Major", "High")), A1=("Likely", "Major"))
    left = {
        (row.likelihood, cell.impact): [each.reference for each in cell.left]
        for row in found.rows
        for cell in row.cells
        if cell.left
    }
    assert left == {("Likely", "Major"): ["A1"]}


def test_the_title_counts_what_moved_what_came_and_what_stayed() -> None:
    paper = the_paper(
        ("A1", "Possible", "Major", "High"),
        ("A2", "Rare", "Minor", "Low"),
        ("A3", "Likely", "Severe", "High"),
        ("A4", "Rare", "Major", "Low"),
    )
    found = drawn(paper, A1=("Likely", "Major"), A2=("rare", " Minor "), A4=("Rare", "Major"))
    assert (
        found.title == "Since 31 March 2031, one risk moved, one risk came new and two stand where they stood"
    )
    still = drawn(the_paper(("A1", "Rare", "Minor", "Low")), A1=("Rare", "Minor"))
    assert still.title == "Since 31 March 2031, no risk moved"
    assert still.moves == ()


def test_a_rating_that_the_matrix_would_not_make_today_is_named() -> None:
    steps = tuple(Step(each) for each in ("Rare", "Possible", "Likely"))
    graded = Graded(
        bands=(Step("Low"), Step("High")), likelihood=steps, impact=steps, matrix=((1, 1, 2),) * 3
    )
    scale = Scale(
        bands=BANDS,
        **levels("likelihood", "Rare", "Possible", "Likely"),
        **levels("impact", "Rare", "Possible", "Likely"),
    )
    paper = a_paper(scored("A1", "Rare", "Likely", "Low"), scored("A2", "Rare", "Rare", "Low"), scale=scale)  # type: ignore[arg-type]  # risks
    found = heat(paper, all_rows(paper, finding(paper)), graded)
    assert found is not None
    assert [(each.reference, each.band) for each in found.otherwise] == [("A1", "Low")]


# --- In the records -----------------------------------------------------------------------------------------


def judged(likelihood: str, impact: str) -> Assessment:
    return Assessment(stage="residual", likelihood=said(likelihood), impact=said(impact), rating=said("High"))


@pytest.mark.django_db
@pytest.mark.parametrize("risks", [2, 9])
def test_where_risks_stood_is_asked_in_three_statements_however_many_there_are(
    staffed: Staffed, risks: int, django_assert_num_queries: object
) -> None:
    every = [a_risk(f"LH{number}", assessments=(judged("Rare", "Minor"),)) for number in range(risks)]
    accepted(staffed, a_paper(*every, scale=SCALE))
    register = queries.register(staffed.risk_manager, SLUG).id
    with django_assert_num_queries(3):  # type: ignore[operator]  # pytest-django's
        found = placed(staffed.risk_manager, register, Clock(MARCH))
    assert found == {f"LH{number}": Placing("Rare", "Minor") for number in range(risks)}
    assert placed(staffed.risk_manager, register, Clock(date(2000, 1, 1))) == {}


@pytest.mark.django_db
def test_the_register_draws_where_a_risk_stood_at_the_end_of_the_last_quarter(staffed: Staffed) -> None:
    accepted(staffed, a_paper(a_risk("LH1", assessments=(judged("Rare", "Minor"),)), scale=SCALE))
    by = staffed.risk_manager
    page = queries.risk(by, SLUG, "LH1")
    value = page.value.model_copy(update={"assessments": (judged("Likely", "Severe"),)})
    changes.amend_risk(by=by, risk=page.id, version=page.version, value=value, effective_on=date(2031, 6, 15))
    client = signed_in(staffed.people["risk_manager"])
    after = text_of(client.get("/register?as_at=2031-06-30"))
    assert "Since 31 March 2031, one risk moved" in after
    assert "moved from Rare, Minor to Likely, Severe" in after
    assert "no risk moved" in text_of(client.get("/register?as_at=2031-07-01"))
