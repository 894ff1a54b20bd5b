"""A draft laid out for its page: doubts by kind, risks with what accepting would do, steps of the reading."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode

from watchkeep.apps.intake.queries import DoubtRow, ImportPage, RiskRow, StepRow
from watchkeep.domain.difference import FieldChange
from watchkeep.domain.document import Field, Movement
from watchkeep.domain.fields import LISTS, fields_of, label_of
from watchkeep.web.components.marks import BandMark, TrendMark, standing_mark, trend_mark
from watchkeep.web.components.pieces import Change, Source, Step
from watchkeep.web.components.places import labels, place_link
from watchkeep.web.components.tags import day

STEPS = (
    ("received", "Received"),
    ("opened", "Opened, in a process of its own"),
    ("drawn", "Pages drawn"),
    ("read", "Risks read"),
    ("listed", "Doubts listed"),
)
ARROWS = "arrows-assumed"
SET_BY_PEOPLE = (
    "the paper says otherwise than what a person set in the register. "
    "Accept such a risk by itself to take the paper's words; correct it here first to keep the person's."
)
TITLES = {
    "bands-inferred": "The order of the ratings",
    "bands-unordered": "Ratings without an order",
    "colour-only": "Said by colour only",
    "date-unclear": "Dates that are not clear",
    "heading-unknown": "Headings that are not known",
    "mention-unknown": "Mentions of risks that are not here",
    "no-owner": "Owners that are not named",
    "no-rating": "Risks without a rating",
    "no-reference": "Risks without a reference",
    "reader": "What was noticed while reading",
    "reference-twice": "References given twice",
    "score-differs": "Scores that do not agree",
    "trend-lost": "Trend marks that are lost",
    "trend-unread": "Trend marks that are not understood",
    "unassigned": "Text without a place",
    "uncertain": "Placed by inference",
}
KINDS = {"new": "New", "changed": "Changed", "same": "Nothing new"}


def steps(done: Iterable[StepRow], state: str) -> tuple[Step, ...]:
    """What is done, what is under way, and what waits; a refusal stands where the reading stopped."""
    said = {each.code: each.sentence for each in done}
    told = []
    now = state in {"waiting", "reading"}
    for code, name in STEPS:
        if code in said:
            told.append(Step(name, "done", said[code]))
        elif "refused" in said:
            told.append(Step(name, "failed", said["refused"]))
            break
        else:
            told.append(Step(name, "now" if now and state == "reading" else "waiting"))
            now = False
    return tuple(told)


@dataclass(frozen=True, slots=True)
class DoubtLine:
    """One doubt with what can be done about it."""

    row: DoubtRow
    about: str
    where: tuple[str, ...]
    show: str
    correct: str


@dataclass(frozen=True, slots=True)
class Kind:
    """All doubts of one kind."""

    code: str
    title: str
    open: tuple[DoubtLine, ...]
    settled: int

    @property
    def correctable(self) -> bool:
        """Whether there is a field to set right; else a person can only have seen it."""
        return all(line.correct for line in self.open)


@dataclass(frozen=True, slots=True)
class RiskPanel:
    """One risk of the paper, and what accepting it would do."""

    row: RiskRow
    title: str
    proposal: str
    band: BandMark
    trends: tuple[TrendMark, ...]
    changes: tuple[Change, ...]
    doubts: int
    review: str
    set_by: tuple[str, ...]  # what people set that the paper would overwrite


@dataclass(frozen=True, slots=True)
class DraftField:
    """A field of a risk in the draft, with where it was read and where it is set right."""

    path: str
    label: str
    field: Field
    source: Source | None
    correct: str


def kinds(page: ImportPage) -> tuple[Kind, ...]:
    """Doubts grouped by kind, those with something open first."""
    found: dict[str, list[DoubtRow]] = {}
    for row in page.doubts:
        if row.doubt.code == ARROWS:
            continue  # asked as a question of its own
        found.setdefault(row.doubt.code, []).append(row)
    groups = [
        Kind(
            code=code,
            title=_title(code),
            open=tuple(_doubt_line(page, row) for row in rows if not row.resolved),
            settled=sum(row.resolved for row in rows),
        )
        for code, rows in found.items()
    ]
    return tuple(sorted(groups, key=lambda group: not group.open))


def _title(code: str) -> str:
    words = TITLES.get(code, code.replace("-", " "))
    return words[:1].upper() + words[1:]


def _doubt_line(page: ImportPage, row: DoubtRow) -> DoubtLine:
    risk = next((each for each in page.risks if each.key == row.doubt.risk), None)
    about = " ".join(
        filter(
            None,
            [
                _heading(risk) if risk else "The whole paper",
                "–" if row.doubt.field else "",
                label_of(row.doubt.field) if row.doubt.field else "",
            ],
        )
    )
    here = reverse("import", args=[page.row.number])
    return DoubtLine(
        row=row,
        about=about,
        where=labels(row.doubt.places),
        show=f"{here}?{urlencode({'show': row.key})}#evidence" if row.doubt.places else "",
        correct=correct_link(page.row.number, row.doubt.risk or "", row.doubt.field or "")
        if row.doubt.risk
        else "",
    )


def correct_link(number: int, risk: str, path: str = "") -> str:
    """Where a risk of the draft is looked over, or one field of it set right."""
    query = {name: value for name, value in (("risk", risk), ("field", path)) if value}
    return f"{reverse('correct', args=[number])}?{urlencode(query)}"


def _heading(row: RiskRow) -> str:
    said = [field.text for field in (row.value.reference, row.value.name) if field.text]
    return " ".join(said) or f"Risk {row.key}"


def panels(page: ImportPage) -> tuple[RiskPanel, ...]:
    """Every risk of the paper, in its order."""
    if page.document is None:
        return ()
    scale = page.document.scale
    return tuple(
        RiskPanel(
            row=row,
            title=_heading(row),
            proposal=KINDS[row.proposal.kind],
            band=standing_mark(scale, row.value.standing),
            trends=tuple(trend_mark(each, each.period) for each in row.value.trends),
            changes=tuple(Change(each.label, each.before, each.after) for each in row.proposal.changes),
            doubts=sum(not each.resolved for each in row.doubts),
            review=correct_link(page.row.number, row.key),
            set_by=tuple(_set_by(each) for each in row.proposal.changes if each.set_by),
        )
        for row in page.risks
    )


def _set_by(change: FieldChange) -> str:
    when = f" on {day(change.set_on)}" if change.set_on else ""
    return f"{change.label} was set by {change.set_by}{when}."


def draft_fields(page: ImportPage, row: RiskRow) -> tuple[DraftField, ...]:
    """Every field of a risk in the draft: those that say something first."""
    fields = [
        DraftField(
            path=path,
            label=label_of(path),
            field=field,
            source=field_source(page, field),
            correct=correct_link(page.row.number, row.key, path),
        )
        for path, field in fields_of(row.value)
    ]
    return tuple(sorted(fields, key=lambda each: not each.field.recorded))


def field_source(page: ImportPage, field: Field) -> Source | None:
    """Where a field of the draft was read."""
    if not field.places and not field.reason:
        return None
    return Source(
        text=field.text or "",
        file=page.row.name,
        places=labels(field.places),
        confidence=field.confidence,
        reason=field.reason,
        link=place_link(page.sha256, field.places),
    )


def field_at(row: RiskRow, path: str) -> Field | None:
    """The field at a path; a whole list (`controls`) is its lines under one another."""
    if path in LISTS:
        items = [item for item in getattr(row.value, path) if item.recorded]
        places = tuple(place for item in items for place in item.places)
        text = "\n".join(item.text or "" for item in items)
        return Field(state="recorded", text=text, places=places) if items else Field()
    return dict(fields_of(row.value)).get(path)


def open_doubts(page: ImportPage) -> int:
    """How many doubts wait; what the arrows mean is one of them until somebody has said."""
    waiting = sum(not row.resolved and row.doubt.code != ARROWS for row in page.doubts)
    return waiting + (arrows_asked(page) is not None)


def arrows_asked(page: ImportPage) -> Movement | None:
    """What a rising arrow may mean, where nobody has said; none where that is no question."""
    document = page.document
    return document.rising_means if document and document.rising_basis == "assumed" else None
