"""The report of the lint, for a person, as a page, as data and as SARIF."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from lxml import html

from watchkeep.domain.fields import fields_of
from watchkeep.domain.lint import RULES, lint
from watchkeep.domain.lint.report import Acceptance, Report, settled
from watchkeep.domain.lint.samples import register, risk
from watchkeep.formats.readers import read_here
from watchkeep.formats.readers.csv import lines_of_rows
from watchkeep.formats.writers.findings import write

DAY = date(2031, 9, 30)
LATE = "New gauge <b>due</b> by June 2031"
SOON = "Training of the crew starts shortly"


def report(late: str = LATE, *answers: Acceptance, as_at: date | None = DAY) -> Report:
    document = register(risk("HB-01", controls=(late, SOON)), period="")
    return settled(
        document, lint(document, as_at=as_at), called="a register.csv", as_at=as_at, acceptances=answers
    )


def test_the_console_says_where_each_finding_stands_and_what_would_do() -> None:
    said = write(report(), "console")
    assert "HB-01 Loss of the payroll service" in said
    assert f"error STALE-01  Control 1, characters 1 to {len(LATE)}" in said
    assert "“June 2031” had passed by 30 September 2031." in said
    assert said.rstrip().endswith("1 error and 1 warning found in one risk, as at 30 September 2031.")


def test_without_a_day_the_report_says_which_rules_were_not_tried() -> None:
    for form in ("console", "html", "sarif"):
        assert "give it with --as-at" in write(report(as_at=None), form)


def test_what_was_accepted_stays_accepted_until_its_words_change() -> None:
    late, soon = report().found
    answers = Acceptance(late.key, "It is on the quay."), Acceptance(soon.key[:12], "Dull.")
    assert report(LATE, *answers).found == ()
    changed = report(f"A {LATE}", *answers)
    assert [each.code for each in changed.found] == ["STALE-01"]
    assert [reason for _, reason in changed.accepted] == ["Dull."]
    assert [each.reason for each in changed.unused] == ["It is on the quay."]


def test_a_report_reaches_the_weight_of_its_gravest_finding() -> None:
    assert report().reaches("error")
    assert not report(SOON).reaches("error")
    assert report(SOON).reaches("warning")
    assert report(SOON).reaches("note")


def test_the_data_can_be_given_back_as_answers() -> None:
    told = json.loads(write(report(), "json"))
    assert [each["code"] for each in told["findings"]] == ["STALE-01", "STALE-02"]
    assert told["counts"] == {"error": 1, "warning": 1, "note": 0}
    answers = [Acceptance(each["key"], "Known.") for each in told["findings"]]
    assert report(LATE, *answers).found == ()


def sarif(of: Report) -> dict[str, Any]:
    told = json.loads(write(of, "sarif"))
    assert told["version"] == "2.1.0"
    (run,) = told["runs"]
    return dict(run)


def test_sarif_has_every_rule_and_points_each_result_at_one_of_them() -> None:
    run = sarif(report(LATE, Acceptance(report().found[0].key, "It is on the quay.")))
    rules = run["tool"]["driver"]["rules"]
    assert [each["id"] for each in rules] == [rule.code for rule in RULES]
    assert all(each["help"]["text"] and each["fullDescription"]["text"] for each in rules)
    assert [each["ruleId"] for each in run["results"]] == ["STALE-02", "STALE-01"]
    for each in run["results"]:
        assert rules[each["ruleIndex"]]["id"] == each["ruleId"]
        assert each["level"] in ("error", "warning", "note")
        (place,) = each["locations"]
        assert place["physicalLocation"]["artifactLocation"] == {"uri": "a%20register.csv", "index": 0}
    open_, accepted = run["results"]
    assert open_["locations"][0]["logicalLocations"][0]["fullyQualifiedName"] == "HB-01/controls:1"
    assert "suppressions" not in open_
    assert accepted["suppressions"][0]["justification"] == "It is on the quay."


def test_sarif_gives_the_lines_of_a_text_file_and_the_columns_where_its_lines_are_known() -> None:
    path = Path(__file__).parents[3] / "examples" / "layouts" / "harbour_notes" / "register.txt"
    document = read_here(path.read_bytes(), path.name)
    lines = path.read_text(encoding="utf-8").split("\n")
    told = settled(document, lint(document), called=path.name, as_at=None)
    whole, exact = (_region(each) for each in (told, replace(told, lines=tuple(lines))))
    assert "Design for a tied wall" in " ".join(lines[whole["startLine"] - 1 : whole["endLine"]])
    assert exact["startLine"] == exact["endLine"]
    row = lines[exact["startLine"] - 1]
    assert row[exact["startColumn"] - 1 : exact["endColumn"] - 1] == "Design for a tied wall under way"


EXAMPLES = Path(__file__).parents[3] / "examples" / "calder_vale"


def _results(name: str, **more: Any) -> tuple[Any, list[dict[str, Any]]]:
    document = read_here((EXAMPLES / name).read_bytes(), name)
    told = settled(document, lint(document, as_at=DAY), called=name, as_at=DAY)
    return document, [each for each in sarif(replace(told, **more))["results"] if each["properties"]["risk"]]


def test_sarif_gives_the_lines_of_a_csv_row_also_where_a_cell_spans_several() -> None:
    data = b'Ref,Risk,Controls\n\nA1,"Two\nlines of it","One\n\nmore"\nA2,Plain,None\n'
    assert lines_of_rows(data, "x.csv") == ((1, 1), (2, 2), (3, 6), (7, 7))
    rows = lines_of_rows((EXAMPLES / "2025-26-q4.csv").read_bytes(), "2025-26-q4.csv")
    _, results = _results("2025-26-q4.csv", rows=rows)
    file = (EXAMPLES / "2025-26-q4.csv").read_text(encoding="utf-8").split("\n")
    assert results
    for each in results:
        where = each["locations"][0]["physicalLocation"]["region"]
        assert each["properties"]["risk"] in file[where["startLine"] - 1]


def test_sarif_names_the_sheet_and_the_cell_of_a_workbook() -> None:
    document, results = _results("2025-26-q3.xlsx")
    named = 0
    for each in results:
        field = dict(fields_of(document.risk(each["properties"]["risk"]))).get(each["properties"]["field"])
        cells = [one for one in each["locations"][0]["logicalLocations"] if one["kind"] == "member"]
        if field and field.places:
            assert [one["fullyQualifiedName"] for one in cells] == [
                f"'{place.sheet}'!{place.cell}" for place in dict.fromkeys(field.places)
            ]
            named += 1
    assert named


# What section 3 of SARIF 2.1.0 requires of the objects that are written, and the values that it knows.
REQUIRED = {
    "sarifLog": ("version", "runs"),
    "run": ("tool",),
    "invocation": ("executionSuccessful",),
    "notification": ("message",),
    "rule": ("id",),
    "result": ("message",),
    "suppression": ("kind",),
}
LEVELS = ("none", "note", "warning", "error")


def test_sarif_has_what_its_standard_requires() -> None:
    """A walk of the required properties and known values; the schema itself is in no test dependency."""
    undated = report(as_at=None).found[0]
    answered = report(LATE, Acceptance(undated.key, "It is on the quay."), as_at=None)
    log = json.loads(write(answered, "sarif"))
    (run,) = log["runs"]
    driver, results = run["tool"]["driver"], run["results"]
    told = run["invocations"][0]["toolExecutionNotifications"]
    kept = [one for each in results for one in each.get("suppressions", ())]
    objects = {
        "sarifLog": [log],
        "run": [run],
        "invocation": run["invocations"],
        "notification": told,
        "rule": driver["rules"],
        "result": results,
        "suppression": kept,
    }
    for kind, found in objects.items():
        assert found, kind
        assert all(name in each for each in found for name in REQUIRED[kind]), kind
    assert driver["name"]
    assert run["columnKind"] in ("utf16CodeUnits", "unicodeCodePoints")
    assert all(each["level"] in LEVELS for each in (*results, *told))
    assert all(each["message"]["text"] for each in (*results, *told))
    assert len({each["id"] for each in driver["rules"]}) == len(driver["rules"])
    assert {each["status"] for each in kept} <= {"accepted", "underReview", "rejected"}
    assert {each["kind"] for each in kept} <= {"inSource", "external"}
    for each in results:
        for place in each["locations"]:
            physical = place["physicalLocation"]
            assert physical["artifactLocation"]["index"] < len(run["artifacts"])
            lines = physical.get("region", {"startLine": 1})
            assert 1 <= lines["startLine"] <= lines.get("endLine", lines["startLine"])


def _region(of: Report) -> dict[str, int]:
    result = next(each for each in sarif(of)["results"] if each["ruleId"] == "UNDATED-01")
    return dict(result["locations"][0]["physicalLocation"]["region"])


def test_the_page_marks_the_words_needs_nothing_else_and_takes_no_markup_from_them() -> None:
    page = html.fromstring(write(report(), "html").encode())
    assert page.xpath("//script | //link | //img | //*[@src]") == []
    assert [each.text for each in page.xpath("//mark")] == [LATE, SOON]
    assert page.get("lang") == "en-GB"
    assert len(page.xpath("//h1")) == 1
    assert page.xpath("//main//b") == []
