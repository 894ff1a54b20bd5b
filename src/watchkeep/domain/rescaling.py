"""An old assessment read on a newer version of its scale: beside what was said then, never in its place.

A step is found again by its name, or by the counterpart that the newer version states for it. What has no
counterpart cannot be restated, and that is an answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from watchkeep.domain.matrix import KINDS, Graded, Kind, plain

Counterparts = Mapping[tuple[Kind, str], int | None]


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a scale, and what the steps of the version before it are called in this one.

    `counterparts` goes by kind and old name (as `plain` writes it) to a rank here, or to none where nothing
    here means the same. A step that it does not name keeps its name.
    """

    id: str
    number: int
    scale: Graded
    counterparts: Counterparts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Said:
    """A rating as it was given, in words; an empty one was not given."""

    band: str = ""
    likelihood: str = ""
    impact: str = ""


@dataclass(frozen=True, slots=True)
class Restated:
    """What was said, on a newer version: the band's rank and name with the way it was found, or why not."""

    rank: int | None
    name: str
    basis: str

    @property
    def found(self) -> bool:
        """Whether it could be restated."""
        return self.rank is not None


def restated(said: Said, path: Sequence[Version]) -> Restated:
    """`said` on the last version of `path`, which begins with the one that follows its own.

    Two levels are carried over and read in the new matrix; a band alone is carried over as a band.
    """
    if not path:
        raise ValueError("a path of versions has at least one")
    target = path[-1]
    if said.likelihood and said.impact and target.scale.likelihood:
        return _by_levels(said, path)
    if not said.band:
        return Restated(None, "", "no band was given")
    rank, why = _carried("band", said.band, path)
    if rank is None:
        return Restated(None, "", why)
    return Restated(rank, target.scale.bands[rank - 1].name, why)


def unnamed(old: Graded, new: Graded) -> tuple[tuple[Kind, str], ...]:
    """The steps of `old` that `new` has no step of that name for: what a new version is asked about."""
    kinds: tuple[Kind, ...] = ("band", "likelihood", "impact")
    return tuple(
        (kind, step.name)
        for kind in kinds
        if new.steps(kind)
        for step in old.steps(kind)
        if new.rank(kind, step.name) is None
    )


def differences(old: Graded, new: Graded) -> tuple[str, ...]:
    """What a new version changes, a sentence each: its steps, and cells that make another band."""
    return (*steps_changed(old, new), *_cells_changed(old, new))


def steps_changed(old: Graded, new: Graded) -> tuple[str, ...]:
    """The bands and levels that come, go or stand in another order."""
    said: list[str] = []
    for kind in KINDS:
        before = [plain(step.name) for step in old.steps(kind)]
        after = [plain(step.name) for step in new.steps(kind)]
        noun = "Band" if kind == "band" else f"Level of {kind}"
        said += [f"{noun} {step.name} is new." for step in new.steps(kind) if plain(step.name) not in before]
        said += [f"{noun} {step.name} is gone." for step in old.steps(kind) if plain(step.name) not in after]
        stayed = [name for name in before if name in after]
        if stayed != [name for name in after if name in before]:
            said.append(f"The order of the {'bands' if kind == 'band' else f'levels of {kind}'} is another.")
    return tuple(said)


def _cells_changed(old: Graded, new: Graded) -> Iterator[str]:
    if not old.matrix or not new.matrix:
        return
    for row, likelihood in enumerate(new.likelihood, 1):
        for column, impact in enumerate(new.impact, 1):
            was = old.rank("likelihood", likelihood.name), old.rank("impact", impact.name)
            if was[0] is None or was[1] is None:
                continue
            before, after = old.band_of(was[0], was[1]).name, new.band_of(row, column).name
            if plain(before) != plain(after):
                two = f"{likelihood.name} likelihood and {impact.name} impact"
                yield f"{two} make {after}; they made {before}."


def _by_levels(said: Said, path: Sequence[Version]) -> Restated:
    likelihood, why = _carried("likelihood", said.likelihood, path)
    if likelihood is None:
        return Restated(None, "", why)
    impact, why_impact = _carried("impact", said.impact, path)
    if impact is None:
        return Restated(None, "", why_impact)
    scale = path[-1].scale
    band = scale.band_of(likelihood, impact)
    rank = scale.rank("band", band.name)
    names = f"{scale.likelihood[likelihood - 1].name} likelihood and {scale.impact[impact - 1].name} impact"
    return Restated(rank, band.name, f"{names} on the matrix of version {path[-1].number}")


def _carried(kind: Kind, name: str, path: Sequence[Version]) -> tuple[int | None, str]:
    """The rank of a step on the last version, and how it was found there or where it was lost."""
    rank, by_name = None, True
    for version in path:
        stated = (kind, plain(name)) in version.counterparts
        rank = version.counterparts[kind, plain(name)] if stated else version.scale.rank(kind, name)
        if rank is None:
            lost = "says that nothing means the same as" if stated else f"has no {kind} called"
            return None, f"version {version.number} {lost} {name}"
        by_name = by_name and not stated
        name = version.scale.steps(kind)[rank - 1].name
    how = "the same name" if by_name else "the stated counterpart"
    return rank, f"by {how} in version {path[-1].number}"
