"""The demo's papers: three quarters of the register, read by the product itself, and what it publishes."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final
from uuid import UUID

from watchkeep.cli.demo.names import BODY, REGISTER
from watchkeep.cli.demo.told import Told
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


def mark_once(by: Actor, told: Told) -> None:
    """Say who may read what, once; the rules hold from today, as every rule does."""
    from watchkeep.apps.people.queries import posts
    from watchkeep.apps.publication import changes, queries
    from watchkeep.cli.publish import register_named
    from watchkeep.domain.marking import Said

    if queries.markings(by):
        return
    held = {each.title: each.id for each in posts(by)}
    row = register_named(by, REGISTER)
    words = queries.document_for(by, row.id)
    for each in told["marking"]:
        value = next(risk for risk in words.risks if risk.key == each["risk"])
        lines = enumerate(value.controls)
        place = next(at for at, line in lines if (line.text or "").startswith(each["begins"]))
        changes.mark(
            by=by,
            risk=risk_named(by, each["risk"]),
            field=f"controls:{place}",
            said=Said(
                each["readers"], each["exemption"], each["harm"], held[each["reviewer"]], each["until"]
            ),
        )


def answer_once(by: Actor, told: Told) -> None:
    """Answer what a reader would ask, where the file has an answer."""
    from watchkeep.apps.scrutiny import changes, queries
    from watchkeep.cli.publish import register_named

    row = register_named(by, REGISTER)
    for each in told["answer"]:
        for asked in queries.findings(by, row.id):
            if asked.answer is None and (asked.found.risk, asked.found.code) == (each["risk"], each["code"]):
                changes.answer_finding(
                    by=by, register=row.id, key=asked.found.key, answer=each["answer"], reason=each["reason"]
                )


def publish_once(told: Told, folder: Path) -> None:
    """Freeze and publish the papers that the file tells of, and write the newest of each audience, once."""
    from watchkeep.apps.publication import queries
    from watchkeep.cli.records import operator

    by = operator(BODY)
    manager, second = person("risk manager"), person("board secretary")
    if queries.editions(by) and folder.is_dir():
        return
    folder.mkdir(parents=True, exist_ok=True)
    for each in told["paper"]:
        _publish(manager, second, each, folder)


def _publish(manager: Actor, second: Actor, paper: Told, folder: Path) -> None:
    """One paper, as the risk manager makes it; what is for the public is approved by the secretary."""
    from django.conf import settings

    from watchkeep.apps.publication import changes, queries
    from watchkeep.cli.publish import register_named
    from watchkeep.domain.edition import Front
    from watchkeep.formats.writers import ending
    from watchkeep.gateways.storage import FolderStore
    from watchkeep.jobs.papers import make_files

    asked = ("meeting", "meeting_on", "report_of", "purpose", "recommendations")
    said = {name: paper[name] for name in asked if name in paper}
    row = register_named(manager, REGISTER)
    edition = changes.freeze(
        by=manager,
        register=row.id,
        audience=paper["audience"],
        title=paper["title"],
        marking="OFFICIAL",
        frozen_on=paper.get("frozen_on"),
        asked=queries.Asked(
            as_at=paper["as_at"], order="worst first", front=Front.model_validate(said) if said else None
        ),
    )
    name = f"{row.slug}-{paper['audience']}"
    written = make_files(manager, edition, FolderStore(settings.WATCHKEEP_FILES), name=name)
    if paper["audience"] == "public":
        changes.approve(by=second, edition=edition)
    changes.publish(by=manager, edition=edition)
    for kind, data in written.items():  # the next paper of an audience takes the place of the last
        (folder / f"{name}.{ending(kind)}").write_bytes(data)


def person(role: str) -> Actor:
    """Somebody of the demo with that role."""
    from watchkeep.apps.people import queries
    from watchkeep.cli.records import operator

    by = operator(BODY)
    return queries.actor_of(next(each.id for each in queries.people(by) if each.role == role))


def holder_of(by: Actor, title: str) -> tuple[Actor, UUID]:
    """Who holds a post of the demo, and the post."""
    from watchkeep.apps.people.queries import actor_of, post_titled

    post = post_titled(by, title)
    return actor_of(post.holders[0].person), post.id


def risk_named(by: Actor, reference: str) -> UUID:
    """A risk of the demo's register."""
    from watchkeep.apps.register import queries
    from watchkeep.cli.publish import register_named

    return queries.risk(by, register_named(by, REGISTER).id, reference).id


def _close_once(by: Actor, reference: str, day: str, reason: str) -> None:
    from watchkeep.apps.register import queries
    from watchkeep.cli.close import close
    from watchkeep.cli.publish import register_named

    if queries.risk(by, register_named(by, REGISTER).id, reference).state != "closed":
        close(reference, reason=reason, on=datetime.fromisoformat(day), register=REGISTER, body=BODY)
