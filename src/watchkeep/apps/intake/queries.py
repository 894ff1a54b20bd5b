"""What was brought in, how far its reading is, what the draft says, and what accepting it would do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import timezone

from watchkeep.apps.intake.models import Import, PagePicture, SourceFile
from watchkeep.apps.people.models import Body
from watchkeep.apps.register import queries as register_queries
from watchkeep.apps.register.models import Register, Risk, RiskVersion
from watchkeep.domain import correction, difference
from watchkeep.domain.difference import Difference, Proposal
from watchkeep.domain.document import Doubt, RegisterDocument, State
from watchkeep.domain.document import Risk as RiskValue
from watchkeep.domain.errors import Missing
from watchkeep.domain.people import Actor, must
from watchkeep.domain.period import APRIL, find
from watchkeep.domain.restating import columns_of_trends, restated

ACCEPTED = ("accepted", "partly accepted")
MOST = 0.5  # the share of a paper's references that a register must know to be proposed as its register

# A reading that says nothing for longer has died, and another may take it over: longer than any step may last,
# which is 30 seconds to read the file and 60 to draw its pages.
LEASE = timedelta(seconds=90)


@dataclass(frozen=True, slots=True)
class ImportRow:
    """An import, for a list."""

    id: UUID
    number: int
    name: str
    state: str
    received_at: datetime
    received_by: str
    register: str
    refusal: str


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step of the reading that is done."""

    code: str
    sentence: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PictureRow:
    """A page's picture, by its digest in the store; the page's size in points, as boxes are measured."""

    page: int
    sha256: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class DoubtRow:
    """A doubt, and whether a person has settled it."""

    key: str
    doubt: Doubt
    resolved: bool
    resolved_by: str


@dataclass(frozen=True, slots=True)
class RiskRow:
    """A risk as the draft now reads, what it is to the register, and what was decided about it."""

    value: RiskValue
    proposal: Proposal
    decision: str  # accepted, set aside, or nothing yet
    doubts: tuple[DoubtRow, ...]
    reopens: bool = False  # whether the register closed it, so that accepting would open it again

    @property
    def key(self) -> str:
        """Its key in the paper."""
        return self.value.key


@dataclass(frozen=True, slots=True)
class LackedRisk:
    """A risk of the register that the paper does not have; whether it is closed is for a person to say."""

    id: UUID
    key: str
    label: str
    version: int


@dataclass(frozen=True, slots=True)
class ImportPage:
    """Everything about one import. Without a draft (still waiting, or refused), the lists are empty."""

    row: ImportRow
    sha256: str
    size: int
    steps: tuple[StepRow, ...]
    given: correction.Given
    register: register_queries.RegisterRow | None  # where accepting would put it; none: a new register
    document: RegisterDocument | None  # with corrections applied
    effective_on: date | None
    risks: tuple[RiskRow, ...]
    lacked: tuple[LackedRisk, ...]
    doubts: tuple[DoubtRow, ...]  # of the register as a whole and of every risk
    pictures: tuple[PictureRow, ...]
    heard_at: datetime | None = None  # when its reader last gave a sign, while it is being read

    @property
    def tried_again_at(self) -> datetime | None:
        """When another reader may take it over, if this one gives no sign until then."""
        return self.heard_at + LEASE if self.heard_at else None

    @property
    def waiting(self) -> int:
        """How many risks nobody has decided about."""
        return sum(not each.decision for each in self.risks)


@dataclass(frozen=True, slots=True)
class FilePage:
    """A file that was brought in, and the pictures of its pages: the evidence that a risk's fields name."""

    sha256: str
    name: str
    size: int
    pictures: tuple[PictureRow, ...]


def file_page(viewer: Actor, sha256: str) -> FilePage:
    """A file of the viewer's body, by its digest."""
    must(viewer, "read")
    found = SourceFile.objects.filter(body_id=viewer.body, sha256=sha256).first()
    if found is None:
        raise Missing("There is no such file.")
    pictures = {
        each.page: PictureRow(each.page, each.sha256, each.width, each.height)
        for each in PagePicture.objects.filter(paper__file=found).order_by("page", "pk")
    }
    return FilePage(found.sha256, found.name, found.size, tuple(pictures.values()))


def imports(viewer: Actor) -> tuple[ImportRow, ...]:
    """Every import of the viewer's body, newest first."""
    must(viewer, "read")
    rows = Import.objects.defer("draft").select_related("register").filter(body_id=viewer.body)
    return tuple(_row(each) for each in rows.order_by("-number"))


