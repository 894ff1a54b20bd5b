"""Whether what was promised is done and what holds risks back does: the counts that Home opens with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from watchkeep.apps.register import queries as registers
from watchkeep.apps.register.queries import RegisterRow
from watchkeep.apps.treatment.queries import CommitmentRow, ControlRow
from watchkeep.domain.appetite import Verdict, tally
from watchkeep.domain.clock import Clock
from watchkeep.domain.document import RegisterDocument
from watchkeep.domain.people import Actor
from watchkeep.web.controls.rows import Part
from watchkeep.web.controls.rows import finding as of_controls
from watchkeep.web.promises.rows import finding as of_promises
from watchkeep.web.register.links import register_link

OUTSIDE: Final[tuple[Verdict, ...]] = ("outside tolerance", "outside appetite")
FIRST_OF_PROMISES = 2  # what is late, and by how much
FIRST_OF_CONTROLS = 4  # how many hold, and how many nobody checked


def holding(
    appetite: tuple[Part, ...], promises: Sequence[CommitmentRow], controls: Sequence[ControlRow]
) -> tuple[tuple[Part, ...], ...]:
    """A line each on appetite, promises and controls, of those that there are, every count a link."""
    lines = (
        appetite,
        _promises(promises),
        _controls(controls),
    )
    return tuple(each for each in lines if each)


def of_appetite(
    viewer: Actor, row: RegisterRow, slug: str, document: RegisterDocument, clock: Clock
) -> tuple[Part, ...]:
    """How many of the risks that the register has on the day stand outside tolerance and outside appetite."""
    beside = registers.beside(viewer, row.id, clock)
    here = {beside[each.key].id for each in document.risks if each.key in beside}
    stands = registers.stands(viewer, row.id, clock)
    counts = dict(tally(each.verdict for risk, each in stands.items() if risk in here))
    said = [(verdict, counts[verdict]) for verdict in OUTSIDE if counts.get(verdict)]
    parts: list[Part] = []
    for place, (verdict, count) in enumerate(said):
        noun = "" if place else (" risk is" if count == 1 else " risks are")
        parts.append(Part(f"{count}{noun} {verdict}", register_link(slug, appetite=verdict)))
        parts.append(Part("." if place == len(said) - 1 else ", "))
    return tuple(parts)


def _promises(rows: Sequence[CommitmentRow]) -> tuple[Part, ...]:
    return tuple(Part(each.text, each.link) for each in of_promises(rows)[:FIRST_OF_PROMISES]) if rows else ()


def _controls(rows: Sequence[ControlRow]) -> tuple[Part, ...]:
    if not any(each.in_force for each in rows):
        return ()
    parts = of_controls(rows)[:FIRST_OF_CONTROLS]
    return parts if parts[-1].text.endswith(".") else (*parts, Part("."))
