"""Tells people what is asked of them: looks what there is to tell, makes notices, sends one mail a person.

Each step may be done again, by any number of workers, after any death: an event is told of once.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from watchkeep.apps.notices import changes, facts, queries
from watchkeep.apps.notices.changes import Batch, Taken
from watchkeep.apps.people.queries import all_bodies
from watchkeep.domain.people import Actor
from watchkeep.gateways.mail import Letter, NotSent, PerhapsSent, Post

TOLD = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Done:
    """What one round came to."""

    made: int = 0
    mails: int = 0
    failed: int = 0


def tell_all(post: Post, *, address: str, now: datetime | None = None) -> Done:
    """One round for every body: make what is not told yet, then send what may be sent at this hour."""
    at = now or timezone.now()
    made = mails = failed = 0
    for body in all_bodies():
        by = Actor(kind="system", id="notices", name="Watchkeep", role="administrator", body=str(body.id))
        made += make_notices(by, at)
        changes.give_up_on_the_lost(by=by, now=at)
        while queries.any_waiting(by) and (batch := changes.take_batch(by=by, now=at)):
            if _send(by, post, batch, body.name, address):
                mails += 1
            else:
                failed += 1
    return Done(made, mails, failed)


def make_notices(by: Actor, now: datetime) -> int:
    """Make each notice that there should be and is not; how many were made."""
    length = queries.anything_new(by, now)
    if length is None:
        return 0
    made = 0
    for each in facts.to_tell(by, timezone.localtime(now).date(), now):
        for person in each.people:
            made += changes.tell(by=by, person=person, telling=each.telling, about=each.about)
    queries.remember(by, now, length)  # what happened meanwhile is looked at in the next round
    return made


def _send(by: Actor, post: Post, batch: Batch, body: str, address: str) -> bool:
    try:
        post.send(_letter(batch, body, address))
    except NotSent as problem:
        TOLD.warning("A mail could not be sent and is tried again: %s", problem)
        changes.record_not_sent(by=by, batch=batch, why=str(problem))
        return False
    except PerhapsSent as problem:
        TOLD.warning("Whether a mail was sent is not known: %s", problem)
        changes.record_perhaps_sent(by=by, batch=batch, why=str(problem))
        return False
    changes.record_sent(by=by, batch=batch)
    return True


def _letter(batch: Batch, body: str, address: str) -> Letter:
    many = len(batch.notices)
    what = "one thing is" if many == 1 else f"{many} things are"
    lines = [f"{batch.name},", "", f"{what} asked of you at {body}:", ""]
    for number, each in enumerate(batch.notices, start=1):
        lines += [f"{number}. {each.sentence}", *_links(each, address), ""]
    lines += [
        f"Everything that is asked of you: {address}/",
        "",
        "A link that answers works once, for fourteen days, and speaks for you: pass it to nobody.",
        f"How you are told: {address}/notices",
    ]
    return Letter(
        to=batch.email,
        subject=f"{body}: {what} asked of you",
        text="\n".join(lines),
        reference=str(batch.notices[0].id),
    )


def _links(notice: Taken, address: str) -> list[str]:
    return [f"   Answer without signing in: {address}/answer/{notice.secret}"] if notice.secret else []
