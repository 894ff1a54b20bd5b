"""What a person should check before a register that was read from a file is taken in: one doubt a question.

A doubt that holds for most risks alike is asked once for the register, not once for each risk.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from watchkeep.domain.document import DateField, Doubt, Field, Place, RegisterDocument, Risk
from watchkeep.domain.scale import UNORDERED

SURE = 0.9  # a field read with less certainty than this is shown to a person
CARRIED = frozenset({"reader"})  # what only the reader can know, and nothing can recompute
TEXTS = (
    "reference", "name", "description", "cause", "event", "impact", "category", "objective", "owner",
    "status",
    "treatment", "contingency", "date_raised", "due_date", "review_date",
)  # fmt: skip
CALLED = {
    "date_raised": "date raised", "due_date": "due date", "review_date": "review date",
    "controls": "controls",
    "actions": "actions",
}  # fmt: skip
MOST_SHOWN = 5


def doubts(document: RegisterDocument) -> tuple[Doubt, ...]:
    """All doubts about a document: those its reader noted, and those that stand in the document itself."""
    checks: tuple[Callable[[RegisterDocument], Iterator[Doubt]], ...] = (
        _uncertain, _trends, _arrows, _references, _mentions, _owners, _ratings, _products, _dates, _order,
        _headings,
        _unplaced,
    )  # fmt: skip
    carried = [each for each in document.doubts if each.code in CARRIED]
    return (*carried, *(doubt for check in checks for doubt in check(document)))


def fields(risk: Risk) -> Iterator[tuple[str, Field]]:
    """Every field of a risk under the name that a doubt or a correction uses for it."""
    for name in TEXTS:
        yield name, getattr(risk, name)
    for name, listed in (("controls", risk.controls), ("actions", risk.actions)):
        for item in listed:
            yield name, item
    for trend in risk.trends:
        yield f"trends:{trend.period}", trend
    for assessment in risk.assessments:
        for dimension in ("likelihood", "impact", "score", "rating"):
            yield f"assessments:{assessment.stage}:{dimension}", getattr(assessment, dimension)


def _called(name: str) -> str:
    """A field as a sentence names it."""
    kind, _, rest = name.partition(":")
    if kind == "trends":
        return "trend" if rest == "current" else f"trend {rest}"
    if kind == "assessments":
        stage, _, dimension = rest.partition(":")
        return dimension if stage == "not stated" else f"{stage} {dimension}"
    return CALLED.get(name, name)


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(names[:MOST_SHOWN])
    return f"{shown} and {len(names) - MOST_SHOWN} more" if len(names) > MOST_SHOWN else shown


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _uncertain(document: RegisterDocument) -> Iterator[Doubt]:
    found: dict[tuple[str, str], dict[str, tuple[Place, ...]]] = {}
    for risk in document.risks:
        for name, field in fields(risk):
            if field.confidence < SURE and (field.recorded or field.places):
                places = found.setdefault((name, field.reason), {})
                places[risk.key] = (*places.get(risk.key, ()), *field.places)
    general: dict[str, list[str]] = {}
    for (name, reason), by_risk in found.items():
        if len(by_risk) > 1 and len(by_risk) * 2 > len(document.risks):
            general.setdefault(reason, []).append(name)
    for reason, names in general.items():
        called = ", ".join(_called(name) for name in names)
        count = max(len(found[name, reason]) for name in names)
        sentence = _sentence(f"{called} of {count} risks: {reason}. Please check.")
        yield Doubt(code="uncertain", sentence=sentence, field=names[0])
    for (name, reason), by_risk in found.items():
        if name in general.get(reason, ()):
            continue
        for key, placed in by_risk.items():
            sentence = _sentence(f"{_called(name)} of {key}: {reason}. Please check.")
            yield Doubt(code="uncertain", sentence=sentence, risk=key, field=name, places=placed)


def _trends(document: RegisterDocument) -> Iterator[Doubt]:
    for period in document.periods():
        name = f"trends:{period}"
        called = _called(name)
        marks = [(risk, trend) for risk in document.risks for trend in risk.trends if trend.period == period]
        lost = [(risk, trend) for risk, trend in marks if trend.state == "not recorded"]
        if lost and len(lost) == len(marks):
            sentence = (
                f"No {called} mark could be read for any risk: their symbols are empty or lost in this file."
            )
            yield Doubt(code="trend-lost", sentence=sentence, field=name)
        elif len(lost) > MOST_SHOWN:
            sentence = (
                f"The {called} mark of {len(lost)} risks is empty or lost: "
                f"{_listed([risk.key for risk, _ in lost])}."
            )
            yield Doubt(code="trend-lost", sentence=sentence, field=name)
        else:
            for risk, trend in lost:
                why = trend.reason or "the cell is empty"
                sentence = f"No {called} is recorded for {risk.key}: {why}."
                yield Doubt(
                    code="trend-lost", sentence=sentence, risk=risk.key, field=name, places=trend.places
                )
        for risk, trend in marks:
            if trend.recorded and trend.direction is None and trend.movement is None:
                sentence = f"The {called} of {risk.key} says “{trend.text}”, which names no direction."
                yield Doubt(
                    code="trend-unread", sentence=sentence, risk=risk.key, field=name, places=trend.places
                )


def _arrows(document: RegisterDocument) -> Iterator[Doubt]:
    if document.rising_basis == "assumed":
        sentence = (
            "Nobody has said what a rising arrow means, and the file has no key that does. "
            "Until somebody does, its arrows count as neither worse nor better."
        )
        yield Doubt(code="arrows-assumed", sentence=sentence, field="rising_means")


def _references(document: RegisterDocument) -> Iterator[Doubt]:
    counts = Counter(
        (risk.reference.text or "").casefold() for risk in document.risks if risk.reference.recorded
    )
    for reference, count in counts.items():
        if count > 1:
            same = [risk for risk in document.risks if (risk.reference.text or "").casefold() == reference]
            sentence = f"The reference {same[0].reference.text} is given to {count} risks."
            places = tuple(place for risk in same for place in risk.reference.places)
            yield Doubt(
                code="reference-twice", sentence=sentence, risk=same[-1].key, field="reference", places=places
            )
    without = [risk for risk in document.risks if not risk.reference.recorded]
    if without and len(without) == len(document.risks):
        sentence = "The register gives its risks no references: they are told apart by row, and by name."
        yield Doubt(code="no-reference", sentence=sentence, field="reference")
    else:
        for risk in without:
            named = (
                f" (“{(risk.name.text or risk.description.text or '')[:50]}”)"
                if risk.name.text or risk.description.text
                else ""
            )
            sentence = f"The risk in {risk.key}{named} has no reference."
            yield Doubt(code="no-reference", sentence=sentence, risk=risk.key, field="reference")


def _mentions(document: RegisterDocument) -> Iterator[Doubt]:
    """A text that names a risk of this register's numbering that is not in it: closed, moved, or a slip."""
    stems = Counter(
        match.group(1)
        for risk in document.risks
        if (match := re.match(r"^([A-Za-z]{2,8})[\s\-_/.]?\d{1,4}$", risk.reference.text or ""))
    )
    if not stems:
        return
    stem, count = stems.most_common(1)[0]
    if count * 2 <= len(document.risks):
        return
    pattern = re.compile(rf"\b{re.escape(stem)}[\s\-_/.]?0*(\d{{1,4}})\b")
    own = {
        int(digits.group(1))
        for risk in document.risks
        if (digits := re.search(r"(\d+)$", risk.reference.text or ""))
    }
    for risk in document.risks:
        for name, field in fields(risk):
            if name == "reference":
                continue
            for match in pattern.finditer(field.text or ""):
                if int(match.group(1)) not in own:
                    sentence = (
                        f"The {_called(name)} of {risk.key} mentions {match.group(0)}, which "
                        f"is not in this register."
                    )
                    yield Doubt(
                        code="mention-unknown",
                        sentence=sentence,
                        risk=risk.key,
                        field=name,
                        places=field.places,
                    )


