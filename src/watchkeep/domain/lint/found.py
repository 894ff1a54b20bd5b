"""What a rule found: at which characters of which field, and why it matters."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final, Literal

Weight = Literal["error", "warning", "note"]  # as SARIF has them


@dataclass(frozen=True, slots=True)
class Found:
    """One finding. Characters `start` to `end` (end excluded) of `field` of the risk with key `risk`.

    Where it is about the whole register `risk` is empty; where a field is missing both numbers are 0.
    """

    code: str  # of the rule, for good: "STALE-01"
    risk: str
    field: str  # its path, as in fields.py
    start: int
    end: int
    text: str  # the characters themselves
    sentence: str  # what is wrong here, for a person
    advice: str = ""  # what would do
    weight: Weight = "warning"
    basis: str = ""  # what it rests on beside its words: the numbers of a score, the day of a promise

    @property
    def key(self) -> str:
        """The same for the same words under the same rule that rest on the same, wherever they stand in the
        field: an answer to a finding holds as long as this is the same.
        """
        said = "\0".join(
            (self.code, self.risk, place_of_words(self.field), " ".join(self.text.split()), self.basis)
        )
        return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()


_APART: Final = frozenset({"assessments", "extra", "trends"})  # each a place of its own, not one of a list


def place_of_words(field: str) -> str:
    """The field in which words may move about: a list as a whole, but one stage, one column, one period."""
    kind = field.partition(":")[0]
    return field if kind in _APART else kind
