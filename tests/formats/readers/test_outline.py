"""Registers told under headings come out risk by risk: text, web pages, Word and paper."""

from __future__ import annotations

import hashlib
import io
from typing import Any

import docx as word_library
import pytest
import typst

from watchkeep.domain.document import RegisterDocument, Source
from watchkeep.domain.errors import Unreadable
from watchkeep.formats.readers import csv, docx, html, pdf, text
from watchkeep.formats.readers.assemble import assemble
from watchkeep.formats.writers.flat import flat

READERS = {"md": text, "txt": text, "csv": csv, "html": html, "docx": docx, "pdf": pdf}


def read(name: str, data: bytes | str) -> RegisterDocument:
    """A file of a known kind, through its reader and the assembler."""
    raw = data.encode() if isinstance(data, str) else data
    source = Source(name=name, sha256=hashlib.sha256(raw).hexdigest(), size=len(raw), reader="")
    return assemble(READERS[name.rpartition(".")[2]].extract(raw, name), source)


def told(name: str, data: bytes | str, *fields: str) -> list[tuple[Any, ...]]:
    """The named fields of every risk; controls and actions as their texts."""
    return [tuple(_said(risk[field]) for field in fields) for risk in flat(read(name, data))["risks"]]


def _said(value: Any) -> Any:
    return [each["text"] for each in value] if isinstance(value, list) else value


SECTIONS = """
# Bakery risks

| Score | Meaning |
|---|---|
| 5 | Almost certain |

## OV-1: Oven door fails

| Attribute | Value |
|---|---|
| **Likelihood** | 3 (Possible) |
| **Impact** | Major (no bread for a day) |

**Description:**
The hinge is cast iron and cracked.

**Mitigation:**
1. Spare hinge bought
2. Oven two kept warm

**Owner:** Head Baker

---

## OV-2: Flour delivered damp

| Attribute | Value |
|---|---|
| **Likelihood** | 2 (Unlikely) |
| **Impact** | Minor (one batch) |

**Description:**
The lorry has a torn sheet.

**Mitigation:**
1. Check at the door

**Owner:** Stores

---

*Made for the spring meeting.*
"""


def test_headings_over_tables_of_attributes_and_labels_are_risks() -> None:
    assert told(
        "bakery.md", SECTIONS, "id", "name", "likelihood", "impact_level", "description", "controls", "owner"
    ) == [
        (
            "OV-1", "Oven door fails", "3 (Possible)", "Major (no bread for a day)",
            "The hinge is cast iron and cracked.", ["Spare hinge bought", "Oven two kept warm"], "Head Baker",
        ),
        (
            "OV-2", "Flour delivered damp", "2 (Unlikely)", "Minor (one batch)",
            "The lorry has a torn sheet.", ["Check at the door"], "Stores",
        ),
    ]  # fmt: skip


def test_nothing_of_a_text_told_in_sections_is_lost() -> None:
    document = read("bakery.md", SECTIONS)
    kept = " ".join(each.text for each in (*document.header, *document.unassigned, *document.furniture))
    assert "Almost certain" in kept
    assert "Made for the spring meeting." in kept


def test_items_that_name_their_mitigation_in_the_line_are_risks() -> None:
    page = (
        "# Risks\n"
        "\n"
        "- Bees swarm in June — Mitigation: Empty hive kept ready\n"
        "- Hives stolen — Mitigation: Brand on every box\n"
    )
    assert told("bees.md", page, "name", "controls") == [
        ("Bees swarm in June", ["Empty hive kept ready"]),
        ("Hives stolen", ["Brand on every box"]),
    ]


def test_items_that_name_all_their_fields_in_the_line_are_risks() -> None:
    page = """
1. **Bid refused.** *Likelihood:* medium. *Impact:* high. *Mitigation:* second bid in May.
2. **Lease not signed.** *Likelihood:* low. *Impact:* high. *Mitigation:* rolling licence agreed.
"""
    assert told("bid.md", page, "name", "likelihood", "impact_level", "controls") == [
        ("Bid refused.", "medium", "high", ["second bid in May."]),
        ("Lease not signed.", "low", "high", ["rolling licence agreed."]),
    ]


def test_a_score_with_its_factors_behind_it_is_taken_apart() -> None:
    table = (
        "Ref,Risk,Current score,Owner\nA,Freezer fails,10 (L2 x I5),Manager\nB,Stock out,6 (L2 x I3),Stores\n"
    )
    assert told("lab.csv", table, "residual_score", "residual_likelihood", "residual_impact_level") == [
        ("10", "2", "5"),
        ("6", "2", "3"),
    ]


def test_items_with_lists_of_their_own_are_risks() -> None:
    page = """
# Risks
- **Seed supplier closes**
  - Likelihood: Low
  - Impact: High
- **Late frost**
  - Likelihood: High
  - Impact: Medium
"""
    assert told("garden.md", page, "name", "likelihood", "impact_level") == [
        ("Seed supplier closes", "Low", "High"),
        ("Late frost", "High", "Medium"),
    ]


