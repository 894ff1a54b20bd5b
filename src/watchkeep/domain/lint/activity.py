"""Whether a line in a list of controls is work: to be done, or going on without an end."""

from __future__ import annotations

import re
from typing import Final

from watchkeep.domain.lint.lines import Line
from watchkeep.domain.lint.stale import leaves_open

BIDDEN: Final = re.compile(r"bidding word|piece of work")
# A body that stops, decides or checks something acts on the risk: its meeting is how the control works.
ACTS: Final = re.compile(
    r"\b(?:approv\w+|authoris\w+|sign(?:s|ed)? off|signing off|must|stops?|refus\w+|reject\w+|checks?|"
    r"checked|"
    r"tests?|tested|audit(?:s|ed)?(?! committee| and | panel)|reconcil\w+|verif\w+|releases?|escalat\w+|"
    r"limits?|thresholds?|blocks?|"
    r"before any|cannot|only (?:after|with|when|where)|holds? .{0,20}to account|triggers?)\b",
    re.IGNORECASE,
)
# Work named by what somebody does, without saying what it changes.
_DOING: Final = re.compile(
    r"^\W*(?:(?:continu(?:e|ing|ed) to|continued|ongoing|further|regular|active|closer?|joint|greater|"
    r"increased)\s+)?"
    r"(?:exploring|seeking|working (?:with|closely|to|towards|together)|engag(?:ing|ement) with|"
    r"liais(?:ing|on) with|"
    r"lobbying|raising|attend(?:ing|ance at)|participat(?:ing|ion) in|discussions?|dialogue|consider(?:ing)?|"
    r"looking (?:at|to|into)|developing|improving|promoting|encouraging|supporting|influenc(?:e|ing)|"
    r"review(?:ing)? of|"
    r"review|reviewing|understanding of|understanding|awareness[- ]raising|communicat(?:ing|ions?) with|"
    r"work (?:is )?(?:under ?way|on ?going|continues|continuing|has been undertaken)|delivery of|"
    r"introduction of|"
    r"relaunch of|development of|implementation of|creation of|clarity of|exploration of|scoping|mapping|"
    r"horizon[- ]scanning|encouragement of|horizon scanning)\b",
    re.IGNORECASE,
)


# "Change Directorate" and "Review Board" name who acts; the first word bids nobody.
_NAMED_SO: Final = re.compile(
    r"^\W*[A-Z]\w+ (?:\w+ )?(?:Directorate|Board|Team|Managers?|Group|Programme|Office|Committee|Officers?|"
    r"Department|Partners?|Panel|Unit|Service|Hub|Desk)\b(?!\s*$)"
)


def active(line: Line) -> bool:
    """Whether it tells of work, and neither of what came of it nor of a day."""
    if line.told or line.times or leaves_open(line) or line.sort.sort == "meeting":
        return False
    if _NAMED_SO.match(line.text):
        return False
    bidden = line.sort.sort == "commitment" and BIDDEN.search(line.sort.reason)
    return bool(bidden or (_DOING.match(line.text) and not ACTS.search(line.text)))
