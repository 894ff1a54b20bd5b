"""What is said when a unit is opened, renamed, moved or closed."""

from __future__ import annotations

from typing import Any

from django import forms

from watchkeep.apps.people.queries import UnitRow
from watchkeep.web.settings import boxes

TOP = "Nothing: it stands at the top"


class UnitForm(boxes.Asking):
    """A new unit, and what it is part of."""

    name = boxes.words("Name", "Enter the name of the unit.")
    parent = boxes.choice("Part of", required=False)

    def __init__(self, *args: Any, units: tuple[UnitRow, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("parent", boxes.unit_choices(units, TOP))


class NameForm(boxes.Asking):
    """What a unit is called."""

    name = boxes.words("Name", "Enter the name of the unit.")
    version = boxes.version()


class ParentForm(boxes.Asking):
    """What a unit is part of."""

    parent = boxes.choice("Part of", required=False)
    version = boxes.version()

    def __init__(self, *args: Any, units: tuple[UnitRow, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("parent", boxes.unit_choices(units, TOP))


class ClosingForm(boxes.Asking):
    """Why a unit is closed, and from which day."""

    reason = boxes.reason("Why is it closed?")
    closed_on = boxes.day("Closed on")
    version: forms.IntegerField = boxes.version()
