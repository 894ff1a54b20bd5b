"""The two clocks of a request: `?as_at=2031-03-31` and `?known_at=2031-04-01T09:30`, and the banner that says
so. A page without either shows what stands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from django.http import HttpRequest
from django.utils import timezone

from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.errors import Invalid
from watchkeep.web.components.tags import day

NAMES: Final = ("as_at", "known_at")
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MOMENT: Final = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}", re.ASCII)
# A moment is asked for by the minute, and what was learned within that minute is meant too.
_WITHIN: Final = timedelta(seconds=59, microseconds=999_999)


@dataclass(frozen=True, slots=True)
class Banner:
    """What a page that shows the past says of itself, and the ways out of it."""

    sentence: str
    today: str  # the same page, as it stands
    then: str = ""  # the same page, as it was known then
    now: str = ""  # the same page, as is now known
    heeded: bool = True  # whether the page below does show that day


@dataclass(frozen=True, slots=True)
class OtherDay:
    """The form that asks for the same page as at another day."""

    path: str
    kept: tuple[tuple[str, str], ...]
    as_at: str


def clock_of(request: HttpRequest) -> Clock:
    """The clocks that the address asks for; a view that asks shows its page by them."""
    clock = asked(request)
    request.__dict__["clock_heeded"] = True
    return clock


def asked(request: HttpRequest) -> Clock:
    """The same, for what is not a page: nothing is said of whether the page heeds it."""
    said = {name: request.GET.get(name, "").strip() for name in NAMES}
    if not any(said.values()):
        return PRESENT
    return Clock(
        as_at=_day(said["as_at"]) if said["as_at"] else None,
        known_at=_moment(said["known_at"]) if said["known_at"] else None,
    )


def spoken(clock: Clock) -> str:
    """The day and the moment as a person says them: as at 31 March 2031, as it was known then."""
    if clock.known_at is None:
        return f"as at {day(clock.as_at)}, as is now known" if clock.as_at else "as it stands"
    learned = timezone.localtime(clock.known_at)
    if clock.as_at is None:
        return f"as it was known on {day(learned.date())} at {learned:%H:%M}"
    then = "then" if learned.date() == clock.as_at else f"on {day(learned.date())} at {learned:%H:%M}"
    return f"as at {day(clock.as_at)}, as it was known {then}"


def banner(request: HttpRequest) -> Banner | None:
    """What to say above a page that shows the past; nothing on a page of today."""
    try:
        clock = asked(request)
    except Invalid:
        return None  # the answer to it says what is wrong
    if not clock.past:
        return None
    heeded = bool(request.__dict__.get("clock_heeded"))
    known = {"then": "", "now": ""}
    if clock.known_at is not None and clock.as_at is not None:
        known["now"] = address(request, Clock(clock.as_at))
    elif clock.as_at is not None and clock.as_at < timezone.localdate():
        known["then"] = address(request, Clock(clock.as_at, _end_of(clock.as_at)))
    return Banner(
        sentence=f"This page is {spoken(clock)}." if heeded else "This page has no past: it shows today.",
        today=address(request, PRESENT),
        heeded=heeded,
        **known if heeded else {},
    )


def other_day(request: HttpRequest) -> OtherDay | None:
    """The form below a page that heeds the clocks."""
    if not request.__dict__.get("clock_heeded"):
        return None
    kept = [(name, each) for name, said in request.GET.lists() if name not in NAMES for each in said]
    return OtherDay(request.path, tuple(kept), request.GET.get("as_at", ""))


def address(request: HttpRequest, clock: Clock) -> str:
    """This same page by another clock."""
    query = request.GET.copy()
    for name in NAMES:
        query.pop(name, None)
    for name, value in written(clock).items():
        query[name] = value
    return request.path + (f"?{query.urlencode()}" if query else "?")


def written(clock: Clock) -> dict[str, str]:
    """The clock as an address carries it."""
    said: dict[str, str] = {}
    if clock.as_at:
        said["as_at"] = clock.as_at.isoformat()
    if clock.known_at:
        said["known_at"] = timezone.localtime(clock.known_at).strftime("%Y-%m-%dT%H:%M")
    return said


def _day(text: str) -> date:
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass  # 2031-02-30 is written like a day and is none
    raise Invalid("as_at", f"A day is written like 2031-03-31; “{text[:40]}” is none.")


def _moment(text: str) -> datetime:
    if not _MOMENT.fullmatch(text):
        raise Invalid("known_at", f"A moment is written like 2031-03-31T09:30; “{text[:40]}” is none.")
    try:
        moment = timezone.make_aware(datetime.fromisoformat(text))
        future = moment > timezone.now()
    except (ValueError, OverflowError):
        raise Invalid("known_at", f"“{text[:40]}” is no moment that there is.") from None
    if future:
        raise Invalid(
            "known_at", "What will be known later cannot be shown: choose a moment that has passed."
        )
    return moment + _WITHIN


def _end_of(on: date) -> datetime:
    return timezone.make_aware(datetime.combine(on, time.max))
