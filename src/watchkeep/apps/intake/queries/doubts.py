"""The doubts of a draft, and which of them people have settled."""

from __future__ import annotations

from dataclasses import dataclass

from watchkeep.apps.intake.models import Import
from watchkeep.apps.intake.queries.drafts import Settled, draft_of, settled_of
from watchkeep.domain import correction
from watchkeep.domain.document import Doubt

ARROWS = "arrows-assumed"


@dataclass(frozen=True, slots=True)
class DoubtRow:
    """A doubt, and whether a person has settled it."""

    key: str
    doubt: Doubt
    resolved: bool
    resolved_by: str


def doubts_of(found: Import, settled: Settled | None = None) -> tuple[DoubtRow, ...]:
    """The doubts of the draft, and of the dates that people gave. One is settled, too, where a person set the
    field that it is about right, now or when this very file was accepted before."""
    settled = settled or settled_of(found)
    resolved: dict[str, str] = {}
    told: dict[tuple[str, str], correction.Told] = {}
    means = ""
    for paper, said in zip(settled.papers, settled.told, strict=True):
        resolved |= dict(paper.resolved.values_list("doubt", "by_name"))
        told |= {(each.risk, each.path): each for each in said}
        means = paper.received_by if paper.rising_means else means
    dates = {
        correction.doubt_key(doubt): doubt
        for each in told.values()
        if (doubt := correction.unclear_date(each)) is not None
    }
    rows = []
    for doubt in draft_of(found).doubts:
        key = correction.doubt_key(doubt)
        if key in dates or (doubt.code == ARROWS and settled.arrows_from_before):
            continue
        set_right = told.get((doubt.risk or "", doubt.field or "-"))
        settler = means if doubt.code == ARROWS else set_right.by if set_right else ""
        by = resolved.get(key) or settler
        rows.append(DoubtRow(key, doubt, bool(by), by))
    given = (DoubtRow(key, doubt, key in resolved, resolved.get(key, "")) for key, doubt in dates.items())
    return (*rows, *given)
