"""The paper as a web page: alone, inert, accessible at both widths."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from axe_playwright_python.sync_playwright import Axe
from lxml import html
from playwright.sync_api import Browser

from odd_registers import EDITION, UNUSUAL, ordinary
from watchkeep.domain.document import RegisterDocument
from watchkeep.formats import charts
from watchkeep.formats.readers import read_here
from watchkeep.formats.writers import write


def page(name: str = "") -> str:
    return (write(UNUSUAL[name](), "html") if name else write(ordinary(), "html", edition=EDITION)).decode()


def test_it_needs_nothing_but_itself() -> None:
    root = html.document_fromstring(page())
    assert not root.xpath("//script|//link|//img|//iframe|//object|//form|//base")
    assert not root.xpath("//@*[starts-with(name(), 'on')]")
    assert not re.search(r"url\(|@import|https?://(?!www\.w3\.org)", page())


def test_it_says_its_language_and_title_and_has_one_of_each_landmark() -> None:
    root = html.document_fromstring(page())
    assert root.get("lang") == "en-GB"
    assert root.findtext(".//title") == "Risk register, 2026/27 Q2 – Saltmarsh Harbour Board"
    assert [len(root.findall(f".//{each}")) for each in ("header", "main", "footer", "h1")] == [1, 1, 1, 1]


def test_every_table_has_a_caption_and_every_header_a_scope() -> None:
    tables = html.document_fromstring(page()).findall(".//table")
    assert len(tables) >= 5
    assert all(table.findtext("caption") for table in tables)
    assert all(cell.get("scope") in ("row", "col") for table in tables for cell in table.iter("th"))


def test_the_columns_stand_in_the_order_of_the_source() -> None:
    root = html.document_fromstring(page())
    found = [cell.text for cell in root.findall(".//section[@id='register']//thead//th")]
    assert found == [column.heading for column in ordinary().columns]


def test_text_cannot_become_markup() -> None:
    root = html.document_fromstring(page("other scripts"))
    assert not root.findall(".//script")
    assert "<script>alert(1)</script>" in root.text_content()


def test_control_signs_are_shown_as_replaced_and_text_cannot_be_turned() -> None:
    text = page("other scripts")
    assert "bell \ufffd turned reversed end" in text
    assert "\u202e" not in text


def test_the_same_edition_is_the_same_page() -> None:
    assert page() == page()


@pytest.mark.journey
@pytest.mark.parametrize("name", ["", "forty columns", "other scripts", "one risk", "no risks"])
@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing_and_nothing_runs_off_the_side(
    browser: Browser, tmp_path: Path, name: str, width: int
) -> None:
    path = tmp_path / "paper.html"
    path.write_text(page(name), encoding="utf-8")
    shown = browser.new_page(viewport={"width": width, "height": 900})
    shown.goto(path.as_uri())
    found = Axe().run(shown)
    assert found.response["violations"] == []
    assert shown.evaluate("document.documentElement.scrollWidth") <= width
    shown.keyboard.press("Tab")
    assert shown.evaluate("document.activeElement.textContent") == "Skip to the finding"
    shown.close()


@pytest.fixture(scope="module")
def printed(browser: Browser) -> tuple[list[str], RegisterDocument]:
    """The words of each page that a browser prints of the example body's paper."""
    source = Path(__file__).resolve().parents[3] / "examples" / "calder_vale" / "2025-26-q4.csv"
    document = read_here(source.read_bytes(), source.name)
    shown = browser.new_page()
    shown.set_content(write(document, "html").decode())
    made = pypdfium2.PdfDocument(shown.pdf(prefer_css_page_size=True))
    shown.close()
    return [" ".join(each.get_textpage().get_text_bounded().split()) for each in made], document


@pytest.mark.journey
def test_sixteen_risks_print_on_at_most_thirteen_pages(
    printed: tuple[list[str], RegisterDocument],
) -> None:
    pages, document = printed
    assert len(document.risks) == 16
    assert len(pages) <= 13


