"""What is said of a register as a whole."""

from __future__ import annotations

from typing import Any

from watchkeep.apps.people.queries import UnitRow
from watchkeep.domain.register_kind import KINDS
from watchkeep.web.settings import boxes

WHOLE = "The body as a whole"


class RegisterForm(boxes.Asking):
    """A new register: what it is called, what it holds, whose it is."""

    name = boxes.words("Name", "Enter the name of the register.", longest=300)
    kind = boxes.choice("Kind")
    unit = boxes.choice("Whose it is", required=False, hint="Roles given in a unit hold in its registers.")

    def __init__(self, *args: Any, units: tuple[UnitRow, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("kind", [(kind, f"{kind.capitalize()}: {what}") for kind, what in KINDS.items()])
        self.choose("unit", boxes.unit_choices(units, WHOLE))


class AmendForm(RegisterForm):
    """The same, of a register that is kept already."""

    version = boxes.version()
