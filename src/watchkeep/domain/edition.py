"""An edition: the facts that stand on a published paper beside what the register says.

It holds no file and knows no database; the register document it was frozen from is handed over beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from pydantic import Field as Constraint

from watchkeep.domain.document.values import Frozen
from watchkeep.domain.errors import Invalid
from watchkeep.domain.naming import named
from watchkeep.domain.since import Since

Audience = Literal["internal", "committee", "public"]

AUDIENCES: dict[Audience, str] = {
    "internal": "For use inside the body",
    "committee": "For the committee",
    "public": "For publication",
}
DIGEST_LENGTH = 64  # SHA-256 in hexadecimal

Order = Literal["register", "worst first"]
ORDERS: dict[Order, str] = {
    "register": "In the register's own order",
    "worst first": "The highest rated first",
}


# Of papers made now. From the second on they carry the ledger's head, CSV and JSON aside; from the third JSON
# tells its edition beside the register, and the rows of a CSV stand in the edition's order.
LAYOUT = 3


class Front(Frozen):
    """The sheet before a committee paper: who asks the meeting for what."""

    meeting: str = ""
    meeting_on: date | None = None
    report_of: str = ""  # a post
    purpose: str = ""
    recommendations: tuple[str, ...] = ()


class Covered(Frozen):
    """How many sentences of a risk stood in each way as the paper was frozen."""

    risk: str  # its key
    bound: int = 0
    judged: int = 0
    unbound: int = 0
    moved: int = 0
    expired: int = 0


class Matter(Frozen):
    """What a paper carries besides the register: frozen with it, so that it can be made again.

    `layout` is how papers were laid out then, so that an old edition is made again byte for byte: editions
    frozen before any carried matter are of the first.
    """

    layout: Annotated[int, Constraint(ge=1, le=LAYOUT)] = LAYOUT
    front: Front | None = None
    since: Since | None = None
    # Which sentences need a basis is for the rules of the day: a later rule changes no paper of before. None
    # where it was frozen before that was kept.
    coverage: tuple[Covered, ...] | None = None
    # Versions of the libraries that write papers, as it was frozen.
    made_with: dict[str, str] = Constraint(default_factory=dict)
    overridden: str = ""  # who let it go out with claims that rest on nothing, and why


NOTHING_BESIDES = Matter(layout=1)


@dataclass(frozen=True, slots=True)
class Edition:
    """One frozen paper: when, for whom, and which head of the ledger it anchors."""

    title: str
    frozen_on: date
    sequence: int = 1
    as_at: date | None = None
    audience: Audience = "internal"
    marking: str = ""
    ledger_head: str = ""
    head_sequence: int = 0  # the number of the entry that the head is of; 0 where it is not known
    order: Order = "register"
    matter: Matter = NOTHING_BESIDES

    def __post_init__(self) -> None:
        if not named(self.title):
            raise Invalid("title", "An edition needs a title.")
        if self.sequence < 1:
            raise Invalid("sequence", f"Editions are counted from 1, so {self.sequence} cannot be one.")
        if self.audience not in AUDIENCES:
            raise Invalid("audience", f"The audience is one of {', '.join(AUDIENCES)}, not {self.audience}.")
        if self.ledger_head and not is_digest(self.ledger_head):
            raise Invalid(
                "ledger_head", "The ledger head is a SHA-256 digest: 64 characters from 0-9 and a-f."
            )

    @property
    def head(self) -> str:
        """The ledger's head as a checker takes it: the entry's number, a colon, its digest."""
        return f"{self.head_sequence}:{self.ledger_head}" if self.head_sequence else self.ledger_head

    @property
    def short_head(self) -> str:
        """The first twelve characters of the ledger head, enough to tell two papers apart in a footer."""
        return self.ledger_head[:12]


def since_layout(edition: Edition | None, layout: int) -> bool:
    """Whether a paper is laid out as from that layout on; one that is no edition is made as of now."""
    return edition is None or edition.matter.layout >= layout


def is_digest(text: str) -> bool:
    """Whether `text` has the form of a SHA-256 digest in hexadecimal."""
    return len(text) == DIGEST_LENGTH and all(sign in "0123456789abcdef" for sign in text)
