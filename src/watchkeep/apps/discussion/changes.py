"""What can be done in a discussion: say something, say it anew, take it back; put a file beside a record,
take it away.

Who may see a subject is not known here: callers hand in the subject as a viewer was shown it, or `see`, which
finds it for them (apps/reviews/subjects.py). A comment or file that hangs on something unseen is missing.
"""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from watchkeep.apps.discussion import queries
from watchkeep.apps.discussion.models import Attachment, Comment, Mention
from watchkeep.apps.history.changes import recording
from watchkeep.apps.history.models import OpenEntry
from watchkeep.domain import discussion, file_name, mention
from watchkeep.domain.discussion import See, Subject
from watchkeep.domain.errors import Invalid, Missing, Refused
from watchkeep.domain.naming import in_words
from watchkeep.domain.people import Actor, Refusal


def comment(*, by: Actor, subject: Subject, text: str, answers: UUID | None = None) -> UUID:
    """Say something of a subject, or answer what was said. Sent twice at once, it is said once."""
    with recording(by=by, verb="answer a comment" if answers else "comment") as entry:
        _must(discussion.may_comment(by, subject))
        answered = queries.first_words(_comment_on(by, subject, answers)) if answers else None
        said = _said(text)
        twice = queries.last_words(by, subject)
        if twice and twice.text == said and twice.answers_id == (answered and answered.pk):
            return twice.pk
        made = _new(by, subject, said)
        made.answers = answered
        _write(entry, by, subject, made)
        return made.pk


def reword(*, by: Actor, comment: UUID, text: str, see: See) -> UUID:
    """Say one's own words anew; what was said before stays beside them."""
    with recording(by=by, verb="change a comment") as entry:
        standing, subject = _own(by, comment, see)
        said = _said(text)
        if said == standing.text:
            return standing.pk
        made = _new(by, subject, said)
        made.answers, made.replaces = standing.answers, standing
        _write(entry, by, subject, made)
        return made.pk


def take_back(*, by: Actor, comment: UUID, see: See) -> None:
    """Take one's own words back: that something was said stays to be seen, and the history keeps what."""
    with recording(by=by, verb="take a comment back") as entry:
        standing, subject = _own(by, comment, see)
        made = _new(by, subject, "")
        made.answers, made.replaces = standing.answers, standing
        entry.about(subject.kind, subject.id, subject.label)
        entry.facts["comment"] = str(made.pk)
        made.save()


def attach(*, by: Actor, subject: Subject, name: str, sha256: str, size: int, note: str = "") -> UUID:
    """Put a file beside a record. Its bytes stand in the store already, under their digest."""
    with recording(by=by, verb="attach a file beside", reason=in_words(note)) as entry:
        _must(discussion.may_comment(by, subject))
        if size <= 0:
            raise Invalid("file", "The file is empty. Choose the one that is meant.")
        standing = queries.attached(subject, by, sha256)
        if standing is not None:
            return standing.pk
        made = Attachment(
            body_id=UUID(by.body),
            register=subject.register,
            subject_kind=subject.kind,
            subject_id=subject.id,
            subject_label=subject.label[:400],
            name=file_name.shown(name),
            sha256=sha256,
            size=size,
            note=in_words(note),
            by_id=UUID(by.id),
            at=timezone.now(),
        )
        entry.about(subject.kind, subject.id, subject.label)
        entry.facts["file"] = {"sha256": sha256, "name": made.name}
        made.save()
        return made.pk


def take_away(*, by: Actor, attachment: UUID, reason: str, see: See) -> None:
    """Offer a file no longer, saying why. That it was there stays on record, and so do its bytes."""
    with recording(by=by, verb="take a file away", reason=in_words(reason)) as entry:
        found, subject = queries.attachment_row(by, attachment, see)
        _must(
            discussion.may_take_away(
                by, subject, by=str(found.by_id), taken_away=found.taken_away_at is not None
            )
        )
        if not in_words(reason):
            raise Invalid("reason", "Say why the file is taken away.")
        entry.about(subject.kind, subject.id, subject.label)
        entry.facts["file"] = {"sha256": found.sha256, "name": found.name}
        found.taken_away_at = timezone.now()
        found.taken_away_by, found.taken_away_because = by.name, in_words(reason)
        found.save()


# --- Beneath the changes ------------------------------------------------------------------------------------


def _must(refusal: Refusal | None) -> None:
    if refusal:
        raise Refused(refusal.sentence)


def _said(text: str) -> str:
    said = in_words(text)
    if not said:
        raise Invalid("text", "Write what you want to say.")
    if len(said) > discussion.LONGEST:
        raise Invalid(
            "text", f"A comment has at most {discussion.LONGEST:,} letters; this has {len(said):,}."
        )
    return said


def _new(by: Actor, subject: Subject, text: str) -> Comment:
    return Comment(
        body_id=UUID(by.body),
        register=subject.register,
        subject_kind=subject.kind,
        subject_id=subject.id,
        subject_label=subject.label[:400],
        by_id=UUID(by.id),
        at=timezone.now(),
        text=text,
    )


def _write(entry: OpenEntry, by: Actor, subject: Subject, made: Comment) -> None:
    """Store the comment and whom it names. A name that says nobody, or not who, keeps all from being stored:
    its writer still has the text before them.
    """
    named = mention.resolve(made.text, queries.somebodies(by), queries.readers(by, subject))
    if named.problems:
        raise Invalid("text", " ".join(named.problems))
    entry.about(subject.kind, subject.id, subject.label)
    entry.facts |= {"comment": str(made.pk), "mentions": [each.id for each in named.found]}
    made.save()
    for each in named.found:
        Mention(comment=made, person_id=UUID(each.id)).save()


def _comment_on(by: Actor, subject: Subject, comment: UUID) -> Comment:
    found = queries.comments_on(by, subject).filter(pk=comment).first()
    if found is None:
        raise Missing("There is no such comment here to answer.")
    return found


def _own(by: Actor, comment: UUID, see: See) -> tuple[Comment, Subject]:
    """The actor's own words, as they stand, and what they are about."""
    found, subject = queries.comment_row(by, comment, see)
    replaced = Comment.objects.filter(replaces=found).exists()
    _must(
        discussion.may_reword(
            by, by=str(found.by_id), latest=not replaced, taken_back=not found.text and not replaced
        )
    )
    _must(discussion.may_comment(by, subject))
    return found, subject
