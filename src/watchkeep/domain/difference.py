"""What differs between two register documents: which risk is which, and which of its fields say something
else.

It proposes; a person decides. Where a text was read, and how surely, is not a difference.
"""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from watchkeep.domain import period as periods
from watchkeep.domain.document import Field, RegisterDocument, Risk, Trend
from watchkeep.domain.fields import LISTS, escaped, fields_of, label_of, setter_of
from watchkeep.domain.likeness import EXACTLY, alike, elsewhere, likenesses
from watchkeep.domain.period import APRIL, Period

Kind = Literal["new", "same", "changed"]

UNLIKE = 40  # of 100: a shared reference over texts less alike than this is pointed out
SAME_RECORD = "It is the same record."
SAME_REFERENCE = "The reference is the same."
WORDS_ELSEWHERE = "The reference is the same, but the words are those of {}: check which risk this is."
UNLIKELY = "The reference is the same, but little of the text is: check that this is the same risk."


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that says something else. A side that is not recorded, or not applicable, says so
    in words."""

    path: str
    label: str
    before: str
    after: str
    set_by: str = ""  # the person who set what stands before, where one did
    set_on: date | None = None
    told_at: str = ""  # its path in the later document


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a risk of the later document is to the earlier one, and why it is thought so."""

    key: str  # in the later document
    kind: Kind
    match: str | None  # the earlier document's key
    reason: str
    changes: tuple[FieldChange, ...] = ()
    sure: bool = True  # false where only words tell which risk it is, or where they speak against it

    @property
    def doubted(self) -> bool:
        """Whether the reference tells of one risk and the words of another."""
        return not self.sure and self.reason.startswith(WORDS_ELSEWHERE.partition("{}")[0])


@dataclass(frozen=True, slots=True)
class Difference:
    """Every risk of the later document with its proposal, and the earlier risks that it lacks."""

    proposals: tuple[Proposal, ...]
    missing: tuple[str, ...]

    def of(self, key: str) -> Proposal:
        """The proposal for one risk of the later document."""
        return next(each for each in self.proposals if each.key == key)

    def count(self, kind: Kind) -> int:
        """How many risks are proposed as this."""
        return sum(each.kind == kind for each in self.proposals)


@dataclass(frozen=True, slots=True)
class Quarters:
    """The quarter that each of two papers speaks of; none where it does not say.

    `shown` are the trend columns that the later paper has (their paths), where it is looked at as a whole.
    """

    before: Period | None = None
    after: Period | None = None
    shown: frozenset[str] | None = None

    @property
    def known(self) -> bool:
        """Whether a trend can be compared by its quarter, not by its column's label alone."""
        return self.before is not None and self.after is not None


NO_QUARTERS = Quarters()

Pair = tuple[Risk, str, bool]  # the earlier risk, why it is thought to be this one, and whether that is sure


def match(
    before: RegisterDocument, after: RegisterDocument, *, year_start: int = APRIL, one_register: bool = False
) -> Difference:
    """Say of each risk in `after` whether it is new, the same or changed, and which of `before` it lacks.

    In papers of `one_register` of the records a key is one risk's for good, and decides before all else.
    """
    pairs = _pairs(before.risks, after.risks, one_register=one_register)
    quarters = quarters_of(before, after, year_start=year_start)
    proposals = tuple(_proposal(risk, pairs.get(risk.key), quarters) for risk in after.risks)
    taken = {each.match for each in proposals}
    return Difference(proposals, tuple(risk.key for risk in before.risks if risk.key not in taken))


def between(
    before: RegisterDocument, after: RegisterDocument, *, year_start: int = APRIL
) -> dict[str, tuple[FieldChange, ...]]:
    """What each risk of both says otherwise, by its key: for two days of one register, where a key is one
    risk's for good.
    """
    quarters = quarters_of(before, after, year_start=year_start)
    old = {risk.key: risk for risk in before.risks}
    return {
        risk.key: changed_fields(old[risk.key], risk, quarters) for risk in after.risks if risk.key in old
    }


def same_cover(before: RegisterDocument, after: RegisterDocument) -> bool:
    """Whether two papers say the same of the register as a whole."""
    return _cover(before) == _cover(after)


def _cover(value: RegisterDocument) -> tuple[object, ...]:
    fields = (value.body, value.name, value.period, value.as_at)
    return (
        *((each.state, _one_line(each.text or "")) for each in fields),
        value.as_at.on,
        value.scale.bands,
        value.scale.likelihood,
        value.scale.impact,
        value.rising_means,
    )


def _pairs(before: tuple[Risk, ...], after: tuple[Risk, ...], *, one_register: bool) -> dict[str, Pair]:
    pairs: dict[str, Pair] = {}
    free = {risk.key: risk for risk in before}
    if one_register:
        same = [risk.key for risk in after if risk.key in free]
        return {key: (free[key], SAME_RECORD, True) for key in same}
    by_reference: dict[str, deque[Risk]] = defaultdict(deque)  # a paper may give one to two risks
    for risk in before:
        by_reference[plain(risk.reference)].append(risk)
    for risk in after:
        same_reference = by_reference[plain(risk.reference)] if risk.reference.recorded else None
        if same_reference:
            found = same_reference.popleft()
            reason = _because_reference(found, risk)
            pairs[risk.key] = (free.pop(found.key), reason, reason == SAME_REFERENCE)
    same_references = [(pairs[risk.key][0], risk) for risk in after if risk.key in pairs]
    for key, like in elsewhere(same_references, before, after).items():
        pairs[key] = (pairs[key][0], WORDS_ELSEWHERE.format(like), False)
    left = [risk for risk in after if risk.key not in pairs]
    for score, (old_key, new_key) in alike(list(free.values()), left):
        reason = f"Its words are {score:.0f} % alike; the references do not tell."
        pairs[new_key] = (free[old_key], reason, score == EXACTLY)
    return pairs


