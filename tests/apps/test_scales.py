"""Scales in versions, appetite by category, and where each risk stands on both clocks."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from cast import JUNE, MARCH, Force, Staffed, a_force, a_paper, a_risk, accepted, said
from once import made_once
from watchkeep.apps.history import queries as history
from watchkeep.apps.register import changes, queries
from watchkeep.apps.register.models import Appetite, Assessment, Cell, Risk, RiskVersion, Scale, Step
from watchkeep.domain import document, fields
from watchkeep.domain.clock import Clock
from watchkeep.domain.errors import Invalid, Missing, Refused, Stale
from watchkeep.domain.matrix import Graded
from watchkeep.domain.matrix import Step as StepValue

pytestmark = pytest.mark.django_db
REGISTER = "harbour-risk-register"
JANUARY, SEPTEMBER = date(2031, 1, 1), date(2031, 9, 30)


def steps(*names: str) -> tuple[StepValue, ...]:
    return tuple(StepValue(name, f"what {name} means") for name in names)


THREE = Graded(bands=steps("Low", "Medium", "High"))
SQUARE = Graded(
    bands=steps("Low", "Medium", "High"),
    likelihood=steps("Rare", "Likely"),
    impact=steps("Small", "Grave"),
    matrix=((1, 2), (2, 3)),
)
FOUR = Graded(bands=steps("Low", "Moderate", "High", "Extreme"))


def set_scale(force: Force, scale: Graded = SQUARE, on: date = JANUARY, **given: Any) -> UUID:
    return changes.set_scale(
        by=force.administrator, name="Corporate scale", scale=scale, effective_on=on, **given
    )


def test_a_scale_comes_back_as_it_was_set(force: Force) -> None:
    family = set_scale(force)
    page = queries.scale(force.reader, family)
    assert (page.name, page.latest.number, page.latest.scale) == ("Corporate scale", 1, SQUARE)
    assert queries.scales(force.reader)[0].scale == SQUARE


def test_a_new_version_leaves_the_old_one_as_it_was(force: Force) -> None:
    family = set_scale(force, THREE)
    before = [each.values() for model in (Scale, Step, Cell) for each in model.objects.order_by("pk")]
    set_scale(force, FOUR, JUNE, family=family, version=1, counterparts={("band", "Medium"): "Moderate"})
    kept = [
        each.values()
        for model, of in ((Scale, "number"), (Step, "scale__number"), (Cell, "scale__number"))
        for each in model.objects.filter(**{of: 1}).order_by("pk")
    ]
    assert before == kept
    page = queries.scale(force.reader, family)
    assert [each.number for each in page.versions] == [2, 1]
    assert page.latest.counterparts == (("band", "medium", "Moderate"),)


def test_a_step_that_nobody_answers_for_has_no_counterpart(force: Force) -> None:
    family = set_scale(force, THREE)
    set_scale(force, FOUR, JUNE, family=family, version=1)
    assert queries.scale(force.reader, family).latest.counterparts == (("band", "medium", ""),)


def test_saying_what_stands_already_changes_nothing(force: Force) -> None:
    family = set_scale(force)
    head = history.head(force.reader)
    set_scale(force, family=family, version=1)
    assert history.head(force.reader) == head


@pytest.mark.parametrize(
    ("given", "field", "words"),
    [
        ({"name": " "}, "name", "needs a name"),
        ({"name": "corporate  SCALE"}, "name", "already a scale"),
    ],
)
def test_a_scale_s_name_is_its_own(force: Force, given: dict[str, str], field: str, words: str) -> None:
    set_scale(force)
    with pytest.raises(Invalid, match=words) as refusal:
        changes.set_scale(by=force.administrator, scale=THREE, effective_on=JUNE, **given)
    assert refusal.value.field == field


@pytest.mark.parametrize(
    ("counterparts", "words"),
    [
        ({("band", "Medium"): "Amber"}, "no band called “Amber”"),
        ({("band", "Amber"): "High"}, "no band called “Amber”"),
    ],
)
def test_a_counterpart_is_a_step_of_each_version(
    force: Force, counterparts: dict[Any, str], words: str
) -> None:
    family = set_scale(force, THREE)
    with pytest.raises(Invalid, match=words):
        set_scale(force, FOUR, JUNE, family=family, version=1, counterparts=counterparts)


def test_a_version_does_not_stand_before_the_one_it_follows(force: Force) -> None:
    family = set_scale(force, THREE, JUNE)
    with pytest.raises(Invalid, match="stands from 30 June 2031"):
        set_scale(force, FOUR, MARCH, family=family, version=1)


def test_the_second_to_change_a_scale_is_told(force: Force) -> None:
    family = set_scale(force, THREE)
    set_scale(force, FOUR, JUNE, family=family, version=1)
    with pytest.raises(Stale):
        set_scale(force, SQUARE, JUNE, family=family, version=1)


# --- A register that uses it --------------------------------------------------------------------------------


def register_of(force: Force) -> UUID:
    return queries.register(force.reader, REGISTER).id


def use(force: Force, family: UUID | None, version: int | None = None) -> None:
    row = queries.register(force.reader, REGISTER)
    changes.use_scale(by=force.administrator, register=row.id, version=version or row.version, family=family)


def rate(force: Force, key: str, band: str, on: date, category: UUID | None = None) -> None:
    """Say a residual rating anew, as a person does, and what category it belongs to."""
    risk = Risk.objects.get(key=key)
    standing = queries.version_as_at(risk.pk, Clock(on))
    value = fields.told(
        queries.value_of(risk, standing),
        "assessments:residual:rating",
        state="recorded",
        text=band,
        reason="said",
    )
    changes.amend_risk(
        by=force.administrator,
        risk=risk.pk,
        version=risk.version,
        value=value,
        seen=queries.value_of(risk, standing),
        effective_on=on,
        belongs=changes.Belongs(category=category or standing.category_of_id),
    )


def test_the_register_says_the_scale_that_it_uses_and_old_ratings_keep_theirs(force: Force) -> None:
    accepted(force)
    paper = Scale.objects.get(register__isnull=False)
    family = set_scale(force)
    use(force, family)
    assert [band.name for band in queries.document(force.reader, REGISTER).scale.bands] == [
        "Low",
        "Medium",
        "High",
    ]
    changes.correct_risk(
        by=force.administrator,
        risk=Risk.objects.get(key="LH1").pk,
        version=1,
        path="owner",
        text="Pilot",
        effective_on=JUNE,
    )
    carried = Assessment.objects.get(version__risk__key="LH1", version__number=2, stage="residual")
    assert carried.scale == paper, "only the owner was said anew"
    rate(force, "LH1", "Medium", SEPTEMBER)
    judged = Assessment.objects.get(version__risk__key="LH1", version__number=3, stage="residual")
    assert judged.scale is not None
    assert judged.scale.family_id == family


def test_a_rating_keeps_the_version_it_was_made_on_when_the_scale_changes(force: Force) -> None:
    accepted(force)
    family = set_scale(force, THREE)
    use(force, family)
    rate(force, "LH1", "Medium", JUNE)
    set_scale(force, FOUR, SEPTEMBER, family=family, version=1, counterparts={("band", "Medium"): "Moderate"})
    judged = Assessment.objects.get(version__risk__key="LH1", version__number=2, stage="residual")
    assert (judged.rating, judged.scale.number) == ("Medium", 1)  # type: ignore[union-attr]
    bands = queries.document(force.reader, REGISTER, Clock(JUNE)).scale.bands
    assert [band.name for band in bands] == ["Low", "Medium", "High"], "as it stood then"


def test_a_register_that_uses_no_scale_says_what_its_papers_show(force: Force) -> None:
    accepted(force)
    set_scale(force)
    assert queries.document(force.reader, REGISTER).scale.basis == "inferred"


def test_the_second_to_choose_a_register_s_scale_is_told(force: Force) -> None:
    accepted(force)
    family = set_scale(force)
    use(force, family)
    with pytest.raises(Stale):
        use(force, None, version=1)


# --- Appetite -----------------------------------------------------------------------------------------------


def state(force: Force, category: UUID, wanted: str, borne: str, on: date, **given: Any) -> None:
    row = queries.category(force.reader, category)
    family = queries.scales(force.reader)[0].id
    said_so: dict[str, Any] = {
        "by": force.administrator,
        "category": category,
        "version": row.version,
        "scale": family,
        "appetite": wanted,
        "tolerance": borne,
        "approved_by": "Harbour Board",
        "approved_on": on,
        "effective_on": on,
    }
    changes.state_appetite(**(said_so | given))


@pytest.fixture
@made_once
def harbour(force: Force) -> tuple[Force, UUID]:
    """A register on a three-band scale, with a category of which no appetite is stated yet."""
    accepted(force)
    use(force, set_scale(force, THREE))
    return force, changes.open_category(by=force.administrator, name="People")


def stood(force: Force, key: str = "LH1", clock: Clock | None = None) -> tuple[str, date | None]:
    found = queries.stands(force.reader, register_of(force), clock or Clock())
    each = found[Risk.objects.get(key=key).pk]
    return each.verdict, each.since


def test_without_a_category_or_an_appetite_nothing_is_said_and_the_reason_is(
    harbour: tuple[Force, UUID],
) -> None:
    force, category = harbour
    register = register_of(force)
    risk = Risk.objects.get(key="LH1").pk
    assert "no category" in queries.stands(force.reader, register)[risk].reason
    rate(force, "LH1", "High", JUNE, category)
    assert "no appetite" in queries.stands(force.reader, register)[risk].reason


def test_a_rating_of_another_scale_is_not_compared(harbour: tuple[Force, UUID]) -> None:
    force, category = harbour
    use(force, None)
    rate(force, "LH1", "Low", JUNE, category)
    state(force, category, "Medium", "High", JANUARY)
    found = queries.stands(force.reader, register_of(force))[Risk.objects.get(key="LH1").pk]
    assert (found.verdict, found.reason) == ("cannot be said", "it was assessed on another scale")


def test_since_when_follows_the_risk_and_the_statement(harbour: tuple[Force, UUID]) -> None:
    force, category = harbour
    state(force, category, "Low", "Medium", JANUARY)
    rate(force, "LH1", "Medium", MARCH + timedelta(days=1), category)
    assert stood(force) == ("outside appetite", date(2031, 4, 1))
    rate(force, "LH1", "High", JUNE)
    assert stood(force) == ("outside tolerance", JUNE)
    changes.correct_risk(
        by=force.administrator,
        risk=Risk.objects.get(key="LH1").pk,
        version=3,
        path="owner",
        text="Pilot",
        effective_on=SEPTEMBER,
    )
    assert stood(force) == ("outside tolerance", JUNE), "another owner is no other standing"
    state(force, category, "Medium", "High", SEPTEMBER)
    assert stood(force, clock=Clock(SEPTEMBER)) == ("outside appetite", SEPTEMBER)
    assert stood(force, clock=Clock(JUNE)) == ("outside tolerance", JUNE)
    assert stood(force, clock=Clock(date(2031, 5, 1))) == ("outside appetite", date(2031, 4, 1))


def test_a_back_dated_rating_moves_since_when_now_and_not_what_was_known_then(
    harbour: tuple[Force, UUID],
) -> None:
    force, category = harbour
    state(force, category, "Low", "Medium", JANUARY)
    rate(force, "LH1", "High", date(2031, 4, 1), category)
    for month in (5, 6, 7):
        changes.correct_risk(
            by=force.administrator,
            risk=Risk.objects.get(key="LH1").pk,
            version=Risk.objects.get(key="LH1").version,
            path="owner",
            text=f"Pilot of month {month}",
            effective_on=date(2031, month, 1),
        )
    then = timezone.now()
    rate(force, "LH1", "Low", date(2031, 5, 15))
    assert stood(force) == ("inside", date(2031, 5, 15)), "nobody judged it otherwise since"
    assert stood(force, clock=Clock(date(2031, 8, 1), then)) == ("outside tolerance", date(2031, 4, 1))
    assert stood(force, clock=Clock(date(2031, 5, 20))) == ("inside", date(2031, 5, 15))


def test_a_rating_of_an_earlier_version_is_read_on_the_newer_one(harbour: tuple[Force, UUID]) -> None:
    force, category = harbour
    rate(force, "LH1", "Medium", JUNE, category)
    rate(force, "LH2", "High", JUNE, category)
    family = queries.scales(force.reader)[0].id
    set_scale(force, FOUR, SEPTEMBER, family=family, version=1, counterparts={("band", "Medium"): "Moderate"})
    state(force, category, "Moderate", "High", SEPTEMBER)
    assert stood(force, "LH1", Clock(SEPTEMBER)) == ("inside", SEPTEMBER)
    assert stood(force, "LH2", Clock(SEPTEMBER)) == ("outside appetite", SEPTEMBER)
    state(force, category, "Low", "Moderate", date(2031, 10, 1))
    assert stood(force, "LH1", Clock(date(2031, 10, 1)))[0] == "outside appetite"
    assert stood(force, "LH2", Clock(date(2031, 10, 1)))[0] == "outside tolerance"
    assert Assessment.objects.get(version__risk__key="LH1", version__number=2, stage="residual").rating == (
        "Medium"
    ), "what was said then stays"


def test_a_rating_of_a_newer_version_is_compared_with_what_was_stated_on_the_earlier(
    harbour: tuple[Force, UUID],
) -> None:
    force, category = harbour
    state(force, category, "Low", "High", JANUARY)
    family = queries.scales(force.reader)[0].id
    set_scale(force, FOUR, JUNE, family=family, version=1)
    rate(force, "LH1", "Extreme", SEPTEMBER, category)
    assert stood(force, "LH1") == ("outside tolerance", SEPTEMBER)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"appetite": "Amber"}, "appetite"),
        ({"appetite": "High", "tolerance": "Low"}, "tolerance"),
        ({"approved_by": " "}, "approved_by"),
        ({"approved_on": SEPTEMBER}, "effective_on"),
    ],
)
def test_an_appetite_says_who_approved_what_when(
    harbour: tuple[Force, UUID], given: dict[str, Any], field: str
) -> None:
    force, category = harbour
    with pytest.raises(Invalid) as refusal:
        state(force, category, "Low", "Medium", JUNE, **given)
    assert refusal.value.field == field
    assert not Appetite.objects.exists()


def test_a_paper_that_names_a_category_of_the_body_has_it(force: Force) -> None:
    category = changes.open_category(by=force.administrator, name="People")
    accepted(force, a_paper(a_risk("LH1", category=said(" people")), a_risk("LH2", category=said("Lamps"))))
    rows = dict(RiskVersion.objects.values_list("risk__key", "category_of"))
    assert rows == {"LH1": category, "LH2": None}


def test_the_starter_categories_come_once_and_leave_the_body_s_own(force: Force) -> None:
    changes.open_category(by=force.administrator, name="financial")
    assert changes.start_categories(by=force.administrator) == 12
    assert changes.start_categories(by=force.administrator) == 0
    names = [each.name for each in queries.categories(force.reader)]
    assert (len(names), names[0]) == (13, "financial")


def test_a_retired_category_is_offered_no_more_and_its_risks_keep_it(harbour: tuple[Force, UUID]) -> None:
    force, category = harbour
    rate(force, "LH1", "High", JUNE, category)
    changes.retire_category(
        by=force.administrator, category=category, version=1, retired_on=JUNE, reason="Merged with Safety."
    )
    assert queries.offers(force.reader).categories == ()
    assert queries.beside(force.reader, register_of(force))["LH1"].category == "People"


def test_an_objective_is_amended_and_retired_with_a_reason(force: Force) -> None:
    which = changes.open_objective(by=force.administrator, name="Every ship comes home")
    by = force.administrator
    changes.amend_objective(
        by=by, objective=which, version=1, name="All ships come home", description="Safe."
    )
    with pytest.raises(Invalid, match="Say why"):
        changes.retire_objective(by=by, objective=which, version=2, retired_on=JUNE, reason="")
    changes.retire_objective(by=by, objective=which, version=2, retired_on=JUNE, reason="Reached.")
    with pytest.raises(Refused, match="retired already"):
        changes.retire_objective(by=by, objective=which, version=3, retired_on=JUNE, reason="Again.")
    assert queries.objective(force.reader, which).name == "All ships come home"


# --- Who may ------------------------------------------------------------------------------------------------

ASKED: dict[str, Any] = {
    "set a scale": lambda by, _: changes.set_scale(by=by, name="S", scale=THREE, effective_on=JUNE),
    "add a category": lambda by, _: changes.open_category(by=by, name="Tides"),
    "add the starter categories": lambda by, _: changes.start_categories(by=by),
    "add an objective": lambda by, _: changes.open_objective(by=by, name="Calm"),
    "amend a category": lambda by, category: changes.amend_category(
        by=by, category=category, version=1, name="Crew", description=""
    ),
    "retire a category": lambda by, category: changes.retire_category(
        by=by, category=category, version=1, retired_on=JUNE, reason="x"
    ),
    "use a scale": lambda by, _: changes.use_scale(
        by=by, register=Risk.objects.all()[0].register_id, version=1, family=None
    ),
}


@pytest.mark.parametrize("change", ASKED)
def test_only_who_keeps_the_risks_of_the_whole_body_changes_scales_and_appetite(
    harbour: tuple[Force, UUID], staffed_of: Staffed, change: str
) -> None:
    force, category = harbour
    head = history.head(force.reader)
    for by in (force.reader, staffed_of.owner, staffed_of.auditor, staffed_of.board_member):
        with pytest.raises((Refused, Missing)):
            ASKED[change](by, category)
    assert history.head(force.reader) == head


@pytest.fixture
def staffed_of(force: Force) -> Staffed:
    """The same people in another body: roles are what is asked here."""
    from cast import a_staffed_force

    return a_staffed_force("Fell Side Constabulary")


def test_a_risk_manager_may(staffed: Staffed) -> None:
    family = changes.set_scale(by=staffed.risk_manager, name="Scale", scale=THREE, effective_on=JUNE)
    assert queries.scale(staffed.owner, family).name == "Scale"


def test_another_body_s_scale_is_answered_like_a_missing_one(force: Force) -> None:
    family = set_scale(force)
    category = changes.open_category(by=force.administrator, name="People")
    stranger = a_force("Mossgate Constabulary").administrator
    for which in (family, uuid4()):
        with pytest.raises(Missing, match="no such scale"):
            queries.scale(stranger, which)
        with pytest.raises(Missing, match="no such scale"):
            changes.set_scale(by=stranger, name="x", scale=FOUR, effective_on=JUNE, family=which, version=1)
    with pytest.raises(Missing, match="no such category"):
        queries.category(stranger, category)
    assert queries.scales(stranger) == queries.categories(stranger) == ()


@pytest.mark.parametrize("risks", [1, 9])
def test_the_cost_is_the_same_however_many_risks_there_are(
    force: Force, risks: int, django_assert_num_queries: Any
) -> None:
    accepted(force, a_paper(*(a_risk(f"LH{number}") for number in range(risks))))
    use(force, set_scale(force, THREE))
    category = changes.open_category(by=force.administrator, name="People")
    state(force, category, "Low", "Medium", JANUARY)
    for number in range(risks):
        rate(force, f"LH{number}", "High", JUNE, category)
    register = register_of(force)
    with django_assert_num_queries(10):  # one of them: which came from another register
        found = queries.stands(force.reader, register)
    assert [each.verdict for each in found.values()] == ["outside tolerance"] * risks
    with django_assert_num_queries(1):
        assert len(queries.beside(force.reader, register)) == risks
    with django_assert_num_queries(5):
        queries.scales(force.reader)
    with django_assert_num_queries(3):
        queries.categories(force.reader)


def test_any_document_of_a_paper_is_untouched_by_a_scale_of_the_body(force: Force) -> None:
    paper = a_paper()
    accepted(force, paper)
    use(force, set_scale(force))
    said_now = queries.document(force.reader, REGISTER)
    assert said_now.risks == paper.risks
    assert isinstance(said_now.scale, document.Scale)
