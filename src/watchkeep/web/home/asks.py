"""What is asked of the viewer today: reviews, promises, controls, readings, words, papers; latest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from textwrap import shorten
from typing import Final

from django.urls import reverse
from django.utils import timezone

from watchkeep.apps.evidence.queries import shaken
from watchkeep.apps.intake import queries as intake
from watchkeep.apps.intake.queries import ImportRow
from watchkeep.apps.publication import queries as publication
from watchkeep.apps.reviews.queries import cycles
from watchkeep.apps.reviews.queries.cycles import CycleRow, ReviewRow
from watchkeep.apps.scrutiny.queries import to_mend
from watchkeep.apps.treatment.queries import CommitmentRow, ControlRow
from watchkeep.domain.people import Actor, may
from watchkeep.web.components.tags import counted, day
from watchkeep.web.home.ask import Ask
from watchkeep.web.home.feeding import feeding
from watchkeep.web.register.links import risk_link
from watchkeep.web.review.links import cycle_link, review_link
from watchkeep.web.words.shown import OWN, words_link

ONE_BY_ONE: Final = 4  # reviews of one kind in one cycle; more are one thing to do, on the cycle's own page
CHASED: Final = frozenset({"overdue", "lapsed", "due soon"})
QUOTED: Final = 120  # signs of a sentence
FIRST: Final = 10_000  # days late, for what has no day and blocks others: a paper that waits


def asks(viewer: Actor, promises: Iterable[CommitmentRow], controls: Iterable[ControlRow]) -> tuple[Ask, ...]:
    """Everything that is asked of the viewer, in order of lateness; of promises and controls their own."""
    found = [
        *_reviews(viewer),
        *_promises(viewer, promises),
        *_controls(viewer, controls),
        *feeding(viewer),
        *_words(viewer),
        *_errors(viewer),
        *_editions(viewer),
        *_rules(viewer),
        *_papers(viewer),
    ]
    return tuple(sorted(found, key=lambda ask: -ask.late))


def _reviews(viewer: Actor) -> Iterator[Ask]:
    pairs = sorted(cycles.asked_of(viewer), key=lambda pair: (pair[0].slug, _wanted(pair[1])))
    for (_, wanted), group in groupby(pairs, key=lambda pair: (pair[0].slug, _wanted(pair[1]))):
        rows = list(group)
        if len(rows) > ONE_BY_ONE:
            yield _many(wanted, rows)
        else:
            yield from (_review(cycle, row) for cycle, row in rows)


def _wanted(row: ReviewRow) -> str:
    return row.awaited.what if row.awaited else "review"


def _review(cycle: CycleRow, row: ReviewRow) -> Ask:
    wanted = _wanted(row)
    return Ask(
        f"{wanted.capitalize()}: {row.label}",
        f"{cycle.period}. {_by_when(row)}",
        "Open the review",
        review_link(cycle, row.key),
        _late(row),
    )


def _many(wanted: str, rows: list[tuple[CycleRow, ReviewRow]]) -> Ask:
    cycle, latest = max(rows, key=lambda pair: _late(pair[1]))
    return Ask(
        f"{wanted.capitalize()}: {len(rows)} risks",
        f"{cycle.period}, {cycle.register_name}. {_by_when(latest)}",
        "Open the quarter",
        cycle_link(cycle),
        _late(latest),
    )


def _by_when(row: ReviewRow) -> str:
    if row.awaited is None:
        return ""
    late = f", {_days(row.late)} ago" if row.late else ""
    return f"Due on {day(row.awaited.by)}{late}."


def _late(row: ReviewRow) -> int:
    return (timezone.localdate() - row.awaited.by).days if row.awaited else 0


def _promises(viewer: Actor, rows: Iterable[CommitmentRow]) -> Iterator[Ask]:
    for row in rows:
        if str(row.value.owner_post) not in viewer.posts:
            continue
        link = reverse("promise", args=[row.reference])
        if row.standing.state in CHASED:
            yield Ask(row.label, f"{row.spoken}. {row.owner}.", "Answer", link, row.standing.days or 0)


def _controls(viewer: Actor, rows: Iterable[ControlRow]) -> Iterator[Ask]:
    today = timezone.localdate()
    for row in rows:
        last = row.effectiveness.operation.last
        if str(row.owner_post) in viewer.posts and row.in_force and last is not None:
            yield Ask(
                f"Look again at {row.label}",
                f"The last check, of {day(last.on)}, no longer counts. {row.owner}.",
                "Record a check",
                reverse("control", args=[row.reference]),
                (today - last.stale_from).days,
            )


def _words(viewer: Actor) -> Iterator[Ask]:
    """Sentences of the viewer's own risks whose basis moved or grew old; of many in one risk, the risk."""
    for _, group in groupby(shaken(viewer), key=lambda row: row.risk):
        rows = list(group)
        first = rows[0]
        link = f"{risk_link(first.risk_key, first.register)}#rests"
        quoted = f"“{shorten(first.placed.sentence.text, QUOTED, placeholder=' …')}”"
        if len(rows) == 1:
            yield Ask(quoted, f"{first.placed.because} {first.risk_label}.", "Look again", link)
        else:
            what = f"{len(rows)} sentences of {first.risk_label}"
            detail = f"What they rest on moved or grew old; the first is {quoted}."
            yield Ask(what, detail, "Look again", link)


