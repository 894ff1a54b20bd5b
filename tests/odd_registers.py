"""Invented registers for the writers' tests: an ordinary one, and the unusual ones that papers break on."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeVar

from watchkeep.domain.document import (
    Assessment,
    Band,
    Column,
    DateField,
    Doubt,
    Extra,
    Field,
    Item,
    Loose,
    Part,
    PartedField,
    RegisterDocument,
    Risk,
    Scale,
    Trend,
)
from watchkeep.domain.edition import Edition

Kind = TypeVar("Kind", bound=Field)

EDITION = Edition(
    title="Risk register, 2026/27 Q2",
    frozen_on=date(2026, 10, 12),
    sequence=4,
    as_at=date(2026, 9, 30),
    audience="committee",
    marking="Official",
    ledger_head="0f1e2d3c4b5a6978" * 4,
)
SCALE = Scale(
    bands=tuple(
        Band(name=name, rank=rank) for rank, name in enumerate(("Low", "Medium", "High", "Severe"), start=1)
    ),
    basis="inferred",
    reason="the general meaning of the words",
)
COLUMNS = (
    ("Ref", "reference"),
    ("Risk", "name"),
    ("Residual rating", "assessments:residual:rating"),
    ("Description", "description"),
    ("Controls in place", "controls"),
    ("Q1 trend", "trends:Q1"),
    ("Q2 trend", "trends:Q2"),
    ("Owner", "owner"),
)


def said(text: str, kind: type[Kind] = Field, **rest: Any) -> Kind:  # type: ignore[assignment]  # the plain field
    """A recorded field of any kind."""
    return kind(state="recorded", text=text, **rest)


def rated(word: str) -> tuple[Assessment, ...]:
    """A residual rating in a word."""
    return (Assessment(stage="residual", rating=said(word)),)


def trend(period: str, way: str) -> Trend:
    """`worse`, `same`, `better`, `n/a`, or nothing recorded for anything else."""
    if way == "n/a":
        return Trend(period=period, state="not applicable")
    arrows = {
        "worse": ("↑", "up", "worsening"),
        "same": ("→", "level", "steady"),
        "better": ("↓", "down", "improving"),
    }
    if way not in arrows:
        return Trend(period=period)
    text, direction, movement = arrows[way]
    return said(text, Trend, period=period, direction=direction, movement=movement)


def ordinary() -> RegisterDocument:
    """Four risks in eight columns: parts, shared controls, lost and inapplicable trends, one owner."""
    parted = PartedField(
        state="recorded",
        text="(i) The ferry slipway settles further.\n(ii) The pilot launch is late.",
        parts=(
            Part(marker="(i)", text="The ferry slipway settles further."),
            Part(marker="(ii)", text="The pilot launch is late."),
        ),
    )
    risks = (
        Risk(
            key="HA1",
            reference=said("HA1"),
            name=said("Slipway & pilot launch"),
            description=parted,
            controls=(
                said("Weekly level survey", Item, part="i", marker="(i)"),
                said("Load limit on the slipway", Item, part="i", marker="-"),
                said("Launch inspected by May 2026", Item, part="ii", marker="(ii)"),
            ),
            trends=(trend("Q1", "same"), trend("Q2", "worse")),
            assessments=rated("Severe"),
            owner=said("Harbour Engineer"),
        ),
        Risk(
            key="HA2",
            reference=said("HA2"),
            name=said("Berth income"),
            description=said("Fees fall £40,000 short of the plan - chiefly in winter.", PartedField),
            controls=(
                said("Monthly budget meeting", Item, marker="-"),
                said("Reserve of £25,000", Item, marker="-"),
            ),
            trends=(trend("Q1", "worse"), trend("Q2", "better")),
            assessments=rated("Medium"),
        ),
        Risk(
            key="HA3",
            reference=said("HA3"),
            name=said("Ice on the quay"),
            description=said("Visitors slip where the drains freeze.", PartedField),
            controls=(said("Grit bins filled each November", Item),),
            trends=(trend("Q1", "n/a"), trend("Q2", "lost")),
            assessments=rated("Medium"),
        ),
        Risk(
            key="HA4",
            reference=said("HA4"),
            name=said("Tide gauge"),
            trends=(trend("Q1", "lost"), trend("Q2", "same")),
        ),
    )
    return RegisterDocument(
        body=said("Saltmarsh Harbour Board"),
        name=said("Harbour risk register"),
        period=said("2026/27 Q2"),
        as_at=said("30 September 2026", DateField, on=date(2026, 9, 30)),
        scale=SCALE,
        rising_basis="stated",
        columns=tuple(Column(heading=heading, meaning=meaning) for heading, meaning in COLUMNS),
        risks=risks,
        unassigned=(Loose(text="A line that nobody can place."),),
        doubts=(Doubt(code="lost trend", sentence="The trend of one risk cannot be read.", risk="HA3"),),
    )


def register(*risks: Risk, **rest: Any) -> RegisterDocument:
    """A register of these risks and nothing else."""
    return RegisterDocument(**{"name": said("Unusual register"), "risks": risks, **rest})


def forty_columns() -> RegisterDocument:
    """A five-by-five register: scores, owners, dates, and enough further columns to make forty."""
    named = (
        ("Ref", "reference"),
        ("Risk", "name"),
        ("Description", "description"),
        ("Owner", "owner"),
        ("L", "assessments:residual:likelihood"),
        ("I", "assessments:residual:impact"),
        ("Score", "assessments:residual:score"),
        ("Due", "due_date"),
    )
    further = tuple((f"Further {number}", "extra") for number in range(32))
    risks = (
        Risk(
            key=f"S{number}",
            reference=said(f"S{number}"),
            name=said(f"Matter {number}"),
            description=said("Something may go wrong here.", PartedField),
            owner=said("Director of Works"),
            assessments=(
                Assessment(
                    stage="residual",
                    likelihood=said(str(number % 5 + 1)),
                    impact=said("4"),
                    score=said(str((number % 5 + 1) * 4)),
                ),
            ),
            due_date=said("1 May 2026", DateField, on=date(2026, 5, 1)),
            extra=tuple(
                said(f"Value {each} of {number}", Extra, heading=f"Further {each}") for each in range(32)
            ),
        )
        for number in range(7)
    )
    columns = tuple(Column(heading=heading, meaning=meaning) for heading, meaning in named + further)
    day = said("30 June 2026", DateField, on=date(2026, 6, 30))
    return register(*risks, columns=columns, as_at=day)


def very_long() -> RegisterDocument:
    """A description of 100,000 characters, a name of 300, a word of 400, and 500 controls."""
    sentence = "This sentence is number {:05} of very many in this text. "
    return register(
        Risk(
            key="1",
            reference=said("V1"),
            name=said("n" * 300),
            description=said("".join(sentence.format(number) for number in range(1900)), PartedField),
            controls=tuple(said(f"Control {number:03} is kept", Item) for number in range(500)),
            assessments=rated("High"),
        ),
        Risk(key="2", reference=said("V2"), name=said("Unbroken"), description=said("w" * 400, PartedField)),
        scale=SCALE,
    )


def other_scripts() -> RegisterDocument:
    """Right-to-left text, faces, ideographs, turned text and what looks like markup."""
    return register(
        Risk(
            key="1",
            reference=said("U1"),
            name=said("مخاطر البيانات"),
            description=said("סיכון לפרטיות beside English", PartedField),
            controls=(said("\U0001f534 Red circle, \U0001f600 face", Item), said("漢字", Item)),
            assessments=rated("\U0001f7e2 Green"),
        ),
        Risk(
            key="2",
            reference=said("U2"),
            name=said('#panic("x") *b* $x$ <script>alert(1)</script> @ref'),
            description=said("bell \x07 turned \u202ereversed\u202c end", PartedField),
        ),
    )


def one_risk() -> RegisterDocument:
    """A name and nothing else."""
    return register(Risk(key="1", name=said("The only one")))


UNUSUAL = {
    "forty columns": forty_columns,
    "very long": very_long,
    "other scripts": other_scripts,
    "one risk": one_risk,
    "no risks": RegisterDocument,
}
