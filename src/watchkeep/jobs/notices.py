"""Tells people what is asked of them: looks what there is to tell, makes notices, sends one mail a person.

Each step may be done again, by any number of workers, after any death: an event is told of once.
"""

from __future__ import annotations

import logging
from dataclasses import astuple, dataclass
from datetime import datetime

from django.utils import timezone

from watchkeep.apps.notices import changes, facts, queries
from watchkeep.apps.notices.changes import Batch, Taken
from watchkeep.apps.people.queries import BodyFacts, all_bodies
from watchkeep.domain.errors import WatchkeepError
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
    """One round for every body: make what is not told yet, then send what may be sent at this hour.

    What fails for one body or one person is logged and counted, and the round goes on for the others.
    """
    at = now or timezone.now()
    rounds = [_round(body, post, address, at) for body in all_bodies()]
    return Done(*(sum(each) for each in zip(*map(astuple, rounds), strict=True)))


def make_notices(by: Actor, now: datetime) -> int:
    """Make each notice that there should be and is not; how many were made."""
    length = queries.anything_new(by, now)
    if length is None:
        return 0
    made = failed = 0
    since = queries.looked_until(by, now)
    for each in facts.to_tell(by, timezone.localtime(now).date(), now, since):
        for person in each.people:
            try:
                made += changes.tell(by=by, person=person, telling=each.telling, about=each.about)
            except WatchkeepError:
                TOLD.exception("A person could not be told; it is tried again in the next round.")
                failed += 1
    if failed:
        return made
    queries.remember(by, now, length)  # what happened meanwhile is looked at in the next round
    return made


def _round(body: BodyFacts, post: Post, address: str, at: datetime) -> Done:
    by = Actor(kind="system", id="notices", name="Watchkeep", role="administrator", body=str(body.id))
    made = mails = failed = 0
    try:
        made = make_notices(by, at)
    except Exception:  # noqa: BLE001 (whatever it was is told; what waits is still to be sent)
        TOLD.exception(
            "Not every notice of %s could be made; it is tried again in the next round.", body.name
        )
        failed += 1
    try:
        changes.give_up_on_the_lost(by=by, now=at)
        while queries.any_waiting(by) and (batch := changes.take_batch(by=by, now=at)):
            if _send(by, post, batch, body.name, address):
                mails += 1
            else:
                failed += 1
    except Exception:  # noqa: BLE001 (whatever it was is told; the other bodies are still to be told)
        TOLD.exception("The notices of %s could not be sent; they are tried again.", body.name)
        failed += 1
    return Done(made, mails, failed)


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
    except Exception as problem:  # noqa: BLE001 (nobody can say how far it came; the others are still to be told)
        TOLD.exception("Whether a mail was sent is not known.")
        changes.record_perhaps_sent(by=by, batch=batch, why=f"The mail failed: {problem}")
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
