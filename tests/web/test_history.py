"""The history's page: what people did, and on asking also what Watchkeep did beside it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import watchkeep
from watchkeep.domain.risk_state import MOVES
from watchkeep.web.components.happenings import SAID
from web.conftest import Site
from web.test_pages import text_of

SOURCE = Path(watchkeep.__file__).parent


@pytest.mark.django_db
def test_what_people_did_stands_alone_until_the_rest_is_asked_for(site: Site) -> None:
    alone = text_of(site.administrator.get("/history"))
    assert "Published Harbour risk register" in alone
    assert "Made a file of" not in alone
    both = site.administrator.get("/history?beside=on")
    assert "Published Harbour risk register" in text_of(both)
    assert both.content.count(b"<bdi>Made a file of") == 2  # the HTML and the PDF of the edition


def verbs() -> Iterator[str]:
    """Every verb that the source records by as a plain word."""
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "recording":
                said = (each.value for each in node.keywords if each.arg == "verb")
                yield from (str(each.value) for each in said if isinstance(each, ast.Constant))


def test_every_verb_is_told_as_a_sentence_of_what_was_done() -> None:
    found = {*verbs(), *(rule.done for rule in MOVES.values())}
    assert len(found) > 50
    assert found - SAID.keys() == set()
