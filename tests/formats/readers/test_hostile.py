"""Files that are broken, hostile or no register: a clear sentence or a safe reading, in seconds."""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pikepdf
import pytest
import typst

from watchkeep.domain.document import RegisterDocument
from watchkeep.domain.errors import Unreadable
from watchkeep.formats.readers import LARGEST_FILE, read_file
from watchkeep.formats.readers.child import Limits, run

SECONDS = 15.0
REGISTER = (
    "Ref,Risk title,Description,Existing controls,Rating\nHB-01,Flood wall,May not hold,Weekly walk,High\n"
)


def read(folder: Path, name: str, data: bytes) -> RegisterDocument:
    path = folder / name
    path.write_bytes(data)
    started = time.monotonic()
    try:
        return read_file(path)
    finally:
        assert time.monotonic() - started < SECONDS


def refusal(folder: Path, name: str, data: bytes) -> str:
    with pytest.raises(Unreadable) as caught:
        read(folder, name, data)
    sentence = caught.value.sentence
    assert sentence.startswith(name)
    assert "Traceback" not in sentence
    assert caught.value.remedy.endswith(".")
    return sentence


def zipped(parts: dict[str, bytes | str]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return packed.getvalue()


def a_pdf(body: str) -> bytes:
    return typst.compile(body.encode(), ignore_system_fonts=True)


TABLE = (
    "#table(columns: 3, [Ref], [Risk title], [Rating], [HB-01], [Flood wall], [High], [HB-02], [Crew], [Low])"
)

# --- Nothing to read ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["register.pdf", "register.xlsx", "register.txt", "register.csv"])
@pytest.mark.parametrize("data", [b"", b"\n \t\n", b"\x00" * 4096])
def test_an_empty_file_is_called_empty(tmp_path: Path, name: str, data: bytes) -> None:
    assert "empty" in refusal(tmp_path, name, data)


def test_noise_is_not_called_text(tmp_path: Path) -> None:
    assert "neither text nor" in refusal(tmp_path, "register.txt", bytes(range(256)) * 200)


def test_noise_that_is_called_a_pdf_says_so(tmp_path: Path) -> None:
    assert "called .pdf but" in refusal(
        tmp_path, "register.pdf", os.urandom(50_000).replace(b"%PDF", b"____")
    )


def test_prose_is_no_register(tmp_path: Path) -> None:
    refusal(
        tmp_path,
        "minutes.txt",
        b"The board met on Tuesday and agreed the minutes of the last meeting.\n" * 40,
    )


def test_a_picture_is_named_as_one(tmp_path: Path) -> None:
    assert "picture (PNG)" in refusal(tmp_path, "register.pdf", b"\x89PNG\r\n\x1a\n" + bytes(500))


def test_a_file_over_the_limit_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.csv"
    with path.open("wb") as stream:
        stream.truncate(LARGEST_FILE + 1)
    with pytest.raises(Unreadable, match="files up to 50 MB"):
        read_file(path)


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="no such file"):
        read_file(tmp_path / "nowhere.pdf")
    with pytest.raises(Unreadable, match="a folder"):
        read_file(tmp_path)


# --- PDFs ---------------------------------------------------------------------------------------------


def test_a_pdf_under_a_password_says_so(tmp_path: Path) -> None:
    locked = io.BytesIO()
    with pikepdf.open(io.BytesIO(a_pdf(TABLE))) as pdf:
        pdf.save(locked, encryption=pikepdf.Encryption(owner="one", user="two"))
    sentence = refusal(tmp_path, "register.pdf", locked.getvalue())
    assert "password" in sentence
    assert "without the password" in sentence


def test_a_pdf_locked_only_against_changes_is_read(tmp_path: Path) -> None:
    locked = io.BytesIO()
    with pikepdf.open(io.BytesIO(a_pdf(TABLE))) as pdf:
        pdf.save(locked, encryption=pikepdf.Encryption(owner="one", user=""))
    assert len(read(tmp_path, "register.pdf", locked.getvalue()).risks) == 2


