"""Each error as a page in plain words: what happened, and what to do."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from watchkeep.domain.errors import (
    Broken,
    Invalid,
    Missing,
    Refused,
    Stale,
    Unreadable,
    WatchkeepError,
    Withdrawn,
)
from watchkeep.domain.people import Refusal
from watchkeep.jobs.clocks import spoken
from watchkeep.web.clash.views import again, clash
from watchkeep.web.components.clock import asked

STATUS: dict[type[WatchkeepError], tuple[int, str]] = {
    Refused: (403, "That is not open to you"),
    Withdrawn: (410, "This paper was withdrawn"),
    Invalid: (400, "Something in that request was wrong"),
    Missing: (404, "There is nothing here"),
    Stale: (409, "Somebody else changed it first"),
    Unreadable: (400, "The file cannot be read"),
    Broken: (500, "The history does not verify"),
}


def answer(request: HttpRequest, status: int, title: str, sentence: str, remedy: str = "") -> HttpResponse:
    """The one error page. It shows no day: what cannot be shown has none."""
    request.__dict__.pop("clock_heeded", None)
    return _page(request, status, title, sentence, remedy)


def _page(request: HttpRequest, status: int, title: str, sentence: str, remedy: str) -> HttpResponse:
    facts = {"title": title, "sentence": sentence, "remedy": remedy, "back": _back(request)}
    return _kept_nowhere(render(request, "components/error.html", facts, status=status))


def page_for(request: HttpRequest, error: WatchkeepError) -> HttpResponse:
    """The page of an error of our own tree; what somebody wrote and was not taken stays in its boxes."""
    if isinstance(error, Stale) and request.POST:
        return _kept_nowhere(clash(request, error, back=_back(request)))
    status, title = STATUS.get(type(error), (500, "Something went wrong"))
    if isinstance(error, Invalid | Refused) and request.POST:
        page = again(request, error, status=status, title=title, back=_back(request))
        if page is not None:
            return _kept_nowhere(page)
    if isinstance(error, Missing) and request.__dict__.get("clock_heeded") and (clock := asked(request)).past:
        sentence = f"{error.sentence.removesuffix('.')} {spoken(clock)}."
        return _page(request, status, title, sentence, "It may have come later: go back to today to see.")
    return answer(request, status, title, error.sentence)


def not_permitted(request: HttpRequest, refusal: Refusal | None = None) -> HttpResponse:
    """A signed-in person where only others may go: for the reason that is known, or for nobody at all."""
    return answer(
        request,
        403,
        "That is not open to you",
        refusal.sentence if refusal else "This page opens for nobody.",
        "Ask one of them if you need it done." if refusal else "",
    )


def wrong_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: a request that no page of ours sends."""
    return answer(
        request,
        400,
        "That request could not be understood",
        "The address or the form was not as this site sends it.",
        "Go back, load the page again and try once more.",
    )


def forgery(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: a form without this session's token, mostly a page left open overnight."""
    return answer(
        request,
        403,
        "This page has expired",
        "The form was opened in a session that has since ended, so nothing was changed.",
        "Go back, load the page again and send the form once more.",
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403 raised by Django itself."""
    return not_permitted(request)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    return answer(
        request,
        404,
        "There is nothing here",
        "No page stands at this address, or none that you may see.",
        "Check the address, or start from the home page.",
    )


def wrong_method(request: HttpRequest, response: HttpResponseBase) -> HttpResponse:
    """405: keeps the list of methods that would do."""
    page = answer(
        request,
        405,
        "There is no page here to open",
        "This address only takes what a form on another page sends.",
        "Go back to that page, or start from the home page.",
    )
    page["Allow"] = response.get("Allow", "")
    return page


def too_large(request: HttpRequest) -> HttpResponse:
    """413: before a byte of the file is read."""
    megabytes = settings.WATCHKEEP_UPLOAD_LIMIT // (1024 * 1024)
    return plain(
        413,
        "The file is too large",
        f"A file brought in may have up to {megabytes} MB; this one is larger, and nothing was kept of it.",
        "Save the paper without its pictures, or bring in only the pages that hold the register.",
        back=_back(request),
    )


def too_many_attempts(request: HttpRequest, minutes: int) -> HttpResponse:
    """429: signing in has been tried too often, for one person or from one place."""
    page = answer(
        request,
        429,
        "Too many attempts to sign in",
        "There were too many wrong passwords for this address, or from where you are.",
        f"Wait {minutes} minutes and try again. In a browser in which you have signed in before, the "
        "attempts of others do not count.",
    )
    page["Retry-After"] = str(minutes * 60)
    return page


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """429: something was asked for too often in a short time."""
    sentence = "This was asked for too often in a short time."
    page = answer(request, 429, "Too often", sentence, "Wait a little, and try again.")
    page["Retry-After"] = "60"
    return page


def no_mail(request: HttpRequest) -> HttpResponse:
    """503: a mail could not be handed over."""
    return answer(
        request,
        503,
        "No mail can be sent now",
        "The mail server did not take it, so nothing was sent.",
        "Try again later, or ask an administrator of your body to set a password for you.",
    )


def fault(request: HttpRequest) -> HttpResponse:
    """500: our fault; the page asks nothing of the database, which may be what failed."""
    return plain(
        500,
        "Something went wrong here",
        "This is a fault of the site, not of what you did. Nothing was half-done: a change is stored whole "
        "or not at all.",
        "Try again in a minute; if it stays, tell whoever runs Watchkeep what you did and when.",
    )


def plain(status: int, title: str, sentence: str, remedy: str, back: str = "") -> HttpResponse:
    """An error page that knows no session."""
    facts = {"title": title, "sentence": sentence, "remedy": remedy, "back": back}
    return _kept_nowhere(render(None, "components/error.html", facts, status=status))


def _back(request: HttpRequest) -> str:
    """The page of ours that led here, if the browser says which; never this same address again."""
    came_from = urlsplit(request.headers.get("Referer", ""))
    if not came_from.netloc or came_from.netloc != request.META.get("HTTP_HOST"):
        return ""
    # Only its path is linked, so that it can lead nowhere but here.
    path = "/" + came_from.path.lstrip("/")
    back = f"{path}?{came_from.query}" if came_from.query else path
    return "" if back == request.get_full_path() and request.method == "GET" else back


def _kept_nowhere(page: HttpResponse) -> HttpResponse:
    """Said here, since some errors are answered before any middleware of ours is asked."""
    page["Cache-Control"] = "no-store"
    return page
