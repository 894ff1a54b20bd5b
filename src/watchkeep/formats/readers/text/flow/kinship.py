"""How much of its rarer vocabulary a text shares with another."""

from __future__ import annotations

import re
from collections import Counter
from math import log, sqrt

from watchkeep.formats.readers.text.flow.units import Unit


class Kinship:
    """How much of its rarer vocabulary a unit shares with what a risk has already (0 to 1)."""

    def __init__(self, units: list[Unit], count: int) -> None:
        self.bags = [Counter(_stems(unit.words)) for unit in units]
        spread = Counter(word for bag in self.bags for word in bag)
        total = len(units) or 1
        self.weight = {word: log(total / seen) for word, seen in spread.items()}
        self.known: list[Counter[str]] = [Counter() for _ in range(count)]
        for unit, bag in zip(units, self.bags, strict=True):
            if unit.risk is not None:
                self.known[unit.risk].update(bag)
        self.sizes = [self._size(bag) for bag in self.known]

    def of(self, index: int) -> list[float]:
        """The kinship of one unit with each risk."""
        bag = self.bags[index]
        size = self._size(bag)
        return [
            sum(self.weight[word] ** 2 for word in bag if word in known) / (size * other)
            if size and other
            else 0.0
            for known, other in zip(self.known, self.sizes, strict=True)
        ]

    def _size(self, bag: Counter[str]) -> float:
        return sqrt(sum(self.weight.get(word, 0.0) ** 2 for word in bag))


def _stems(text: str) -> list[str]:
    return [word[:7] for word in re.findall(r"[a-z]{4,}", text.casefold())]
