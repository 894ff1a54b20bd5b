"""Which promises there are, how they stand, how often they slipped: as at a day, as known at a moment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from watchkeep.apps.history.standing import ends, holding, standing, told
from watchkeep.apps.register.queries import visible_risks
from watchkeep.apps.register.queries.scope import WHOLE_BODY
from watchkeep.apps.treatment.models import Commitment, CommitmentUse, CommitmentVersion, Dependence
from watchkeep.apps.treatment.queries.promised import facts_of, grouped, telling_of, value_of
from watchkeep.domain import commitment as rules
from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.commitment import Facts, Kind, Promise, Slip, Standing, Telling
from watchkeep.domain.people import Actor, may, must


@dataclass(frozen=True, slots=True)
class BearingRow:
    """A promise bears on a risk, or on one part of it."""

    id: UUID
    risk: UUID
    risk_key: str
    risk_label: str
    register: str  # its slug
    part: str
    from_on: date
    until_on: date | None
    until_reason: str


@dataclass(frozen=True, slots=True)
class CommitmentRow:
    """A promise as it stood, with the risks that the viewer may see and every slip that was known."""

    id: UUID
    reference: str
    kind: Kind
    value: Promise
    owner: str  # the post's title; none where nobody owns it
    facts: Facts
    standing: Standing
    since: date  # the day from which this was said
    outcome_note: str
    effect_note: str
    control: UUID | None  # what it became
    control_label: str
    version: int
    bears_on: tuple[BearingRow, ...]
    slips: tuple[Slip, ...]
    original_due: date | None
    slipped: int | None  # days, from the first day promised to the one that stands
    waiting: frozenset[UUID]  # the open promises that cannot be kept before this one

    @property
    def label(self) -> str:
        """Its reference and its title."""
        return f"{self.reference} {self.value.title}"

    @property
    def title(self) -> str:
        """What is promised."""
        return self.value.title

    @property
    def due_on(self) -> date | None:
        """The day that stands."""
        return self.value.due_on

    @property
    def spoken(self) -> str:
        """Its state in a few words."""
        return rules.spoken(self.standing, self.kind)

    @property
    def risks(self) -> tuple[BearingRow, ...]:
        """One bearing for each risk, however many of its parts."""
        return tuple({each.risk: each for each in reversed(self.bears_on)}.values())[::-1]


def visible_commitments(viewer: Actor) -> QuerySet[Commitment]:
    """The promises that the viewer may see: those that ever bore on a risk that they may see, and those of
    their posts; all of the body for who keeps its promises or sees everything.
    """
    must(viewer, "read")
    found = Commitment.objects.filter(body_id=viewer.body)
    if not may(viewer, "change controls", WHOLE_BODY) or not may(viewer, "see everything", WHOLE_BODY):
        return found
    bore = CommitmentUse.objects.filter(commitment=OuterRef("pk"), risk__in=visible_risks(viewer))
    owned = CommitmentVersion.objects.filter(commitment=OuterRef("pk"), owner_post__in=sorted(viewer.posts))
    return found.filter(Q(Exists(bore)) | Q(Exists(owned)))


def commitments(viewer: Actor, clock: Clock = PRESENT) -> tuple[CommitmentRow, ...]:
    """Every promise that the viewer may see, the gravest and longest overdue first."""
    return rows_of(viewer, visible_commitments(viewer), clock)


def commitments_of(viewer: Actor, risk: UUID, clock: Clock = PRESENT) -> tuple[CommitmentRow, ...]:
    """The promises that bear on a risk; none where the viewer may not see the risk."""
    must(viewer, "read")
    of_it = CommitmentUse.objects.filter(risk=risk, risk__in=visible_risks(viewer))
    bearing = holding(of_it, clock, timezone.localdate()).values("commitment")
    return rows_of(viewer, Commitment.objects.filter(pk__in=bearing), clock)


def commitments_of_post(post_id: UUID, on: date) -> tuple[CommitmentRow, ...]:
    """The open promises of a post on a day, for notices, reviews and the home page: no viewer is asked, and
    no risk is named.
    """
    of_it = Commitment.objects.filter(versions__owner_post=post_id).distinct()
    clock = Clock(as_at=on)
    rows = _assembled(_standing_rows(of_it, clock), {}, clock)
    return tuple(each for each in rows if each.value.owner_post == post_id and not each.standing.settled)


def rows_of(viewer: Actor, among: QuerySet[Commitment], clock: Clock) -> tuple[CommitmentRow, ...]:
    """These promises as they stood, in five statements however many there are."""
    versions = _standing_rows(among, clock)
    return _assembled(versions, _bearings(viewer, versions, clock), clock)


def open_waiting(clock: Clock) -> QuerySet[Dependence]:
    """Who waits for whom on the clock's day."""
    return holding(Dependence.objects.all(), clock, timezone.localdate())


# --- Beneath the queries ------------------------------------------------------------------------------------


