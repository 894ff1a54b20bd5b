"""Every refusal as a problem document (RFC 9457): what was wrong, and of which row."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from watchkeep.domain.errors import Broken, Invalid, Missing, Refused, Stale, WatchkeepError
from watchkeep.jobs.posting import WrongRows

TITLES: Final = {
    400: "The request cannot be read",
    401: "A token is needed",
    403: "That is not open to this token",
    404: "There is nothing here",
    409: "It was changed, or the key was used",
    413: "That is too large",
    422: "Something in the request is wrong",
    429: "Too often",
    500: "The history does not verify",
}
STATUS: Final[dict[type[WatchkeepError], int]] = {
    Refused: 403,
    Missing: 404,
    Stale: 409,
    Invalid: 422,
    Broken: 500,
}


class TooMuch(Exception):
    """More than is taken, in bytes or in requests; `status` is 413 or 429."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


class KeyUsed(Refused):
    """The idempotency key was used for something else."""


def problem(status: int, detail: str, errors: Sequence[dict[str, Any]] = ()) -> HttpResponse:
    """The document."""
    said: dict[str, Any] = {
        "type": "about:blank",
        "title": TITLES[status],
        "status": status,
        "detail": detail,
    }
    if errors:
        said["errors"] = list(errors)
    answer = HttpResponse(
        json.dumps(said, ensure_ascii=False), status=status, content_type="application/problem+json"
    )
    if status == 401:
        answer["WWW-Authenticate"] = "Bearer"
    if status == 429:
        answer["Retry-After"] = "60"
    answer["Cache-Control"] = "no-store"
    return answer


def attach(api: NinjaAPI) -> None:
    """Have every error that can come out of an operation answered so."""
    api.add_exception_handler(WatchkeepError, _ours)  # type: ignore[arg-type]
    api.add_exception_handler(ValidationError, _shape)  # type: ignore[arg-type]
    api.add_exception_handler(AuthenticationError, _stranger)  # type: ignore[arg-type]
    api.add_exception_handler(TooMuch, _too_much)  # type: ignore[arg-type]
    api.add_exception_handler(HttpError, _http)  # type: ignore[arg-type]


def _ours(request: HttpRequest, error: WatchkeepError) -> HttpResponse:
    if isinstance(error, KeyUsed):
        return problem(409, error.sentence)
    errors = (
        [
            {"pointer": f"/observations/{each.row}/{each.field}", "detail": each.sentence}
            for each in error.wrong
        ]
        if isinstance(error, WrongRows)
        else []
    )
    status = next((code for kind, code in STATUS.items() if isinstance(error, kind)), 422)
    return problem(status, error.sentence, errors)


def _shape(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """What pydantic found; the place without the names that the library gives its own parts."""
    errors = [
        {
            "pointer": "/" + "/".join(str(each) for each in found["loc"][1:] if each != "body"),
            "detail": str(found["msg"]),
        }
        for found in error.errors[:100]
    ]
    return problem(422, "The request is not as the API describes it.", errors)


def _stranger(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return problem(401, "Send a token that holds in the header Authorization: Bearer …")


def _too_much(request: HttpRequest, error: TooMuch) -> HttpResponse:
    return problem(error.status, str(error))


def _http(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(error.status_code if error.status_code in TITLES else 400, str(error))