def _errors(viewer: Actor) -> Iterator[Ask]:
    """Errors in the words of the viewer's own risks: one thing to do in a register, however many they are."""
    for register, group in groupby(to_mend(viewer), key=lambda each: each.register):
        rows = list(group)
        errors = [each for row in rows for each in row.findings]
        first = shorten(errors[0].found.sentence, QUOTED, placeholder=" …")
        if len(rows) > 1:
            what = f"Mend the words of {len(rows)} risks"
            link = words_link(register.slug, weight="error", owner=OWN)
        else:
            what = f"Mend the words of {rows[0].label}"
            link = f"{risk_link(rows[0].risk, register.slug)}#words"
        count = counted(len(errors), "error,errors")
        yield Ask(what, f"{count}, of which the first: {first}" if errors[1:] else first, "See them", link)


def _editions(viewer: Actor) -> Iterator[Ask]:
    """Papers for the public that wait for a second person, who the viewer would be."""
    for each in publication.awaiting(viewer):
        link = reverse("edition", args=[each.register_slug, each.number])
        what = f"Approve {each.title}, edition {each.number}, for the public"
        yield Ask(what, f"{each.frozen_by or 'Somebody'} froze it on {day(each.frozen_on)}.", "Read it", link)


def _rules(viewer: Actor) -> Iterator[Ask]:
    """Rules of who may read what that are to be looked at again."""
    due = publication.markings_due(viewer)
    if due:
        first = f"{due[0].risk_label}: {due[0].label}"
        what = f"Look again at {counted(len(due), 'rule,rules')} of who may read what"
        yield Ask(
            what, f"None lapses by itself. The first is {first}.", "See them", f"{reverse('papers')}#rules"
        )


def _papers(viewer: Actor) -> Iterator[Ask]:
    if may(viewer, "bring in papers"):
        return
    for row in intake.imports(viewer):
        if ask := _paper(row):
            yield ask


def _paper(row: ImportRow) -> Ask | None:
    """What a paper that was brought in asks for, if anything."""
    said = {
        "draft": (
            f"Settle and accept {row.name}",
            "It has been read and waits as a draft.",
            "Open the draft",
        ),
        "partly accepted": (
            f"Finish accepting {row.name}",
            "Some of its risks are not decided yet.",
            "Open the draft",
        ),
        "waiting": (f"{row.name} waits to be read", "Nothing to do until it has been.", "Watch"),
        "reading": (f"{row.name} is being read", "Nothing to do until it has been.", "Watch"),
        "refused": (f"{row.name} cannot be read", row.refusal, "See what to do"),
    }.get(row.state)
    if said is None:
        return None
    what, detail, button = said
    at_work = row.state in {"waiting", "reading"}
    return Ask(
        what, detail, button, reverse("import", args=[row.number]), 0 if at_work else FIRST - row.number
    )


def _days(number: int) -> str:
    return "one day" if number == 1 else f"{number} days"
