"""The example force's paper with everything that a committee's paper can carry, from the examples alone."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

from watchkeep.domain.document import Basis, Promise, RegisterDocument, Risk, Statement
from watchkeep.domain.edition import Edition, Front, Matter
from watchkeep.domain.since import Moved, News, Rescored, Reworded, Since, Told, Words
from watchkeep.formats.readers import read_here
from watchkeep.formats.writers import Kind, write

EXAMPLE = Path(__file__).resolve().parents[1] / "examples" / "calder_vale" / "2025-26-q4.csv"
HEAD = "5d41402abc4b2a76b9719d911017c592" * 2

ACC = "Assistant Chief Constable (Operations)"
CUSTODY = Basis(
    kind="check",
    key="check-1",
    label="Night shifts in custody, counted from the rota",
    on=date(2026, 3, 9),
    says="96 % of night shifts filled in February 2026.",
)
READING = Basis(
    kind="observation",
    key="reading-1",
    label="Priority calls reached within 45 minutes",
    on=date(2026, 3, 31),
    says="71 % in March 2026.",
)
SEARCHES = Basis(
    kind="check",
    key="check-2",
    label="Test searches of the three evidence stores",
    on=date(2026, 2, 20),
    says="62 of 80 exhibits found within two working days.",
)
REVIEW = Basis(
    kind="document",
    key="ab" * 32,
    label="Benefits review of the Futures portfolio, version 2",
    on=date(2026, 3, 12),
    says="Nine of fourteen projects have checked their benefits.",
)

# risk, field, the words of the sentence, how it stands, what it rests on, who judged when, why it fell
BOUND = (
    ("CV-01", "controls:0", "bound", (READING,), "", None, ""),
    ("CV-05", "controls:0", "bound", (SEARCHES,), "", None, ""),
    ("CV-18", "controls:0", "moved", (CUSTODY,), "", None, "A later count says 91 %, on 30 March 2026."),
    ("CV-09", "controls:0", "bound", (REVIEW,), "", None, ""),
    ("CV-16", "controls:1", "judged", (), ACC, date(2026, 3, 20), ""),
    (
        "CV-13",
        "controls:0",
        "expired",
        (),
        ACC,
        date(2025, 11, 3),
        "Its shelf life ended on 3 February 2026.",
    ),
    ("CV-22", "controls:1", "unbound", (), "", None, ""),
)

PROMISES = {
    "CV-03": (
        Promise(
            key="p1",
            kind="recommendation",
            title="Close the four recommendations of the stalking inspection that are still open",
            owner="Assistant Chief Constable (Crime)",
            due=date(2026, 6, 30),
            first_due=date(2026, 3, 31),
            slips=1,
            slip_reason="The panel meets later",
            state="waiting",
        ),
    ),
    "CV-05": (
        Promise(
            key="p2",
            kind="action",
            title="Finish the listing and disposal of discs and paper exhibits",
            owner="Head of Forensics",
            due=date(2026, 12, 31),
            first_due=date(2026, 6, 30),
            slips=2,
            slip_reason="Two officers were moved to Flood Gold",
            state="waiting",
        ),
    ),
    "CV-12": (
        Promise(
            key="p3",
            kind="decision",
            title="Leave remote remand hearings",
            owner="Head of Criminal Justice",
            due=date(2025, 11, 28),
            state="overdue",
        ),
    ),
    "CV-09": (
        Promise(
            key="p4",
            kind="action",
            title="Every project checks its benefits and raises a change request where a figure moves",
            owner="Deputy Chief Constable",
            due=date(2026, 5, 29),
            state="due soon",
        ),
    ),
    "CV-17": (
        Promise(key="p5", kind="action", title="Take on three more enquiry officers", state="no date"),
    ),
    "CV-16": (
        Promise(
            key="p6",
            kind="action",
            title="Stand up strategic, tactical and operational command",
            owner=ACC,
            due=date(2025, 12, 1),
            state="done",
            settled_on=date(2025, 12, 1),
            outcome="In place until the cut-over is accepted",
        ),
    ),
}


@cache
def document() -> RegisterDocument:
    """The register of the last quarter, with promises, and with sentences that rest on something."""
    read = read_here(EXAMPLE.read_bytes(), EXAMPLE.name)
    return read.model_copy(update={"risks": tuple(_told(risk) for risk in read.risks)})


def _told(risk: Risk) -> Risk:
    said = [_statement(risk, *rest) for key, *rest in BOUND if key == risk.key]
    return risk.model_copy(
        update={"promises": PROMISES.get(risk.key, ()), "statements": tuple(said)}
        if said or risk.key in PROMISES
        else {}
    )


def _statement(
    risk: Risk,
    field: str,
    standing: str,
    bases: tuple[Basis, ...],
    judged_by: str,
    judged_on: date | None,
    because: str,
) -> Statement:
    item = risk.controls[int(field.partition(":")[2])]
    text = (item.text or "").split(";")[0]
    return Statement.model_validate(
        {
            "field": field,
            "start": 0,
            "end": len(text),
            "text": text,
            "standing": standing,
            "rests_on": bases,
            "judged_by": judged_by,
            "judged_on": judged_on,
            "holds_until": date(2026, 6, 20) if standing == "judged" else None,
            "because": because,
        }
    )


SINCE = Since(
    earlier="edition 7, frozen on 16 January 2026",
    earlier_as_at=date(2025, 12, 31),
    new=(
        Told(
            key="CV-22",
            title="Safeguarding partnerships that differ by place",
            reason="Taken up from the review of partnerships in February.",
        ),
    ),
    gone=(
        Told(
            key="CV-15",
            title="Vetting of transferees",
            reason="Closed: every file was looked at again by 27 February 2026.",
        ),
    ),
    moved=(
        Moved(
            key="CV-05",
            title="Evidence, recording and case quality",
            way="higher",
            before="Medium-High",
            after="High",
            reason="One stored copy in eight would not play.",
        ),
        Moved(
            key="CV-18",
            title="Custody healthcare contract",
            way="lower",
            before="Medium",
            after="Low",
        ),
    ),
    rescored=(
        Rescored(
            key="CV-05",
            title="Evidence, recording and case quality",
            what="Residual rating",
            before="Medium-High",
            after="High",
            reason="Test searches in February found fewer exhibits.",
        ),
    ),
    kept=(
        News(
            key="CV-16",
            title="National records replacement",
            promise="Stand up strategic, tactical and operational command",
            owner=ACC,
            due=date(2025, 12, 1),
            settled_on=date(2025, 12, 1),
            reason="In place until the cut-over is accepted.",
        ),
    ),
    slipped=(
        News(
            key="CV-05",
            title="Evidence, recording and case quality",
            promise="Finish the listing and disposal of discs and paper exhibits",
            owner="Head of Forensics",
            was_due=date(2026, 6, 30),
            due=date(2026, 12, 31),
            reason="Two officers were moved to Flood Gold.",
        ),
    ),
    newly_late=(
        News(
            key="CV-12",
            title="What flood and winter have cost the organisation",
            promise="Leave remote remand hearings",
            owner="Head of Criminal Justice",
            due=date(2025, 11, 28),
        ),
    ),
    reworded=(
        Reworded(
            key="CV-01",
            title="Answering calls and reaching people",
            field="controls:1",
            label="Control 2",
            words=(
                Words(kind="same", text="At 07:00 each day about"),
                Words(kind="removed", text="90"),
                Words(kind="added", text="130"),
                Words(kind="same", text="priority calls are over 12 hours old,"),
                Words(kind="removed", text="2.5 %"),
                Words(kind="added", text="4 %"),
                Words(kind="same", text="of those taken."),
            ),
        ),
    ),
)


def edition() -> Edition:
    """A committee's edition, the highest rated first."""
    return Edition(
        title="Strategic risk register, 2025/26 quarter 4",
        frozen_on=date(2026, 4, 17),
        sequence=8,
        as_at=date(2026, 3, 31),
        audience="committee",
        marking="Official",
        ledger_head=HEAD,
        head_sequence=1204,
        order="worst first",
        matter=Matter(
            front=Front(
                meeting="Joint Audit and Assurance Committee",
                meeting_on=date(2026, 4, 28),
                report_of="Deputy Chief Constable",
                purpose="To show where the force's strategic risks stand at the end of the year, "
                "what has changed since January, and what is asked of the committee.",
                recommendations=(
                    "Note the one risk that stands at Very High, and what is being done about it.",
                    "Challenge the promise on remote remand hearings, which is late and has no new date.",
                    "Ask for a paper in July on evidence stores, whose rating rose.",
                ),
            ),
            since=SINCE,
            overridden="Deputy Chief Constable, because the count of March is not out until 30 April 2026.",
        ),
    )


@cache
def written(kind: Kind) -> bytes:
    """The paper in one form."""
    return write(document(), kind, edition=edition())
