"""Which findings are shown, and what is answered to one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django import forms

from watchkeep.domain.answering import ANSWERS
from watchkeep.domain.lint.report import WEIGHTS
from watchkeep.web.settings import boxes

STATES: Final = (("open", "Open"), ("answered", "Answered"), ("all", "All"))


class ChoiceForm(forms.Form):
    """Filter; all optional, and an unknown choice is passed over."""

    rule = boxes.choice("Rule", required=False)
    weight = boxes.choice("Weight", required=False)
    owner = boxes.choice("Risk owner", required=False)
    state = boxes.choice("State", required=False)

    def __init__(
        self, data: Any, *, rules: Iterable[tuple[str, str]], owners: Iterable[tuple[str, str]]
    ) -> None:
        super().__init__(data, auto_id="choose_%s", label_suffix="")
        self._offer("rule", [("", "Any"), *rules])
        self._offer("weight", [("", "Any"), *((each, each.capitalize()) for each in WEIGHTS)])
        self._offer("owner", [("", "Any"), *owners, ("none", "Nobody recorded")])
        self._offer("state", STATES)

    def _offer(self, name: str, choices: Iterable[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = list(choices)

    def choices(self) -> dict[str, str]:
        """What was chosen and makes sense; unasked for, what is open."""
        self.is_valid()
        said = {name: value for name, value in self.cleaned_data.items() if value}
        return {"state": "open"} | said


class AnswerForm(boxes.Asking):
    """Why a finding stands as it is, or is wrong."""

    number = boxes.version()
    answer = forms.ChoiceField(
        label="Your answer",
        choices=tuple(ANSWERS.items()),
        widget=forms.RadioSelect(attrs={"class": "govuk-radios__input"}),
        error_messages={"required": "Say whether the words stand as they are, or the finding is wrong."},
    )
    reason = boxes.reason("Because")


class TakingBackForm(boxes.Asking):
    """Why an answer stands no longer."""

    number = boxes.version()
    reason = boxes.reason("Why is it taken back?", required=False)
