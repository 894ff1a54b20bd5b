"""What cycles and boards say: one module for each kind of question."""

from watchkeep.apps.reviews.queries.agendas import Band, Proposed, RiskBrief, choices, proposals
from watchkeep.apps.reviews.queries.boards import BoardRow, SeatRow, board, boards, visible_boards
from watchkeep.apps.reviews.queries.led import Led, LedRow, led_by
from watchkeep.apps.reviews.queries.lines import LineRow, meeting_lines
from watchkeep.apps.reviews.queries.meeting_days import MeetingRow
from watchkeep.apps.reviews.queries.meetings import (
    DecisionRow,
    Discussed,
    ItemRow,
    MeetingPage,
    decisions,
    discussed,
    meeting,
)

__all__ = [
    "Band",
    "BoardRow",
    "DecisionRow",
    "Discussed",
    "ItemRow",
    "Led",
    "LedRow",
    "LineRow",
    "MeetingPage",
    "MeetingRow",
    "Proposed",
    "RiskBrief",
    "SeatRow",
    "board",
    "boards",
    "choices",
    "decisions",
    "discussed",
    "led_by",
    "meeting",
    "meeting_lines",
    "proposals",
    "visible_boards",
]
