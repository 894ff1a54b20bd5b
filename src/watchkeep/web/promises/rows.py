"""The list of promises: which fit, in which order, the sentence above them, and the line of time."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.urls import reverse
from django.utils.http import urlencode

from watchkeep.apps.treatment.queries import BearingRow, CommitmentRow
from watchkeep.domain.commitment import State
from watchkeep.web.register.links import risk_link

GRAVE: Final[frozenset[State]] = frozenset({"overdue", "lapsed", "delivered without effect"})
DRAWN: Final = 16  # promises on the line of time; the table has all
STEP: Final = 26  # pixels a row
LEFT, WIDTH = 64, 820
TICK: Final = 58  # pixels that the name of a month takes


@dataclass(frozen=True, slots=True)
class Part:
    """A run of the finding with where it leads."""

    text: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Borne:
    """A risk with its address."""

    use: BearingRow
    link: str


@dataclass(frozen=True, slots=True)
class Row:
    """A promise as the table shows it."""

    promise: CommitmentRow
    link: str
    risks: tuple[Borne, ...]
    doubted: bool = False  # by its readings it was delivered without effect, and nobody has said so

    @property
    def grave(self) -> bool:
        """Whether its state asks for attention."""
        return self.promise.standing.state in GRAVE


def shown(rows: Iterable[CommitmentRow], doubted: Container[UUID] = ()) -> tuple[Row, ...]:
    """The rows of the table; `doubted` are those that by their readings had no effect."""
    return tuple(
        Row(
            each,
            promise_link(each.reference),
            tuple(borne(use) for use in each.risks),
            each.id in doubted,
        )
        for each in rows
    )


def borne(use: BearingRow) -> Borne:
    """A bearing with the address of its risk."""
    return Borne(use, risk_link(use.risk_key, use.register))


def promise_link(reference: str) -> str:
    """A promise's own address."""
    return reverse("promise", args=[reference])


def list_link(**choices: str) -> str:
    """The list's address with these choices."""
    return f"{reverse('promises')}?{urlencode(choices)}#promises"


def chosen(
    rows: tuple[CommitmentRow, ...], choices: dict[str, str], doubted: Container[UUID] = ()
) -> tuple[CommitmentRow, ...]:
    """The rows that fit every choice, sorted as asked."""
    tests: dict[str, Callable[[CommitmentRow, str], bool]] = {
        "q": lambda row, asked: all(word in _words_of(row) for word in asked.casefold().split()),
        "state": lambda row, asked: (
            not row.standing.settled if asked == "open" else row.standing.state == asked
        ),
        "kind": lambda row, asked: row.kind == asked,
        "owner": lambda row, asked: row.owner == asked,
        "risk": lambda row, asked: any(use.risk_key == asked for use in row.bears_on),
        "only": lambda row, asked: _flagged(row, asked, doubted),
    }
    kept = [
        row
        for row in rows
        if all(test(row, choices[name]) for name, test in tests.items() if name in choices)
    ]
    order = _ORDERS.get(choices.get("sort", ""))
    return tuple(sorted(kept, key=order) if order else kept)


_ORDERS: Final[dict[str, Callable[[CommitmentRow], tuple[int | str | date, ...]]]] = {
    "due": lambda row: (row.due_on or date.max,),
    "slips": lambda row: (-(row.slipped or 0), -len(row.slips)),
    "waiting": lambda row: (-len(row.waiting),),
    "reference": lambda row: (len(row.reference), row.reference),
}


def _flagged(row: CommitmentRow, flag: str, doubted: Container[UUID]) -> bool:
    if flag == "without effect":
        return row.id in doubted
    if flag == "slipped":
        return bool(row.slips)
    if flag == "effect":
        return row.standing.effect_late is not None
    return not row.owner


def _words_of(row: CommitmentRow) -> str:
    value = row.value
    said = (row.label, value.definition_of_done, value.expected_effect, value.source, value.if_not, row.owner)
    return " ".join((*said, row.outcome_note, *(use.risk_label for use in row.bears_on))).casefold()


