"""The controls and promises of risks, as the review asks about them: how they stand now, and stood then."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from watchkeep.domain.clock import Clock
from watchkeep.domain.people import Actor
from watchkeep.domain.staleness import Holding, Promise


def controls_of(
    viewer: Actor, risks: Iterable[UUID], then: Clock | None, now: Clock, today: date
) -> Mapping[UUID, tuple[Holding, ...]]:
    """What holds each risk back. Without an earlier clock, nothing is said to have changed."""
    return {}


def promises_of(
    viewer: Actor, risks: Iterable[UUID], then: Clock | None, now: Clock, today: date
) -> Mapping[UUID, tuple[Promise, ...]]:
    """What was promised under each risk."""
    return {}
