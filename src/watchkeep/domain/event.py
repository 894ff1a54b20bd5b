"""What happens around a risk, and what each kind of happening must say."""

from __future__ import annotations

from typing import Final

from watchkeep.domain.errors import Invalid
from watchkeep.domain.naming import named

KINDS: Final[dict[str, str]] = {
    "incident": "something went wrong",
    "near miss": "something nearly went wrong",
    "request": "something was asked of somebody, and has an outcome",
    "lesson": "something was learned",
    "realisation": "the risk came true, in whole or in part",
}
OUTCOMES_ASKED: Final = frozenset({"request"})  # kinds whose outcome a page asks for; it may still be open


def check(kind: str, title: str) -> None:
    """Refuse an event that says nothing, or is of a kind that nobody knows."""
    if kind not in KINDS:
        raise Invalid("kind", f"An event is one of these: {', '.join(KINDS)}.")
    if not named(title):
        raise Invalid("title", "Say what happened, in one line.")
