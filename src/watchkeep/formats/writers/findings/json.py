"""The report as data. Its findings can be kept as answers: add a reason to each and give it to --accept."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from watchkeep.domain.lint.found import Found
from watchkeep.domain.lint.report import Report, label_of_place


def write(report: Report) -> str:
    """One object; the findings in the register's order."""
    told = {
        "format": "watchkeep.lint/1",
        "paper": report.called,
        "as_at": report.as_at.isoformat() if report.as_at else None,
        "counts": report.counts,
        "findings": [_told(each) for each in report.found],
        "accepted": [_told(each) | {"reason": reason} for each, reason in report.accepted],
        "unused": [asdict(each) for each in report.unused],
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _told(found: Found) -> dict[str, Any]:
    return {"key": found.key, **asdict(found), "label": label_of_place(found.field)}
