"""Trends that contradict their evidence."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from watchkeep.domain.document import Movement, Promise, RegisterDocument, Risk, Trend
from watchkeep.domain.fields import fields_of
from watchkeep.domain.finding import latest_period, standing_rating
from watchkeep.domain.lint import samples
from watchkeep.domain.lint.found import Found
from watchkeep.domain.lint.paper import Paper, called
from watchkeep.domain.lint.rule import Rule
from watchkeep.domain.lint.samples import example, moved, promise, rated
from watchkeep.domain.lint.stale import WAITS, passed_promises

_GRAVER: Final = {1: "worse", -1: "better"}


def _newest(risk: Risk, period: str | None) -> tuple[str, Trend] | None:
    """The mark of a risk for the newest period, under its path, where it says which way."""
    found = next(
        (
            (path, field)
            for path, field in fields_of(risk)
            if isinstance(field, Trend) and field.period == period
        ),
        None,
    )
    return found if found and found[1].movement and not found[1].override_reason else None


def _at(rule: Rule, risk: Risk, path: str, trend: Trend, sentence: str, advice: str, basis: str) -> Found:
    text = trend.text or ""
    return Found(rule.code, risk.key, path, 0, len(text), text, sentence, advice, rule.weight, basis)


def _derived(paper: Paper) -> Iterator[Found]:
    for risk in paper.document.risks:
        for trend in risk.trends:
            known = trend.derived and trend.derived != "not applicable" and trend.movement
            if known and trend.derived != trend.movement and not trend.override_reason:
                yield _at(
                    DERIVED,
                    risk,
                    f"trends:{trend.period}",
                    trend,
                    f"This says {trend.movement}; the evidence says {trend.derived}. {trend.basis}".strip(),
                    "Take the evidence’s word, or say by name and with a reason why it is otherwise.",
                    f"{trend.derived} {trend.basis}",
                )


def _against_rating(paper: Paper) -> Iterator[Found]:
    period = latest_period(paper.document) if paper.before else None
    for risk in paper.document.risks if paper.before else ():
        found, earlier = _newest(risk, period), next(paper.earlier(risk), None)
        if found is None or earlier is None:
            continue
        way = _way(paper.document, risk, *earlier)
        path, trend = found
        against = {1: ("improving", "steady"), -1: ("worsening", "steady")}.get(way, ())
        if trend.movement in against:
            old, new = _rating(earlier[1]), _rating(risk)
            yield _at(
                AGAINST,
                risk,
                path,
                trend,
                f"The mark says {trend.movement}; the rating went from {old} in {called(earlier[0])} to "
                f"{new}, "
                f"which is {_GRAVER[way]}.",
                "Set the mark or the rating right, or say why they differ.",
                f"{old} {new}",
            )


def _rating(risk: Risk) -> str:
    rating = standing_rating(risk).text or (risk.standing.score.text if risk.standing else "")
    return " ".join((rating or "").split())


def _way(now: RegisterDocument, risk: Risk, then: RegisterDocument, earlier: Risk) -> int:
    """1 where the rating became graver, -1 where it became less grave, 0 where neither can be said."""
    new, old = now.scale.band(_rating(risk)), then.scale.band(_rating(earlier))
    if new and old and {each.name for each in now.scale.bands} == {each.name for each in then.scale.bands}:
        return (new.rank > old.rank) - (new.rank < old.rank)
    scores = [each.standing.score.text or "" if each.standing else "" for each in (risk, earlier)]
    if all(each.strip().isdecimal() for each in scores):
        return (int(scores[0]) > int(scores[1])) - (int(scores[0]) < int(scores[1]))
    return 0


_FEWEST: Final = 2  # promises: one that is late says little about a trend


def _promises_late(paper: Paper) -> Iterator[Found]:
    if paper.as_at is None:
        return
    period = latest_period(paper.document)
    for risk in paper.document.risks:
        found = _newest(risk, period)
        late, waiting = passed_promises(risk, paper.as_at)
        if found and found[1].movement == "improving" and late == waiting >= _FEWEST:
            yield _at(
                LATE,
                risk,
                *found,
                f"The mark says improving, and all {waiting} promises that wait are late.",
                "Say what makes it better although nothing that was promised came in time.",
                " ".join(f"{each.key} {each.due}" for each in risk.promises if each.state in WAITS),
            )


_OLD: Final = samples.register(samples.risk(assessments=(rated(score="8"),)), period="2025/26 Q3")


def _of(movement: Movement, score: str) -> Risk:
    return samples.risk(assessments=(rated(score=score),), trends=(moved(movement),))


def _two(due: date) -> tuple[Promise, ...]:
    return promise("Renew the lease", due=due), promise("Appoint a second supplier", due=due)


DERIVED: Final = Rule(
    code="TREND-01",
    family="trend that contradicts its evidence",
    title="A trend that its evidence does not bear out",
    reason="An arrow against its evidence, with no reason given, is believed by nobody who sees both.",
    good=example("improving; the evidence says improving", trends=(moved("improving", derived="improving"),)),
    bad=example("improving; the evidence says worsening", trends=(moved("improving", derived="worsening"),)),
    weight="error",
    look=_derived,
)
AGAINST: Final = Rule(
    code="TREND-02",
    family="trend that contradicts its evidence",
    title="A rating that moved against its arrow",
    reason="The rating and the mark beside it say two things of the same quarter.",
    good=example("Score 8, then 12: worsening", _of("worsening", "12"), before=(_OLD,)),
    bad=example("Score 8, then 12: improving", _of("improving", "12"), before=(_OLD,)),
    weight="error",
    look=_against_rating,
)
LATE: Final = Rule(
    code="TREND-03",
    family="trend that contradicts its evidence",
    title="Improving, while all that was promised is late",
    reason="What was to make the risk smaller has not been done; the mark says that it did so all the same.",
    good=example(
        "steady, with two promises to come",
        trends=(moved("steady"),),
        promises=_two(date(2026, 6, 30)),
    ),
    bad=example(
        "improving, with both promises late",
        trends=(moved("improving"),),
        promises=_two(date(2026, 1, 31)),
    ),
    weight="warning",
    look=_promises_late,
    beside=("STALE-01",),
)
RULES: Final = (DERIVED, AGAINST, LATE)
