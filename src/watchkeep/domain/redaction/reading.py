"""Which fields of a risk its rules keep from an audience. What a rule names that is not there closes more,
never less.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from watchkeep.domain.document import Readers, Risk
from watchkeep.domain.edition import Audience
from watchkeep.domain.fields import DATES, JUDGED, LISTS, PARTED, RATED, TEXTS, assessed, escaped

AUDIENCES_RANKED: Final[dict[Audience, int]] = {"internal": 0, "committee": 1, "public": 2}
WHOLE_RISK: Final = ""
SHARED_LISTS: Final = ("promises", "indicators")  # what one record tells of many risks
_SECOND = re.compile(r"(?<!#)((?:##)*)#\d+$")


def withheld_paths(risk: Risk, audience: Audience) -> frozenset[str]:
    """The paths of a risk that its rules keep from `audience`; an empty one is the whole risk."""
    return frozenset(
        path
        for rule in risk.rules
        if kept_from(rule.readers, audience)
        for path in resolved(risk, rule.field)
    )


def closed_throughout(risk: Risk, audience: Audience) -> frozenset[str]:
    """The paths of the promises and indicators of a risk that its rules keep from `audience`: one record
    bears on many risks, and is kept back wherever it does.
    """
    closed = withheld_paths(risk, audience)
    return frozenset(path for path in _shared(risk) if any(covers(each, path) for each in closed)) | {
        rule.field.strip()
        for rule in risk.rules
        if rule.field.strip().startswith(tuple(f"{name}:" for name in SHARED_LISTS))
        and kept_from(rule.readers, audience)
    }


def held_by(risk: Risk, path: str) -> bool:
    """Whether the promise or indicator of that path is one of the risk's."""
    return path in _shared(risk)


def _shared(risk: Risk) -> list[str]:
    return [f"{name}:{each.key}" for name in SHARED_LISTS for each in getattr(risk, name)]


def kept_from(readers: Readers, audience: Audience) -> bool:
    """Whether what these readers may read, and nobody wider, is not for `audience`."""
    return AUDIENCES_RANKED[audience] > AUDIENCES_RANKED[readers]


def covers(rule: str, path: str) -> bool:
    """Whether what is said of `rule` holds for the field at `path`."""
    return rule in (WHOLE_RISK, path) or path.startswith((f"{rule}:", f"{rule}@"))


def resolved(risk: Risk, field: str) -> tuple[str, ...]:
    """The paths that a rule of `field` closes in this risk.

    A part of a text closes the text; a rating closes all that was rated with it, and why: one tells the
    other. A line, promise, indicator, trend or column that is not there (any more) closes its whole list:
    somebody meant one of them. A field that no risk has closes the risk.
    """
    path = _SECOND.sub(r"\1", field.strip())
    first, _, rest = path.partition(":")
    if first in PARTED:
        return (first,)
    if path in (WHOLE_RISK, *TEXTS, *DATES):
        return (path,)
    if first == "assessments":
        return _rated(risk, rest)
    known = _members(risk).get(first)
    if known is None:
        return (WHOLE_RISK,)
    return (path,) if rest in known else (first,)


def _members(risk: Risk) -> dict[str, set[str]]:
    found = {name: {str(position) for position in range(len(getattr(risk, name)))} for name in LISTS}
    return found | {
        "trends": {escaped(each.period) for each in risk.trends},
        "extra": {escaped(each.heading) for each in risk.extra},
        "promises": {each.key for each in risk.promises},
        "indicators": {each.key for each in risk.indicators},
        "statements": set(),
    }


def _rated(risk: Risk, rest: str) -> tuple[str, ...]:
    which, _, name = rest.rpartition(":")
    if name not in (*RATED, *JUDGED):
        which, name = rest, ""
    every = [assessed(each.stage, each.part) for each in risk.assessments]
    meant = [each for each in every if each == which or each.startswith(f"{which}@")]
    if not which or not meant:
        return ("assessments",)
    if name in JUDGED:
        return tuple(f"assessments:{each}:{name}" for each in meant)
    stages = {each.partition("@")[0] for each in meant}  # the whole is rated from its parts, and tells them
    meant += [each for each in every if each in stages and each not in meant]
    return tuple(f"assessments:{each}:{one}" for each in meant for one in (*RATED, *JUDGED))


@dataclass(frozen=True, slots=True)
class Reading:
    """What an audience may read of one risk."""

    closed: frozenset[str]
    public: bool

    def may(self, path: str) -> bool:
        """Whether the field at `path` may be read."""
        return not any(covers(each, path) for each in self.closed)
