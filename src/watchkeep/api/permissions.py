"""Who may call what: every operation by name. One that is not in this table opens for no token."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from watchkeep.domain.people import Action


@dataclass(frozen=True, slots=True)
class Needs:
    """What the token's person must be allowed to do, and whether the token must be one that posts."""

    action: Action
    posts: bool = False


OPERATIONS: Final[dict[str, Needs]] = {
    "list_risks": Needs("read"),
    "list_indicators": Needs("read"),
    "read_indicator": Needs("read"),
    "read_observations": Needs("read"),
    "read_chart": Needs("read"),
    "post_observations": Needs("read", posts=True),  # of which indicators, the change asks
}
