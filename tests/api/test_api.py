"""The API: what a token opens, what is recorded all or none, and what every refusal says."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from api.conftest import Programs
from cast import accepted
from watchkeep.api import bearing
from watchkeep.api.permissions import OPERATIONS
from watchkeep.api.routes import api
from watchkeep.apps.indicators import changes as indicators
from watchkeep.apps.indicators import queries
from watchkeep.apps.indicators.models import Batch
from watchkeep.apps.people import changes as people
from watchkeep.apps.register.models import Risk

pytestmark = pytest.mark.django_db
SLUG = "harbour-risk-register"
ROWS = [
    {"indicator": "K1", "on": "2024-01-31", "value": 4},
    {"indicator": "K1", "on": "2024-02-01", "value": 6},
]


def test_every_operation_stands_in_the_table_and_the_table_has_no_other() -> None:
    schema = api.get_openapi_schema(path_prefix="/api/v1/")
    there = [each["operationId"] for one in schema["paths"].values() for each in one.values()]
    assert sorted(there) == sorted(OPERATIONS)
    assert all(401 in each["responses"] for one in schema["paths"].values() for each in one.values())


def test_what_is_posted_can_be_read_and_is_judged(programs: Programs) -> None:
    answer = programs.call("observations", {"observations": ROWS})
    assert (answer.status_code, answer.json()["added"]) == (200, 2)
    listed = programs.call("indicators", token=programs.reader).json()
    assert (listed["count"], listed["items"][0]["last"]["value"]) == (1, 6)
    found = programs.call("indicators/k1/observations?until=2024-03-31").json()["items"]
    assert [(each["on"], each["value"], each["state"]) for each in found] == [
        ("2024-01-01", 4, "recorded"),
        ("2024-02-01", 6, "recorded"),
        ("2024-03-01", None, "late"),
    ]
    assert programs.call("indicators/K1/chart").json()["verdict"]["word"] in ("too little to say", "stale")
    assert programs.call("indicators/K1").json()["name"] == "Lamps out"


def test_the_same_key_again_writes_nothing_and_with_other_rows_is_a_conflict(programs: Programs) -> None:
    body = {"observations": ROWS, "key": "night of 3 March"}
    first = programs.call("observations", body).json()
    assert programs.call("observations", body).json() == first
    assert (
        programs.call("observations", {"observations": ROWS}, **{"idempotency-key": body["key"]}).json()
        == first
    )  # type: ignore[arg-type]
    other = programs.call("observations", body | {"observations": ROWS[:1]})
    assert (other.status_code, other["Content-Type"]) == (409, "application/problem+json")
    assert Batch.objects.count() == 1


def test_one_wrong_row_is_named_and_nothing_is_recorded(programs: Programs) -> None:
    wrong = [
        {"indicator": "K9", "on": "2024-03-01", "value": 1},
        {"indicator": "K1", "on": "2024-04-01", "value": -1},
        {"indicator": "K1", "on": "2024-01-02", "value": 5},
    ]
    answer = programs.call("observations", {"observations": ROWS + wrong})
    assert answer.status_code == 422
    assert [each["pointer"] for each in answer.json()["errors"]] == [
        "/observations/2/indicator",
        "/observations/3/value",
        "/observations/4/on",
    ]
    assert Batch.objects.count() == 0


def test_a_correction_needs_a_reason(programs: Programs) -> None:
    programs.call("observations", {"observations": ROWS})
    other = [ROWS[0] | {"value": 5}]
    assert programs.call("observations", {"observations": other}).status_code == 422
    answer = programs.call("observations", {"observations": other, "reason": "Counted again."})
    assert answer.json()["corrected"] == 1


def test_without_a_token_that_holds_nothing_opens_and_a_session_is_none(programs: Programs) -> None:
    for token in ("", "wk_nothing", "\u00e9"):
        for address, body in (("indicators", None), ("observations", {"observations": ROWS})):
            answer = programs.call(address, body, token=token)
            assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(programs.force.administrator_person)
    assert browser.get("/api/v1/indicators").status_code == 401
    sent = browser.post("/api/v1/observations", {"observations": ROWS}, content_type="application/json")
    assert sent.status_code == 401
    assert Batch.objects.count() == 0


def test_a_token_that_reads_or_a_person_who_may_not_records_nothing(programs: Programs) -> None:
    assert programs.call("observations", {"observations": ROWS}, token=programs.reads).status_code == 403
    assert programs.call("observations", {"observations": ROWS}, token=programs.reader).status_code == 422
    assert Batch.objects.count() == 0


@pytest.mark.parametrize(
    ("address", "body", "status"),
    [
        ("indicators/K999", None, 404),
        ("indicators/nothing%20here", None, 422),
        ("indicators/%00", None, 422),
        ("indicators?limit=0", None, 422),
        ("indicators?limit=99999999999999999999", None, 422),
        ("indicators?offset=-1", None, 422),
        ("nowhere", None, 404),
        ("observations", "{", 400),
        ("observations", {"observations": []}, 422),
        ("observations", {"observations": [ROWS[0] | {"value": "NaN"}]}, 422),
        ("observations", {"observations": [ROWS[0] | {"on": "0001-01-01"}]}, 422),
        ("observations", {"observations": [ROWS[0] | {"on": "2999-01-01"}]}, 422),
        ("observations", {"observations": [ROWS[0] | {"note": "a\0b"}]}, 422),
        ("observations", {"observations": ROWS, "role": "administrator"}, 422),
        ("observations", "x" * (2 * 2**20 + 1), 413),
    ],
)
def test_what_is_wrong_is_said_as_a_problem(programs: Programs, address: str, body: Any, status: int) -> None:
    answer = programs.call(address, body)
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == status


def test_the_risks_are_those_that_the_person_may_see(programs: Programs) -> None:
    force = programs.force
    accepted(force)
    risk = Risk.objects.get(key="LH1")
    which = queries.indicator_named(force.administrator, "K1").id
    indicators.attach(by=force.administrator, indicator=which, risk=risk.pk, side="cause")
    said = programs.call("risks?limit=1", token=programs.reader).json()
    whole = Risk.objects.exclude(state="draft").count()
    assert (said["count"], len(said["items"])) == (whole, 1)
    first = said["items"][0]
    assert (first["reference"], first["register_slug"], first["indicators"]) == ("LH1", SLUG, ["K1"])
    assert programs.call(f"risks?register_slug={SLUG}").json()["count"] == whole
    assert programs.call("risks?register_slug=nowhere").status_code == 404
    people.change_role(by=force.administrator, person=force.reader_person.pk, role=None)
    assert programs.call("risks", token=programs.reader).json().get("count") in (0, None)


def test_tokens_that_do_not_hold_are_soon_refused_and_those_that_do_are_not(
    programs: Programs, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.clear()
    monkeypatch.setattr(bearing, "MOST_STRANGERS", 2)
    assert [programs.call("risks", token=f"wk_{n}").status_code for n in range(4)] == [401, 401, 429, 429]
    assert programs.call("risks").status_code == 200


def test_too_many_calls_are_refused(programs: Programs, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()
    monkeypatch.setattr(bearing, "MOST_A_MINUTE", 2)
    assert [programs.call("indicators").status_code for _ in range(3)] == [200, 200, 429]


def test_the_description_is_there_for_whoever_asks(programs: Programs) -> None:
    answer = programs.call("openapi.json", token="")
    assert answer.json()["openapi"].startswith("3.1")
    assert "/api/v1/observations" in answer.json()["paths"]
