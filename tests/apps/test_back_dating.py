"""A correction as at an earlier day is said of that day's words, holds from then on, and hides nothing."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from cast import Staffed, a_paper, a_risk, a_staffed_force, accepted, said
from once import made_once
from watchkeep.apps.history.models import Entry
from watchkeep.apps.people import changes as people
from watchkeep.apps.people.models import Post
from watchkeep.apps.register import changes, queries
from watchkeep.apps.register.models import Assessment, Register, Risk, RiskVersion
from watchkeep.domain import document
from watchkeep.domain.clock import Clock
from watchkeep.domain.document import Field
from watchkeep.domain.errors import Invalid, Refused
from watchkeep.domain.matrix import Graded, Step

pytestmark = pytest.mark.django_db
HARBOUR = "harbour-risk-register"
APRIL, MAY, JUNE, JULY = date(2026, 4, 30), date(2026, 5, 31), date(2026, 6, 30), date(2026, 7, 31)

BANDS = Graded(bands=(Step("Low"), Step("Medium"), Step("High")))


@pytest.fixture
@made_once
def force() -> Staffed:
    """With the harbour's register of April, and the first risk named otherwise in June."""
    made = a_staffed_force()
    accepted(made, a_paper(day=APRIL))
    say(made, JUNE, name="Named in June")
    return made


def risk(key: str = "LH1") -> Risk:
    return Risk.objects.get(key=key)


def say(force: Staffed, on: date, **words: str) -> int:
    """Change these fields of what stands, as the page of a risk does, and say that as at a day."""
    found = risk()
    update = {name: Field(state="recorded", text=text) for name, text in words.items()}
    return changes.amend_risk(
        by=force.risk_manager,
        risk=found.pk,
        version=found.version,
        value=queries.value_of(found).model_copy(update=update),
        effective_on=on,
    )


def shown(force: Staffed, on: date | None = None, known: Any = None) -> document.Risk:
    return queries.risk(force.auditor, HARBOUR, "LH1", Clock(on, known)).value


def test_an_earlier_day_does_not_get_todays_other_words(force: Staffed) -> None:
    say(force, MAY, treatment="Tolerate")
    may = shown(force, MAY)
    assert (may.treatment.text, may.name.text) == ("Tolerate", "Lighthouse rota LH1")


def test_it_holds_from_that_day_on_as_far_as_nobody_said_otherwise(force: Staffed) -> None:
    say(force, JULY, cause="Rust")
    say(force, MAY, treatment="Tolerate")
    told = {day: shown(force, day) for day in (APRIL, MAY, JUNE, JULY)}
    assert [each.treatment.text for each in told.values()] == [None, "Tolerate", "Tolerate", "Tolerate"]
    assert [each.name.text for each in (told[JUNE], told[JULY])] == ["Named in June"] * 2
    assert [each.cause.text for each in (told[JUNE], told[JULY])] == [None, "Rust"]


def test_what_was_said_otherwise_later_stays_and_so_does_all_that_follows_it(force: Staffed) -> None:
    say(force, JULY, cause="Rust")
    say(force, MAY, name="Named in May")
    assert [shown(force, day).name.text for day in (APRIL, MAY, JUNE, JULY)] == [
        "Lighthouse rota LH1",
        "Named in May",
        "Named in June",
        "Named in June",
    ]
    assert risk().name == "Named in June"


def test_as_known_then_it_was_not_said(force: Staffed) -> None:
    then = timezone.now()
    say(force, MAY, treatment="Tolerate")
    assert [shown(force, day, then).treatment.text for day in (MAY, JUNE)] == [None, None]


def test_a_paper_of_a_later_day_keeps_its_words_though_they_are_the_same(force: Staffed) -> None:
    accepted(force, a_paper(a_risk("LH1", name=said("Named in July")), day=JULY, words="second"), "second")
    say(force, MAY, owner="Bosun")
    assert [shown(force, day).owner.text for day in (MAY, JUNE, JULY)] == ["Bosun", "Bosun", "Harbour master"]


def test_a_papers_day_keeps_its_words_though_a_person_set_another_right_as_at_that_day(
    force: Staffed,
) -> None:
    accepted(force, a_paper(day=JULY, words="second"), "second")
    say(force, JULY, cause="Rust")
    say(force, MAY, owner="Bosun")
    assert [shown(force, day).owner.text for day in (MAY, JUNE, JULY)] == ["Bosun", "Bosun", "Harbour master"]
    assert shown(force, JULY).cause.text == "Rust"


def test_nothing_that_was_said_before_is_overwritten_and_the_entry_tells_of_the_later_days(
    force: Staffed,
) -> None:
    before = {each.pk: each.values() for each in RiskVersion.objects.all()}
    version = risk().version
    assert say(force, MAY, treatment="Tolerate") == version + 2, "one of May, one of June"
    assert {each.pk: each.values() for each in RiskVersion.objects.filter(pk__in=before)} == before
    entry = Entry.objects.order_by("-sequence")[0]
    assert entry.verb == "amend a risk"
    assert '"holds_as_at":["2026-06-30"]' in entry.text.replace(" ", "")


