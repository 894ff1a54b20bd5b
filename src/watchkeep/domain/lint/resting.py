"""Sentences that say otherwise than what they rest on: a claim than its chart, a figure than its reading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from watchkeep.domain.document import Basis, Statement
from watchkeep.domain.lint.claims import claimed
from watchkeep.domain.lint.found import Found
from watchkeep.domain.lint.paper import Paper
from watchkeep.domain.lint.rule import Rule
from watchkeep.domain.lint.samples import example

# What a chart says that bears no claim of improvement out. A first sign of worsening may be chance.
AGAINST: Final = ("worsening", "steady")
_FIGURE: Final = re.compile(
    r"(?<![\w.,])(?:(?P<money>[£$€])\s?)?[-−+]?(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"\s?(?P<unit>%|per ?cent\b|[a-z]+\b)?",
    re.IGNORECASE,
)
_TIMES: Final = {"k": 1e3, "thousand": 1e3, "m": 1e6, "million": 1e6, "bn": 1e9, "billion": 1e9}
# A figure that is set, compared with, come from or gone by is not the one that was read.
_NOT_READ: Final = re.compile(
    r"\b(?:by|than|over|above|below|under|least|most|up to|within|exceed\w*|target\w*|limit\w*|threshold\w*|"
    r"tolerances?|standard\w*|aim\w*|plan\w*|budget\w*|from|every|each|per|between|another|further|extra|if|"
    r"additional|should|must|could|may|might|would|will)\W+(?:\w+\W+){0,2}$",
    re.IGNORECASE,
)
_NO_READING: Final = re.compile(
    r"^\s*(?:-?points?|targets?|limit|threshold|tolerance|standard|more|fewer|less|higher|lower|better|worse|"
    r"reductions?|increases?|rise|fall|drop|improvement|above|below|of the (?:target|plan|budget))\b",
    re.IGNORECASE,
)
_ABOUT: Final = re.compile(
    r"(?:\b(?:about|around|approximately|approx\.?|nearly|almost|roughly|some|circa|c\.)|~)\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Figure:
    """A number with its unit as it is written; `slack` is how far the one that it rounds may lie from it."""

    said: str
    value: float
    unit: str
    slack: float
    start: int
    end: int


def _against_chart(paper: Paper) -> Iterator[Found]:
    for key, each in _statements(paper):
        chart = next((basis for basis in each.rests_on if basis.verdict in AGAINST), None)
        words = claimed(each.text) if chart else ""
        if chart and words:
            sentence = f"“{words}” rests on {chart.label}, and that says otherwise. {chart.says}"
            advice = "Say what the chart says, or rest the claim on what bears it out."
            yield _at(CHART, key, each, sentence, advice, chart)


def _against_reading(paper: Paper) -> Iterator[Found]:
    for key, each in _statements(paper):
        read = [basis for basis in each.rests_on if basis.kind == "observation" and not basis.verdict]
        others = any(basis.kind != "observation" for basis in each.rests_on)
        if not read or others or each.judged_by:
            continue
        pairs = [(basis, figure) for basis in read if (figure := _only(_figures(basis.says)))]
        told = [(basis, figure, _said(each.text, figure.unit)) for basis, figure in pairs]
        apart = [(basis, figure, said) for basis, figure, said in told if said and _differ(said, figure)]
        if (
            len(pairs) == len(read)
            and apart
            and not any(said and not _differ(said, one) for _, one, said in told)
        ):
            basis, _, said = apart[-1]
            sentence = f"The sentence says {said.said}; {basis.label}, on which it rests, says {basis.says}."
            yield _at(
                READING, key, each, sentence, "Write the figure that was read, or rest it on another.", basis
            )


def _statements(paper: Paper) -> Iterator[tuple[str, Statement]]:
    return ((risk.key, each) for risk in paper.document.risks for each in risk.statements)


def _at(rule: Rule, risk: str, each: Statement, sentence: str, advice: str, basis: Basis) -> Found:
    known = f"{basis.label} {basis.says}"
    return Found(
        rule.code, risk, each.field, each.start, each.end, each.text, sentence, advice, rule.weight, known
    )


# --- Figures ------------------------------------------------------------------------------------------------


def _figures(text: str) -> list[_Figure]:
    """Every number of a text that has a unit."""
    every = (_figure(text, match) for match in _FIGURE.finditer(text) if not _is_year(match))
    return [each for each in every if each.unit]


def _is_year(match: re.Match[str]) -> bool:
    """Whether it is the year of “In March 2026 calls were lost”, and no count of calls."""
    plain = not match["money"] and not (match["unit"] or "").lower().startswith(("%", "per"))
    return plain and re.fullmatch(r"(?:19|20)\d\d", match["number"]) is not None


def _figure(text: str, match: re.Match[str]) -> _Figure:
    number, unit = match["number"].replace(",", ""), (match["unit"] or "").lower()
    times = _TIMES.get(unit, 1.0) if match["money"] else 1.0
    end = match.end() if not match["money"] or times > 1 else match.end("number")
    last = 10.0 ** -len(number.partition(".")[2])
    if _ABOUT.search(text[: match.start()]) and "." not in number:
        last = 10.0 ** (len(number) - len(number.rstrip("0")))
    return _Figure(
        said=text[match.start() : end].strip(),
        value=float(number) * times,
        unit=match["money"] or _plain(unit),
        slack=last * times / 2,
        start=match.start(),
        end=end,
    )


def _plain(unit: str) -> str:
    """One word for a unit, in whatever number it is written."""
    return "%" if unit.startswith(("%", "per")) else unit.removesuffix("s")


def _only(figures: list[_Figure]) -> _Figure | None:
    return figures[0] if len(figures) == 1 else None


def _said(text: str, unit: str) -> _Figure | None:
    """The one figure of a sentence in that unit, where it is told as read."""
    found = _only([each for each in _figures(text) if each.unit == unit])
    if found is None or _NOT_READ.search(text[: found.start]) or _NO_READING.search(text[found.end :]):
        return None
    return found


def _differ(said: _Figure, read: _Figure) -> bool:
    """Whether what was read, rounded as the sentence or the reading rounds, is another figure."""
    return abs(said.value - read.value) > max(said.slack, read.slack) * (1 + 1e-9)


def _resting(text: str, **said: str) -> tuple[Statement, ...]:
    basis = Basis(kind="observation", key="K3", on=date(2026, 3, 31), **said)
    return (
        Statement(field="controls:0", start=0, end=len(text), text=text, standing="bound", rests_on=(basis,)),
    )


def _rests(text: str, **said: str) -> dict[str, Any]:
    return {"controls": (text,), "statements": _resting(text, **said)}


_BETTER: Final = "The call-back team has reduced the number of abandoned calls."
_COUNTED: Final = "In March 2026, 9 % of calls were abandoned."
_CHARTED: Final = "K3 Abandoned calls, what its chart says"
CHART: Final = Rule(
    code="TREND-04",
    family="trend that contradicts its evidence",
    title="A claim of improvement that rests on a chart which says otherwise",
    reason="The reader who looks the chart up finds that it does not show what the sentence says.",
    good=example(
        f"{_BETTER} It rests on a chart that says improving.",
        **_rests(_BETTER, label=_CHARTED, says="Improving: 7 readings below the mean.", verdict="improving"),
    ),
    bad=example(
        f"{_BETTER} It rests on a chart that says worsening.",
        **_rests(_BETTER, label=_CHARTED, says="Worsening: 7 readings above the mean.", verdict="worsening"),
    ),
    weight="error",
    look=_against_chart,
)
READING: Final = Rule(
    code="NUMBER-03",
    family="number without unit, period or source",
    title="A number that is not the one of its source",
    reason="The source that the paper names has another figure, and the reader cannot tell which one holds.",
    good=example(
        f"{_COUNTED} It rests on a reading of 9.2%.",
        **_rests(_COUNTED, label="K3 Abandoned calls, March 2026", says="9.2%"),
    ),
    bad=example(
        f"{_COUNTED} It rests on a reading of 14.8%.",
        **_rests(_COUNTED, label="K3 Abandoned calls, March 2026", says="14.8%"),
    ),
    weight="error",
    look=_against_reading,
)