def test_a_list_under_a_label_is_not_taken_for_risks() -> None:
    page = """
### P-1: Pier lease ends
**Mitigation strategies:**
1. **Early:**
   - Solicitor instructed
2. **Late:**
   - Move the boats
**Owner:** Clerk

### P-2: Deck lifts in a gale
**Mitigation strategies:**
1. **Early:**
   - Clips fitted
**Owner:** Warden
"""
    assert told("pier.md", page, "id", "owner") == [("P-1", "Clerk"), ("P-2", "Warden")]


def test_the_number_of_a_heading_gives_way_to_a_reference_told_under_it() -> None:
    page = """
### Risk 1
**Risk ID:** K-07
**Description:** Kiln door sticks
**Owner:** Potter

### Risk 2
**Risk ID:** K-09
**Description:** Glaze recalled
**Owner:** Buyer
"""
    assert told("kiln.md", page, "id", "description") == [
        ("K-07", "Kiln door sticks"),
        ("K-09", "Glaze recalled"),
    ]


def test_numbered_blocks_of_plain_text_are_risks() -> None:
    page = """ALLOTMENTS

1. Water fails
   Likelihood: Possible    Impact: Major    Rating: High
   Owner: Secretary

2. Sheds broken into
   Likelihood: Likely    Impact: Minor    Rating: Medium
   Owner: Treasurer
"""
    assert told("plots.txt", page, "id", "name", "likelihood", "impact_level", "rating", "owner") == [
        ("1", "Water fails", "Possible", "Major", "High", "Secretary"),
        ("2", "Sheds broken into", "Likely", "Minor", "Medium", "Treasurer"),
    ]


def test_forms_with_labels_at_the_side_are_risks() -> None:
    page = """Meals charity

Risk ref            F1
Risk                Grant ends
Controls in place   • Bids to three funders
                    • Reserve of four months
Owner               Treasurer

Risk ref            F2
Risk                Van is stolen
Controls in place   • Tracker fitted
Owner               Kitchen Lead
"""
    assert told("meals.txt", page, "id", "name", "controls", "owner") == [
        ("F1", "Grant ends", ["Bids to three funders", "Reserve of four months"], "Treasurer"),
        ("F2", "Van is stolen", ["Tracker fitted"], "Kitchen Lead"),
    ]


PAGE = """<html><body><h1>Lido</h1>
<h2>L1: Chlorine store leaks</h2><p>Likelihood:</p><ul><li>low</li></ul>
<p>Mitigation:</p><ul><li>Bund</li><li>Alarm</li></ul>
<h2>L2: Boiler stops</h2><p>Likelihood:</p><ul><li>medium</li></ul>
<p>Mitigation:</p><ul><li>Contract</li></ul></body></html>"""


def test_headings_and_lists_of_a_web_page_are_risks() -> None:
    assert told("lido.html", PAGE, "id", "name", "likelihood", "controls") == [
        ("L1", "Chlorine store leaks", "low", ["Bund", "Alarm"]),
        ("L2", "Boiler stops", "medium", ["Contract"]),
    ]


def test_headings_and_lists_of_a_word_file_are_risks() -> None:
    document = word_library.Document()
    for reference, name, owner in (("C1", "Coach firm fails", "Transport"), ("C2", "Roll falls", "Schools")):
        document.add_heading(f"{reference}: {name}", 2)
        document.add_paragraph("Controls:")
        document.add_paragraph("Watched monthly", style="List Bullet")
        document.add_paragraph("Reserve kept", style="List Bullet")
        document.add_paragraph(f"Owner: {owner}")
    buffer = io.BytesIO()
    document.save(buffer)
    assert told("coach.docx", buffer.getvalue(), "id", "name", "controls", "owner") == [
        ("C1", "Coach firm fails", ["Watched monthly", "Reserve kept"], "Transport"),
        ("C2", "Roll falls", ["Watched monthly", "Reserve kept"], "Schools"),
    ]


def test_headings_and_labels_of_a_page_without_rules_are_risks() -> None:
    page = typst.compile(
        b"= Meals register\n== F1: Grant ends\n*Effect:* Two posts go\n\n*Owner:* Treasurer\n"
        b"== F2: Van stolen\n*Effect:* Meals late\n\n*Owner:* Kitchen\n"
    )
    assert told("meals.pdf", page, "id", "name", "impact", "owner") == [
        ("F1", "Grant ends", "Two posts go", "Treasurer"),
        ("F2", "Van stolen", "Meals late", "Kitchen"),
    ]


# --- Rules for columns that these registers taught ---------------------------------------------------------


def test_a_severity_beside_an_impact_is_the_rating() -> None:
    table = (
        "ID,Description,Probability,Impact,Severity\n"
        "A,Slip falls in,High,High,Critical\n"
        "B,Rope frays,Low,High,Medium\n"
    )
    assert told("slip.csv", table, "likelihood", "impact_level", "rating") == [
        ("High", "High", "Critical"),
        ("Low", "High", "Medium"),
    ]


