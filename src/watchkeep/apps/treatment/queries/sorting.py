"""The lines of a risk's last paper: what each most likely is, what a person made of it, and what is left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from watchkeep.apps.history.standing import standing
from watchkeep.apps.register.models import Line, Risk, RiskVersion
from watchkeep.apps.register.queries import visible_risks
from watchkeep.apps.treatment.models import SortedLine
from watchkeep.domain import sorting as rules
from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.errors import Missing
from watchkeep.domain.people import Actor, must
from watchkeep.domain.sorting import Sort, Suggestion, sort_named, suggest


@dataclass(frozen=True, slots=True)
class SortedRow:
    """What a person made of a line, and what it is kept as."""

    sort: Sort
    by: str
    on: date
    number: int
    text: str
    control: UUID | None
    commitment: UUID | None
    board: UUID | None
    reference: str  # of the control or the promise
    label: str


@dataclass(frozen=True, slots=True)
class LineRow:
    """One line of the risk as it stands, with the suggestion, and with the answer where there is one.

    `earlier`: what was made of the line of this risk that this one most likely was before its words changed.
    `elsewhere`: what this very line was sorted into under another risk.
    """

    digest: str
    text: str
    part: str
    suggestion: Suggestion
    answer: SortedRow | None
    earlier: SortedRow | None
    elsewhere: SortedRow | None


@dataclass(frozen=True, slots=True)
class SortingPage:
    """The lines of one risk. `said_on`: the day that they speak of."""

    risk: UUID
    risk_key: str
    risk_label: str
    register: str  # its slug
    register_name: str
    said_on: date
    lines: tuple[LineRow, ...]

    @property
    def left(self) -> tuple[LineRow, ...]:
        """The lines that nobody has sorted."""
        return tuple(each for each in self.lines if each.answer is None)


@dataclass(frozen=True, slots=True)
class LeftRow:
    """How many lines of a risk are sorted, and how many are left."""

    risk: UUID
    risk_key: str
    risk_label: str
    register: str
    register_name: str
    lines: int
    left: int


class _Said(NamedTuple):
    """A line as a version of its risk says it."""

    digest: str
    text: str
    part: str


def lines_of(viewer: Actor, risk: UUID, clock: Clock = PRESENT) -> SortingPage:
    """The lines of a risk with what is suggested and what was made of them."""
    must(viewer, "read")
    found = visible_risks(viewer).filter(pk=risk).select_related("register").first()
    if found is None:
        raise Missing("There is no such risk.")
    version = standing(RiskVersion.objects.all(), "risk", Risk.objects.filter(pk=risk), clock).first()
    if version is None:
        raise Missing("There is no such risk.")
    said = _lines([version.pk])[version.pk]
    answers = _answers(Risk.objects.filter(pk=risk), clock)[risk]
    elsewhere = _elsewhere(viewer, risk, [each.digest for each in said], clock)
    known = {each.text: each for each in answers.values()}
    now = {each.digest for each in said}
    gone = [each.text for digest, each in answers.items() if digest not in now]
    return SortingPage(
        risk=risk,
        risk_key=found.key,
        risk_label=str(found),
        register=found.register.slug,
        register_name=found.register.name,
        said_on=version.effective_on,
        lines=tuple(_line(each, answers, elsewhere, gone, known) for each in said),
    )


def left_to_sort(viewer: Actor, clock: Clock = PRESENT) -> tuple[LeftRow, ...]:
    """Every risk that the viewer may see and that has lines, those with most left first."""
    must(viewer, "read")
    risks = visible_risks(viewer).exclude(state__in=("closed", "merged"))
    versions = standing(RiskVersion.objects.all(), "risk", risks, clock).select_related("risk__register")
    rows = list(versions)
    said = _lines([each.pk for each in rows])
    answers = _answers(risks, clock)
    found = []
    for each in rows:
        lines, known, on = said[each.pk], answers[each.risk_id], each.risk
        left = sum(line.digest not in known for line in lines)
        if lines:
            register = on.register
            found.append(
                LeftRow(
                    each.risk_id,
                    each.risk.key,
                    str(each.risk),
                    register.slug,
                    register.name,
                    len(lines),
                    left,
                )
            )
    return tuple(sorted(found, key=lambda each: (-each.left, each.risk_label)))


def promised_lines(risks: QuerySet[Risk], clock: Clock = PRESENT) -> dict[tuple[str, str], UUID]:
    """The promise that each line is, by the key of its risk and the line's digest. One statement."""
    rows = SortedLine.objects.filter(risk__in=risks).select_related("risk")
    last = {(each.risk.key, each.line): each.commitment_id for each in _known(rows, clock)}
    return {line: promise for line, promise in last.items() if promise}


def latest_answer(risk: UUID, digest: str) -> SortedLine | None:
    """What a person last made of a line of a risk."""
    return SortedLine.objects.filter(risk=risk, line=digest).order_by("-number").first()


# --- Beneath the queries ------------------------------------------------------------------------------------


def _lines(versions: Iterable[UUID]) -> dict[UUID, list[_Said]]:
    """The recorded lines of these versions, each text once, in one statement."""
    found: dict[UUID, dict[str, _Said]] = defaultdict(dict)
    rows = Line.objects.filter(version__in=list(versions), state="recorded").order_by("kind", "position")
    # The controls come first, as in a paper.
    for each in sorted(rows, key=lambda row: row.kind != "controls"):
        if each.text.strip():
            digest = rules.digest(each.text)
            found[each.version_id].setdefault(digest, _Said(digest, each.text, each.part or ""))
    return defaultdict(list, {version: list(lines.values()) for version, lines in found.items()})


def _answers(risks: QuerySet[Risk], clock: Clock) -> dict[UUID, dict[str, SortedRow]]:
    rows = SortedLine.objects.filter(risk__in=risks).select_related("control", "commitment")
    found: dict[UUID, dict[str, SortedRow]] = defaultdict(dict)
    for each in _known(rows, clock):
        found[each.risk_id][each.line] = _row(each)
    return found


def _elsewhere(viewer: Actor, risk: UUID, digests: list[str], clock: Clock) -> dict[str, SortedRow]:
    """What these very lines are under other risks that the viewer may see."""
    rows = SortedLine.objects.filter(line__in=digests, risk__in=visible_risks(viewer)).exclude(risk=risk)
    return {each.line: _row(each) for each in _known(rows.select_related("control", "commitment"), clock)}


def _known(rows: QuerySet[SortedLine], clock: Clock) -> list[SortedLine]:
    """In the order told: the last of a line stands."""
    found = rows.order_by("known_at", "number")
    if clock.known_at is not None:
        found = found.filter(known_at__lte=clock.known_at)
    return list(found)


def _line(
    said: _Said,
    answers: dict[str, SortedRow],
    elsewhere: dict[str, SortedRow],
    gone: list[str],
    known: dict[str, SortedRow],
) -> LineRow:
    answer = answers.get(said.digest)
    before = None if answer else rules.alike(said.text, gone)
    return LineRow(
        digest=said.digest,
        text=said.text,
        part=said.part,
        suggestion=suggest(said.text),
        answer=answer,
        earlier=known[before] if before else None,
        elsewhere=None if answer else elsewhere.get(said.digest),
    )


def _row(each: SortedLine) -> SortedRow:
    kept = each.control or each.commitment
    return SortedRow(
        sort=sort_named(each.sort),
        by=each.by,
        on=timezone.localtime(each.known_at).date(),
        number=each.number,
        text=each.text,
        control=each.control_id,
        commitment=each.commitment_id,
        board=each.board,
        reference=kept.reference if kept else "",
        label=str(kept) if kept else "",
    )
