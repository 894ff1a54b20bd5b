"""What can be done in a cycle and on a board: one module for each kind of thing that changes."""

from watchkeep.apps.reviews.changes.boards import amend_board, end_seat, open_board, seat, stand_down_board
from watchkeep.apps.reviews.changes.meetings import (
    cancel_meeting,
    correct_decision,
    hold_meeting,
    minute_challenge,
    minute_decision,
    move_item,
    move_meeting,
    plan_meeting,
    put_on_agenda,
    take_off_agenda,
)

__all__ = [
    "amend_board",
    "cancel_meeting",
    "correct_decision",
    "end_seat",
    "hold_meeting",
    "minute_challenge",
    "minute_decision",
    "move_item",
    "move_meeting",
    "open_board",
    "plan_meeting",
    "put_on_agenda",
    "seat",
    "stand_down_board",
    "take_off_agenda",
]
