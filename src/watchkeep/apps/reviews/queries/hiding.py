"""What of reviews, boards, and of the controls and promises of others, a viewer may not see."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from watchkeep.apps.register.models import Event
from watchkeep.apps.register.queries import visible, visible_risks, wheres
from watchkeep.apps.reviews.models import Board, Cycle, Meeting, Review
from watchkeep.apps.reviews.queries.boards import visible_boards
from watchkeep.apps.treatment.models import Check, Commitment, Control
from watchkeep.apps.treatment.queries import visible_commitments, visible_controls
from watchkeep.domain.people import Actor
from watchkeep.domain.review import may_follow


def open_cycles_of_others(viewer: Actor) -> frozenset[str]:
    """The ids of the body's open cycles that the viewer may not follow."""
    rows = Cycle.objects.filter(register__body_id=viewer.body, state="open").select_related("register")
    found = list(rows)
    seen = set(visible(viewer).values_list("pk", flat=True))
    places = wheres({each.register for each in found})
    return _ids(
        each.pk
        for each in found
        if each.register_id not in seen or may_follow(viewer, places[each.register_id]) is not None
    )


def hidden_subjects(viewer: Actor) -> dict[str, frozenset[str]]:
    """Those of the body that the viewer may not see, as ids by kind; a fixed number of statements."""
    cycles = Cycle.objects.filter(register__body_id=viewer.body)
    cycles = cycles.exclude(register__in=visible(viewer))
    closed = [*cycles.values_list("pk", flat=True), *map(UUID, open_cycles_of_others(viewer))]
    boards = Board.objects.filter(body_id=viewer.body)
    boards = boards.exclude(pk__in=visible_boards(viewer).values("pk"))
    return {
        "cycle": _ids(cycles.values_list("pk", flat=True)),
        "review": _ids(Review.objects.filter(cycle__in=closed).values_list("pk", flat=True)),
        "board": _ids(boards.values_list("pk", flat=True)),
        "meeting": _ids(Meeting.objects.filter(board__in=boards).values_list("pk", flat=True)),
    } | _across(viewer)


def _across(viewer: Actor) -> dict[str, frozenset[str]]:
    """The controls, promises and events of others. A role for the whole body sees them always."""
    if viewer.role:
        return {}
    risks = visible_risks(viewer)
    controls = Control.objects.filter(body_id=viewer.body)
    controls = controls.exclude(pk__in=visible_controls(viewer).values("pk"))
    promises = Commitment.objects.filter(body_id=viewer.body)
    promises = promises.exclude(pk__in=visible_commitments(viewer).values("pk"))
    events = Event.objects.filter(body_id=viewer.body).exclude(about__risk__in=risks)
    return {
        "control": _ids(controls.values_list("pk", flat=True)),
        "check": _ids(Check.objects.filter(control__in=controls).values_list("pk", flat=True)),
        "commitment": _ids(promises.values_list("pk", flat=True)),
        "event": _ids(events.values_list("pk", flat=True)),
    }


def _ids(keys: Iterable[UUID]) -> frozenset[str]:
    return frozenset(str(each) for each in keys)
