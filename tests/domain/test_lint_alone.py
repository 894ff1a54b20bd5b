"""One risk, linted alone, is told exactly what the whole register's lint tells of it."""

from __future__ import annotations

from datetime import date

from watchkeep.domain.document import RegisterDocument, Risk
from watchkeep.domain.lint import RULES, lint
from watchkeep.domain.lint.alone import ACROSS, lint_one


def every_bad_risk() -> tuple[RegisterDocument, tuple[RegisterDocument, ...]]:
    """All the rules' bad examples as one register, in which each risk has a reference of its own, and the
    papers before it.
    """
    risks: list[Risk] = []
    earlier: dict[date, list[Risk]] = {}
    for number, rule in enumerate(RULES):
        for place, risk in enumerate(rule.bad.document.risks):
            name = f"X{100 * number + place}"
            risks.append(renamed(risk, name))
            for age, paper in enumerate(rule.bad.before):
                same = [each for each in paper.risks if each.key == risk.key]
                earlier.setdefault(date(2025, 12 - 3 * age, 1), []).extend(
                    renamed(each, name) for each in same
                )
    base = RULES[0].bad.document
    papers = tuple(
        base.model_copy(
            update={
                "risks": tuple(rows),
                "as_at": base.as_at.model_copy(update={"on": day}),
                "period": base.name,
            }
        )
        for day, rows in earlier.items()
    )
    return base.model_copy(update={"risks": tuple(risks)}), papers


def renamed(risk: Risk, name: str) -> Risk:
    reference = risk.name.model_copy(update={"state": "recorded", "text": name})
    return risk.model_copy(update={"key": name, "reference": reference})


def test_each_risk_alone_is_found_to_be_what_it_is_among_all_others() -> None:
    document, before = every_bad_risk()
    day = date(2026, 3, 31)
    every = lint(document, as_at=day, before=before)
    assert len({each.code for each in every}) >= 20  # the examples do still find what they were made for
    for risk in document.risks:
        alone = lint_one(document, risk, as_at=day, before=before)
        assert sorted(alone, key=repr) == sorted((x for x in every if x.risk == risk.key), key=repr)


def test_a_risk_that_is_not_in_the_register_yet_is_found_in_as_if_it_were() -> None:
    document, before = every_bad_risk()
    *others, draft = document.risks
    without = document.model_copy(update={"risks": tuple(others)})
    day = date(2026, 3, 31)
    assert lint_one(without, draft, as_at=day, before=before) == lint_one(
        document, draft, as_at=day, before=before
    )


def test_the_rules_that_read_the_whole_register_are_rules() -> None:
    assert {rule.code for rule in RULES} >= ACROSS
