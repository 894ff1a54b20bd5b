"""The sentences that every form of the report shares."""

from __future__ import annotations

from typing import Final

from watchkeep.domain.document import Risk
from watchkeep.domain.finding import counted, written
from watchkeep.domain.lint.found import Found
from watchkeep.domain.lint.report import Report

SEVERAL: Final = {"error": "errors", "warning": "warnings", "note": "notes"}
NO_DAY: Final = (
    "Nothing says which day this paper speaks of, so the rules that need a day found nothing: "
    "give it with --as-at."
)


def summary(report: Report) -> str:
    """One sentence: what was found, by weight, and as at which day."""
    risks = counted(len(report.document.risks), "risk")
    day = f", as at {written(report.as_at)}" if report.as_at else ""
    told = [
        f"{count:,} {SEVERAL[weight] if count != 1 else weight}"
        for weight, count in report.counts.items()
        if count
    ]
    what = " and ".join(filter(None, (", ".join(told[:-1]), *told[-1:]))) or "Nothing"
    kept = f"; {len(report.accepted):,} more accepted before" if report.accepted else ""
    return f"{what} found in {risks}{day}{kept}."


def by_risk(report: Report) -> list[tuple[Risk | None, list[Found]]]:
    """The open findings under their risks, in the register's order; those about all of it first."""
    risks = {risk.key: risk for risk in report.document.risks}
    groups: dict[str, list[Found]] = {}
    for each in report.found:
        groups.setdefault(each.risk, []).append(each)
    return [(risks.get(key), found) for key, found in groups.items()]


def heading(risk: Risk | None) -> str:
    """A risk by its reference and name."""
    if risk is None:
        return "The register as a whole"
    names = (risk.reference.text or "", risk.name.text or "")
    return " ".join(each for part in names if (each := " ".join(part.split()))) or risk.key
