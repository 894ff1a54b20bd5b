"""The site as an administrator, a reader and a stranger see it, over a register brought in and published."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from cast import APPOINTED, JUNE, Staffed, a_paper, a_risk, a_staffed_force, accepted, bring
from once import once
from watchkeep.apps.discussion import changes as discussion
from watchkeep.apps.evidence import changes as evidence
from watchkeep.apps.indicators import changes as indicators
from watchkeep.apps.indicators.changes.feeds import FeedValue, open_feed
from watchkeep.apps.indicators.changes.questions import ask_question
from watchkeep.apps.people import changes as people
from watchkeep.apps.people import queries as posts
from watchkeep.apps.publication import changes as publication
from watchkeep.apps.publication import queries as editions
from watchkeep.apps.register import changes as register_changes
from watchkeep.apps.register import queries as registers
from watchkeep.apps.register.models import Register, Risk
from watchkeep.apps.reviews import changes as reviews
from watchkeep.apps.reviews.changes import cycles
from watchkeep.apps.reviews.subjects import see
from watchkeep.apps.scrutiny import changes as scrutiny_changes
from watchkeep.apps.scrutiny import queries as scrutiny
from watchkeep.apps.treatment import changes as treatment
from watchkeep.apps.treatment.models import Commitment
from watchkeep.domain.board import Cadence
from watchkeep.domain.calibration import Question
from watchkeep.domain.check import Check
from watchkeep.domain.commitment import Promise
from watchkeep.domain.control import ControlValue
from watchkeep.domain.indicator import Definition, Reading, Target
from watchkeep.domain.marking import Said
from watchkeep.domain.matrix import Graded, Step
from watchkeep.domain.statement import Sentence
from watchkeep.gateways.storage import FolderStore
from watchkeep.jobs import loading
from web.addresses import ADDRESSES

SLUG = "harbour-risk-register"
MET, MEETS = date(2026, 3, 10), date(2091, 3, 9)  # of the Harbour Board: long past, and far ahead


@dataclass(frozen=True)
class Site:
    """The force, with paper 1 accepted, paper 2 (which differs) a draft, and edition 1 published."""

    force: Staffed
    administrator: Client
    reader: Client
    stranger: Client
    file: str  # the digest of the first paper's file
    ids: dict[str, str] = field(default_factory=dict)  # what web/addresses.py leaves open, by its name

    def address(self, route: str) -> str:
        """Where that route leads on this site."""
        return ADDRESSES[route].format(file=self.file, **self.ids)


def signed_in(person: object) -> Client:
    client = Client()
    client.force_login(person)  # type: ignore[arg-type]  # a Person
    return client


def seen_by(force: Staffed) -> tuple[Client, Client]:
    """The administrator's browser and the reader's."""
    return signed_in(force.administrator_person), signed_in(force.reader_person)


@pytest.fixture
def store(files: Path) -> FolderStore:
    return FolderStore(files)


@pytest.fixture
def empty(staffed: Staffed) -> Site:
    """Nothing brought in yet."""
    return Site(staffed, *seen_by(staffed), Client(), "")


@pytest.fixture
def site(db: None, files: Path, store: FolderStore) -> Site:
    """See `Site`."""
    return the_site(files)


def the_site(files: Path) -> Site:
    """The site of the staffed force, and the files beside its database."""
    return once(lambda: a_site(a_staffed_force(), FolderStore(files)), folder=files.parent)


def a_site(force: Staffed, store: FolderStore) -> Site:
    """The site of that force, with one of each kind of thing; see `Site`."""
    file = store.put(b"first paper")
    store.put(b"second paper")
    accepted(force)
    later = a_paper(
        a_risk("LH1", owner=a_risk("LH1").name), a_risk("LH2"), a_risk("LH9"), day=JUNE, words="second paper"
    )
    bring(force, later, "second paper")
    register = registers.register(force.administrator, SLUG)
    published(force, store, register.id)
    cycles.open_cycle(by=force.risk_manager, register=register.id, period="2031/32 Q1", opened_on=JUNE)
    ids = said_and_attached(force, store)
    for more in (
        scaled,
        held_and_granted,
        controlled,
        governed,
        promised,
        bearing,
        resting,
        answered,
        marked,
        measured,
    ):
        ids |= more(force)
    loading.bring(
        force.administrator, store, b"Month,Value\nJan 2024,many\nFeb 2024,4\n", "a.csv", indicator="K1"
    )
    log = FeedValue("Lamp log", "csv", "{}", address="https://lamps.test/log.csv", indicator="K1")
    open_feed(by=force.administrator, value=log)
    return Site(force, *seen_by(force), Client(), file, ids)


def published(force: Staffed, store: FolderStore, register: UUID) -> None:
    """Edition 1 of the register, with two files."""
    edition = publication.freeze(by=force.administrator, register=register, audience="committee")
    for kind in ("html", "pdf"):
        data = f"<title>{kind}</title>".encode()
        publication.attach_file(
            by=force.administrator,
            edition=edition,
            kind=kind,
            sha256=store.put(data),
            size=len(data),
            name=f"paper.{kind}",
        )
    publication.publish(by=force.administrator, edition=edition)
    assert len(editions.editions(force.reader)) == 1


def marked(force: Staffed) -> dict[str, str]:
    """How fast LH3 would be felt is for the committee and nobody wider."""
    said = Said("committee", "section 31", "It tells which light is weak.", look_again_on=MEETS)
    risk = Risk.objects.get(key="LH3").pk
    rule = publication.mark(by=force.risk_manager, risk=risk, field="velocity", said=said)
    return {"rule": str(rule)}


def scaled(force: Staffed) -> dict[str, str]:
    """A scale that no register uses yet, a category with its appetite, an objective and a shared view."""
    by = force.risk_manager
    bands = (Step("Low", "felt for a day"), Step("High", "felt for a year"))
    levels = (Step("Rare"), Step("Likely"))
    graded = Graded(bands=bands, likelihood=levels, impact=levels, matrix=((1, 1), (1, 2)))
    scale = register_changes.set_scale(by=by, name="Harbour scale", scale=graded, effective_on=APPOINTED)
    category = register_changes.open_category(by=by, name="People", description="Keepers and crews.")
    register_changes.state_appetite(
        by=by,
        category=category,
        version=1,
        scale=scale,
        appetite="Low",
        tolerance="High",
        approved_by="Harbour Board",
        approved_on=APPOINTED,
        effective_on=APPOINTED,
    )
    register = registers.register(by, SLUG).id
    view = register_changes.save_view(by=by, register=register, name="High", query="band=High", shared=True)
    return {
        "scale": str(scale),
        "category": str(category),
        "objective": str(register_changes.open_objective(by=by, name="Every ship comes home")),
        "register": str(register),
        "view": str(view),
    }


def held_and_granted(force: Staffed) -> dict[str, str]:
    """A unit, a post and who holds it, and somebody with a role in the unit alone."""
    by, auditor = force.administrator, force.people["auditor"].pk
    grant = people.grant_role(by=by, person=auditor, role="reader", unit=force.unit, from_on=APPOINTED)
    (held,) = (each for each in posts.holders(by, force.owner_post) if not each.deputy)
    return {
        "unit": str(force.lower_unit),
        "post": str(force.owner_post),
        "holding": str(held.id),
        "grant": str(grant),
        "person": str(auditor),
    }


def controlled(force: Staffed) -> dict[str, str]:
    """C1 of the Oil Officer, which serves LH1 on a cause and was assessed once."""
    by, on = force.risk_manager, APPOINTED
    control = treatment.add_control(
        by=by, value=ControlValue("Oil count"), effective_on=on, owner_post=force.action_post
    )
    risk = Risk.objects.get(key="LH1").pk
    use = treatment.apply_control(by=by, control=control, risk=risk, side="cause", from_on=on)
    check = Check("assessment", 2, on, "Risk Manager", "effective", "effective")
    made = treatment.record_check(by=by, control=control, value=check)
    return {"use": str(use), "check": str(made)}


def measured(force: Staffed) -> dict[str, str]:
    """K1, which leads on a cause of LH1: fourteen steady months and a target."""
    by, first = force.risk_manager, date(2022, 1, 1)
    kept = indicators.open_indicator(
        by=by,
        definition=Definition(
            "Oil counted",
            "litres",
            "up",
            "month",
            theme="Oil",
            measure="Stock",
            from_on=first,
        ),
    )
    readings = [
        Reading(date(2022 + month // 12, month % 12 + 1, 1), 80.0 + 2 * (month % 3)) for month in range(14)
    ]
    indicators.observe(by=by, indicator=kept, readings=readings, source="the tank")
    target = indicators.set_target(by=by, indicator=kept, target=Target(70.0, first))
    risk = Risk.objects.get(key="LH1").pk
    use = indicators.attach(
        by=by, indicator=kept, risk=risk, side="cause", leads=True, from_on=date(2023, 4, 1)
    )
    for text, until in (("Will a lamp go out?", date(2091, 1, 1)), ("Did one?", date(2024, 6, 30))):
        ask_question(by=by, question=Question(text, "Light", date(2024, 1, 1), until))
    return {"target": str(target), "indicator-use": str(use)}


def promised(force: Staffed) -> dict[str, str]:
    """P1 of the Oil Officer, for LH1: it slipped once, and waits for P2."""
    by, risk = force.risk_manager, Risk.objects.get(key="LH1").pk
    first, second = (
        treatment.promise(
            by=by,
            kind="action",
            value=Promise(title, owner_post=force.action_post, due_on=date(2024, 6, 30)),
            risk=risk,
            on=APPOINTED,
        )
        for title in ("Count the oil twice", "Buy a second gauge")
    )
    treatment.slip(
        by=by, commitment=first, version=1, due_on=date(2024, 9, 30), reason="No gauge", on=date(2024, 6, 1)
    )
    waiting = treatment.depend_on(by=by, commitment=first, needs=second, on=APPOINTED)
    bearing = Commitment.objects.get(pk=first).uses.get().pk
    return {"waiting": str(waiting), "bearing": str(bearing)}


def bearing(force: Staffed) -> dict[str, str]:
    """LH1 causes LH2, and something happened around LH1."""
    by = force.risk_manager
    source, target = (Risk.objects.get(key=key).pk for key in ("LH1", "LH2"))
    link = register_changes.link_risks(
        by=by, source=source, target=target, kind="causes", from_on=APPOINTED, note="No oil, no light"
    )
    event = register_changes.record_event(
        by=by, risks=[source], kind="request", title="More oil was asked for", on=APPOINTED
    )
    return {"link": str(link), "event": str(event)}


def resting(force: Staffed) -> dict[str, str]:
    """LH1's line on oil rests on a reading of today."""
    risk, text = Risk.objects.get(key="LH1").pk, "Weekly count of oil"
    basis = evidence.bind(
        by=force.risk_manager,
        risk=risk,
        field="controls",
        text=text,
        rests=evidence.OnReading("40 litres", "The oil log", timezone.localdate()),
    )
    return {"basis": str(basis), "sentence": Sentence("controls:0", 0, len(text), text).key}