def _owners(document: RegisterDocument) -> Iterator[Doubt]:
    without = [risk.key for risk in document.risks if not risk.owner.recorded]
    if not without:
        return
    if len(without) == len(document.risks):
        yield Doubt(
            code="no-owner", sentence="The register names no owner for any of its risks.", field="owner"
        )
    else:
        sentence = f"No owner is recorded for {_listed(without)}."
        yield Doubt(
            code="no-owner", sentence=sentence, field="owner", risk=without[0] if len(without) == 1 else None
        )


def _ratings(document: RegisterDocument) -> Iterator[Doubt]:
    unrated = [risk for risk in document.risks if risk.standing is None]
    coloured = [
        risk
        for risk in unrated
        if any(
            each.fill and not each.rating.recorded and not each.score.recorded for each in risk.assessments
        )
    ]
    if coloured:
        sentence = (
            f"The rating of {_listed([risk.key for risk in coloured])} is shown by colour "
            f"alone, which names no band."
        )
        yield Doubt(code="colour-only", sentence=sentence, field="rating")
    plain = [risk.key for risk in unrated if risk not in coloured]
    if not plain:
        return
    if len(plain) == len(document.risks):
        yield Doubt(code="no-rating", sentence="The register rates none of its risks.", field="rating")
    else:
        yield Doubt(code="no-rating", sentence=f"No rating is recorded for {_listed(plain)}.", field="rating")


