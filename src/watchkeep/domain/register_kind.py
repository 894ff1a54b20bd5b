"""The kinds of register that a body keeps."""

from __future__ import annotations

from typing import Final, Literal, get_args

from watchkeep.domain.errors import Invalid

Kind = Literal["corporate", "portfolio", "programme", "department"]
KINDS: Final[dict[Kind, str]] = {
    "corporate": "the risks of the body as a whole",
    "portfolio": "the risks of all its change taken together",
    "programme": "the risks of one programme or project",
    "department": "the risks of one part of the body",
}


def kind_named(text: str) -> Kind:
    """The kind of that name."""
    for kind in get_args(Kind):
        if kind == text:
            found: Kind = kind
            return found
    raise Invalid("kind", f"A register is one of {', '.join(KINDS)}; “{text}” is none of them.")
