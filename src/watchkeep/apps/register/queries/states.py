"""Which state a risk was in on a day, as known at a moment.

Today's stands on the risk itself. The past stands in its `RiskState` rows; a risk that was closed before
Watchkeep kept those has only the day it was closed on, and the ledger's word for when that was learned.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from watchkeep.apps.history.models import Entry
from watchkeep.apps.history.standing import told
from watchkeep.apps.register.models import Risk, RiskState, RiskVersion
from watchkeep.domain.clock import Clock

GONE: Final = frozenset({"closed", "merged"})  # no longer in the register's table; its page stays
CLOSING: Final = "close a risk"


@dataclass(frozen=True, slots=True)
class Stood:
    """The state that a risk stood in, since when and why; `into` is the risk it was merged into."""

    state: str
    since: date
    reason: str = ""
    into: UUID | None = None

    @property
    def gone(self) -> bool:
        """Whether it had left the register's table."""
        return self.state in GONE


def stood(risks: QuerySet[Risk], clock: Clock, body: str) -> dict[UUID, Stood]:
    """Each of these risks of one body that was known by the clock, with the state it stood in.

    Without a clock every risk is, in the state it is in. One statement, or two where a moment is asked for.
    """
    newest = told(RiskState.objects.filter(risk=OuterRef("pk")), clock).order_by("-effective_on", "-number")
    if clock.past:
        risks = known(risks, clock)
    found = risks.order_by().values(
        "pk",
        "state",
        "opened_on",
        "closed_on",
        kept=Subquery(RiskState.objects.filter(risk=OuterRef("pk")).values("pk")[:1]),
        told_state=Subquery(newest.values("state")[:1]),
        told_since=Subquery(newest.values("effective_on")[:1]),
        told_reason=Subquery(newest.values("reason")[:1]),
        told_into=Subquery(newest.values("into")[:1]),
    )
    every: list[dict[str, Any]] = [{**each} for each in found]
    learned = _closings_learned(every, clock, body)
    return {each["pk"]: _stood(each, clock, learned) for each in every}


def known(risks: QuerySet[Risk], clock: Clock) -> QuerySet[Risk]:
    """Those of the risks of which the clock lets something be known."""
    versions = told(RiskVersion.objects.filter(risk=OuterRef("pk")), clock)
    # Asked as one row's number, not as whether there is one: PostgreSQL would answer that for all risks at
    # once, by reading every version there is.
    newest = Subquery(versions.order_by("-effective_on", "-number").values("number")[:1])
    return risks.alias(newest=newest).filter(newest__isnull=False)


def _stood(each: dict[str, Any], clock: Clock, learned: frozenset[str] | None) -> Stood:
    told = Stood(each["told_state"], each["told_since"], each["told_reason"] or "", each["told_into"])
    if clock.past:
        if told.state is not None:
            return told
        known = learned is None or str(each["pk"]) in learned
        ended = each["closed_on"] and clock.day and each["closed_on"] <= clock.day
        if each["kept"] or not known or not ended:
            return Stood("open", each["opened_on"])
    elif told.state == each["state"]:
        return told
    return Stood(each["state"], each["closed_on"] or each["opened_on"])


def _closings_learned(risks: list[dict[str, Any]], clock: Clock, body: str) -> frozenset[str] | None:
    """Of the closed ones, as text ids, those whose closing the ledger had by the clock's moment; without a
    moment, all.
    """
    if clock.known_at is None:
        return None
    closed = [str(each["pk"]) for each in risks if each["closed_on"] and not each["kept"]]
    said = Entry.objects.filter(
        body=body, subject_kind="risk", subject_id__in=closed, verb=CLOSING, at__lte=clock.known_at
    )
    return frozenset(said.values_list("subject_id", flat=True))
