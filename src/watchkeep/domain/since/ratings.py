"""Ratings and scores that are others than before. Bands are compared by their order, never counted with."""

from __future__ import annotations

import re
from collections.abc import Iterator

from watchkeep.domain.difference import FieldChange
from watchkeep.domain.document import Assessment, Field, Risk, Scale, Stage
from watchkeep.domain.fields import RATED, assessed
from watchkeep.domain.scale import UNORDERED, scale_of
from watchkeep.domain.since.values import Moved, Rescored, Way
from watchkeep.domain.since.why import title_of
from watchkeep.domain.wording import as_read

_NUMBER = re.compile(r"\d{1,4}(?:\.\d{1,2})?")


def same_value(before: str, after: str) -> bool:
    """Whether two short values are one: in another letter case, drawn otherwise, `4` and `4.0`."""
    old, new = as_read(before).casefold(), as_read(after).casefold()
    if _NUMBER.fullmatch(old) and _NUMBER.fullmatch(new):
        return float(old) == float(new)
    return old == new or "".join(old.split()) == "".join(new.split())


# --- Every stage --------------------------------------------------------------------------------------------


def is_score(path: str) -> bool:
    """Whether a field is a likelihood, impact, score or rating of an assessment."""
    return path.startswith("assessments:") and path.rpartition(":")[2].partition("#")[0] in RATED


def scored(changes: tuple[FieldChange, ...]) -> Iterator[FieldChange]:
    """The changes that are of a likelihood, impact, score or rating, and not written otherwise only."""
    return (each for each in changes if is_score(each.path) and not same_value(each.before, each.after))


def rescored(risk: Risk, changes: tuple[FieldChange, ...]) -> Iterator[Rescored]:
    """Every such change of one risk, with the rationale that the later assessment gives."""
    judged = {f"assessments:{assessed(each.stage, each.part)}": each for each in risk.assessments}
    for change in scored(changes):
        yield Rescored(
            key=risk.key,
            title=title_of(risk),
            reason=_rationale(judged.get(change.path.rpartition(":")[0])),
            what=change.label,
            before=change.before,
            after=change.after,
        )


def _rationale(found: Assessment | None) -> str:
    if found is None:
        return ""
    return found.rationale.text or found.basis.text or ""


# --- Where the risk stands ----------------------------------------------------------------------------------


def moved(before: Risk, after: Risk, old_scale: Scale, new_scale: Scale) -> Moved | None:
    """How the standing rating or score of a risk moved; a first rating, or a lost one, is no movement."""
    old, new = before.standing, after.standing
    if old is None or new is None:
        return None
    one_stage = _kind_of(old.stage) == _kind_of(new.stage)
    if one_stage and _same(old.rating, new.rating) and _same(old.score, new.score):
        return None
    way = _way(old, new, old_scale, new_scale) if one_stage else "restated"
    if way is None:
        return None
    return Moved(
        key=after.key,
        title=title_of(after),
        reason=_rationale(new),
        way=way,
        before=_stands(old, named=not one_stage),
        after=_stands(new, named=not one_stage),
    )


def _kind_of(stage: Stage) -> str:
    """A rating whose stage is not stated stands where the residual one does."""
    return "inherent" if stage == "inherent" else "residual"


def _same(old: Field, new: Field) -> bool:
    return same_value(old.text or "", new.text or "")


def _stands(found: Assessment, *, named: bool) -> str:
    rating, score = as_read(found.rating.text or ""), as_read(found.score.text or "")
    said = f"{rating} ({score})" if rating and score and not same_value(rating, score) else rating or score
    return f"{found.stage} {said}" if named and found.stage != "not stated" else said


def _way(old: Assessment, new: Assessment, old_scale: Scale, new_scale: Scale) -> Way | None:
    """By the bands where they differ, else by the scores; none where only one side of a pair is recorded and
    the other pair is the same.
    """
    bands = old.rating.recorded and new.rating.recorded and not _same(old.rating, new.rating)
    scores = old.score.recorded and new.score.recorded and not _same(old.score, new.score)
    if bands:
        by_band = _by_bands(old.rating.text or "", new.rating.text or "", old_scale, new_scale)
        return by_band or (_by_scores(old, new, old_scale, new_scale) if scores else None) or "restated"
    if scores:
        return _by_scores(old, new, old_scale, new_scale) or "restated"
    both = (old.rating.recorded and new.rating.recorded) or (old.score.recorded and new.score.recorded)
    return None if both else "restated"


def _by_bands(before: str, after: str, old: Scale, new: Scale) -> Way | None:
    found = _common(old, new, (before, after))
    first, second = (found.band(before), found.band(after)) if found else (None, None)
    if first is None or second is None or first.rank == second.rank:
        return _higher(before, after) if _NUMBER.fullmatch(before) and _NUMBER.fullmatch(after) else None
    return "higher" if second.rank > first.rank else "lower"


def _by_scores(old: Assessment, new: Assessment, old_scale: Scale, new_scale: Scale) -> Way | None:
    """Scores of two scales that are stated, and are two, are not compared."""
    stated = old_scale.basis == new_scale.basis == "stated"
    if stated and (old_scale.likelihood, old_scale.impact) != (new_scale.likelihood, new_scale.impact):
        return None
    return _higher(as_read(old.score.text or ""), as_read(new.score.text or ""))


def _higher(before: str, after: str) -> Way | None:
    if not (_NUMBER.fullmatch(before) and _NUMBER.fullmatch(after)) or float(before) == float(after):
        return None
    return "higher" if float(after) > float(before) else "lower"


def _common(old: Scale, new: Scale, names: tuple[str, str]) -> Scale | None:
    """The scale that both names can be ranked on, where the two papers do not speak of two scales."""
    if not _agree(old, new):
        return None
    for scale in (new, old):
        if scale.reason != UNORDERED and all(scale.band(name) for name in names):
            return scale
    if old.basis == "stated" or new.basis == "stated":
        return None
    inferred = scale_of(names)  # neither paper met both of them
    return None if inferred.reason == UNORDERED else inferred


def _agree(old: Scale, new: Scale) -> bool:
    """Whether the bands of two papers may be of one scale: what both have, they have in one order."""
    first, second = (
        [each.name.casefold() for each in sorted(scale.bands, key=lambda band: band.rank)]
        for scale in (old, new)
    )
    if old.basis == new.basis == "stated":
        return first == second
    return [each for each in first if each in second] == [each for each in second if each in first]
