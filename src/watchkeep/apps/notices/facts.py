"""What there is to tell of on a day, and to whom: read from the records below, judged by domain/notice.py."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from watchkeep.apps.discussion.models import Comment, Mention
from watchkeep.apps.history import queries as history
from watchkeep.apps.history.standing import holding, standing
from watchkeep.apps.indicators.queries import (
    indicators,
    indicators_among,
    risks_served,
    series_among,
    touched,
)
from watchkeep.apps.indicators.queries.effects import promises_expecting, proposals
from watchkeep.apps.notices.changes import Subject
from watchkeep.apps.people.models import Holding, Person
from watchkeep.apps.people.queries.viewing import actors
from watchkeep.apps.reviews.models import Cycle, Review
from watchkeep.apps.reviews.queries.facts import facts_of, owners_of
from watchkeep.apps.treatment.models import Commitment, CommitmentVersion
from watchkeep.apps.treatment.queries import controls
from watchkeep.apps.treatment.queries.promised import held_of
from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.indicator.crossing import crossings
from watchkeep.domain.notice import (
    Telling,
    of_check,
    of_effect,
    of_indicator,
    of_mention,
    of_promise,
    of_review,
    of_sign_off,
)
from watchkeep.domain.people import Actor, Where, may, roles_at
from watchkeep.domain.review import SETTLED, Facts
from watchkeep.domain.spc import judged

# Kinds of record by which others come to answer for an indicator, or its periods to begin on other days.
ANSWERING = frozenset({"people.body", "people.holding", "people.person", "people.post"})
RECENT = timedelta(days=14)  # a comment older than this is not told of any more


@dataclass(frozen=True, slots=True)
class ToTell:
    """One telling, its subject, and everybody who is to be told."""

    telling: Telling
    about: Subject
    people: tuple[UUID, ...]


def to_tell(by: Actor, on: date, now: datetime, since: int | None = None) -> Iterator[ToTell]:
    """Everything that the actor's body has to tell on that day, told before or not.

    Series are long: where all was told on this day up to an entry of the history, `since`, only those are
    judged of which something was written after it, and all of them where who answers for them may be others.
    """
    posts = _holders(by, on)
    reviews, facts = _open_reviews(by)
    yield from _of_reviews(reviews, facts, on, posts)
    yield from _of_sign_offs(by, reviews, facts, on)
    yield from _of_promises(by, on, posts)
    yield from _of_effects(by, on, posts)
    yield from _of_controls(by, on, posts)
    yield from _of_indicators(by, on, posts, since)
    yield from _of_mentions(by, now)


def _holders(by: Actor, on: date) -> dict[UUID, tuple[UUID, ...]]:
    """Who answers for each post on the day: its holder and the deputies, those who can still sign in."""
    found: dict[UUID, tuple[UUID, ...]] = {}
    rows = holding(Holding.objects.filter(post__body_id=by.body, person__is_active=True), PRESENT, on)
    for post, person in rows.order_by("deputy", "pk").values_list("post_id", "person_id"):
        found[post] = (*found.get(post, ()), person)
    return found


def _open_reviews(by: Actor) -> tuple[list[Review], dict[UUID, Facts]]:
    """The reviews of every open cycle, and their facts today: whose each is, and in what state it stands."""
    rows = Review.objects.filter(cycle__register__body_id=by.body, cycle__state="open")
    found = list(
        rows.select_related("cycle__register__body", "risk").order_by("cycle__ends_on", "cycle", "risk__key")
    )
    return found, facts_of(found)


def _of_reviews(
    reviews: Iterable[Review], facts: Mapping[UUID, Facts], on: date, posts: dict[UUID, tuple[UUID, ...]]
) -> Iterator[ToTell]:
    for each in reviews:
        known = facts[each.pk]
        telling = of_review(
            str(each.pk),
            str(each.risk),
            each.cycle.period,
            state=known.state,
            update_by=each.cycle.update_by,
            moves=len(known.steps),
            on=on,
        )
        if telling and known.post:
            yield ToTell(telling, Subject("review", str(each.pk), str(each)), posts.get(UUID(known.post), ()))


def _of_sign_offs(
    by: Actor, reviews: Iterable[Review], facts: Mapping[UUID, Facts], on: date
) -> Iterator[ToTell]:
    waiting: dict[Cycle, list[Facts]] = {}
    for each in reviews:
        if facts[each.pk].state not in (*SETTLED, "asked"):
            waiting.setdefault(each.cycle, []).append(facts[each.pk])
    people = actors(Person.objects.filter(body_id=by.body, is_active=True).order_by("pk"), on)
    for cycle, left in waiting.items():
        telling = of_sign_off(
            str(cycle.pk),
            cycle.register.name,
            cycle.period,
            waiting=len(left),
            sign_by=cycle.sign_by,
            on=on,
        )
        if telling:
            signers = tuple(UUID(each.id) for each in people if _signs(each, left[0].where))
            yield ToTell(telling, Subject("cycle", str(cycle.pk), str(cycle)), signers)


def _signs(person: Actor, where: Where) -> bool:
    """Whether it is their part there to sign off, throughout or by a grant; who runs the review sees it on
    its page.
    """
    return "board member" in roles_at(person, where) and may(person, "sign off", where) is None


def _of_promises(by: Actor, on: date, posts: dict[UUID, tuple[UUID, ...]]) -> Iterator[ToTell]:
    among = Commitment.objects.filter(body_id=by.body)
    rows = standing(CommitmentVersion.objects.all(), "commitment", among, Clock(as_at=on))
    open_ones = rows.filter(outcome="", due_on__isnull=False, owner_post__isnull=False)
    for each in open_ones.select_related("commitment").order_by("due_on", "commitment__reference"):
        label = str(each.commitment)
        telling = of_promise(str(each.commitment_id), label, due_on=each.due_on, on=on)
        if telling and each.owner_post_id:
            about = Subject("commitment", str(each.commitment_id), label)
            yield ToTell(telling, about, posts.get(each.owner_post_id, ()))


def _of_effects(by: Actor, on: date, posts: dict[UUID, tuple[UUID, ...]]) -> Iterator[ToTell]:
    clock = Clock(as_at=on)
    rows = {each.id: each for each in promises_expecting(by, clock)}
    found = proposals(by, rows.values(), clock)
    among = Person.objects.filter(body_id=by.body, is_active=True).order_by("pk")
    people = tuple(actors(among, on)) if found else ()
    for commitment, looked in found.items():
        row = rows[commitment]
        places = held_of(Commitment.objects.get(pk=commitment)).places
        keepers = [
            UUID(each.id) for each in people if any("risk manager" in roles_at(each, at) for at in places)
        ]
        owners = posts.get(row.value.owner_post, ()) if row.value.owner_post else ()
        told = tuple(dict.fromkeys((*owners, *keepers)))
        about = Subject("commitment", str(commitment), row.label)
        for each in looked:
            indicator = f"{each.row.reference} {each.row.name}"
            yield ToTell(of_effect(str(each.row.id), row.label, indicator, each.effect.sentence), about, told)


def _of_controls(by: Actor, on: date, posts: dict[UUID, tuple[UUID, ...]]) -> Iterator[ToTell]:
    for each in controls(by, Clock(as_at=on)):
        last = each.effectiveness.operation.last
        if last is None or each.owner_post is None or not each.in_force:
            continue
        telling = of_check(str(each.id), each.label, faded_on=last.stale_from, on=on)
        if telling:
            about = Subject("control", str(each.id), each.label)
            yield ToTell(telling, about, posts.get(each.owner_post, ()))


def _of_indicators(
    by: Actor, on: date, posts: dict[UUID, tuple[UUID, ...]], since: int | None
) -> Iterator[ToTell]:
    clock = Clock(as_at=on)
    written = history.written_since(by, since) if since is not None else {}
    if since is None or not ANSWERING.isdisjoint(written):
        rows = {each.id: each for each in indicators(by, clock)}
    else:
        rows = {each.id: each for each in indicators_among(by, touched(by, written), clock)}
    served = risks_served(by, rows, clock)
    owners = owners_of({risk for risks in served.values() for risk in risks}, clock)
    for found, series in series_among(by, rows, clock).items():
        answering = [rows[found].owner_post]
        answering += [UUID(owners[risk].post) for risk in served.get(found, ()) if risk in owners]
        people = tuple(dict.fromkeys(person for post in answering if post for person in posts.get(post, ())))
        about = Subject("indicator", str(found), rows[found].label)
        for each in crossings(judged(series, as_at=on)) if people else ():
            yield ToTell(of_indicator(str(found), rows[found].label, each), about, people)


def _of_mentions(by: Actor, now: datetime) -> Iterator[ToTell]:
    rows = Mention.objects.filter(
        comment__body_id=by.body, comment__at__gt=now - RECENT, comment__replaced_by=None
    ).select_related("comment__by")
    found = list(rows.order_by("comment__at", "pk"))
    first = _first_words(each.comment for each in found)
    for each in found:
        said = each.comment
        telling = of_mention(str(first[said.pk]), said.by.name, said.subject_label)
        yield ToTell(
            telling, Subject(said.subject_kind, said.subject_id, said.subject_label), (each.person_id,)
        )


def _first_words(comments: Iterable[Comment]) -> dict[UUID, UUID]:
    """By each comment, the one that it began as: what is said in other words is not told of again."""
    first = {each.pk: each.pk for each in comments}
    asked = set(first.values())
    while asked:
        earlier = Comment.objects.filter(pk__in=asked, replaces__isnull=False)
        before = {each.pk: each.replaces_id for each in earlier.only("pk", "replaces") if each.replaces_id}
        first = {comment: before.get(began, began) for comment, began in first.items()}
        asked = set(before.values())
    return first
