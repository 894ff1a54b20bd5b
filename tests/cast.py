"""The people and papers that the tests of the records share: all made up, and made through the changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID

from once import nothing_recorded, once
from watchkeep.apps.intake import changes as intake
from watchkeep.apps.people import changes as people
from watchkeep.apps.people.models import Person
from watchkeep.apps.people.queries import viewer_of
from watchkeep.domain.document import (
    Assessment,
    Band,
    Column,
    DateField,
    Doubt,
    Extra,
    Field,
    Item,
    LinePlace,
    Loose,
    Part,
    PartedField,
    RegisterDocument,
    Risk,
    Scale,
    Source,
    Trend,
)
from watchkeep.domain.people import Actor, Role

PASSWORD = "a long enough password"
MARCH, JUNE = date(2031, 3, 31), date(2031, 6, 30)
APPOINTED = date(2024, 4, 1)  # the day from which the people of the staffed force hold their posts


@dataclass(frozen=True)
class Force:
    """Calder Vale Police: an administrator, a reader, and Watchkeep's own reading."""

    administrator: Actor
    reader: Actor
    reading: Actor
    administrator_person: Person
    reader_person: Person


def a_force(name: str = "Calder Vale Police") -> Force:
    """A body with its two people, opened from the command line as an operator would."""
    return once(_opened, name) if nothing_recorded() else _opened(name)


def _opened(name: str) -> Force:
    operator = Actor("command", "operator", "operator at the command line", "administrator", "")
    body = people.open_body(by=operator, name=name)
    operator = Actor("command", "operator", operator.name, "administrator", str(body.pk))
    mail = name.split()[0].lower()
    boss = people.add_person(
        by=operator, name="Edda Holm", email=f"edda@{mail}.test", role="administrator", password=PASSWORD
    )
    reader = people.add_person(
        by=operator, name="Ivo Marsh", email=f"ivo@{mail}.test", role="reader", password=PASSWORD
    )
    reading = Actor("system", "reading", "Watchkeep", "administrator", str(body.pk))
    return Force(boss.as_actor(), reader.as_actor(), reading, boss, reader)


@dataclass(frozen=True)
class Staffed(Force):
    """The force with somebody in every role and post. Each actor has a Person of their name in `people`."""

    risk_manager: Actor
    owner: Actor  # Head of Harbour
    deputy: Actor  # deputises for the Head of Harbour
    other_owner: Actor  # Head of Lamps
    action_owner: Actor  # Oil Officer
    secretary: Actor  # Board Secretary
    board_member: Actor  # Chair of the Board
    auditor: Actor
    stranger: Actor  # the administrator of another body
    people: dict[str, Person]  # by the names of these fields
    unit: UUID  # Harbour Command
    lower_unit: UUID  # East Mole, below it
    owner_post: UUID
    other_post: UUID
    action_post: UUID
    secretary_post: UUID
    chair_post: UUID


STAFF: dict[str, tuple[str, Role]] = {
    "risk_manager": ("Runa Quay", "risk manager"),
    "owner": ("Oda Strand", "risk owner"),
    "deputy": ("Dag Pier", "risk owner"),
    "other_owner": ("Liv Lantern", "risk owner"),
    "action_owner": ("Olav Wick", "control and action owner"),
    "secretary": ("Siv Minute", "board secretary"),
    "board_member": ("Bo Bench", "board member"),
    "auditor": ("Aud Ledger", "auditor"),
}
POSTS = {
    "owner_post": ("Head of Harbour", "owner"),
    "other_post": ("Head of Lamps", "other_owner"),
    "action_post": ("Oil Officer", "action_owner"),
    "secretary_post": ("Board Secretary", "secretary"),
    "chair_post": ("Chair of the Board", "board_member"),
}


def a_staffed_force(name: str = "Calder Vale Police") -> Staffed:
    """A body with its units, its posts and somebody in each of them, appointed from `APPOINTED`."""
    return once(_manned, name) if nothing_recorded() else _manned(name)


def _manned(name: str) -> Staffed:
    force = a_force(name)
    by, mail = force.administrator, name.split()[0].lower()
    staff = {
        who: people.add_person(
            by=by,
            name=called,
            email=f"{called.split()[0].lower()}@{mail}.test",
            role=role,
            password=PASSWORD,
        )
        for who, (called, role) in STAFF.items()
    }
    unit = people.open_unit(by=by, name="Harbour Command")
    lower = people.open_unit(by=by, name="East Mole", parent=unit)
    posts = {}
    for field, (title, holder) in POSTS.items():
        posts[field] = people.open_post(by=by, title=title, unit=unit if "Head" in title else None)
        people.appoint(by=by, post=posts[field], person=staff[holder].pk, from_on=APPOINTED)
    people.appoint(by=by, post=posts["owner_post"], person=staff["deputy"].pk, from_on=APPOINTED, deputy=True)
    return Staffed(
        **vars(force),
        **{who: viewer_of(Person.objects.get(pk=person.pk)) for who, person in staff.items()},
        stranger=a_force("Mossgate Constabulary").administrator,
        people={"administrator": force.administrator_person, "reader": force.reader_person, **staff},
        unit=unit,
        lower_unit=lower,
        **posts,
    )


