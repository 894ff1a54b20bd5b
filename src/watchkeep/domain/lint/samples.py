"""Small registers in plain words, for the examples of the rules."""

from __future__ import annotations

from datetime import date
from typing import Any

from watchkeep.domain.days import day_of
from watchkeep.domain.document import (
    Assessment,
    DateField,
    Field,
    Item,
    Movement,
    Part,
    PartedField,
    Promise,
    PromiseState,
    RegisterDocument,
    Risk,
    Stage,
    Statement,
    Trend,
)
from watchkeep.domain.lint.rule import Example

DAY = date(2026, 3, 31)  # the day that the examples speak of


def text(words: str) -> Field:
    """A recorded field; nothing said is not recorded."""
    return Field(state="recorded", text=words) if words else Field()


def parted(words: str, parts: tuple[tuple[str, str], ...] = ()) -> PartedField:
    """A text that may come in parts."""
    made = tuple(Part(marker=marker, text=said) for marker, said in parts)
    return PartedField(state="recorded", text=words, parts=made) if words else PartedField()


def rated(
    likelihood: str = "", impact: str = "", score: str = "", rating: str = "", stage: Stage = "residual"
) -> Assessment:
    """An assessment, of what remains with the controls where nothing else is said."""
    return Assessment(
        stage=stage,
        likelihood=text(likelihood),
        impact=text(impact),
        score=text(score),
        rating=text(rating),
    )


def moved(movement: Movement, period: str = "Q4", derived: Movement | None = None, basis: str = "") -> Trend:
    """A trend told in a word."""
    return Trend(
        state="recorded", text=movement, period=period, movement=movement, derived=derived, basis=basis
    )


def risk(
    reference: str = "R1",
    *,
    name: str = "Loss of the payroll service",
    description: str = (
        "Because the supplier is leaving the market, the payroll may fail, so that staff are paid late."
    ),
    parts: tuple[tuple[str, str], ...] = (),
    impact: str = "",
    objective: str = "",
    owner: str = "Director of Finance",
    controls: tuple[str, ...] = (),
    actions: tuple[str, ...] = (),
    due: str = "",
    review: str = "",
    assessments: tuple[Assessment, ...] = (),
    trends: tuple[Trend, ...] = (),
    promises: tuple[Promise, ...] = (),
    statements: tuple[Statement, ...] = (),
) -> Risk:
    """A risk that raises no finding of itself; what an example changes is given."""
    return Risk(
        key=reference,
        reference=text(reference),
        name=text(name),
        description=parted(description, parts),
        impact=parted(impact),
        objective=text(objective),
        owner=text(owner),
        controls=tuple(Item(state="recorded", text=each) for each in controls),
        actions=tuple(Item(state="recorded", text=each) for each in actions),
        due_date=_day(due),
        review_date=_day(review),
        assessments=assessments,
        trends=trends,
        promises=promises,
        statements=statements,
    )


def _day(words: str) -> DateField:
    return DateField(state="recorded", text=words, on=day_of(words)) if words else DateField()


def promise(
    title: str, owner: str = "Head of Estates", due: date | None = None, state: PromiseState = "waiting"
) -> Promise:
    """An action that was promised under a risk."""
    return Promise(key=title.casefold(), kind="action", title=title, owner=owner, due=due, state=state)


def register(*risks: Risk, period: str = "2025/26 Q4") -> RegisterDocument:
    """A register of these risks."""
    return RegisterDocument(name=text("Corporate risk register"), period=text(period), risks=risks)


def example(words: str, *risks: Risk, before: tuple[RegisterDocument, ...] = (), **changed: Any) -> Example:
    """The words in a register: of these risks, else of one with `changed`, else of one with that control."""
    told = risks or (risk(**(changed or {"controls": (words,)})),)
    return Example(words, register(*told), DAY, before)
