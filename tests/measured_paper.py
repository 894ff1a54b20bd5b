"""The example force's paper with indicators: made-up series in every state that a paper can show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache

import whole_paper
from made_series import series
from watchkeep.domain.document import Indicator, Movement, RegisterDocument
from watchkeep.domain.indicator import Definition, Series
from watchkeep.domain.indicator.telling import Use, heard, told

DAY = date(2023, 4, 5)
# Seventeen to twenty-seven months from January 2021 on.
CALM = (71, 70, 72, 71, 69, 70, 71, 72, 70, 71, 69, 71, 70, 72, 71, 70, 71)
FALLEN = (*CALM, 64, 63, 65, 62, 64, 63, 64, 63, 62, 64)
RISEN = (*(each + 0.5 for each in CALM), 80, 81, 79, 80, 82, 81, 80, 81, 80, 82)
LONE = (*CALM, 70, 71, 69, 72, 71, 70, 71, 70, 71, 61)

CALLS = Definition("Calls answered in ten seconds", "%", "up", "month", kind="share")
WAIT = Definition("Priority calls older than twelve hours", "calls", "down", "month", kind="count")
FOUND = Definition("Exhibits found within two days", "%", "up", "month", kind="share")
SICK = Definition("Days lost to sickness for each officer", "days", "up", "month")
COST = Definition("Overtime paid", "£k", "neither", "month", kind="money")


def made(
    key: str, definition: Definition, values: Sequence[float], target: float | None = None, *rebases: int
) -> Series:
    """A series of that reference."""
    found = series(values, definition.better, definition=definition, target=target, rebases=rebases)
    return replace(found, key=key)


USES = {
    "CV-01": (
        Use(made("K1", CALLS, FALLEN, 75.0), "cause", leads=True),
        Use(made("K2", WAIT, RISEN, 60.0, 17), "consequence"),
        Use(made("K6", COST, RISEN), "consequence"),
    ),
    "CV-05": (Use(made("K3", FOUND, RISEN, 76.0), "control"), Use(made("K4", SICK, LONE), "cause")),
    "CV-18": (Use(made("K5", WAIT, CALM[:5]), "cause"),),
}


@cache
def document() -> RegisterDocument:
    """The whole paper, measured; the first risk is judged better than its indicators say."""
    judged: dict[str, Movement] = {"CV-01": "improving"}
    whole = whole_paper.document()
    risks = []
    for risk in whole.risks:
        indicators: tuple[Indicator, ...] = told(USES.get(risk.key, ()), DAY)
        said = heard(indicators, judged.get(risk.key, "steady"))
        risks.append(risk.model_copy(update={"indicators": indicators, "heard": said}) if said else risk)
    return whole.model_copy(update={"risks": tuple(risks)})
