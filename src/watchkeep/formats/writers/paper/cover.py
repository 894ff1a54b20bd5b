"""What stands on a paper's cover: what it is, the counts below the sentence, what is missing."""

from __future__ import annotations

from watchkeep.domain.document import RegisterDocument
from watchkeep.domain.edition import AUDIENCES, ORDERS, Edition
from watchkeep.domain.finding import Finding, counted, in_words, listed, written
from watchkeep.formats.writers.paper.arrows import UNMEANT, some_unmeant, without_meaning
from watchkeep.formats.writers.paper.values import NOT_RECORDED, capital


def title_of(document: RegisterDocument, edition: Edition | None) -> str:
    """What the paper is called: the edition's title, else the register's own, else what it is."""
    if edition:
        return edition.title
    return document.name.text or "Risk register"


def subtitle_of(document: RegisterDocument, edition: Edition | None) -> str:
    """Period and day, where they are known and the title does not say them already."""
    title = title_of(document, edition)
    day = edition.as_at if edition and edition.as_at else document.as_at.on
    said = [document.period.text or ""] if (document.period.text or "") not in title else []
    said.append(f"as at {written(day)}" if day else (document.as_at.text or ""))
    return ", ".join(each for each in said if each)


def facts_of(document: RegisterDocument, edition: Edition | None) -> tuple[tuple[str, str], ...]:
    """What the paper is, as pairs of a name and what it is."""
    day = edition.as_at if edition and edition.as_at else document.as_at.on
    facts = [
        ("Body", document.body.text or NOT_RECORDED),
        ("Register", document.name.text or NOT_RECORDED),
        ("Period", document.period.text or NOT_RECORDED),
        ("As at", written(day) if day else document.as_at.text or NOT_RECORDED),
    ]
    if edition:
        facts += [
            ("Edition", f"{edition.sequence}, frozen on {written(edition.frozen_on)}"),
            ("Audience", AUDIENCES[edition.audience]),
        ]
        if edition.order != "register":
            facts.append(("Order", ORDERS[edition.order]))
        if edition.ledger_head:
            facts.append(("Ledger head", edition.head if carries_head(edition) else edition.ledger_head))
    elif document.source:
        facts.append(("Made from", f"{document.source.name}, {document.source.size:,} bytes"))
        facts.append(("SHA-256 of that file", document.source.sha256))
    return tuple(facts)


def carries_head(edition: Edition | None) -> bool:
    """Whether the paper carries the ledger's head for a checker: those of the first layout do not."""
    return bool(edition and edition.ledger_head and edition.matter.layout > 1)


def head_of(edition: Edition | None) -> str:
    """What stands in every file of an edition, for a program that checks it: see the stand-alone verifier."""
    return f"watchkeep-head {edition.head}" if edition and carries_head(edition) else ""


def notes_of(document: RegisterDocument, found: Finding) -> tuple[str, ...]:
    """Counts that stand below the sentence."""
    notes = []
    if found.controls:
        notes.append(_listed_note("control", found.controls, found.dated_controls))
    if found.actions:
        notes.append(_listed_note("action", found.actions, found.dated_actions))
    if found.still_to_come:
        notes.append(f"{capital(counted(len(found.still_to_come), 'due date'))} still to come.")
    if unmeant := without_meaning(found):
        known = document.rising_basis in ("stated", "confirmed")
        notes.append(some_unmeant(unmeant) if known else UNMEANT)
    if document.scale.basis == "inferred" and document.scale.bands:
        order = listed(band.name for band in sorted(document.scale.bands, key=lambda band: -band.rank))
        notes.append(f"The source does not state the order of its ratings. From the highest: {order}.")
    if document.doubts:
        are = "is" if len(document.doubts) == 1 else "are"
        notes.append(
            f"{capital(counted(len(document.doubts), 'doubt'))} about the source {are} open; see the annex."
        )
    return tuple(notes)


def overridden_of(edition: Edition | None) -> str:
    """Who let the paper out with claims that rest on nothing, and why."""
    said = edition.matter.overridden.strip() if edition else ""
    return f"Let out with claims of improvement that rest on nothing: {said}" if said else ""


def _listed_note(what: str, number: int, dated: int) -> str:
    """How many there are, and how many can be waited for."""
    name = "names" if dated == 1 else "name"
    of_them = (
        f"it {name if dated else 'does not name'} a date"
        if number == 1
        else f"{in_words(dated)} of them {name} a date"
    )
    return f"{capital(counted(number, what))} listed; {of_them.replace('no of them', 'none of them')}."


def footer_of(document: RegisterDocument, edition: Edition | None) -> str:
    """What stands below every page: which edition it is, or that it is none."""
    if edition is None:
        return f"From {document.source.name}; not an edition" if document.source else "Not an edition"
    head = f", ledger head {edition.short_head}" if edition.ledger_head else ""
    return f"Edition {edition.sequence}, frozen on {written(edition.frozen_on)}{head}"