def finding(rows: Sequence[CommitmentRow], doubted: Container[UUID] = ()) -> tuple[Part, ...]:
    """What is due, late, slipped, delivered without effect, each with its link."""
    late = [each for each in rows if each.standing.state == "overdue"]
    waited = sum(bool(each.waiting) for each in late)
    longest = max((each.standing.days or 0 for each in late), default=0)
    late_said = f", the longest by {_days(longest)}" if late else ""
    if waited:
        late_said += "; others wait for it" if len(late) == 1 else f"; others wait for {waited} of them"
    parts = [Part(_count(len(late), "promise is late", "promises are late"), list_link(state="overdue"))]
    parts.append(Part(f"{late_said}. "))
    slipped = [each for each in rows if each.slips and not each.standing.settled]
    told = [
        (_state_count(rows, "due soon"), "is due soon", "are due soon", {"state": "due soon"}),
        (_state_count(rows, "lapsed"), "agreement has lapsed", "agreements have lapsed", {"state": "lapsed"}),
        (_state_count(rows, "no date"), "has no date", "have no date", {"state": "no date"}),
        (
            len(slipped),
            "that is open has slipped",
            "that are open have slipped",
            {"state": "open", "only": "slipped"},
        ),
        (
            _state_count(rows, "delivered without effect"),
            "was delivered without effect",
            "were delivered without effect",
            {"state": "delivered without effect"},
        ),
        (
            sum(each.id in doubted for each in rows),
            "had no effect by its readings, and nobody has said so",
            "had no effect by their readings, and nobody has said so",
            {"only": "without effect"},
        ),
        (
            sum(each.standing.effect_late is not None for each in rows),
            "is done, and nobody has looked for its effect",
            "are done, and nobody has looked for their effect",
            {"only": "effect"},
        ),
    ]
    for count, one, many, link in told:
        if count:
            parts += [Part(_count(count, one, many), list_link(**link)), Part(". ")]
    return tuple(parts)


def _state_count(rows: Iterable[CommitmentRow], state: State) -> int:
    return sum(each.standing.state == state for each in rows)


def _count(number: int, one: str, many: str) -> str:
    return f"{number or 'No'} {one if number == 1 else many}"


def _days(number: int) -> str:
    return f"{number} {'day' if number == 1 else 'days'}"


# --- The line of time ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Mark:
    """A point on the line of time, in pixels."""

    x: int
    label: str = ""


@dataclass(frozen=True, slots=True)
class Track:
    """One promise on it: the first day promised, each day it slipped to, and the day that stands."""

    reference: str
    y: int
    first: int
    last: int
    stops: tuple[Mark, ...]
    grave: bool

    @property
    def text_y(self) -> int:
        """Where its reference is written."""
        return self.y + 4


@dataclass(frozen=True, slots=True)
class Times:
    """The open promises that have a day, on one line of time."""

    tracks: tuple[Track, ...]
    ticks: tuple[Mark, ...]
    today: int
    height: int
    left_out: int
    width: int = WIDTH

    @property
    def foot(self) -> int:
        """Where the months are written."""
        return self.height - 6

    @property
    def ground(self) -> int:
        """Where the lines end."""
        return self.height - 22


def times(rows: Sequence[CommitmentRow], today: date) -> Times | None:
    """The open promises with a day, the earliest first; none where there are fewer than two."""
    dated = sorted(
        (each for each in rows if each.due_on and not each.standing.settled),
        key=lambda each: each.due_on or date.max,
    )
    if len(dated) < 2:
        return None
    drawn = dated[:DRAWN]
    days = [today, *(day for each in drawn for day in (each.original_due, each.due_on) if day)]
    first, last = min(days) - timedelta(days=10), max(days) + timedelta(days=10)

    def place(day: date) -> int:
        return LEFT + round((WIDTH - LEFT - 12) * (day - first).days / max(1, (last - first).days))

    tracks = tuple(_track(each, 16 + STEP * number, place) for number, each in enumerate(drawn))
    height = 16 + STEP * len(drawn) + 24
    return Times(tracks, _ticks(first, last, place), place(today), height, len(dated) - len(drawn))


def _track(each: CommitmentRow, y: int, place: Callable[[date], int]) -> Track:
    stops = [slip.to_day for slip in each.slips if slip.to_day]
    due = each.due_on or date.max
    return Track(
        reference=each.reference,
        y=y,
        first=place(min(each.original_due or due, due)),
        last=place(due),
        stops=tuple(Mark(place(day)) for day in stops if day < due),
        grave=each.standing.state in GRAVE,
    )


def _ticks(first: date, last: date, place: Callable[[date], int]) -> tuple[Mark, ...]:
    """The first of each month, or of each quarter or year where months would crowd."""
    months = (last.year - first.year) * 12 + last.month - first.month
    every = 1 if months <= 12 else 3 if months <= 36 else 12
    found = []
    for number in range(months + 1):
        year, month = divmod(first.year * 12 + first.month - 1 + number, 12)
        day = date(year, month + 1, 1)
        if first <= day <= last and month % every == 0 and place(day) < WIDTH - TICK:
            found.append(Mark(place(day), f"{day:%b} {day.year}" if every > 1 or month == 0 else f"{day:%b}"))
    return tuple(found)
