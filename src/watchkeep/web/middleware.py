"""What stands between every request and every page: default deny, plain answers to errors, headers, sizes."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

from watchkeep.apps.people.queries import viewer_of
from watchkeep.domain.errors import Missing, WatchkeepError
from watchkeep.web import errors
from watchkeep.web.permissions import ROUTES, refusal

Next = Callable[[HttpRequest], HttpResponseBase]
FORM_ROOM = 64 * 1024  # what a form may carry beside its file


class Sizes:
    """Refuses what is too large before a byte of it is read."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Believe the length that the request names: the server reads no further than that."""
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length) > settings.WATCHKEEP_UPLOAD_LIMIT + FORM_ROOM:
            return errors.too_large(request)
        return self.get_response(request)


class Signs:
    """Shows signs that would reorder the text around them, so that a name cannot pass for another."""

    # Embeddings, overrides and isolates; what a script's own letters need (LRM, RLM) is left alone.
    SHOWN: Final = {chr(code): f"[U+{code:04X}]" for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}
    ANY: Final = re.compile("[" + "".join(SHOWN) + "]")

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Rewrite our own pages; a paper, which is read as it was frozen, stands alone in its sandbox."""
        response = self.get_response(request)
        if not isinstance(response, HttpResponse) or not _is_our_page(response):
            return response
        page = response.content.decode(response.charset)
        shown = self.ANY.sub(lambda sign: self.SHOWN[sign[0]], page)
        if shown != page:
            response.content = shown.encode(response.charset)
        return response


def _is_our_page(response: HttpResponse) -> bool:
    said = str(response.get("Content-Type", ""))
    return said.startswith("text/html") and "sandbox" not in str(response.get("Content-Security-Policy", ""))


class Guard:
    """Lets a request through only where the permission table says so, and keeps the answer private."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Keep what a signed-in person sees out of every cache; give a bare 405 its page."""
        response = self.get_response(request)
        if response.status_code == 405 and not getattr(response, "content", b""):
            response = errors.wrong_method(request, response)
        if "Cache-Control" not in response:
            response["Cache-Control"] = "no-store"
        response["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], arguments: Any, named: Any
    ) -> HttpResponse | None:
        """Ask the table; a route without a row is closed to everybody."""
        match = request.resolver_match
        who = ROUTES.get(match.view_name) if match else None
        if who not in ("anyone", "token"):  # a token is asked for by the API itself
            if not request.user.is_authenticated:
                return _to_sign_in(request)
            if who is None:
                return errors.not_permitted(request)
            if refused := refusal(who, viewer_of(request.user)):
                return errors.not_permitted(request, refused)
        # PostgreSQL refuses a NUL in any text; no record has one in its name, so the answer is plain.
        nul = who != "token" and any("\0" in str(each) for each in named.values())
        return errors.page_for(request, Missing("There is no such page.")) if nul else None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Every error of the tree becomes its page; anything else is a fault, and Django's to report."""
        if isinstance(exception, WatchkeepError):
            return errors.page_for(request, exception)
        return None


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page, as a whole page: one that asked for a part of itself must not show it inside."""
    if request.headers.get("HX-Request"):
        return HttpResponseClientRedirect(reverse("sign-in"))
    return redirect_to_login(request.get_full_path())
