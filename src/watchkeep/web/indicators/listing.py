"""The list of indicators: which fit the choices, how they are grouped, and the sentence above them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.urls import reverse
from django.utils.http import urlencode

from watchkeep.domain.finding import in_words
from watchkeep.web.indicators.panels import Panel
from watchkeep.web.settings.boxes import BOX, CHOICE

VERDICTS: Final = (
    ("worsening", "Worsening"),
    ("improving", "Improving"),
    ("mixed", "Signals both ways"),
    ("changed", "Higher or lower than before"),
    ("steady", "Steady"),
    ("silent", "Too little to say, or stale"),
)
CAPABILITIES: Final = (
    ("consistently meets", "Consistently meets"),
    ("hit and miss", "Hits and misses"),
    ("consistently fails", "Consistently fails"),
    ("none", "No target to meet"),
)
GROUPS: Final = (("theme", "Theme"), ("risk", "Risk"), ("none", "One list"))
SILENT: Final = ("too little to say", "stale")


@dataclass(frozen=True, slots=True)
class Part:
    """A run of the finding with where it leads."""

    text: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Indicators under one heading, with where that leads."""

    name: str
    link: str
    panels: tuple[Panel, ...]


class ChoiceForm(forms.Form):
    """Filter and group; all optional, and an unknown choice is passed over."""

    q = forms.CharField(label="Words", required=False, max_length=200, widget=forms.TextInput(attrs=BOX))
    verdict = forms.ChoiceField(label="Verdict", required=False, choices=[("", "Any"), *VERDICTS])
    target = forms.ChoiceField(label="Target", required=False, choices=[("", "Any"), *CAPABILITIES])
    readings = forms.ChoiceField(
        label="Readings", required=False, choices=[("", "Any"), ("late", "Late"), ("none", "None yet")]
    )
    group = forms.ChoiceField(label="Group by", required=False, choices=GROUPS)

    def __init__(self, data: Any) -> None:
        super().__init__(data, auto_id="choose_%s", label_suffix="")
        for field in self.fields.values():
            if isinstance(field, forms.ChoiceField):
                field.widget.attrs.update(CHOICE)

    def choices(self) -> dict[str, str]:
        """What was chosen and makes sense."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


def chosen(panels: Iterable[Panel], choices: dict[str, str]) -> tuple[Panel, ...]:
    """Those that fit every choice."""
    return tuple(each for each in panels if all(_fits(each, name, asked) for name, asked in choices.items()))


def _fits(panel: Panel, name: str, asked: str) -> bool:
    word = panel.chart.verdict.word
    if name == "q":
        said = panel.series.definition
        words = f"{panel.series.key} {said.name} {said.theme} {said.measure} {said.source}".casefold()
        return all(each in words for each in asked.casefold().split())
    if name == "verdict":
        return word in SILENT if asked == "silent" else word.startswith(asked)
    if name == "target":
        return (panel.chart.capability or "none") == asked
    if name == "readings":
        return panel.late > 0 if asked == "late" else not panel.chart.readings
    return True


def grouped(panels: Sequence[Panel], by: str, risks: Sequence[tuple[str, str, Sequence[str]]]) -> list[Group]:
    """Under their themes, or under the risks that they speak to (name, link and references of each)."""
    if by == "none":
        return [Group("", "", tuple(panels))] if panels else []
    if by == "risk":
        found = [
            Group(name, link, tuple(each for each in panels if each.series.key in keys))
            for name, link, keys in risks
        ]
        held = {key for _, _, keys in risks for key in keys}
        rest = tuple(each for each in panels if each.series.key not in held)
        return [each for each in (*found, Group("Speaks to no risk", "", rest)) if each.panels]
    themes: dict[str, list[Panel]] = defaultdict(list)
    for each in panels:
        themes[each.series.definition.theme].append(each)
    last = "No theme" if len(themes) > 1 else ""
    ordered = sorted(themes, key=lambda name: (not name, name.casefold()))
    return [Group(name or last, "", tuple(themes[name])) for name in ordered]


def finding(panels: Sequence[Panel]) -> tuple[Part, ...]:
    """How many worsen, improve, will miss their targets, and are late: each with its proof."""
    words = [each.chart.verdict.word for each in panels]
    counts = [
        (words.count("worsening"), "worsens", "worsen", {"verdict": "worsening"}),
        (words.count("improving"), "improves", "improve", {"verdict": "improving"}),
        (words.count("mixed"), "points both ways", "point both ways", {"verdict": "mixed"}),
    ]
    able = [each.chart.capability for each in panels]
    counts += [
        (
            able.count("consistently fails"),
            "will fail its target as it is",
            "will fail their targets as they are",
            {"target": "consistently fails"},
        ),
        (
            able.count("consistently meets"),
            "meets its target for certain",
            "meet their targets for certain",
            {"target": "consistently meets"},
        ),
        (sum(each.late > 0 for each in panels), "is late", "are late", {"readings": "late"}),
    ]
    told = [each for each in counts if each[0]]
    whole = f"Of {in_words(len(panels))} indicators " if len(panels) > 1 else "Of one indicator "
    if not told:
        return (Part(f"{whole}none says that anything has changed."),)
    parts = [Part(whole)]
    for place, (count, one, many, link) in enumerate(told):
        joint = "" if place == 0 else " and " if place == len(told) - 1 else ", "
        parts += [Part(joint), Part(f"{in_words(count)} {one if count == 1 else many}", list_link(**link))]
    return (*parts, Part("."))


def list_link(**choices: str) -> str:
    """The list's address with these choices."""
    return f"{reverse('indicators')}?{urlencode(choices)}#indicators"
