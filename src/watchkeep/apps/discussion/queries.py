"""What was said of a record, who was told, and which files stand beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db.models import QuerySet

from watchkeep.apps.discussion.models import Attachment, Comment, Mention
from watchkeep.apps.people import queries as people
from watchkeep.apps.people.models import Person
from watchkeep.domain import discussion as rules
from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.discussion import See, Subject
from watchkeep.domain.errors import Missing
from watchkeep.domain.mention import Somebody
from watchkeep.domain.people import THROUGHOUT, Actor, must

Rows = TypeVar("Rows", Comment, Attachment)

NO_FILE = "There is no such file, or it is no longer offered."
NO_COMMENT = "There is no such comment."


@dataclass(frozen=True, slots=True)
class Words:
    """What a comment said, and when."""

    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CommentRow:
    """What somebody says, as it stands; `earlier` are their words before, the oldest first."""

    id: UUID  # of the words that stand: what is reworded or taken back
    by: str
    at: datetime  # when it was first said
    said: Words
    earlier: tuple[Words, ...]
    told: tuple[str, ...]  # the names of who is mentioned
    taken_back: bool
    own: bool  # whether the viewer may still change it
    answers: tuple[CommentRow, ...] = ()


@dataclass(frozen=True, slots=True)
class AttachmentRow:
    """A file beside a record. Taken away, it is named and no longer offered."""

    id: UUID
    name: str
    size: int
    sha256: str
    note: str
    by: str
    at: datetime
    taken_away_at: datetime | None
    taken_away_by: str
    taken_away_because: str
    removable: bool  # by the viewer


@dataclass(frozen=True, slots=True)
class Discussion:
    """All that is said of a subject, the oldest first, and the files beside it."""

    comments: tuple[CommentRow, ...]
    attachments: tuple[AttachmentRow, ...]

    @property
    def said(self) -> int:
        """How many comments and answers there are, without those taken back."""
        rows = [each for row in self.comments for each in (row, *row.answers)]
        return sum(not each.taken_back for each in rows)


@dataclass(frozen=True, slots=True)
class SaidRow:
    """All that is said of one record, and its files; `register` is the one that it stands in, if any."""

    kind: str
    label: str
    register: UUID | None
    comments: tuple[CommentRow, ...]
    attachments: tuple[AttachmentRow, ...]


@dataclass(frozen=True, slots=True)
class StoredFile:
    """An attachment's bytes by their digest, under the name to save them by."""

    name: str
    sha256: str
    subject: Subject


def discussion(viewer: Actor, subject: Subject, clock: Clock = PRESENT) -> Discussion:
    """What had been said of `subject` by the clock. The viewer was shown the subject: that is their right
    to this.
    """
    _must_read(viewer, subject)
    rows = _told(comments_on(viewer, subject), clock).select_related("by").order_by("at", "pk")
    comments = list(rows)
    mentions = _mentions([each.pk for each in comments])
    files = _told(attachments_on(viewer, subject), clock).select_related("by").order_by("at", "pk")
    return Discussion(
        _threads(viewer, comments, mentions), tuple(_attachment_row(viewer, subject, each) for each in files)
    )


def said_everywhere(viewer: Actor, clock: Clock = PRESENT) -> tuple[SaidRow, ...]:
    """What had been said of every record of the body by the clock, in three statements; for who sees all."""
    must(viewer, "see everything", THROUGHOUT)
    words = _told(Comment.objects.filter(body_id=viewer.body), clock).select_related("by")
    files = _told(Attachment.objects.filter(body_id=viewer.body), clock).select_related("by")
    comments: defaultdict[Subject, list[Comment]] = defaultdict(list)
    attached: defaultdict[Subject, list[Attachment]] = defaultdict(list)
    for word in words.order_by("at", "pk"):
        comments[_named(word)].append(word)
    for file in files.order_by("at", "pk"):
        attached[_named(file)].append(file)
    told = _mentions([each.pk for rows in comments.values() for each in rows])
    return tuple(
        SaidRow(
            each.kind,
            _label([*comments[each], *attached[each]]),
            each.register,
            _threads(viewer, comments[each], told),
            tuple(_attachment_row(viewer, each, file) for file in attached[each]),
        )
        for each in sorted({*comments, *attached}, key=lambda each: (each.kind, each.id))
    )


