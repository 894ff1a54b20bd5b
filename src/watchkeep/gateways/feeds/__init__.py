"""Where readings are pulled from: web addresses that are allowed, and databases that are only read."""

from watchkeep.gateways.feeds.http import Fetched, Reach, fetch
from watchkeep.gateways.feeds.sql import Asked, ask, one_select

__all__ = ["Asked", "Fetched", "Reach", "ask", "fetch", "one_select"]
