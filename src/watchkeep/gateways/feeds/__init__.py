"""Where readings are pulled from: web addresses that are allowed, and databases that are only read."""

from watchkeep.gateways.feeds.http import Fetched, Reach, fetch
from watchkeep.gateways.feeds.sql import Asked, ask

__all__ = ["Asked", "Fetched", "Reach", "ask", "fetch"]
