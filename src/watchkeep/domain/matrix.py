"""A body's own scale: its bands, and where it has them its levels of likelihood and impact with the matrix
that makes a band of two levels. Bands are ordinal: they are looked up and compared, never worked out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from watchkeep.domain import document
from watchkeep.domain.errors import Invalid
from watchkeep.domain.naming import in_words

Kind = Literal["band", "likelihood", "impact"]
KINDS: Final[dict[Kind, str]] = {"band": "band", "likelihood": "likelihood", "impact": "impact"}
MOST_STEPS = 12  # a scale with more is a number in disguise, and its matrix fits no page
FEWEST = 2


@dataclass(frozen=True, slots=True)
class Step:
    """A band or a level, by its name and what the body says that it means."""

    name: str
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class Fall:
    """A place in a matrix where a graver likelihood or impact makes a lesser band."""

    likelihood: str
    impact: str
    band: str
    lesser_likelihood: str
    lesser_impact: str
    graver_band: str

    @property
    def sentence(self) -> str:
        """The two cells, as a person would say them."""
        return (
            f"{self.likelihood} and {self.impact} make {self.band}, though {self.lesser_likelihood} and "
            f"{self.lesser_impact} make {self.graver_band}"
        )


@dataclass(frozen=True, slots=True)
class Graded:
    """A scale, every list from the least to the gravest.

    `matrix` has a row for each likelihood and in it a column for each impact: the band's rank, counted from
    1. `why_it_falls` is the body's reason where a graver level makes a lesser band somewhere.
    """

    bands: tuple[Step, ...]
    likelihood: tuple[Step, ...] = ()
    impact: tuple[Step, ...] = ()
    matrix: tuple[tuple[int, ...], ...] = ()
    why_it_falls: str = ""

    def __post_init__(self) -> None:
        for kind in KINDS:
            _check_steps(kind, self.steps(kind))
        if bool(self.likelihood) != bool(self.impact):
            absent: Kind = "impact" if self.likelihood else "likelihood"
            raise Invalid(absent, f"Give levels of {absent} too, or of neither: a matrix needs both.")
        self._check_matrix()
        falls = tuple(self.falls())
        if falls and not in_words(self.why_it_falls):
            raise Invalid(
                "why_it_falls",
                f"{falls[0].sentence}. Change one of the two cells, or say why this is meant.",
            )

    def steps(self, kind: Kind) -> tuple[Step, ...]:
        """The bands, or the levels of one kind."""
        return {"band": self.bands, "likelihood": self.likelihood, "impact": self.impact}[kind]

    def rank(self, kind: Kind, name: str) -> int | None:
        """The rank of the step of that name, whatever its letter case; nothing where there is none."""
        names = [plain(each.name) for each in self.steps(kind)]
        return names.index(plain(name)) + 1 if plain(name) in names else None

    def band_of(self, likelihood: int, impact: int) -> Step:
        """The band that two levels make, by their ranks."""
        return self.bands[self.matrix[likelihood - 1][impact - 1] - 1]

    def falls(self) -> Iterator[Fall]:
        """Every place where one level graver makes a lesser band."""
        for row, bands in enumerate(self.matrix):
            for column, band in enumerate(bands):
                for up, left in ((row - 1, column), (row, column - 1)):
                    if up >= 0 and left >= 0 and self.matrix[up][left] > band:
                        yield Fall(
                            self.likelihood[row].name,
                            self.impact[column].name,
                            self.bands[band - 1].name,
                            self.likelihood[up].name,
                            self.impact[left].name,
                            self.bands[self.matrix[up][left] - 1].name,
                        )

    def _check_matrix(self) -> None:
        if not self.likelihood:
            if self.matrix:
                raise Invalid(
                    "matrix", "A matrix needs levels of likelihood and impact; this scale has bands only."
                )
            return
        for row, level in enumerate(self.likelihood):
            bands = self.matrix[row] if row < len(self.matrix) else ()
            for column, other in enumerate(self.impact):
                band = bands[column] if column < len(bands) else 0
                if not 1 <= band <= len(self.bands):
                    raise Invalid(
                        "matrix", f"Say which band {level.name} likelihood and {other.name} impact make."
                    )
        if len(self.matrix) > len(self.likelihood) or any(len(row) > len(self.impact) for row in self.matrix):
            raise Invalid("matrix", "The matrix has more cells than the scale has levels.")

    def as_document(self, reason: str) -> document.Scale:
        """The scale as a register document carries it: names and order, without the matrix."""
        return document.Scale(
            bands=tuple(document.Band(name=name, rank=rank) for rank, name in _ranked(self.bands)),
            likelihood=tuple(document.Level(name=name, rank=rank) for rank, name in _ranked(self.likelihood)),
            impact=tuple(document.Level(name=name, rank=rank) for rank, name in _ranked(self.impact)),
            basis="stated",
            reason=reason,
        )


@dataclass(frozen=True, slots=True)
class Rated:
    """A rating as it is stored: names of the scale's own steps; an empty text was not given."""

    likelihood: str
    impact: str
    band: str


