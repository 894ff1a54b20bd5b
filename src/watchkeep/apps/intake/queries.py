"""What was brought in, how far its reading is, what the draft says, and what accepting it would do."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Max, QuerySet
from django.utils import timezone

from watchkeep.apps.intake.models import Decision, Import, PagePicture, SourceFile
from watchkeep.apps.people.models import Body
from watchkeep.apps.register import queries as register_queries
from watchkeep.apps.register.models import Register, Risk, RiskVersion
from watchkeep.domain import correction, difference
from watchkeep.domain.clock import Clock
from watchkeep.domain.difference import Difference, FieldChange, Proposal
from watchkeep.domain.document import Doubt, Field, RegisterDocument, State
from watchkeep.domain.document import Risk as RiskValue
from watchkeep.domain.errors import Missing
from watchkeep.domain.fields import LISTS, SET
from watchkeep.domain.people import Actor, must
from watchkeep.domain.period import APRIL, find
from watchkeep.domain.restating import columns_of_trends, restated

ACCEPTED = ("accepted", "partly accepted")
ARROWS = "arrows-assumed"
MOST = 0.5  # the share of a paper's references that a register must know to be proposed as its register

# A reading that says nothing for longer has died, and another may take it over: longer than any step may
# last, which is 30 seconds to read the file and 60 to draw its pages.
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

    @property
    def waits_by_itself(self) -> bool:
        """Whether the paper would overwrite what a person set, so that accepting all leaves it out."""
        return not self.decision and own_decision(self.proposal)


@dataclass(frozen=True, slots=True)
class LackedRisk:
    """A risk of the register that the paper does not have; whether it is closed is for a person to say."""

    id: UUID
    key: str
    label: str
    version: int


@dataclass(frozen=True, slots=True)
class Earlier:
    """The last time that this very file was brought in and accepted into the register."""

    number: int
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Taken:
    """Who last accepted anything of a paper, and when."""

    by: str
    at: datetime


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
    version: int = 0  # goes back with every decision: how many fields were set right by then
    earlier: Earlier | None = None
    arrows_from_before: bool = False  # whether what they mean was said of the register's earlier paper

    @property
    def waiting_together(self) -> int:
        """How many risks accepting all takes."""
        return self.waiting - self.waiting_by_themselves

    heard_at: datetime | None = None  # when its reader last gave a sign, while it is being read

    @property
    def tried_again_at(self) -> datetime | None:
        """When another reader may take it over, if this one gives no sign until then."""
        return self.heard_at + LEASE if self.heard_at else None

    @property
    def waiting_by_themselves(self) -> int:
        """How many risks accepting all leaves out, since a person set what the paper would overwrite."""
        return sum(each.waits_by_itself for each in self.risks)

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
    """A file that the viewer may see, by its digest."""
    found = _files(viewer).filter(sha256=sha256).first()
    if found is None:
        raise Missing("There is no such file.")
    pictures = {
        each.page: PictureRow(each.page, each.sha256, each.width, each.height)
        for each in PagePicture.objects.filter(paper__file=found, paper__in=visible(viewer)).order_by(
            "page", "pk"
        )
    }
    return FilePage(found.sha256, found.name, found.size, tuple(pictures.values()))


def visible(viewer: Actor) -> QuerySet[Import]:
    """The imports into registers that the viewer may read; one that is in none yet is seen by a role for
    the whole body.
    """
    must(viewer, "read")
    found = Import.objects.filter(body_id=viewer.body)
    return found if viewer.role else found.filter(register__in=register_queries.visible(viewer))


def _files(viewer: Actor) -> QuerySet[SourceFile]:
    found = SourceFile.objects.filter(body_id=viewer.body)
    return found if viewer.role else found.filter(pk__in=visible(viewer).values("file"))


def imports(viewer: Actor) -> tuple[ImportRow, ...]:
    """Every import that the viewer may see, newest first."""
    rows = visible(viewer).defer("draft").select_related("register")
    return tuple(_row(each) for each in rows.order_by("-number"))


def import_page(viewer: Actor, number: int) -> ImportPage:
    """Everything about one import, by its number."""
    found = visible(viewer).select_related("file", "register").filter(number=number).first()
    if found is None:
        raise Missing("There is no such import.")
    if not found.draft:
        return _page(viewer, found, None, (), (), ())
    settled = settled_of(found)
    plan = plan_of(viewer, found, settled)
    doubts = doubts_of(found, settled)
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
    page = _page(viewer, found, plan, risks, lacked, doubts)
    last = settled.earlier
    return replace(
        page,
        earlier=Earlier(last.number, last.received_at, last.received_by) if last else None,
        arrows_from_before=settled.arrows_from_before,
    )


def taken(viewer: Actor, number: int, risk: str = "") -> Taken | None:
    """Who last accepted a paper, or one risk of it, and when."""
    rows = Decision.objects.filter(paper__in=visible(viewer), paper__number=number, outcome="accepted")
    last = (rows.filter(key=risk) if risk else rows).order_by("-number").first()
    return Taken(last.by_name, last.at) if last else None


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


@dataclass(frozen=True, slots=True)
class Settled:
    """The draft with all that people said laid over it: of this paper, of this very file before, and of its
    register."""

    document: RegisterDocument
    register: UUID | None
    papers: tuple[Import, ...]  # this very file as it was accepted before into this register; this one last
    told: tuple[tuple[correction.Told, ...], ...]  # what people set right of each of these
    arrows_from_before: bool = False

    @property
    def earlier(self) -> Import | None:
        """The last time that this very file was accepted into this register."""
        return self.papers[-2] if len(self.papers) > 1 else None


def settled_of(found: Import) -> Settled:
    """Lay over the draft what was said of this very file before, then of this paper, then what stands."""
    value = draft_of(found)
    papers = (*_accepted_before(found, found.given_register or value.name.text), found)
    told = tuple(_told_of(each) for each in papers)
    for paper, said in zip(papers[:-1], told[:-1], strict=True):
        value = correction.settled_before(value, given_of(paper), said)
    value = correction.corrected(value, given_of(found), told[-1])
    register = found.register_id or _register_named(found.body_id, value.name.text)
    if register is None:
        return Settled(value, None, papers, told)
    on = _effective_on(found, value)
    cover = register_queries.cover_as_at(register, Clock(on)) or register_queries.cover_as_at(register)
    standing = RegisterDocument.model_validate_json(cover.document) if cover else RegisterDocument()
    from_before = value.rising_basis == "assumed" and standing.rising_basis in ("confirmed", "stated")
    if from_before:
        value = correction.rising(value, standing.rising_means)
    name = Register.objects.values_list("name", flat=True).get(pk=register)
    settled = Settled(value, register, papers, told, from_before)
    return replace(settled, document=_as_the_register_is_called(settled, name, standing.body))


def version_of(found: Import) -> int:
    """The number of the last correction of a draft; none was made at 0."""
    last: int | None = found.corrections.aggregate(last=Max("number"))["last"]
    return last or 0


def corrected_of(found: Import) -> RegisterDocument:
    """The draft with what people said laid over it."""
    return settled_of(found).document


def own_decision(proposal: Proposal) -> bool:
    """Whether the paper would overwrite what a person set: that is for a person to decide, risk by risk."""
    return any(each.set_by for each in proposal.changes)


def decisions_of(found: Import) -> dict[str, str]:
    """What was last decided about each risk of the paper."""
    return dict(found.decisions.order_by("number").values_list("key", "outcome"))


def doubts_of(found: Import, settled: Settled | None = None) -> tuple[DoubtRow, ...]:
    """The doubts of the draft, and of the dates that people gave. One is settled, too, where a person set the
    field that it is about right, now or when this very file was accepted before."""
    settled = settled or settled_of(found)
    resolved: dict[str, str] = {}
    told: dict[tuple[str, str], correction.Told] = {}
    means = ""
    for paper, said in zip(settled.papers, settled.told, strict=True):
        resolved |= dict(paper.resolved.values_list("doubt", "by_name"))
        told |= {(each.risk, each.path): each for each in said}
        means = paper.received_by if paper.rising_means else means
    dates = {
        correction.doubt_key(doubt): doubt
        for each in told.values()
        if (doubt := correction.unclear_date(each)) is not None
    }
    rows = []
    for doubt in draft_of(found).doubts:
        key = correction.doubt_key(doubt)
        if key in dates or (doubt.code == ARROWS and settled.arrows_from_before):
            continue
        set_right = told.get((doubt.risk or "", doubt.field or "-"))
        settler = means if doubt.code == ARROWS else set_right.by if set_right else ""
        by = resolved.get(key) or settler
        rows.append(DoubtRow(key, doubt, bool(by), by))
    given = (DoubtRow(key, doubt, key in resolved, resolved.get(key, "")) for key, doubt in dates.items())
    return (*rows, *given)


def plan_of(viewer: Actor, found: Import, settled: Settled | None = None) -> Plan:
    """Match the corrected draft against its register, as that stood on the paper's day."""
    settled = settled or settled_of(found)
    document, register = settled.document, settled.register
    effective_on = _effective_on(found, document)
    if register is None:
        return Plan(document, None, effective_on, difference.match(RegisterDocument(), document), {})
    year_start = _year_start(viewer)
    before, standing = _standing(viewer, register, effective_on, year_start)
    return Plan(
        document=document,
        register=register,
        effective_on=effective_on,
        difference=_told_who_set(
            difference.match(before, document, year_start=year_start),
            standing,
            settled.told[-1],
            effective_on,
        ),
        standing=standing,
        same_cover=difference.same_cover(before, document),
        same_file=Import.objects.filter(file=found.file, register=register, state__in=ACCEPTED)
        .exclude(pk=found.pk)
        .exists(),
    )


