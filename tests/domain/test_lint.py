"""The lint: each rule by its own examples, words of registers it was not made on, and a real register."""

from __future__ import annotations

import random
import re
import time
from datetime import date

import pytest
from tests.domain.lint_words import BAD, GOOD

from conditions import REAL, needs_real
from watchkeep.domain.document import Assessment, PromiseState, RegisterDocument, Statement
from watchkeep.domain.fields import fields_of
from watchkeep.domain.lint import FAMILIES, RULES, Found, Rule, claims, lint, sentences
from watchkeep.domain.lint.samples import moved, promise, rated, register, risk
from watchkeep.domain.lint.times import times
from watchkeep.formats.readers import read_here

AS_AT = date(2025, 9, 30)


def codes(document: RegisterDocument, as_at: date | None = None) -> list[str]:
    return [each.code for each in lint(document, as_at=as_at)]


# --- Each rule by its own examples --------------------------------------------------------------------------


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_finds_its_bad_example_and_nothing_in_its_good_one(rule: Rule) -> None:
    bad, good = rule.bad, rule.good
    found = lint(bad.document, as_at=bad.as_at, before=bad.before)
    assert rule.code in {each.code for each in found}
    assert {each.code for each in found} - {rule.code, *rule.beside} == set()
    assert lint(good.document, as_at=good.as_at, before=good.before) == ()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_no_example_is_published_with_its_end_doubled(rule: Rule) -> None:
    for each in (rule.good, rule.bad):
        for risk_ in each.document.risks:
            for words in (each.words, *(field.text or "" for _, field in fields_of(risk_))):
                ends = words.split()
                assert not re.search(r"[a-z]\.[a-z]{3}", words), words
                assert len(ends) < 6 or ends[-3:] != ends[-6:-3], words


def test_every_family_has_a_rule_and_no_two_rules_share_a_code() -> None:
    assert {rule.family for rule in RULES} == set(FAMILIES)
    assert len({rule.code for rule in RULES}) == len(RULES)


# --- Words that the rules were not made on ------------------------------------------------------------------


def one(field: str, words: str) -> RegisterDocument:
    said = (words,) if field in ("controls", "actions") else words
    return register(risk(**{field: said}), period="2025/26 Q2")


@pytest.mark.parametrize(("field", "words", "code"), BAD, ids=[each[1][:40] for each in BAD])
def test_bad_words_of_other_registers_are_found(field: str, words: str, code: str) -> None:
    assert codes(one(field, words)) == [code]


@pytest.mark.parametrize(("field", "words"), GOOD, ids=[each[1][:40] for each in GOOD])
def test_good_words_raise_nothing(field: str, words: str) -> None:
    assert lint(one(field, words)) == ()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("15 of the 12 sites had a plan.", "15 is more than the 12 that it is part of."),
        ("In May 2025, 12 of 48 sites (35%) had a plan.", "12 of 48 is 25 %, not 35 %."),
        ("It rose from £2m to £3m (a 20% increase) in 2025.", "From 2 to 3 is 50 %, not 20 %."),
        ("Savings of £3m + £2m = £6m for 2025/26.", "The terms make 5, not 6."),
        ("In May 2025 fees were £30 x 4 = £100.", "£30 × 4 is 120, not 100."),
        (
            "In May 2025 there were 10 posts, of which 7 filled and 6 vacant.",
            "The parts make 13, more than the whole of 10.",
        ),
    ],
)
def test_a_sum_that_fails_is_told_with_what_is_true_and_what_stands(words: str, sentence: str) -> None:
    assert [each.sentence for each in lint(one("controls", words)) if each.code == "SUM-04"] == [sentence]


def test_the_end_of_a_month_says_when_and_not_how_long() -> None:
    told = {
        words: lint(one("actions", words))[0].sentence
        for words in ("Replace pump by end of 2024", "Funding agreed until March 2025")
    }
    assert ["to last until then" in each for each in told.values()] == [False, True]


# --- Where a finding stands ---------------------------------------------------------------------------------


