"""The register says exactly what was accepted, as at any day, and nothing in it is overwritten."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as any_

from cast import JUNE, MARCH, Force, a_force, a_paper, a_risk, accepted, digest, said
from watchkeep.apps.history import queries as history
from watchkeep.apps.register import changes, queries
from watchkeep.apps.register.models import Risk, RiskVersion
from watchkeep.domain import document
from watchkeep.domain.clock import Clock
from watchkeep.domain.errors import Clash, Invalid, Missing, Refused, Stale

pytestmark = pytest.mark.django_db
REGISTER = "harbour-risk-register"


def test_what_was_accepted_is_what_the_register_says(force: Force) -> None:
    paper = a_paper()
    accepted(force, paper)
    assert queries.document(force.reader, REGISTER) == paper.model_copy(update={"doubts": ()})


# --- Any document comes back as it was ----------------------------------------------------------------------

WORDS = any_.text(
    any_.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t"), min_size=1, max_size=30
).filter(str.strip)
PLACES = any_.lists(
    any_.one_of(
        any_.builds(lambda line: document.LinePlace(line=line, last_line=line + 1), any_.integers(1, 900)),
        any_.builds(document.CellPlace, sheet=any_.just("Sheet 1"), cell=any_.just("C7")),
        any_.builds(
            document.PagePlace,
            page=any_.integers(1, 9),
            box=any_.tuples(*[any_.floats(0, 900, width=32)] * 4),
        ),
    ),
    max_size=2,
).map(tuple)


def field_of(kind: type[document.Field], **more: Any) -> any_.SearchStrategy[Any]:
    """Any field of this kind: said, not recorded, or not applicable."""

    @any_.composite
    def build(draw: Any) -> Any:
        state = draw(any_.sampled_from(["recorded", "not recorded", "not applicable"]))
        confidence = draw(any_.sampled_from([1.0, 0.75, 0.1]))
        return kind(
            state=state,
            text=draw(WORDS) if state == "recorded" else None,
            places=draw(PLACES),
            confidence=confidence,
            reason="by order" if confidence < 1 else draw(any_.sampled_from(["", "as written"])),
            **{name: draw(each) for name, each in more.items()},
        )

    return build()


FIELD = field_of(document.Field)
DATE = field_of(document.DateField, on=any_.none() | any_.dates())
PARTED = field_of(
    document.PartedField,
    parts=any_.lists(
        any_.builds(document.Part, marker=any_.sampled_from(["i", "a", ""]), text=WORDS, places=PLACES),
        max_size=3,
    ).map(tuple),
)
ITEM = field_of(
    document.Item, part=any_.sampled_from([None, "", "ii"]), marker=any_.sampled_from([None, "", "-", "•"])
)
TREND = field_of(
    document.Trend,
    period=any_.sampled_from(["Q1", "Q2", ""]),
    direction=any_.sampled_from([None, "up", "level", "down"]),
    movement=any_.sampled_from([None, "worsening", "steady", "improving"]),
    derived=any_.sampled_from([None, "steady", "not applicable"]),
    basis=any_.just("") | WORDS,
    overridden_by=any_.just("") | WORDS,
    override_reason=any_.just("") | WORDS,
)
STAGES: list[document.Stage] = ["inherent", "residual", "target", "not stated"]
JUDGED = any_.just(document.NOT_RECORDED) | any_.builds(
    document.Field, state=any_.just("recorded"), text=WORDS, places=PLACES
)
ASSESSMENT = any_.builds(
    document.Assessment,
    stage=any_.sampled_from(STAGES),
    likelihood=FIELD,
    impact=FIELD,
    score=FIELD,
    rating=FIELD,
    fill=any_.sampled_from([None, "#00ff00"]),
    part=any_.sampled_from([None, "", "ii", "i:@#"]),
    rationale=JUDGED,
    basis=JUDGED,
    by=any_.just("") | WORDS,
    on=any_.none() | any_.dates(),
)
EXTRA = field_of(document.Extra, heading=any_.sampled_from(["Tide", "Moon", "Tide#2"]))


def few(of: any_.SearchStrategy[Any]) -> any_.SearchStrategy[Any]:
    """Up to three."""
    return any_.lists(of, max_size=3).map(tuple)


ANY_RISK = any_.builds(
    document.Risk,
    key=any_.just("LH1"),
    reference=any_.just(said("LH1")),
    controls=few(ITEM),
    actions=few(ITEM),
    trends=few(TREND),
    assessments=few(ASSESSMENT),
    extra=few(EXTRA),
    description=PARTED,
    impact=PARTED,
    **dict.fromkeys(["date_raised", "due_date", "review_date"], DATE),
    **dict.fromkeys(
        [
            *("name", "cause", "event", "category", "objective", "owner", "status", "treatment"),
            *("contingency", "proximity", "velocity", "confidence", "unknowns", "whole_rule"),
        ],
        FIELD,
    ),
)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(risk=ANY_RISK)
def test_any_risk_comes_back_as_it_was(force: Force, risk: document.Risk) -> None:
    paper = a_paper(risk, doubts=())
    by, file = force.administrator, changes.FromFile(digest("first paper"), "paper.txt")
    register = changes.open_register(by=by, name=f"Register {uuid4()}")
    changes.set_cover(by=by, register=register, value=paper, effective_on=MARCH, file=file)
    changes.open_risk(by=by, register=register, value=risk, effective_on=MARCH, position=0, file=file)
    assert queries.document(force.reader, register) == paper


def test_a_heading_that_looks_like_the_second_of_its_name_is_told_from_it(force: Force) -> None:
    extras = tuple(
        document.Extra(heading=heading, confidence=0.5, reason=f"reason {number}")
        for number, heading in enumerate(["Tide", "Tide", "Tide#2", "Tide##2"])
    )
    paper = a_paper(a_risk("LH1", extra=extras))
    accepted(force, paper)
    assert queries.document(force.reader, REGISTER).risks == paper.risks


# --- Two clocks ---------------------------------------------------------------------------------------------


def test_an_earlier_day_is_seen_as_it_was(force: Force) -> None:
    accepted(force)
    accepted(force, a_paper(a_risk("LH1", owner=said("Pilot")), day=JUNE, words="second"), "second")
    now = queries.document(force.reader, REGISTER)
    march = queries.document(force.reader, REGISTER, Clock(MARCH))
    assert now.risk("LH1").owner.text == "Pilot"  # type: ignore[union-attr]
    assert march.risk("LH1").owner.text == "Harbour master"  # type: ignore[union-attr]
    assert march.as_at.on == MARCH
    assert queries.document(force.reader, REGISTER, Clock(MARCH - timedelta(days=1))).risks == ()


def test_a_back_dated_correction_is_known_now_and_was_not_known_then(force: Force) -> None:
    accepted(force)
    accepted(force, a_paper(a_risk("LH1", name=said("Named anew")), day=JUNE, words="second"), "second")
    then = timezone.now()
    risk = Risk.objects.get(key="LH1")
    changes.correct_risk(
        by=force.administrator,
        risk=risk.pk,
        version=risk.version,
        path="owner",
        text="Bosun",
        effective_on=MARCH,
    )
    as_now_known = queries.document(force.reader, REGISTER, Clock(MARCH))
    as_then_known = queries.document(force.reader, REGISTER, Clock(MARCH, then))
    assert as_now_known.risk("LH1").owner.text == "Bosun"  # type: ignore[union-attr]
    assert as_then_known.risk("LH1").owner.text == "Harbour master"  # type: ignore[union-attr]
    assert as_now_known.risk("LH1").name == as_then_known.risk("LH1").name, (
        "June's words are not carried back"
    )  # type: ignore[union-attr]
    assert queries.document(force.reader, REGISTER).risk("LH1").owner.text == "Harbour master", (
        "June is later"
    )  # type: ignore[union-attr]


def test_nothing_said_before_is_overwritten(force: Force) -> None:
    accepted(force)
    before = {each.pk: each.values() for each in RiskVersion.objects.all()}
    risk = Risk.objects.get(key="LH1")
    changes.correct_risk(
        by=force.administrator, risk=risk.pk, version=1, path="controls", text="One\nTwo", effective_on=JUNE
    )
    after = {each.pk: each.values() for each in RiskVersion.objects.filter(pk__in=before)}
    assert before == after
    assert len(queries.risk(force.reader, REGISTER, "LH1").versions) == 2


# --- Changes ------------------------------------------------------------------------------------------------


def test_an_edit_of_what_somebody_else_changed_is_told_so_with_both_versions(force: Force) -> None:
    accepted(force)
    risk = Risk.objects.get(key="LH1")
    first = {"by": force.administrator, "risk": risk.pk, "version": 1, "path": "owner", "effective_on": JUNE}
    changes.correct_risk(text="Pilot", **first)  # type: ignore[arg-type]
    with pytest.raises(Stale) as refusal:
        changes.correct_risk(text="Bosun", **first)  # type: ignore[arg-type]
    assert refusal.value.clashes == (Clash("owner", "Risk owner", "Bosun", "Pilot", base="Harbour master"),)
    assert refusal.value.version == 2


def test_an_edit_says_who_said_so_and_leaves_the_other_fields_where_they_were_read(force: Force) -> None:
    accepted(force)
    risk = Risk.objects.get(key="LH1")
    changes.correct_risk(
        by=force.administrator, risk=risk.pk, version=1, path="treatment", text="Tolerate", effective_on=JUNE
    )
    page = queries.risk(force.reader, REGISTER, "LH1")
    treatment, name = page.passage("treatment"), page.passage("name")
    assert treatment is not None
    assert name is not None
    assert (treatment.reason, treatment.file_name) == ("said by Edda Holm", "")
    assert (name.file_name, len(name.places)) == ("paper.txt", 1)


def test_a_reference_is_never_used_again(force: Force) -> None:
    accepted(force)
    risk = Risk.objects.get(key="LH1")
    changes.close_risk(
        by=force.administrator,
        risk=risk.pk,
        version=1,
        closed_on=JUNE,
        reason="The lighthouse is automatic now.",
    )
    with pytest.raises(Invalid, match="never used again"):
        changes.open_risk(
            by=force.administrator,
            register=risk.register_id,
            value=a_risk("LH1"),
            effective_on=JUNE,
            position=9,
        )


def test_a_closed_risk_is_in_the_register_until_the_day_it_closed(force: Force) -> None:
    accepted(force)
    risk = Risk.objects.get(key="LH1")
    changes.close_risk(by=force.administrator, risk=risk.pk, version=1, closed_on=JUNE, reason="It is over.")
    assert [each.key for each in queries.document(force.reader, REGISTER).risks] == ["LH2", "LH3"]
    march = queries.document(force.reader, REGISTER, Clock(MARCH))
    assert [each.key for each in march.risks] == ["LH1", "LH2", "LH3"]
    with pytest.raises(Refused, match="already closed"):
        changes.close_risk(by=force.administrator, risk=risk.pk, version=2, closed_on=JUNE, reason="Again.")


def test_a_risk_is_not_closed_without_a_reason(force: Force) -> None:
    accepted(force)
    risk = Risk.objects.get(key="LH1")
    with pytest.raises(Invalid, match="Say why"):
        changes.close_risk(by=force.administrator, risk=risk.pk, version=1, closed_on=JUNE, reason=" ")


REFUSED = {
    "open a register": lambda by, _: changes.open_register(by=by, name="Mine"),
    "open a risk": lambda by, risk: changes.open_risk(
        by=by, register=risk.register_id, value=a_risk("LH9"), effective_on=MARCH, position=0
    ),
    "amend a risk": lambda by, risk: changes.amend_risk(
        by=by, risk=risk.pk, version=1, value=a_risk("LH1"), effective_on=MARCH
    ),
    "correct a risk": lambda by, risk: changes.correct_risk(
        by=by, risk=risk.pk, version=1, path="owner", text="Me", effective_on=MARCH
    ),
    "close a risk": lambda by, risk: changes.close_risk(
        by=by, risk=risk.pk, version=1, closed_on=MARCH, reason="Because"
    ),
    "set the cover": lambda by, risk: changes.set_cover(
        by=by, register=risk.register_id, value=a_paper(), effective_on=JUNE
    ),
}


@pytest.mark.parametrize("change", REFUSED)
def test_a_reader_changes_nothing(force: Force, change: str) -> None:
    accepted(force)
    before = history.head(force.reader)
    with pytest.raises(Refused, match="Only an administrator"):
        REFUSED[change](force.reader, Risk.objects.get(key="LH1"))
    assert history.head(force.reader) == before


@pytest.mark.parametrize("change", [each for each in REFUSED if each != "open a register"])
def test_another_body_s_risk_is_answered_like_a_missing_one(force: Force, change: str) -> None:
    accepted(force)
    stranger = a_force("Mossgate Constabulary").administrator
    with pytest.raises(Missing) as foreign:
        REFUSED[change](stranger, Risk.objects.get(key="LH1"))
    missing = Risk(id=stranger.body, key="x", opened_on=date.min, register_id=stranger.body)
    with pytest.raises(Missing) as absent:
        REFUSED[change](stranger, missing)
    assert foreign.value.sentence == absent.value.sentence


def test_queries_show_only_the_viewer_s_own_body(force: Force) -> None:
    accepted(force)
    stranger = a_force("Mossgate Constabulary").administrator
    assert queries.registers(stranger) == ()
    for ask in (
        lambda: queries.document(stranger, REGISTER),
        lambda: queries.risk(stranger, REGISTER, "LH1"),
    ):
        with pytest.raises(Missing):
            ask()


@pytest.mark.parametrize("risks", [1, 9])
def test_a_page_costs_the_same_however_many_risks_there_are(
    force: Force, risks: int, django_assert_num_queries: Any
) -> None:
    accepted(force, a_paper(*(a_risk(f"LH{number}") for number in range(risks))))
    with django_assert_num_queries(10):
        assert len(queries.document(force.reader, REGISTER).risks) == risks
    with django_assert_num_queries(15):
        queries.risk(force.reader, REGISTER, "LH0")
    with django_assert_num_queries(1):
        queries.registers(force.reader)