def compared(
    viewer: Actor, found: Import, document: RegisterDocument, register: UUID | None
) -> Difference | None:
    """What a document would be to the register of a paper; nothing where that is new."""
    if register is None:
        return None
    year_start = _year_start(viewer)
    before, _ = _standing(viewer, register, _effective_on(found, document), year_start)
    return difference.match(before, document, year_start=year_start)


def register_of_file(found: Import) -> Register | None:
    """The register that this very file was last accepted into."""
    same = Import.objects.filter(file=found.file_id, state__in=ACCEPTED).exclude(pk=found.pk)
    last = same.select_related("register").order_by("-number").first()
    return last.register if last else None


def likely_register(viewer: Actor, document: RegisterDocument) -> Register | None:
    """The register that a paper most likely is: of its name, else knowing most of its references."""
    named = _register_named(UUID(viewer.body), document.name.text)
    if named:
        return Register.objects.get(pk=named)
    references = {risk.reference.text for risk in document.risks if risk.reference.recorded}
    if not references:
        return None
    known = register_queries.visible_risks(viewer).filter(reference__in=references)
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
    before = register_queries.document(viewer, register, Clock(effective_on), closed_too=True)
    latest = register_queries.document(viewer, register, closed_too=True)
    have = {risk.key for risk in before.risks}
    later = [risk for risk in latest.risks if risk.key not in have]
    risks = (*before.risks, *_told_later(later, latest, before, year_start))
    known = {
        risk.key: Standing(risk.pk, risk.version, date.min, str(risk), risk.state == "closed", risk.closed_on)
        for risk in Risk.objects.filter(register_id=register)
    }
    days = RiskVersion.objects.filter(risk__register_id=register, effective_on__lte=effective_on)
    for key, on in days.order_by().values_list("risk__key").annotate(Max("effective_on")):
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


