"""The demo's scales, categories, objectives and appetite, and what its papers do not say of its risks."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from watchkeep.cli.demo.names import REGISTER
from watchkeep.cli.demo.told import Made, Told

if TYPE_CHECKING:
    from watchkeep.domain.matrix import Graded

SAID_ON: Final = date(2026, 4, 1)  # the day after the last paper
WORDS: Final = ("cause", "event", "proximity", "velocity", "confidence", "unknowns", "whole_rule")


def set_scales(told: Told, made: Made) -> None:
    """Each scale, in all its versions; then the registers that are assessed on it."""
    from watchkeep.apps.register import changes, queries

    by = made.manager
    for each in told["scale"]:
        for number, version in enumerate(each["versions"], start=1):
            made.scales[each["name"]] = changes.set_scale(
                by=by,
                name=each["name"],
                scale=_graded(each | version, version.get("changes", ()) if number > 1 else ()),
                effective_on=version["from"],
                family=made.scales.get(each["name"]),
                version=number - 1,
                reason=version["reason"],
            )
        for name in each["registers"]:
            row = queries.register(by, made.registers[name])
            changes.use_scale(by=by, register=row.id, version=row.version, family=made.scales[each["name"]])


def state_appetites(told: Told, made: Made) -> None:
    """The Orange Book's categories, the body's objectives, and what it wants and bears."""
    from watchkeep.apps.register import changes, queries

    by = made.manager
    changes.start_categories(by=by)
    for each in told["objective"]:
        changes.open_objective(by=by, name=each["name"], description=each["description"])
    for each in told["appetite"]:
        category = queries.category(by, each["category"])
        changes.state_appetite(
            by=by,
            category=category.id,
            version=category.version,
            scale=made.scales["Corporate bands"],
            effective_on=each["approved_on"],
            **{
                name: each[name]
                for name in ("appetite", "tolerance", "approved_by", "approved_on", "statement")
            },
        )


def say_the_rest(told: Told, made: Made) -> None:
    """What the papers leave out of each risk: its post, its category, its cause, what is not known."""
    from watchkeep.apps.register import changes, queries
    from watchkeep.domain import fields

    by, register = made.manager, made.registers[REGISTER]
    kept = {each.name: each.id for each in queries.categories(by)}
    aims = {each.name: each.id for each in queries.objectives(by)}
    for each in told["risk"]:
        page = queries.risk(by, register, each["reference"])
        made.risks[each["reference"]] = page.id
        value = page.value
        for name in (*WORDS, "category", "objective"):
            if name in each:
                value = fields.told(
                    value, name, state="recorded", text=each[name], reason=fields.said_by(by.name)
                )
        changes.amend_risk(
            by=by,
            risk=page.id,
            version=page.version,
            value=value,
            effective_on=SAID_ON,
            reason="What the papers leave out",
            belongs=changes.Belongs(
                owner_post=made.posts.get(page.value.owner.text or ""),
                category=kept[each["category"]],
                objective=aims[each["objective"]],
            ),
        )
        if "target" in each:
            _aim(each, made)
    for each in told["link"]:
        changes.link_risks(
            by=by,
            source=made.risks[each["source"]],
            target=made.risks[each["target"]],
            kind=each["kind"],
            from_on=each["from"],
            note=each["note"],
        )


def _aim(each: Told, made: Made) -> None:
    from watchkeep.apps.register import changes, queries

    by = made.manager
    page = queries.risk(by, made.registers[REGISTER], each["reference"])
    by_when = each["target_by"]
    changes.assess(
        by=by,
        risk=page.id,
        version=page.version,
        stage="target",
        rating=each["target"],
        rationale=f"Where the board wants it by {by_when.day} {by_when:%B %Y}.",
        on=SAID_ON,
    )


def _graded(each: Told, changed: Any) -> Graded:
    from watchkeep.domain.matrix import Graded, Step

    def steps(kind: str) -> tuple[Step, ...]:
        return tuple(Step(name) for name in each.get(kind, ()))

    bands: list[str] = each["bands"]
    rows = [[bands.index(band) + 1 for band in row] for row in each.get("matrix", ())]
    for likelihood, impact, band in changed:
        rows[each["likelihood"].index(likelihood)][each["impact"].index(impact)] = bands.index(band) + 1
    return Graded(
        bands=steps("bands"),
        likelihood=steps("likelihood"),
        impact=steps("impact"),
        matrix=tuple(tuple(row) for row in rows),
        why_it_falls=each["reason"] if changed else "",
    )
