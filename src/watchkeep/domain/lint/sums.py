"""Arithmetic that does not close: in the scores of a register, and in its sentences."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from watchkeep.domain.document import Field, Risk, Stage
from watchkeep.domain.finding import counted
from watchkeep.domain.lint.found import Found
from watchkeep.domain.lint.lines import DOING
from watchkeep.domain.lint.paper import Paper, named
from watchkeep.domain.lint.rule import Rule
from watchkeep.domain.lint.samples import example, rated, risk
from watchkeep.domain.lint.scoring import WAYS, fits, known_way, number, path, scored, without_rule
from watchkeep.domain.lint.sentences import sentences


def _scores(paper: Paper) -> Iterator[Found]:
    found = scored(paper)
    known = known_way(found)
    if without_rule(found):
        return  # which is told once, of all of them
    for each in found:
        if {known} & {*each.ways} if known else {"product", "sum"} & {*each.ways}:
            continue
        text = each.field.text or ""
        way = known or "product"
        made = f"{WAYS[way](each.likelihood, each.impact):g}"
        said = "" if known in ("product", "sum") else f" as the {way}" if known else " as a product"
        yield Found(
            SCORE.code,
            each.risk.key,
            each.path,
            0,
            len(text),
            text,
            f"Likelihood {each.likelihood:g} and impact {each.impact:g} make {made}{said}, and "
            f"{each.score:g} stands here.",
            "Set right whichever of the three is wrong.",
            SCORE.weight,
            f"{each.likelihood:g} {each.impact:g}",
        )


def _by_no_rule(paper: Paper) -> Iterator[Found]:
    """Where hardly any score is right, no single one can be told to be wrong: it is told of the register."""
    found = scored(paper)
    if not without_rule(found):
        return
    right = fits(found)["product"]
    few = f"only {right} are" if right > 1 else "only one is" if right else "none is"
    first = next(each for each in found if "product" not in each.ways)
    example_of = f"{first.likelihood:g} and {first.impact:g} make {first.score:g} in {named(first.risk)}"
    yield Found(
        NO_RULE.code,
        "",
        "assessments",
        0,
        0,
        "",
        f"Of {counted(len(found), 'score')}, {few} the product of the likelihood and the impact beside it, "
        f"and no other rule fits: {example_of}.",
        "Set them right, or say by which rule or matrix the scores are made.",
        NO_RULE.weight,
        " ".join(sorted({f"{each.likelihood:g},{each.impact:g},{each.score:g}" for each in found})),
    )


def _two_bands(paper: Paper) -> Iterator[Found]:
    """One score under two names: the rarer is pointed at, or each where neither is."""
    bands: dict[float, Counter[str]] = {}
    rows: list[tuple[Risk, str, Field, float]] = []
    spelt: dict[str, str] = {}
    for each in paper.document.risks:
        for one in each.assessments:
            score = number(one.score)
            if score is not None and one.rating.recorded and not re.search(r"\d", one.rating.text or ""):
                bands.setdefault(score, Counter())[_name(one.rating)] += 1
                rows.append((each, path(one, "rating"), one.rating, score))
                spelt.setdefault(_name(one.rating), " ".join((one.rating.text or "").split()))
    for each, where_it_is, rating, score in rows:
        here = _name(rating)
        usual, times = bands[score].most_common(1)[0]
        tied = [name for name, count in bands[score].items() if count == times and name != here]
        if len(bands[score]) == 1 or (bands[score][here] == times and not tied):
            continue
        other = tied[0] if bands[score][here] == times else usual
        where = _where(rows, score, other) if bands[score][here] == times else "elsewhere in this register"
        text = rating.text or ""
        yield Found(
            BANDS.code,
            each.key,
            where_it_is,
            0,
            len(text),
            text,
            f"A score of {score:g} is {text.strip()} here and {spelt[other]} {where}.",
            "Give the same score the same band, or set the score right.",
            BANDS.weight,
            f"{score:g} {other}",
        )


def _where(rows: list[tuple[Risk, str, Field, float]], score: float, name: str) -> str:
    """The first risk in which a score has that band, as a reader would find it."""
    risk = next(each for each, _, rating, told in rows if told == score and _name(rating) == name)
    return f"in {named(risk)}"


def _name(field: Field) -> str:
    return " ".join((field.text or "").split()).casefold()


_STAGES: Final[tuple[tuple[Stage, Stage, str], ...]] = (
    ("inherent", "residual", "With its controls this stands higher than without them."),
    ("residual", "target", "The target is higher than where the risk stands."),
)


def _order(paper: Paper) -> Iterator[Found]:
    """What is left with the controls cannot be more than there was without them."""
    for each in paper.document.risks:
        for upper, lower, sentence in _STAGES:
            before, after = each.assessment(upper), each.assessment(lower)
            if before is None or after is None:
                continue
            first, second = number(before.score), number(after.score)
            if first is not None and second is not None and second > first:
                text = after.score.text or ""
                yield Found(
                    ORDER.code,
                    each.key,
                    path(after, "score"),
                    0,
                    len(text),
                    text,
                    f"{sentence} {first:g} became {second:g}.",
                    "Set the score right, or say why.",
                    ORDER.weight,
                    f"{first:g} {second:g}",
                )


# --- In sentences -------------------------------------------------------------------------------------------

_N: Final = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_SHARE: Final = re.compile(
    rf"\b(?P<part>{_N}) (?:out )?of (?:the |its |our |"
    rf"a total of )?(?P<whole>{_N})(?!\s?%)(?:[^.;()]{{0,40}}\((?P<percent>{_N})\s?(?:%|per ?cent)\))?",
    re.IGNORECASE,
)
_FROM_TO: Final = re.compile(
    rf"\bfrom £?(?P<old>{_N})(?P<unit>m|k|bn|"
    rf"%)?(?: [a-z]+)?(?: in [\w’' ]+?)? to £?(?P<new>{_N})(?P=unit)?[^.;()]{{0,30}}"
    rf"(?:\(|, )(?:an? )?(?:increase|rise|fall|drop|decrease|reduction|up|down|of|by|\+|-|–|"
    rf"\s)*(?P<percent>{_N})\s?(?:%|per ?cent)",
    re.IGNORECASE,
)
_SUM: Final = re.compile(rf"(?P<terms>£?{_N}m?(?:\s?\+\s?£?{_N}m?)+)\s?=\s?£?(?P<total>{_N})m?\b")
_PRODUCT: Final = re.compile(rf"(?P<one>£?{_N})\s?[x×]\s?£?(?P<two>{_N})\s?=\s?£?(?P<total>{_N})\b")
_OF_WHICH: Final = re.compile(
    rf"\b(?P<whole>{_N}) [^.;\d]{{0,60}}?\b(?:of (?:which|whom|these)|comprising|made up of|"
    rf"consisting of)[,:]? "
    rf"(?P<list>{_N}[^.;]*?(?:,| and )\s?[^.;]*?\b{_N}\b[^.;]*)",
    re.IGNORECASE,
)
_SLACK: Final = 1.0  # points of a percentage, which rounding explains


def _value(text: str) -> float:
    return float(re.sub(r"[£,m\s]", "", text))


def _sentences_that_fail(paper: Paper) -> Iterator[Found]:
    for passage in paper.of(*DOING, "description", "impact"):
        for start, end in sentences(passage.text):
            wrong = _wrong(passage.text[start:end])
            if wrong:
                yield SUM.at(passage, start, end, wrong, "Set right whichever number is wrong.")


def _wrong(text: str) -> str:
    """What does not add up in a sentence; empty where all does."""
    for match in _SHARE.finditer(text):
        part, whole = _value(match["part"]), _value(match["whole"])
        if whole < 1 or re.match(r"(?:19|20)\d\d$", match["whole"]):
            continue
        if part > whole:
            return f"{match['part']} is more than the {match['whole']} that it is part of."
        if match["percent"] and abs(_value(match["percent"]) - 100 * part / whole) > _SLACK:
            true = f"{100 * part / whole:.0f}"
            return f"{match['part']} of {match['whole']} is {true} %, not {match['percent']} %."
    for match in _FROM_TO.finditer(text):
        old, new = _value(match["old"]), _value(match["new"])
        points = match["unit"] == "%" and abs(abs(new - old) - _value(match["percent"])) <= _SLACK
        if old and not points:
            change = abs(new - old) / old * 100
            if abs(change - _value(match["percent"])) > max(_SLACK, change / 20):
                return f"From {match['old']} to {match['new']} is {change:.0f} %, not {match['percent']} %."
    for match in _SUM.finditer(text):
        total = sum(_value(each) for each in match["terms"].split("+"))
        if abs(total - _value(match["total"])) > _rounding(match[0]):
            return f"The terms make {total:g}, not {match['total']}."
    for match in _PRODUCT.finditer(text):
        total = _value(match["one"]) * _value(match["two"])
        if abs(total - _value(match["total"])) > _rounding(match[0]):
            return f"{match['one']} × {match['two']} is {total:g}, not {match['total']}."
    for match in _OF_WHICH.finditer(text):
        parts = [_value(each) for each in re.findall(rf"(?<![£%\w]){_N}(?!\s?%|\w)", match["list"])]
        if len(parts) > 1 and sum(parts) > _value(match["whole"]):
            return f"The parts make {sum(parts):g}, more than the whole of {match['whole']}."
    return ""


def _rounding(text: str) -> float:
    """What rounding may account for: half of the last place of the coarsest number."""
    places = min((len(each.partition(".")[2]) for each in re.findall(_N, text)), default=0)
    return 0.5 * 10 ** -float(places) * 2 if "." in text else 0.0


def _with(likelihood: str, impact: str, score: str, rating: str = "") -> tuple[Risk, ...]:
    usual = rated("2", "3", "6", "Medium")
    return (
        risk(assessments=(usual,)),
        risk("R2", name="Flooding of the main store", assessments=(usual,)),
        risk("R3", name="Theft from the main store", assessments=(usual,)),
        risk("R4", name="Fire in the main store", assessments=(rated(likelihood, impact, score, rating),)),
    )


SCORE: Final = Rule(
    code="SUM-01",
    family="arithmetic that does not close",
    title="A score that its likelihood and impact do not make",
    reason="One of the three numbers is wrong, and the risk may be ranked by it.",
    good=example("Likelihood 3, impact 4, score 12", *_with("3", "4", "12", "High")),
    bad=example("Likelihood 3, impact 4, score 15", *_with("3", "4", "15", "High")),
    weight="error",
    look=_scores,
)
BANDS: Final = Rule(
    code="SUM-02",
    family="arithmetic that does not close",
    title="One score, two bands",
    reason="The same score is told as two things in one paper; one of them is wrong.",
    good=example("Score 6: Medium, in every row", *_with("3", "2", "6", "Medium")),
    bad=example("Score 6: Medium in three rows, High in one", *_with("3", "2", "6", "High")),
    weight="error",
    look=_two_bands,
)
ORDER: Final = Rule(
    code="SUM-03",
    family="arithmetic that does not close",
    title="A score that rises where it should fall",
    reason="A risk with its controls cannot stand higher than without them, nor aim higher than it stands.",
    good=example("Residual 8, target 4", assessments=(rated(score="8"), rated(score="4", stage="target"))),
    bad=example("Residual 8, target 12", assessments=(rated(score="8"), rated(score="12", stage="target"))),
    weight="error",
    look=_order,
)
SUM: Final = Rule(
    code="SUM-04",
    family="arithmetic that does not close",
    title="A sentence whose numbers do not add up",
    reason="A reader who checks one sum and finds it wrong trusts none of the others.",
    good=example("In March 2026, 12 of 48 sites (25 %) had no fire plan."),
    bad=example("In March 2026, 12 of 48 sites (35 %) had no fire plan."),
    weight="error",
    look=_sentences_that_fail,
)


def _three(*scores: str) -> tuple[Risk, ...]:
    names = ("Flooding of the main store", "Theft from the main store", "Fire in the main store")
    return tuple(
        risk(f"R{place}", name=name, assessments=(rated(str(place), "4", score),))
        for place, (name, score) in enumerate(zip(names, scores, strict=True), 1)
    )


NO_RULE: Final = Rule(
    code="SUM-05",
    family="arithmetic that does not close",
    title="Scores that no rule makes",
    reason="A reader cannot make a score again from the two numbers beside it, and can trust no ranking.",
    good=example("Likelihood 1, 2 and 3, impact 4: scores 4, 8 and 12", *_three("4", "8", "12")),
    bad=example("Likelihood 1, 2 and 3, impact 4: scores 9, 7 and 13", *_three("9", "7", "13")),
    weight="warning",  # a body may have a matrix of its own, and not show it
    look=_by_no_rule,
)
RULES: Final = (SCORE, BANDS, ORDER, SUM, NO_RULE)
