"""The trends of a risk that an older paper told, as the columns of a newer one have them: by quarter."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from watchkeep.domain.document import Column, Risk, Trend
from watchkeep.domain.period import Period, meant


def columns_of_trends(columns: Iterable[Column], told: Iterable[Risk]) -> tuple[str, ...]:
    """The trend columns of a paper in its order: as its headings were read, then as its risks have them."""
    found: dict[str, None] = {}
    for column in columns:
        kind, _, label = column.meaning.partition(":")
        if kind == "trends" and label:
            found.setdefault(label)
    for risk in told:
        for trend in risk.trends:
            found.setdefault(trend.period)
    return tuple(found)


def restated(risk: Risk, *, told_in: Period | None, columns: tuple[str, ...], paper: Period | None) -> Risk:
    """`risk`, told by a paper of the quarter `told_in`, under the trend columns of a paper of `paper`.

    A quarter that has no column is left out; a column whose quarter the risk says nothing of, or whose
    quarter cannot be known, is not recorded.
    """
    marks = {quarter: trend for trend in risk.trends if (quarter := meant(trend.period, told_in))}
    trends = tuple(
        _under(label, marks.get(quarter) if (quarter := meant(label, paper)) else None) for label in columns
    )
    return risk.model_copy(update={"trends": trends})


def before_opening(risk: Risk, *, columns: tuple[str, ...], paper: Period | None, opened_on: date) -> Risk:
    """`risk`, which no paper told, under the columns of a paper of `paper`: what is not recorded of a quarter
    that had ended before it was opened does not apply.
    """
    told = {each.period: each for each in risk.trends}
    trends = dict(told)
    for label in columns:
        quarter, mark = meant(label, paper), told.get(label)
        if quarter and quarter.ends < opened_on and (mark is None or mark.state == "not recorded"):
            trends[label] = Trend(period=label, state="not applicable")
    order = {label: place for place, label in enumerate(columns)}
    kept = sorted(trends.values(), key=lambda each: order.get(each.period, len(order)))
    return risk.model_copy(update={"trends": tuple(kept)})


def _under(label: str, trend: Trend | None) -> Trend:
    return trend.model_copy(update={"period": label}) if trend else Trend(period=label)