def test_a_scan_names_the_page_and_what_to_do(tmp_path: Path) -> None:
    picture = io.BytesIO()
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(595, 842))
        scan = pdf.make_stream(
            bytes(100 * 100), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=100, Height=100,
            ColorSpace=pikepdf.Name.DeviceGray, BitsPerComponent=8,
        )  # fmt: skip
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Scan=scan))
        page.Contents = pdf.make_stream(b"q 595 0 0 842 0 0 cm /Scan Do Q")
        pdf.save(picture)
    sentence = refusal(tmp_path, "scan.pdf", picture.getvalue())
    assert "page 1" in sentence
    assert "picture and no text" in sentence
    assert "OCR" in sentence


def test_a_pdf_with_a_blank_page_says_that_it_holds_no_text(tmp_path: Path) -> None:
    assert "no text" in refusal(tmp_path, "blank.pdf", a_pdf("#rect(width: 5cm)"))


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_pdf_cut_short_is_refused_or_read_safely(tmp_path: Path, share: float) -> None:
    data = a_pdf(TABLE)
    try:
        document = read(tmp_path, "register.pdf", data[: int(len(data) * share)])
    except Unreadable:
        return
    assert {risk.reference.text for risk in document.risks} <= {"HB-01", "HB-02"}


def test_a_pdf_without_a_register_says_what_was_looked_for(tmp_path: Path) -> None:
    assert "No register" in refusal(
        tmp_path, "menu.pdf", a_pdf("= Canteen menu\n\nSoup, bread and an apple.")
    )


def test_a_pdf_of_hugely_many_pages_is_refused_by_their_number(tmp_path: Path) -> None:
    many = io.BytesIO()
    with pikepdf.new() as pdf:
        for _ in range(2_000):
            pdf.add_blank_page()
        pdf.save(many)
    assert "2,000 pages" in refusal(tmp_path, "pack.pdf", many.getvalue())


def test_a_pdf_that_unpacks_without_end_is_stopped() -> None:
    bomb = io.BytesIO()
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page()
        page.Contents = pdf.make_stream(b"1 0 0 1 0 0 cm\n" * 10_000_000)
        pdf.save(bomb, compress_streams=True)
    assert len(bomb.getvalue()) < 2_000_000
    limits = Limits(processor=2, clock=25.0)
    with pytest.raises(Unreadable, match=r"seconds|memory"):
        run("watchkeep.formats.readers:answer", bomb.getvalue(), "bomb.pdf", limits=limits)


# --- Office files ---------------------------------------------------------------------------------------


def test_a_word_file_called_a_pdf_is_read_as_what_it_is(tmp_path: Path) -> None:
    import docx

    paper = docx.Document()
    table = paper.add_table(rows=2, cols=3)
    for cell, said in zip(table.rows[0].cells, ("Ref", "Risk title", "Rating"), strict=True):
        cell.text = said
    for cell, said in zip(table.rows[1].cells, ("HB-01", "Flood wall", "High"), strict=True):
        cell.text = said
    saved = io.BytesIO()
    paper.save(saved)
    document = read(tmp_path, "register.pdf", saved.getvalue())
    assert [risk.reference.text for risk in document.risks] == ["HB-01"]


def test_a_workbook_without_a_register_is_refused(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["Month", "Visitors"])
    book.active.append(["May", 120])
    saved = io.BytesIO()
    book.save(saved)
    assert "No register" in refusal(tmp_path, "visitors.xlsx", saved.getvalue())


@pytest.mark.parametrize("inside", ["xl/workbook.xml", "word/document.xml"])
def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, inside: str) -> None:
    name = "register.xlsx" if inside.startswith("xl") else "register.docx"
    bomb = zipped({"[Content_Types].xml": "<Types/>", inside: b" " * 400_000_000})
    assert len(bomb) < 1_000_000
    assert "unpack" in refusal(tmp_path, name, bomb)


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(12))
    + ']><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    "<w:body><w:p><w:r><w:t>&m;</w:t></w:r></w:p></w:body></w:document>"
)


def test_entities_that_grow_without_end_are_refused(tmp_path: Path) -> None:
    assert "entities" in refusal(
        tmp_path, "register.docx", zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": LAUGHS})
    )


def test_an_archive_cut_short_says_so(tmp_path: Path) -> None:
    import openpyxl

    saved = io.BytesIO()
    openpyxl.Workbook().save(saved)
    assert "cut short or damaged" in refusal(tmp_path, "register.xlsx", saved.getvalue()[:-200])


