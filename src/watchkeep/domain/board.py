"""Boards: when they ought to meet and did, what belongs before them, and who keeps their minutes."""

from __future__ import annotations

import calendar
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Final, Literal, get_args

from watchkeep.domain.errors import Invalid
from watchkeep.domain.finding import written
from watchkeep.domain.people import Actor, Refusal, Where, may

Purpose = Literal["note", "challenge", "decide"]
SeatRole = Literal["chair", "member", "secretary", "in attendance"]
MeetingState = Literal["planned", "held", "cancelled"]
PURPOSES: Final[tuple[Purpose, ...]] = get_args(Purpose)
SEATS: Final[tuple[SeatRole, ...]] = get_args(SeatRole)

MONTHS_IN_A_YEAR = 12
WEEKS_IN_A_YEAR = 52
PLAN_AHEAD = timedelta(days=365)
MOST_AHEAD = 12  # meetings of a forward plan: a weekly board's year is nothing that anybody plans


@dataclass(frozen=True, slots=True)
class Cadence:
    """How often a board meets: every so many months or weeks; neither where it meets at need."""

    months: int | None = None
    weeks: int | None = None

    def __post_init__(self) -> None:
        if self.months is not None and self.weeks is not None:
            raise Invalid("every", "A board meets every so many months or every so many weeks, not both.")
        if self.months is not None and not 0 < self.months <= 2 * MONTHS_IN_A_YEAR:
            raise Invalid("every", f"A board meets every 1 to 24 months, not every {self.months}.")
        if self.weeks is not None and not 0 < self.weeks <= WEEKS_IN_A_YEAR:
            raise Invalid("every", f"A board meets every 1 to 52 weeks, not every {self.weeks}.")

    @property
    def sentence(self) -> str:
        """As people say it."""
        if self.months is not None:
            return {1: "monthly", 3: "quarterly", 12: "once a year"}.get(
                self.months, f"every {self.months} months"
            )
        if self.weeks is not None:
            return {1: "weekly", 2: "fortnightly"}.get(self.weeks, f"every {self.weeks} weeks")
        return "at need"

    def after(self, day: date, times: int = 1) -> date | None:
        """The day that many meetings after `day`; none for a board that meets at need."""
        if self.weeks is not None:
            return day + timedelta(weeks=self.weeks * times)
        if self.months is None:
            return None
        count = day.year * MONTHS_IN_A_YEAR + day.month - 1 + self.months * times
        year, month = divmod(count, MONTHS_IN_A_YEAR)
        return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))

    def expected_by(self, last: date) -> date | None:
        """The last day by which the meeting after `last` keeps the cadence: the month's or the week's end."""
        next_day = self.after(last)
        if next_day is None:
            return None
        if self.weeks is not None:
            return next_day + timedelta(days=6 - next_day.weekday())
        return next_day.replace(day=calendar.monthrange(next_day.year, next_day.month)[1])

    def between(self, earlier: date, later: date) -> int:
        """How many meetings the cadence would have had between two that follow each other."""
        if self.weeks is not None:
            apart = (_monday(later) - _monday(earlier)).days // 7
            return max(0, apart // self.weeks - 1)
        if self.months is None:
            return 0
        apart = (later.year - earlier.year) * MONTHS_IN_A_YEAR + later.month - earlier.month
        return max(0, apart // self.months - 1)


@dataclass(frozen=True, slots=True)
class Met:
    """A meeting's day and what became of it."""

    on: date
    state: MeetingState


@dataclass(frozen=True, slots=True)
class Expected:
    """A place in the forward plan: a meeting that is planned, or one that the cadence asks for."""

    on: date
    planned: bool


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How a board kept its cadence up to a day, and what lies ahead."""

    held: int
    scheduled: int  # held, missed, cancelled
    missed: tuple[date, ...]  # planned, passed, never minuted as held
    cancelled: int
    skipped: int  # meetings that the cadence asked for between those held, and nobody planned
    last: date | None
    next: date | None
    overdue_since: date | None  # the day by which it should have met
    ahead: tuple[Expected, ...]


def rhythm(cadence: Cadence, meetings: Iterable[Met], *, opened_on: date | None, today: date) -> Rhythm:
    """Look at a board's meetings from `today`. A meeting of today is not missed yet."""
    told = sorted(meetings, key=lambda each: each.on)
    held = [each.on for each in told if each.state == "held" and each.on <= today]
    missed = tuple(each.on for each in told if each.state == "planned" and each.on < today)
    planned = [each.on for each in told if each.state == "planned" and each.on >= today]
    cancelled = sum(each.state == "cancelled" and each.on <= today for each in told)
    since = held[-1] if held else opened_on
    expected = cadence.expected_by(since) if since and since <= today else None
    accounted = sorted({*held, *missed})
    return Rhythm(
        held=len(held),
        scheduled=len(held) + len(missed) + cancelled,
        missed=missed,
        cancelled=cancelled,
        skipped=sum(cadence.between(earlier, later) for earlier, later in pairwise(accounted)),
        last=held[-1] if held else None,
        next=planned[0] if planned else None,
        overdue_since=expected if expected and expected < today else None,
        ahead=_ahead(cadence, planned, since, today),
    )


def _ahead(cadence: Cadence, planned: list[date], since: date | None, today: date) -> tuple[Expected, ...]:
    """The planned meetings of a year, then what the cadence asks for after the last of them."""
    until = today + PLAN_AHEAD
    plan = [Expected(day, planned=True) for day in planned]
    start = planned[-1] if planned else since
    step = 0
    while start is not None and start <= until and len(plan) < MOST_AHEAD:
        step += 1
        day = cadence.after(start, step)
        if day is None or day > until:
            break
        if day >= today:
            plan.append(Expected(day, planned=False))
    return tuple(plan[: max(MOST_AHEAD, len(planned))])


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


# --- What belongs before a board ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Proposal:
    """A risk that ought to be talked about, and why. A secretary puts it on the agenda, or does not."""

    risk: str
    reasons: tuple[str, ...]


def propose(risk: str, *, stands: str, worsened: bool, since: date | None = None) -> Proposal | None:
    """Why a risk belongs on the next agenda, if it does. `stands` is as domain/appetite.py says it."""
    reasons = []
    if stands == "outside tolerance":
        reasons.append("Outside tolerance" + (f" since {written(since)}" if since else ""))
    if worsened:
        reasons.append("Worsened in its last quarter")
    return Proposal(risk, tuple(reasons)) if reasons else None


def not_on(proposals: Iterable[Proposal], agenda: Collection[str]) -> tuple[Proposal, ...]:
    """The proposals whose risk is not on the agenda yet."""
    return tuple(each for each in proposals if each.risk not in agenda)


# --- Who may, and when --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Secretariat:
    """Where a board stands, and the posts that keep its minutes."""

    place: Where
    posts: frozenset[str]
    stood_down_on: date | None = None


def may_run(actor: Actor, board: Secretariat) -> Refusal | None:
    """Nothing where `actor` may plan the board's meetings and keep its agenda: by role, or by its
    secretary’s seat.
    """
    refusal = may(actor, "run boards", board.place)
    if refusal and not actor.looks_back and actor.kind == "person" and actor.posts & board.posts:
        refusal = None
    if refusal is None and board.stood_down_on is not None:
        return Refusal(f"This board stood down on {written(board.stood_down_on)}; it meets no more.")
    return refusal


def may_plan(actor: Actor, board: Secretariat, state: MeetingState) -> Refusal | None:
    """Nothing where the meeting’s day and agenda may still be changed."""
    refusal = may_run(actor, board)
    if refusal is None and state != "planned":
        return Refusal(f"This meeting is {state}; its agenda stays as it was.")
    return refusal


def may_hold(
    actor: Actor, board: Secretariat, state: MeetingState, *, on: date, today: date
) -> Refusal | None:
    """Nothing where the meeting may be recorded as held."""
    refusal = may_plan(actor, board, state)
    if refusal is None and on > today:
        return Refusal(f"This meeting is on {written(on)}; it can be recorded as held from that day on.")
    return refusal


def may_minute(
    actor: Actor, board: Secretariat, state: MeetingState, *, on: date, today: date
) -> Refusal | None:
    """Nothing where what was asked and decided may be minuted: from the meeting’s day on."""
    # A board that stood down still has minutes to set right.
    refusal = may_run(actor, Secretariat(board.place, board.posts))
    if refusal is None and state == "cancelled":
        return Refusal("This meeting was cancelled; nothing was decided in it.")
    if refusal is None and on > today:
        return Refusal(f"This meeting is on {written(on)}; nothing has been decided in it yet.")
    return refusal
