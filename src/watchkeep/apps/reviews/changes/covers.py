"""The register’s cover once a quarter is rolled forward: its period, its day, and which quarters it shows."""

from __future__ import annotations

from watchkeep.apps.register import changes as register_changes
from watchkeep.apps.register import queries as risks
from watchkeep.apps.register.models import Register
from watchkeep.domain.clock import Clock
from watchkeep.domain.document import Column, DateField, Field, RegisterDocument
from watchkeep.domain.finding import written
from watchkeep.domain.people import Actor
from watchkeep.domain.period import Period, find
from watchkeep.domain.trend import QUARTERS_KEPT


def turn_cover(*, by: Actor, register: Register, quarter: Period) -> None:
    """Let the register speak of the quarter, unless a paper of that very quarter does so already.

    What the last paper said around its table stays with that paper, and so does where it was read.
    """
    standing = risks.cover_as_at(register.pk, Clock(as_at=quarter.ends))
    if standing and find(standing.period, year_start=quarter.year_start) == quarter:
        return
    base = RegisterDocument(name=Field(state="recorded", text=register.name))
    if standing:
        base = RegisterDocument.model_validate_json(standing.document)
    value = base.model_copy(
        update={
            "period": Field(state="recorded", text=quarter.label),
            "as_at": DateField(state="recorded", text=written(quarter.ends), on=quarter.ends),
            "columns": _columns(base, quarter),
            "header": (),
            "unassigned": (),
            "furniture": (),
            "source": None,
        }
    )
    register_changes.set_cover(by=by, register=register.pk, value=value, effective_on=quarter.ends)


def _columns(base: RegisterDocument, quarter: Period) -> tuple[Column, ...]:
    """The columns that there were, with the last quarters in the place of the older ones."""
    trends = [place for place, each in enumerate(base.columns) if each.meaning.startswith("trends:")]
    others = [each.model_copy(update={"places": ()}) for each in base.columns]
    kept = [each for each in others if not each.meaning.startswith("trends:")]
    quarters = [quarter]
    while len(quarters) < QUARTERS_KEPT:
        quarters.insert(0, quarters[0].previous())
    columns = [Column(heading=each.label, meaning=f"trends:{each.label}") for each in quarters]
    at = trends[0] if trends else len(kept)
    return (*kept[:at], *columns, *kept[at:])
