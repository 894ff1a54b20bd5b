"""The worker's round: read the papers that wait; once a minute pull the feeds that are due, forecast what
new readings came of, look whether promises had their effect, and tell people what is asked of them.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.db import close_old_connections

from watchkeep.gateways.feeds import Reach
from watchkeep.gateways.mail import Post
from watchkeep.gateways.storage import FolderStore
from watchkeep.jobs.effects import look_all_due
from watchkeep.jobs.feeds import pull_all_due
from watchkeep.jobs.forecasts import make_all_due
from watchkeep.jobs.notices import tell_all
from watchkeep.jobs.reading import read_all_waiting

FAULTS = logging.getLogger(__name__)
NOTHING: Final = Reach()
BETWEEN_ROUNDS: Final = 60.0  # seconds between two looks at what there is to tell


@dataclass(frozen=True, slots=True)
class Tools:
    """What the worker needs of the world outside."""

    store: FolderStore
    post: Post
    address: str  # of the site, for links in mails
    reach: Reach = NOTHING  # what feeds may reach


def keep_working(tools: Tools, *, every: float, going: Callable[[], bool]) -> None:
    """Work until `going` says no. A fault in one kind of work stops no other, and is told."""
    told_at = float("-inf")
    while going():
        close_old_connections()  # one that the database ended is opened anew
        taken = _tried("A paper could not be read", lambda: read_all_waiting(tools.store))
        if time.monotonic() - told_at >= BETWEEN_ROUNDS:
            told_at = time.monotonic()
            _tried("Feeds could not be pulled", lambda: pull_all_due(tools.store, tools.reach))
            _tried("Forecasts could not be made", make_all_due)
            _tried("Effects could not be looked for", look_all_due)
            _tried("People could not be told", lambda: tell_all(tools.post, address=tools.address).mails)
        if not taken:
            time.sleep(every)


def _tried(what: str, work: Callable[[], int]) -> int:
    try:
        return work()
    except Exception:  # noqa: BLE001 (whatever it was is told; the work is taken up again in the next round)
        FAULTS.exception("%s through a fault of Watchkeep or of this machine.", what)
        return 0