def _because_reference(old: Risk, new: Risk) -> str:
    scores = likenesses(old, new)
    return UNLIKELY if scores and max(scores) < UNLIKE else SAME_REFERENCE


def quarters_of(before: RegisterDocument, after: RegisterDocument, *, year_start: int = APRIL) -> Quarters:
    """The quarter that each of two papers speaks of, and the trend columns that the later one has."""
    old, new = (periods.find(each.period.text or "", year_start=year_start) for each in (before, after))
    found = Quarters(old, new)
    paths = (trend_path(period, new if found.known else None) for period in after.periods())
    return replace(found, shown=frozenset(paths))


def _proposal(risk: Risk, pair: Pair | None, quarters: Quarters) -> Proposal:
    if pair is None:
        return Proposal(risk.key, "new", None, "No risk of the register has its reference or its words.")
    found, reason, sure = pair
    changes = changed_fields(found, risk, quarters)
    return Proposal(risk.key, "changed" if changes else "same", found.key, reason, changes, sure)


def changed_fields(before: Risk, after: Risk, quarters: Quarters = NO_QUARTERS) -> tuple[FieldChange, ...]:
    """The fields that say something else, in the document's order; a list of lines counts as one field.

    Trends are compared by the quarter they are for. A quarter that has left the later paper is no change.
    """
    old = _said(before, quarters.before if quarters.known else None)
    new = _said(after, quarters.after if quarters.known else None)
    setters = _setters(before, quarters.before if quarters.known else None)
    told_at = _told_at(after, quarters.after if quarters.known else None)
    paths = [*new, *(path for path in old if path not in new and not _left(path, quarters))]
    return tuple(
        FieldChange(
            path,
            label_of(path),
            _words(old.get(path)),
            _words(new.get(path)),
            set_by=setters.get(path, ""),
            told_at=told_at.get(path, path),
        )
        for path in paths
        if not _agree(old.get(path), new.get(path))
    )


def _left(path: str, quarters: Quarters) -> bool:
    return path.startswith("trends:") and (quarters.shown is None or path not in quarters.shown)


Said = str | Trend


def _said(risk: Risk, paper: Period | None) -> dict[str, Said]:
    """What a risk says, path by path; a trend under its quarter where the paper's is known."""
    said: dict[str, Said] = {}
    for path, field in fields_of(risk):
        kind = path.partition(":")[0]
        if kind in LISTS:
            standing = said.get(kind)
            said[kind] = f"{standing}\n{_text(field)}" if standing is not None else _text(field)
        elif isinstance(field, Trend):
            named = trend_path(field.period, paper)
            said[path if named in said else named] = field
        else:
            said[path] = _text(field)
    return said


def _setters(risk: Risk, paper: Period | None) -> dict[str, str]:
    """Who set each field that a person set, under the paths of `_said`."""
    found = ((_said_at(path, field, paper), setter_of(field)) for path, field in fields_of(risk))
    return {path: setter for path, setter in found if setter}


def _told_at(risk: Risk, paper: Period | None) -> dict[str, str]:
    """The paths of `_said`, each with the path of the field that it stands for."""
    return {_said_at(path, field, paper): path for path, field in fields_of(risk)}


def _said_at(path: str, field: Field, paper: Period | None) -> str:
    kind = path.partition(":")[0]
    if kind in LISTS:
        return kind
    return trend_path(field.period, paper) if isinstance(field, Trend) else path


def trend_path(label: str, paper: Period | None) -> str:
    """What a trend column is called when two papers are compared: by its quarter, where that is known."""
    quarter = periods.meant(label, paper) if paper else None
    return f"trends:{quarter.label if quarter else escaped(label)}"


def _agree(old: Said | None, new: Said | None) -> bool:
    """Whether both sides say the same. Marks that are known to mean the same do, however they are drawn."""
    if isinstance(old, Trend) and isinstance(new, Trend) and old.movement and new.movement:
        return old.movement == new.movement
    return _one_line(_words(old)) == _one_line(_words(new))


def _words(said: Said | None) -> str:
    """A side in words. A trend says what its mark means as well, since that can change under the same
    mark."""
    if said is None:
        return "not recorded"
    if isinstance(said, str):
        return said
    text = _text(said)
    return f"{text} ({said.movement})" if said.movement and text != said.movement else text


def _text(field: Field) -> str:
    return field.text or "" if field.recorded else field.state


def _one_line(text: str) -> str:
    return " ".join(text.split())


def plain(field: Field) -> str:
    """A reference as it is compared: without blanks, whatever its letter case."""
    return "".join((field.text or "").casefold().split()) if field.recorded else ""
