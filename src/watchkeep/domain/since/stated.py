"""What became of the basis of sentences between two papers: given, taken off, shaken, or judged anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from watchkeep.domain.document import RegisterDocument, Risk, Statement
from watchkeep.domain.fields import label_of
from watchkeep.domain.finding import listed, written
from watchkeep.domain.since.values import Footing, Restated
from watchkeep.domain.since.why import title_of
from watchkeep.domain.wording import as_read

HOLDS = ("bound", "judged")
SHAKEN = ("moved", "expired")
SAID = {"unbound": "rests on nothing", "moved": "must be looked at again", "expired": "no longer counts"}


def restated(
    earlier: RegisterDocument,
    later: RegisterDocument,
    pairs: Iterable[tuple[Risk, Risk]],
    new: Iterable[Risk],
) -> Iterator[Restated]:
    """The sentences that stand otherwise. A paper that tells of no statement at all is no witness: where one
    of the two is such, nothing is told.
    """
    if not all(any(risk.statements for risk in paper.risks) for paper in (earlier, later)):
        return
    for old, risk in pairs:
        yield from _of_risk(old.statements, risk)
    for risk in new:
        yield from _of_risk((), risk)


def _of_risk(before: tuple[Statement, ...], risk: Risk) -> Iterator[Restated]:
    """A sentence is known by its words and its text; one that is there no more is told by its text's news."""
    left: dict[tuple[str, str], list[Statement]] = {}
    for each in before:
        left.setdefault(_known(each), []).append(each)
    for now in risk.statements:
        met = left.get(_known(now))
        then = met.pop(0) if met else None
        way = _way(then, now)
        if way is not None:
            yield Restated(
                key=risk.key,
                title=title_of(risk),
                reason=now.because,
                way=way,
                label=label_of(now.field),
                sentence=as_read(now.text),
                before=_stands(then),
                after=_stands(now),
            )


def _known(each: Statement) -> tuple[str, str]:
    return each.field.partition(":")[0], as_read(each.text)


def _way(then: Statement | None, now: Statement) -> Footing | None:
    before = then.standing if then else "unbound"
    if now.standing in HOLDS:
        if before not in HOLDS:
            return "bound"
        return "rebound" if then is not None and _rests(then) != _rests(now) else None
    if now.standing in SHAKEN:
        return "shaken" if before not in SHAKEN else None
    return "unbound" if before != "unbound" else None


def _rests(each: Statement) -> tuple[object, ...]:
    """What it rests on, by what a reader sees of it: a paper numbers the records anew."""
    bases = sorted((one.kind, one.label, str(one.on), one.says) for one in each.rests_on)
    return each.standing, each.judged_by, each.judged_on, tuple(bases)


def _stands(each: Statement | None) -> str:
    if each is None:
        return SAID["unbound"]
    if each.standing not in HOLDS:
        return SAID[each.standing]
    told = [f"{one.label}{f' of {written(one.on)}' if one.on else ''}" for one in each.rests_on]
    if each.judged_by:
        on = f" on {written(each.judged_on)}" if each.judged_on else ""
        told.append(f"the judgement of {each.judged_by}{on}")
    return as_read(f"rests on {listed(told)}") if told else each.standing
