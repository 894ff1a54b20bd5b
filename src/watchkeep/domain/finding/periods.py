"""The periods of a register in time: which is the newest, and how each is spoken of."""

from __future__ import annotations

import re

from watchkeep.domain import period as periods
from watchkeep.domain.document import RegisterDocument
from watchkeep.domain.period import Period


def _in_time(document: RegisterDocument) -> list[str]:
    """The periods, oldest first: by their quarters where all are known, else in the source's order.

    Bare quarters that run backwards (Q4, Q3, Q2) are read from the last; anything else keeps its order, since
    Q4 followed by Q1 may well be the next year.
    """
    found = list(document.periods())
    if found == ["current", "previous"]:
        return found[::-1]
    dated = [quarter_of(document, each) for each in found]
    if all(dated):
        return [name for _, name in sorted(zip([each.starts for each in dated if each], found, strict=True))]
    bare = [re.fullmatch(r"\s*Q(?:uarter)?\s*([1-4])\s*", each, re.IGNORECASE) for each in found]
    numbers = [int(each[1]) for each in bare if each]
    if len(numbers) == len(found) > 1 and numbers == sorted(set(numbers), reverse=True):
        return found[::-1]
    return found


def quarter_of(document: RegisterDocument, period: str | None) -> Period | None:
    """The quarter that a period is in this register, where it can be known."""
    return periods.meant(period, periods.find(document.period.text or "")) if period else None


def named_period(document: RegisterDocument, period: str) -> str:
    """A period by its full quarter where that is known, else as it is spoken of."""
    quarter = quarter_of(document, period)
    return quarter.label if quarter else spoken_period(period)


def latest_period(document: RegisterDocument) -> str | None:
    """The period that the newest trend column speaks of."""
    found = _in_time(document)
    return found[-1] if found else None


def previous_period(document: RegisterDocument) -> str | None:
    """The one before it, if the register has it."""
    found = _in_time(document)
    return found[-2] if len(found) > 1 else None


def spoken_period(period: str) -> str:
    """A period inside a sentence; readers call a lone trend column `current`, its neighbour `previous`."""
    return {"current": "this period", "previous": "the last period"}.get(period, period)