def import_page(viewer: Actor, number: int) -> ImportPage:
    """Everything about one import, by its number."""
    must(viewer, "read")
    found = (
        Import.objects.select_related("file", "register").filter(body_id=viewer.body, number=number).first()
    )
    if found is None:
        raise Missing("There is no such import.")
    if not found.draft:
        return _page(viewer, found, None, (), (), ())
    plan = plan_of(viewer, found)
    doubts = doubts_of(found)
    decided = decisions_of(found)
    risks = tuple(
        RiskRow(
            value,
            plan.difference.of(value.key),
            decided.get(value.key, ""),
            tuple(each for each in doubts if each.doubt.risk == value.key),
            plan.reopens(plan.difference.of(value.key)),
        )
        for value in plan.document.risks
    )
    lacked = tuple(
        LackedRisk(standing.id, key, standing.label, standing.version)
        for key, standing in plan.standing.items()
        if key in plan.difference.missing and not standing.closed
    )
    return _page(viewer, found, plan, risks, lacked, doubts)


def any_waiting(viewer: Actor) -> bool:
    """Whether any paper waits or is being read: a cheap look, before a claim takes the write lock."""
    return Import.objects.filter(body_id=viewer.body, state__in=("waiting", "reading")).exists()


# --- For the changes of this app ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Standing:
    """A risk of the register that the paper is compared with."""

    id: UUID
    version: int
    effective_on: date
    label: str
    closed: bool
    closed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What accepting a paper would do."""

    document: RegisterDocument
    register: UUID | None
    effective_on: date
    difference: Difference
    standing: dict[str, Standing]  # by key in the register
    same_cover: bool = False  # whether the register as a whole stands as the paper says
    same_file: bool = False  # whether this very file was accepted before

    def reopens(self, proposal: Proposal) -> bool:
        """Whether accepting would open a closed risk again: the paper speaks of a day since it closed."""
        standing = self.standing.get(proposal.match or "")
        if standing is None or standing.closed_on is None or self.nothing_new(proposal):
            return False
        return self.effective_on >= standing.closed_on

    def nothing_new(self, proposal: Proposal) -> bool:
        """The same words for the same day, or from the same file. For another day they say: still so."""
        standing = self.standing.get(proposal.match or "")
        if standing is None or proposal.kind != "same":
            return False
        return self.same_file or standing.effective_on == self.effective_on


def draft_of(found: Import) -> RegisterDocument:
    """The draft as read."""
    return RegisterDocument.model_validate_json(found.draft)


def given_of(found: Import) -> correction.Given:
    """What the person said of the paper at the door."""
    means = found.rising_means
    return correction.Given(
        body=found.given_body,
        register=found.given_register,
        period=found.given_period,
        as_at=found.given_as_at,
        rising_means="worsening" if means == "worsening" else "improving" if means == "improving" else None,
        by=found.received_by,
    )


def corrected_of(found: Import) -> RegisterDocument:
    """The draft with what people said laid over it."""
    told = [
        correction.Told(each.risk, each.path, _state(each.state), each.text, each.by_name)
        for each in found.corrections.order_by("number")
    ]
    return correction.corrected(draft_of(found), given_of(found), told)


def decisions_of(found: Import) -> dict[str, str]:
    """What was last decided about each risk of the paper."""
    return dict(found.decisions.order_by("number").values_list("key", "outcome"))


def doubts_of(found: Import) -> tuple[DoubtRow, ...]:
    """The doubts of the draft. One is settled, too, where a person set the field that it is about right."""
    resolved = dict(found.resolved.values_list("doubt", "by_name"))
    told = {(each.risk, each.path): each.by_name for each in found.corrections.order_by("number")}
    rows = []
    for doubt in draft_of(found).doubts:
        key = correction.doubt_key(doubt)
        by = resolved.get(key) or told.get((doubt.risk or "", doubt.field or "-")) or ""
        rows.append(DoubtRow(key, doubt, bool(by), by))
    return tuple(rows)


def plan_of(viewer: Actor, found: Import) -> Plan:
    """Match the corrected draft against its register, as that stood on the paper's day."""
    document = corrected_of(found)
    register = found.register_id or _register_named(viewer, document.name.text)
    effective_on = document.as_at.on or timezone.localdate(found.received_at)
    if register is None:
        return Plan(document, None, effective_on, difference.match(RegisterDocument(), document), {})
    year_start = _year_start(viewer)
    before, standing = _standing(viewer, register, effective_on, year_start)
    return Plan(
        document=document,
        register=register,
        effective_on=effective_on,
        difference=difference.match(before, document, year_start=year_start),
        standing=standing,
        same_cover=difference.same_cover(before, document),
        same_file=Import.objects.filter(file=found.file, register=register, state__in=ACCEPTED)
        .exclude(pk=found.pk)
        .exists(),
    )


