"""What is said when a scale is set or given a new version: its steps first, then its matrix."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from watchkeep.apps.register.queries import ScalePage, ScaleRow
from watchkeep.domain.errors import Invalid
from watchkeep.domain.matrix import Graded, Kind, Step
from watchkeep.domain.rescaling import unnamed
from watchkeep.web.settings import boxes

LINES = "One a line, the least first. After a colon, what it means: Low: felt for a day."
FIELDS: dict[str, str] = {"band": "bands", "likelihood": "likelihood", "impact": "impact"}
NONE_FITS = "nothing"


def _lines(label: str, hint: str = LINES, *, required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        max_length=8000,
        help_text=hint,
        widget=forms.Textarea(attrs={"class": "govuk-textarea", "rows": 6}),
        error_messages={"required": "Give at least two bands, the least first."},
    )


class StepsForm(boxes.Asking):
    """The bands and levels of a scale, and from when they stand."""

    name = boxes.words("Name", "Give the scale a name, such as Corporate scale.")
    bands = _lines("Bands", required=True)
    likelihood = _lines("Levels of likelihood", f"Leave it empty for a scale of bands only. {LINES}")
    impact = _lines("Levels of impact", f"Leave it empty for a scale of bands only. {LINES}")
    effective_on = boxes.day("Stands from")
    reason = boxes.reason("Why (for the history)", required=False)
    version = boxes.version()

    def __init__(self, *args: Any, page: ScalePage | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].required = page is not None
        if page is not None:
            del self.fields["name"]

    def steps(self) -> dict[Kind, tuple[Step, ...]]:
        """What was written, read."""
        kinds: tuple[Kind, ...] = ("band", "likelihood", "impact")
        return {kind: tuple(_steps(self.cleaned_data[FIELDS[kind]])) for kind in kinds}

    def clean(self) -> dict[str, Any]:
        """The steps must be a scale's; the matrix is asked for afterwards."""
        said = super().clean() or {}
        if not self.errors:
            steps = self.steps()
            blank = tuple((1,) * len(steps["impact"]) for _ in steps["likelihood"])
            try:
                Graded(steps["band"], steps["likelihood"], steps["impact"], blank if steps["impact"] else ())
            except Invalid as problem:
                self.add_error(FIELDS.get(problem.field, "bands"), problem.sentence)
        return said


class MatrixForm(boxes.Asking):
    """The band of each cell, and what each step that lost its name is called now."""

    settled = forms.CharField(widget=forms.HiddenInput, initial="yes")

    def __init__(
        self, *args: Any, steps: dict[Kind, tuple[Step, ...]], before: Graded | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.steps = steps
        bands = [("", "Choose"), *((str(rank), step.name) for rank, step in enumerate(steps["band"], 1))]
        for row, likelihood in enumerate(steps["likelihood"], 1):
            for column, impact in enumerate(steps["impact"], 1):
                box = boxes.choice(f"{likelihood.name} likelihood and {impact.name} impact")
                box.choices = bands
                box.error_messages["required"] = f"Choose the band of {likelihood.name} and {impact.name}."
                box.initial = _as_before(before, steps, likelihood, impact)
                self.fields[f"cell-{row}-{column}"] = box
        if steps["likelihood"]:
            self.fields["why_it_falls"] = boxes.reason(
                "Why a graver level makes a lesser band (only where one does)", required=False
            )
        self.asked = unnamed(before, named_only(steps)) if before else ()
        for place, (kind, name) in enumerate(self.asked):
            box = boxes.choice(f"What {kind} {name} of the version before is called now")
            box.choices = [
                ("", "Choose"),
                *((step.name, step.name) for step in steps[kind]),
                (NONE_FITS, "Nothing here means the same: what was rated so cannot be restated"),
            ]
            self.fields[f"counterpart-{place}"] = box

    @property
    def needed(self) -> bool:
        """Whether there is anything to ask."""
        return bool(self.steps["likelihood"] or self.asked)

    @property
    def rows(self) -> list[tuple[Step, list[forms.BoundField]]]:
        """The matrix as it is drawn: the gravest likelihood first, the least impact first."""
        return [
            (
                likelihood,
                [self[f"cell-{row}-{column}"] for column in range(1, len(self.steps["impact"]) + 1)],
            )
            for row, likelihood in reversed(list(enumerate(self.steps["likelihood"], 1)))
        ]

    @property
    def below(self) -> list[forms.BoundField]:
        """The boxes under the matrix."""
        return [box for box in self.visible_fields() if not box.name.startswith("cell-")]

    def graded(self) -> Graded:
        """The scale as it was said; refused where it cannot be one."""
        said = self.cleaned_data if self.is_bound else {}
        columns = range(1, len(self.steps["impact"]) + 1)
        matrix = tuple(
            tuple(int(said[f"cell-{row}-{column}"]) for column in columns)
            for row in range(1, len(self.steps["likelihood"]) + 1)
        )
        return Graded(
            self.steps["band"],
            self.steps["likelihood"],
            self.steps["impact"],
            matrix,
            said.get("why_it_falls", "").strip(),
        )

    def counterparts(self) -> dict[tuple[Kind, str], str]:
        """What each lost name is called now; nothing where none fits."""
        said = self.cleaned_data if self.is_bound else {}
        answers = [said.get(f"counterpart-{place}", "") for place in range(len(self.asked))]
        return {
            asked: "" if answer == NONE_FITS else answer
            for asked, answer in zip(self.asked, answers, strict=True)
        }


class UseForm(boxes.Asking):
    """Which of the body's scales a register is assessed on."""

    family = boxes.choice("Scale", required=False)
    reason = boxes.reason("Why (for the history)", required=False)
    version = boxes.version()

    def __init__(self, *args: Any, scales: Iterable[ScaleRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose(
            "family",
            [
                ("", "None: what its papers show"),
                *((str(each.id), f"{each.name}, version {each.number}") for each in scales),
            ],
        )


def written(steps: Iterable[Step]) -> str:
    """Steps as they are written in a box."""
    return "\n".join(f"{step.name}: {step.meaning}" if step.meaning else step.name for step in steps)


def _steps(text: str) -> Iterable[Step]:
    for line in text.splitlines():
        name, _, meaning = line.partition(":")
        if name.strip():
            yield Step(" ".join(name.split()), meaning.strip())


def named_only(steps: dict[Kind, tuple[Step, ...]]) -> Graded:
    """The steps as a scale whose cells are not said yet."""
    blank = tuple((1,) * len(steps["impact"]) for _ in steps["likelihood"])
    return Graded(steps["band"], steps["likelihood"], steps["impact"], blank)


def _as_before(
    before: Graded | None, steps: dict[Kind, tuple[Step, ...]], likelihood: Step, impact: Step
) -> str:
    """The band that the version before made of the two, where it has all three names."""
    if before is None or not before.matrix:
        return ""
    row, column = before.rank("likelihood", likelihood.name), before.rank("impact", impact.name)
    if not row or not column:
        return ""
    rank = Graded(steps["band"]).rank("band", before.band_of(row, column).name)
    return str(rank or "")
