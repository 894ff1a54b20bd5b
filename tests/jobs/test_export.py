"""An export: what is in its files is what the records hold, no more and no fewer; all of it, or nothing."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.utils import timezone

from apps.test_triggers import a_busy_day
from cast import Force, Staffed, a_force, accepted
from watchkeep.apps.discussion import changes as discussion
from watchkeep.apps.discussion.models import Attachment, Comment
from watchkeep.apps.evidence.models import Binding
from watchkeep.apps.history.models import Entry
from watchkeep.apps.people.models import Holding
from watchkeep.apps.publication.models import Marking
from watchkeep.apps.register import changes as register
from watchkeep.apps.register.models import Category, Event, Link, Register, Risk
from watchkeep.apps.reviews.models import BoardDecision, Review
from watchkeep.apps.reviews.subjects import see
from watchkeep.apps.scrutiny.models import FindingAnswer
from watchkeep.apps.treatment.models import Check, Commitment, Control
from watchkeep.domain import ledger
from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.document import RegisterDocument
from watchkeep.domain.errors import Broken, Invalid, Missing, Refused
from watchkeep.domain.people import Actor
from watchkeep.gateways.storage import FolderStore
from watchkeep.jobs.export import Asked, export

MADE = datetime(2031, 7, 1, 9, 30, tzinfo=UTC)
CANARY = "The kipper of Brimhaven"
MARCH_2026 = date(2026, 3, 1)  # the day that most of the busy day speaks of


@dataclass(frozen=True)
class Kept:
    """A force on whose records everything happened once, and the store of its files."""

    force: Force
    operator: Actor
    store: FolderStore


@pytest.fixture
def kept(staffed: Staffed, files: Path) -> Kept:
    store = FolderStore(files)
    a_busy_day(staffed)
    by, risk = staffed.administrator, str(Risk.objects.get(key="LH1").pk)
    register.close_risk(
        by=by, risk=Risk.objects.get(key="LH3").pk, version=1, closed_on=date(2031, 3, 31), reason="Sold."
    )
    subject = see(by, "risk", risk)
    for name, words in (("lamp.jpg", "lit"), ("lamp.jpg", "unlit"), ("../../lamp.jpg", "outside")):
        discussion.attach(
            by=by, subject=subject, name=name, sha256=store.put(words.encode()), size=len(words)
        )
    discussion.comment(by=by, subject=subject, text="=2+3")
    operator = Actor("command", "operator", "operator at the command line", "administrator", by.body)
    return Kept(staffed, operator, store)


def exported(kept: Kept, to: Path, clock: Clock = PRESENT, slug: str = "") -> dict[str, Any]:
    """The index of an export that was just made."""
    export(kept.operator, to, kept.store, Asked(clock, slug), at=MADE)
    index: dict[str, Any] = json.loads((to / "index.json").read_text(encoding="utf-8"))
    return index


def rows(folder: Path, table: str) -> list[dict[str, str]]:
    text = (folder / "tables" / f"{table}.csv").read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def every_file(folder: Path) -> dict[str, bytes]:
    return {str(each.relative_to(folder)): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


def held(body: str) -> dict[str, int]:
    """How many there are, counted in the database and not by the queries that fill the tables."""
    return {
        "risks": Risk.objects.filter(register__body=body).count(),
        "appetite": Risk.objects.filter(register__body=body, state="open").count(),
        "categories": Category.objects.filter(body=body).count(),
        "controls": Control.objects.filter(body=body).count(),
        "checks": Check.objects.filter(control__body=body).count(),
        "promises": Commitment.objects.filter(body=body).count(),
        "reviews": Review.objects.filter(risk__register__body=body).count(),
        "decisions": BoardDecision.objects.filter(item__meeting__board__body=body).count(),
        "events": Event.objects.filter(body=body).count(),
        "links": Link.objects.filter(source__register__body=body).count(),
        "statements": Binding.objects.filter(statement__risk__register__body=body).count(),
        "rules": Marking.objects.filter(risk__register__body=body).count(),
        "answers": FindingAnswer.objects.filter(register__body=body).count(),
        "comments": Comment.objects.filter(body=body).count(),
        "posts": Holding.objects.filter(post__body=body).count(),
        "attachments": Attachment.objects.filter(body=body).count(),
    }


def test_the_files_hold_what_the_records_hold_no_more_and_no_fewer(kept: Kept, tmp_path: Path) -> None:
    index = exported(kept, tmp_path / "out")
    wanted = held(kept.operator.body)
    assert min(wanted.values()) > 0  # nothing is counted right by being nothing
    assert {name: len(rows(tmp_path / "out", name)) for name in wanted} == wanted
    assert {name: index["counts"][name] for name in wanted} == wanted
    assert index["counts"]["registers"] == 1
    assert index["counts"]["open risks"] + index["counts"]["closed risks"] == wanted["risks"]


def test_the_workbook_has_every_table_with_the_same_rows(kept: Kept, tmp_path: Path) -> None:
    exported(kept, tmp_path / "out")
    book = openpyxl.load_workbook(tmp_path / "out" / "tables.xlsx")
    names = sorted(each.stem for each in (tmp_path / "out" / "tables").iterdir())
    assert sorted(each.lower() for each in book.sheetnames) == sorted([*names, "about"])
    for name in names:
        sheet = book[name.capitalize()]
        cells = [[each or "" for each in row] for row in sheet.iter_rows(min_row=2, values_only=True)]
        said = [[*row.values()] for row in rows(tmp_path / "out", name)]
        assert [[each.removeprefix("'") for each in row] for row in said] == cells, name


def test_a_registers_document_is_its_published_schema_and_what_left_it_stands_apart(
    kept: Kept, tmp_path: Path
) -> None:
    exported(kept, tmp_path / "out")
    registers = tmp_path / "out" / "registers"
    slug = Register.objects.get(body=kept.operator.body).slug
    document = RegisterDocument.model_validate_json((registers / f"{slug}.json").read_bytes())
    assert [each.key for each in document.risks] == ["LH1", "LH2"]
    closed = RegisterDocument.model_validate_json((registers / f"{slug}.closed.json").read_bytes())
    assert [each.key for each in closed.risks] == ["LH3"]
    assert {each.suffix for each in registers.iterdir()} == {".json", ".csv", ".xlsx"}
    (gone,) = [each for each in rows(tmp_path / "out", "risks") if each["Reference"] == "LH3"]
    assert (gone["State"], gone["Since"], gone["Reason"]) == ("closed", "2031-03-31", "Sold.")


def test_the_index_names_every_file_with_its_digest_and_the_ledger_holds(kept: Kept, tmp_path: Path) -> None:
    index = exported(kept, tmp_path / "out")
    found = every_file(tmp_path / "out")
    del found["index.json"]
    told = {each["path"]: (each["sha256"], each["size"]) for each in index["files"]}
    assert told == {name: (hashlib.sha256(data).hexdigest(), len(data)) for name, data in found.items()}
    lines = found["ledger.jsonl"].decode().splitlines()
    verdict = ledger.check_export(lines, outside=ledger.head_of(index["head"]))
    assert verdict.holds, verdict.sentence
    assert verdict.entries == Entry.objects.filter(body=kept.operator.body).count()
    assert (index["made_at"], index["as_at"]) == (MADE.isoformat(), None)


def test_the_past_is_exported_as_it_stood(kept: Kept, tmp_path: Path) -> None:
    before = exported(kept, tmp_path / "before", Clock(MARCH_2026 - timedelta(days=1)))["counts"]
    after = exported(kept, tmp_path / "after", Clock(MARCH_2026))["counts"]
    for name in ("controls", "checks", "events", "links"):
        assert (before[name], after[name]) == (0, 1), name
    paper = exported(kept, tmp_path / "paper", Clock(date(2031, 3, 30)))["counts"]
    assert (paper["open risks"], paper["closed risks"]) == (0, 0)
    assert before["posts"] == after["posts"] > 0  # held since 2024
    index = exported(kept, tmp_path / "known", Clock(date(2031, 3, 31), MADE - timedelta(days=3000)))
    assert (index["counts"]["risks"], index["as_at"]) == (0, "2031-03-31")  # nothing was known then


def test_the_same_records_give_the_same_bytes_but_for_the_moment(kept: Kept, tmp_path: Path) -> None:
    clock = Clock(date(2031, 6, 30))
    export(kept.operator, tmp_path / "one", kept.store, Asked(clock), at=MADE)
    export(kept.operator, tmp_path / "two", kept.store, Asked(clock), at=MADE + timedelta(days=1))
    one, two = every_file(tmp_path / "one"), every_file(tmp_path / "two")
    differing = {name for name in one if one[name] != two[name]}
    assert (set(one), differing) == (set(two), {"index.json"})
    first, second = json.loads(one["index.json"]), json.loads(two["index.json"])
    assert {key for key in first if first[key] != second[key]} == {"made_at"}


def test_of_another_body_there_is_not_a_word(kept: Kept, tmp_path: Path) -> None:
    other = a_force("Brimhaven Watch")
    accepted(other)
    risk = str(Risk.objects.get(register__body=other.administrator.body, key="LH1").pk)
    discussion.comment(by=other.administrator, subject=see(other.administrator, "risk", risk), text=CANARY)
    exported(kept, tmp_path / "own")
    exported(Kept(other, other.administrator, kept.store), tmp_path / "other")

    def said(folder: Path) -> bytes:
        found = every_file(folder)
        books = [part for name, data in found.items() if name.endswith(".xlsx") for part in _parts(data)]
        return b"\n".join([*found.values(), *books])

    assert CANARY.encode() not in said(tmp_path / "own")
    assert CANARY.encode() in said(tmp_path / "other")


def _parts(book: bytes) -> list[bytes]:
    with zipfile.ZipFile(io.BytesIO(book)) as packed:
        return [packed.read(name) for name in packed.namelist()]


def test_of_one_register_only_what_concerns_it_is_exported(kept: Kept, tmp_path: Path) -> None:
    by = kept.force.administrator
    other = register.open_register(by=by, name="Quay risks")
    value = RegisterDocument.model_validate_json(
        json.dumps({"risks": [{"key": "Q1", "name": {"state": "recorded", "text": "A loose quay"}}]})
    ).risks[0]
    value = value.model_copy(
        update={"reference": value.name.model_copy(update={"text": "Q1"})},
    )
    register.open_risk(by=by, register=other, value=value, effective_on=timezone.localdate())
    counts = exported(kept, tmp_path / "quay", slug="quay-risks")["counts"]
    assert {name for name, count in counts.items() if count} == {
        "registers", "open risks", "risks", "appetite", "categories", "posts",
    }  # fmt: skip
    assert [each["Name"] for each in rows(tmp_path / "quay", "risks")] == ["A loose quay"]
    with pytest.raises(Missing):
        exported(kept, tmp_path / "none", slug="no-such-register")


# --- Files that others named --------------------------------------------------------------------------------


def test_attachments_keep_their_names_apart_and_within_the_folder(kept: Kept, tmp_path: Path) -> None:
    exported(kept, tmp_path / "out")
    found = {each.name: each.read_bytes() for each in (tmp_path / "out" / "attachments").iterdir()}
    assert found == {"lamp.jpg": b"lit", "lamp (2).jpg": b"unlit", "lamp (3).jpg": b"outside"}
    places = [each["File"] for each in rows(tmp_path / "out", "attachments")]
    assert places == ["attachments/lamp.jpg", "attachments/lamp (2).jpg", "attachments/lamp (3).jpg"]


def test_a_file_that_was_taken_away_is_named_and_not_handed_out(kept: Kept, tmp_path: Path) -> None:
    gone = Attachment.objects.get(sha256=hashlib.sha256(b"lit").hexdigest())
    discussion.take_away(by=kept.force.administrator, attachment=gone.pk, reason="Shows a face.", see=see)
    exported(kept, tmp_path / "out")
    (row,) = [each for each in rows(tmp_path / "out", "attachments") if each["Taken away by"]]
    assert (row["Name"], row["File"], row["Taken away because"]) == ("lamp.jpg", "", "Shows a face.")
    assert b"lit" not in [each.read_bytes() for each in (tmp_path / "out" / "attachments").iterdir()]


def test_no_cell_becomes_a_formula(kept: Kept, tmp_path: Path) -> None:
    exported(kept, tmp_path / "out")
    assert "'=2+3" in [each["Text"] for each in rows(tmp_path / "out", "comments")]
    sheets = openpyxl.load_workbook(tmp_path / "out" / "tables.xlsx")
    assert {cell.data_type for sheet in sheets for row in sheet for cell in row} <= {"s", "n", "inlineStr"}
    assert "=2+3" in [cell.value for row in sheets["Comments"] for cell in row]


# --- All of it, or nothing ----------------------------------------------------------------------------------


def test_a_folder_that_is_not_empty_is_refused_and_left_alone(kept: Kept, tmp_path: Path) -> None:
    to = tmp_path / "out"
    to.mkdir()
    exported(kept, to)  # an empty one will do
    before = every_file(to)
    with pytest.raises(Invalid, match="not empty"):
        exported(kept, to)
    assert every_file(to) == before
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    with pytest.raises(Invalid, match="not a folder"):
        exported(kept, tmp_path / "file")


def test_an_export_that_fails_leaves_nothing_behind(kept: Kept, tmp_path: Path) -> None:
    (tmp_path / "place").mkdir()
    lost = kept.store.path(hashlib.sha256(b"unlit").hexdigest())
    lost.write_bytes(b"altered")
    with pytest.raises(Broken):
        exported(kept, tmp_path / "place" / "out")
    lost.unlink()
    with pytest.raises(Missing):
        exported(kept, tmp_path / "place" / "out")
    assert list((tmp_path / "place").iterdir()) == []


def test_only_who_sees_everything_may_export(kept: Kept, tmp_path: Path) -> None:
    with pytest.raises(Refused):
        export(kept.force.reader, tmp_path / "out", kept.store, Asked(PRESENT), at=MADE)
    assert not (tmp_path / "out").exists()
