"""Which words are found: what each kind of row says, and what one must see to read it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import UTC, date, datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils import timezone

from watchkeep.apps.discussion.models import Comment
from watchkeep.apps.indicators.models import AnnotationSaid, IndicatorVersion, RebaseSaid
from watchkeep.apps.register.models import (
    Assessment,
    Category,
    Event,
    ExtraText,
    Line,
    Link,
    Objective,
    Part,
    RiskVersion,
)
from watchkeep.apps.reviews.models import Board, BoardDecision, Meeting, Minute, Review
from watchkeep.apps.search.models import ALWAYS, Passage
from watchkeep.apps.treatment.models import CommitmentVersion, ControlVersion
from watchkeep.domain.link import ESCALATED

Ids = Collection[UUID]
BEFORE_ALL: Final = datetime(1970, 1, 1, tzinfo=UTC)  # for what is told without its moment
RISK_TEXTS: Final = (
    "description", "cause", "event", "impact", "category", "objective", "owner", "status", "treatment",
    "contingency", "proximity", "velocity", "confidence", "unknowns",
)  # fmt: skip
LONGEST_CHAIN: Final = 1000


def passages_of(model: str, ids: Ids) -> list[Passage]:
    """What these rows of a model say; nothing for a model whose words are not found."""
    make = MAKERS.get(model)
    return list(make(ids)) if make and ids else []


def passage(
    model: str, row: Any, kind: str, of: UUID, body: UUID, label: str, texts: Iterable[str], **named: Any
) -> Passage:
    """A passage of a row, with what one must see to read it in `named`."""
    on: date = named.pop("effective_on", ALWAYS)
    return Passage(
        key=f"{model}:{row.pk}",
        body=body,
        kind=kind,
        of=of,
        number=named.pop("number", 1),
        placed_on=named.pop("placed_on", ALWAYS),
        effective_on=on,
        known_at=named.pop("known_at", BEFORE_ALL),
        label=_plain(label),
        text=_plain("\n".join(filter(None, texts))),
        **named,
    )


def _plain(text: str) -> str:
    """Without the signs that mark what was found."""
    return text.replace("\x02", " ").replace("\x03", " ")


def _version(row: Any) -> dict[str, Any]:
    return {
        "number": row.number,
        "placed_on": row.effective_on,
        "effective_on": row.effective_on,
        "known_at": row.known_at,
    }


def _risks(ids: Ids) -> Iterator[Passage]:
    said: defaultdict[UUID, list[str]] = defaultdict(list)
    for model, names in (
        (Part, ("text",)), (Line, ("text",)), (Assessment, ("rationale", "basis")), (ExtraText, ("text",)),
    ):  # fmt: skip
        rows: Any = model._default_manager.filter(version__in=ids).order_by("version", "position")
        for version, *texts in rows.values_list("version", *names):
            said[version].extend(texts)
    came = Link.objects.filter(kind=ESCALATED, target=OuterRef("risk"))  # above.py tells of these
    rows_here = RiskVersion.objects.filter(~Exists(came), pk__in=ids)
    for row in rows_here.select_related("risk__register", "owner_post"):
        parted = {part for name in ("description", "impact") if (part := getattr(row, name))}
        own = [getattr(row, name) for name in RISK_TEXTS]
        own += [row.owner_post.title] if row.owner_post and row.owner_post.title != row.owner else []
        lines = [each for each in said[row.pk] if not any(each in whole for whole in parted)]
        yield passage(
            "riskversion", row, "risk", row.risk_id, row.risk.register.body_id,
            " ".join(filter(None, [row.reference, row.name])) or str(row.risk), [*own, *lines],
            risk=row.risk_id, **_version(row),
        )  # fmt: skip


def _controls(ids: Ids) -> Iterator[Passage]:
    for row in ControlVersion.objects.filter(pk__in=ids).select_related("control", "owner_post"):
        yield passage(
            "controlversion", row, "control", row.control_id, row.control.body_id,
            f"{row.control.reference} {row.name}",
            [row.description, row.frequency, row.reason, row.owner_post.title if row.owner_post else ""],
            control=row.control_id, **_version(row),
        )  # fmt: skip


def _promises(ids: Ids) -> Iterator[Passage]:
    for row in CommitmentVersion.objects.filter(pk__in=ids).select_related("commitment", "owner_post"):
        texts = (
            row.definition_of_done, row.expected_effect, row.slip_reason, row.outcome_note, row.effect_note,
            row.if_not, row.source, row.owner_post.title if row.owner_post else "",
        )  # fmt: skip
        yield passage(
            "commitmentversion", row, "promise", row.commitment_id, row.commitment.body_id,
            f"{row.commitment.reference} {row.title}", texts, commitment=row.commitment_id, **_version(row),
        )  # fmt: skip


def _indicators(ids: Ids) -> Iterator[Passage]:
    for row in IndicatorVersion.objects.filter(pk__in=ids).select_related("indicator", "owner_post"):
        texts = (
            row.theme, row.measure, row.numerator, row.denominator, row.source, row.reason,
            row.owner_post.title if row.owner_post else "",
        )  # fmt: skip
        yield passage(
            "indicatorversion", row, "indicator", row.indicator_id, row.indicator.body_id,
            f"{row.indicator.reference} {row.name}", texts, indicator=row.indicator_id, **_version(row),
        )  # fmt: skip


def _annotations(ids: Ids) -> Iterator[Passage]:
    for row in AnnotationSaid.objects.filter(pk__in=ids).select_related("indicator"):
        yield _note(row, "annotationsaid", "Note on", row.text)


def _rebases(ids: Ids) -> Iterator[Passage]:
    for row in RebaseSaid.objects.filter(pk__in=ids).select_related("indicator"):
        yield _note(row, "rebasesaid", "New limits of", row.reason)


def _note(row: Any, model: str, what: str, text: str) -> Passage:
    """What was said of an indicator's readings; without words once it was taken back."""
    label, texts = ("", []) if row.withdrawn else (f"{what} {row.indicator.reference}", [text])
    return passage(
        model, row, "note", row.said, row.indicator.body_id, label, texts,
        indicator=row.indicator_id, number=row.number, effective_on=row.on, known_at=row.known_at,
    )  # fmt: skip


