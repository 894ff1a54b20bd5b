"""The demo's indicators: each with its readings, its lines, and the risk that it speaks to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from watchkeep.cli.demo import papers
from watchkeep.cli.demo.making_up import MADE_UP, grid, readings
from watchkeep.cli.demo.told import Told
from watchkeep.domain.indicator import Definition, PlanPoint, Target

if TYPE_CHECKING:
    from watchkeep.domain.people import Actor

ATTACHED: Final = date(2026, 4, 1)  # the first day after the last paper that was brought in
DUE_AFTER: Final = {"week": 7, "month": 10, "quarter": 30}  # days in which a reading is put together
WHY: Final = "The paper names this figure; from here on it is read."
PLAIN: Final = ("unit", "better", "frequency", "kind", "numerator", "denominator", "seasonal", "baseline")


def keep_once(by: Actor, told: Told) -> None:
    """Open every indicator that the file tells of, unless they are there: all of them, or none."""
    from django.db import transaction

    from watchkeep.apps.indicators import queries

    if not queries.indicators(by):
        with transaction.atomic():
            _keep(by, told)


def _keep(by: Actor, told: Told) -> None:
    from watchkeep.apps.indicators import changes
    from watchkeep.apps.people.queries import post_titled

    read, every = {}, list(series_of(told))
    posts = {risk: post_titled(by, title).id for risk, title in told["owner"].items()}
    risks = {each: papers.risk_named(by, each) for each in {one["risk"] for one in every}}
    for each in every:
        post = posts[each["risk"]]
        indicator = changes.open_indicator(by=by, definition=definition(each), owner_post=post)
        read[indicator] = readings(each, told["until"])
        _draw_lines(by, indicator, each)
        changes.attach(
            by=by,
            indicator=indicator,
            risk=risks[each["risk"]],
            side=each["side"],
            part=each.get("part", ""),
            leads=each.get("leads", False),
            from_on=ATTACHED,
            reason=WHY,
        )
    changes.observe_many(by=by, readings=read, source=f"Example readings, {MADE_UP}")


def series_of(told: Told) -> Iterator[dict[str, Any]]:
    """Every series of the file, those of its grid last."""
    yield from told["series"]
    yield from grid(told["grid"])


def definition(told: Mapping[str, Any]) -> Definition:
    """What a series of the file measures."""
    return Definition(
        name=told["name"],
        source=f"{told['source']} ({MADE_UP})",
        family=told.get("family", "p" if "out_of" in told else "xmr"),
        theme=told.get("theme", ""),
        measure=told.get("measure", ""),
        from_on=told["start"],
        due_after=DUE_AFTER[told["frequency"]],
        **{name: told[name] for name in PLAIN if name in told},
    )


def _draw_lines(by: Actor, indicator: UUID, told: Mapping[str, Any]) -> None:
    from watchkeep.apps.indicators import changes

    for each in told.get("targets", ()):
        line = Target(
            each["value"],
            each["from"],
            each.get("until"),
            each.get("kind", "target"),
            each.get("source", ""),
        )
        changes.set_target(by=by, indicator=indicator, target=line)
    for each in told.get("rebases", ()):
        changes.rebase(by=by, indicator=indicator, on=each["on"], reason=each["reason"])
    for each in told.get("annotations", ()):
        changes.annotate(by=by, indicator=indicator, on=each["on"], text=each["text"])
    if points := [PlanPoint(each["on"], float(each["value"])) for each in told.get("plan", ())]:
        changes.plan(by=by, indicator=indicator, points=points)