def test_a_finding_points_at_its_own_characters() -> None:
    words = "A guard walks the yard nightly. The fence will be raised by June 2025. Dogs bark."
    (found,) = lint(one("controls", words))
    assert words[found.start : found.end] == found.text == "The fence will be raised by June 2025."


def test_a_key_holds_while_the_words_stand_and_goes_with_them() -> None:
    words = "The fence will be raised by June 2025."
    (alone,) = lint(one("controls", words))
    (moved_on,) = lint(one("controls", f"A guard walks the yard nightly. {words}"))
    (reworded,) = lint(one("controls", "The fence will be raised by July 2025."))
    assert alone.key == moved_on.key != reworded.key


def test_a_key_goes_with_what_the_finding_rests_on() -> None:
    def scored(*assessments: Assessment) -> dict[str, str]:
        others = (risk("R2", assessments=(usual,)), risk("R3", assessments=(usual,)))
        document = register(risk(assessments=assessments), *others)
        return {each.field: each.key for each in lint(document) if each.code == "SUM-01"}

    usual = rated("2", "3", "6")
    now = scored(rated("3", "3", "12"), rated("2", "2", "12", stage="target"))
    (left, aimed) = now.values()
    assert left != aimed
    ((_, other),) = scored(rated("5", "5", "12")).items()
    assert other not in now.values()
    assert [*scored(rated("3", "3", "12")).values()] == [left]

    def late(due: date) -> str:
        title = "Renew the lease"
        (found,) = lint(register(risk(promises=(promise(title, due=due, state="overdue"),))), as_at=AS_AT)
        return found.key

    assert late(date(2025, 1, 1)) != late(date(2025, 6, 1))


def test_one_score_in_two_bands_is_pointed_at_in_the_rarer_and_on_a_tie_in_each() -> None:
    def told(*bands: str) -> list[tuple[str, str]]:
        risks = (risk(f"R{n}", assessments=(rated("4", "5", "20", band),)) for n, band in enumerate(bands, 1))
        return [(each.risk, each.sentence) for each in lint(register(*risks)) if each.code == "SUM-02"]

    assert told("Low", "High") == [
        ("R1", "A score of 20 is Low here and High in R2."),
        ("R2", "A score of 20 is High here and Low in R1."),
    ]
    assert told("Low", "High", "High") == [
        ("R1", "A score of 20 is Low here and High elsewhere in this register.")
    ]
    assert told("High", "High") == []


def test_without_a_day_the_rules_that_need_one_find_nothing() -> None:
    document = register(risk(controls=("The fence will be raised by June 2025.",)), period="")
    assert codes(document) == []
    assert codes(document, AS_AT) == ["STALE-01"]


def test_what_is_about_all_of_a_register_comes_first_and_is_told_once() -> None:
    document = register(*(risk(f"R{number}", owner="") for number in (1, 2, 3)))
    owners = [each for each in lint(document) if each.code == "UNOWNED-01"]
    assert [each.risk for each in owners] == [""]
    assert lint(document)[0] == owners[0]


# --- What the records know ----------------------------------------------------------------------------------


def test_a_claim_that_is_bound_or_judged_is_measured_and_one_that_expired_is_not() -> None:
    words = "The team is having a positive impact."
    for standing, expected in (("bound", []), ("judged", []), ("expired", ["CLAIM-01"])):
        bound = Statement.model_validate(
            {"field": "controls:0", "start": 0, "end": len(words), "text": words, "standing": standing}
        )
        assert codes(register(risk(controls=(words,), statements=(bound,)))) == expected


def test_a_line_that_is_a_promise_of_the_records_is_judged_by_its_record() -> None:
    line = "Raise the fence by 30 June 2025"
    kept = promise(line, due=date(2025, 6, 30), state="done")
    late = promise(line, due=date(2025, 6, 30), state="overdue")
    assert codes(register(risk(actions=(line,), promises=(kept,))), AS_AT) == []
    (found,) = lint(register(risk(actions=(line,), promises=(late,))), as_at=AS_AT)
    assert (found.code, found.field, found.text) == ("STALE-01", "promises:0", line)
    assert "92 days late" in found.sentence


