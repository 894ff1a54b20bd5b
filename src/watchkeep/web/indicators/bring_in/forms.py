"""What is asked of a file of readings."""

from __future__ import annotations

from typing import Any, Final

from django import forms

from watchkeep.formats.readers.csv import letters
from watchkeep.formats.readings import Mapping
from watchkeep.formats.readings.years import kind_of
from watchkeep.jobs.loading import Looked
from watchkeep.web.settings import boxes

COLUMNS: Final = (
    ("day", "Day, month or period"),
    ("within", "Month, quarter or week, where that column has only years"),
    ("value", "Value"),
    ("numerator", "Numerator"),
    ("denominator", "Denominator"),
    ("reference", "Reference of the indicator"),
    ("note", "Note"),
)


def whose() -> forms.CharField:
    """One indicator that all of the readings are of."""
    return forms.CharField(
        label="Whose readings they are",
        required=False,
        max_length=40,
        help_text="The reference of one indicator, such as K1; empty where a column says it.",
        widget=forms.TextInput(attrs={"class": "govuk-input govuk-input--width-10"}),
    )


class FileForm(boxes.Asking):
    """A CSV file or a workbook."""

    file = forms.FileField(
        label="The file: CSV or a workbook",
        max_length=200,
        widget=forms.FileInput(
            attrs={"class": "govuk-file-upload", "accept": ".csv,.tsv,.txt,.xlsx,.xls,.ods"}
        ),
        error_messages={"required": "Choose a file.", "empty": "The file is empty."},
    )
    indicator = whose()


class MapForm(boxes.Asking):
    """Which column is what."""

    version = boxes.version()

    def __init__(self, *args: Any, looked: Looked, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "None"), *_columns(looked)]
        for name, label in COLUMNS:
            self.fields[name] = forms.TypedChoiceField(
                label=label,
                choices=choices[1:] if name == "day" else choices,
                required=name == "day",
                coerce=int,
                empty_value=None,
                widget=forms.Select(attrs=boxes.CHOICE),
            )
        self.fields["order"] = forms.ChoiceField(
            label="How its days are written",
            choices=[("day first", "Day first: 31/01/2024"), ("month first", "Month first: 01/31/2024")],
            widget=forms.Select(attrs=boxes.CHOICE),
        )
        self.fields["decimal"] = forms.ChoiceField(
            label="How its numbers are written",
            required=False,
            choices=[(".", "A point before the fractions: 1,234.5"), (",", "A comma: 1.234,5")],
            widget=forms.Select(attrs=boxes.CHOICE),
        )
        if len(looked.grid.sheets) > 1:
            self.fields["sheet"] = forms.ChoiceField(
                label="Sheet",
                required=False,
                choices=[(each, each) for each in looked.grid.sheets],
                help_text="Where another is chosen, its own columns are proposed.",
                widget=forms.Select(attrs=boxes.CHOICE),
            )
        self.fields["indicator"] = whose()

    @classmethod
    def of(cls, looked: Looked) -> MapForm:
        """The form as the mapping stands."""
        standing = looked.mapping or Mapping(day=0)
        said = {name: getattr(standing, name) for name, _ in COLUMNS}
        return cls(
            looked=looked,
            initial=said
            | {"order": standing.order, "decimal": standing.decimal, "sheet": looked.grid.sheet}
            | {"indicator": looked.load.indicator, "version": looked.load.version},
        )

    def mapping(self, looked: Looked) -> Mapping:
        """What was said, as a mapping; the line of the headings is the proposal's."""
        said = self.cleaned_data
        headings = looked.mapping.headings if looked.mapping else looked.grid.lines[0].number
        wide = looked.mapping.wide if looked.mapping and said["value"] is None else ()
        titles, within = looked.proposal.headings, said["within"]
        return Mapping(
            **{name: said[name] for name, _ in COLUMNS},
            kind=kind_of(titles[within] if within is not None and within < len(titles) else ""),
            order=said["order"],
            decimal=said["decimal"] or ".",
            headings=headings,
            wide=wide,
        )


def _columns(looked: Looked) -> list[tuple[str, str]]:
    titles = looked.proposal.headings
    return [
        (
            str(column),
            f"{letters(column)}: {titles[column][:60] if column < len(titles) else ''}".rstrip(": "),
        )
        for column in range(looked.grid.width)
    ]
