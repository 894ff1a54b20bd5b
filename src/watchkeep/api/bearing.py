"""Who calls: the bearer of a token, if the table lets them, and not too often."""

from __future__ import annotations

import time
from typing import Any, Final

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from ninja.security import HttpBearer

from watchkeep.api.permissions import OPERATIONS
from watchkeep.api.problems import TooMuch
from watchkeep.apps.people.queries import Bearer, bearer_of
from watchkeep.domain.errors import Refused
from watchkeep.domain.people import must

MOST_BYTES: Final = 2 * 2**20
MOST_A_MINUTE: Final = 300
MOST_STRANGERS: Final = 30  # calls a minute from one place with tokens that do not hold


class Token(HttpBearer):
    """The one way in. A cookie is not looked at, so no other site's page can call with it."""

    def __call__(self, request: HttpRequest) -> Any | None:
        """Refuse what is too large before a byte of it is read."""
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal() or int(length) > MOST_BYTES:
            raise TooMuch(413, f"A request has up to {MOST_BYTES // 2**20} MB; send the rest in another.")
        return super().__call__(request)

    def authenticate(self, request: HttpRequest, token: str) -> Bearer | None:
        """The bearer, where the table opens the operation for them."""
        bearer = bearer_of(token)
        if bearer is None:
            # Counted by where they come from; a token that holds is never kept out by others that do not.
            _count(f"strangers:{_place(request)}", MOST_STRANGERS, "Too many tokens that do not hold.")
            return None
        count(str(bearer.token))
        return bearer


def bearer_for(request: HttpRequest, operation: str) -> Bearer:
    """The bearer of this request, who may call that operation; each operation asks this first."""
    bearer: Bearer = request.auth  # type: ignore[attr-defined]
    needs = OPERATIONS.get(operation)
    if needs is None:
        raise Refused("This operation opens for nobody.")
    must(bearer.actor, needs.action)
    if needs.posts and not bearer.posts_readings:
        raise Refused("This token only reads; make one that may post readings.")
    return bearer


def count(token: str) -> None:
    """Count a call of this minute, and refuse one too many."""
    _count(token, MOST_A_MINUTE, f"A token calls up to {MOST_A_MINUTE} times a minute.")


def _count(whose: str, most: int, sentence: str) -> None:
    name = f"api:{whose}:{int(time.time() // 60)}"
    calls = 1 if cache.add(name, 1, timeout=120) else cache.incr(name)
    if calls > most:
        raise TooMuch(429, sentence)


def _place(request: HttpRequest) -> str:
    """Where a call comes from, past as many proxies as the operator says there are."""
    try:
        return str(get_adapter().get_client_ip(request))
    except PermissionDenied:
        return "nowhere"
