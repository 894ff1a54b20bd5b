"""How many risks stand in each band, or have each score."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from watchkeep.domain.document import Field, RegisterDocument, Risk


@dataclass(frozen=True, slots=True)
class BandCount:
    """How many risks stand in one band. `rank` is none for a word that the scale does not know."""

    name: str
    rank: int | None
    risks: tuple[str, ...]  # keys

    @property
    def count(self) -> int:
        """How many."""
        return len(self.risks)


def standing_rating(risk: Risk) -> Field:
    """The rating in words that the risk stands at, or that none is recorded."""
    found = risk.standing
    return found.rating if found else Field()


def bands_of(document: RegisterDocument) -> tuple[tuple[BandCount, ...], tuple[str, ...]]:
    """How many stand in each band, highest first, then in unknown words; and whom none holds."""
    keys: dict[str, list[str]] = {}
    names: dict[str, str] = {}
    unrated = []
    for risk in document.risks:
        text = " ".join((standing_rating(risk).text or "").split())
        if not text:
            unrated.append(risk.key)
            continue
        keys.setdefault(text.casefold(), []).append(risk.key)
        names.setdefault(text.casefold(), text)
    known = sorted(document.scale.bands, key=lambda band: -band.rank)
    counts = [BandCount(band.name, band.rank, tuple(keys.pop(band.name.casefold(), ()))) for band in known]
    counts += [BandCount(names[word], None, tuple(found)) for word, found in keys.items()]
    return tuple(counts), tuple(unrated)


def scores_of(document: RegisterDocument) -> tuple[tuple[str, int], ...]:
    """Each score and how many risks have it, highest first."""
    tally: Counter[str] = Counter()
    for risk in document.risks:
        found = risk.standing
        if found and found.score.text and _number(found.score.text) is not None:
            tally[found.score.text.strip()] += 1
    return tuple(sorted(tally.items(), key=lambda pair: -(_number(pair[0]) or 0)))


def _number(text: str) -> float | None:
    """The number that a score is, if it is nothing else."""
    return float(text) if re.fullmatch(r"\s*\d{1,4}(?:\.\d{1,2})?\s*", text) else None