@pytest.mark.journey
def test_the_cover_and_each_risk_print_whole_on_one_page(
    printed: tuple[list[str], RegisterDocument],
) -> None:
    pages, document = printed
    assert all(each in pages[0] for each in ("In short", "Low 1", "not recorded 0", "Action all 16"))
    for risk in document.risks:
        holding = [page for page in pages if f"Ref {risk.reference.text} Risk" in page]
        assert len(holding) == 1
        assert all(" ".join((item.text or "").split())[:40] in holding[0] for item in risk.controls)
        assert " ".join((risk.description.text or "").split())[-20:] in holding[0]


# --- Charts -----------------------------------------------------------------------------------------------


BARS = [("High", 3, 5), ("Low", 1, 1)]


def drawn() -> str:
    return charts.drawn(charts.band_chart(BARS), title="High holds the most", description="High 3 and Low 1.")


def test_a_chart_is_a_named_picture_without_styles_or_scripts() -> None:
    root = html.fragment_fromstring(drawn())
    assert root.get("role") == "img"
    named = {root.xpath(f"//*[@id='{each}']")[0].text for each in (root.get("aria-labelledby") or "").split()}
    assert named == {"High holds the most", "High 3 and Low 1."}
    assert not root.xpath("//@style|//@class|//script|//style|//image|//@href")


LONG_NAMES = (
    "High-Medium",
    "MMMMMMMM WWWWWWWW",
    "Moderate to high, beyond the appetite of the board and not yet treated",
    "Unterdurchschnittlichwahrscheinlichkeitsstufe",
)


@pytest.mark.journey
@pytest.mark.parametrize("font", ["Inter, system-ui, sans-serif", "DejaVu Sans"])
@pytest.mark.parametrize("longest", LONG_NAMES)
def test_no_label_of_a_chart_is_cut_or_shortened(browser: Browser, longest: str, font: str) -> None:
    bars = [(longest, 1288, 4), ("Low", 1, 1)]
    text = charts.drawn(charts.band_chart(bars), title="", description="")
    shown = browser.new_page()
    shown.set_content(f"<body>{text}</body>")
    shown.add_style_tag(content=f"svg text {{ font-family: {font} }}")
    outside = shown.evaluate(
        """() => { const chart = document.querySelector('svg').getBoundingClientRect();
            return [...document.querySelectorAll('svg text')].filter(text => {
                const box = text.getBoundingClientRect();
                return box.left < chart.left || box.right > chart.right
                    || box.top < chart.top || box.bottom > chart.bottom; }).map(text => text.textContent) }"""
    )
    assert outside == []
    printed = "".join(html.fragment_fromstring(text).text_content().split())
    assert "".join(longest.split()) in printed
    shown.close()


def test_a_chart_names_every_band_in_order_with_its_count() -> None:
    bars = [("Very High", 1, 5), ("High", 0, 4), ("Low", 3, 1)]
    text = html.fragment_fromstring(charts.drawn(charts.band_chart(bars), title="", description=""))
    assert [each.text_content() for each in text.iter("text")] == ["Very High", "High", "Low", "1", "0", "3"]


def test_a_chart_never_fetches() -> None:
    specification = charts.band_chart(BARS)
    specification["data"] = {"url": "https://example.org/data.json"}
    with pytest.raises(ValueError, match=r"(?i)not allowed|denied|base url"):
        charts.drawn(specification, title="", description="")


def test_the_shades_are_five_steps_each_darker_than_the_one_before_and_legible() -> None:
    lights = [luminance(shade) for shade in charts.SHADES[1:]]
    assert all(lighter - darker > 0.04 for lighter, darker in pairwise(lights))
    for shade, ink in zip(charts.SHADES, charts.SHADE_TEXT, strict=True):
        light, dark = sorted((luminance(shade), luminance(ink)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
