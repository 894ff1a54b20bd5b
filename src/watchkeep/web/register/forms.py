"""What may be asked of the register by its address: all optional, and an unknown choice is passed over."""

from __future__ import annotations

from typing import Any

from django import forms

from watchkeep.domain.document import RegisterDocument
from watchkeep.domain.finding import MOVED, Finding

SORTS = (
    ("paper", "Paper’s order"),
    ("band", "Band, highest first"),
    ("reference", "Reference"),
    ("name", "Name"),
)
GROUPS = (("", "Nothing"), ("band", "Band"), ("moved", "Latest trend"), ("category", "Category"))


class ChoiceForm(forms.Form):
    """Filter, sort and group."""

    q = forms.CharField(label="Words", required=False, max_length=200)
    band = forms.ChoiceField(label="Band", required=False)
    moved = forms.ChoiceField(label="Latest trend", required=False)
    missing = forms.ChoiceField(label="Does not say", required=False)
    sort = forms.ChoiceField(label="Sort by", required=False, choices=SORTS)
    group = forms.ChoiceField(label="Group by", required=False, choices=GROUPS)
    register = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)
    score = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    due = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, document: RegisterDocument, found: Finding) -> None:
        super().__init__(data, auto_id="choose_%s", label_suffix="")
        bands = [band.name for band in found.bands] + (["not recorded"] if found.unrated else [])
        self._offer("band", bands)
        self._offer("moved", list(MOVED) if found.moved else [])
        self._offer(
            "missing",
            [each.field for each in found.not_recorded],
            {each.field: each.what for each in found.not_recorded},
        )
        for name, field in self.fields.items():
            if isinstance(field, forms.ChoiceField):
                field.widget.attrs["class"] = "govuk-select"
            elif name == "q":
                field.widget.attrs["class"] = "govuk-input"
        for name in ("register", "score", "due"):
            if not (data.get(name) or ""):
                del self.fields[name]

    def _offer(self, name: str, values: list[str], labels: dict[str, str] | None = None) -> None:
        field = self.fields[name]
        if not values:
            del self.fields[name]
        elif isinstance(field, forms.ChoiceField):
            spoken = labels or {}
            field.choices = [("", "Any"), *((value, _upper(spoken.get(value, value))) for value in values)]

    def choices(self) -> dict[str, str]:
        """What was chosen and makes sense."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