def test_an_archive_of_other_things_is_named(tmp_path: Path) -> None:
    assert "packed archive" in refusal(tmp_path, "register.xlsx", zipped({"a.txt": "hello"}))


def test_a_cell_far_out_costs_nothing(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["Ref", "Risk title", "Rating"], ["HB-01", "Flood wall", "High"]):
        sheet.append(row)
    sheet["XFD1048576"] = "far"
    saved = io.BytesIO()
    book.save(saved)
    try:
        document = read(tmp_path, "register.xlsx", saved.getvalue())
    except Unreadable:
        return
    assert [risk.reference.text for risk in document.risks] == ["HB-01"]


def test_a_workbook_under_a_password_says_so(tmp_path: Path) -> None:
    locked = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)
    )
    assert "password" in refusal(tmp_path, "register.xlsx", locked)


# --- Text, CSV and web pages --------------------------------------------------------------------------


def test_formulas_in_a_csv_stay_text(tmp_path: Path) -> None:
    data = (
        "Ref,Risk title,Description,Existing controls,Rating\n"
        'HB-01,=1+1,"=HYPERLINK(""http://192.0.2.1"",""x"")",+cmd|\' /C calc\'!A0,High\n'
        "HB-02,@SUM(A1),-2+3,Weekly walk,Low\n"
    )
    document = read(tmp_path, "register.csv", data.encode())
    assert [risk.name.text for risk in document.risks] == ["=1+1", "@SUM(A1)"]
    assert document.risks[0].description.text == '=HYPERLINK("http://192.0.2.1","x")'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_csv_is_read_in_whatever_encoding_it_was_saved(tmp_path: Path, encoding: str) -> None:
    document = read(tmp_path, "register.csv", REGISTER.replace("Weekly", "Café’s weekly").encode(encoding))
    assert (document.risks[0].controls[0].text or "").startswith("Café’s weekly")


def test_a_page_with_scripts_and_entities_runs_nothing_and_fetches_nothing(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret")
    page = (
        f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY x SYSTEM "file://{secret}">]><html><head>'
        '<script>document.write("planted")</script><link rel="stylesheet" href="http://192.0.2.1/x.css"></head>'
        "<body>"
        "<table><tr><th>Ref</th><th>Risk title</th><th>Rating</th></tr>"
        "<tr><td>HB-01</td><td>Flood wall &x;<script>planted()</script></td><td>High</td></tr></table>"
        "</body></html>"
    )
    try:
        said = read(tmp_path, "register.html", page.encode()).model_dump_json()
    except Unreadable as problem:
        said = problem.sentence
    assert "the secret" not in said
    assert "planted" not in said


@pytest.mark.parametrize("tag", ["div", "table", "b"])
def test_deep_nesting_is_survived(tmp_path: Path, tag: str) -> None:
    page = f"<html><body>{f'<{tag}>' * 50_000}text{f'</{tag}>' * 50_000}</body></html>"
    refusal(tmp_path, "register.html", page.encode())


def test_a_very_long_line_is_survived(tmp_path: Path) -> None:
    with contextlib.suppress(Unreadable):
        read(tmp_path, "register.txt", b"CRX1 " + b"word " * 400_000)


# --- At the command line ---------------------------------------------------------------------------------


def command(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "watchkeep", "read", *arguments], check=False, capture_output=True, text=True
    )


def test_the_command_says_one_sentence_and_leaves_a_json_that_says_the_same(tmp_path: Path) -> None:
    paper, out = tmp_path / "empty.pdf", tmp_path / "out.json"
    paper.write_bytes(b"")
    done = command(str(paper), "--json", str(out))
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert json.loads(out.read_text()) == {"risks": [], "error": done.stderr.strip()}


def test_a_file_name_cannot_steer_the_terminal(tmp_path: Path) -> None:
    paper = tmp_path / "a\x1b[31mred.pdf"
    paper.write_bytes(b"")
    assert "\x1b" not in command(str(paper)).stderr


def test_an_answer_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    paper = tmp_path / "register.csv"
    paper.write_text(REGISTER)
    done = command(str(paper), "--json", str(tmp_path / "nowhere" / "out.json"))
    assert done.returncode == 2
    assert "could not be written" in done.stderr
    assert "Traceback" not in done.stderr