def _told_of(found: Import) -> tuple[correction.Told, ...]:
    """The fields of one paper that people set right, in order."""
    return tuple(
        correction.Told(each.risk, each.path, _state(each.state), each.text, each.by_name)
        for each in found.corrections.order_by("number")
    )


def _effective_on(found: Import, document: RegisterDocument) -> date:
    return document.as_at.on or timezone.localdate(found.received_at)


def _accepted_before(found: Import, name: str | None) -> tuple[Import, ...]:
    register = found.register_id or _register_named(found.body_id, name)
    if register is None:
        return ()
    same = Import.objects.filter(file=found.file_id, register=register, number__lt=found.number)
    return tuple(same.filter(state__in=ACCEPTED).defer("draft").order_by("number"))


def _as_the_register_is_called(settled: Settled, name: str, body: Field) -> RegisterDocument:
    """The register keeps its name, and a body that a person gave, unless a person says otherwise of this
    paper: what papers say of themselves varies."""
    value, papers = settled.document, settled.papers
    told = {each.path for said in settled.told for each in said if not each.risk}
    update: dict[str, Field] = {}
    named = "name" in told or any(each.given_register for each in papers)
    if not named and (value.name.text or "")[:300] != name:
        update["name"] = Field(state="recorded", text=name, reason="the register's own name")
    placed = "body" in told or any(each.given_body for each in papers)
    if not placed and body.reason.startswith(("given by ", *SET)):
        update["body"] = body
    return value.model_copy(update=update)


