"""What the rules keep from an audience, told to whoever freezes the paper, never to its readers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from watchkeep.domain.document import Promise, RegisterDocument, Risk, Rule
from watchkeep.domain.edition import Audience
from watchkeep.domain.fields import DATES, JUDGED, LISTS, PARTED, RATED, TEXTS, assessed, escaped, fields_of
from watchkeep.domain.fields import label_of as field_label
from watchkeep.domain.redaction.reading import WHOLE_RISK, covers, kept_from, resolved


@dataclass(frozen=True, slots=True)
class Withheld:
    """One thing that a rule keeps back, with the words that stand in it, by their paths."""

    risk: str  # its key in the whole document
    title: str  # the risk as people call it
    path: str  # empty: the whole risk
    label: str
    rule: Rule
    words: tuple[tuple[str, str], ...]
    empty: bool = False  # nothing stands now in all that the rule names


def withheld(value: RegisterDocument, audience: Audience) -> tuple[Withheld, ...]:
    """What of `value` its rules keep from `audience`, in the document's order."""
    return tuple(each for risk in value.risks for each in _of(risk, audience))


def _of(risk: Risk, audience: Audience) -> Iterator[Withheld]:
    told: set[str] = set()
    for rule in risk.rules:
        if not kept_from(rule.readers, audience):
            continue
        paths = resolved(risk, rule.field)
        said = any(text and covers(path, at) for at, text in texts_of(risk) for path in paths)
        for path in paths:
            if path not in told:
                told.add(path)
                words = tuple((at, text) for at, text in texts_of(risk) if covers(path, at))
                if rule.words and rule.words not in {text for _, text in words}:
                    words = (*words, (rule.field, rule.words))
                yield Withheld(
                    risk.key,
                    title_of(risk),
                    path,
                    label_of(risk, path),
                    rule,
                    words,
                    bool(rule.words and not said),
                )


def texts_of(risk: Risk) -> Iterator[tuple[str, str]]:
    """Every text of a risk that says something, under its path."""
    for path, field in fields_of(risk):
        if field.recorded and field.text:
            yield path, field.text
    for trend in risk.trends:
        yield f"trends:{escaped(trend.period)}", trend.basis
        yield f"trends:{escaped(trend.period)}", trend.override_reason
    for promise in risk.promises:
        for text in (promise.title, promise.slip_reason, promise.outcome):
            yield f"promises:{promise.key}", text
        yield f"promises:{promise.key}:owner", promise.owner
    for indicator in risk.indicators:
        yield f"indicators:{indicator.key}", indicator.name
    if risk.heard:
        yield "heard", risk.heard.basis
    for each in risk.statements:
        of_bases = (text for basis in each.rests_on for text in (basis.label, basis.says))
        for text in (each.judged_by, each.because, *of_bases):
            yield f"statements:{each.field}", text


def title_of(risk: Risk) -> str:
    """A risk as people call it: its reference and its name, as far as it has them."""
    return " ".join(filter(None, (risk.reference.text, risk.name.text))) or risk.key


def label_of(risk: Risk, path: str) -> str:
    """What of a risk a path names, as a person would say it."""
    first, _, rest = path.partition(":")
    if path == WHOLE_RISK:
        return "The whole risk"
    if first == "promises":
        found = _promise(risk, rest) or _promise(risk, rest.removesuffix(":owner"))
        return f"The promise “{found.title}”" if found else "Its promises"
    if first == "indicators":
        named = next((each for each in risk.indicators if each.key == rest), None)
        return f"The indicator “{named.key} {named.name}”" if named else "Its indicators"
    if first == "heard":
        return "What its indicators say"
    if first == "statements":
        return "What its sentences rest on"
    if path == "assessments":
        return "Every assessment"
    if path in ("trends", "extra"):
        return "Every trend" if path == "trends" else "Every column of the body’s own"
    return field_label(path)


def _promise(risk: Risk, key: str) -> Promise | None:
    return next((each for each in risk.promises if each.key == key), None)


def markable(risk: Risk) -> tuple[tuple[str, str], ...]:
    """What of a risk a rule can name, each with its label: all of it, then every field, line and promise."""
    paths = [WHOLE_RISK, *TEXTS, *PARTED, *DATES]
    for name in LISTS:
        paths += [name, *(f"{name}:{position}" for position in range(len(getattr(risk, name))))]
    paths += ["trends", *(f"trends:{escaped(each.period)}" for each in risk.trends)]
    paths.append("assessments")
    for each in risk.assessments:
        names = (*RATED, *(name for name in JUDGED if getattr(each, name).recorded))
        paths += [f"assessments:{assessed(each.stage, each.part)}:{name}" for name in names]
    if risk.extra:
        paths += ["extra", *(f"extra:{escaped(each.heading)}" for each in risk.extra)]
    if risk.promises:
        paths += ["promises", *(f"promises:{each.key}" for each in risk.promises)]
    if risk.indicators:
        paths += ["indicators", *(f"indicators:{each.key}" for each in risk.indicators)]
    paths.append("statements")
    return tuple((path, label_of(risk, path)) for path in dict.fromkeys(paths))
