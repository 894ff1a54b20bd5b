"""What was promised for the risks, each with its clock."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from watchkeep.domain.document import Promise, Risk
from watchkeep.domain.finding import counted, in_words, listed, written
from watchkeep.formats.writers.paper.cells import called
from watchkeep.formats.writers.paper.values import Cell, Listing, capital, plain

STATES = {
    "waiting": "○ waiting",
    "due soon": "◔ due soon",
    "overdue": "▲ overdue",
    "done": "● done",
    "delivered without effect": "◌ done, without effect",
    "dropped": "× dropped",
    "no date": "? no date",
}
LATE = {"done": "◕ done late", "delivered without effect": "◌ done late, without effect"}
NOBODY = "nobody named"
NO_DATE = "no date given"


def promises_of(risks: Iterable[Risk], *, named: bool = True) -> Listing | None:
    """The table, where anything was promised; without the risk's name where all are of one."""
    told = [(risk, promise) for risk in risks for promise in risk.promises]
    if not told:
        return None
    head = ("Promise", "Owner", "Due", "First due", "Slips", "State")
    rows = tuple(((plain(called(risk)),) if named else ()) + _row(promise) for risk, promise in told)
    return Listing(
        "promises",
        _title([promise for _, promise in told]),
        (("Risk", *head) if named else head),
        rows,
        ((5,) if named else ()) + (8, 5, 4, 4, 4, 5),
    )


def _title(promises: list[Promise]) -> str:
    late = sum(each.state == "overdue" for each in promises)
    undated = sum(each.state == "no date" for each in promises)
    said = []
    if late:
        said.append(f"{in_words(late)} {'is' if late == 1 else 'are'} late")
    if undated:
        said.append(f"{in_words(undated)} {'has' if undated == 1 else 'have'} no date")
    return capital(counted(len(promises), "promise")) + (f": {listed(said)}" if said else ", none late")


def _row(promise: Promise) -> tuple[Cell, ...]:
    slips = counted(promise.slips, "slip") if promise.slips else "none"
    told = ". ".join(each for each in (slips, promise.slip_reason.strip().rstrip(".")) if each)
    late = promise.due and promise.settled_on and promise.settled_on > promise.due
    state = (late and LATE.get(promise.state)) or STATES[promise.state]
    if promise.settled_on and promise.state in ("done", "delivered without effect", "dropped"):
        state += f" on {written(promise.settled_on)}"
    if promise.outcome.strip():
        state += f": {promise.outcome.strip()}"
    return (
        plain(promise.title),
        plain(promise.owner) if promise.owner else Cell("absent", NOBODY),
        _day(promise.due),
        _first(promise),
        plain(capital(told)),
        plain(state),
    )


def _first(promise: Promise) -> Cell:
    same = promise.first_due in (None, promise.due)
    return plain("the same") if same and promise.due else _day(promise.first_due)


def _day(day: date | None) -> Cell:
    return Cell("label", written(day)) if day else Cell("absent", NO_DATE)
