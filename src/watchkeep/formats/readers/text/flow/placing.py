"""Which risk each stretch of text belongs to, once it is known which column it stands in.

What stands in one row of a woven block, or follows on from left to right without a break, is one unit. A
unit with a reference is that risk's; so is one that runs into the n-th row of values, where there are as
many rows as risks. The others are placed in file order into the cells that are still empty, with what
speaks for and against added up.
"""

from __future__ import annotations

from collections.abc import Sequence

from watchkeep.formats.readers.text.flow.gathering import Placed, cells_of
from watchkeep.formats.readers.text.flow.settling import settle
from watchkeep.formats.readers.text.flow.units import Strand, Unit, units_of
from watchkeep.formats.readers.text.lines import Fragment

# What each way of placing earns: the shares that were right on invented registers not used in building this
# (`python -m benchmarks.reading` measures them anew).
BY_REFERENCE = 0.97
BY_VALUES = 0.85


def place(
    strands: Sequence[Strand], risks: Sequence[str], prose: Sequence[int]
) -> tuple[dict[tuple[int, int], Placed], list[Fragment]]:
    """The cells by (risk, column), and the text that found no place."""
    units = units_of(strands, prose)
    _anchor(units, risks)
    settle(units, len(risks), prose)
    return cells_of(units, len(risks))


def table_order(strands: Sequence[Strand], references: Sequence[str], prose: Sequence[int]) -> list[str]:
    """The references as the table lists them, where the file does not: those that stand in one row with
    values keep the place of those values, and the others fill the places between, in their order.
    """
    own = [_reference_of(unit) for unit in units_of(strands, prose) if _has_values(unit)]
    named = [each for each in own if each is not None]
    if len(own) != len(references) or len(set(named)) < len(named):
        return list(references)
    if all(here is None or here == there for here, there in zip(own, references, strict=True)):
        return list(references)
    rest = iter([each for each in references if each not in named])
    return [each if each is not None else next(rest) for each in own]


def _reference_of(unit: Unit) -> str | None:
    return next((strand.reference for strand in unit.strands if strand.reference), None)


def _has_values(unit: Unit) -> bool:
    return any(strand.values is not None for strand in unit.strands)


def _anchor(units: list[Unit], risks: Sequence[str]) -> None:
    """Give units with a reference to its risk, and, where values and risks are equally many, the n-th to
    the n-th.
    """
    position = {reference: index for index, reference in enumerate(risks)}
    rows = [unit for unit in units if _has_values(unit)]
    for unit in units:
        named = _reference_of(unit)
        if named is not None:
            unit.risk, unit.reason, unit.confidence = (
                position[named],
                "stands in one row with the reference",
                BY_REFERENCE,
            )
    if len(rows) != len(risks):
        return
    if any(unit.risk is not None and unit.risk != index for index, unit in enumerate(rows)):
        return  # the order of the values is not that of the references
    for index, unit in enumerate(rows):
        if unit.risk is None:
            unit.risk = index
            unit.reason = (
                f"runs into row {index + 1} of the values, for risk {index + 1} of {len(risks)} by order"
            )
            unit.confidence = BY_VALUES
