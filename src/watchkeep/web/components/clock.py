"""The two clocks of a request: `?as_at=2031-03-31` and `?known_at=2031-04-01T09:30`, and the banner that says
so. A page without either shows what stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from django.http import HttpRequest
from django.utils import timezone

from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.errors import Invalid
from watchkeep.jobs.clocks import clock_said, spoken

NAMES: Final = ("as_at", "known_at")


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
    return clock_said(said["as_at"], said["known_at"])


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


def _end_of(on: date) -> datetime:
    return timezone.make_aware(datetime.combine(on, time.max))
