"""What stands in a paper's way, as the command line tells it, and how somebody lets exactly that stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watchkeep.cli.printing import echo
from watchkeep.cli.records import refuse

if TYPE_CHECKING:
    from watchkeep.domain.freezing import Gate


def stop_at(found: Gate, *, override: str = "", despite: str = "", seen: str = "") -> None:
    """End with every place named, unless reasons were given for exactly these."""
    from watchkeep.domain.freezing import no_reason

    if found.refusal(overridden=override, despite=despite, seen=seen) is None:
        return
    if found.certain:
        for each in found.certain:
            echo(each.sentence, err=True)
        tell = "place tells" if len(found.certain) == 1 else "places tell"
        refuse(f"Nothing is written: {len(found.certain)} {tell} of what is kept back.")
    for sentence in found.in_doubt:
        echo(sentence, err=True)
    wrong = no_reason(despite, override)
    if wrong and not found.in_doubt:
        refuse(wrong.sentence)
    why = f"{wrong.sentence} " if wrong else _changed(found, seen)
    refuse(f"Nothing is written. {why}{_how(found)}")


def _changed(found: Gate, seen: str) -> str:
    return "This is not the list that you saw. " if seen and seen != found.digest else ""


def _how(found: Gate) -> str:
    """What to add to the command; it ends with the digest of what was just listed."""
    asked = []
    if found.doubts:
        asked.append('--despite "why these words may stand"')
    if found.stopping_claims:
        asked.append('--override "why these claims go out"')
    return f"Put it right, or let exactly this stand with {' '.join(asked)} --seen {found.digest}"
