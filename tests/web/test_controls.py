"""The pages of controls: what is asked is recorded, what may not be done says why, lists are taken away."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cast import APPOINTED, Staffed, a_force
from watchkeep.apps.history.models import Entry
from watchkeep.apps.register.models import Risk
from watchkeep.apps.treatment import changes, queries
from watchkeep.domain.check import Check, Sample
from watchkeep.domain.control import ControlValue
from web.conftest import Site, signed_in

pytestmark = pytest.mark.django_db

DAY = date(2026, 9, 1)
CHECK = {
    "kind": "assessment",
    "line": "2",
    "on": DAY.isoformat(),
    "checked_by": "Risk Manager",
    "design": "effective",
    "operation": "effective",
}


def as_(site: Site, who: str) -> Client:
    return signed_in(site.force.people[who])


def body(answer: Any) -> str:
    return str(answer.content.decode())


def manager(site: Site) -> Any:
    return site.force.risk_manager


def row(site: Site, reference: str = "C1") -> Any:
    return queries.control(manager(site), reference).row


def form(row: Any, **more: str) -> dict[str, str]:
    return {
        "name": row.name,
        "owner_post": str(row.owner_post or ""),
        "effective_on": DAY.isoformat(),
        "version": str(row.version),
    } | more


def several(force: Staffed, number: int) -> None:
    for position in range(number):
        control = changes.add_control(
            by=force.risk_manager, value=ControlValue(f"Control {position}"), effective_on=APPOINTED
        )
        for risk in Risk.objects.all():
            changes.apply_control(
                by=force.risk_manager, control=control, risk=risk.pk, from_on=APPOINTED, side="consequence"
            )
        value = Check("assessment", 2, DAY, "Risk Manager", "effective", "effective", Sample(200, 2))
        changes.record_check(by=force.risk_manager, control=control, value=value)


# --- The quarter of one control -----------------------------------------------------------------------------


def test_a_control_is_added_put_to_a_risk_checked_and_stood_down(site: Site) -> None:
    client = as_(site, "risk_manager")
    said = {"name": "Spare lamp", "kind": "recovery", "state": "in force", "effective_on": DAY.isoformat()}
    answer = client.post("/controls/add", said)
    assert answer["Location"] == "/controls/apply?control=C2"
    risk = Risk.objects.get(key="LH2").pk
    applied = {"control": row(site, "C2").id, "risk": f"{risk}|ii", "side": "consequence"}
    answer = client.post("/controls/apply", applied | {"from_on": DAY.isoformat()})
    assert answer["Location"] == "/controls/C2"
    answer = client.post(
        "/controls/C2/check", CHECK | {"sample": "200", "failures": "3", "note": "All sheds."}
    )
    assert answer["Location"] == "/controls/C2"
    page = body(client.get("/controls/C2"))
    assert "Risk Manager assessed it on 1 September 2026" in page
    assert "3 of 200 cases failed: between 0.5 % and 4.3 % of all" in page
    risk_page = body(client.get("/risks/LH2"))
    assert "Spare lamp" in risk_page
    assert "Controls on consequences" in risk_page
    down = {"reason": "The shed burnt down", "on": "2026-09-02", "version": "1"}
    assert client.post("/controls/C2/stand-down", down).status_code == 302
    assert "Stood down on 2 September 2026" in body(client.get("/risks/LH2"))
    assert "Stood down: <bdi>The shed burnt down</bdi>" in body(client.get("/controls/C2"))


def test_an_owner_begins_an_attestation_and_is_told_why_no_more(site: Site) -> None:
    client = as_(site, "action_owner")
    page = body(client.get("/controls/C1/check"))
    assert '<option value="attestation" selected>' in page
    assert 'value="Oil Officer"' in page
    attested = CHECK | {"kind": "attestation", "line": "1", "checked_by": "Oil Officer"}
    assert client.post("/controls/C1/check", attested).status_code == 302
    refused = client.post("/controls/C1/check", CHECK | {"kind": "assurance", "line": "3"})
    assert refused.status_code == 403
    assert "Olav Wick answers for C1 Oil count, and a check in line 3" in body(refused)


def test_an_owner_who_adds_a_control_lands_on_its_page_and_is_asked_no_more(site: Site) -> None:
    said = {"name": "Dip the tank", "state": "in force", "effective_on": DAY.isoformat()}
    said["owner_post"] = str(site.force.action_post)
    answer = as_(site, "action_owner").post("/controls/add?risk=LH1", said, follow=True)
    assert answer.redirect_chain == [("/controls/C2", 302)]
    assert answer.status_code == 200
    assert "Added C2 Dip the tank." in body(answer)
    assert "Now say what it serves" not in body(answer)


def test_an_auditor_reads_everything_and_finds_no_button(site: Site) -> None:
    client = as_(site, "auditor")
    page = body(client.get("/controls/C1"))
    assert "Risk Manager assessed it" in page
    for absent in ("Record a check", "Amend", "Stand down</a>", "Correct it"):
        assert absent not in page
    assert "Add a control" not in body(client.get("/controls"))


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"checked_by": ""}, "Say which post or person checked."),
        ({"kind": "assurance", "line": "1"}, "belongs to line 2 or 3 of defence"),
        ({"sample": "5"}, "Give both"),
        ({"sample": "5", "failures": "6"}, "between 0 and 5 can have failed"),
        ({"on": "2099-01-01"}, "has not come yet"),
        ({"on": "soon"}, "Give the day as a date"),
        ({"design": "not judged", "operation": "not judged"}, "Nothing was judged"),
    ],
)
def test_what_is_wrong_with_a_check_is_said_beside_its_box_and_nothing_is_lost(
    site: Site, wrong: dict[str, str], told: str
) -> None:
    before = Entry.objects.count()
    answer = as_(site, "risk_manager").post("/controls/C1/check", CHECK | {"note": ""} | wrong)
    assert answer.status_code == 400
    page = body(answer)
    assert told in page
    assert "govuk-error-summary" in page
    assert Entry.objects.count() == before


def test_a_check_is_corrected_and_both_stay(site: Site) -> None:
    client, check = as_(site, "risk_manager"), site.ids["check"]
    address = f"/controls/C1/correct?check={check}"
    said = CHECK | {"operation": "not effective", "reason": "The clerk misread it", "version": "1"}
    assert client.post(address, said).status_code == 302
    page = body(client.get("/controls/C1"))
    assert "It corrects what was first said" in page
    stale = client.post(address, said | {"note": "Again"})
    assert stale.status_code == 409
    assert row(site).effectiveness.operation.answer == "not effective"


def test_the_loser_of_a_race_over_a_control_sees_both(site: Site) -> None:
    client = as_(site, "risk_manager")
    said = form(row(site))
    assert client.post("/controls/C1/amend", said | {"name": "Oil weighed"}).status_code == 302
    answer = client.post("/controls/C1/amend", said | {"name": "Oil measured"})
    assert answer.status_code == 409
    assert "Oil weighed" in body(answer)
    assert "Oil measured" in body(answer)


def test_a_check_keeps_its_evidence_through_its_corrections(site: Site) -> None:
    client, check = as_(site, "risk_manager"), site.ids["check"]
    sheet = SimpleUploadedFile("count.csv", b"tank,litres", content_type="text/csv")
    sent = client.post(f"/discussion/check/{check}/attach", {"file": sheet, "back": "/controls/C1"})
    assert sent.status_code == 302, body(sent)
    said = CHECK | {"reason": "The clerk misread it", "version": "1"}
    assert client.post(f"/controls/C1/correct?check={check}", said).status_code == 302
    for address in ("/controls/C1", f"/controls/C1/checked?check={check}"):
        assert "count.csv" in body(site.reader.get(address))
    other = signed_in(a_force("Marsh End Police").administrator_person)
    assert other.get(f"/controls/C1/checked?check={check}").status_code == 404


def test_a_post_that_leads_as_much_as_the_threshold_is_named(site: Site) -> None:
    for name in ("Lamp", "Wick", "Shed"):
        changes.add_control(
            by=manager(site),
            value=ControlValue(name),
            effective_on=APPOINTED,
            owner_post=site.force.other_post,
        )
    page = body(as_(site, "risk_manager").get("/controls/concentration"))
    assert "Head of Lamps" in page
    assert "1 post leads much at once" in page


def test_a_use_is_ended_with_its_reason(site: Site) -> None:
    client = as_(site, "risk_manager")
    ended = {"reason": "Electric lamps", "on": DAY.isoformat()}
    assert client.post(f"/controls/C1/end?use={site.ids['use']}", ended).status_code == 302
    assert "Electric lamps" in body(client.get("/controls/C1"))
    assert client.post(f"/controls/C1/end?use={site.ids['use']}", ended).status_code == 404


@pytest.mark.parametrize("address", ["/controls/C9", "/controls/C9/check", "/controls/C1/correct?check=x"])
def test_what_there_is_not_is_not_found(site: Site, address: str) -> None:
    assert as_(site, "risk_manager").get(address).status_code == 404


def test_an_owner_amends_their_control_and_is_offered_no_other_post(site: Site) -> None:
    client = as_(site, "action_owner")
    page = body(client.get("/controls/C1/amend"))
    assert "Oil Officer</option>" in page
    assert "Head of Lamps" not in page
    assert client.post("/controls/C1/amend", form(row(site), name="Oil, by eye")).status_code == 302
    assert row(site).name == "Oil, by eye"


# --- The list -----------------------------------------------------------------------------------------------


def test_the_list_says_first_what_matters_and_each_count_leads_to_its_controls(site: Site) -> None:
    several(site.force, 2)
    page = body(site.reader.get("/controls"))
    assert "2 of 3</a> controls hold, as far as checks can say." in page
    assert "1 stale</a>" in page  # C1 was assessed in 2024
    assert "2 under several risks</a>" in page
    stale = body(site.reader.get("/controls?checked=stale&state=in+force"))
    assert "1 control of 3" in stale
    assert "Control 0" not in stale


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("q=oil", {"C1"}),
        ("serves=several", {"C2", "C3"}),
        ("serves=none", set()),
        ("effect=effective", {"C2", "C3"}),
        ("effect=not+tested", {"C1"}),
        ("owner=Oil+Officer", {"C1"}),
        ("owner=none", {"C2", "C3"}),
        ("kind=none", {"C1", "C2", "C3"}),
        ("checked=nonsense", {"C1", "C2", "C3"}),
    ],
)
def test_what_is_taken_away_is_what_is_shown(site: Site, query: str, names: set[str]) -> None:
    several(site.force, 2)
    data = site.reader.get(f"/controls/export/xlsx?{query}").content
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    assert {str(cell.value) for cell in sheet["A"][1:] if cell.value} == names
    page = body(site.reader.get(f"/controls?{query}"))
    assert {each for each in ("C1", "C2", "C3") if f'<span class="reference">{each}</span>' in page} == names
    lines = body(site.reader.get(f"/controls/export/csv?{query}")).splitlines()
    assert len(lines) == 1 + len(names)


def test_other_kinds_of_file_are_not_made(site: Site) -> None:
    assert site.reader.get("/controls/export/pdf").status_code == 404


def test_the_map_shows_every_line_and_names_the_gaps(site: Site) -> None:
    several(site.force, 1)
    page = body(site.reader.get("/controls/assurance"))
    assert "0 of 2 controls in force were tested by somebody independent" in page
    assert "Every check of it is stale" in page
    assert "Nobody independent has tested it lately" in page


def test_concentration_states_its_thresholds(site: Site) -> None:
    several(site.force, 1)
    page = body(site.reader.get("/controls/concentration"))
    assert "1 control is shared by several risks" in page
    assert "under 2 risks or more" in page
    assert "with 3 risks, controls in force and boards or more" in page


def test_a_past_day_shows_the_controls_of_that_day_and_no_way_to_change_them(site: Site) -> None:
    client = as_(site, "risk_manager")
    client.post("/controls/C1/amend", form(row(site), name="Oil weighed", effective_on="2026-09-01"))
    page = body(client.get("/controls/C1?as_at=2026-08-31"))
    assert "Oil count" in page
    assert "Record a check" not in page
    before = APPOINTED - timedelta(days=1)
    assert client.get(f"/controls/C1?as_at={before}").status_code == 404
    assert "No control is recorded yet" in body(client.get(f"/controls?as_at={before}"))


PAGES = ["/controls", "/controls/C2", "/controls/assurance", "/controls/concentration", "/risks/LH1"]


@pytest.mark.parametrize("address", [*PAGES, "/controls/apply", "/controls/export/csv"])
def test_a_page_takes_the_same_number_of_statements_however_many_controls_there_are(
    site: Site, address: str, django_assert_max_num_queries: Any
) -> None:
    client, counts = as_(site, "risk_manager"), []
    for number in (2, 6):
        several(site.force, number)
        client.get(address)  # the session is read once
        with django_assert_max_num_queries(150) as asked:
            assert client.get(address).status_code == 200
        counts.append(len(asked.captured_queries))
    assert counts[0] == counts[1]


def test_the_empty_page_teaches(empty: Site) -> None:
    assert "No control is recorded yet" in body(empty.administrator.get("/controls"))
    assert "Nothing to map yet" in body(empty.administrator.get("/controls/assurance"))
    assert "None: no control in force" in body(empty.administrator.get("/controls/concentration"))
