"""What was worked out from the records, remembered as long as nothing is recorded in the body.

The ledger's head names the state of every record of a body: while it is the same, so is every answer. So
nothing that is remembered can be out of date, whatever process wrote.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, Final, TypeVar, cast

from django.utils import timezone

from watchkeep.apps.history import queries as history
from watchkeep.apps.history.models import OPEN
from watchkeep.domain.clock import Clock
from watchkeep.domain.people import Actor

MOST: Final = 24  # answers that are kept: of each register, for some people
Answer = TypeVar("Answer")

_kept: OrderedDict[Hashable, Any] = OrderedDict()
_lock: Final = Lock()


def remembered(viewer: Actor, what: Hashable, clock: Clock, work: Callable[[], Answer]) -> Answer:
    """The answer that `work` gives to `what` this viewer asks today by the clock. While a change is under way
    its records are not in the ledger yet, and it is worked out anew.
    """
    if OPEN.get() is not None:
        return work()
    key = (history.head(viewer), viewer, what, clock, timezone.localdate())
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return cast(Answer, _kept[key])
    answer = work()
    with _lock:
        _kept[key] = answer
        while len(_kept) > MOST:
            _kept.popitem(last=False)
    return answer
