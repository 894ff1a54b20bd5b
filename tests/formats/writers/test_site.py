"""The paper as a website: whole in itself, no link astray, accessible at both widths and in print."""

from __future__ import annotations

import io
import re
import zipfile
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pypdfium2
import pytest
from axe_playwright_python.sync_playwright import Axe
from lxml import html
from playwright.sync_api import Browser

import whole_paper
from odd_registers import UNUSUAL, ordinary, register, said
from watchkeep.domain.document import RegisterDocument, Risk
from watchkeep.formats.writers import write
from watchkeep.formats.writers.site.pages import addresses_of


@cache
def unpacked(name: str = "") -> dict[str, bytes]:
    data = write(UNUSUAL[name](), "site") if name else whole_paper.written("site")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {each: archive.read(each) for each in archive.namelist()}


def pages(name: str = "") -> dict[str, html.HtmlElement]:
    return {
        path: html.document_fromstring(data)
        for path, data in unpacked(name).items()
        if path.endswith(".html")
    }


@pytest.mark.parametrize("name", ["", *UNUSUAL])
def test_every_link_stays_in_the_site_and_leads_somewhere(name: str) -> None:
    files, made = unpacked(name), pages(name)
    assert made
    for path, page in made.items():
        for address in page.xpath("//a/@href | //link/@href"):
            where, part = urldefrag(unquote(address))
            assert not re.match(r"\w+:|/", where), address
            folder = path.rpartition("/")[0]
            target = str(Path(folder, where)) if where else path
            while "/../" in target or target.startswith("../"):
                target = re.sub(r"(^|/)[^/.]+/\.\./", r"\1", target)
            assert target in files, (path, address)
            if part:
                assert made[target].xpath("//*[@id=$part]", part=part), (path, address)


def test_no_page_has_a_script_or_a_style_of_its_own_and_one_sheet_serves_all() -> None:
    for path, page in pages().items():
        assert not page.xpath(
            "//script|//style|//img|//iframe|//form|//@style|//@*[starts-with(name(), 'on')]"
        )
        assert [Path(each).name for each in page.xpath("//link/@href")] == ["style.css"], path
    assert not re.search(rb"url\(|@import", unpacked()["style.css"])


def test_each_page_has_its_language_one_heading_its_landmarks_and_the_head() -> None:
    for page in pages().values():
        assert page.get("lang") == "en-GB"
        assert [len(page.findall(f".//{each}")) for each in ("header", "main", "footer", "h1")] == [
            1,
            1,
            1,
            1,
        ]
        assert page.xpath("//meta[@name='keywords']/@content") == [f"watchkeep-head 1204:{whole_paper.HEAD}"]
        assert page.xpath("string(//a[1])") == "Skip to the content"
    titles = [page.findtext(".//title") for page in pages().values()]
    assert len(set(titles)) == len(titles)


def test_there_is_a_page_a_risk_with_its_words_promises_and_sources() -> None:
    made = pages()
    assert sum(path.startswith("risks/") for path in made) == 16
    page = made["risks/cv-05.html"]
    text = " ".join(page.text_content().split())
    assert "Digital evidence is kept in three stores" in text
    assert "Finish the listing and disposal of discs and paper exhibits" in text
    assert "Test searches of the three evidence stores" in text
    assert page.xpath("//sup/a/@href") == ["../sources.html#source-2"]


def test_the_paper_and_its_data_are_those_of_the_other_forms() -> None:
    assert unpacked()["data/register.pdf"] == whole_paper.written("pdf")
    assert unpacked()["data/register.csv"] == whole_paper.written("csv")
    assert unpacked()["data/register.json"] == whole_paper.written("json")


def test_risks_that_are_called_alike_have_pages_of_their_own() -> None:
    assert addresses_of(["A/1", "a 1", "é", "漢", "漢字"]) == {
        "A/1": "risks/a-1.html",
        "a 1": "risks/a-1-2.html",
        "é": "risks/e.html",
        "漢": "risks/risk.html",
        "漢字": "risks/risk-2.html",
    }


def test_a_paper_with_nothing_besides_its_register_has_no_empty_pages() -> None:
    data = write(ordinary(), "site")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = {each for each in archive.namelist() if each.endswith(".html")}
    assert names == {"index.html", "about.html", *(f"risks/ha{place}.html" for place in range(1, 5))}


def test_text_cannot_become_markup_or_an_address() -> None:
    document: RegisterDocument = register(
        Risk(key="../../x", reference=said("../../x"), name=said('<script>alert(1)</script>"'))
    )
    with zipfile.ZipFile(io.BytesIO(write(document, "site"))) as archive:
        assert "risks/x.html" in archive.namelist()
        page = html.document_fromstring(archive.read("risks/x.html"))
    assert not page.xpath("//script")
    assert "<script>alert(1)</script>" in page.text_content()


@pytest.mark.journey
def test_axe_finds_nothing_at_both_widths_nothing_runs_off_and_it_prints(
    browser: Browser, tmp_path: Path
) -> None:
    for path, data in unpacked().items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes(data)
    shown = browser.new_page()
    # Each kind of page once: what is hard at a width is the same on all of its kind.
    looks = ((1280, "index.html"), (320, "since-the-last-paper.html"), (1280, "sources.html"))
    for width, path in (*looks, (320, "risks/cv-05.html")):
        shown.set_viewport_size({"width": width, "height": 900})
        shown.goto((tmp_path / path).as_uri())
        assert Axe().run(shown).response["violations"] == [], (path, width)
        assert shown.evaluate("document.documentElement.scrollWidth") <= width, (path, width)
        shown.keyboard.press("Tab")
        assert shown.evaluate("document.activeElement.textContent") == "Skip to the content"
    printed = pypdfium2.PdfDocument(shown.pdf(prefer_css_page_size=True))
    assert len(printed) <= 2
    assert "What the register says" in printed[0].get_textpage().get_text_bounded()
    shown.close()
