"""Whose passages name something else: what must be said anew once that is called otherwise.

Names of units and of people stand in no passage; what else is named is named as it was when it was said.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from watchkeep.apps.discussion.models import Comment
from watchkeep.apps.indicators.models import IndicatorVersion
from watchkeep.apps.register.models import RiskVersion
from watchkeep.apps.reviews.models import BoardDecision, Meeting, Minute
from watchkeep.apps.treatment.models import CommitmentVersion, ControlVersion

Naming = dict[str, set[UUID]]  # by model, the rows whose passages have the name


def names_anew(row: dict[str, Any]) -> bool:
    """Whether this row of an entry changed the name of something that others' passages have."""
    return row["model"] in NAMES and NAMES[row["model"]][0] in row.get("before", {})


def naming(model: str, id: UUID) -> Naming:
    """The rows whose passages name this one."""
    return NAMES[model][1](id)


def _post(id: UUID) -> Naming:
    owned = (RiskVersion, ControlVersion, CommitmentVersion, IndicatorVersion)
    return {each._meta.label_lower: set(_ids(each.objects.filter(owner_post=id))) for each in owned}


def _board(id: UUID) -> Naming:
    meetings = _ids(Meeting.objects.filter(board=id))
    return {
        "reviews.boarddecision": set(_ids(BoardDecision.objects.filter(item__meeting__board=id))),
        "reviews.minute": set(_ids(Minute.objects.filter(item__meeting__board=id))),
        "discussion.comment": _comments("board", [id]) | _comments("meeting", meetings),
    }


def _meeting(id: UUID) -> Naming:
    return {"discussion.comment": _comments("meeting", [id])}


def _comments(kind: str, ids: list[UUID]) -> set[UUID]:
    return set(_ids(Comment.objects.filter(subject_kind=kind, subject_id__in=[str(each) for each in ids])))


def _ids(rows: Any) -> list[UUID]:
    return list(rows.values_list("pk", flat=True))


NAMES: Final[dict[str, tuple[str, Callable[[UUID], Naming]]]] = {
    "people.post": ("title", _post),
    "reviews.board": ("name", _board),
    "reviews.meeting": ("on", _meeting),  # its day is what a meeting is called by
}
