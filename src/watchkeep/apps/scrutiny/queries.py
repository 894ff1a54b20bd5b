"""What lint finds in the words that stand in a register, and what was answered to it.

Nothing of a finding is stored: the same words by the same clock are found wanting again, and an answer is
looked up by them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from watchkeep.apps.history.standing import standing, told
from watchkeep.apps.publication.queries.documents import document_for, risk_for
from watchkeep.apps.register import queries as registers
from watchkeep.apps.register.models import Register, Risk, RiskVersion
from watchkeep.apps.register.queries import GONE, RegisterRow, RiskPage
from watchkeep.apps.register.queries.registers import read_of
from watchkeep.apps.scrutiny.models import FindingAnswer
from watchkeep.apps.scrutiny.remembering import remembered
from watchkeep.domain import period as periods
from watchkeep.domain.answering import Finding, Given, answer_named, matched, may_answer
from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.document import DateField, Field, RegisterDocument
from watchkeep.domain.document import Risk as RiskValue
from watchkeep.domain.finding import written
from watchkeep.domain.lint import Found, lint
from watchkeep.domain.lint.alone import lint_one
from watchkeep.domain.people import Actor, Refusal

QUARTERS: Final = 4  # that are looked back on, for words that never change
SAID_BY_NOBODY: Final = frozenset({"open"})


@dataclass(frozen=True)
class Scrutiny:
    """A register's words under lint, as at a day. `findings` stand with the weightiest first."""

    register: RegisterRow
    document: RegisterDocument
    as_at: date
    findings: tuple[Finding, ...]

    @cached_property
    def open(self) -> tuple[Finding, ...]:
        """Those that nobody has answered."""
        return tuple(each for each in self.findings if each.open)

    @cached_property
    def risks(self) -> dict[str, RiskValue]:
        """The register's risks by their keys."""
        return {each.key: each for each in self.document.risks}

    def of(self, risk: str) -> tuple[Finding, ...]:
        """What was found in one risk, by its key; of the register as a whole where that is empty."""
        return tuple(each for each in self.findings if each.found.risk == risk)


def scrutiny(viewer: Actor, register: str | UUID, clock: Clock = PRESENT) -> Scrutiny:
    """Everything found in a register that the viewer may read, each with its answer or none. The number of
    statements does not follow the number of risks, findings or answers.

    Its words are judged by the clock's day, else by today, or by the later day that the register speaks of.
    """
    row = registers.register(viewer, register, clock)
    return remembered(viewer, ("register", row.id), clock, lambda: _scrutiny(viewer, row, clock))


def _scrutiny(viewer: Actor, row: RegisterRow, clock: Clock) -> Scrutiny:
    day = _day(row, clock)
    document = document_for(viewer, row.slug, clock, on=day)
    keys = [each.key for each in document.risks]
    found = lint(_as_of(document, row, day), as_at=day, before=_before(viewer, row, keys, clock, day))
    return Scrutiny(row, document, day, matched(found, given(row.id, clock)))


def findings(viewer: Actor, register: str | UUID, clock: Clock = PRESENT) -> tuple[Finding, ...]:
    """What is found in a register, the weightiest first, each with its answer or none."""
    return scrutiny(viewer, register, clock).findings


def findings_of(viewer: Actor, page: RiskPage, clock: Clock = PRESENT) -> tuple[Finding, ...]:
    """What is found in one risk that the viewer was shown: what `scrutiny` tells of it, for a tenth of the
    work, and of a draft too.
    """
    return remembered(viewer, ("risk", page.id), clock, lambda: _findings_of(viewer, page, clock))


def _findings_of(viewer: Actor, page: RiskPage, clock: Clock) -> tuple[Finding, ...]:
    row, day = page.register, _day(page.register, clock)
    document = remembered(
        viewer, ("words", row.id), clock, lambda: registers.document(viewer, row.slug, clock)
    )
    value = next((each for each in document.risks if each.key == page.key), page.value)
    risk = risk_for(viewer, row, value, clock, day)
    before = _before(viewer, row, [page.key], clock, day)
    found = lint_one(_as_of(document, row, day), risk, as_at=day, before=before)
    return matched(found, [each for each in given(row.id, clock) if each.risk == page.key])


@dataclass(frozen=True, slots=True)
class ToMend:
    """The errors that nobody has answered, in the words of one of the viewer's own risks."""

    register: RegisterRow
    risk: str  # its key
    label: str
    findings: tuple[Finding, ...]


def to_mend(viewer: Actor) -> tuple[ToMend, ...]:
    """Of the open risks whose owner's post the viewer holds, those in whose words errors stand; register by
    register, those with most errors first.
    """
    by_register: defaultdict[UUID, list[Risk]] = defaultdict(list)
    for each in _answered_for(viewer):
        by_register[each.register_id].append(each)
    found = []
    for register, risks in by_register.items():
        read = scrutiny(viewer, register)
        grave = [each for each in read.open if each.found.weight == "error"]
        for risk in risks:
            errors = tuple(each for each in grave if each.found.risk == risk.key)
            if errors:
                found.append(ToMend(read.register, risk.key, str(risk), errors))
    return tuple(sorted(found, key=lambda each: (each.register.name, -len(each.findings))))