def _told_who_set(
    found: Difference,
    standing: dict[str, Standing],
    set_right: Iterable[correction.Told],
    effective_on: date,
) -> Difference:
    """The differences with the day on which a person set what the paper would overwrite.

    What was set right in this very draft is a person's own newer word, and overwrites.
    """
    own = {(each.risk, part) for each in set_right for part in (each.path, _whole(each.path))}
    flagged = {
        standing[each.match].id for each in found.proposals if each.match in standing and own_decision(each)
    }
    rows = RiskVersion.objects.filter(risk__in=flagged, effective_on__lte=effective_on)
    passages = dict(rows.order_by("effective_on", "number").values_list("risk_id", "passages"))

    def told(proposal: Proposal) -> Proposal:
        if not own_decision(proposal) or proposal.match not in standing:
            return proposal
        known = json.loads(passages.get(standing[proposal.match].id, "{}"))
        changes = tuple(
            replace(each, set_by="")
            if {(proposal.key, each.told_at), (proposal.key, each.path)} & own
            else replace(each, set_on=_set_on(each, known))
            for each in proposal.changes
        )
        return replace(proposal, changes=changes)

    return replace(found, proposals=tuple(told(each) for each in found.proposals))


def _whole(path: str) -> str:
    kind = path.partition(":")[0]
    return kind if kind in LISTS else path


def _set_on(change: FieldChange, passages: dict[str, dict[str, str]]) -> date | None:
    """The day that a person set it, where the passages name one day and no other."""
    kind = change.path.partition(":")[0]
    reasons = {f"{each}{change.set_by}" for each in SET}
    days = {
        timezone.localdate(datetime.fromisoformat(each["at"]))
        for path, each in passages.items()
        if each.get("reason") in reasons
        and (path == change.path or (kind in (*LISTS, "trends") and path.startswith(f"{kind}:")))
    }
    return days.pop() if len(days) == 1 else None


def _register_named(body: UUID, name: str | None) -> UUID | None:
    if not name:
        return None
    found = Register.objects.filter(body_id=body, name__iexact=name[:300]).first()
    return found.pk if found else None


def kept_files(viewer: Actor) -> dict[str, str]:
    """Every file that the store must hold for what was brought in: digest, and its name to people."""
    pictures = PagePicture.objects.filter(paper__in=visible(viewer)).order_by("paper__number", "page")
    files = _files(viewer).order_by("name")
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
        version=version_of(found),
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