def test_a_line_that_a_promise_was_made_from_is_judged_by_what_became_of_the_promise() -> None:
    line, day = "We plan to have a standing audit team by 30 June 2025.", date(2025, 6, 30)

    def found(state: PromiseState, due: date | None = day, said: str = line) -> list[tuple[str, str]]:
        made = promise("Standing audit team", due=due, state=state).model_copy(update={"lines": (line,)})
        told = lint(register(risk(actions=(said,), promises=(made,))), as_at=AS_AT)
        return [(each.code, each.field) for each in told]

    assert found("done") == found("waiting", date(2025, 12, 31)) == []
    assert found("overdue") == [("STALE-01", "promises:0")]
    assert found("no date", None) == [("UNDATED-01", "promises:0")]
    assert found("done", said=line.replace("team", "team of six")) == [("STALE-01", "actions:0")]  # reworded


def test_an_overridden_trend_with_its_reason_is_no_contradiction() -> None:
    said = moved("improving", derived="worsening").model_copy(
        update={"overridden_by": "Head of Risk", "override_reason": "The count was wrong in January."}
    )
    assert codes(register(risk(trends=(said,)))) == []


def test_parts_that_are_rated_one_by_one_are_not_several_risks_under_one_rating() -> None:
    bad = next(rule for rule in RULES if rule.code == "WORD-04").bad.document.risks[0]
    assessed = bad.model_copy(
        update={
            "assessments": tuple(rated(score="6").model_copy(update={"part": each}) for each in ("i", "ii"))
        }
    )
    assert codes(register(bad)) == ["WORD-04"]
    assert codes(register(assessed)) == []


def test_the_number_of_a_standard_measures_nothing() -> None:
    assert "CLAIM-01" in codes(one("controls", "Fully compliant with HTM 03-01"))


# --- Papers before ------------------------------------------------------------------------------------------


def test_unchanged_counts_the_quarters_back_to_the_last_change() -> None:
    now, then = risk(controls=("Two clerks check each invoice.",)), risk(controls=("One clerk checks.",))
    before = (register(then, period="2024/25 Q4"), register(now, period="2025/26 Q1"))
    (found,) = lint(register(now, period="2025/26 Q3"), before=before)
    assert "for two quarters, since the paper of 2025/26 Q1" in found.sentence


def test_a_reference_that_an_earlier_paper_had_says_so() -> None:
    before = register(risk(), risk("R7", name="Flooding of the main store"), period="2025/26 Q3")
    words = "Depends on R7, which holds the pumps."
    (found,) = lint(register(risk(controls=(words,))), before=(before,))
    assert (found.code, found.text) == ("REF-01", "R7")
    assert "the paper of 2025/26 Q3 had it" in found.sentence


# --- Sentences, claims and times ----------------------------------------------------------------------------


def test_sentences_end_at_stops_lines_and_parts_and_not_inside_short_forms() -> None:
    text = "Made, e.g. at Dock No. 4. i - The first part. ii - The second; and more\n- A bullet\nnot ended"
    assert [text[start:end] for start, end in sentences(text)] == [
        "Made, e.g. at Dock No. 4.",
        "i - The first part.",
        "ii - The second",
        "and more",
        "A bullet\nnot ended",
    ]


@pytest.mark.parametrize(
    ("words", "claimed"),
    [
        ("Positive impact being had.", True),
        ("Performance is improving.", True),
        ("The backlog has reduced.", True),
        ("Staff confidence has increased.", True),
        ("Close working has led to better data.", True),
        ("Funding has reduced.", False),
        ("Demand has increased.", False),
        ("Improving data sharing with partners.", False),
        ("It is designed to improve outcomes.", False),
        ("The change has not improved anything.", False),
        ("This hampers the ability to achieve positive outcomes.", False),
        ("If training has improved, fewer errors are made.", False),
    ],
)
def test_only_what_is_told_as_so_is_a_claim(words: str, claimed: bool) -> None:
    assert bool(claims(words)) is claimed


