"""Saying what a sentence rests on: a record of its risk, a page of a file, a reading, a post's judgement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal
from uuid import UUID, uuid4

from django.utils import timezone

from watchkeep.apps.evidence.changes.holding import (
    Spoken,
    changeable,
    raise_version,
    sentence_of,
    statement_for,
    statement_named,
    tell,
)
from watchkeep.apps.evidence.changes.measuring import OnObservation, columns_read
from watchkeep.apps.evidence.models import Binding
from watchkeep.apps.evidence.queries.held import label_of
from watchkeep.apps.evidence.queries.offering import Offered, offered
from watchkeep.apps.history.changes import recording
from watchkeep.apps.history.spans import end_span
from watchkeep.apps.people.models import Post
from watchkeep.apps.people.queries.posts import holders
from watchkeep.apps.register.models import Event, Risk
from watchkeep.apps.treatment.changes.controls import not_ahead
from watchkeep.apps.treatment.conversion import check_of
from watchkeep.apps.treatment.models import Check, Commitment
from watchkeep.apps.treatment.queries.promised import facts_of, version_at
from watchkeep.domain import statement as rules
from watchkeep.domain.errors import Invalid, Missing, Refused
from watchkeep.domain.finding import written
from watchkeep.domain.naming import in_words, named
from watchkeep.domain.people import Actor, Refusal, answers_for, obey


@dataclass(frozen=True, slots=True)
class OnRecord:
    """A check of a control that serves the risk, a promise that bears on it, or an event around it."""

    kind: Literal["check", "commitment", "event"]
    record: UUID


@dataclass(frozen=True, slots=True)
class OnDocument:
    """A place in a file that stands beside the risk, or in a paper that its words were read from."""

    sha256: str
    on: date  # the document's own day
    place: str = ""
    says: str = ""


@dataclass(frozen=True, slots=True)
class OnReading:
    """A figure that was read on a day, and where: one of no indicator."""

    says: str
    source: str
    on: date


Rests = OnRecord | OnDocument | OnReading | OnObservation


def bind(
    *,
    by: Actor,
    risk: UUID,
    field: str,
    text: str,
    rests: Rests,
    version: int = 0,
    on: date | None = None,
    holds_until: date | None = None,
    reason: str = "",
) -> UUID:
    """Say what a sentence rests on from a day (else today), having looked at `version` of its statement: 0,
    where it rested on nothing. The id of the binding.
    """
    day = on or timezone.localdate()
    with recording(by=by, verb="bind a statement", reason=reason, as_at=day) as entry:
        found = changeable(by, risk)
        not_ahead("on", day)
        spoken = sentence_of(found, field, text, day)
        columns = _columns(by, risk, rests, day, holds_until)
        made = _made(by, found, spoken, version, day, columns)
        _must_be_new(made)
        _must_count(made, day)
        tell(entry, found, made, label_of(made))
        made.save()
        return made.pk


def judge(
    *,
    by: Actor,
    risk: UUID,
    field: str,
    text: str,
    post: UUID,
    version: int = 0,
    on: date | None = None,
    holds_until: date | None = None,
    reason: str = "",
) -> UUID:
    """Mark a sentence as the judgement of a post that the actor holds, from a day (else today) for its
    shelf life. It takes the place of a judgement that stood. The id of the binding.
    """
    day = on or timezone.localdate()
    with recording(by=by, verb="judge a statement", reason=reason, as_at=day) as entry:
        found = changeable(by, risk)
        named_post = Post.objects.filter(pk=post, body_id=by.body, abolished_on=None).first()
        if named_post is None:
            raise Missing("There is no such post.")
        obey(may_judge_as(by, named_post))
        not_ahead("on", day)
        spoken = sentence_of(found, field, text, day)
        until = rules.shelf_life("judgement", day, holds_until)
        columns = {"kind": "judgement", "post": named_post, "on": day, "holds_until": until}
        made = _made(by, found, spoken, version, day, columns | {"says": in_words(reason)})
        _must_count(made, day)
        for standing in Binding.objects.filter(statement=made.statement, kind="judgement", until_on=None):
            end_span(standing, what="The judgement", on=max(day, standing.from_on), reason="Judged anew.")
        tell(entry, found, made, named_post.title)
        made.save()
        return made.pk


def unbind(*, by: Actor, binding: UUID, version: int, reason: str, on: date | None = None) -> None:
    """Say that a sentence rests on that no longer, from a day (else today), and why. That it did stays."""
    day = on or timezone.localdate()
    with recording(by=by, verb="unbind a statement", reason=reason, as_at=day) as entry:
        row = Binding.objects.select_related("statement").filter(pk=binding).first()
        if row is None:
            raise Missing("There is no such basis.")
        statement, risk = statement_named(by, row.statement_id, version)
        if not in_words(reason):
            raise Invalid("reason", "Say why the sentence rests on it no longer.")
        not_ahead("on", day)
        tell(entry, risk, row, label_of(row))
        end_span(row, what="What the sentence rests on", on=day, reason=reason)
        raise_version(statement)


def may_judge_as(by: Actor, post: Post) -> Refusal | None:
    """Nobody judges through a post that they do not hold; the command line writes a holder's word down, and
    its entry says so.
    """
    if answers_for(by, post.pk):
        return None
    if by.kind == "command":
        held = any(not each.deputy for each in holders(by, post.pk))
        return None if held else Refusal(f"Nobody holds the post {post.title}: it has no judgement to give.")
    return Refusal(f"Only who holds the post {post.title} gives its judgement; {by.name} does not.")


# --- What is written ----------------------------------------------------------------------------------------


def _made(by: Actor, risk: Risk, spoken: Spoken, version: int, day: date, columns: dict[str, Any]) -> Binding:
    return Binding(
        statement=statement_for(risk, spoken, version),
        text=rules.squeezed(spoken.sentence.text),
        from_on=day,
        from_known_at=timezone.now(),
        by=by.name,
        **columns,
    )


def _columns(by: Actor, risk: UUID, rests: Rests, day: date, asked: date | None) -> dict[str, Any]:
    if isinstance(rests, OnReading):
        return _reading(rests, day, asked)
    if isinstance(rests, OnObservation):
        return columns_read(by, rests, day, asked)
    offers = offered(by, risk)
    if isinstance(rests, OnDocument):
        return _document(offers, rests, day, asked)
    among = {"check": offers.checks, "commitment": offers.promises, "event": offers.events}[rests.kind]
    if all(each.id != rests.record for each in among):
        names = {"check": "check of a control", "commitment": "promise", "event": "event"}
        raise Missing(f"This risk has no such {names[rests.kind]}.")
    return columns_on(rests, day, asked)


def columns_on(rests: OnRecord, day: date, asked: date | None = None) -> dict[str, Any]:
    """A record as it is told now, with its own day and how long it counts."""
    if rests.kind == "check":
        check = Check.objects.select_related("control").get(pk=rests.record)
        value = check_of(check)
        until = value.stale_from - timedelta(days=1)
        said = {"check_found": check, "on": value.on, "says": rules.found(value)}
        return said | {"kind": "check", "holds_until": min(until, asked) if asked else until}
    if rests.kind == "event":
        event = Event.objects.get(pk=rests.record)
        until_event = rules.shelf_life("event", event.effective_on, asked)
        said = {"event": event, "on": event.effective_on, "says": event.outcome}
        return said | {"kind": "event", "holds_until": until_event}
    promise = version_at(Commitment.objects.get(pk=rests.record), day)
    said = {
        "promise": promise,
        "on": promise.effective_on,
        "says": rules.promise_says(facts_of(promise), day),
    }
    return said | {"kind": "commitment", "holds_until": rules.shelf_life("commitment", day, asked)}


def _document(offers: Offered, rests: OnDocument, day: date, asked: date | None) -> dict[str, Any]:
    file = next((each for each in offers.files if each.sha256 == rests.sha256), None)
    if file is None:
        raise Missing("No such file stands beside this risk, and its words were not read from it.")
    not_ahead("document_on", rests.on)
    return {
        "kind": "document",
        "sha256": file.sha256,
        "attachment_id": file.attachment,
        "label": file.name,
        "place": named(rests.place),
        "says": in_words(rests.says),
        "on": rests.on,
        "holds_until": rules.shelf_life("document", rests.on, asked),
    }


def _reading(rests: OnReading, day: date, asked: date | None) -> dict[str, Any]:
    if not in_words(rests.says):
        raise Invalid("says", "Give the figure that was read, with its unit.")
    if not named(rests.source):
        raise Invalid("source", "Say where it was read: the report, the system or the return.")
    not_ahead("read_on", rests.on)
    return {
        "kind": "observation",
        "reading": uuid4(),
        "label": named(rests.source),
        "says": in_words(rests.says),
        "on": rests.on,
        "holds_until": rules.shelf_life("observation", rests.on, asked),
    }


def _must_be_new(made: Binding) -> None:
    """The same record holds a sentence once at a time."""
    same = Binding.objects.filter(statement=made.statement, kind=made.kind, until_on=None)
    if made.kind == "check":
        same = same.filter(check_found=made.check_found)
    elif made.kind == "commitment" and made.promise:
        same = same.filter(promise__commitment=made.promise.commitment)
    elif made.kind == "event":
        same = same.filter(event=made.event)
    elif made.kind == "document":
        same = same.filter(sha256=made.sha256, place=made.place)
    elif made.indicator:
        same = same.filter(reading=made.reading)
    else:
        same = same.filter(label=made.label, says=made.says, on=made.on)
    if same.exists():
        raise Refused(f"The sentence rests on {label_of(made)} already; say that it still holds instead.")


def _must_count(made: Binding, day: date) -> None:
    """What no longer counts on the day of binding holds nothing."""
    if made.on > day:
        raise Invalid("on", f"{label_of(made)} is of {written(made.on)}; nothing rested on it before that.")
    if made.holds_until and made.holds_until < day:
        raise Invalid(
            "holds_until",
            f"{label_of(made)} is of {written(made.on)} and counted until {written(made.holds_until)}. "
            "Bind the sentence to something newer.",
        )
