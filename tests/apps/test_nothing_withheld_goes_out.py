"""Marks that stand nowhere but in what the public may not have, looked for in every byte it gets."""

from __future__ import annotations

import base64
import html
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pdfplumber
import pytest

from cast import JUNE, PASSWORD, Staffed, a_paper, a_risk, accepted, said
from watchkeep.apps.discussion import changes as discussion
from watchkeep.apps.evidence import changes as evidence
from watchkeep.apps.history.changes import recording
from watchkeep.apps.indicators import changes as indicators
from watchkeep.apps.people import changes as people
from watchkeep.apps.publication import changes, queries
from watchkeep.apps.publication.models import Edition
from watchkeep.apps.publication.queries import Asked
from watchkeep.apps.register import changes as register_changes
from watchkeep.apps.register.models import Register, Risk
from watchkeep.apps.reviews.subjects import see
from watchkeep.apps.treatment import changes as treatment
from watchkeep.domain.commitment import Promise
from watchkeep.domain.days import later_by_months
from watchkeep.domain.document import (
    Assessment,
    Column,
    DateField,
    Extra,
    Item,
    Loose,
    PartedField,
    Rule,
    Trend,
)
from watchkeep.domain.document import (
    Risk as RiskValue,
)
from watchkeep.domain.edition import Front
from watchkeep.domain.errors import Refused
from watchkeep.domain.indicator import Definition, Reading
from watchkeep.domain.marking import Said
from watchkeep.domain.redaction import for_audience
from watchkeep.formats.writers import KINDS
from watchkeep.gateways.storage import FolderStore
from watchkeep.jobs.papers import make_files

pytestmark = pytest.mark.django_db
PAST, LATER = date(2025, 3, 31), date(2025, 6, 30)
PLANTED = 36
DARK = 73519.25  # a reading of indicators that are withheld, and of nothing else
OPEN = "zqopenvellum"  # stands in what everybody may read: the search must find it
MEASURED = "zqopenlanternry"  # the name of an indicator that everybody may read
CLOSED = Said("internal", "", "")


def mark_of(number: int) -> str:
    """One word that nobody writes, with a letter that HTML escapes and a number of its own."""
    return f"zq{number:02d}kanvellum{number * 7919:06d}"


class Planting:
    """Hands out the marks, each once, with where it stands."""

    def __init__(self) -> None:
        self.where: dict[str, str] = {}

    def __call__(self, where: str) -> str:
        mark = mark_of(len(self.where) + 1)
        self.where[mark] = where
        return mark


def item(text: str) -> Item:
    return Item(state="recorded", text=text)


def ruled(plant: Planting) -> RiskValue:
    """LH1: half of it is closed by its rules, more is never for the public."""
    return a_risk(
        "LH1",
        name=said(f"Fog {OPEN}"),
        description=PartedField(state="recorded", text=f"Fog hides {plant('a description with a rule')}."),
        cause=said(f"The horn is {plant('a cause with a rule')}."),
        controls=(item("A bell is rung"), item(f"Patrol of {plant('a control line with a rule')}")),
        actions=(item("Buy a horn"), item(f"Ask {plant('an action line with a rule')}")),
        contingency=said(f"Sail to {plant('a contingency')}"),
        confidence=said(f"As sure as {plant('confidence')}"),
        unknowns=said(f"Whether {plant('what is not known')}"),
        extra=(
            Extra(heading=plant("the heading of an extra column"), state="recorded", text="x"),
            Extra(heading="Cell", state="recorded", text=plant("an extra column")),
        ),
        trends=(
            Trend(
                state="recorded",
                text="↑",
                period="Q4",
                direction="up",
                movement="worsening",
                reason=plant("why a trend was read so"),
            ),
        ),
        assessments=(
            Assessment(
                stage="residual",
                rating=said("High"),
                rationale=said(f"Because {plant('a rationale')}"),
                basis=said(f"As {plant('what a judgement rests on')} says"),
                by=plant("who judged"),
            ),
        ),
    )


def withheld(plant: Planting) -> RiskValue:
    """A risk that only the body may know of."""
    return a_risk(
        plant("the reference of a withheld risk"),
        name=said(plant("the name of a withheld risk")),
        description=PartedField(state="recorded", text=plant("the description of a withheld risk")),
        category=said(plant("the category of a withheld risk")),
        owner=said(plant("the owner of a withheld risk")),
        controls=(item(plant("a control of a withheld risk")),),
        due_date=DateField(state="recorded", text=plant("the date of a withheld risk")),
        assessments=(Assessment(stage="residual", rating=said(plant("the rating of a withheld risk"))),),
    )


