"""Which controls there are, what they serve and what can be said of them: as at a day, as known then."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from watchkeep.apps.history.standing import End, ends, holding, standing, told
from watchkeep.apps.register.queries import visible_risks
from watchkeep.apps.register.queries.scope import WHOLE_BODY
from watchkeep.apps.treatment.conversion import check_of, state_of
from watchkeep.apps.treatment.models import Check as CheckRecord
from watchkeep.apps.treatment.models import Control, ControlUse, ControlVersion
from watchkeep.domain.assurance import Cover, cover
from watchkeep.domain.check import Check
from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.control import State
from watchkeep.domain.effectiveness import Effectiveness, effectiveness
from watchkeep.domain.people import Actor, may, must


@dataclass(frozen=True, slots=True)
class UseRow:
    """A control serves a risk, or one part of it."""

    id: UUID
    control: UUID
    risk: UUID
    risk_key: str
    risk_label: str
    register: str  # its slug
    part: str
    side: str
    from_on: date
    until_on: date | None
    until_reason: str


@dataclass(frozen=True, slots=True)
class ControlRow:
    """A control as it stood, with the risks that the viewer may see and the checks that were known."""

    id: UUID
    reference: str
    name: str
    description: str
    kind: str
    frequency: str
    state: State
    since: date
    reason: str
    owner_post: UUID | None
    owner: str
    tolerated: int | None
    version: int
    uses: tuple[UseRow, ...]
    checks: tuple[Check, ...]
    effectiveness: Effectiveness
    cover: Cover

    @property
    def label(self) -> str:
        """Its reference and its name."""
        return f"{self.reference} {self.name}"

    @property
    def in_force(self) -> bool:
        """Whether it is there to hold anything back."""
        return self.state == "in force"

    @property
    def risks(self) -> tuple[UseRow, ...]:
        """One use for each risk, however many of its parts the control serves."""
        return tuple({each.risk: each for each in reversed(self.uses)}.values())[::-1]


def visible_controls(viewer: Actor) -> QuerySet[Control]:
    """The controls that the viewer may see: those that ever served a risk that they may see, and those of
    their posts; all of the body for who keeps its controls or sees everything.
    """
    must(viewer, "read")
    found = Control.objects.filter(body_id=viewer.body)
    if not may(viewer, "change controls", WHOLE_BODY) or not may(viewer, "see everything", WHOLE_BODY):
        return found
    served = ControlUse.objects.filter(control=OuterRef("pk"), risk__in=visible_risks(viewer))
    owned = ControlVersion.objects.filter(control=OuterRef("pk"), owner_post__in=sorted(viewer.posts))
    return found.filter(Q(Exists(served)) | Q(Exists(owned)))


def controls(viewer: Actor, clock: Clock = PRESENT) -> tuple[ControlRow, ...]:
    """Every control that the viewer may see, in the order of their references."""
    return rows_of(viewer, visible_controls(viewer), clock)


def controls_of(viewer: Actor, risk: UUID, clock: Clock = PRESENT) -> tuple[tuple[UseRow, ControlRow], ...]:
    """The controls that serve a risk, each with how it does; none where the viewer may not see the risk."""
    must(viewer, "read")
    of_it = ControlUse.objects.filter(risk=risk, risk__in=visible_risks(viewer))
    serving = holding(of_it, clock, timezone.localdate()).values("control")
    found = {each.id: each for each in rows_of(viewer, Control.objects.filter(pk__in=serving), clock)}
    return tuple((use, row) for row in found.values() for use in row.uses if use.risk == risk)


def rows_of(viewer: Actor, among: QuerySet[Control], clock: Clock) -> tuple[ControlRow, ...]:
    """These controls as they stood, in three statements however many there are."""
    versions = standing(ControlVersion.objects.all(), "control", among, clock)
    found = list(versions.select_related("control", "owner_post"))
    ids = [each.control_id for each in found]
    uses, checks = uses_of(viewer, ids, clock), checks_of(ids, clock)
    day = clock.day or timezone.localdate()
    rows = [_row(each, tuple(uses[each.control_id]), tuple(checks[each.control_id]), day) for each in found]
    return tuple(sorted(rows, key=lambda each: _place(each.reference)))


def uses_of(viewer: Actor, among: list[UUID], clock: Clock) -> dict[UUID, list[UseRow]]:
    """What these controls serve on the clock’s day, as far as the viewer may see it."""
    uses = holding(ControlUse.objects.filter(control__in=among), clock, timezone.localdate())
    return grouped_uses(uses.filter(risk__in=visible_risks(viewer)), clock)


def grouped_uses(uses: QuerySet[ControlUse], clock: Clock) -> dict[UUID, list[UseRow]]:
    """Uses as rows, under their controls, in one statement, and one more at a moment."""
    found: dict[UUID, list[UseRow]] = defaultdict(list)
    ordered = uses.select_related("risk__register").order_by(
        "risk__reference", "risk__key", "part", "from_on"
    )
    until = ends(ordered, clock.known_at)
    for each in ordered:
        found[each.control_id].append(_use(each, until[each.pk]))
    return found


def checks_of(among: list[UUID], clock: Clock) -> dict[UUID, list[Check]]:
    """The checks of these controls that stand: what was corrected gives way to its correction once that is
    known.
    """
    found: dict[UUID, list[Check]] = defaultdict(list)
    for each in standing_checks(CheckRecord.objects.filter(control__in=among), clock):
        found[each.control_id].append(check_of(each))
    return found


def standing_checks(checks: QuerySet[CheckRecord], clock: Clock) -> QuerySet[CheckRecord]:
    """Of these checks those that stand, the latest last."""
    corrections = CheckRecord.objects.filter(supersedes=OuterRef("pk"))
    if clock.known_at is not None:
        corrections = corrections.filter(known_at__lte=clock.known_at)
    return told(checks, clock).exclude(Exists(corrections)).order_by("effective_on", "known_at", "pk")


def _row(
    version: ControlVersion, uses: tuple[UseRow, ...], checks: tuple[Check, ...], day: date
) -> ControlRow:
    return ControlRow(
        id=version.control_id,
        reference=version.control.reference,
        name=version.name,
        description=version.description,
        kind=version.kind,
        frequency=version.frequency,
        state=state_of(version.state),
        since=version.effective_on,
        reason=version.reason,
        owner_post=version.owner_post_id,
        owner=version.owner_post.title if version.owner_post else "",
        tolerated=version.tolerated,
        version=version.control.version,
        uses=uses,
        checks=checks,
        effectiveness=effectiveness(checks, day, version.tolerated),
        cover=cover(checks, day),
    )


def _use(each: ControlUse, until: End) -> UseRow:
    return UseRow(
        id=each.pk,
        control=each.control_id,
        risk=each.risk_id,
        risk_key=each.risk.key,
        risk_label=str(each.risk),
        register=each.risk.register.slug,
        part=each.part,
        side=each.side,
        from_on=each.from_on,
        until_on=until.on,
        until_reason=until.reason,
    )


def _place(reference: str) -> tuple[int, str]:
    """C2 before C10."""
    digits = reference.lstrip("C")
    return (int(digits) if digits.isdecimal() else 0, reference)
