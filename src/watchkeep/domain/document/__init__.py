"""The register document: what one register says as at one date. The waist of the hourglass.

Every reader makes one, every writer takes one, a frozen edition is one. It is a plain immutable value with a
published JSON Schema, so other people's tools can use it. It judges nothing: see draft.py and finding.py.
"""

from watchkeep.domain.document.fields import (
    NOT_RECORDED,
    DateField,
    Direction,
    Extra,
    Field,
    Item,
    Movement,
    Part,
    PartedField,
    State,
    Trend,
)
from watchkeep.domain.document.measure import (
    MOST_POINTS,
    Aim,
    Heard,
    Indicator,
    Point,
)
from watchkeep.domain.document.places import (
    CellPlace,
    LinePlace,
    PagePlace,
    ParagraphPlace,
    Place,
    TablePlace,
)
from watchkeep.domain.document.proof import (
    Basis,
    BasisKind,
    Promise,
    PromiseKind,
    PromiseState,
    Readers,
    Rule,
    Standing,
    Statement,
)
from watchkeep.domain.document.register import (
    FORMAT,
    Band,
    Column,
    Doubt,
    Level,
    Loose,
    RegisterDocument,
    Scale,
    Source,
)
from watchkeep.domain.document.risk import STANDING_ORDER, Assessment, Risk, Stage
from watchkeep.domain.document.values import Frozen, Grown

__all__ = [
    "FORMAT",
    "MOST_POINTS",
    "NOT_RECORDED",
    "STANDING_ORDER",
    "Aim",
    "Assessment",
    "Band",
    "Basis",
    "BasisKind",
    "CellPlace",
    "Column",
    "DateField",
    "Direction",
    "Doubt",
    "Extra",
    "Field",
    "Frozen",
    "Grown",
    "Heard",
    "Indicator",
    "Item",
    "Level",
    "LinePlace",
    "Loose",
    "Movement",
    "PagePlace",
    "ParagraphPlace",
    "Part",
    "PartedField",
    "Place",
    "Point",
    "Promise",
    "PromiseKind",
    "PromiseState",
    "Readers",
    "RegisterDocument",
    "Risk",
    "Rule",
    "Scale",
    "Source",
    "Stage",
    "Standing",
    "State",
    "Statement",
    "TablePlace",
    "Trend",
]