def attachment(viewer: Actor, id: UUID, see: See) -> StoredFile:
    """A file, for who may see what it stands beside."""
    found, subject = attachment_row(viewer, id, see)
    if found.taken_away_at is not None:
        raise Missing(NO_FILE)
    return StoredFile(found.name, found.sha256, subject)


def subject_of_comment(viewer: Actor, id: UUID, see: See) -> Subject:
    """What a comment is about, for who may see that."""
    return comment_row(viewer, id, see)[1]


def subject_of_attachment(viewer: Actor, id: UUID, see: See) -> Subject:
    """What a file stands beside, for who may see that."""
    return attachment_row(viewer, id, see)[1]


def kept_files(viewer: Actor) -> dict[str, str]:
    """Every attached file by its digest, with a name to call it by; those taken away are kept, too."""
    must(viewer, "read")
    rows = Attachment.objects.filter(body_id=viewer.body).order_by("at")
    return dict(rows.values_list("sha256", "name"))


# --- For the changes of this app ----------------------------------------------------------------------------


def comments_on(viewer: Actor, subject: Subject) -> QuerySet[Comment]:
    """Every word said of a subject, replaced ones included."""
    return Comment.objects.filter(
        body_id=viewer.body, subject_kind=subject.kind, subject_id=subject.id
    ).select_related("answers")


def attachments_on(viewer: Actor, subject: Subject) -> QuerySet[Attachment]:
    """Every file that was ever put beside a subject."""
    return Attachment.objects.filter(body_id=viewer.body, subject_kind=subject.kind, subject_id=subject.id)


def first_words(found: Comment) -> Comment:
    """The comment that opened the thread, in its first wording: what all its answers hang on."""
    while True:
        before = found.answers or found.replaces
        if before is None:
            return found
        found = before


def last_words(by: Actor, subject: Subject) -> Comment | None:
    """The latest that was said of a subject, if it was `by` who said it."""
    latest = comments_on(by, subject).order_by("-at", "-pk").first()
    return latest if latest and str(latest.by_id) == by.id else None


def attached(subject: Subject, by: Actor, sha256: str) -> Attachment | None:
    """This very file, if `by` put it beside the subject before and it is still offered."""
    rows = attachments_on(by, subject).filter(by_id=UUID(by.id), sha256=sha256, taken_away_at=None)
    return rows.first()


def comment_row(viewer: Actor, id: UUID, see: See) -> tuple[Comment, Subject]:
    """A comment with its subject. Not there, of another body, and about something unseen: one answer."""
    found = Comment.objects.filter(pk=id, body_id=viewer.body).select_related("answers", "replaces").first()
    if found is None:
        raise Missing(NO_COMMENT)
    return found, _seen(viewer, found.subject_kind, found.subject_id, see, NO_COMMENT)


def attachment_row(viewer: Actor, id: UUID, see: See) -> tuple[Attachment, Subject]:
    """An attachment with its subject, by the same rule."""
    found = Attachment.objects.filter(pk=id, body_id=viewer.body).first()
    if found is None:
        raise Missing(NO_FILE)
    return found, _seen(viewer, found.subject_kind, found.subject_id, see, NO_FILE)


def somebodies(viewer: Actor) -> tuple[Somebody, ...]:
    """Everybody of the viewer's body who can sign in, as a mention could mean them."""
    rows = Person.objects.filter(body_id=viewer.body, is_active=True).order_by("name", "email")
    return tuple(
        Somebody(str(pk), name, email) for pk, name, email in rows.values_list("pk", "name", "email")
    )


def readers(viewer: Actor, subject: Subject) -> Callable[[Somebody], bool]:
    """Whether somebody may read what is said of a subject."""

    def reads(person: Somebody) -> bool:
        actor = people.actor_of(UUID(person.id))
        return actor.body == viewer.body and rules.may_read(actor, subject)

    return reads


