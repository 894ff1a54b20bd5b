"""What the demo's body and its register are called."""

from __future__ import annotations

from typing import Final

BODY: Final = "Calder Vale Police"
REGISTER: Final = "Corporate risk register"