def test_a_month_without_a_year_is_the_nearest_one_and_otherwise_none() -> None:
    day = date(2021, 3, 31)
    named = {each: times(f"by {each}", day)[0].on for each in ("December", "mid-December", "June", "October")}
    assert named["December"] == date(2020, 12, 31)
    assert named["mid-December"] == date(2020, 12, 20)
    assert named["June"] == date(2021, 6, 30)
    assert named["October"] == date(2021, 10, 31)
    assert times("by November", day)[0].on == date(2020, 11, 30)


# --- The real register --------------------------------------------------------------------------------------

RENDITIONS = ("register.csv", "register.docx")
OTHERS = (
    "source.txt",
    "register.html",
    "register.xlsx",
    "register.pdf",
    "register-symbol.pdf",
    "register-calc.pdf",
    "register-pdftotext.txt",
    "register-pdftotext-layout.txt",
    "register-pdftotext-noarrows.txt",
)


@needs_real
@pytest.mark.parametrize(
    "rendition", [*RENDITIONS, *(pytest.param(each, marks=pytest.mark.slow) for each in OTHERS)]
)
def test_a_real_register_shows_what_a_risk_manager_would_strike_out(rendition: str) -> None:
    document = read_here((REAL / rendition).read_bytes(), rendition)
    found = lint(document, as_at=date(2021, 3, 31))

    def risks(code: str) -> list[str]:
        return [each.risk for each in found if each.code == code]

    passed = [each for each in found if each.code == "STALE-01"]
    assert [each.risk for each in passed] == ["CRR40", "CRR48", "CRR20"]
    assert ["Jan" in passed[0].text, "December" in passed[1].text, "mid-December" in passed[2].text] == [
        True
    ] * 3
    assert risks("STALE-05") == ["CRR51"]
    assert sorted(risks("WORD-06")) == ["CRR40", "CRR44", "CRR52"]
    assert "CRR26" in risks("WORD-02")
    assert "four parts" in next(
        each.sentence for each in found if each.risk == "CRR20" and each.code == "WORD-04"
    )
    assert all(_stands(document, each) for each in found)


def _stands(document: RegisterDocument, found: Found) -> bool:
    if found.end == found.start:
        return True
    of = document.risk(found.risk)
    return (
        of is not None
        and (dict(fields_of(of))[found.field].text or "")[found.start : found.end] == found.text
    )


def test_hostile_text_is_read_in_good_time() -> None:
    words = (
        "to be " * 2000,
        "a" * 50_000,
        "1,1" * 3000,
        "(" * 10_000 + "x",
        "has been " * 2000 + "improved",
        "x" + " " * 20_000 + "y",
        "from 1 to " * 1500,
    )
    started = time.monotonic()
    lint(register(risk(controls=words)), as_at=AS_AT)
    assert time.monotonic() - started < 20


PIECES = (
    "by in until since 31 February 0 May Mar mid- winter 9999 0001 2025 /26 Q1 FY 25/26 1/1/2025 31/02/2025 "
    "£3m 5% of 12 (20%) + = from x to is are will be completed due R1 R7 ABC (i) ii. - ; . , • “ ” … has not "
    "may currently interim Board meets weekly 1,000 3.5 which whom \ud800 é 漢字 \u202e"
).split(" ")


@pytest.mark.parametrize("as_at", [None, date(1, 1, 1), date(2024, 2, 29), date(9999, 12, 31)])
def test_any_words_can_be_read_and_each_finding_stands_where_it_says(as_at: date | None) -> None:
    chance = random.Random(20)  # noqa: S311 - words for a test, not a secret

    def words(most: int) -> str:
        return " ".join(("x", *(chance.choice(PIECES) for _ in range(chance.randint(1, most)))))

    for _ in range(25):
        one_risk = risk(
            name=words(5),
            description=words(30),
            impact=words(20),
            controls=(words(20), words(9)),
            actions=(words(9),),
            due=words(3),
            assessments=(rated(words(1), words(1), words(1), words(1)),),
        )
        document = register(one_risk, period=words(3))
        found = lint(document, as_at=as_at, before=(document,))
        assert all(_stands(document, each) and len(each.key) == 64 for each in found)
