"""What is said when a paper is made, and when it is withdrawn."""

from __future__ import annotations

import uuid
from typing import Any
from uuid import UUID

from django import forms

from watchkeep.apps.publication.queries import Asked, Earlier, EditionRow
from watchkeep.apps.register.queries import RegisterRow
from watchkeep.domain.edition import AUDIENCES, ORDERS, Audience, Front
from watchkeep.web.settings import boxes

BOX = {"class": "govuk-input"}
CHOICE = {"class": "govuk-select"}
AREA = {"class": "govuk-textarea", "rows": 3}
FRONT = ("meeting", "meeting_on", "report_of", "purpose", "recommendations")
LETTING = ("overridden", "despite")


class PaperForm(boxes.Asking):
    """Which register, for whom, under which title and marking; its front sheet; and what lets it go out."""

    register = forms.ChoiceField(label="Register", widget=forms.Select(attrs=CHOICE))
    audience = forms.ChoiceField(
        label="For whom",
        choices=list(AUDIENCES.items()),
        initial="committee",
        widget=forms.Select(attrs=CHOICE),
    )
    title = forms.CharField(
        label="Title",
        required=False,
        max_length=300,
        help_text="Left empty, the register’s own name and the period.",
        widget=forms.TextInput(attrs=BOX),
    )
    marking = forms.CharField(
        label="Marking",
        required=False,
        max_length=60,
        help_text="For example, OFFICIAL.",
        widget=forms.TextInput(attrs=BOX),
    )
    order = forms.ChoiceField(
        label="Order of the risks",
        choices=list(ORDERS.items()),
        required=False,
        widget=forms.Select(attrs=CHOICE),
    )
    since = forms.ChoiceField(
        label="What is new since",
        required=False,
        help_text="A paper that the same readers have.",
        widget=forms.Select(attrs=CHOICE),
    )
    as_at = boxes.day(
        "As at",
        required=False,
        hint="Left empty, the register as it stands. A day, such as a quarter’s last, tells of that day.",
    )
    meeting = forms.CharField(
        label="Meeting", required=False, max_length=300, widget=forms.TextInput(attrs=BOX)
    )
    meeting_on = boxes.day("Day of the meeting", required=False)
    report_of = forms.CharField(
        label="Report of",
        required=False,
        max_length=300,
        help_text="A post, not a name.",
        widget=forms.TextInput(attrs=BOX),
    )
    purpose = forms.CharField(
        label="Purpose", required=False, max_length=4000, widget=forms.Textarea(attrs=AREA)
    )
    recommendations = forms.CharField(
        label="Recommendations",
        required=False,
        max_length=8000,
        help_text="One to a line.",
        widget=forms.Textarea(attrs=AREA),
    )
    overridden = forms.CharField(
        label="Why claims of improvement without a basis may go out",
        required=False,
        max_length=2000,
        help_text="Printed in the paper, with your post.",
        widget=forms.Textarea(attrs=AREA),
    )
    despite = forms.CharField(
        label="Why words that may tell of something withheld, or name somebody, may stand",
        required=False,
        max_length=2000,
        help_text="Kept in the history.",
        widget=forms.Textarea(attrs=AREA),
    )
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput())  # what was shown
    key = forms.CharField(
        required=False, max_length=100, widget=forms.HiddenInput(attrs={"autocomplete": "off"})
    )

    def __init__(
        self,
        *args: Any,
        registers: tuple[RegisterRow, ...],
        editions: tuple[EditionRow, ...] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("key", str(uuid.uuid4()))
        self.choose("register", [(each.slug, each.name) for each in registers if each.risks])
        earlier = [each for each in editions if each.state == "published"]
        named = ((str(each.id), f"{each.title}, edition {each.number}, {each.audience}") for each in earlier)
        self.choose("since", [("last", "The last one"), *named, ("none", "Leave it out")])

    def boxes_of(self, names: tuple[str, ...]) -> list[forms.BoundField]:
        """These boxes, in this order."""
        return [self[name] for name in names]

    @property
    def main(self) -> list[forms.BoundField]:
        """What every paper is asked."""
        return self.boxes_of(("register", "audience", "as_at", "title", "marking", "order", "since"))

    @property
    def front(self) -> list[forms.BoundField]:
        """What stands on its front sheet."""
        return self.boxes_of(FRONT)

    @property
    def letting(self) -> list[forms.BoundField]:
        """What lets it go out though something stands in its way."""
        return self.boxes_of(LETTING)

    @property
    def has_front(self) -> bool:
        """Whether something is written for the front sheet, or is wrong there."""
        return any(self[name].value() or self[name].errors for name in FRONT)

    def shows(self, digest: str) -> None:
        """Send back with the form which doubts and claims stand beside it."""
        self.data = {name: self.data[name] for name in self.data} | {"seen": digest}

    def for_whom(self) -> Audience:
        """The audience as the domain names it."""
        asked = self.cleaned_data["audience"]
        return "public" if asked == "public" else "committee" if asked == "committee" else "internal"

    def asked(self) -> Asked:
        """All that is asked of the paper besides."""
        said = self.cleaned_data
        return Asked(
            title=said["title"],
            marking=said["marking"],
            order="worst first" if said["order"] == "worst first" else "register",
            front=self._sheet(),
            since=_earlier(said["since"]),
            as_at=said["as_at"],
            overridden=said["overridden"],
            despite=said["despite"],
            seen=said["seen"],
        )

    def _sheet(self) -> Front | None:
        said = {name: self.cleaned_data[name] for name in FRONT}
        if not any(said.values()):
            return None
        lines = (each.strip() for each in said.pop("recommendations").splitlines())
        return Front(**said, recommendations=tuple(each for each in lines if each))


def _earlier(text: str) -> Earlier:
    if text in ("", "last"):
        return "last"
    return "none" if text == "none" else UUID(text)


class WithdrawForm(forms.Form):
    """Why an edition is withdrawn."""

    reason = forms.CharField(
        label="Why is it withdrawn?",
        max_length=2000,
        help_text="Its readers will see this.",
        widget=forms.Textarea(attrs={"class": "govuk-textarea", "rows": 3}),
        error_messages={"required": "Say why the edition is withdrawn."},
    )
