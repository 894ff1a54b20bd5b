"""The demo's papers: three quarters of the register, read by the product itself, and what it publishes."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from watchkeep.cli.demo.names import BODY, REGISTER
from watchkeep.cli.publish import Rising

if TYPE_CHECKING:
    from watchkeep.domain.people import Actor

SECOND, THIRD, FOURTH = "2025-26-q2.docx", "2025-26-q3.xlsx", "2025-26-q4.pdf"
QUARTERS: Final = (
    (SECOND, "2025/26 Q2", "2025-09-30"),
    (THIRD, "2025/26 Q3", "2025-12-31"),
    (FOURTH, "2025/26 Q4", "2026-03-31"),
)
# What the force's people know and its papers do not say: the first has arrows and no key to them.
ARROWS_OF: Final = {SECOND: Rising.worsening}
# The third paper's own note on the risk that it no longer has.
CLOSED: Final = {
    THIRD: (
        "CV-20",
        "2025-12-09",
        "Decided by the Risk and Assurance Board, after the last recalled vehicle came back into use.",
    )
}


def bring_in_what_is_missing(by: Actor, papers: Path) -> None:
    """Read and accept each paper that was not brought in yet."""
    from watchkeep.apps.intake import queries
    from watchkeep.cli.bring_in import bring_in

    there = {row.name for row in queries.imports(by) if row.state == "accepted"}
    for name, period, day in QUARTERS:
        if name not in there:
            bring_in(
                papers / name,
                accept=True,
                register=REGISTER,
                body=BODY,
                period=period,
                as_at=datetime.fromisoformat(day),
                rising_means=ARROWS_OF.get(name),
                quiet=True,
            )
        if name in CLOSED:
            _close_once(by, *CLOSED[name])


def publish_once(by: Actor, folder: Path) -> None:
    """Publish the register as it stands, once."""
    from watchkeep.apps.publication import queries
    from watchkeep.cli.publish import publish

    if not queries.editions(by) or not folder.is_dir():
        publish(to=folder, register=REGISTER, body=BODY, title=REGISTER, file=None)


def _close_once(by: Actor, reference: str, day: str, reason: str) -> None:
    from watchkeep.apps.register import queries
    from watchkeep.cli.close import close
    from watchkeep.cli.publish import register_named

    if queries.risk(by, register_named(by, REGISTER).id, reference).state != "closed":
        close(reference, reason=reason, on=datetime.fromisoformat(day), register=REGISTER, body=BODY)