def test_a_likelihood_told_twice_takes_the_stage_of_the_heading_before_it() -> None:
    table = (
        "ID,Risk description,Initial risk,Likelihood,Residual risk,Likelihood\n"
        "1,Late steel,High,60%,Low,20%\n"
    )
    assert told("steel.csv", table, "inherent_likelihood", "residual_likelihood") == [("60%", "20%")]


@pytest.mark.parametrize("heading", ["H/M/L", "Rating (H/M/L)", "Risk level (H / M / L)"])
def test_the_letters_of_a_scale_in_a_heading_say_that_it_is_a_rating(heading: str) -> None:
    table = f"Ref,Risk,{heading},Controls\n1,Hall floods,M,Pump\n2,Roof leaks,H,Buckets\n"
    assert told("hall.csv", table, "rating", "likelihood") == [("M", None), ("H", None)]


def test_the_longer_of_two_names_describes() -> None:
    table = (
        "Subject,Risks identified,Controls\n"
        "Precept,The sum asked for is too small for the year,Budget in November\n"
        "Bank,Signatory leaves,Third signatory\n"
    )
    assert told("parish.csv", table, "name", "description") == [
        ("Precept", "The sum asked for is too small for the year"),
        ("Bank", "Signatory leaves"),
    ]


def test_a_status_is_no_rating_of_the_group_before_it() -> None:
    table = (
        "<table><tr><th>Ref<th>Risk<th colspan=2>Residual risk<th><th></tr>"
        "<tr><th><th><th>L<th>I<th>Owner<th>Status</tr>"
        "<tr><td>1<td>Fog<td>2<td>3<td>Pilot<td>Open</tr>"
        "</table>"
    )
    assert told("fog.html", table, "owner", "status", "residual_rating") == [("Pilot", "Open", None)]


def test_tables_that_go_through_the_risks_once_add_owner_and_dates() -> None:
    page = """
| Risk ID | Risk description |
|---|---|
| R1 | Crane late |
| R2 | Ground wet |

| Risk ID | Mitigation | Owner | Target date |
|---|---|---|---|
| R1 | Second supplier | Site | 2026-03-01 |
| R2 | Well points | Engineer | 2026-02-15 |
"""
    assert told("site.md", page, "id", "description", "controls", "owner", "due_date") == [
        ("R1", "Crane late", ["Second supplier"], "Site", "2026-03-01"),
        ("R2", "Ground wet", ["Well points"], "Engineer", "2026-02-15"),
    ]


def test_rows_with_too_few_or_too_many_bars_stay_in_their_table() -> None:
    page = (
        "| ID | Risk | Score | Owner |\n"
        "|--|--|--|--|\n"
        "| 1 | Dust | 6 |\n"
        "| 2 | Heat | 4 | Manager | seen |\n"
        "| 3 | Clay | 2 | Buyer |\n"
    )
    assert told("clay.md", page, "id", "name", "owner") == [
        ("1", "Dust", None),
        ("2", "Heat", "Manager"),
        ("3", "Clay", "Buyer"),
    ]


def test_a_form_with_numbers_and_nothing_else_is_refused() -> None:
    with pytest.raises(Unreadable, match="no row under it tells of a risk"):
        read("blank.csv", "Risk ID,Risk,Cause,Owner,Rating\nR-1,,,,\nR-2,,,,\n")


def test_a_page_about_registers_is_refused() -> None:
    page = """
# Risk register

| View | Source | Purpose |
|---|---|---|
| Risks | risks.json | Register table: id, title, severity, status, owner. |
| Risk detail | events.json | Header from the log. |
"""
    with pytest.raises(Unreadable):
        read("about.md", page)


def test_instructions_under_the_headings_are_no_risk() -> None:
    table = (
        "Ref,Risk,Consequence,Controls,Owner\n"
        "Number,Say what could happen,What would follow,List what is in place,A name\n"
        "1.1,Copper stolen,Rain on the organ,Alarm,Warden\n"
        "1.2,Boiler fails,Cold pews,Service plan,Treasurer\n"
    )
    assert told("parish.csv", table, "id", "name") == [("1.1", "Copper stolen"), ("1.2", "Boiler fails")]


def test_rows_of_placeholders_are_no_risks() -> None:
    page = """
| ID | Risk | Likelihood | Owner |
|---|---|---|---|
| R1 | Crane late | 3 | Site |
| R2 | [Describe the risk] | [1-5] | [Name] |
"""
    assert told("site.md", page, "id", "name") == [("R1", "Crane late")]


@pytest.mark.parametrize(
    "line", ["Risk" + " " * 3000 + "x", "Owner: " + "word, and more. " * 2000, "**" * 2000 + "a"]
)
def test_long_lines_are_no_trouble(line: str) -> None:
    page = "## R1: Fog\nOwner: Pilot\n\n## R2: Ice\nOwner: Warden\n\n" + f"{line}\n" * 40
    assert [each[0] for each in told("long.md", page, "id")] == ["R1", "R2"]
