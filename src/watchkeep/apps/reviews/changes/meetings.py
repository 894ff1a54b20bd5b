"""What can be done about a board's meetings: plan, move, cancel, put on the agenda, hold, minute.

What was asked and decided is written once and onto the risk's own history; a correction takes its place and
the first words stay.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db.models import Max
from django.utils import timezone

from watchkeep.apps.history.changes import check_version, recording
from watchkeep.apps.history.models import OpenEntry
from watchkeep.apps.register.models import Risk
from watchkeep.apps.register.queries import visible_risks
from watchkeep.apps.reviews.changes.boards import board_of, refuse
from watchkeep.apps.reviews.models import AgendaItem, BoardDecision, EarlierMeeting, Meeting, Minute
from watchkeep.apps.reviews.queries.boards import secretariat_of, visible_boards
from watchkeep.apps.treatment.changes import promise
from watchkeep.apps.treatment.models import Commitment
from watchkeep.apps.treatment.queries import visible_commitments
from watchkeep.domain.board import PURPOSES, MeetingState, may_hold, may_minute, may_plan, may_run
from watchkeep.domain.clashing import clashes_of
from watchkeep.domain.clock import must_be_within
from watchkeep.domain.commitment import Promise
from watchkeep.domain.errors import Clash, Invalid, Missing, Refused
from watchkeep.domain.finding import written
from watchkeep.domain.naming import in_words, named
from watchkeep.domain.people import Actor

EARLIEST_MEETING: Final = date(1990, 1, 1)  # minutes of older ones are not entered here


def plan_meeting(*, by: Actor, board: UUID, on: date, note: str = "") -> UUID:
    """Plan a meeting, or enter one that has been, for its agenda and minutes."""
    with recording(by=by, verb="plan a meeting", as_at=on) as entry:
        found = board_of(by, board)
        refuse(may_run(by, secretariat_of(found)))
        _must_be_free(board, on)
        meeting = Meeting(board=found, on=on, note=in_words(note), planned_known_at=timezone.now())
        _about(entry, meeting)
        meeting.save()
        return meeting.pk


def move_meeting(*, by: Actor, meeting: UUID, version: int, on: date, reason: str = "") -> None:
    """Move a planned meeting to another day, its agenda with it."""
    with recording(by=by, verb="move a meeting", reason=in_words(reason), as_at=on) as entry:
        found = meeting_of(by, meeting)
        refuse(may_plan(by, secretariat_of(found.board), _state(found)))
        check_version(found, version, _days_apart(on, found))
        if found.on == on:
            return
        _must_be_free(found.board_id, on)
        entry.facts["fields"] = [{"field": "Day", "before": written(found.on), "after": written(on)}]
        _supersede(found)
        found.on = on
        _about(entry, found)
        _write(found)


def cancel_meeting(*, by: Actor, meeting: UUID, version: int, reason: str) -> None:
    """Cancel a planned meeting, saying why. It stays to be seen."""
    with recording(by=by, verb="cancel a meeting", reason=in_words(reason)) as entry:
        found = meeting_of(by, meeting)
        refuse(may_plan(by, secretariat_of(found.board), _state(found)))
        check_version(found, version)
        if not in_words(reason):
            raise Invalid("reason", "Say why the meeting is cancelled.")
        _about(entry, found)
        found.cancelled_known_at = _supersede(found)
        found.state = "cancelled"
        found.note = "\n".join(filter(None, [found.note, f"Cancelled: {in_words(reason)}"]))
        _write(found)


def hold_meeting(*, by: Actor, meeting: UUID, version: int, note: str = "") -> None:
    """Say that a meeting was held; from then on its agenda stays as it is."""
    with recording(by=by, verb="hold a meeting") as entry:
        found = meeting_of(by, meeting)
        today = timezone.localdate()
        refuse(may_hold(by, secretariat_of(found.board), _state(found), on=found.on, today=today))
        check_version(found, version)
        entry.as_at = found.on
        _about(entry, found)
        found.held_known_at = _supersede(found)
        found.state = "held"
        found.note = in_words(note) or found.note
        _write(found)


def put_on_agenda(
    *,
    by: Actor,
    meeting: UUID,
    version: int,
    purpose: str,
    risk: UUID | None = None,
    title: str = "",
) -> UUID:
    """Put a risk, or something else, last on the agenda of a planned meeting; the item's id."""
    with recording(by=by, verb="put on an agenda") as entry:
        found = meeting_of(by, meeting)
        refuse(may_plan(by, secretariat_of(found.board), _state(found)))
        check_version(found, version)
        about = _risk(by, risk) if risk else None
        if purpose not in PURPOSES:
            raise Invalid("purpose", f"An item is there to {', '.join(PURPOSES[:-1])} or {PURPOSES[-1]}.")
        if about and found.items.filter(risk=about, taken_off_on=None).exists():
            raise Invalid("risk", f"{about} is on this agenda already.")
        if not about and not named(title):
            raise Invalid("title", "Name what is to be talked about, or choose a risk.")
        last = found.items.aggregate(last=Max("position"))["last"] or 0
        item = AgendaItem(
            meeting=found,
            position=last + 1,
            risk=about,
            title=(named(title) or str(about))[:300],
            purpose=purpose,
            put_on_known_at=timezone.now(),
        )
        _about(entry, found)
        entry.facts["fields"] = [{"field": "Item", "before": "", "after": f"{item.title} ({purpose})"}]
        item.save()
        _write(found)
        return item.pk


