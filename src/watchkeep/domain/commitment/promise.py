"""What is said of a promise as at a day, and what cannot be said of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from watchkeep.domain.errors import Invalid
from watchkeep.domain.naming import in_words, named

TITLE_LENGTH: Final = 400


@dataclass(frozen=True, slots=True)
class Promise:
    """What is said of a promise as at a day. An empty text, or nothing, is not recorded."""

    title: str
    definition_of_done: str = ""
    owner_post: UUID | None = None
    due: str = ""  # as written
    due_on: date | None = None
    expected_effect: str = ""
    expected_by: date | None = None
    source: str = ""  # who recommended or agreed it
    if_not: str = ""  # what happens if it is not done, or if the answer is no

    def __post_init__(self) -> None:
        if not named(self.title):
            raise Invalid("title", "Say what is promised, in a few words.")
        if len(self.title) > TITLE_LENGTH:
            raise Invalid("title", f"A promise's title has up to {TITLE_LENGTH} characters; shorten it.")
        if self.due.strip() and self.due_on is None:
            raise Invalid("due", "Give the day that is meant, or leave it empty: it is then without a date.")
        if self.expected_by and not in_words(self.expected_effect):
            raise Invalid("expected_effect", "Say which effect is expected by that day, and how much.")
