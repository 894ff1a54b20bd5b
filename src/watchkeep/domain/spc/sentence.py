"""The verdict: the arrow's rule, and the one sentence that names what fired and on which readings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from watchkeep.domain.finding import counted, in_words, listed
from watchkeep.domain.indicator.values import Better, Definition, Frequency
from watchkeep.domain.spc.dialects import ESTABLISHED, LEAST
from watchkeep.domain.spc.marks import Side
from watchkeep.domain.spc.spacing import DAYS, next_period, spoken
from watchkeep.domain.spc.values import Judged, Signal, Verdict, VerdictWord

LATEST: Final = 3  # readings that an arrow is confirmed on
STALE_AFTER: Final = 1.5  # periods after the end of the last one that was read
WORDS: Final[dict[tuple[Side, Better], VerdictWord]] = {
    ("high", "up"): "improving",
    ("low", "up"): "worsening",
    ("high", "down"): "worsening",
    ("low", "down"): "improving",
    ("high", "neither"): "changed high",
    ("low", "neither"): "changed low",
}
_ALOUD: Final[dict[str, str]] = {"changed high": "Changed, higher", "changed low": "Changed, lower"}
_SIGNS: Final[dict[str, str]] = {
    "improving": "improvement",
    "worsening": "worsening",
    "changed high": "a rise",
    "changed low": "a fall",
}


@dataclass(frozen=True, slots=True)
class Ground:
    """What a verdict rests on: the latest stretch's readings with their signals, and how they were tested."""

    readings: tuple[Judged, ...]
    definition: Definition
    reason: str = ""  # of the rebase that opened the stretch
    basis: str = ""  # in words, where it is not the drawn readings
    in_doubt: bool = False  # whether runs may come of readings that resemble each other: none confirms then


def verdict_of(ground: Ground, as_at: date | None, since: date | None) -> Verdict:
    """The arrow's rule: two of the last three readings flagged one way, or the last by a run, confirm it;
    a single flagged reading is to be watched; flags both ways are mixed.
    """
    readings, frequency = ground.readings, ground.definition.frequency
    if not readings:
        return Verdict("too little to say", "Too little to say: there is no reading yet.")
    last = readings[-1].on
    if as_at is not None and is_stale(last, ground.definition, as_at):
        return Verdict(
            "stale", f"Stale: the last reading is that of {spoken(last, frequency)}; a later one is overdue."
        )
    if len(readings) < LEAST:
        return Verdict("too little to say", _too_little(ground))
    provisional = len(readings) < ESTABLISHED
    word, confirmed, told = _arrow(ground, since)
    if provisional:
        told += f" Provisional: its limits rest on {counted(len(readings), 'reading')}."
    return Verdict(word, told, confirmed, provisional)


def is_stale(last: date, definition: Definition, as_at: date) -> bool:
    """Whether more than one and a half periods went by since the last one read ended and was due."""
    end = next_period(last, definition.frequency)
    allowed = STALE_AFTER * DAYS[definition.frequency] + definition.due_after
    return as_at > end + timedelta(days=allowed)


def _too_little(ground: Ground) -> str:
    number = counted(len(ground.readings), "reading")
    since = f" since limits began anew on {_plain(ground.readings[0].on)}" if ground.reason else ""
    verb = "is" if len(ground.readings) == 1 else "are"
    return f"Too little to say: there {verb} {number}{since}, and it takes {in_words(LEAST)}."


def _plain(on: date) -> str:
    return f"{on.day} {on:%B} {on.year}"


