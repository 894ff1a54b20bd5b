"""A paper as JSON-ready values, and text without the signs that turn its direction."""

from __future__ import annotations

import re
from collections.abc import Callable

_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")


def as_data(value: object, change: Callable[[str], str]) -> dict[str, object]:
    """A paper (or a piece of one) as JSON-ready values, with `change` made to every string."""
    names = getattr(value, "__dataclass_fields__", {})
    return {name: _as_data(getattr(value, name), change) for name in names}


def without_turns(text: str) -> str:
    """`text` without the signs that force its direction, and so can make it seem to say something else."""
    return _TURNS.sub("", text)


def _as_data(value: object, change: Callable[[str], str]) -> object:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, tuple):
        return [_as_data(each, change) for each in value]
    return as_data(value, change) if hasattr(value, "__dataclass_fields__") else value
