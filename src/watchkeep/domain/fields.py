"""The name of every field of a risk (`controls:0`, `trends:Q2`, `assessments:residual:rating`), to read and
to set.

One grammar for corrections, passages, differences and doubts. It decides nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from watchkeep.domain.days import day_of
from watchkeep.domain.document import (
    Assessment,
    DateField,
    Direction,
    Extra,
    Field,
    Item,
    Movement,
    Part,
    PartedField,
    Place,
    Risk,
    State,
    Trend,
)
from watchkeep.domain.errors import Invalid
from watchkeep.domain.trend import movement_of, read_mark

TEXTS: Final = (
    "reference",
    "name",
    "cause",
    "event",
    "category",
    "objective",
    "owner",
    "status",
    "treatment",
    "contingency",
    "proximity",
    "velocity",
    "confidence",
    "unknowns",
    "whole_rule",
)
PARTED: Final = ("description", "impact")
DATES: Final = ("date_raised", "due_date", "review_date")
LISTS: Final = ("controls", "actions")
RATED: Final = ("likelihood", "impact", "score", "rating")
JUDGED: Final = ("rationale", "basis")  # what an assessment says of itself

LABELS: Final = {
    "reference": "Reference",
    "name": "Name",
    "description": "Description",
    "cause": "Cause",
    "event": "Event",
    "impact": "Impact",
    "category": "Category",
    "objective": "Objective",
    "owner": "Risk owner",
    "status": "Status",
    "treatment": "Treatment",
    "contingency": "Contingency",
    "proximity": "Proximity",
    "velocity": "Velocity",
    "confidence": "Confidence",
    "unknowns": "What we do not know",
    "whole_rule": "Rule for the whole",
    "controls": "Controls",
    "actions": "Actions",
    "date_raised": "Date raised",
    "due_date": "Due date",
    "review_date": "Review date",
    "likelihood": "likelihood",
    "score": "score",
    "rating": "rating",
    "period": "Period",
    "as_at": "As at",
    "body": "Body",
}


SET = ("corrected by ", "said by ")  # how the reason of a field begins that a person set


def fields_of(risk: Risk) -> Iterator[tuple[str, Field]]:
    """Every field of a risk under its path, in the document's order; a path met twice gets `#2`."""
    met: dict[str, int] = {}
    for path, field in _fields_of(risk):
        met[path] = met.get(path, 0) + 1
        yield (path if met[path] == 1 else f"{path}#{met[path]}"), field


def _fields_of(risk: Risk) -> Iterator[tuple[str, Field]]:
    for name in (*TEXTS, *PARTED, *DATES):
        yield name, getattr(risk, name)
    for kind in LISTS:
        for position, item in enumerate(getattr(risk, kind)):
            yield f"{kind}:{position}", item
    for trend in risk.trends:
        yield f"trends:{escaped(trend.period)}", trend
    for assessment in risk.assessments:
        for name in (*RATED, *JUDGED):
            field = getattr(assessment, name)
            if name in RATED or field.recorded:
                yield f"assessments:{assessed(assessment.stage, assessment.part)}:{name}", field
    for extra in risk.extra:
        yield f"extra:{escaped(extra.heading)}", extra


def escaped(name: str) -> str:
    """A heading as it stands in a path: its own # doubled, so that none looks like the second of a name."""
    return name.replace("#", "##")


def assessed(stage: str, part: str | None) -> str:
    """What an assessment is called in a path: its stage, and the part that it is of (`residual@ii`)."""
    return stage if part is None else f"{stage}@{escaped(part)}"


def parts_of(risk: Risk) -> Iterator[tuple[str, Part]]:
    """Every part of the parted fields, under its path (`description:parts:0`)."""
    for name in PARTED:
        for position, part in enumerate(getattr(risk, name).parts):
            yield f"{name}:parts:{position}", part


def label_of(path: str) -> str:
    """A path as a person would say it: “Control 2”, “Trend Q2”, “Residual rating”."""
    first, _, rest = re.sub(r"(?<!#)((?:##)*)#\d+$", r"\1", path).replace("##", "#").partition(":")
    if first in LISTS and rest.isdecimal():
        return f"{'Control' if first == 'controls' else 'Action'} {int(rest) + 1}"
    if first == "trends":
        return f"Trend {rest}".strip()
    if first == "assessments":
        which, _, name = rest.rpartition(":")
        stage, of_part, part = which.partition("@")
        said = f"{stage} {LABELS.get(name, name).lower()}".replace("not stated ", "").capitalize()
        return f"{said}, part {part}" if of_part else said
    if first == "extra":
        return rest
    if rest.startswith("parts:"):
        return f"{LABELS[first]}, part {int(rest[6:]) + 1}"
    return LABELS.get(first, first.replace("_", " ").capitalize())


# --- Setting a field ----------------------------------------------------------------------------------------


