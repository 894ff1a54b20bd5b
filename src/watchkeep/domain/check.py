"""Checks of a control: who says what in which line of defence, how long that counts, what a sample allows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, get_args

from watchkeep.domain.control import CASES, Standing, may_everywhere, may_somewhere
from watchkeep.domain.days import later_by_months
from watchkeep.domain.errors import Invalid
from watchkeep.domain.naming import in_words
from watchkeep.domain.people import Actor, Refusal, may
from watchkeep.quant.proportion import Interval, wilson

CheckKind = Literal["attestation", "assessment", "assurance"]
Word = Literal["effective", "partly effective", "not effective", "not judged"]
Freshness = Literal["fresh", "fading", "stale"]

WORDS: Final[tuple[Word, ...]] = get_args(Word)


@dataclass(frozen=True, slots=True)
class Rule:
    """What a kind of check is: who speaks in it, in which lines of defence, and how long it counts.

    It counts in full for `fresh_for` months, fades until `stale_after` months, and then counts no more.
    """

    says: str
    lines: tuple[int, ...]
    fresh_for: int
    stale_after: int


# The weakest first: where two checks disagree, the later row of this table decides.
RULES: Final[dict[CheckKind, Rule]] = {
    "attestation": Rule("The owner says that it works.", (1,), 3, 6),
    "assessment": Rule("Somebody looks at it and judges.", (1, 2), 6, 12),
    "assurance": Rule("Somebody independent of it tests it.", (2, 3), 12, 24),
}
LINES: Final[dict[int, str]] = {
    1: "First line: who does the work",
    2: "Second line: who oversees it",
    3: "Third line: internal audit and others from outside",
}
WIDEST: Final = 0.25  # without a stated tolerance, an interval wider than this is too few to say


@dataclass(frozen=True, slots=True)
class Sample:
    """Cases that were looked at, and how many of them the control failed in."""

    size: int
    failures: int

    def __post_init__(self) -> None:
        if self.size < 1:
            raise Invalid(
                "sample", "A sample has at least one case; leave both boxes empty if none was drawn."
            )
        if not 0 <= self.failures <= self.size:
            raise Invalid(
                "failures",
                f"Of {self.size} cases between 0 and {self.size} can have failed, not {self.failures}.",
            )

    @property
    def interval(self) -> Interval:
        """The share of all cases that may fail, 95 times of 100: Wilson’s interval."""
        return wilson(self.failures, self.size)


@dataclass(frozen=True, slots=True)
class Check:
    """One check: what somebody found on a day. `id` is the record’s own, to link to."""

    kind: CheckKind
    line: int
    on: date
    by: str
    design: Word
    operation: Word
    sample: Sample | None = None
    note: str = ""
    id: str = ""

    def __post_init__(self) -> None:
        rule = RULES[self.kind]
        if self.line not in rule.lines:
            lines = " or ".join(str(each) for each in rule.lines)
            raise Invalid(
                "line", f"An {self.kind} belongs to line {lines} of defence, not to line {self.line}."
            )
        if not in_words(self.by):
            raise Invalid("checked_by", "Say which post or person checked.")
        if self.design == self.operation == "not judged" and not in_words(self.note):
            raise Invalid(
                "note", "Nothing was judged: say in the note what the check was for, or judge one of the two."
            )

    @property
    def strength(self) -> int:
        """Its row in the table: the higher, the more it weighs."""
        return list(RULES).index(self.kind)

    @property
    def fading_from(self) -> date:
        """The day from which it no longer counts in full."""
        return later_by_months(self.on, RULES[self.kind].fresh_for)

    @property
    def stale_from(self) -> date:
        """The day from which it counts no more."""
        return later_by_months(self.on, RULES[self.kind].stale_after)

    def freshness(self, on: date) -> Freshness:
        """How it counts on a day."""
        if on >= self.stale_from:
            return "stale"
        return "fading" if on >= self.fading_from else "fresh"


def check_named(
    *,
    kind: str,
    line: int,
    on: date,
    by: str,
    design: str,
    operation: str,
    sample: Sample | None = None,
    note: str = "",
) -> Check:
    """A check from words that somebody typed; refused, by the field, where a word is none of ours."""
    kinds: dict[str, CheckKind] = {each: each for each in RULES}
    words: dict[str, Word] = {each: each for each in WORDS}
    if kind not in kinds:
        raise Invalid("kind", f"A check is one of {', '.join(kinds)}; “{kind}” is none of them.")
    for field, said in (("design", design), ("operation", operation)):
        if said not in words:
            raise Invalid(field, f"Say one of {', '.join(words)}; not “{said}”.")
    return Check(kinds[kind], line, on, by, words[design], words[operation], sample, note)


# --- What a sample says -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SampleSays:
    """What a sample allows to be said. `against`: more cases fail than the control states as tolerated."""

    decides: bool
    against: bool
    sentence: str


def sample_says(sample: Sample, tolerated: int | None) -> SampleSays:
    """The interval against the tolerance that the control states; without one, against `WIDEST`."""
    found = sample.interval
    ends = f"between {share(found.low)} and {share(found.high)} of all"
    seen = f"{sample.failures} of {sample.size} cases failed: {ends}"
    if tolerated is None:
        if found.width > WIDEST:
            return SampleSays(False, False, f"{seen}. That is too wide to say.")
        return SampleSays(True, False, f"{seen}.")
    limit = f"{tolerated} of {CASES} may fail"
    if found.high <= tolerated / CASES:
        return SampleSays(True, False, f"{seen}, and {limit}: it is within that.")
    if found.low > tolerated / CASES:
        return SampleSays(True, True, f"{seen}, and {limit}: it is beyond that.")
    return SampleSays(False, False, f"{seen}, and {limit}: too few to say on which side it is.")


def share(part: float) -> str:
    """A share of 1 in per cent, as finely as the number deserves: 0.6 %, 17 %."""
    percent = 100 * part
    fine = 0 < percent < 9.95
    return f"{percent:.1f} %" if fine else f"{percent:.0f} %"


def wants_a_word(check: Check, tolerated: int | None) -> Invalid | None:
    """A check that calls effective what its own sample speaks against must say why."""
    if check.sample is None or check.operation != "effective" or in_words(check.note):
        return None
    says = sample_says(check.sample, tolerated)
    if not says.against:
        return None
    return Invalid("note", f"{says.sentence} Say in the note why it is effective all the same.")


# --- Who may record it --------------------------------------------------------------------------------------


def may_record(actor: Actor, standing: Standing, check: Check) -> Refusal | None:
    """Each line of defence speaks for itself: nobody tests their own control, or writes such a test down."""
    if standing.state == "stood down":
        return Refusal(
            f"{standing.label} is stood down; there is nothing to check until it is in force again."
        )
    if check.kind == "attestation":
        return _may_attest(actor, standing, check)
    if check.line == 1 and standing.owned_by(actor):
        return may(actor, "answer for own controls and actions")
    return _independent(actor, standing, check) or may_somewhere(actor, "record checks", standing)


def may_check(actor: Actor, standing: Standing) -> Refusal | None:
    """Why the actor may record no check of this control, of whatever kind and line."""
    if standing.state == "stood down":
        return Refusal(
            f"{standing.label} is stood down; there is nothing to check until it is in force again."
        )
    if standing.owned_by(actor):
        return may(actor, "answer for own controls and actions")
    if may_everywhere(actor, "change controls", standing) is None:
        return None
    return may_somewhere(actor, "record checks", standing)


def _may_attest(actor: Actor, standing: Standing, check: Check) -> Refusal | None:
    if not standing.owner_post:
        return Refusal(f"{standing.label} belongs to no post yet; an attestation is its owner’s word.")
    if standing.owned_by(actor):
        return may(actor, "answer for own controls and actions")
    if refusal := may_everywhere(actor, "change controls", standing):
        return Refusal(
            f"An attestation is the owner’s word: {standing.owner_title} gives it. {refusal.sentence}"
        )
    if _plain(check.by) != _plain(standing.owner_title):
        return Refusal(
            f"An attestation is the owner’s word, and {standing.label} belongs to {standing.owner_title}, "
            f"not to {check.by.strip()}. Record an assessment instead."
        )
    return None


def _independent(actor: Actor, standing: Standing, check: Check) -> Refusal | None:
    """Why this check would not be independent, where it has to be."""
    if check.line == 1:
        return None
    what = f"a check in line {check.line} has to come from somebody else"
    if standing.owned_by(actor):
        return Refusal(f"{actor.name} answers for {standing.label}, and {what}.")
    if standing.owner_title and _plain(check.by) == _plain(standing.owner_title):
        return Refusal(f"{standing.label} belongs to {standing.owner_title}, and {what}.")
    if check.kind == "assurance" and actor.posts & standing.risk_posts:
        return Refusal(
            f"{actor.name} answers for a risk that {standing.label} serves: that is not independent."
        )
    return None


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
