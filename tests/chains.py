"""Chains of made-up entries, without a database; and what a forger makes of them."""

from __future__ import annotations

import json
from datetime import date, datetime, timezone
from typing import Any

from watchkeep.domain import ledger
from watchkeep.domain.ledger import Line

BODY = "calder"


def a_chain(length: int = 5, body: str = BODY, rows: list[list[dict[str, Any]]] | None = None) -> list[Line]:
    """A chain of made-up entries; `rows` are what each of them wrote."""
    lines: list[Line] = []
    previous = ledger.opening(body)
    for number in range(1, length + 1):
        happening = ledger.Happening(
            body=body,
            at=datetime(2031, 3, 1 + number % 28, 9, 30, tzinfo=timezone.utc),  # noqa: UP017
            as_at=date(2031, 3, 31) if number % 2 else None,
            who_kind="person",
            who_id="7",
            who_name="Edda Holm",
            verb="amend a risk",
            subject_kind="risk",
            subject_id=str(number),
            subject_label=f"LH{number} — the “lamp” ↑",
            reason="",
            facts={"n": number},
            rows=rows[number - 1] if rows else [{"model": "m", "id": str(number), "after": {"x": None}}],
        )
        lines.append(ledger.write(happening, sequence=number, previous=previous))
        previous = lines[-1].digest
    return lines


def exported(lines: list[Line], body: str = BODY) -> str:
    """The chain as an exported file."""
    return "\n".join(ledger.export(lines, body=body, name="Calder Vale Police"))


def forged(lines: list[Line], number: int) -> list[Line]:
    """The chain with entry `number` altered, and every digest from there on made anew."""
    made = lines[: number - 1]
    previous = made[-1].digest if made else json.loads(lines[0].text)["previous"]
    for line in lines[number - 1 :]:
        told = json.loads(line.text) | {"previous": previous}
        if told["sequence"] == number:
            told["who"]["name"] = "Nobody"
        text = ledger.canonical(told)
        made = [*made, Line(ledger.digest_of(text), text)]
        previous = made[-1].digest
    return made