def _products(document: RegisterDocument) -> Iterator[Doubt]:
    """Where most scores are likelihood times impact, one that is not is likely a slip."""
    checked: list[tuple[Risk, str, tuple[int, int, int], tuple[Place, ...]]] = []
    for risk in document.risks:
        for each in risk.assessments:
            texts = [each.likelihood.text or "", each.impact.text or "", each.score.text or ""]
            if all(text.isdigit() for text in texts):
                likelihood, impact, score = (int(text) for text in texts)
                checked.append((risk, each.stage, (likelihood, impact, score), each.score.places))
    wrong = [each for each in checked if each[2][0] * each[2][1] != each[2][2]]
    if not wrong or len(wrong) * 4 > len(checked):
        return
    for risk, stage, (likelihood, impact, score), places in wrong:
        named = "score" if stage == "not stated" else f"{stage} score"
        sentence = (
            f"The {named} of {risk.key} is {score}, but its likelihood and impact are "
            f"{likelihood} and {impact}."
        )
        yield Doubt(
            code="score-differs",
            sentence=sentence,
            risk=risk.key,
            field=f"assessments:{stage}:score",
            places=places,
        )


def _dates(document: RegisterDocument) -> Iterator[Doubt]:
    for name in ("date_raised", "due_date", "review_date"):
        unclear: list[tuple[str, DateField]] = []
        for risk in document.risks:
            field = getattr(risk, name)
            if isinstance(field, DateField) and field.recorded and field.on is None:
                unclear.append((risk.key, field))
        if len(unclear) > MOST_SHOWN:
            sentence = (
                f"The {_called(name)} of {len(unclear)} risks names no certain day (such as "
                f"“{unclear[0][1].text}”)."
            )
            yield Doubt(code="date-unclear", sentence=sentence, field=name)
            continue
        for key, field in unclear:
            sentence = f"The {_called(name)} of {key}, “{field.text}”, names no certain day."
            yield Doubt(code="date-unclear", sentence=sentence, risk=key, field=name, places=field.places)


def _order(document: RegisterDocument) -> Iterator[Doubt]:
    scale = document.scale
    if len(scale.bands) < 2 or scale.basis != "inferred":
        return
    names = " < ".join(band.name for band in sorted(scale.bands, key=lambda band: band.rank))
    if scale.reason.startswith(UNORDERED):
        yield Doubt(
            code="bands-unordered", sentence=f"The order of the ratings is not known: {names}?", field="scale"
        )
    else:
        sentence = f"The order of the ratings is inferred from their names: {names}."
        yield Doubt(code="bands-inferred", sentence=sentence, field="scale")


def _headings(document: RegisterDocument) -> Iterator[Doubt]:
    unknown = [column.heading for column in document.columns if column.meaning == "extra"]
    if unknown:
        some = "This column has" if len(unknown) == 1 else "These columns have"
        sentence = (
            f"{some} no home of {'its' if len(unknown) == 1 else 'their'} own and "
            f"{'is' if len(unknown) == 1 else 'are'} kept as further information: {_listed(unknown)}."
        )
        places = tuple(
            place for column in document.columns if column.meaning == "extra" for place in column.places
        )
        yield Doubt(code="heading-unknown", sentence=sentence, places=places)


def _unplaced(document: RegisterDocument) -> Iterator[Doubt]:
    texts = [each for each in document.unassigned if each.text.strip()]
    if texts:
        first = " ".join(texts[0].text.split())
        shown = first if len(first) <= 60 else f"{first[:60]}…"
        sentence = (
            f"{len(texts)} piece{'s' if len(texts) > 1 else ''} of text "
            f"stand{'s' if len(texts) == 1 else ''} in no risk, beginning with “{shown}”."
        )
        places = tuple(place for each in texts[:MOST_SHOWN] for place in each.places)
        yield Doubt(code="unassigned", sentence=sentence, places=places)