def plant_in_records(staffed: Staffed, plant: Planting) -> None:
    """What only the records know: people, promises, comments, files, evidence, and the rules themselves."""
    by, risk = staffed.administrator, Risk.objects.get(key="LH1").pk
    people.add_person(
        by=by, name=plant("a user's name"), email="x@calder.test", role="reader", password=PASSWORD
    )
    kept = treatment.promise(
        by=by, kind="action", value=Promise("Mend the horn", due_on=LATER), on=PAST, risk=risk
    )
    treatment.slip(
        by=by, commitment=kept, version=1, due_on=date(2025, 9, 30), reason=plant("a slip"), on=LATER
    )
    closed = Promise(plant("a promise with a rule"), definition_of_done=plant("when a promise is kept"))
    treatment.promise(by=by, kind="action", value=closed, on=PAST, risk=risk)
    subject = see(by, "risk", risk)
    discussion.comment(by=by, subject=subject, text=f"I think {plant('a comment')}")
    discussion.attach(
        by=by, subject=subject, name=f"{plant('the name of an attachment')}.pdf", sha256="0" * 64, size=3
    )
    reading = evidence.OnReading(plant("what a reading says"), plant("where it was read"), PAST)
    evidence.bind(by=by, risk=risk, field="controls", text="A bell is rung", rests=reading, on=PAST)
    hidden = Risk.objects.exclude(key__in=["LH1", "LH2"]).get().pk
    measure(by, risk, f"Lamps lit {MEASURED}", "lamps", 5.0)
    closed = plant("the name of an indicator with a rule")
    measure(by, risk, closed, plant("its unit"), DARK, plant("why its limits began anew"))
    measure(by, hidden, plant("the name of an indicator of a withheld risk"), "lamps", DARK)
    ground = Said("internal", plant("the ground of a rule"), plant("the harm of a rule"))
    for field in ("description", "cause", "controls:1", "actions:1", "promises:P2", "indicators:K2"):
        changes.mark(by=by, risk=risk, field=field, said=ground)
    changes.mark(by=by, risk=hidden, field="", said=ground)


def measure(by: Any, risk: Any, name: str, unit: str, level: float, why: str = "") -> None:
    """An indicator of the risk with two years of readings, in the order K1, K2, K3."""
    first = date(2023, 1, 1)
    definition = Definition(name, unit, "down", "month", source=unit, from_on=first)
    made = indicators.open_indicator(by=by, definition=definition)
    values = [Reading(later_by_months(first, each), level + each % 2, note=why) for each in range(24)]
    indicators.observe(by=by, indicator=made, readings=values, source=name)
    if why:
        indicators.rebase(by=by, indicator=made, on=date(2024, 1, 1), reason=f"It was {why}")
        indicators.annotate(by=by, indicator=made, on=date(2024, 3, 1), text=why)
    indicators.attach(by=by, indicator=made, risk=risk, side="cause", from_on=first)


def pieces(data: bytes) -> Iterator[bytes]:
    """The bytes, every part of an archive in them, every stream of a PDF and the text on its pages."""
    yield data
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield archive.comment
            for each in archive.infolist():
                yield each.filename.encode()
                yield from pieces(archive.read(each))
    if data.startswith(b"%PDF-"):
        for stream in re.findall(rb"stream\r?\n(.*?)endstream", data, re.DOTALL):
            try:
                yield zlib.decompressobj().decompress(stream)
            except zlib.error:
                continue
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            yield repr(pdf.metadata).encode()
            for page in pdf.pages:
                yield (page.extract_text() or "").encode()


def spellings(mark: str) -> Iterator[bytes]:
    """The mark as it may stand in bytes."""
    plain = mark.encode()
    yield plain
    for end in ("utf-16-le", "utf-16-be"):
        yield mark.encode(end)
        yield mark.upper().encode(end)
    yield plain.hex().encode()
    yield mark.encode("utf-16-be").hex().encode()
    for shift in range(3):  # base64 of a text in which it begins at any place
        coded = base64.b64encode(b"\0" * shift + plain)
        yield coded[4 if shift else 0 : -4]
    yield "".join(f"&#{ord(sign)};" for sign in mark).encode()


@dataclass(frozen=True)
class Searched:
    """A file in all the ways that somebody may look into it."""

    squeezed: tuple[bytes, ...]
    texts: tuple[str, ...]

    def holds(self, mark: str) -> bool:
        if any(mark in text for text in self.texts):
            return True
        return any(each in piece for piece in self.squeezed for each in spellings(mark))