def test_a_back_dated_judgement_stands_until_the_next_on_the_scale_that_it_was_made_on(
    force: Staffed,
) -> None:
    found = risk()
    changes.assess(
        by=force.risk_manager,
        risk=found.pk,
        version=found.version,
        stage="residual",
        rating="Low",
        rationale="The oil came",
        on=MAY,
    )
    june = shown(force, JUNE).assessment("residual")
    assert june is not None
    assert (june.rating.text, june.on) == ("Low", MAY)
    rows = Assessment.objects.filter(version__risk=found, stage="residual", rating="Low")
    assert len({each.scale_id or each.version.scale_id for each in rows}) == 1
    made = [each for each in queries.assessments(force.auditor, found.pk) if each.rating == "Low"]
    assert [(each.on, each.stands) for each in made] == [(MAY, True)], "one judgement, however often carried"


@pytest.mark.parametrize(
    ("april", "july", "may", "wholes"),
    [
        (("Low", "Low"), "Medium", "High", ("Low", "High", "High")),  # July's own whole was Medium
        (("High", "High"), "Low", "Low", ("High", "High", "Low")),  # only the part is carried, not the whole
    ],
)
def test_a_whole_that_a_rule_rates_follows_the_parts_of_each_day_that_a_judgement_holds_on(
    force: Staffed, april: tuple[str, str], july: str, may: str, wholes: tuple[str, str, str]
) -> None:
    def judge(part: str, rating: str, on: date) -> None:
        found = risk()
        given: dict[str, Any] = {"by": force.risk_manager, "risk": found.pk, "version": found.version}
        changes.assess(stage="residual", part=part, rating=rating, rationale="Oil", on=on, **given)

    scale = changes.set_scale(by=force.risk_manager, name="Bands", scale=BANDS, effective_on=APRIL)
    row = queries.register(force.administrator, HARBOUR)
    changes.use_scale(by=force.administrator, register=row.id, version=row.version, family=scale)
    found = risk()
    rule = {"whole_rule": Field(state="recorded", text="worst part"), "assessments": ()}
    changes.amend_risk(
        by=force.risk_manager,
        risk=found.pk,
        version=found.version,
        value=queries.value_of(found).model_copy(update=rule),
        effective_on=APRIL,
    )
    judge("i", april[0], APRIL)
    judge("ii", april[1], APRIL)
    judge("ii", july, JULY)
    judge("i", may, MAY)
    told = [shown(force, day).assessment("residual") for day in (APRIL, MAY, JULY)]
    assert tuple(each.rating.text for each in told if each) == wholes
    assert [each.part for each in shown(force, JULY).assessments] == [None, "i", "ii"]


def test_a_post_chosen_for_an_earlier_day_answers_from_then_on(force: Staffed) -> None:
    found = risk()
    changes.set_owner(
        by=force.risk_manager, risk=found.pk, version=found.version, post=force.owner_post, on=MAY
    )
    for day, owner in ((APRIL, None), (MAY, force.owner_post), (JUNE, force.owner_post)):
        page = queries.risk(force.auditor, HARBOUR, "LH1", Clock(day))
        assert page.owner_post == owner, day
    assert shown(force, MAY).name.text == "Lighthouse rota LH1"


def owned(force: Staffed, post: Any, on: date) -> None:
    found = risk()
    changes.set_owner(by=force.risk_manager, risk=found.pk, version=found.version, post=post, on=on)


def test_an_owners_words_and_post_are_carried_both_or_neither(force: Staffed) -> None:
    master = people.open_post(by=force.administrator, title="Harbour master")
    owned(force, master, JULY)  # whose words are those of April: only the post is another
    owned(force, force.owner_post, MAY)
    pages = [queries.risk(force.auditor, HARBOUR, "LH1", Clock(day)) for day in (MAY, JUNE, JULY)]
    assert [(each.value.owner.text, each.owner_post) for each in pages] == [
        ("Head of Harbour", force.owner_post),
        ("Head of Harbour", force.owner_post),
        ("Harbour master", master),
    ]


def test_an_owners_words_alone_are_not_put_onto_a_post_that_was_chosen_since(force: Staffed) -> None:
    master = people.open_post(by=force.administrator, title="Harbour master")
    owned(force, master, JULY)
    say(force, MAY, owner="Bosun")  # which is no post
    july = queries.risk(force.auditor, HARBOUR, "LH1", Clock(JULY))
    assert (july.value.owner.text, july.owner_post) == ("Harbour master", master)


def test_a_category_that_words_came_to_mean_since_goes_with_them(force: Staffed) -> None:
    say(force, MAY, category="Boats")
    ids = {
        name: changes.open_category(by=force.risk_manager, name=name, description="")
        for name in ("Boats", "Ropes")
    }
    say(force, JULY, cause="Rust")
    assert RiskVersion.objects.get(risk=risk(), effective_on=JULY).category_of_id == ids["Boats"]
    say(force, MAY, category="Ropes")
    last = RiskVersion.objects.filter(risk=risk(), effective_on=JULY).latest("number")
    assert (last.category, last.category_of_id) == ("Ropes", ids["Ropes"])