def move_item(*, by: Actor, item: UUID, version: int, up: bool) -> None:
    """Change places with the item before, or after; `version` is the meeting’s."""
    with recording(by=by, verb="reorder an agenda") as entry:
        found = item_of(by, item)
        refuse(may_plan(by, secretariat_of(found.meeting.board), _state(found.meeting)))
        check_version(found.meeting, version)
        rows = found.meeting.items.filter(taken_off_on=None)
        rows = rows.filter(position__lt=found.position) if up else rows.filter(position__gt=found.position)
        other = rows.order_by("-position" if up else "position").first()
        if other is None:
            return
        found.position, other.position = other.position, found.position
        _about(entry, found.meeting)
        for each in (found, other):
            _write(each)
        _write(found.meeting)


def take_off_agenda(*, by: Actor, item: UUID, version: int, reason: str = "") -> None:
    """Take an item off the agenda of a planned meeting; that it was there stays. `version` is the
    meeting’s.
    """
    with recording(by=by, verb="take off an agenda", reason=in_words(reason)) as entry:
        found = item_of(by, item)
        refuse(may_plan(by, secretariat_of(found.meeting.board), _state(found.meeting)))
        check_version(found.meeting, version)
        if found.taken_off_on is not None:
            raise Refused(f"{found.title} is off this agenda already.")
        if found.minutes.exists() or found.decisions.exists():
            raise Refused(
                f"{found.title} was minuted; it stays on the agenda that it was talked about under."
            )
        _about(entry, found.meeting)
        entry.facts["fields"] = [{"field": "Item", "before": found.title, "after": ""}]
        found.taken_off_on, found.taken_off_known_at = timezone.localdate(), timezone.now()
        _write(found)
        _write(found.meeting)


def minute_challenge(*, by: Actor, item: UUID, version: int, challenge: str, answer: str = "") -> None:
    """Minute what was asked and answered. Minuted again, it takes the place of what was minuted before;
    `version` is the item’s.
    """
    with recording(by=by, verb="minute a challenge") as entry:
        found = _to_minute(by, item)
        standing = found.minutes.order_by("-number").first()
        asked, answered = in_words(challenge), in_words(answer)
        before = {"challenge": standing.challenge, "answer": standing.answer} if standing else {}
        said = {"challenge": asked, "answer": answered}
        labels = (("challenge", "Challenge"), ("answer", "Answer"))
        check_version(found, version, clashes_of(labels, said, before))
        if not asked:
            raise Invalid("challenge", "Say what was asked.")
        if said == before:
            return
        entry.as_at = found.meeting.on
        _about_item(entry, found)
        entry.facts["fields"] = [
            {"field": label, "before": before.get(name, ""), "after": said[name]}
            for name, label in labels
            if said[name] != before.get(name, "")
        ]
        Minute(
            item=found,
            number=standing.number + 1 if standing else 1,
            effective_on=found.meeting.on,
            known_at=timezone.now(),
            challenge=asked,
            answer=answered,
            by=by.name,
        ).save()
        _write(found)


def minute_decision(
    *,
    by: Actor,
    item: UUID,
    text: str,
    risk: UUID | None = None,
    commitment: UUID | None = None,
    to_do: Promise | None = None,
) -> UUID:
    """Minute what was decided, onto the item’s risk or another; the decision’s id. Sent twice, it is one.

    `commitment` is a promise that is kept already; `to_do` becomes one, in the same breath.
    """
    with recording(by=by, verb="minute a decision") as entry:
        found = _to_minute(by, item)
        said = in_words(text)
        if not said:
            raise Invalid("text", "Say what was decided.")
        about = _risk(by, risk) if risk else found.risk
        twice = found.decisions.filter(text=said, superseded_by=None, risk=about).first()
        if twice is not None:
            return twice.pk
        entry.as_at = found.meeting.on
        _about_item(entry, found, about)
        entry.facts["fields"] = [{"field": "Decision", "before": "", "after": said}]
        made = _decision(by, found, about, said)
        made.commitment = _commitment(by, _promised(by, found, about, to_do) if to_do else commitment)
        made.save()
        return made.pk


