"""Every way Watchkeep says no. One sentence for a person, one stable code for a program.

WatchkeepError
├── Refused     you may not, or not now: the reason
│   └── Withdrawn   it was there once, and no longer is: why
├── Invalid     a value is wrong: which field, why, what would do
├── Missing     there is no such thing (or none that you may see: the answer is the same)
├── Stale       somebody else changed it first: both versions
├── Unreadable  a file cannot be read: where, why, what to do
└── Broken      history does not verify: the first entry that fails
"""

from __future__ import annotations

from dataclasses import dataclass


class WatchkeepError(Exception):
    """The root of the tree; each door (page, API, command) translates it once."""

    code = "error"

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Refused(WatchkeepError):
    """Not allowed for this person, or in this state; `sentence` is the reason that a button would show."""

    code = "refused"


class Withdrawn(Refused):
    """A paper that was published once: what it was, since when it no longer is, and why, stays to be read."""

    code = "withdrawn"


class Invalid(WatchkeepError):
    """A value that cannot be taken; `field` names it, the sentence says why and what would do."""

    code = "invalid"

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


class Missing(WatchkeepError):
    """No such thing, or none that this person may see; the two answers are the same on purpose."""

    code = "missing"


@dataclass(frozen=True, slots=True)
class Clash:
    """One field that two people wrote: `name` is the form's name for it, `label` a person's.

    `base` is what it said when the loser opened it, where that is known: it tells who changed what.
    """

    name: str
    label: str
    yours: str
    theirs: str
    base: str | None = None


class Stale(WatchkeepError):
    """The record moved on between reading and writing.

    `clashes` say what was sent and what stands now, field by field; `version` is the one that stands, and
    `field` the form's name for it: with them the loser can look at both and send again.
    """

    code = "stale"

    def __init__(
        self, sentence: str, *, clashes: tuple[Clash, ...] = (), version: int, field: str = "version"
    ) -> None:
        super().__init__(sentence)
        self.clashes = clashes
        self.version = version
        self.field = field


class Unreadable(WatchkeepError):
    """A file that cannot be read into a register.

    `where` names the page, sheet, line or cell (or the whole file), `why` says what was found against what
    was expected, `remedy` what the person can do; together they make the one sentence that is shown.
    """

    code = "unreadable"

    def __init__(self, *, where: str, why: str, remedy: str) -> None:
        super().__init__(f"{where}: {why} {remedy}")
        self.where = where
        self.why = why
        self.remedy = remedy


class Broken(WatchkeepError):
    """The history does not verify; `sequence` is the first entry that fails, if one can be named."""

    code = "broken"

    def __init__(self, sentence: str, *, sequence: int | None = None) -> None:
        super().__init__(sentence)
        self.sequence = sequence
