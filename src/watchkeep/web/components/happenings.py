"""An entry of the ledger as a sentence and a list of changes."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import shorten
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from watchkeep.apps.history.queries import EntryRow
from watchkeep.domain.fields import label_of
from watchkeep.web.components.pieces import Change, Happening

QUOTED = 120  # signs of a correction's text that are quoted in a sentence
SAID = {
    "open a body": "Opened {subject}",
    "add a person": "Added {subject}",
    "change a password": "Changed the password of {subject}",
    "change a role": "Changed the role of {subject}",
    "stop a person": "Stopped {subject} signing in",
    "resume a person": "Let {subject} sign in again",
    "amend a person": "Changed the name or address of {subject}",
    "end all sessions": "Signed {subject} out everywhere",
    "turn on a second factor": "Turned on a second factor for {subject}",
    "turn off a second factor": "Turned off the second factor of {subject}",
    "make new recovery codes": "Made new recovery codes for {subject}",
    "grant a role": "Gave {subject} a role in a part of the body",
    "end a role": "Ended a role of {subject} in a part of the body",
    "tell a person": "Told people: {subject}",
    "take notices to be sent": "Took what is to be told by mail: {subject}",
    "send notices": "Sent what is to be told by mail: {subject}",
    "fail to send notices": "Could not send what is to be told by mail: {subject}",
    "lose sight of notices": "Does not know whether the mail arrived: {subject}",
    "say how to be told": "Said how {subject} is to be told",
    "answer by a link": "Answered by a link from a mail: {subject}",
    "amend the body": "Said anew what {subject} is",
    "open a unit": "Opened the unit {subject}",
    "rename a unit": "Renamed the unit to {subject}",
    "move a unit": "Moved the unit {subject}",
    "close a unit": "Closed the unit {subject}",
    "open a post": "Opened the post {subject}",
    "rename a post": "Renamed the post to {subject}",
    "move a post": "Moved the post {subject} to another unit",
    "abolish a post": "Abolished the post {subject}",
    "appoint": "Appointed somebody to the post {subject}",
    "end a holding": "Ended somebody’s time in the post {subject}",
    "open a register": "Opened the register {subject}",
    "amend a register": "Changed the register {subject}",
    "set a scale": "Set the scale {subject}",
    "change a scale": "Set a new version of the scale {subject}",
    "use a scale": "Said on which scale {subject} is rated",
    "add a category": "Added the category {subject}",
    "add the starter categories": "Added the categories to start from",
    "add an objective": "Added the objective {subject}",
    "amend a category": "Changed the category {subject}",
    "retire a category": "Retired the category {subject}",
    "amend an objective": "Changed the objective {subject}",
    "retire an objective": "Retired the objective {subject}",
    "state an appetite": "Stated the appetite for {subject}",
    "save a view": "Kept the view {subject}",
    "share a view": "Shared the view {subject}",
    "drop a view": "Dropped the view {subject}",
    "draft a risk": "Drafted {subject}",
    "escalate a risk": "Escalated {subject} to another register",
    "accept an escalation": "Took {subject} in from another register",
    "return an escalation": "Returned {subject} to the register that it came from",
    "bring a risk back": "Brought {subject} back from another register",
    "merge a risk": "Merged {subject} into another risk",
    "reopen a risk": "Reopened {subject}",
    "take a risk in": "Took {subject} into the register",
    "link two risks": "Linked {subject} to another risk",
    "end a link": "Ended a link of {subject}",
    "look at a link": "Looked again at a link of {subject}",
    "record an event": "Recorded what happened to {subject}",
    "correct an event": "Corrected what happened to {subject}",
    "bind a statement": "Said what a sentence of {subject} rests on",
    "judge a statement": "Marked a sentence of {subject} as a post’s judgement",
    "renew a statement": "Looked again at what a sentence of {subject} rests on",
    "unbind a statement": "Took off what a sentence of {subject} rested on",
    "make a token": "Made a token for {subject}",
    "stop a token": "Stopped a token of {subject}",
    "open an indicator": "Opened the indicator {subject}",
    "redefine an indicator": "Redefined the indicator {subject}",
    "attach an indicator": "Said which indicator speaks to {subject}",
    "detach an indicator": "Said which indicator speaks to {subject} no longer",
    "record readings": "Recorded readings of {subject}",
    "bring in readings": "Brought in the readings of {subject}",
    "say what the columns are": "Said what the columns of {subject} are",
    "take in readings": "Took in the readings of {subject}",
    "drop readings": "Dropped the readings of {subject}",
    "open a feed": "Had readings pulled by themselves: {subject}",
    "stop a feed": "Had readings pulled no more: {subject}",
    "pull a feed": "Pulled readings: {subject}",
    "forecast": "Forecast {subject}",
    "refuse a forecast": "Could not forecast {subject}",
    "expect an effect": "Said what is expected to come of {subject}",
    "expect an effect no more": "Took back what was expected to come of {subject}",
    "look for an effect": "Looked whether {subject} had its effect",
    "ask a forecast question": "Asked {subject}",
    "guess": "Said what is held likely of {subject}",
    "settle a forecast question": "Said what came of {subject}",
    "set the cover": "Recorded what the paper says of {subject} as a whole",
    "open a risk": "Opened {subject}",
    "amend a risk": "Amended {subject}",
    "correct a risk": "Corrected {subject}",
    "close a risk": "Closed {subject}",
    "add a control": "Added the control {subject}",
    "amend a control": "Amended the control {subject}",
    "stand down a control": "Stood down the control {subject}",
    "put a control in force": "Put the control {subject} in force",
    "apply a control": "Said which control serves {subject}",
    "end a control's use": "Said which control serves {subject} no longer",
    "record a check": "Recorded a check of {subject}",
    "correct a check": "Corrected a check of {subject}",
    "make a promise": "Promised {subject}",
    "amend a promise": "Amended {subject}",
    "move a promise's day": "Moved the day of {subject}",
    "report a promise done": "Reported {subject} done",
    "drop a promise": "Dropped {subject}",
    "take a promise up again": "Took {subject} up again",
    "judge a promise's effect": "Said whether {subject} had its effect",
    "apply a promise": "Said that a promise bears on {subject}",
    "end a promise's use": "Said that a promise bears on {subject} no longer",
    "let a promise wait for another": "Said what {subject} waits for",
    "end a promise's waiting": "Said that {subject} waits no longer",
    "sort lines": "Sorted lines of {subject}",
    "open a board": "Opened the board {subject}",
    "amend a board": "Changed the board {subject}",
    "stand a board down": "Stood down {subject}",
    "seat a post": "Seated a post on {subject}",
    "end a seat": "Ended a seat on {subject}",
    "plan a meeting": "Planned the meeting of {subject}",
    "move a meeting": "Moved the meeting of {subject}",
    "cancel a meeting": "Cancelled the meeting of {subject}",
    "hold a meeting": "Recorded that {subject} was held",
    "put on an agenda": "Put something on the agenda of {subject}",
    "reorder an agenda": "Reordered the agenda of {subject}",
    "take off an agenda": "Took something off the agenda of {subject}",
    "minute a challenge": "Minuted what a board asked of {subject}",
    "minute a decision": "Minuted what a board decided on {subject}",
    "correct a decision": "Corrected the minute of a decision on {subject}",
    "comment": "Commented on {subject}",
    "answer a comment": "Answered a comment on {subject}",
    "change a comment": "Changed a comment on {subject}",
    "take a comment back": "Took back a comment on {subject}",
    "attach a file beside": "Attached a file to {subject}",
    "take a file away": "Took a file away from {subject}",
    "open a review cycle": "Opened the review of {subject}",
    "roll a cycle forward": "Rolled {subject} forward",
    "update a review": "Updated {subject} in its review",
    "confirm a review": "Confirmed {subject} in its review",
    "challenge a review": "Challenged {subject}",
    "answer a challenge": "Answered a challenge of {subject}",
    "send a review back": "Sent {subject} back to its owner",
    "sign a review": "Signed off {subject}",
    "set the next review": "Said when {subject} is reviewed next",
    "override a trend": "Said which way the trend of {subject} goes",
    "answer a finding": "Answered what was found in the words of {subject}",
    "take back an answer": "Took back an answer to what was found in the words of {subject}",
    "bring in a paper": "Brought in {subject}",
    "place a paper": "Said what {subject} is",
    "begin to read a paper": "Began to read {subject}",
    "read on": "Read on in {subject}",
    "read a paper": "Read {subject}",
    "refuse a paper": "Could not read {subject}",
    "correct a draft": "Corrected the draft of {subject}",
    "confirm the arrows": "Said what the arrows mean in {subject}",
    "settle doubts": "Settled doubts about {subject}",
    "accept a risk": "Accepted a risk from {subject}",
    "accept a paper": "Accepted {subject}",
    "set aside": "Set aside {subject}",
    "freeze an edition": "Froze {subject}",
    "attach a file": "Made a file of {subject}",
    "approve an edition": "Approved {subject} for the public",
    "publish an edition": "Published {subject}",
    "withdraw an edition": "Withdrew {subject}",
    "mark for readers": "Said who may read {subject}",
    "take a marking off": "Let more people read {subject}",
    "set a target": "Set a target for {subject}",
    "put a target right": "Put right a target of {subject}",
    "end a target": "Ended a target of {subject}",
    "rebase an indicator": "Had the limits of {subject} worked out anew",
    "annotate an indicator": "Said what happened to {subject}",
    "plan an indicator": "Said what is planned for {subject}",
    "take a line back": "Took back what was said of {subject}",
}


def happening(row: EntryRow, called: str = "") -> Happening:
    """One entry, told; on its subject's own page by what that is `called`, and not by its whole name."""
    sentence = SAID.get(row.verb, "{verb}: {subject}" if row.subject else "{verb}")
    verb = row.verb[:1].upper() + row.verb[1:]
    return Happening(
        sequence=row.sequence,
        at=row.at,
        by=row.who,
        sentence=sentence.format(subject=called or row.subject, verb=verb)
        + _corrected(row.facts.get("correction"))
        + _serving(row.facts.get("control"))
        + _resting(row.facts.get("statement")),
        why=row.reason,
        changes=_changes(row.facts.get("fields", ())),
        file=str(row.facts.get("file", {}).get("name", "")),
        link=f"{reverse('history')}?{urlencode({'about': f'{row.subject_kind}:{row.subject_id}'})}",
    )


def _corrected(told: dict[str, Any] | None) -> str:
    """Which field of which risk a draft was corrected in, and what it is said to be."""
    if not told:
        return ""
    of = f" of {told['risk']}" if told.get("risk") else ""
    said = str(told.get("text") or "") if told.get("state") == "recorded" else ""
    value = f"“{shorten(said, QUOTED, placeholder=' …')}”" if said else str(told.get("state"))
    return f" – {label_of(str(told['field']))}{of} is {value}"


def _serving(control: object) -> str:
    """Which control it is that serves a risk, or serves it no longer."""
    return f" – {control['label']}" if isinstance(control, dict) and "label" in control else ""


def _resting(told: object) -> str:
    """Which sentence it is, and what it rests on."""
    if not isinstance(told, dict):
        return ""
    return f" – “{shorten(str(told['text']), QUOTED, placeholder=' …')}”: {told['label']}"


def _changes(told: Sequence[dict[str, Any]]) -> tuple[Change, ...]:
    return tuple(
        Change(
            label_of(str(each.get("field", ""))), str(each.get("before") or ""), str(each.get("after") or "")
        )
        for each in told
    )