def likely_register(viewer: Actor, document: RegisterDocument) -> Register | None:
    """The register that a paper most likely is: of its name, else knowing most of its references."""
    named = _register_named(viewer, document.name.text)
    if named:
        return Register.objects.get(pk=named)
    references = {risk.reference.text for risk in document.risks if risk.reference.recorded}
    if not references:
        return None
    known = Risk.objects.filter(register__body_id=viewer.body, reference__in=references)
    counts: dict[UUID, int] = {}
    for register_id in known.values_list("register_id", flat=True):
        counts[register_id] = counts.get(register_id, 0) + 1
    best = max(counts, key=lambda each: (counts[each], str(each)), default=None)
    if best is None or counts[best] < MOST * len(references):
        return None
    return Register.objects.get(pk=best)


# --- Beneath the queries ------------------------------------------------------------------------------------


def _standing(
    viewer: Actor, register: UUID, effective_on: date, year_start: int
) -> tuple[RegisterDocument, dict[str, Standing]]:
    """The register as at the paper's day, with every risk it ever had.

    One that is closed, or that the register learned of only later, may be in the paper too.
    """
    before = register_queries.document(viewer, register, as_of=effective_on, closed_too=True)
    latest = register_queries.document(viewer, register, closed_too=True)
    have = {risk.key for risk in before.risks}
    later = [risk for risk in latest.risks if risk.key not in have]
    risks = (*before.risks, *_told_later(later, latest, before, year_start))
    known = {
        risk.key: Standing(risk.pk, risk.version, date.min, str(risk), risk.state == "closed", risk.closed_on)
        for risk in Risk.objects.filter(register_id=register)
    }
    days = RiskVersion.objects.filter(risk__register_id=register, effective_on__lte=effective_on)
    for key, on in days.values_list("risk__key", "effective_on"):
        if on > known[key].effective_on:
            known[key] = replace(known[key], effective_on=on)
    return before.model_copy(update={"risks": risks}), known


def _told_later(
    risks: Iterable[RiskValue], latest: RegisterDocument, before: RegisterDocument, year_start: int
) -> tuple[RiskValue, ...]:
    """Risks under the trend columns of a later cover, restated under those of an earlier one. Where there
    is none, the paper is compared with them as they are."""
    later, earlier = (find(each.period.text or "", year_start=year_start) for each in (latest, before))
    columns = columns_of_trends(before.columns, before.risks)
    if not columns:
        return tuple(risks)
    return tuple(restated(each, told_in=later, columns=columns, paper=earlier) for each in risks)


def _year_start(viewer: Actor) -> int:
    """The month in which the year of the viewer's body starts."""
    months = Body.objects.filter(pk=viewer.body).values_list("year_starts_month", flat=True)
    return months.first() or APRIL


def _register_named(viewer: Actor, name: str | None) -> UUID | None:
    if not name:
        return None
    found = Register.objects.filter(body_id=viewer.body, name__iexact=name[:300]).first()
    return found.pk if found else None


def kept_files(viewer: Actor) -> dict[str, str]:
    """Every file that the store must hold for what was brought in: digest, and its name to people."""
    must(viewer, "read")
    pictures = PagePicture.objects.filter(paper__body_id=viewer.body).order_by("paper__number", "page")
    files = SourceFile.objects.filter(body_id=viewer.body).order_by("name")
    named = {
        digest: f"the picture of page {page} of {name}"
        for digest, page, name in pictures.values_list("sha256", "page", "paper__name")
    }
    return named | {digest: f"the paper {name}" for digest, name in files.values_list("sha256", "name")}


def _page(
    viewer: Actor,
    found: Import,
    plan: Plan | None,
    risks: tuple[RiskRow, ...],
    lacked: tuple[LackedRisk, ...],
    doubts: tuple[DoubtRow, ...],
) -> ImportPage:
    register = plan.register if plan else found.register_id
    return ImportPage(
        row=_row(found),
        sha256=found.file.sha256,
        size=found.file.size,
        steps=tuple(StepRow(each.code, each.sentence, each.at) for each in found.steps.order_by("position")),
        given=given_of(found),
        register=register_queries.register(viewer, register) if register else None,
        document=plan.document if plan else None,
        effective_on=plan.effective_on if plan else None,
        risks=risks,
        lacked=lacked,
        doubts=doubts,
        pictures=tuple(
            PictureRow(each.page, each.sha256, each.width, each.height)
            for each in found.pictures.order_by("page")
        ),
        heard_at=found.claimed_at if found.state == "reading" else None,
    )


def _row(found: Import) -> ImportRow:
    return ImportRow(
        found.pk,
        found.number,
        found.name,
        found.state,
        found.received_at,
        found.received_by,
        found.register.name if found.register else "",
        found.refusal,
    )


def _state(text: str) -> State:
    return (
        "recorded" if text == "recorded" else "not applicable" if text == "not applicable" else "not recorded"
    )