def said(text: str, line: int = 1, **more: Any) -> Field:
    """A field that was read at a line."""
    return Field(state="recorded", text=text, places=(LinePlace(line=line, last_line=line),), **more)


def a_risk(reference: str, /, **changes: Any) -> Risk:
    """A risk with every corner of the document: parts, marks, a lost trend, what does not apply, extras."""
    line = 10 * (sum(map(ord, reference)) % 97 + 1)
    words: dict[str, Any] = {
        "key": reference,
        "reference": said(reference, line),
        "name": said(f"Lighthouse rota {reference}", line),
        "description": PartedField(
            state="recorded",
            text="(i) Too few keepers\n(ii) Too few lamps",
            places=(LinePlace(line=line + 1, last_line=line + 2),),
            confidence=0.8,
            reason="joined by order alone",
            parts=(
                Part(
                    marker="i",
                    text="Too few keepers",
                    places=(LinePlace(line=line + 1, last_line=line + 1, start=4, end=19),),
                ),
                Part(marker="ii", text="Too few lamps"),
            ),
        ),
        "cause": Field(state="not applicable"),
        "owner": said("Harbour master", line + 2),
        "controls": (
            Item(state="recorded", text="Weekly count of oil", part="i", marker="-"),
            Item(
                state="recorded",
                text="Spare lamp in the shed",
                part="ii",
                marker="•",
                confidence=0.6,
                reason="the bullet was lost",
                places=(LinePlace(line=line + 3, last_line=line + 3),),
            ),
        ),
        "due_date": DateField(state="recorded", text="early May 2031"),
        "date_raised": DateField(state="recorded", text="1 May 2030", on=date(2030, 5, 1)),
        "trends": (
            Trend(
                state="recorded",
                text="↑",
                period="Q3",
                direction="up",
                movement="worsening",
                places=(LinePlace(line=line + 4, last_line=line + 4),),
            ),
            Trend(period="Q4", confidence=0.5, reason="the mark was lost"),
        ),
        "assessments": (
            Assessment(stage="residual", rating=said("High", line + 5), fill="#c00000"),
            Assessment(stage="target", rating=Field(state="not applicable")),
        ),
        "extra": (Extra(heading="Harbour", state="recorded", text="East mole"), Extra(heading="Tide")),
    }
    return Risk(**(words | changes))


def a_paper(*risks: Risk, day: date = MARCH, words: str = "first paper", **changes: Any) -> RegisterDocument:
    """A paper with these risks (else three), read from a file of these words."""
    chosen = risks or (a_risk("LH1"), a_risk("LH2"), a_risk("LH3"))
    said_on = f"{day.day} {day:%B %Y}"
    cover: dict[str, Any] = {
        "body": said("Calder Vale Police"),
        "name": said("Harbour risk register"),
        "period": said("Q4"),
        "as_at": DateField(state="recorded", text=said_on, on=day),
        "scale": Scale(
            bands=(Band(name="High", rank=2), Band(name="Low", rank=1)), basis="inferred", reason="words"
        ),
        "rising_means": "worsening",
        "rising_basis": "assumed",
        "columns": (Column(heading="Ref", meaning="reference"), Column(heading="Harbour", meaning="extra")),
        "header": (Loose(text="A heading"),),
        "unassigned": (Loose(text="A stray line", places=(LinePlace(line=3, last_line=3),)),),
        "furniture": (Loose(text="Page 1"),),
        "doubts": (
            Doubt(
                code="trend-lost", sentence="The mark of Q4 was lost.", risk=chosen[0].key, field="trends:Q4"
            ),
            Doubt(code="arrow-meaning", sentence="What does a rising arrow mean?"),
        ),
        "source": Source(name="paper.txt", sha256=digest(words), size=len(words), reader="text"),
    }
    return RegisterDocument(risks=chosen, **(cover | changes))


def digest(words: str) -> str:
    """The digest of a made-up file."""
    return sha256(words.encode()).hexdigest()


def bring(force: Force, paper: RegisterDocument, words: str = "first paper", **given: Any) -> int:
    """Bring a paper in and have it read; the import's number."""
    number = intake.receive_file(
        by=force.administrator, name="paper.txt", sha256=digest(words), size=len(words), **given
    )
    claim = intake.claim_next(by=force.reading)
    assert claim is not None
    intake.record_reading(by=force.reading, claim=claim, document=paper)
    return number


def accepted(force: Force, paper: RegisterDocument | None = None, words: str = "first paper") -> int:
    """Bring a paper in and accept all of it."""
    number = bring(force, paper or a_paper(words=words), words)
    intake.accept_all(by=force.administrator, paper=number)
    return number
