"""Which risks have a slide: the highest bands, as many as a meeting can look at."""

from __future__ import annotations

from dataclasses import dataclass

from watchkeep.domain.document import RegisterDocument
from watchkeep.domain.finding import counted, finding, in_words, listed

MOST = 10


@dataclass(frozen=True, slots=True)
class Top:
    """The risks by key, worst first, and why these."""

    keys: tuple[str, ...]
    why: str


def top_of(document: RegisterDocument) -> Top:
    """Whole bands from the highest while they fit; of a first band that is too big, as many as fit.

    `document` has its worst risks first.
    """
    every = tuple(risk.key for risk in document.risks)
    whole = counted(len(every), "risk")
    if len(every) <= MOST:
        return Top(every, f"All {whole} are here, the highest rated first." if len(every) > 1 else "")
    chosen: list[str] = []
    bands: list[str] = []
    for band in finding(document).bands:
        if band.rank is None or len(chosen) + band.count > MOST:
            break
        if band.count:
            chosen += band.risks
            bands.append(band.name)
    if bands:
        keys = tuple(key for key in every if key in set(chosen))
        stand = "stands" if len(keys) == 1 else "stand"
        return Top(keys, f"Of {whole}, the {in_words(len(keys))} that {stand} at {listed(bands)} are here.")
    return Top(every[:MOST], f"Of {whole}, the first {in_words(MOST)} are here, the highest rated first.")
