"""The main job, end to end: a paper comes in, doubts are settled, the register stands, a paper goes out."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import expect

from cast import Force
from journeys.conftest import EXAMPLES, HERE, Desk, overflow, violations
from watchkeep.gateways.storage import FolderStore
from watchkeep.jobs.reading import read_all_waiting

pytestmark = pytest.mark.journey

SHARED = HERE.parent / "shared" / "registers"


def the_paper() -> tuple[Path, int]:
    """The real register where it is at hand, else the example's; how many risks it holds."""
    for folder in sorted(SHARED.glob("*")) if SHARED.is_dir() else []:
        if (folder / "register.pdf").is_file():
            truth = json.loads((folder / "expected-renditions.json").read_text(encoding="utf-8"))
            return folder / "register.pdf", len(truth["risks"])
    print("The shared register is not beside this checkout: the journey runs on the example body's PDF.")
    truth = json.loads((EXAMPLES / "2025-26-q4.truth.json").read_text(encoding="utf-8"))
    return EXAMPLES / "2025-26-q4.pdf", len(truth["risks"])


def settle_everything(desk: Desk) -> None:
    """Answer the question about arrows, then say of every doubt that it is right as it stands."""
    page = desk.page
    arrows = page.get_by_role("button", name="Rising means worsening")
    if arrows.count():
        arrows.click()
        page.get_by_text("A rising arrow means worsening in this paper.").wait_for()
    while (one := page.locator("#doubts ~ .panel--doubt").get_by_role("button")).count():
        left = one.count()
        one.first.click()
        page.wait_for_load_state()  # what is counted next stands at the page's end
        page.get_by_text("what was read stays as it is.").first.wait_for()
        assert one.count() < left
    page.get_by_text("Every doubt is settled.").wait_for()


def publish(desk: Desk, into: Path) -> Path:
    """Freeze and publish the register; the downloaded PDF."""
    page = desk.open("/papers")
    page.get_by_role("button", name="See what stands in its way").click()
    page.wait_for_load_state()  # whether there is something to answer is only known once all of it is here
    override = page.get_by_label("Why claims of improvement without a basis may go out")
    if override.is_visible():  # the paper claims improvements that rest on nothing
        override.fill("The committee has asked to see the register as it was.")
    page.get_by_role("button", name="Freeze and publish").click()
    page.get_by_role("heading", name="edition 1").wait_for()
    with page.expect_download() as download:
        page.get_by_role("link", name="Tagged PDF").click()
    path = into / download.value.suggested_filename
    download.value.save_as(path)
    return path


def ink(path: Path) -> float:
    """The share of the first page that is not white, once drawn."""
    document = pypdfium2.PdfDocument(path)
    picture = document[0].render(scale=1).to_pil().convert("L")
    document.close()
    return sum(picture.histogram()[:200]) / (picture.width * picture.height)


def test_the_paper_becomes_a_register_and_the_register_the_next_paper(
    desks: Callable[..., Desk], police: Force, files: Path, tmp_path: Path
) -> None:
    paper, risks = the_paper()
    desk = desks()
    desk.sign_in()
    page = desk.page
    page.get_by_role("link", name="Bring in a paper").click()
    page.get_by_label("The paper").set_input_files(paper)
    page.get_by_role("button", name="Bring it in").click()
    page.get_by_role("heading", name="Reading").wait_for()
    assert read_all_waiting(FolderStore(files)) == 1
    page.get_by_role("heading", name="Risks in the paper").wait_for()  # the page noticed by itself
    page.get_by_alt_text("Picture of page").wait_for()
    assert violations(page) == []
    settle_everything(desk)
    page.get_by_role("button", name=f"Accept all {risks} risks").click()
    page.get_by_text(f"All {risks} risks.").wait_for()
    expect(page.locator("tr.first")).to_have_count(risks)
    page.locator("tr.first a").first.click()
    page.get_by_text("Source of description").first.click()
    page.get_by_role("link", name="See it in the paper").first.click()
    page.get_by_role("img", name="The passage, enlarged").wait_for()
    made = publish(desk, tmp_path)
    assert made.suffix == ".pdf"
    assert 0.01 < ink(made) < 0.9


def test_the_whole_job_works_without_scripts(
    desks: Callable[..., Desk], police: Force, files: Path, tmp_path: Path
) -> None:
    desk = desks(width=320, scripts=False)
    desk.sign_in()
    page = desk.open("/bring-in")
    page.get_by_label("The paper").set_input_files(EXAMPLES / "2025-26-q4.pdf")
    page.get_by_role("button", name="Bring it in").click()
    page.get_by_role("heading", name="Reading").wait_for()
    read_all_waiting(FolderStore(files))
    page.get_by_role("link", name="Check again").click()
    page.get_by_role("heading", name="Risks in the paper").wait_for()
    page.get_by_role("link", name="Look over and correct").first.click()
    page.get_by_role("link", name="Correct risk owner").click()
    page.get_by_label("Text").fill("Keeper of the example")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Keeper of the example").first.wait_for()
    page.go_back()
    desk.open("/bring-in/1").get_by_role("button", name="Accept all").click()
    page.get_by_role("heading", name="Risks", exact=True).wait_for()
    expect(page.locator("table").get_by_text("Keeper of the example")).to_have_count(1)
    assert publish(desk, tmp_path).read_bytes().startswith(b"%PDF-")


def test_a_reader_sees_the_register_and_no_way_to_change_it(
    desks: Callable[..., Desk], police: Force
) -> None:
    desk = desks()
    desk.sign_in("ivo@calder.test")
    page = desk.page
    expect(page.get_by_role("link", name="Bring in")).to_have_count(0)
    page.get_by_text("An administrator or a risk manager of your body brings in the first paper.").wait_for()
    desk.complaints.clear()
    desk.open("/bring-in")
    page.get_by_role("heading", name="That is not open to you").wait_for()
    desk.complaints.clear()  # the browser reports the 403 that was asked for
    assert violations(page) == []
    assert overflow(page) <= 0