def answered_for(viewer: Actor, register: UUID) -> frozenset[str]:
    """The keys of the register's open risks whose owner's post the viewer holds."""
    return frozenset(each.key for each in _answered_for(viewer) if each.register_id == register)


def refusal_to_answer(viewer: Actor, register: RegisterRow, risk: str | None = None) -> Refusal | None:
    """Why the viewer answers no finding about a risk of the register, by its key; about none of its risks,
    where no risk is named. An empty key is the register as a whole.
    """
    place = registers.where(Register.objects.get(pk=register.id))
    mine = {each.key: each for each in _answered_for(viewer) if each.register_id == register.id}
    if risk is None:
        risk = next(iter(mine), "")
    found = mine.get(risk) or Risk.objects.filter(register=register.id, key=risk).first()
    return may_answer(viewer, place, registers.version_as_at(found.pk).owner_post_id if found else None)


def answers(viewer: Actor, register: str = "", clock: Clock = PRESENT) -> tuple[AnswerRow, ...]:
    """Every answer that stands, or was taken back, by the clock, about risks that the viewer may see; the
    latest first, in two statements.
    """
    rows = FindingAnswer.objects.filter(register__in=registers.visible(viewer))
    rows = rows.filter(Q(risk=None) | Q(risk__in=registers.visible_risks(viewer)))
    if register:
        rows = rows.filter(register__slug=register)
    every = told(rows, clock).select_related("risk", "register").order_by("-known_at", "-number")
    return tuple(
        AnswerRow(each.register.slug, str(each.risk) if each.risk else "", _given(each)) for each in every
    )


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """An answer, with the risk that it is about; none where it is about the register."""

    register: str
    risk: str
    given: Given


# --- For the changes of this app ----------------------------------------------------------------------------


def given(register: UUID, clock: Clock = PRESENT) -> tuple[Given, ...]:
    """The latest answer to each of the words that were ever answered in a register, in one statement."""
    rows = told(FindingAnswer.objects.filter(register=register), clock).select_related("risk")
    return tuple({each.key: each for each in map(_given, _in_time(rows))}.values())


# --- Beneath the queries ------------------------------------------------------------------------------------


def _answered_for(viewer: Actor) -> tuple[Risk, ...]:
    """The open risks whose owner's post the viewer holds, in one statement; none for who holds no post."""
    if not viewer.posts:
        return ()
    among = registers.visible_risks(viewer).exclude(state__in=GONE | {"draft"})
    versions = standing(RiskVersion.objects.all(), "risk", among, PRESENT)
    mine = versions.filter(owner_post__in=sorted(viewer.posts)).select_related("risk")
    return tuple(each.risk for each in mine.order_by("risk__key"))


def _in_time(rows: QuerySet[FindingAnswer]) -> QuerySet[FindingAnswer]:
    return rows.order_by("known_at", "number")


def _given(each: FindingAnswer) -> Given:
    """The key is made anew from the words: a risk that was given another reference is still the same."""
    key = each.risk.key if each.risk else ""
    return Given(
        risk=key,
        key=Found(each.code, key, each.field, 0, 0, each.text, "", basis=each.basis).key,
        code=each.code,
        field=each.field,
        text=each.text,
        number=each.number,
        answer=None if each.answer in SAID_BY_NOBODY else answer_named(each.answer),
        reason=each.reason,
        by=each.by,
        on=each.effective_on,
    )


def _day(row: RegisterRow, clock: Clock) -> date:
    """The day by which words are judged: the clock's, else today, or the later one that the paper is of."""
    return clock.day or max(timezone.localdate(), row.as_at or date.min)


def _before(
    viewer: Actor, row: RegisterRow, keys: Collection[str], clock: Clock, day: date
) -> tuple[RegisterDocument, ...]:
    """What the register said of these risks at the end of each of the last quarters, the newest first; in
    seven statements.
    """
    among = registers.visible_risks(viewer).filter(register=row.id, key__in=keys)
    risks = dict(among.values_list("pk", "key"))
    ends = tuple(_ends(day, row.year_start))
    words = read_of({(risk, end) for risk in risks for end in ends}, clock)
    papers = (_paper(row, end, words, risks) for end in ends)
    return tuple(each for each in papers if each.risks)


def _ends(day: date, year_start: int) -> Iterator[date]:
    """The last days of the quarters that were over before the day, the newest first."""
    quarter = periods.containing(day, year_start=year_start)
    for _ in range(QUARTERS):
        quarter = quarter.previous()
        yield quarter.ends


def _paper(
    row: RegisterRow,
    end: date,
    words: Mapping[tuple[UUID, date | None], RiskValue],
    risks: Collection[UUID],
) -> RegisterDocument:
    said = tuple(words[risk, end] for risk in risks if (risk, end) in words)
    return _as_of(RegisterDocument(name=Field(state="recorded", text=row.name), risks=said), row, end)


def _as_of(document: RegisterDocument, row: RegisterRow, day: date) -> RegisterDocument:
    """The document as one of that day and its quarter, whichever paper last told it."""
    quarter = periods.containing(day, year_start=row.year_start)
    said = {
        "period": Field(state="recorded", text=quarter.label),
        "as_at": DateField(state="recorded", text=written(day), on=day),
    }
    return document.model_copy(update=said)