def test_several_changed_alike_as_at_an_earlier_day_keep_their_other_words(force: Staffed) -> None:
    rows = [changes.Looked(each.pk, each.version) for each in (risk("LH1"), risk("LH2"))]
    changes.edit_risks(
        by=force.risk_manager,
        looked=rows,
        told=[changes.Told("treatment", "Treat")],
        effective_on=MAY,
    )
    assert [(shown(force, day).treatment.text, shown(force, day).name.text) for day in (MAY, JUNE)] == [
        ("Treat", "Lighthouse rota LH1"),
        ("Treat", "Named in June"),
    ]


def test_the_loser_of_a_race_after_a_back_dated_edit_sees_what_stood_when_they_began(force: Staffed) -> None:
    from watchkeep.domain.errors import Stale

    looked = risk().version
    say(force, MAY, treatment="Tolerate")
    stood = queries.value_of(risk())
    with pytest.raises(Stale) as lost:
        changes.amend_risk(
            by=force.risk_manager,
            risk=risk().pk,
            version=looked,
            value=stood.model_copy(update={"treatment": Field(state="recorded", text="Treat")}),
            effective_on=JULY,
        )
    clash = next(each for each in lost.value.clashes if each.name == "treatment")
    assert (clash.yours, clash.theirs, clash.base) == ("Treat", "Tolerate", "")
    assert lost.value.version == risk().version


# --- All or nothing -----------------------------------------------------------------------------------------


def test_a_post_is_opened_with_the_risk_that_it_answers_for_or_not_at_all(force: Staffed) -> None:
    found, by = risk(), force.administrator
    given: dict[str, Any] = {"by": by, "risk": found.pk, "effective_on": JULY}
    given["belongs"] = changes.OwnedBy(to_open="Keeper of the lamps")
    other = queries.value_of(found).model_copy(update={"reference": Field(state="recorded", text="LH9")})
    with pytest.raises(Invalid, match="keeps its reference"):
        changes.amend_risk(version=found.version, value=other, **given)
    assert not Post.objects.filter(title="Keeper of the lamps").exists()
    changes.amend_risk(version=found.version, value=queries.value_of(found), **given)
    page = queries.risk(force.auditor, HARBOUR, "LH1")
    assert page.value.owner.text == "Keeper of the lamps"
    assert page.owner_post == Post.objects.get(title="Keeper of the lamps").pk


def test_who_may_not_open_a_post_changes_nothing_of_the_risk_either(force: Staffed) -> None:
    found = risk()
    with pytest.raises(Refused):
        changes.amend_risk(
            by=force.risk_manager,
            risk=found.pk,
            version=found.version,
            value=queries.value_of(found).model_copy(update={"cause": Field(state="recorded", text="Rust")}),
            effective_on=JULY,
            belongs=changes.OwnedBy(to_open="Keeper of the lamps"),
        )
    assert risk().version == found.version
    assert shown(force).cause.text is None


# --- Days to come -------------------------------------------------------------------------------------------


def tomorrow() -> date:
    return timezone.localdate() + timedelta(days=1)


@pytest.mark.parametrize("change", ["amend", "correct", "owner", "assess", "open", "draft", "event", "link"])
def test_no_fact_is_of_a_day_to_come(force: Staffed, change: str) -> None:
    found, on, by = risk(), tomorrow(), force.risk_manager
    named = document.Risk(key="new", name=said("A new risk"))
    looked: dict[str, Any] = {"by": by, "risk": found.pk, "version": found.version}
    register = Register.objects.get(slug=HARBOUR).pk
    deeds: dict[str, Any] = {
        "amend": lambda: say(force, on, cause="Rust"),
        "correct": lambda: changes.correct_risk(path="cause", text="Rust", effective_on=on, **looked),
        "owner": lambda: changes.set_owner(post=force.owner_post, on=on, **looked),
        "assess": lambda: changes.assess(stage="residual", rating="Low", rationale="Oil", on=on, **looked),
        "open": lambda: changes.open_risk(by=by, register=register, value=named, effective_on=on),
        "draft": lambda: changes.draft_risk(by=by, register=register, value=named, effective_on=on),
        "event": lambda: changes.record_event(by=by, risks=[found.pk], kind="incident", title="x", on=on),
        "link": lambda: changes.link_risks(
            by=by, source=found.pk, target=risk("LH2").pk, kind="causes", from_on=on
        ),
    }
    before = Entry.objects.count()
    with pytest.raises(Invalid, match="has not come yet"):
        deeds[change]()
    assert Entry.objects.count() == before


def test_what_is_planned_may_be_of_a_day_to_come(force: Staffed) -> None:
    found = risk()
    day = tomorrow() + timedelta(days=100)
    changes.edit_risks(
        by=force.risk_manager,
        looked=[changes.Looked(found.pk, found.version)],
        told=[changes.Told("due_date", on=day)],
        effective_on=JULY,
    )
    assert shown(force).due_date.on == day
