"""The discussion of a record, for the page that shows the record.

Any page whose record apps/reviews/subjects.py knows carries it so: in the view

    "talk": talk(viewer, "control", str(page.id), back=request.get_full_path(), clock=clock)

and in the template

    {% include "discussion/section.html" %}

It is four or five statements, however much was said. On a page of the past it shows what had been said by
then, and no forms.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from django.forms import Form

from watchkeep.apps.discussion import queries
from watchkeep.apps.discussion.queries import AttachmentRow, CommentRow
from watchkeep.apps.reviews.subjects import see
from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.discussion import Subject, may_comment
from watchkeep.domain.people import Actor
from watchkeep.web.components.tags import counted
from watchkeep.web.discussion.forms import AttachForm, BackForm, CommentForm, TakeAwayForm

Kind = TypeVar("Kind", bound=Form)


@dataclass(frozen=True, slots=True)
class Said:
    """A comment with the forms that the viewer may send about it."""

    row: CommentRow
    answers: tuple[Said, ...]
    answer: CommentForm | None = None
    reword: CommentForm | None = None
    take_back: BackForm | None = None


@dataclass(frozen=True, slots=True)
class File:
    """A file with the form that takes it away, where the viewer may."""

    row: AttachmentRow
    take_away: TakeAwayForm | None


@dataclass(frozen=True, slots=True)
class Talk:
    """All that the section shows; without forms where the viewer may not join in."""

    subject: Subject
    finding: str
    comments: tuple[Said, ...]
    files: tuple[File, ...]
    comment: CommentForm | None
    attach: AttachForm | None


def talk(viewer: Actor, kind: str, id: str, *, back: str, clock: Clock = PRESENT) -> Talk:
    """What is said of the record of that kind and id; `Missing` where the viewer may not see it."""
    subject = see(viewer, kind, id)
    found = queries.discussion(viewer, subject, clock)
    joins = not clock.past and may_comment(viewer, subject) is None
    back = f"{back.partition('#')[0]}#discussion"
    return Talk(
        subject=subject,
        finding=_finding(found.said, sum(each.taken_away_at is None for each in found.attachments)),
        comments=tuple(_said(each, back, joins=joins, answerable=True) for each in found.comments),
        files=tuple(
            _file(each, back, removable=each.removable and not clock.past) for each in found.attachments
        ),
        comment=_form(CommentForm, "comment", back) if joins else None,
        attach=_form(AttachForm, "attach", back) if joins else None,
    )


def _finding(comments: int, files: int) -> str:
    if not comments and not files:
        return "Nothing has been said of it yet."
    said = counted(comments, "comment,comments") if comments else "No comment"
    return f"{said}, {counted(files, 'file,files')}." if files else f"{said}."


def _said(row: CommentRow, back: str, *, joins: bool, answerable: bool) -> Said:
    own = joins and row.own
    answer = _form(CommentForm, f"answer_{row.id}", back, answers=row.id) if joins and answerable else None
    if answer:
        answer.fields["text"].label = "Your answer"
    reword = _form(CommentForm, f"reword_{row.id}", back, text=row.said.text) if own else None
    if reword:
        reword.fields["text"].label = "What you say instead"
    return Said(
        row=row,
        answers=tuple(_said(each, back, joins=joins, answerable=False) for each in row.answers),
        answer=answer,
        reword=reword,
        take_back=_form(BackForm, f"take_back_{row.id}", back) if own else None,
    )


def _file(row: AttachmentRow, back: str, *, removable: bool) -> File:
    return File(row, _form(TakeAwayForm, f"away_{row.id}", back) if removable else None)


def _form(kind: type[Kind], name: str, back: str, **initial: object) -> Kind:
    """An empty form whose boxes have ids of their own: a page carries many of a kind."""
    return kind(initial={"back": back} | initial, auto_id=f"{name}_%s")
