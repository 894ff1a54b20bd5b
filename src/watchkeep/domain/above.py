"""A risk as a register above shows it: the words of the register that it came from, and its own judgement."""

from __future__ import annotations

from typing import Any, Final

from watchkeep.domain.document import Field, Item, PartedField, Risk
from watchkeep.domain.fields import DATES, LISTS, PARTED, TEXTS

# What both registers say in the same words. A reference, ratings, trends and a register's further columns are
# each register's own.
WORDS: Final = (*(name for name in TEXTS if name != "reference"), *PARTED, *DATES, *LISTS)
OWN: Final = frozenset({"owner"})  # what the register above may say otherwise: who answers for it there


def composed(own: Risk, source: Risk) -> Risk:
    """The risk of the register above, its words taken from the source wherever it has none of its own."""
    return own.model_copy(
        update={name: getattr(source, name) for name in WORDS if not _says(getattr(own, name))}
    )


def own_words(value: Risk, source: Risk) -> tuple[Risk, tuple[str, ...]]:
    """`value` without the words that are the source's, so that none is copied; and the names of those that
    say something else than the source.
    """
    nothing: dict[str, Any] = {}
    others = []
    for name in WORDS:
        said = getattr(value, name)
        if _words(said) == _words(getattr(source, name)) or not _says(said):
            nothing[name] = type(value).model_fields[name].get_default()
        elif name not in OWN:
            others.append(name)
    return value.model_copy(update=nothing), tuple(others)


def _says(said: Field | tuple[Item, ...]) -> bool:
    return bool(said) if isinstance(said, tuple) else said.state != "not recorded"


def _words(said: Field | tuple[Item, ...]) -> tuple[Any, ...]:
    if isinstance(said, tuple):
        return tuple((each.state, each.text, each.part) for each in said)
    parts = said.parts if isinstance(said, PartedField) else ()
    return (said.state, said.text, *((part.marker, part.text) for part in parts))