def searched(data: bytes) -> Searched:
    squeezed = [b"".join(piece.split()) for piece in pieces(data)]
    texts = (html.unescape(each.decode("utf-8", "ignore")).lower() for each in squeezed)
    return Searched(
        tuple(dict.fromkeys([*squeezed, *(each.lower() for each in squeezed)])),
        tuple(text.replace("\u00ad", "").replace("-", "") for text in texts),
    )


def stands(mark: str, data: bytes) -> bool:
    return searched(data).holds(mark)


def frozen(
    staffed: Staffed, files: Path, audience: Any = "public", kinds: Any = tuple(KINDS), **asked: Any
) -> dict[str, bytes]:
    by = staffed.risk_manager
    register = Register.objects.get().pk
    shown = queries.prepared(by, register, audience, Asked(**asked)).gate.digest
    which = changes.freeze(by=by, register=register, audience=audience, asked=Asked(**asked, seen=shown))
    made = make_files(by, which, FolderStore(files), name="register", kinds=kinds)
    return {"names": "".join(each.name for each in queries.edition(by, which).files).encode(), **made}


@pytest.mark.parametrize("spelled", [str, str.upper, lambda mark: " ".join(mark)])
def test_the_search_finds_a_mark_in_any_spelling(spelled: Any) -> None:
    mark = mark_of(7)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xml", f"<a>{spelled(mark)}</a>")
    assert stands(mark, packed.getvalue())
    for data in (
        mark.encode("utf-16-le"),
        base64.b64encode(f"x{mark} and more".encode()),
        mark.encode().hex().encode(),
    ):
        assert stands(mark, data)
    assert not stands(mark_of(8), packed.getvalue())


def test_no_mark_of_what_is_withheld_stands_in_any_byte_for_the_public(staffed: Staffed, files: Path) -> None:
    plant = Planting()
    source = a_paper().source
    assert source is not None
    accepted(
        staffed,
        a_paper(
            ruled(plant),
            a_risk("LH2", name=said("Ice"), description=PartedField(), controls=()),
            withheld(plant),
            day=PAST,
            columns=(Column(heading="Ref", meaning="reference"),),
            header=(Loose(text=plant("text above the table")),),
            unassigned=(Loose(text=plant("text outside the table")),),
            furniture=(Loose(text=plant("a page's furniture")),),
            source=source.model_copy(update={"name": f"{plant('a file name')}.txt"}),
        ),
    )
    plant_in_records(staffed, plant)
    assert len(plant.where) >= PLANTED
    why = f"They are told elsewhere: {plant('why words may stand')}"
    made = frozen(staffed, files, front=Front(purpose="To note"), despite=why)
    assert set(made) == {"names", *KINDS}
    for kind, data in made.items():
        file = searched(data)
        assert [where for mark, where in plant.where.items() if file.holds(mark)] == [], kind
        assert not any(file.holds(each) for each in ("73519.25", "73,519", "73,520")), kind
        assert file.holds(OPEN) or kind == "names", kind
        assert file.holds(MEASURED) == (kind not in ("names", "csv")), kind


def test_what_was_marked_since_the_last_paper_is_in_no_byte_of_the_next(
    staffed: Staffed, files: Path
) -> None:
    mark = mark_of(1)
    by = staffed.administrator
    accepted(staffed, a_paper(a_risk("LH1", cause=said(f"The {mark} is weak")), a_risk("LH2"), day=PAST))
    first = changes.freeze(by=by, register=Register.objects.get().pk, audience="committee")
    make_files(by, first, FolderStore(files), name="first", kinds=("csv",))
    changes.publish(by=by, edition=first)
    assert stands(mark, frozen(staffed, files, "committee", ("csv",))["csv"])
    changes.mark(
        by=by, risk=Risk.objects.get(key="LH1").pk, field="cause", said=Said("internal", "s. 31", "Harm.")
    )
    made = frozen(staffed, files, "committee", ("html", "docx", "xlsx", "csv", "json"))
    assert [kind for kind, data in made.items() if stands(mark, data)] == []


def test_the_document_is_the_same_whatever_a_withheld_risk_says_and_without_it() -> None:
    plant = Planting()
    hidden = withheld(plant).model_copy(update={"rules": (Rule(readers="internal"),)})
    shown = (a_risk("LH1"), a_risk("LH3"))
    with_it = for_audience(a_paper(shown[0], hidden, shown[1]), "public")
    assert with_it.model_dump_json() == for_audience(a_paper(*shown), "public").model_dump_json()


# --- What is marked between two moves ---------------------------------------------------

GROUND = Said("internal", "s. 31", "Harm.")


def mark(staffed: Staffed, key: str, field: str) -> None:
    changes.mark(by=staffed.administrator, risk=Risk.objects.get(key=key).pk, field=field, said=GROUND)


