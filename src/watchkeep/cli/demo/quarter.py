"""The demo's own quarter: opened, updated, challenged, signed off, rolled forward; and the next one, open."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from watchkeep.cli.demo import framework, governance, people, proof, treatment
from watchkeep.cli.demo.names import REGISTER
from watchkeep.cli.demo.told import Made, Told

if TYPE_CHECKING:
    from watchkeep.apps.reviews.queries.reviewing import ReviewPage
    from watchkeep.domain.people import Actor


def run_all(by: Actor, told: Told) -> None:
    """Make everything that stands beside the papers: all of it, or nothing."""
    from django.db import transaction

    from watchkeep.apps.people.queries import units
    from watchkeep.apps.register import changes
    from watchkeep.cli.publish import register_named

    made = Made()
    with transaction.atomic():
        people.appoint(by, told, made)
        made.registers[REGISTER] = register_named(by, REGISTER).id
        portfolio = told["portfolio"]
        unit = next(each.id for each in units(by) if each.name == portfolio["unit"])
        made.registers[portfolio["name"]] = changes.open_register(
            by=by, name=portfolio["name"], kind=portfolio["kind"], unit=unit
        )
        framework.set_scales(told, made)
        framework.state_appetites(told, made)
        framework.say_the_rest(told, made)
        _find_closed(told, made)
        treatment.keep_controls(told, made)
        treatment.keep_promises(told, made)
        governance.keep_boards(told, made)
        treatment.sort_lines(told, made)
        governance.tell_what_happened(told, made)
        governance.keep_portfolio(told, made)
        _review(told, made)
        governance.say_beside(told, made)
        _open_the_next(told["next_cycle"], made)
        proof.bind_sentences(told, made)


def _find_closed(told: Told, made: Made) -> None:
    """The closed risk that a board's minutes name, too."""
    from watchkeep.apps.register import queries

    for board in told["board"]:
        for meeting in board["meetings"]:
            for item in meeting.get("items", ()):
                if "risk" in item and item["risk"] not in made.risks:
                    page = queries.risk(made.manager, made.registers[REGISTER], item["risk"])
                    made.risks[item["risk"]] = page.id


def _review(told: Told, made: Made) -> None:
    """The first quarter that was run here: a risk that the file does not name was confirmed as it stood."""
    from watchkeep.apps.reviews.changes import cycles
    from watchkeep.apps.reviews.queries import cycles as asked

    days, register = told["cycle"], made.registers[REGISTER]
    cycle = _opened(days, made)
    said = {each["risk"]: each for each in told["review"]}
    for row in asked.cycle(made.manager, register, days["period"]).reviews:
        _one(row.key, said.get(row.key, {}), days, made)
    page = asked.cycle(made.manager, register, days["period"])
    cycles.roll_forward(by=made.manager, cycle=cycle, version=page.row.version, on=days["rolled_on"])


def _opened(days: Told, made: Made) -> UUID:
    from watchkeep.apps.reviews.changes import cycles
    from watchkeep.domain.review import Days

    return cycles.open_cycle(
        by=made.manager,
        register=made.registers[REGISTER],
        period=days["period"],
        opened_on=days["opened_on"],
        days=Days(days["update_by"], days["challenge_by"], days["sign_by"]),
    )


def _one(key: str, said: Told, days: Told, made: Made) -> None:
    """One risk's review, from its update to its signature."""
    from watchkeep.apps.reviews.changes import steps
    from watchkeep.domain.next_review import suggested_review

    board, period = made.people["board member"], days["period"]
    page = _page(key, period, made)
    owner = made.who_answers(page.row.post)
    _update(owner, page, said, days)
    if "override" in said:
        page = _page(key, period, made)
        steps.override_trend(
            by=owner,
            review=page.row.id,
            version=page.row.version,
            on=said["updated_on"],
            **said["override"],
        )
    if "challenge" in said:
        page = _page(key, period, made)
        steps.challenge_review(
            by=board,
            review=page.row.id,
            version=page.row.version,
            text=said["challenge"],
            on=days["challenge_by"],
        )
        page = _page(key, period, made)
        steps.answer_challenge(
            by=owner,
            review=page.row.id,
            version=page.row.version,
            text=said["answer"],
            on=days["challenge_by"],
        )
    page = _page(key, period, made)
    steps.sign_review(
        by=board,
        review=page.row.id,
        version=page.row.version,
        risk_version=page.risk_version,
        next_review=None if page.above else suggested_review(page.cycle.ends_on),  # that is said below
        on=days["sign_by"],
    )


def _update(owner: Actor, page: ReviewPage, said: Told, days: Told) -> None:
    from watchkeep.apps.reviews.changes import steps

    if "rating" not in said:
        steps.confirm_review(
            by=owner,
            review=page.row.id,
            version=page.row.version,
            risk_version=page.risk_version,
            on=days["update_by"],
        )
        return
    rating = steps.Rating(rating=said["rating"], rationale=said["rationale"], basis=said["basis"])
    steps.update_review(
        by=owner,
        review=page.row.id,
        version=page.row.version,
        risk_version=page.risk_version,
        words={},
        rating=rating,
        on=said["updated_on"],
    )


def _open_the_next(days: Told, made: Made) -> None:
    """The quarter that is open: some have updated, the others are asked."""
    _opened(days, made)
    for key in days["updated"]:
        page = _page(key, days["period"], made)
        _update(made.who_answers(page.row.post), page, {}, days)


def _page(key: str, period: str, made: Made) -> ReviewPage:
    from watchkeep.apps.reviews.queries.reviewing import review

    return review(made.manager, made.registers[REGISTER], period, key)