# --- Beneath the queries ------------------------------------------------------------------------------------


def _must_read(viewer: Actor, subject: Subject) -> None:
    if not rules.may_read(viewer, subject):
        raise Missing("There is no such page.")


def _seen(viewer: Actor, kind: str, id: str, see: See, otherwise: str) -> Subject:
    try:
        return see(viewer, kind, id)
    except Missing:
        raise Missing(otherwise) from None


def _told(rows: QuerySet[Rows], clock: Clock) -> QuerySet[Rows]:
    """What had been said by the clock: for words both clocks are one, the moment they were said."""
    if clock.day is not None:
        rows = rows.filter(at__date__lte=clock.day)
    if clock.known_at is not None:
        rows = rows.filter(at__lte=clock.known_at)
    return rows


def _mentions(comments: list[UUID]) -> dict[UUID, list[str]]:
    """The names of who is mentioned in each of these comments, in one statement."""
    mentions: defaultdict[UUID, list[str]] = defaultdict(list)
    found = Mention.objects.filter(comment__in=comments).select_related("person")
    for each in found.order_by("person__name"):
        mentions[each.comment_id].append(each.person.name)
    return mentions


def _named(row: Comment | Attachment) -> Subject:
    """The record that words or a file stand beside, as far as they themselves name it."""
    return Subject(row.subject_kind, row.subject_id, "", (), row.register)


def _label(rows: Sequence[Comment | Attachment]) -> str:
    """What the record was called when something was last put beside it."""
    return max(rows, key=lambda each: each.at).subject_label


def _threads(
    viewer: Actor, comments: list[Comment], mentions: dict[UUID, list[str]]
) -> tuple[CommentRow, ...]:
    """Each comment once, in the words that stand, with its answers under it."""
    after = {each.replaces_id: each for each in comments if each.replaces_id}
    answers: defaultdict[UUID | None, list[CommentRow]] = defaultdict(list)
    for first in (each for each in comments if each.replaces_id is None):
        chain = [first]
        while chain[-1].pk in after:
            chain.append(after[chain[-1].pk])
        answers[first.answers_id].append(_comment_row(viewer, chain, mentions))
    firsts = [each for each in comments if each.replaces_id is None and each.answers_id is None]
    return tuple(
        _with_answers(row, tuple(answers[first.pk])) for first, row in zip(firsts, answers[None], strict=True)
    )


def _comment_row(viewer: Actor, chain: list[Comment], mentions: dict[UUID, list[str]]) -> CommentRow:
    first, latest = chain[0], chain[-1]
    taken_back = not latest.text
    return CommentRow(
        id=latest.pk,
        by=first.by.name,
        at=first.at,
        said=Words(latest.text, latest.at),
        # What was taken back is no longer offered to be read; the history keeps it.
        earlier=() if taken_back else tuple(Words(each.text, each.at) for each in chain[:-1]),
        told=() if taken_back else tuple(mentions[latest.pk]),
        taken_back=taken_back,
        own=viewer.kind == "person" and viewer.id == str(first.by_id) and not taken_back,
    )


def _with_answers(row: CommentRow, answers: tuple[CommentRow, ...]) -> CommentRow:
    return CommentRow(
        row.id, row.by, row.at, row.said, row.earlier, row.told, row.taken_back, row.own, answers
    )


def _attachment_row(viewer: Actor, subject: Subject, each: Attachment) -> AttachmentRow:
    refusal = rules.may_take_away(
        viewer, subject, by=str(each.by_id), taken_away=each.taken_away_at is not None
    )
    return AttachmentRow(
        id=each.pk,
        name=each.name,
        size=each.size,
        sha256=each.sha256,
        note=each.note,
        by=each.by.name,
        at=each.at,
        taken_away_at=each.taken_away_at,
        taken_away_by=each.taken_away_by,
        taken_away_because=each.taken_away_because,
        removable=refusal is None,
    )
