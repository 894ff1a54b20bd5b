"""Whether the readings are still those that the ledger vouched for."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from typing import Any

from watchkeep.apps.indicators.models import Batch, Indicator, Observation
from watchkeep.domain.indicator.batch import line, told
from watchkeep.domain.ledger import Fault
from watchkeep.domain.people import Actor, must

MOST_NAMED = 20  # readings outside every batch that are named one by one


def readings_checked(viewer: Actor) -> tuple[tuple[Fault, ...], int]:
    """A fault for each batch whose readings no longer have the digest that was recorded of them, and for each
    reading that no batch of the body brought; and how many readings were looked at. One pass in the order of
    their key, which is the order within each batch.
    """
    must(viewer, "read")
    batches = {each.number: each for each in Batch.objects.filter(body_id=viewer.body)}
    references = dict(Indicator.objects.filter(body_id=viewer.body).values_list("number", "reference"))
    others = set(Indicator.objects.exclude(body_id=viewer.body).values_list("number", flat=True))
    digests: dict[int, Any] = {number: hashlib.sha256() for number in batches}
    counts: Counter[int] = Counter()
    outside: list[Fault] = []
    looked = 0
    for series, on, revision, batch, *said in _all_rows():
        if series in others:
            continue
        looked += 1
        if batch not in digests or series not in references:
            if len(outside) < MOST_NAMED:
                called = references.get(series, f"series {series}")
                outside.append(Fault(None, f"{called}: the reading of {on} came in no batch."))
            continue
        digests[batch].update(line(series, on.isoformat(), revision, told(*said)))
        counts[batch] += 1
    return (*_altered(batches, digests, counts), *outside), looked


def _altered(batches: dict[int, Batch], digests: dict[int, Any], counts: Counter[int]) -> Iterator[Fault]:
    for number, batch in sorted(batches.items()):
        told = batch.added + batch.corrected
        if counts[number] != told:
            yield Fault(None, f"{batch} brought {told} readings, and {counts[number]} of it are stored.")
        elif digests[number].hexdigest() != batch.sha256:
            yield Fault(None, f"{batch}: its readings are not those that the history vouches for.")


def _all_rows() -> Iterator[tuple[Any, ...]]:
    rows = Observation.objects.order_by("series", "on", "revision").values_list(
        "series", "on", "revision", "batch", "value", "numerator", "denominator", "note"
    )
    yield from rows.iterator(chunk_size=10_000)
