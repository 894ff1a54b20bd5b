"""Forecast questions on their page: asked, guessed and settled through forms, and scored."""

from __future__ import annotations

from lxml import html

from watchkeep.apps.indicators.queries.questions import questions
from web.conftest import Site


def seen(site: Site) -> str:
    page = site.administrator.get("/forecasts").content
    return " ".join(html.fromstring(page).text_content().split())


def test_a_question_is_asked_guessed_and_settled_by_somebody_else(site: Site) -> None:
    assert "2 questions are open" in seen(site) or "Two questions are open" in seen(site)
    asked = {"text": "How many lamps?", "category": "Light", "kind": "number", "unit": "lamps"}
    wrong = site.administrator.post(
        "/forecasts/ask", asked | {"opens_on": "2024-01-01", "resolves_on": "2024-01-01"}
    )
    assert wrong.status_code == 400
    days = {"opens_on": "2024-01-01", "resolves_on": "2091-01-01"}
    assert site.administrator.post("/forecasts/ask", asked | days).status_code == 302
    page = html.fromstring(site.administrator.get("/forecasts/3/guess").content)
    assert page.xpath("//form//input[@name='chance']") == []
    assert site.administrator.post("/forecasts/3/guess", {"low": "2", "high": "5"}).status_code == 302
    assert site.administrator.post("/forecasts/1/guess", {"chance": "101"}).status_code == 400
    assert site.administrator.post("/forecasts/1/guess", {"chance": "30"}).status_code == 302
    assert "30%" in seen(site)
    assert "2 to 5 lamps" in seen(site)
    settled = {"came": "1", "source": "The lamp book"}
    assert site.administrator.post("/forecasts/1/settle", settled).status_code == 403, "its day is to come"
    assert site.administrator.post("/forecasts/2/settle", settled).status_code == 302
    assert "No question with a guess has been settled yet." in seen(site)
    assert [each.came for each in questions(site.force.administrator)] == [None, 1.0, None]
