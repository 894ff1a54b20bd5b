"""The lines of a register that say what is done about a risk, read sentence by sentence: what is promised,
by when, and what came of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from watchkeep.domain.lint.paper import Paper, Passage
from watchkeep.domain.lint.sentences import Span, sentences
from watchkeep.domain.lint.times import Named, times
from watchkeep.domain.sorting import Suggestion, suggest

LONGEST: Final = 1000  # signs of a sentence that are sorted; what is longer is no line of a register
DOING: Final = ("controls", "actions", "treatment", "contingency", "status", "extra")


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of what is done about a risk, and the times that it names."""

    passage: Passage
    start: int
    end: int
    times: tuple[Named, ...]
    followed: str = ""  # the sentence after it
    dated_beside: bool = False  # what it is joined to by a semicolon names a time

    @property
    def text(self) -> str:
        """Its characters."""
        return self.passage.text[self.start : self.end]

    @property
    def sort(self) -> Suggestion:
        """What it most likely is: a control, a commitment, a meeting, a measure or none of them."""
        return _suggested(self.text[:LONGEST])

    @property
    def told(self) -> bool:
        """Whether it says what came of it: done, refused, put off."""
        return bool(
            OUTCOME.search(self.text) or _FOLLOW_UP.match(self.text) or _FOLLOW_UP.match(self.followed)
        )

    @property
    def told_ended(self) -> bool:
        """Whether it says that it has ended."""
        return _ENDED.search(self.text) is not None


@lru_cache(maxsize=8192)
def _suggested(text: str) -> Suggestion:
    return suggest(text)


@lru_cache(maxsize=8192)
def _timed(text: str, as_at: date | None) -> tuple[Named, ...]:
    return times(text, as_at)


def lines(paper: Paper, *kinds: str) -> Iterator[Line]:
    """Every sentence of these fields. What a promise of the records says already is left to it."""
    for passage in paper.of(*(kinds or DOING)):
        if passage.kind in ("controls", "actions") and promised(passage):
            continue
        spans = sentences(passage.text)
        timed = [_timed(passage.text[start:end], paper.as_at) for start, end in spans]
        for place, (start, end) in enumerate(spans):
            beside = any(timed[other] for other in _joined(passage.text, spans, place))
            after = passage.text[slice(*spans[place + 1])] if place + 1 < len(spans) else ""
            yield Line(passage, start, end, timed[place], after, beside)


def unpromised(paper: Paper, *kinds: str) -> Iterator[Line]:
    """The same without the lines that promises were made from: those are judged by what became of the
    promise, and not by their own words, which stay as they were written.
    """
    for line in lines(paper, *kinds):
        passage = line.passage
        among = passage.kind in ("controls", "actions") and passage.risk.promises
        if not any(passage.text in each.lines for each in among or ()):
            yield line


def _joined(text: str, spans: tuple[Span, ...], place: int) -> Iterator[int]:
    """The places of the pieces that a semicolon joins to this one."""
    for step in (-1, 1):
        other = place
        while 0 <= other + step < len(spans):
            first, second = sorted((other, other + step))
            if ";" not in text[spans[first][1] : spans[second][0]]:
                break
            other += step
            yield other


def promised(passage: Passage) -> bool:
    """Whether a line is a promise of the records, which have its day, its owner and what came of it."""
    if not passage.risk.promises:
        return False
    bare = _bare(passage.text)
    return any(_bare(each.title) == bare for each in passage.risk.promises)


def _bare(text: str) -> str:
    return re.sub(r"^[\W_]+|[\s.;,]+$", "", " ".join(text.split())).casefold()


# What came of something, in the words of papers. “To be completed by” and “was due” tell of none.
PAST: Final = (
    r"complete[d]?|delivered|achieved|closed|approved|agreed|received|concluded|finished|launched|"
    r"implemented|"
    r"introduced|established|appointed|recruited|started|begun|commenced|opened|published|held|made|taken|"
    r"signed|issued|submitted|rolled out|filled|installed|awarded|granted|refused|rejected|declined|"
    r"withdrawn|"
    r"cancelled|deferred|delayed|postponed|paused|stopped|abandoned|superseded|extended|renewed|put back|"
    r"pushed back|moved|missed|reviewed|updated|tested|trained|set up|put in place|embedded|carried out|"
    r"undertaken|presented|considered|confirmed|secured|migrated|replaced|passed|met|won|lost|fitted|"
    r"repaired|built|bought|purchased"
)
OUTCOME: Final = re.compile(
    rf"(?<!to )(?<!will )(?<!should )(?<!would )\b(?:has|have|had)\s+(?:(?:now|since|already|also|all|"
    rf"both|not|yet|been|\w+ly)\s+)*(?:{PAST})\b"
    rf"|\b(?:was|were|is|are)\s+(?:(?:now|since|already|also|all|both|\w+ly)\s+)*(?:{PAST})\b"
    rf"|^\W*(?:now |since )?(?:{PAST})\b(?!\s+(?:by|to|the|a|an|all|our|new|with)\b)"
    rf"|[(\[:–—-]\s*(?:now |since |action |all )?(?:complete[d]?|done|closed|achieved|delivered|cancelled|"
    r"on hold|delayed|deferred|overdue|slipped|missed)\b"
    r"|\b(?:went live|took place|came into (?:force|effect)|took effect|in force since|began|slipped|"
    r"now (?:expected|due|planned|scheduled|in place|complete|live)|no longer|overdue|unsuccessful|"
    r"successfully|failed|fell through|not (?:yet )?(?:met|achieved|delivered|completed?)|"
    r"(?:is|are|was|were) (?:late|done|live|over|behind)|still (?:waiting|awaited|outstanding|to come))\b",
    re.IGNORECASE,
)
_FOLLOW_UP: Final = re.compile(
    r"\W*(?:(?:latest |q[1-4] |\w+ \d{2,4} )?update|progress|status|outcome|result|position)\b\s*[:–—-]"
    r"|\W*(?:(?:it is |this is )?now|revised(?: to)?|new date|moved to)\b[^.;]{0,40}\d",
    re.IGNORECASE,
)
_ENDED: Final = re.compile(
    r"\b(?:has|have|had|was|were) (?:now |since |been )*(?:ended|closed|removed|withdrawn|replaced|"
    r"stood down|"
    r"stopped)\b",
    re.IGNORECASE,
)
