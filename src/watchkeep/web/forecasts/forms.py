"""What is asked, what is held likely, and what came."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from watchkeep.apps.indicators.queries.questions import QuestionRow
from watchkeep.apps.people.queries import PostRow
from watchkeep.domain.calibration import KINDS, TEXT_LENGTH, Guess, Question
from watchkeep.web.indicators.forms import number, some
from watchkeep.web.settings import boxes

PERCENT = 100
ASKED_FOR = {"yes or no": "A chance that the answer is yes", "number": "A range for a number"}


class AskForm(boxes.Asking):
    """A question that will be settled on a day."""

    text = boxes.words(
        "What is asked?",
        "Say what is asked.",
        longest=TEXT_LENGTH,
        hint="So that nobody can doubt later whether it came. It cannot be reworded.",
    )
    category = boxes.words("Category", "Say which category it is of.", hint="Guesses are scored by it.")
    kind = boxes.choice("What is guessed?")
    unit = some("Unit of the number", longest=60)
    opens_on = boxes.day("First day for guesses")
    resolves_on = boxes.day("Day on which it is settled")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["resolves_on"].initial = None
        self.choose("kind", [(each, ASKED_FOR[each]) for each in KINDS])

    def question(self) -> Question:
        """The question."""
        said = self.cleaned_data
        return Question(
            said["text"], said["category"], said["opens_on"], said["resolves_on"], said["kind"], said["unit"]
        )


class GuessForm(boxes.Asking):
    """What somebody holds likely, for themselves or for a post that they answer for."""

    chance = number("Chance that the answer is yes, in %", hint="From 0 to 100.")
    low = number("From")
    high = number("To", hint="Four times in five the range should hold the number.")
    post = boxes.choice("For whom?", required=False)
    why = boxes.reason("What does it rest on?", required=False)

    def __init__(self, *args: Any, row: QuestionRow, posts: Iterable[PostRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = [("", "Myself"), *((str(each.id), each.title) for each in posts)]
        self.choose("post", held)
        for name in ("low", "high") if row.kind == "yes or no" else ("chance",):
            del self.fields[name]
        if len(held) == 1:
            del self.fields["post"]

    def value(self) -> Guess:
        """The guess."""
        said = self.cleaned_data
        chance = said.get("chance")
        return Guess(None if chance is None else chance / PERCENT, said.get("low"), said.get("high"))

    def holder(self) -> UUID | None:
        """The post that it is for."""
        said = self.cleaned_data.get("post")
        return UUID(said) if said else None


class SettleForm(boxes.Asking):
    """What came, and where it can be read."""

    came = boxes.choice("What came?")
    source = boxes.words(
        "Where can it be read?", "Say where it can be read that it came, or did not.", longest=400
    )
    why = boxes.reason("Why was what was said before wrong?")

    def __init__(self, *args: Any, row: QuestionRow, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("came", [("", "Choose one"), ("1", "Yes"), ("0", "No")])
        if row.kind == "number":
            unit = f", in {row.unit}" if row.unit else ""
            self.fields["came"] = number(f"What came{unit}?", required=True)
        if row.came is None:
            del self.fields["why"]