def _events(ids: Ids) -> Iterator[Passage]:
    for row in Event.objects.filter(pk__in=ids):
        first, number = _first_of(row, "supersedes")
        yield passage(
            "event", row, "event", first.pk, row.body_id, row.title, [row.text, row.outcome],
            event=row.pk, number=number, effective_on=row.effective_on, known_at=row.known_at,
        )  # fmt: skip


def _decisions(ids: Ids) -> Iterator[Passage]:
    rows = BoardDecision.objects.filter(pk__in=ids).select_related("item__meeting__board")
    for row in rows:
        first, number = _first_of(row, "supersedes")
        yield passage(
            "boarddecision", row, "decision", first.pk, row.item.meeting.board.body_id,
            f"Decision of {row.item.meeting.board.name}", [row.text, row.item.title],
            board=row.item.meeting.board_id, meeting=row.item.meeting_id,
            risk=row.risk_id, other_risk=row.item.risk_id, number=number,
            effective_on=row.effective_on, known_at=row.known_at,
        )  # fmt: skip


def _challenges(ids: Ids) -> Iterator[Passage]:
    for row in Minute.objects.filter(pk__in=ids).select_related("item__meeting__board"):
        yield passage(
            "minute", row, "challenge", row.item_id, row.item.meeting.board.body_id,
            f"Challenge by {row.item.meeting.board.name}", [row.challenge, row.answer, row.item.title],
            board=row.item.meeting.board_id, meeting=row.item.meeting_id, risk=row.item.risk_id,
            **_version(row),
        )  # fmt: skip


def _comments(ids: Ids) -> Iterator[Passage]:
    for row in Comment.objects.filter(pk__in=ids):
        named = _named(row.subject_kind, row.subject_id)
        if named is None:
            continue  # about something that nobody finds by its words
        about = _called(named) or row.subject_label
        first, number = _first_of(row, "replaces")
        yield passage(
            "comment", row, "comment", first.pk, row.body_id, f"Comment on {about}", [row.text],
            register=row.register, number=number, effective_on=timezone.localdate(row.at), known_at=row.at,
            **named,
        )  # fmt: skip


def _named(kind: str, id: str) -> dict[str, UUID] | None:
    """What a subject of comments is, as a passage names it."""
    if kind in ("risk", "control", "commitment", "event", "board"):
        return {kind: UUID(id)}
    if kind == "review":
        review = Review.objects.filter(pk=id).first()
        return {"review": review.pk, "risk": review.risk_id} if review else None
    if kind == "meeting":
        meeting = Meeting.objects.filter(pk=id).first()
        return {"board": meeting.board_id, "meeting": meeting.pk} if meeting else None
    return None


def _called(named: dict[str, UUID]) -> str:
    """What a board, or a meeting of one, is called now."""
    if "meeting" in named:
        return str(Meeting.objects.select_related("board").get(pk=named["meeting"]))
    return str(Board.objects.get(pk=named["board"])) if "board" in named else ""


def _objectives(ids: Ids) -> Iterator[Passage]:
    for row in Objective.objects.filter(pk__in=ids):
        yield passage("objective", row, "objective", row.pk, row.body_id, row.name, [row.description])


def _categories(ids: Ids) -> Iterator[Passage]:
    for row in Category.objects.filter(pk__in=ids):
        yield passage("category", row, "category", row.pk, row.body_id, row.name, [row.description])


def _boards(ids: Ids) -> Iterator[Passage]:
    for row in Board.objects.filter(pk__in=ids):
        yield passage("board", row, "board", row.pk, row.body_id, row.name, [row.terms], board=row.pk)


def _first_of(row: Any, link: str) -> tuple[Any, int]:
    """The first of a chain of corrections, and this one's place in it."""
    number = 1
    while (before := getattr(row, link)) is not None and number < LONGEST_CHAIN:
        row, number = before, number + 1
    return row, number


MAKERS: Final[dict[str, Callable[[Ids], Iterator[Passage]]]] = {
    "register.riskversion": _risks,
    "treatment.controlversion": _controls,
    "treatment.commitmentversion": _promises,
    "indicators.indicatorversion": _indicators,
    "indicators.annotationsaid": _annotations,
    "indicators.rebasesaid": _rebases,
    "register.event": _events,
    "reviews.boarddecision": _decisions,
    "reviews.minute": _challenges,
    "discussion.comment": _comments,
    "register.objective": _objectives,
    "register.category": _categories,
    "reviews.board": _boards,
}