def rated(scale: Graded, *, likelihood: str = "", impact: str = "", band: str = "") -> Rated:
    """The rating in the scale's own words. Two levels make their band; a band alone stays a band alone."""
    given = {"likelihood": likelihood.strip(), "impact": impact.strip(), "band": band.strip()}
    ranks = {kind: _rank_given(scale, kind, given[kind]) for kind in KINDS}
    if bool(ranks["likelihood"]) != bool(ranks["impact"]):
        absent = "impact" if ranks["likelihood"] else "likelihood"
        raise Invalid(absent, f"Give the {absent} too: one of the two makes no band.")
    made = scale.band_of(ranks["likelihood"], ranks["impact"]).name if ranks["likelihood"] else ""
    named = scale.bands[ranks["band"] - 1].name if ranks["band"] else ""
    if made and named and made != named:
        raise Invalid(
            "rating",
            f"{given['likelihood']} likelihood and {given['impact']} impact make {made} on this scale, not "
            f"{named}. Leave the band out, or give the band alone.",
        )
    if not made and not named:
        raise Invalid("rating", "Give a likelihood and an impact, or a band.")
    return Rated(
        likelihood=scale.likelihood[ranks["likelihood"] - 1].name if ranks["likelihood"] else "",
        impact=scale.impact[ranks["impact"] - 1].name if ranks["impact"] else "",
        band=made or named,
    )


def plain(name: str) -> str:
    """A name as names are compared: without a difference of letter case or spacing."""
    return " ".join(name.split()).casefold()


def _rank_given(scale: Graded, kind: Kind, name: str) -> int:
    """The rank of what was given, 0 where nothing was; refused where the scale has no such step."""
    if not name:
        return 0
    found = scale.rank(kind, name)
    if found is None:
        known = [each.name for each in scale.steps(kind)]
        offered = f"it has {', '.join(known)}" if known else "it has bands only"
        raise Invalid(
            "rating" if kind == "band" else kind, f"This scale has no {kind} called “{name}”; {offered}."
        )
    return found


def _check_steps(kind: Kind, steps: Sequence[Step]) -> None:
    if kind != "band" and not steps:
        return
    many = "bands" if kind == "band" else f"levels of {kind}"
    if len(steps) < FEWEST:
        raise Invalid(kind, f"Give at least two {many}, the least first.")
    if len(steps) > MOST_STEPS:
        raise Invalid(kind, f"{len(steps)} {many} are too many to tell apart; give {MOST_STEPS} at most.")
    met: set[str] = set()
    for each in steps:
        name = plain(each.name)
        if not name:
            raise Invalid(kind, f"One of the {many} has no name.")
        if name in met:
            raise Invalid(kind, f"“{each.name}” is there twice; {many} need different names.")
        met.add(name)


def _ranked(steps: Sequence[Step]) -> Iterator[tuple[int, str]]:
    for rank, step in enumerate(steps, 1):
        yield rank, step.name
