"""The list of indicators: which fit the choices, how they are grouped, and the sentence above them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
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
GROUPS: Final = (("verdict", "Verdict"), ("theme", "Theme"), ("risk", "Risk"), ("none", "One list"))
READINGS: Final = (("late", "Late"), ("missing", "With gaps"), ("none", "None yet"))
PAGE: Final = 60  # cards: as many again take as long again to draw
FEW: Final = 12  # cards that need no fold
SILENT: Final = ("too little to say", "stale")


@dataclass(frozen=True, slots=True)
class Part:
    """A run of the finding with where it leads."""

    text: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Indicators under one heading, with where that leads. `count` is of the whole group, where only some of
    it is on this page; a group that is not `open` is folded under its heading.
    """

    name: str
    link: str
    panels: tuple[Panel, ...]
    count: int = 0
    open: bool = True

    @property
    def told(self) -> str:
        """How many there are, and which of them to look at."""
        words = [each.chart.verdict.word for each in self.panels]
        said = [
            f"{words.count('worsening')} worsening" if "worsening" in words else "",
            f"{words.count('improving')} improving" if "improving" in words else "",
            f"{late} late" if (late := sum(each.late > 0 for each in self.panels)) else "",
        ]
        whole = f"{self.count} indicator{'' if self.count == 1 else 's'}"
        uniform = len(set(words)) == 1  # the heading says it already, or every card does
        return ", ".join((whole, *(each for each in (said[2:] if uniform else said) if each)))


Served = tuple[str, str, str, frozenset[str]]  # a risk's key, name, link, and its indicators' references


class ChoiceForm(forms.Form):
    """Filter and group; all optional, and an unknown choice is passed over."""

    q = forms.CharField(label="Words", required=False, max_length=200, widget=forms.TextInput(attrs=BOX))
    verdict = forms.ChoiceField(label="Verdict", required=False, choices=[("", "Any"), *VERDICTS])
    theme = forms.ChoiceField(label="Theme", required=False)
    risk = forms.ChoiceField(label="Risk", required=False)
    target = forms.ChoiceField(label="Target", required=False, choices=[("", "Any"), *CAPABILITIES])
    readings = forms.ChoiceField(label="Readings", required=False, choices=[("", "Any"), *READINGS])
    group = forms.ChoiceField(label="Group by", required=False, choices=GROUPS)

    def __init__(self, data: Any, panels: Iterable[Panel], risks: Iterable[Served] = ()) -> None:
        super().__init__(data, auto_id="choose_%s", label_suffix="")
        themes = {each.series.definition.theme for each in panels} - {""}
        self._offer("theme", [(each, each) for each in sorted(themes, key=str.casefold)])
        self._offer("risk", [(key, name) for key, name, _, _ in risks])
        for field in self.fields.values():
            if isinstance(field, forms.ChoiceField):
                field.widget.attrs.update(CHOICE)

    def _offer(self, name: str, values: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        if not values:
            del self.fields[name]
        elif isinstance(field, forms.ChoiceField):
            field.choices = [("", "Any"), *values]

    def choices(self) -> dict[str, str]:
        """What was chosen and makes sense."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


def chosen(
    panels: Iterable[Panel], choices: dict[str, str], risks: Sequence[Served] = ()
) -> tuple[Panel, ...]:
    """Those that fit every choice."""
    rest = {name: asked for name, asked in choices.items() if name != "risk"}
    keys = {key for name, _, _, those in risks if name == choices.get("risk") for key in those}
    return tuple(
        each
        for each in panels
        if all(_fits(each, name, asked) for name, asked in rest.items())
        and ("risk" not in choices or each.series.key in keys)
    )


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
    if name == "theme":
        return panel.series.definition.theme == asked
    if name == "readings":
        counts = {"late": panel.late, "missing": panel.missing, "none": not panel.chart.readings}
        return bool(counts[asked])
    return True


def grouped(panels: Sequence[Panel], by: str, risks: Sequence[Served] = ()) -> list[Group]:
    """Under their verdicts, the gravest first, their themes, or the risks that they speak to."""
    if by == "none":
        found = [Group("", "", tuple(panels))] if panels else []
    elif by == "risk":
        found = [
            Group(name, link, tuple(each for each in panels if each.series.key in keys))
            for _, name, link, keys in risks
        ]
        held = {key for _, _, _, keys in risks for key in keys}
        rest = tuple(each for each in panels if each.series.key not in held)
        found = [each for each in (*found, Group("Speaks to no risk", "", rest)) if each.panels]
    elif by == "theme":
        found = _by_theme(panels)
    else:
        found = [
            Group(name, "", tuple(each for each in panels if _fits(each, "verdict", asked)))
            for asked, name in VERDICTS
        ]
    return [replace(each, count=len(each.panels)) for each in found if each.panels]


def _by_theme(panels: Sequence[Panel]) -> list[Group]:
    themes: dict[str, list[Panel]] = defaultdict(list)
    for each in panels:
        themes[each.series.definition.theme].append(each)
    last = "No theme" if len(themes) > 1 else ""
    ordered = sorted(themes, key=lambda name: (not name, name.casefold()))
    return [Group(name or last, "", tuple(themes[name])) for name in ordered]


def pages_of(groups: Sequence[Group]) -> int:
    """How many pages the groups take."""
    return max(1, -(-sum(len(each.panels) for each in groups) // PAGE))


def on_page(groups: Sequence[Group], page: int) -> list[Group]:
    """The groups on a page, each with those of its cards that are on it. Few cards are all open; of many, the
    first group of the page is, and the others are folded.
    """
    shown: list[Group] = []
    first, last, at = PAGE * (page - 1), PAGE * page, 0
    for group in groups:
        cards = group.panels[max(0, first - at) : max(0, last - at)]
        at += len(group.panels)
        if cards:
            shown.append(replace(group, panels=cards, open=not shown))
    if sum(len(each.panels) for each in shown) <= FEW:
        return [replace(each, open=True) for each in shown]
    return shown


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
