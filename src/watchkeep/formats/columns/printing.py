"""The headings that writers print."""

from __future__ import annotations

from watchkeep.formats.columns.known import KNOWN

_PRINTED = {known.meaning: known.printed for known in KNOWN}
_JUDGED_PRINTED = {"by": "assessed by", "on": "assessed on"}
_STAGE_PRINTED = {"inherent": "Inherent ", "residual": "Residual ", "target": "Target ", "not stated": ""}


def printed_heading(meaning: str) -> str:
    """The heading a writer prints for a meaning such as `owner`, `trends:Q2` or
    `assessments:residual:rating`.
    """
    if meaning in _PRINTED:
        return _PRINTED[meaning]
    kind, _, rest = meaning.partition(":")
    if kind == "trends":
        return "Trend" if rest == "current" else f"{rest} trend"
    if kind == "derived":
        return f"{rest} trend by the evidence"
    if kind == "assessments":
        which, _, dimension = rest.rpartition(":")
        stage, of_part, part = which.partition("@")
        said = f"{_STAGE_PRINTED.get(stage, '')}{_JUDGED_PRINTED.get(dimension, dimension)}".capitalize()
        return f"{said}, part {part.replace('##', '#')}" if of_part else said
    return meaning
