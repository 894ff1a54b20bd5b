"""The order of a register's bands: by what rating words generally mean, else by the order they appear in.

Bands are ordinal: they are ranked and compared here, never added up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from watchkeep.domain.document import Band, Level, Scale

# How strong the general meaning of a word is. Words of one strength are synonyms; a combination
# ("low-medium",
# "amber/red") stands midway between its halves.
STRENGTH = {
    "none": 0, "nil": 0, "negligible": 10, "insignificant": 10, "very low": 10, "trivial": 10, "rare": 10,
    "remote": 10, "very unlikely": 10, "highly unlikely": 10, "minimal": 10, "limited": 15,
    "low": 20, "minor": 20, "green": 20, "unlikely": 20, "slight": 20, "acceptable": 20, "tolerable": 25,
    "yellow": 35, "medium": 40, "moderate": 40, "amber": 40, "possible": 40, "occasional": 40, "orange": 50,
    "significant": 55, "substantial": 55, "considerable": 55, "high": 60, "major": 60, "red": 60,
    "likely": 60,
    "probable": 60, "serious": 60, "very " "likely": 75, "very " "high": 75, "highly " "likely": 75,
    "almost " "certain": 80,
    "certain": 85, "severe": 75, "critical": 80, "extreme": 80, "unacceptable": 80, "catastrophic": 85,
    "black": 85, "purple": 85,
}  # fmt: skip
STATED = re.compile(
    r"\b(?P<first>lowest|least|highest|most)(?: \w+)? to (?:the )?(?:highest|most|lowest|least)[^:.]{0,30}:"
    r"\s*(?P<names>[^.:]{3,200})",
    re.IGNORECASE,
)
UNORDERED = "the order of the bands could not be told from their names: they stand in order of appearance"


def strength(name: str) -> float | None:
    """How strong a rating word generally is, or nothing where it is not a known one."""
    text = " ".join(re.sub(r"[^a-z/&-]+", " ", name.casefold()).split())
    plain = text.replace("-", " ")
    for ending in (" risk", " likelihood", " impact", " probability"):
        plain = plain.removesuffix(ending)
    if plain in STRENGTH:
        return STRENGTH[plain]
    halves = [
        half for half in re.split(r"\s*(?:/|-|&|\bto\b|\band\b|\s)\s*", text) if half and half != "risk"
    ]
    if len(halves) == 2 and all(half in STRENGTH for half in halves):
        return (STRENGTH[halves[0]] + STRENGTH[halves[1]]) / 2
    return None


def is_rating_word(text: str) -> bool:
    """Whether a text is a word that ratings are commonly given in."""
    return strength(text) is not None


def scale_of(
    ratings: Iterable[str], *, likelihoods: Iterable[str] = (), impacts: Iterable[str] = ()
) -> Scale:
    """The scale that these ratings seem to be drawn from; numbers alone name no band."""
    names = _distinct(each for each in ratings if re.search(r"[^\W\d_]", each))
    likelihood, impact = _levels(likelihoods), _levels(impacts)
    if not names:
        return Scale(likelihood=likelihood, impact=impact)
    strengths = [strength(name) for name in names]
    known = [each for each in strengths if each is not None]
    if len(known) < len(names):
        bands = tuple(Band(name=name, rank=rank) for rank, name in enumerate(names, 1))
        return Scale(bands=bands, likelihood=likelihood, impact=impact, basis="inferred", reason=UNORDERED)
    order = sorted(zip(known, names, strict=True), key=lambda pair: pair[0])
    reason = "the order of the bands follows the general meaning of their names"
    if len(set(known)) < len(names):
        reason += "; two names mean about the same, and stand in order of appearance"
    bands = tuple(Band(name=name, rank=rank) for rank, (_, name) in enumerate(order, 1))
    return Scale(bands=bands, likelihood=likelihood, impact=impact, basis="inferred", reason=reason)


def in_stated_order(scale: Scale, text: str) -> Scale:
    """The scale in the order that a key in `text` states: "Ratings from lowest to highest: Low, …".

    The key counts only where it names every band that the register uses.
    """
    for match in STATED.finditer(" ".join(text.split())):
        names = [
            each.strip(" .") for each in re.split(r",|;|<|>|\band\b", match["names"]) if each.strip(" .")
        ]
        if match["first"].casefold() in ("highest", "most"):
            names.reverse()
        known = {name.casefold() for name in names}
        if len(known) == len(names) > 1 and all(band.name.casefold() in known for band in scale.bands):
            bands = tuple(Band(name=name, rank=rank) for rank, name in enumerate(names, 1))
            stated = {"bands": bands, "basis": "stated", "reason": "a key in the file states the order"}
            return scale.model_copy(update=stated)
    return scale


def _distinct(names: Iterable[str]) -> list[str]:
    seen: dict[str, str] = {}
    for name in names:
        even = " ".join(name.split())
        if even:
            seen.setdefault(even.casefold(), even)
    return list(seen.values())


def _levels(texts: Iterable[str]) -> tuple[Level, ...]:
    names = _distinct(texts)
    numbers = [float(name) for name in names if re.fullmatch(r"\d+(?:\.\d+)?", name)]
    if names and len(numbers) == len(names):
        ordered = [name for _, name in sorted(zip(numbers, names, strict=True))]
    elif names and all(is_rating_word(name) for name in names):
        ordered = sorted(names, key=lambda name: strength(name) or 0)
    else:
        return ()
    return tuple(Level(name=name, rank=rank) for rank, name in enumerate(ordered, 1))


def shade(scale: Scale, band: str | None, steps: int = 5) -> int | None:
    """Which of `steps` shades (1 the palest) a band is drawn in, spread evenly over the scale's bands."""
    found = scale.band(band)
    if found is None:
        return None
    top = max(each.rank for each in scale.bands)
    if top == 1:
        return (steps + 1) // 2
    return 1 + round((found.rank - 1) * (steps - 1) / (top - 1))
