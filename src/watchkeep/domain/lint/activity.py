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
    r"increased|"
    r"formal)\s+)?(?:exploring|seeking|working (?:with|closely|to|towards|together)|engag(?:ing|ement) with|"
    r"liais(?:ing|on) with|lobby(?:ing)?|raising|attend(?:ing|ance at)|participat(?:ing|ion) in|discussions?|"
    r"dialogue|consider(?:ing)?|looking (?:at|to|into)|developing|improving|increasing|strengthening|"
    r"enhancing|expanding|promoting|encouraging|supporting|influenc(?:e|ing)|review(?:ing)? of|review|"
    r"reviewing|understanding of|understanding|awareness[- ]raising|communicat(?:ing|ions?) with|"
    r"work (?:is )?(?:under ?way|on ?going|continues|continuing|has been undertaken)|delivery of|"
    r"introduction of|relaunch of|development of|implementation of|creation of|clarity of|exploration of|"
    r"scoping|mapping|horizon[- ]scanning|debriefing|encouragement of|"
    r"(?:joint|regional|partnership|multi-agency|collaborative|national|local) working)\b",
    re.IGNORECASE,
)
_SOMEBODY_DOING: Final = re.compile(
    r"^\W*(?:[\w&/’'-]+ ){1,4}?(?:(?:is|are) )?(?:working (?:with|to|hard|closely)|continuing to \w+|"
    r"reviewing|exploring|"
    r"seeking|engaging with|looking (?:at|to|into)|to continue to \w+|tasked? to look|lobbying|"
    r"liaising with)\b",
    re.IGNORECASE,
)


# Watching, or being aware, with nothing said of what is done then: all of the line.
_WATCHED: Final = re.compile(
    r"\W*(?:(?:the |our )?(?:\w+ ){0,3}?(?:is|are|being|remains?|continues? to be) (?:being )?(?:\w+ly )?"
    r"(?:(?:monitored|watched|tracked|kept under (?:\w+ )?(?:review|observation)|under (?:\w+ )?review)"
    r"|aware of (?:the|this|these|all) (?:risks?|issues?|problems?|situation))"
    r"|(?:kept )?under (?:constant|continuous|continual|regular|ongoing|active|close|frequent)? ?review"
    r"|(?:ongoing|regular|close|continuous|constant|continued|active|routine|frequent) "
    r"(?:monitoring|audits?|reviews?|inspections?|checks?|meetings?))"
    r"(?: (?:closely|regularly|continually|carefully|continuously|constantly))?\W*",
    re.IGNORECASE,
)


# "Change Directorate" and "Review Board" name who acts; the first word bids nobody.
_NAMED_SO: Final = re.compile(
    r"^\W*[A-Z]\w+ (?:\w+ )?(?:Directorate|Board|Team|Managers?|Group|Programme|Office|Committee|Officers?|"
    r"Department|Partners?|Panel|Unit|Service|Hub|Desk)\b(?!\s*$)"
)


def names_who_acts(text: str) -> bool:
    """Whether what looks like a bidding word is the first of somebody's name."""
    return _NAMED_SO.match(text) is not None


def active(line: Line) -> bool:
    """Whether it tells of work, and neither of what came of it nor of a day."""
    if line.told or line.times or leaves_open(line) or line.sort.sort == "meeting":
        return False
    if names_who_acts(line.text):
        return False
    bidden = line.sort.sort == "commitment" and BIDDEN.search(line.sort.reason)
    if _WATCHED.fullmatch(line.text):
        return True
    doing = _DOING.match(line.text) or _SOMEBODY_DOING.match(line.text)
    return bool(bidden or (doing and not ACTS.search(line.text)))