def told(key: str, text: str = "", **more: Any) -> RiskValue:
    """A risk whose words no other has."""
    more = {"name": said(f"Peril {key}"), "controls": (), "actions": ()} | more
    words = PartedField(state="recorded", text=text or f"What {key} would bring upon {key} folk")
    return a_risk(key, description=words, **more)


@pytest.mark.parametrize("field", ["", "description"])
def test_a_rule_made_after_the_freeze_stops_the_paper(staffed: Staffed, field: str) -> None:
    accepted(staffed, a_paper(told("LH1"), told("LH2", name=said("Ice")), day=PAST))
    by, register = staffed.risk_manager, Register.objects.get().pk
    public = changes.freeze(by=by, register=register, audience="public")
    attach(by, public)
    committee = changes.freeze(by=by, register=register, audience="committee")
    attach(by, committee)
    mark(staffed, "LH1", field)
    with pytest.raises(Refused, match=r"frozen before this was marked: .*Peril LH1.*Freeze anew"):
        changes.approve(by=staffed.secretary, edition=public)
    with pytest.raises(Refused, match="Freeze anew"):
        changes.publish(by=by, edition=committee)
    assert queries.narrowed(by, public)
    again = changes.freeze(by=by, register=register, audience="public")
    attach(by, again)
    changes.approve(by=staffed.secretary, edition=again)
    assert queries.narrowed(by, again) is None
    mark(staffed, "LH2", "cause")
    with pytest.raises(Refused, match="Freeze anew"):
        changes.publish(by=by, edition=again)


def test_a_rule_said_anew_that_keeps_back_no_more_stops_nothing(staffed: Staffed) -> None:
    accepted(staffed, a_paper(told("LH1"), told("LH2"), day=PAST))
    mark(staffed, "LH1", "description")
    by = staffed.risk_manager
    which = changes.freeze(by=by, register=Register.objects.get().pk, audience="committee")
    attach(by, which)
    risk = Risk.objects.get(key="LH1").pk
    changes.mark(by=by, risk=risk, field="description", said=Said("internal", "s. 40", "More harm."))
    changes.publish(by=by, edition=which)


def attach(by: Any, which: Any) -> None:
    changes.attach_file(by=by, edition=which, kind="html", sha256="0" * 64, size=3, name="x.html")


# --- The sheet of what is new -------------------------------------------------------------------------------


def published(staffed: Staffed, **asked: Any) -> Any:
    by = staffed.risk_manager
    made = changes.freeze(
        by=by, register=Register.objects.get().pk, audience="committee", asked=Asked(**asked)
    )
    attach(by, made)
    changes.publish(by=by, edition=made)
    return made


@pytest.mark.parametrize("field", ["", "status", "description"])
def test_a_risk_that_was_marked_and_closed_is_told_no_more_than_it_may_be(
    staffed: Staffed, field: str
) -> None:
    mark_, why = mark_of(3), mark_of(4)
    accepted(
        staffed,
        a_paper(
            told("LH1", f"The {mark_} is weak", status=said("Open")), told("LH2", name=said("Ice")), day=PAST
        ),
    )
    published(staffed)
    mark(staffed, "LH1", field)
    risk = Risk.objects.get(key="LH1")
    register_changes.close_risk(
        by=staffed.administrator, risk=risk.pk, version=risk.version, closed_on=PAST, reason=f"It was {why}"
    )
    matter = Edition.objects.get(pk=published(staffed)).matter
    assert mark_ not in matter
    assert (why in matter) == (field == "description")
    assert ("Peril LH1" in matter) == (field != "")


@pytest.mark.parametrize("kept", [True, False])
def test_a_risk_whose_reference_was_withheld_is_known_again(staffed: Staffed, kept: bool) -> None:
    mark_ = mark_of(5)
    accepted(staffed, a_paper(told("LH1", f"The {mark_} is weak", name=said("Fog")), told("LH2"), day=PAST))
    mark(staffed, "LH1", "reference")
    first = published(staffed)
    assert mark_ in Edition.objects.get(pk=first).document
    if not kept:
        with recording(by=staffed.administrator, verb="amend a person"):
            row = Edition.objects.get(pk=first)
            row.keys = ""
            row.save()
    mark(staffed, "LH1", "description")
    fog = told("LH1", "Quite other words", name=said("Fog"))
    accepted(staffed, a_paper(fog, told("LH2"), day=JUNE, words="june"), "june")
    second = Edition.objects.get(pk=published(staffed))
    assert mark_ not in second.matter
    assert "Peril LH2" not in second.matter
