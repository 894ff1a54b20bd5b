"""Two papers compared: each risk of the later one against the risk that it was in the earlier one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from watchkeep.domain.difference import Difference, FieldChange, Proposal, match
from watchkeep.domain.document import Field, RegisterDocument, Risk
from watchkeep.domain.fields import DATES
from watchkeep.domain.likeness import alike
from watchkeep.domain.period import APRIL
from watchkeep.domain.since.measured import measured
from watchkeep.domain.since.promises import Fates, fates, retitled
from watchkeep.domain.since.ratings import is_score, moved, rescored, same_value, scored
from watchkeep.domain.since.ruled import ruled
from watchkeep.domain.since.stated import restated
from watchkeep.domain.since.trends import marks, retold
from watchkeep.domain.since.values import Moved, Rescored, Reworded, Since, Told, Words
from watchkeep.domain.since.why import closed, title_of, why_gone, why_new
from watchkeep.domain.wording import as_read, reworded, shortened

NOTHING_SAID = "not recorded"
PARTICULARS: Final = frozenset((*DATES, "reference", "owner", "category", "status"))  # of these no word stays


@dataclass(frozen=True, slots=True)
class Pair:
    """A risk of both papers, with what differs in its fields and how it was found again."""

    old: Risk
    new: Risk
    proposal: Proposal


def since(
    earlier: RegisterDocument,
    later: RegisterDocument,
    *,
    earlier_called: str,
    as_at: date | None = None,
    year_start: int = APRIL,
    one_register: bool = False,
    gone_because: Mapping[str, str] | None = None,
    with_rules: bool = False,
) -> Since:
    """What the later paper says that the earlier one did not, and the other way round.

    `as_at` is the later paper's day, where it does not say so itself. Papers of `one_register` of the records
    have one key for one risk. `gone_because` tells by key why a risk went, where the later paper cannot.
    Who may read what is told where both papers say that (`with_rules`) and their readers may see it.
    """
    day = as_at or later.as_at.on
    found = match(earlier, later, year_start=year_start, one_register=one_register)
    pairs = tuple(_pairs(earlier, later, found))
    sure = tuple(each for each in pairs if not each.proposal.doubted)
    doubted = frozenset(each.new.key for each in pairs if each.proposal.doubted)
    standing = tuple(each for each in sure if closed(each.old) == closed(each.new))
    columns = marks(earlier, later, year_start=year_start)
    promises = _promises(earlier, later, standing, day, doubted)
    both = tuple((pair.old, pair.new) for pair in standing)
    known = {each.new.key for each in pairs}
    came = tuple(risk for risk in later.risks if risk.key not in known)
    return Since(
        earlier=earlier_called,
        earlier_as_at=earlier.as_at.on,
        as_at=day,
        new=tuple(_new(later, pairs)),
        gone=tuple(_gone(earlier, later, pairs, gone_because or {})),
        moved=tuple(_moved(standing, earlier, later)),
        rescored=tuple(each for pair in standing for each in rescored(pair.new, pair.proposal.changes)),
        kept=promises.kept,
        slipped=promises.slipped,
        newly_late=promises.newly_late,
        dropped=promises.dropped,
        reworded=tuple(each for pair in standing for each in (*_reworded(pair), *_retitled(pair))),
        restated=tuple(restated(earlier, later, both, came)),
        measured=tuple(measured(earlier, later, both, came)),
        ruled=tuple(ruled(both, came)) if with_rules else (),
        retold=tuple(each for pair in standing for each in retold(pair.old, pair.new, columns)),
        cover=tuple(_cover(earlier, later)),
        unsure=(*_unsure(pairs), *_perhaps_renumbered(earlier, later, pairs)),
    )


def _pairs(earlier: RegisterDocument, later: RegisterDocument, found: Difference) -> Iterator[Pair]:
    old = {risk.key: risk for risk in earlier.risks}
    for risk, proposal in zip(later.risks, found.proposals, strict=True):
        if proposal.match is not None:
            yield Pair(old[proposal.match], risk, proposal)


def _new(later: RegisterDocument, pairs: tuple[Pair, ...]) -> Iterator[Told]:
    known = {each.new.key: each for each in pairs}
    for risk in later.risks:
        pair = known.get(risk.key)
        if closed(risk) or (pair is not None and not closed(pair.old)):
            continue
        reason = why_new(risk, later) if pair is None else "It was closed, and stands again."
        yield Told(key=risk.key, title=title_of(risk), reason=reason)


def _gone(
    earlier: RegisterDocument, later: RegisterDocument, pairs: tuple[Pair, ...], because: Mapping[str, str]
) -> Iterator[Told]:
    known = {each.old.key: each for each in pairs}
    for risk in earlier.risks:
        pair = known.get(risk.key)
        if closed(risk) or (pair is not None and not closed(pair.new)):
            continue
        reason = because.get(risk.key) or why_gone(risk, pair.new if pair else None, later)
        yield Told(key=risk.key, title=title_of(risk), reason=reason)


def _moved(pairs: tuple[Pair, ...], earlier: RegisterDocument, later: RegisterDocument) -> Iterator[Moved]:
    for pair in pairs:
        found = moved(pair.old, pair.new, earlier.scale, later.scale)
        if found is not None:
            yield found


def _promises(
    earlier: RegisterDocument,
    later: RegisterDocument,
    pairs: tuple[Pair, ...],
    day: date | None,
    doubted: frozenset[str],
) -> Fates:
    """What became of each promise; nothing of a risk that may be another."""
    known = doubted | {pair.new.key for pair in pairs}
    return fates(
        tuple((pair.old, pair.new) for pair in pairs),
        tuple(risk for risk in later.risks if risk.key not in known),
        earlier_on=earlier.as_at.on,
        on=day,
    )


def _reworded(pair: Pair) -> Iterator[Reworded]:
    scores = {change.path.rpartition(":")[0] for change in scored(pair.proposal.changes)}
    for change in pair.proposal.changes:
        if change.path.startswith("trends:") or is_score(change.path) or _explains(change.path, scores):
            continue
        if _same(change, pair):
            continue
        yield Reworded(
            key=pair.new.key,
            title=title_of(pair.new),
            field=change.path,
            label=change.label,
            words=words(_text(change.before), _text(change.after), whole=change.path in PARTICULARS),
        )


def _explains(path: str, scores: set[str]) -> bool:
    """Whether a rationale stands beside a score that moved: it is told as the reason of that."""
    return path.endswith((":rationale", ":basis")) and path.rpartition(":")[0] in scores


def _retitled(pair: Pair) -> Iterator[Reworded]:
    for key, was, now in retitled(pair.old, pair.new):
        yield Reworded(
            key=pair.new.key,
            title=title_of(pair.new),
            field=f"promises:{key}",
            label="Promise",
            words=words(was, now),
        )


def _same(change: FieldChange, pair: Pair) -> bool:
    """Whether both sides are one to a reader: drawn or spaced otherwise, or another spelling of one day."""
    if change.path == "reference":
        return same_value(change.before, change.after)
    old, new = getattr(pair.old, change.path, None), getattr(pair.new, change.path, None)
    if isinstance(old, Field) and isinstance(new, Field):
        days = getattr(old, "on", None), getattr(new, "on", None)
        if days[0] is not None and days[0] == days[1]:
            return True
    return as_read(change.before) == as_read(change.after)


def words(before: str, after: str, *, whole: bool = False) -> tuple[Words, ...]:
    """How one wording became another, a long one cut down to what lies about its changes; or `whole`, as a
    name or a day is replaced.
    """
    if whole:
        sides: tuple[tuple[Literal["removed", "added"], str], ...] = (("removed", before), ("added", after))
        return tuple(Words(kind=kind, text=text) for kind, text in sides if text)
    runs = shortened(reworded(before, after, alike=as_read))
    return tuple(Words(kind=each.kind, text=each.text) for each in runs)


def _text(said: str) -> str:
    return "" if said == NOTHING_SAID else said


def _cover(earlier: RegisterDocument, later: RegisterDocument) -> Iterator[Rescored]:
    """What the two papers say of themselves; that they are of two days is no news."""
    sides = [("Body", earlier.body.text, later.body.text), ("Title", earlier.name.text, later.name.text)]
    if earlier.scale.basis == later.scale.basis == "stated":
        # Bands that were only met in a paper are no scale of its.
        sides.append(("Scale", _bands(earlier), _bands(later)))
    for what, before, after in sides:
        if not same_value(before or "", after or ""):
            yield Rescored(
                key="", title="", what=what, before=before or NOTHING_SAID, after=after or NOTHING_SAID
            )


def _bands(document: RegisterDocument) -> str:
    """The bands of a paper, from the least."""
    return ", ".join(each.name for each in sorted(document.scale.bands, key=lambda band: band.rank))


def _unsure(pairs: tuple[Pair, ...]) -> Iterator[Told]:
    for pair in pairs:
        if not pair.proposal.sure:
            yield Told(key=pair.new.key, title=title_of(pair.new), reason=pair.proposal.reason)


def _perhaps_renumbered(
    earlier: RegisterDocument, later: RegisterDocument, pairs: tuple[Pair, ...]
) -> Iterator[Told]:
    """New risks that read like one that is gone, under another reference: two risks, unless a person says."""
    known_old, known_new = {each.old.key for each in pairs}, {each.new.key for each in pairs}
    old, new = (
        [each.model_copy(update={"reference": Field()}) for each in paper.risks if each.key not in known]
        for paper, known in ((earlier, known_old), (later, known_new))
    )
    titles = {risk.key: title_of(risk) for risk in new}
    for score, (gone, key) in alike(old, new):
        reason = f"It reads {score:.0f} % like {gone}, which is gone; their references make them two risks."
        yield Told(key=key, title=titles[key], reason=reason)
