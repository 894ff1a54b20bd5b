"""The register's table: columns, choices, files, saved views, and several risks changed alike."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from typing import Any
from uuid import UUID

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cast import JUNE, MARCH, Staffed, a_paper, a_risk, accepted, said
from once import made_once
from watchkeep.apps.history import queries as history
from watchkeep.apps.register import changes, queries
from watchkeep.apps.register.models import Risk
from watchkeep.domain.document import Trend
from watchkeep.domain.matrix import Graded, Step
from web.conftest import SLUG, signed_in

pytestmark = pytest.mark.django_db
BANDS = Graded(bands=(Step("Low"), Step("Medium"), Step("High")))


def text_of(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def references(page: Any) -> list[str]:
    return re.findall(r'<span class="reference">([^<]+)</span>', page.content.decode())


@pytest.fixture
@made_once
def manager(staffed: Staffed) -> Client:
    """The risk manager at a register of three risks."""
    accepted(
        staffed,
        a_paper(
            a_risk("LH1", category=said("People"), owner=said("Pilot")),
            a_risk("LH2", category=said("=cmd()"), owner=said("Bosun")),
            a_risk("LH10", owner=said("Bosun")),
        ),
    )
    return signed_in(staffed.people["risk_manager"])


def versions() -> dict[str, int]:
    return dict(Risk.objects.values_list("key", "version"))


def looked(*keys: str, version: int | None = None) -> list[str]:
    return [f"{each.pk}:{version or each.version}" for each in Risk.objects.filter(key__in=keys)]


# --- Columns, sorting, filters, groups ----------------------------------------------------------------------


def test_the_address_chooses_the_columns(manager: Client) -> None:
    page = manager.get("/register?columns=category&columns=controls").content.decode()
    heads = re.findall(r'role="columnheader"[^>]*>([^<]+)<', page)
    assert heads[:3] == ["Risk", "Category", "Controls"]
    assert 'data-label="Band"' not in page.split("<tbody")[1]


def test_unasked_only_the_latest_trends_are_columns(staffed: Staffed) -> None:
    trends = tuple(
        Trend(state="recorded", text="Worse", period=each, movement="worsening")
        for each in ("2030/31 Q2", "2030/31 Q3", "2030/31 Q4")
    )
    accepted(staffed, a_paper(a_risk("LH1", trends=trends)))
    manager = signed_in(staffed.people["risk_manager"])

    def heads(address: str) -> list[str]:
        found = re.findall(r'role="columnheader"[^>]*>([^<]+)<', manager.get(address).content.decode())
        return [each for each in found if each.startswith("20")]

    assert heads("/register") == ["2030/31 Q3", "2030/31 Q4"]
    assert heads("/register?columns=trends") == ["2030/31 Q2", "2030/31 Q3", "2030/31 Q4"]
    assert heads("/register?columns=trends&columns=latest") == ["2030/31 Q2", "2030/31 Q3", "2030/31 Q4"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("owner=Bosun", ["LH2", "LH10"]),
        ("category=People", ["LH1"]),
        ("sort=owner", ["LH2", "LH10", "LH1"]),
        ("sort=reference", ["LH1", "LH2", "LH10"]),
        ("sort=category", ["LH2", "LH1", "LH10"]),
        ("group=owner", ["LH1", "LH2", "LH10"]),
        ("sort=nonsense&owner=nobody", ["LH1", "LH2", "LH10"]),
    ],
)
def test_choices_filter_and_sort(manager: Client, query: str, expected: list[str]) -> None:
    assert references(manager.get(f"/register?{query}")) == expected


def test_groups_have_headings_with_counts(manager: Client) -> None:
    words = text_of(manager.get("/register?group=owner"))
    assert "Pilot 1 risk" in words
    assert "Bosun 2 risks" in words


# --- Files of exactly what is shown -------------------------------------------------------------------------


def test_the_csv_has_what_the_page_shows_and_no_formula(manager: Client) -> None:
    answer = manager.get("/register/file/csv?columns=category&columns=owner&owner=Bosun&sort=reference")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows == [
        ["Reference", "Name", "Owner", "Category"],
        ["LH2", "Lighthouse rota LH2", "Bosun", "'=cmd()"],
        ["LH10", "Lighthouse rota LH10", "Bosun", ""],
    ]
    assert f'filename="{SLUG}.csv"' in answer["Content-Disposition"]


def test_the_workbook_has_the_same_rows_and_says_what_was_chosen(manager: Client) -> None:
    answer = manager.get("/register/file/xlsx?columns=category&columns=owner&owner=Bosun")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    cells = [[cell.value for cell in row] for row in book["Register"].rows]
    assert cells[0] == ["Reference", "Name", "Owner", "Category"]
    assert cells[1] == ["LH2", "Lighthouse rota LH2", "Bosun", "=cmd()"]
    assert {cell.data_type for row in book["Register"].rows for cell in row} <= {"s", "n"}, "no formula"
    assert "Owner: Bosun" in [row[0].value for row in book["About"].rows]


def test_a_file_of_another_kind_is_missing(manager: Client) -> None:
    assert manager.get("/register/file/exe").status_code == 404


# --- Saved views --------------------------------------------------------------------------------------------


def boxes_of(client: Client) -> dict[str, Any]:
    """The boxes of the form that keeps a view."""
    fields: dict[str, Any] = client.get("/register").context["view_form"].fields
    return fields


def keep(client: Client, **given: str) -> Any:
    sent = {"name": "Of the bosun", "query": "owner=Bosun", "register": SLUG} | given
    return client.post("/register/views", sent)


def test_a_view_has_an_address_that_leads_to_its_choices(manager: Client) -> None:
    address = keep(manager)["Location"]
    answer = manager.get(address, follow=True)
    assert references(answer) == ["LH2", "LH10"]


def test_a_private_view_is_nobody_else_s(manager: Client, staffed: Staffed) -> None:
    address = keep(manager)["Location"]
    reader = signed_in(staffed.reader_person)
    assert reader.get(address).status_code == 404
    assert "Of the bosun" not in text_of(reader.get("/register"))


def test_a_shared_view_is_there_for_all_and_dropped_by_who_keeps_the_register(
    manager: Client, staffed: Staffed
) -> None:
    address = keep(manager, shared="on")["Location"]
    reader = signed_in(staffed.reader_person)
    assert references(reader.get(address, follow=True)) == ["LH2", "LH10"]
    assert reader.post(f"{address}/drop", {"version": "1"}).status_code == 403
    assert manager.post(f"{address}/drop", {"version": "1"}).status_code == 302
    assert reader.get(address).status_code == 404


def test_who_only_reads_keeps_views_and_shares_none(manager: Client, staffed: Staffed) -> None:
    reader = signed_in(staffed.reader_person)
    assert keep(reader).status_code == 302
    assert keep(reader, name="For all", shared="on").status_code == 403


def test_the_same_name_says_the_view_anew(manager: Client, staffed: Staffed) -> None:
    register = queries.register(staffed.risk_manager, SLUG).id
    keep(manager)
    seen = {name: str(box.initial) for name, box in boxes_of(manager).items() if name.startswith("seen-")}
    assert keep(manager, query="owner=Pilot", **seen).status_code == 302
    assert [each.query for each in queries.views(staffed.risk_manager, register)] == ["owner=Pilot"]


def test_a_view_that_was_said_anew_meanwhile_is_not_overwritten_unseen(
    manager: Client, staffed: Staffed
) -> None:
    register = queries.register(staffed.risk_manager, SLUG).id
    keep(manager)
    seen = {name: str(box.initial) for name, box in boxes_of(manager).items() if name.startswith("seen-")}
    keep(manager, query="owner=Pilot", **seen)
    for second in (seen, {}):
        answer = keep(manager, query="band=High", **second)
        assert answer.status_code == 409
        assert "owner=Pilot" in text_of(answer)
        assert "band=High" in answer.content.decode()
    assert [each.query for each in queries.views(staffed.risk_manager, register)] == ["owner=Pilot"]
    assert keep(manager, query="band=High", version="2", **seen).status_code == 302
    assert [each.query for each in queries.views(staffed.risk_manager, register)] == ["band=High"]


# --- Several risks changed alike ----------------------------------------------------------------------------


@pytest.fixture
def people(staffed: Staffed) -> UUID:
    return changes.open_category(by=staffed.risk_manager, name="Crews")


def test_several_risks_get_a_version_each(manager: Client, staffed: Staffed, people: UUID) -> None:
    answer = manager.post(
        "/register/together?risk=LH1&risk=LH2",
        {
            "looked": looked("LH1", "LH2"),
            "owner": str(staffed.owner_post),
            "category": str(people),
            "review_date": "2031-09-30",
            "effective_on": "2031-06-30",
            "reason": "Settled at the harbour meeting.",
        },
    )
    assert answer.status_code == 302
    assert versions() == {"LH1": 2, "LH2": 2, "LH10": 1}
    register = queries.register(staffed.risk_manager, SLUG).id
    found = queries.beside(staffed.risk_manager, register)
    assert {(each.owner, each.category) for key, each in found.items() if key != "LH10"} == {
        ("Head of Harbour", "Crews")
    }
    risk = queries.document(staffed.risk_manager, SLUG).risk("LH1")
    assert risk is not None
    assert (risk.owner.text, risk.category.text) == ("Head of Harbour", "Crews")
    assert (risk.review_date.text, risk.review_date.on) == ("30 September 2031", date(2031, 9, 30))
    assert risk.name.text == "Lighthouse rota LH1", "what was not said stays"
    entry = history.entries(staffed.risk_manager, subject=("risk", str(found["LH1"].id))).rows[0]
    assert entry.reason == "Settled at the harbour meeting."


def test_who_was_second_changes_nothing_of_that_risk_and_sees_both(
    manager: Client, staffed: Staffed, people: UUID
) -> None:
    before = looked("LH1", "LH2")
    risk = Risk.objects.get(key="LH1")
    changes.correct_risk(
        by=staffed.administrator, risk=risk.pk, version=1, path="category", text="Tides", effective_on=JUNE
    )
    sent = {"looked": before, "category": str(people), "effective_on": "2031-06-30"}
    answer = manager.post("/register/together", sent)
    assert answer.status_code == 409
    words = text_of(answer)
    assert "1 risk is changed" in words
    assert "Tides" in words
    assert "Crews" in words
    assert versions() == {"LH1": 2, "LH2": 2, "LH10": 1}
    lost = queries.document(staffed.risk_manager, SLUG).risk("LH1")
    assert lost is not None
    assert lost.category.text == "Tides"
    again = dict(re.findall(r'name="(\w+)" value="([^"]*)"', answer.content.decode().split("<form")[-1]))
    assert manager.post("/register/together", again).status_code == 302
    won = queries.document(staffed.risk_manager, SLUG).risk("LH1")
    assert won is not None
    assert won.category.text == "Crews"


def test_not_recorded_is_said_of_several(manager: Client, staffed: Staffed) -> None:
    sent = {"looked": looked("LH1"), "owner": "nothing", "effective_on": "2031-06-30"}
    assert manager.post("/register/together", sent).status_code == 302
    risk = queries.document(staffed.risk_manager, SLUG).risk("LH1")
    assert risk is not None
    assert risk.owner.state == "not recorded"


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"effective_on": "2031-06-30"}, "Choose at least one thing to change"),
        ({"effective_on": "", "treatment": "Tolerate"}, "Give the day"),
        ({"effective_on": "2031-06-30", "treatment": "Tolerate", "looked": "x"}, "Choose the risks"),
        ({"effective_on": "2031-06-30", "review_date": "soon"}, "Give the day as a date"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_changes(manager: Client, sent: dict[str, str], words: str) -> None:
    answer = manager.post("/register/together?risk=LH1", {"looked": looked("LH1")} | sent)
    assert answer.status_code == 400
    assert words in text_of(answer)
    assert set(versions().values()) == {1}


def test_who_only_reads_is_offered_no_boxes_and_refused(manager: Client, staffed: Staffed) -> None:
    reader = signed_in(staffed.reader_person)
    assert 'name="risk"' not in reader.get("/register").content.decode()
    sent = {"looked": looked("LH1"), "treatment": "Tolerate", "effective_on": "2031-06-30"}
    assert reader.post("/register/together", sent).status_code == 403
    assert set(versions().values()) == {1}


# --- Appetite and the map -----------------------------------------------------------------------------------


def scaled(staffed: Staffed) -> None:
    """The register on a scale, LH1 outside tolerance since June."""
    by = staffed.risk_manager
    family = changes.set_scale(by=by, name="Harbour scale", scale=BANDS, effective_on=MARCH)
    row = queries.register(by, SLUG)
    changes.use_scale(by=by, register=row.id, version=row.version, family=family)
    category = changes.open_category(by=by, name="People")
    changes.state_appetite(
        by=by,
        category=category,
        version=1,
        scale=family,
        appetite="Low",
        tolerance="Low",
        approved_by="Harbour Board",
        approved_on=MARCH,
        effective_on=MARCH,
    )
    risk = Risk.objects.get(key="LH1")
    changes.edit_risks(
        by=by,
        looked=[changes.Looked(risk.pk, 1)],
        told=[changes.Told("category", which=category)],
        effective_on=JUNE,
    )


def test_a_risk_outside_tolerance_says_so_with_since_when(manager: Client, staffed: Staffed) -> None:
    scaled(staffed)
    page = manager.get("/register")
    assert "Outside tolerance since 30 June 2031" in text_of(page)
    assert references(manager.get("/register?appetite=outside+tolerance")) == ["LH1"]
    assert references(manager.get("/register?sort=appetite"))[0] == "LH1"
    risk = text_of(manager.get("/risks/LH1"))
    assert "Outside tolerance since 30 June 2031" in risk
    assert "Harbour Board" in risk


def test_before_a_scale_and_an_appetite_the_register_is_as_it_was(manager: Client) -> None:
    assert "ppetite" not in text_of(manager.get("/register")).split("Paper’s order")[0]


def test_a_long_register_comes_in_pages_and_its_file_whole(staffed: Staffed) -> None:
    risks = [a_risk(f"LH{number}", owner=said("Pilot" if number % 2 else "Bosun")) for number in range(103)]
    accepted(staffed, a_paper(*risks))
    reader = signed_in(staffed.reader_person)
    assert len(references(reader.get("/register?group=owner"))) == 100
    second = reader.get("/register?group=owner&page=2")
    assert references(second) == ["LH97", "LH99", "LH101"]
    assert "Pilot 51 risks" in text_of(second), "the heading counts the group, not the page"
    assert references(reader.get("/register?page=99")) == ["LH100", "LH101", "LH102"]
    rows = reader.get("/register/file/csv?page=2").content.decode().splitlines()
    assert len(rows) == 104


@pytest.mark.parametrize("address", ["/register", "/register/file/csv", "/register/together?risk=LH0"])
def test_the_cost_is_the_same_however_many_risks_there_are(staffed: Staffed, address: str) -> None:
    manager = signed_in(staffed.people["risk_manager"])
    counts = []
    for day, risks in ((MARCH, 3), (JUNE, 30)):
        accepted(
            staffed,
            a_paper(*(a_risk(f"LH{number}") for number in range(risks)), day=day, words=str(risks)),
            str(risks),
        )
        manager.get(address)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert manager.get(address).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]