def told(
    risk: Risk,
    path: str,
    *,
    state: State,
    text: str,
    reason: str,
    on: date | None = None,
    rising_means: Movement = "worsening",
) -> Risk:
    """`risk` with one field as a person says it is: certain, and saying who said so in `reason`.

    A whole list (`controls`, `actions`) is told a line each; a line that stood there already keeps its place,
    part and marker. Raises `Invalid` where there is no such field.
    """
    said = text.strip() if state == "recorded" else None
    if state == "recorded" and not said:
        raise Invalid(path, f"{label_of(path)}: give the text, or say that it is not recorded.")
    common: dict[str, Any] = {"state": state, "text": said, "confidence": 1.0, "reason": reason}
    first, _, rest = path.partition(":")
    if path in TEXTS:
        return risk.model_copy(update={path: Field(**common, places=getattr(risk, path).places)})
    if path in PARTED:
        return risk.model_copy(update={path: _parted(getattr(risk, path), common)})
    if path in DATES:
        day = on or (day_of(said) if said else None)
        return risk.model_copy(update={path: DateField(**common, on=day, places=getattr(risk, path).places)})
    if path in LISTS:
        return risk.model_copy(update={path: _lines(getattr(risk, path), said or "", reason)})
    if first in LISTS or first in {"trends", "extra"}:
        if first == "trends":
            common["direction"] = read_mark(said or "").direction if said else None
            common["movement"] = moved(said, common["direction"], rising_means)
        return risk.model_copy(update={first: _one_of(getattr(risk, first), rest, path, common)})
    if first == "assessments":
        return risk.model_copy(update={"assessments": _assessed(risk.assessments, rest, path, common)})
    raise Invalid("path", f"A risk has no field called “{path}”.")


def corrected_by(name: str) -> str:
    """The reason of a field that a person set right in a draft."""
    return f"{SET[0]}{name}"


def said_by(name: str) -> str:
    """The reason of a field that a person said anew in the register."""
    return f"{SET[1]}{name}"


def setter_of(field: Field) -> str:
    """The person who set a field, as its reason tells; nobody where it was read."""
    return next((field.reason.removeprefix(each) for each in SET if field.reason.startswith(each)), "")


def _parted(standing: PartedField, common: dict[str, Any]) -> PartedField:
    """A text told anew has no parts: which part each sentence belongs to was not said."""
    same = _squeezed(standing.text) == _squeezed(common["text"])
    return PartedField(**common, places=standing.places, parts=standing.parts if same else ())


def _lines(standing: tuple[Item, ...], text: str, reason: str) -> tuple[Item, ...]:
    known = {_squeezed(item.text): item for item in standing}
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return tuple(
        known.get(_squeezed(line)) or Item(state="recorded", text=line, reason=reason) for line in lines
    )


def _one_of(
    standing: tuple[Item | Trend | Extra, ...],
    which: str,
    path: str,
    common: dict[str, Any],
) -> tuple[Item | Trend | Extra, ...]:
    found = [position for position, each in enumerate(standing) if _called(position, each) == which]
    if not found:
        raise Invalid("path", f"This risk has no {label_of(path).lower()}.")
    changed = [*standing]
    changed[found[0]] = standing[found[0]].model_copy(update=common)
    return tuple(changed)


def _called(position: int, each: Item | Trend | Extra) -> str:
    """What a path calls it: a trend by its period, an extra column by its heading, a line by its position."""
    if isinstance(each, Trend):
        return escaped(each.period)
    return escaped(each.heading) if isinstance(each, Extra) else str(position)


def moved(text: str | None, direction: Direction | None, rising_means: Movement) -> Movement | None:
    """What a trend mark means: what its own word says, else what its arrow means in this register."""
    return (read_mark(text).movement if text else None) or movement_of(direction, rising_means)


def _assessed(
    standing: tuple[Assessment, ...], rest: str, path: str, common: dict[str, Any]
) -> tuple[Assessment, ...]:
    which, _, name = rest.rpartition(":")
    stage, of_part, part = which.partition("@")
    if name not in (*RATED, *JUDGED):
        raise Invalid("path", f"An assessment has no field called “{path}”.")
    if stage not in ("inherent", "residual", "target", "not stated"):
        raise Invalid("path", f"There is no stage called “{stage}”.")
    if not any(assessed(each.stage, each.part) == which for each in standing):
        of = {"part": part.replace("##", "#")} if of_part else {}
        return (*standing, Assessment.model_validate({"stage": stage, name: Field(**common)} | of))
    return tuple(
        each.model_copy(update={name: Field(**common, places=getattr(each, name).places)})
        if assessed(each.stage, each.part) == which
        else each
        for each in standing
    )


def _squeezed(text: str | None) -> str:
    return " ".join((text or "").split())


# --- Places -------------------------------------------------------------------------------------------------


def places_of(risk: Risk) -> tuple[Place, ...]:
    """Every place that a risk was read from, each once, in order."""
    found: dict[Place, None] = {}
    for _, field in fields_of(risk):
        found.update(dict.fromkeys(field.places))
    return tuple(found)