def correct_decision(*, by: Actor, decision: UUID, text: str, reason: str) -> UUID:
    """Minute a decision anew, saying why; it supersedes the first words, which stay to be read."""
    with recording(by=by, verb="correct a decision", reason=in_words(reason)) as entry:
        rows = BoardDecision.objects.filter(pk=decision, item__meeting__board__in=visible_boards(by))
        standing = rows.select_related("risk", "commitment").first()
        if standing is None or (standing.risk_id and not _sees(by, standing.risk_id)):
            raise Missing("There is no such decision.")
        found = _to_minute(by, standing.item_id)
        if BoardDecision.objects.filter(supersedes=standing).exists():
            raise Refused("This decision was corrected already; correct what stands now.")
        said = in_words(text)
        if not said:
            raise Invalid("text", "Say what was decided.")
        if not in_words(reason):
            raise Invalid("reason", "Say why the minute is corrected.")
        if said == standing.text:
            return standing.pk
        entry.as_at = found.meeting.on
        _about_item(entry, found, standing.risk)
        entry.facts["fields"] = [{"field": "Decision", "before": standing.text, "after": said}]
        made = _decision(by, found, standing.risk, said)
        made.commitment, made.supersedes = standing.commitment, standing
        made.save()
        return made.pk


# --- Beneath the changes ------------------------------------------------------------------------------------


def meeting_of(by: Actor, meeting: UUID) -> Meeting:
    """A meeting of a board that `by` may see."""
    rows = Meeting.objects.filter(pk=meeting, board__in=visible_boards(by)).select_related("board")
    found = rows.first()
    if found is None:
        raise Missing("There is no such meeting.")
    return found


def item_of(by: Actor, item: UUID) -> AgendaItem:
    """An agenda item of such a meeting. One about a risk that `by` may not see is not there for them."""
    rows = AgendaItem.objects.filter(pk=item, meeting__board__in=visible_boards(by))
    found = rows.select_related("meeting__board", "risk").first()
    if found is None or (found.risk_id and not _sees(by, found.risk_id)):
        raise Missing("There is no such item.")
    return found


def _to_minute(by: Actor, item: UUID) -> AgendaItem:
    """An item whose minutes `by` may write now."""
    found = item_of(by, item)
    meeting, today = found.meeting, timezone.localdate()
    refuse(may_minute(by, secretariat_of(meeting.board), _state(meeting), on=meeting.on, today=today))
    if found.taken_off_on is not None:
        raise Refused(f"{found.title} was taken off this agenda.")
    return found


def _decision(by: Actor, item: AgendaItem, risk: Risk | None, text: str) -> BoardDecision:
    return BoardDecision(
        item=item,
        risk=risk,
        effective_on=item.meeting.on,
        known_at=timezone.now(),
        text=text,
        by=by.name,
    )


def _risk(by: Actor, risk: UUID) -> Risk:
    found = visible_risks(by).filter(pk=risk).first()
    if found is None:
        raise Missing("There is no such risk.")
    return found


def _sees(by: Actor, risk: UUID) -> bool:
    return visible_risks(by).filter(pk=risk).exists()


def _promised(by: Actor, item: AgendaItem, risk: Risk | None, to_do: Promise) -> UUID:
    """What the board gave somebody to do, promised from the day of its meeting."""
    source = f"{item.meeting.board.name}, {written(item.meeting.on)}"
    return promise(
        by=by,
        kind="action",
        value=replace(to_do, source=to_do.source or source),
        on=item.meeting.on,
        risk=risk.pk if risk else None,
        minuted=True,
    )


def _commitment(by: Actor, commitment: UUID | None) -> Commitment | None:
    found = visible_commitments(by).filter(pk=commitment).first() if commitment else None
    if commitment and found is None:
        raise Missing("There is no such promise.")
    return found


def _must_be_free(board: UUID, on: date) -> None:
    must_be_within("on", on, first=EARLIEST_MEETING)
    if Meeting.objects.filter(board_id=board, on=on).exclude(state="cancelled").exists():
        raise Invalid("on", f"The board meets on {written(on)} already.")


def _state(meeting: Meeting) -> MeetingState:
    return "held" if meeting.state == "held" else "cancelled" if meeting.state == "cancelled" else "planned"


def _supersede(found: Meeting) -> datetime:
    """Keep what is said of the meeting before other things are said of it; the moment of that."""
    now = timezone.now()
    EarlierMeeting(meeting=found, on=found.on, state=found.state, note=found.note, superseded_at=now).save()
    return now


def _write(found: Meeting | AgendaItem) -> None:
    found.version += 1
    found.save()


def _about(entry: OpenEntry, meeting: Meeting) -> None:
    entry.about("meeting", meeting.pk, f"{meeting.board.name}, {written(meeting.on)}")


def _about_item(entry: OpenEntry, item: AgendaItem, risk: Risk | None = None) -> None:
    """What a board says of a risk stands in the risk’s own history, and names the meeting."""
    _about(entry, item.meeting)
    entry.facts["meeting"] = entry.subject[2]
    about = risk or item.risk
    if about is not None:
        entry.about("risk", about.pk, str(about))


def _days_apart(on: date, found: Meeting) -> tuple[Clash, ...]:
    return clashes_of((("on", "Day"),), {"on": on.isoformat()}, {"on": found.on.isoformat()})
