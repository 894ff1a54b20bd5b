"""Every heading Watchkeep knows, declared once: what readers recognise, and what writers print.

What people call things (gross, net, RAG, direction of travel …) is translated here and appears nowhere else.
"""

from watchkeep.formats.columns.comparing import normal
from watchkeep.formats.columns.known import KNOWN
from watchkeep.formats.columns.printing import printed_heading
from watchkeep.formats.columns.ratings import IMPACT_WORDS, LIKELIHOOD_WORDS
from watchkeep.formats.columns.recognised import Recognised
from watchkeep.formats.columns.recognising import recognise

__all__ = [
    "IMPACT_WORDS",
    "KNOWN",
    "LIKELIHOOD_WORDS",
    "Recognised",
    "normal",
    "printed_heading",
    "recognise",
]
