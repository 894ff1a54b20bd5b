"""A forecast or an effect as text that can be kept and read again: the same one is the same text."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from typing import Any

from pydantic import TypeAdapter

from watchkeep.domain.forecast.breach import Breach
from watchkeep.domain.forecast.effect import Effect
from watchkeep.domain.forecast.values import Forecast


def as_text(forecast: Forecast, breaches: Iterable[Breach] = ()) -> str:
    """JSON, its keys in order. Breaches are told with it where given; `read_again` does without them."""
    said = asdict(forecast)
    told = [asdict(each) for each in breaches]
    if told:
        said["breaches"] = told
    return json.dumps(said, sort_keys=True, ensure_ascii=False, default=_plain)


def read_again(text: str) -> Forecast:
    """The forecast that a text keeps."""
    return TypeAdapter(Forecast).validate_json(text)


def effect_as_text(effect: Effect) -> str:
    """An effect as JSON, its keys in order."""
    return json.dumps(asdict(effect), sort_keys=True, ensure_ascii=False, default=_plain)


def effect_again(text: str) -> Effect:
    """The effect that a text keeps."""
    return TypeAdapter(Effect).validate_json(text)


def _plain(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is not kept")
