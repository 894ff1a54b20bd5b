"""Calls that nobody would write: each gets an answer that the description tells of, and never a fault."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.conftest import Programs
from watchkeep.api import bearing
from watchkeep.api.routes import api

pytestmark = pytest.mark.django_db
CALLS = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
SCHEMA = api.get_openapi_schema(path_prefix="/api/v1/")
TEXTS = st.one_of(
    st.text(max_size=12), st.sampled_from(["K1", "k1", "K2", "2024-01-31", "0001-01-01", "\x00", "é"])
)
NUMBERS = st.one_of(st.integers(), st.floats(), st.sampled_from([1e308, -0.0, 10**400, 2**63]))
ANYTHING = st.recursive(
    st.one_of(st.none(), st.booleans(), NUMBERS, TEXTS),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(TEXTS, inner, max_size=3)),
    max_leaves=6,
)
DAYS = st.one_of(st.dates().map(str), TEXTS)


def shaped(name: str) -> st.SearchStrategy[dict[str, Any]]:
    """Bodies of the shape that the description gives, each value now and then something else."""
    told = SCHEMA["components"]["schemas"][name]["properties"]
    values: dict[str, st.SearchStrategy[Any]] = dict.fromkeys(told, ANYTHING)
    values |= {"on": DAYS, "indicator": TEXTS, "value": st.one_of(NUMBERS, ANYTHING), "early": st.booleans()}
    if "observations" in told:
        values["observations"] = st.one_of(st.lists(shaped("ObservationIn"), max_size=3), ANYTHING)
    values |= {each: TEXTS for each in ("source", "key", "reason", "note") if each in told}
    return st.fixed_dictionaries({}, optional={each: values[each] for each in told})


def told_of(path: str, method: str) -> set[int]:
    return {int(each) for each in SCHEMA["paths"][path][method]["responses"]}


def must_be_told(answer: Any, path: str, method: str) -> None:
    assert answer.status_code in told_of(path, method), (answer.status_code, answer.content[:300])
    if answer.status_code >= 400:
        assert answer["Content-Type"] == "application/problem+json"
        assert set(answer.json()) >= {"title", "status", "detail"}
    else:
        json.loads(answer.content, parse_constant=lambda name: pytest.fail(f"{name} is no JSON"))


@given(said=st.one_of(shaped("Observations"), ANYTHING), key=st.sampled_from(["", "k", "x" * 300]))
@CALLS
def test_what_is_posted_is_taken_or_told_to_be_wrong(
    programs: Programs,
    said: Any,
    key: str,
) -> None:
    cache.clear()
    with transaction.atomic():
        headers = {"authorization": f"Bearer {programs.posts}"} | ({"idempotency-key": key} if key else {})
        answer = Client().post(
            "/api/v1/observations", json.dumps(said), content_type="application/json", headers=headers
        )
        must_be_told(answer, "/api/v1/observations", "post")
        transaction.set_rollback(True)


@pytest.mark.parametrize("path", sorted(each for each, one in SCHEMA["paths"].items() if "get" in one))
@given(said=st.data())
@settings(CALLS, max_examples=10)
def test_what_is_asked_is_answered_or_told_to_be_wrong(
    programs: Programs,
    path: str,
    said: st.DataObject,
) -> None:
    cache.clear()
    names = [each["name"] for each in SCHEMA["paths"][path]["get"]["parameters"] if each["in"] == "query"]
    values = st.one_of(TEXTS, st.integers().map(str), DAYS)
    asked = said.draw(st.dictionaries(st.sampled_from(names), values)) if names else {}
    reference = quote(said.draw(TEXTS.filter(bool)), safe="") if "{" in path else ""
    address = path.replace("{reference}", reference) + (f"?{urlencode(asked)}" if asked else "")
    answer = Client().get(address, headers={"authorization": f"Bearer {programs.reads}"})
    if answer.status_code == 404 and answer.json()["detail"].startswith("There is no such address"):
        return  # a slash in the reference: the address of nothing
    must_be_told(answer, path, "get")


def test_the_limits_are_told_with_when_to_come_back(
    programs: Programs,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cache.clear()
    monkeypatch.setattr(bearing, "MOST_A_MINUTE", 0)
    assert programs.call("risks")["Retry-After"] == "60"
