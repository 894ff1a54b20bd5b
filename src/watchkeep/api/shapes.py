"""What goes in and what comes out, as types: the contract that OpenAPI tells."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from ninja import Schema
from pydantic import AfterValidator, ConfigDict, Field


def _without_nul(text: str) -> str:
    if "\x00" in text:
        raise ValueError("a text holds no NUL")
    return text


Text = Annotated[str, AfterValidator(_without_nul)]
Amount = Annotated[float, Field(allow_inf_nan=False)]
Slug = Annotated[str, Field(max_length=200), AfterValidator(_without_nul)]
Reference = Annotated[str, Field(pattern=r"^[A-Za-z]{1,3}[0-9]{1,9}$", examples=["K1"])]


class Shape(Schema):
    """A body that says nothing we do not know."""

    model_config = ConfigDict(extra="forbid")


class ObservationIn(Shape):
    """One reading. `on` is any day of its period. A share may come as its two parts alone."""

    indicator: Reference
    on: date
    value: Amount | None = None
    numerator: Amount | None = None
    denominator: Amount | None = None
    note: Annotated[Text, Field(max_length=1000)] = ""


class Observations(Shape):
    """Readings to record, all or none. `key` (or the header Idempotency-Key) makes sending again safe."""

    observations: Annotated[list[ObservationIn], Field(min_length=1, max_length=10_000)]
    source: Annotated[Text, Field(max_length=400)] = ""
    key: Annotated[Text, Field(max_length=200)] = ""
    reason: Annotated[Text, Field(max_length=2000)] = ""
    early: bool = False


class Recorded(Schema):
    """What became of them; `batch` is none where all of them stood already."""

    batch: int | None
    added: int
    corrected: int
    unchanged: int


class Observation(Schema):
    """A reading that stands."""

    on: date
    value: float | None
    numerator: float | None
    denominator: float | None
    state: str
    revision: int
    note: str


class IndicatorOut(Schema):
    """An indicator, what it measures, and its last reading."""

    reference: str
    name: str
    unit: str
    better: str
    frequency: str
    kind: str
    source: str
    owner: str
    last: Observation | None


class Page(Schema):
    """A part of a list, and how long the whole is."""

    count: int


class IndicatorPage(Page):
    """Indicators in the order of their references."""

    items: list[IndicatorOut]


class ObservationPage(Page):
    """Readings in the order of their days."""

    items: list[Observation]


class RiskOut(Schema):
    """A risk as its register tells it today. What nobody recorded is null; a rating is a word."""

    register_slug: str
    reference: str | None  # none of a draft, which has none before it is opened
    name: str
    state: str
    rating: str | None
    owner: str | None
    category: str | None
    objective: str | None
    said_on: date
    indicators: list[str]


class RiskPage(Page):
    """Risks by their register, then by their reference."""

    items: list[RiskOut]


class ChartOut(Schema):
    """A series judged: its verdict, its limits, the signals on each reading."""

    reference: str
    dialect: str
    verdict: dict[str, Any]
    capability: str | None
    segments: list[dict[str, Any]]
    readings: list[dict[str, Any]]
    cautions: list[str]
    suggestions: list[str]


class Problem(Schema):
    """What was wrong (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    errors: tuple[dict[str, str], ...] = ()
