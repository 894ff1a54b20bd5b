"""What of a register an audience may read: a new document built from what is allowed, never a holed copy.

Rules keep back what is allowed otherwise; `residue` looks for what of it still stands in the words that are
left.
"""

from watchkeep.domain.redaction.building import LEFT_OUT, PUBLIC_TEXTS, for_audience, keys_told
from watchkeep.domain.redaction.earlier import as_it_may_be_told
from watchkeep.domain.redaction.laying import with_rules
from watchkeep.domain.redaction.reading import AUDIENCES_RANKED, covers, resolved, withheld_paths
from watchkeep.domain.redaction.residue import Residue, residue
from watchkeep.domain.redaction.withheld import Withheld, markable, withheld

__all__ = [
    "AUDIENCES_RANKED",
    "LEFT_OUT",
    "PUBLIC_TEXTS",
    "Residue",
    "Withheld",
    "as_it_may_be_told",
    "covers",
    "for_audience",
    "keys_told",
    "markable",
    "residue",
    "resolved",
    "with_rules",
    "withheld",
    "withheld_paths",
]
