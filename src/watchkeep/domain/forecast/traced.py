"""What an effect was found from, as one digest: another digest is another question."""

from __future__ import annotations

import json
from datetime import date
from hashlib import sha256

from watchkeep.domain.forecast.expecting import Awaited
from watchkeep.domain.indicator.values import Series
from watchkeep.quant.forecast import library


def digest_of_effect(series: Series, waited: Awaited, *, as_at: date, undone: str) -> str:
    """SHA-256 over all that the effect follows from; `undone` says why it is not looked for, if so."""
    said, expected = series.definition, waited.expected
    inputs = {
        "readings": [[each.on.isoformat(), each.value] for each in series.recorded if each.on <= as_at],
        "rebases": [[each.on.isoformat(), each.reason] for each in series.rebases],
        "notes": [[each.on.isoformat(), each.text] for each in series.annotations],
        "definition": [said.name, said.unit, said.better, said.frequency, said.kind, said.seasonal],
        "defined": [said.number, said.from_on.isoformat() if said.from_on else ""],
        "expected": [expected.measure, expected.amount, expected.by.isoformat()],
        "days": [waited.started.isoformat(), waited.done_on.isoformat() if waited.done_on else ""],
        "undone": undone,
        "library": library(),
    }
    return sha256(json.dumps(inputs, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