def _standing_rows(among: QuerySet[Commitment], clock: Clock) -> list[CommitmentVersion]:
    versions = standing(CommitmentVersion.objects.all(), "commitment", among, clock)
    return list(versions.select_related("commitment", "owner_post", "control"))


def _assembled(
    versions: list[CommitmentVersion], bearings: dict[UUID, list[BearingRow]], clock: Clock
) -> tuple[CommitmentRow, ...]:
    day = clock.day or timezone.localdate()
    tellings = _tellings(versions, clock)
    waiting = _waiting(versions, clock, day)
    rows = [
        _row(
            each,
            tuple(bearings.get(each.commitment_id, ())),
            tellings[each.commitment_id],
            waiting.get(each.commitment_id, frozenset()),
            day,
        )
        for each in versions
    ]
    return tuple(sorted(rows, key=by_urgency))


def by_urgency(row: CommitmentRow) -> tuple[int, int, tuple[int, str]]:
    """The gravest state first, in it the longest past its day, then by reference."""
    days = row.standing.days
    gravity = list(rules.STATES).index(row.standing.state)
    return gravity, -days if days is not None else 0, place(row.reference)


def place(reference: str) -> tuple[int, str]:
    """P2 before P10."""
    digits = reference.lstrip("P")
    return (int(digits) if digits.isdecimal() else 0, reference)


def _tellings(versions: Iterable[CommitmentVersion], clock: Clock) -> dict[UUID, list[Telling]]:
    of = CommitmentVersion.objects.filter(commitment__in=[each.commitment_id for each in versions])
    names = ("commitment_id", "number", "effective_on", "due_on", "due", "slip_reason", "by")
    found: dict[UUID, list[Telling]] = defaultdict(list)
    for each in told(of, clock).only(*names).order_by("number"):
        found[each.commitment_id].append(telling_of(each))
    return found


def _bearings(
    viewer: Actor, versions: Iterable[CommitmentVersion], clock: Clock
) -> dict[UUID, list[BearingRow]]:
    of = CommitmentUse.objects.filter(
        commitment__in=[each.commitment_id for each in versions], risk__in=visible_risks(viewer)
    )
    return bearings_by(holding(of, clock, timezone.localdate()), clock)


def bearings_by(uses: QuerySet[CommitmentUse], clock: Clock) -> dict[UUID, list[BearingRow]]:
    """Uses as rows, under their promises, in one statement, and one more at a moment."""
    found: dict[UUID, list[BearingRow]] = defaultdict(list)
    order = ("risk__reference", "risk__key", "part", "from_on")
    rows = uses.select_related("risk__register").order_by(*order)
    until = ends(rows, clock.known_at)
    for each in rows:
        found[each.commitment_id].append(
            BearingRow(
                id=each.pk,
                risk=each.risk_id,
                risk_key=each.risk.key,
                risk_label=str(each.risk),
                register=each.risk.register.slug,
                part=each.part,
                from_on=each.from_on,
                until_on=until[each.pk].on,
                until_reason=until[each.pk].reason,
            )
        )
    return found


def _waiting(versions: list[CommitmentVersion], clock: Clock, day: date) -> dict[UUID, frozenset[UUID]]:
    """The open promises that wait for each, and for these; one that is settled waits for nothing."""
    bodies = {each.commitment.body_id for each in versions}
    pairs = open_waiting(clock).filter(needs__body__in=bodies)
    dependants = grouped(pairs.values_list("needs_id", "dependant_id"))
    every = {each for those in dependants.values() for each in those}
    settled = _settled(every - {each.commitment_id for each in versions}, clock, day) if every else set()
    settled |= {each.commitment_id for each in versions if rules.stands(facts_of(each), day).settled}
    ids = [each.commitment_id for each in versions]
    return {each: rules.waiting_for(dependants, each) - settled for each in ids}


def _settled(which: set[UUID], clock: Clock, day: date) -> set[UUID]:
    among = Commitment.objects.filter(pk__in=which)
    rows = standing(CommitmentVersion.objects.all(), "commitment", among, clock).select_related("commitment")
    return {each.commitment_id for each in rows if rules.stands(facts_of(each), day).settled}


def _row(
    each: CommitmentVersion,
    bearings: tuple[BearingRow, ...],
    tellings: list[Telling],
    waiting: frozenset[UUID],
    day: date,
) -> CommitmentRow:
    facts = facts_of(each)
    return CommitmentRow(
        id=each.commitment_id,
        reference=each.commitment.reference,
        kind=facts.kind,
        value=value_of(each),
        owner=each.owner_post.title if each.owner_post else "",
        facts=facts,
        standing=rules.stands(facts, day),
        since=each.effective_on,
        outcome_note=each.outcome_note,
        effect_note=each.effect_note,
        control=each.control_id,
        control_label=str(each.control) if each.control else "",
        version=each.commitment.version,
        bears_on=bearings,
        slips=rules.slips(tellings),
        original_due=rules.original_day(tellings),
        slipped=rules.total_slip(tellings, each.due_on),
        waiting=waiting,
    )