def _arrow(ground: Ground, since: date | None) -> tuple[VerdictWord, bool, str]:
    readings = ground.readings
    latest = readings[-LATEST:]
    ways = {each.side for each in latest if each.signals}
    last = readings[-1]
    if "" in ways or len(ways) > 1:
        return "mixed", sum(bool(each.signals) for each in latest) > 1, _both_ways(ground)
    if ways:
        (way,) = ways
        flagged = sum(bool(each.signals) for each in latest)
        run = bool({"shift", "trend"} & set(last.signals))
        word = WORDS[way, ground.definition.better]
        several = flagged > 1 or run
        confirmed = several and not ground.in_doubt
        return word, confirmed, _said(ground, word, way, confirmed, several=several)
    earlier = _since(readings, since, ground.definition.frequency)
    ways = {each.side for each in earlier if each.signals}
    if "" in ways or len(ways) > 1:
        return "mixed", False, "Signals both ways since the last report, and none among the last readings."
    if ways:
        (way,) = ways
        word = WORDS[way, ground.definition.better]
        return word, False, _said(ground, word, way, False, several=False)
    return "steady", False, f"No special cause: nothing stands out among the last readings{_how(ground)}."


def _since(readings: Sequence[Judged], since: date | None, frequency: Frequency) -> Sequence[Judged]:
    """The readings whose period ended on or after the day of the last report."""
    if since is None:
        return readings[-LATEST:]
    return [each for each in readings if next_period(each.on, frequency) > since]


def _how(ground: Ground) -> str:
    return f" ({ground.basis})" if ground.basis else ""


def _said(ground: Ground, word: VerdictWord, way: Side, confirmed: bool, *, several: bool) -> str:
    """The sentence for one direction."""
    found = grounds(ground.readings, way, ground.definition.frequency)
    if confirmed:
        return f"{_ALOUD.get(word, word.capitalize())}: {listed(found)}{_how(ground)}."
    why = "readings that resemble each other run so by chance too" if several else "one reading may be chance"
    return f"A first sign of {_SIGNS[word]}, not confirmed: {found[0]}{_how(ground)}; {why}."


def _both_ways(ground: Ground) -> str:
    frequency = ground.definition.frequency
    parts = [each for way in ("high", "low") for each in grounds(ground.readings, way, frequency)[:1]]
    if not parts:
        last = [each for each in ground.readings if each.meaning == "mixed"][-1]
        rising = "above" if last.value > last.centre else "below"
        parts = [
            f"the reading of {spoken(last.on, frequency)} lies {rising} the mean while the run that it "
            "belongs to goes the other way"
        ]
    return f"Mixed: {listed(parts)}{_how(ground)}."


def grounds(readings: Sequence[Judged], way: Side, frequency: Frequency) -> list[str]:
    """What fired one way, the foremost signal of the last flagged reading first; a run is named beside it."""
    flagged = [place for place, each in enumerate(readings) if each.signals and each.side == way]
    if not flagged:
        return []
    place = flagged[-1]
    signals = readings[place].signals
    told = [_named(readings, place, signals[0], way, frequency)]
    runs = [each for each in signals[1:] if each in ("trend", "shift")]
    return told + [_named(readings, place, each, way, frequency) for each in runs[:1]]


def _named(readings: Sequence[Judged], place: int, signal: Signal, way: Side, frequency: Frequency) -> str:
    limit, side = ("upper", "above") if way == "high" else ("lower", "below")
    if signal == "astronomical":
        near = range(max(0, place - LATEST + 1), place + 1)
        days = [readings[each].on for each in near if _has(readings[each], signal, way)]
        noun = "the reading of" if len(days) == 1 else "the readings of"
        return f"{noun} {listed(spoken(each, frequency) for each in days)} {side} the {limit} limit"
    if signal == "two-of-three":
        days = [each.on for each in readings[max(0, place - 2) : place + 1] if _has(each, signal, way)]
        return f"two of three readings near the {limit} limit, the last that of {spoken(days[-1], frequency)}"
    first = place
    while first and _has(readings[first - 1], signal, way):
        first -= 1
    end = place
    while end + 1 < len(readings) and _has(readings[end + 1], signal, way):
        end += 1
    since = f"since {spoken(readings[first].on, frequency)}"
    if end + 1 < len(readings):
        since = f"from {spoken(readings[first].on, frequency)} to {spoken(readings[end].on, frequency)}"
    number = counted(end - first + 1, "reading")
    if signal == "trend":
        return f"{number} in a row, each {side} the one before, {since}"
    return f"{number} {side} the mean {since}"


def _has(each: Judged, signal: Signal, way: Side) -> bool:
    return signal in each.signals and each.side == way