def answered(force: Staffed) -> dict[str, str]:
    """Both promises for LH1 are late, which a reader would ask about; of the first somebody said why."""
    by, register = force.risk_manager, Register.objects.get().pk
    late = {
        each.found.text: each.found.key
        for each in scrutiny.findings(by, register)
        if each.found.code == "STALE-01"
    }
    told, untold = late["Count the oil twice"], late["Buy a second gauge"]
    changes = {"answer": "accepted", "reason": "The gauge comes first."}
    scrutiny_changes.answer_finding(by=by, register=register, key=told, **changes)
    return {"finding": untold, "answered": told}


def governed(force: Staffed) -> dict[str, str]:
    """The Harbour Board, which met once over LH1, asked and decided, and is to meet again."""
    by, risk = force.secretary, Risk.objects.get(key="LH1").pk
    board = reviews.open_board(by=by, name="Harbour Board", cadence=Cadence(months=3))
    seat = reviews.seat(by=by, board=board, post=force.chair_post, role="chair", from_on=APPOINTED)
    meeting = reviews.plan_meeting(by=by, board=board, on=MET)
    item = reviews.put_on_agenda(by=by, meeting=meeting, version=1, risk=risk, purpose="challenge")
    reviews.minute_challenge(by=by, item=item, version=1, challenge="Who counts the oil?")
    decision = reviews.minute_decision(by=by, item=item, text="Count it twice.")
    reviews.hold_meeting(by=by, meeting=meeting, version=2)
    ahead = reviews.plan_meeting(by=by, board=board, on=MEETS)
    reviews.put_on_agenda(by=by, meeting=ahead, version=1, risk=risk, purpose="decide")
    return {"seat": str(seat), "item": str(item), "decision": str(decision)}


def said_and_attached(force: Staffed, store: FolderStore) -> dict[str, str]:
    """A comment on LH1, and a file beside it."""
    by = force.administrator
    risk = str(Risk.objects.get(key="LH1").pk)
    subject = see(by, "risk", risk)
    comment = discussion.comment(by=by, subject=subject, text="The lamp smokes.")
    kept = store.put(b"a photograph")
    attachment = discussion.attach(by=by, subject=subject, name="lamp.jpg", sha256=kept, size=12)
    return {"risk": risk, "comment": str(comment), "attachment": str(attachment)}
