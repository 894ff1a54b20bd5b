"""What may be asked of the register by its address: all optional, and an unknown choice is passed over."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms

from watchkeep.apps.register.queries import ViewRow
from watchkeep.domain.appetite import VERDICTS
from watchkeep.domain.document import RegisterDocument
from watchkeep.domain.finding import MOVED, Finding
from watchkeep.web.register.columns import OFFERED
from watchkeep.web.register.rows import Row

SORTS = (
    ("paper", "Paper’s order"),
    ("band", "Band, highest first"),
    ("appetite", "Appetite, furthest outside first"),
    ("reference", "Reference"),
    ("name", "Name"),
    ("owner", "Owner"),
    ("category", "Category"),
    ("review", "Review date, earliest first"),
    ("due", "Due date, earliest first"),
)
GROUPS = (
    ("", "Nothing"),
    ("band", "Band"),
    ("moved", "Latest trend"),
    ("category", "Category"),
    ("owner", "Owner"),
    ("appetite", "Appetite"),
)
FIRST = ("q", "band", "moved", "appetite", "owner", "category", "missing", "sort", "group")


class ChoiceForm(forms.Form):
    """Filter, sort, group, and choose columns."""

    q = forms.CharField(label="Words", required=False, max_length=200)
    band = forms.ChoiceField(label="Band", required=False)
    moved = forms.ChoiceField(label="Latest trend", required=False)
    appetite = forms.ChoiceField(label="Appetite", required=False)
    owner = forms.ChoiceField(label="Owner", required=False)
    category = forms.ChoiceField(label="Category", required=False)
    missing = forms.ChoiceField(label="Not recorded", required=False)
    sort = forms.ChoiceField(label="Sort by", required=False, choices=SORTS)
    group = forms.ChoiceField(label="Group by", required=False, choices=GROUPS)
    columns = forms.MultipleChoiceField(
        label="Columns", required=False, choices=OFFERED, widget=forms.CheckboxSelectMultiple
    )
    register = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)
    score = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    due = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any,
        *,
        document: RegisterDocument,
        found: Finding,
        rows: Iterable[Row] = (),
        usual: tuple[str, ...] = (),
    ) -> None:
        given = data.copy()
        if not given.getlist("columns"):
            given.setlist("columns", list(usual))
        super().__init__(given, auto_id="choose_%s", label_suffix="")
        told = list(rows)
        bands = [band.name for band in found.bands] + (["not recorded"] if found.unrated else [])
        self._offer("band", bands)
        self._offer("moved", list(MOVED) if found.moved else [])
        said = {row.verdict for row in told}
        self._offer(
            "appetite", [each for each in VERDICTS if each in said] if said - {"", VERDICTS[-1]} else []
        )
        self._offer("owner", sorted({row.owner for row in told if row.owner}, key=str.casefold))
        self._offer("category", sorted({row.category for row in told if row.category}, key=str.casefold))
        self._offer(
            "missing",
            [each.field for each in found.not_recorded],
            {each.field: each.what for each in found.not_recorded},
        )
        for name, field in self.fields.items():
            if isinstance(field, forms.ChoiceField) and name != "columns":
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

    @property
    def boxes(self) -> list[forms.BoundField]:
        """The boxes of the filter bar; columns are chosen under them."""
        return [self[name] for name in FIRST if name in self.fields]

    def choices(self) -> dict[str, str]:
        """What was chosen and makes sense, but for the columns."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value and name != "columns"}

    def columns_chosen(self) -> tuple[str, ...]:
        """The names of the columns to show."""
        self.is_valid()
        return tuple(self.cleaned_data.get("columns") or ())


class ViewForm(forms.Form):
    """Keep this way of looking under a name."""

    name = forms.CharField(
        label="Name of the view", max_length=100, error_messages={"required": "Give the view a name."}
    )
    shared = forms.BooleanField(label="Share it with all who may read this register", required=False)
    query = forms.CharField(required=False, widget=forms.HiddenInput, max_length=2000)
    register = forms.CharField(required=False, widget=forms.HiddenInput)
    # Given after a clash: the version that stands.
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, may_share: bool = False, views: tuple[ViewRow, ...] = (), **kwargs: Any
    ) -> None:
        """`views` are those above the form: the writer looked at the versions of their own."""
        super().__init__(*args, **{"auto_id": "view_%s", "label_suffix": "", **kwargs})
        for each in views:
            if each.mine:
                self.fields[seen(each.id)] = forms.IntegerField(
                    required=False, initial=each.version, widget=forms.HiddenInput
                )
        self.fields["name"].widget.attrs["class"] = "govuk-input"
        if not may_share:
            del self.fields["shared"]


def seen(view: UUID) -> str:
    """The hidden box that says which version of a view was looked at."""
    return f"seen-{view}"


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
