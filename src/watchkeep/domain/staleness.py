"""What moved or went stale about one risk since it was last reviewed: only that is asked of its owner.

Each function looks at one kind of evidence, as plain values, and answers with what there is to ask. None of
them says what the register should say instead.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from textwrap import shorten
from typing import Final, Literal

from watchkeep.domain.document import Standing
from watchkeep.domain.fields import LISTS
from watchkeep.domain.finding import counted, written
from watchkeep.domain.indicator.verdict import Spoken
from watchkeep.domain.period import Period
from watchkeep.domain.statement import Placed
from watchkeep.domain.when import whens

Kind = Literal[
    "changed",
    "rating",
    "words",
    "basis",
    "control",
    "promise",
    "indicator",
    "link",
    "event",
    "owner",
    "silence",
    "carried over",
]
SILENT_QUARTERS: Final = 2  # without a word, after which a risk is asked about even if nothing moved
QUOTED: Final = 110  # signs of a line of the paper
MOST_OF_A_KIND: Final = 6  # shown one by one; a page that lists more is not read


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing to look at again, in a sentence; `field` is the box that it concerns."""

    kind: Kind
    sentence: str
    field: str = ""
    about: tuple[str, str] = ("", "")  # what a page may lead to: ("risk", "LH2"), ("control", "C4")


@dataclass(frozen=True, slots=True)
class Words:
    """A text of the risk, and the day on which it was last said."""

    field: str
    label: str
    text: str
    said_on: date


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A risk at the other end of a link, as it stood then and as it stands now."""

    key: str
    label: str
    how: str  # how the link reads from this side: "causes", "is caused by"
    stood: str
    stands: str
    state: str = "open"
    stood_state: str = "open"


@dataclass(frozen=True, slots=True)
class Promise:
    """Something promised under the risk: when it is due, when it was before, and whether it was kept."""

    reference: str
    title: str
    due_on: date | None
    was_due_on: date | None = None
    waits: bool = True
    done_on: date | None = None
    without_effect: str = ""  # what its readings say, where by them it was delivered without effect


@dataclass(frozen=True, slots=True)
class Holding:
    """A control that holds the risk back, with what its checks say now and said then."""

    reference: str
    name: str
    says: str  # in words, as the control's own page has them
    said: str
    fades: bool = False  # what its checks said has faded with age
    faded: bool = False  # and had already


@dataclass(frozen=True, slots=True)
class Happened:
    """An event on the risk."""

    title: str
    kind: str
    on: date


def ratings_that_moved(before: str, now: str, on: date | None, since: Period | None) -> tuple[Ask, ...]:
    """The risk was rated anew outside its review, or was never rated at all."""
    if not now:
        return (Ask("rating", "It has no rating.", "rating"),)
    if since is None or before == now:
        return ()
    when = f" on {written(on)}" if on else ""
    was = f"was {before}" if before else "had none"
    return (Ask("rating", f"It was rated {now}{when}; in the review of {since.label} it {was}.", "rating"),)


def words_out_of_date(texts: Iterable[Words], today: date) -> tuple[Ask, ...]:
    """A text names a day that was still to come when it was written, and has passed."""
    found = (
        Ask("words", _past(words, named.text), words.field)
        for words in texts
        for named in whens(words.text)
        if named.on and words.said_on < named.on <= today
    )
    return tuple(dict.fromkeys(found))


def _past(words: Words, named: str) -> str:
    """A line of the paper is told by its own words: its number says nothing, and could be a control's."""
    if words.field.partition(":")[0] in LISTS:
        quoted = shorten(words.text, QUOTED, placeholder=" …")
        return f"The paper’s line “{quoted}” speaks of {named}, which has passed."
    return f"{words.label} speaks of “{named}”, which has passed."


def controls_that_faded(controls: Iterable[Holding]) -> tuple[Ask, ...]:
    """What the checks of a control said has faded since, or they now say something else."""
    found = []
    for each in controls:
        name = f"{each.reference} {each.name}".strip()
        about = ("control", each.reference)
        if each.fades and not each.faded:
            sentence = f"Control {name}: its last check is too old to rest on."
            found.append(Ask("control", sentence, about=about))
        elif each.says != each.said:
            sentence = f"Control {name} was {each.said}; now it is {each.says}."
            found.append(Ask("control", sentence, about=about))
    return tuple(found)


def promises_that_moved(promises: Iterable[Promise], since: date | None, today: date) -> tuple[Ask, ...]:
    """What fell due since and waits still, what slipped, and what was done."""
    found = []
    for each in promises:
        name, about = f"{each.reference} {each.title}".strip(), ("promise", each.reference)
        if each.waits and each.due_on and each.due_on < today and (since is None or each.due_on >= since):
            late = counted((today - each.due_on).days, "day")
            sentence = f"Promise {name} was due on {written(each.due_on)} and is {late} late."
            found.append(Ask("promise", sentence, about=about))
        elif each.due_on and each.was_due_on and each.due_on > each.was_due_on:
            sentence = f"Promise {name} slipped from {written(each.was_due_on)} to {written(each.due_on)}."
            found.append(Ask("promise", sentence, about=about))
        elif each.done_on and (since is None or since < each.done_on <= today):
            sentence = f"Promise {name} was kept on {written(each.done_on)}: does it show in the rating?"
            found.append(Ask("promise", sentence, about=about))
        if each.without_effect:
            sentence = f"Promise {name}: was it delivered without effect? {each.without_effect}"
            found.append(Ask("promise", sentence, about=about))
    return tuple(found)


def indicators_that_moved(before: Spoken | None, now: Spoken | None) -> tuple[Ask, ...]:
    """What the risk's indicators say is not what they said when it was last reviewed."""
    if now is None:
        return ()
    if before is not None and before.word == now.word:
        return ()
    was = f" They said {before.word} when it was last reviewed." if before else ""
    return (Ask("indicator", f"Its indicators say {now.word}. {now.basis}{was}"),)


def indicators_since(at_end: Spoken | None, later: Spoken | None, end: date) -> tuple[Ask, ...]:
    """What the risk's indicators say by now is not what they said on the last day that is reviewed."""
    said = at_end.word if at_end else "too little to say"
    if later is None or later.word == said:
        return ()
    before = f"said {said}" if at_end else "said nothing yet"
    sentence = (
        f"After {written(end)} its indicators say {later.word}, until then they {before}. {later.basis}"
    )
    return (Ask("indicator", sentence),)


def neighbours_that_moved(neighbours: Iterable[Neighbour]) -> tuple[Ask, ...]:
    """The other side of a link was rated anew, or closed."""
    found = []
    for each in neighbours:
        about = ("risk", each.key)
        if each.state != each.stood_state:
            sentence = f"{each.label}, which this {each.how}, is now {each.state}."
            found.append(Ask("link", sentence, about=about))
        elif each.stands != each.stood and each.stands and each.stood:
            sentence = f"{each.label}, which this {each.how}, went from {each.stood} to {each.stands}."
            found.append(Ask("link", sentence, about=about))
    return tuple(found)


def what_happened(events: Iterable[Happened], since: date | None, today: date) -> tuple[Ask, ...]:
    """Events on the risk since its last review."""
    return tuple(
        Ask("event", f"{each.kind.capitalize()} on {written(each.on)}: {each.title}.")
        for each in events
        if (since is None or each.on > since) and each.on <= today
    )


def bases_that_moved(sentences: Iterable[Placed]) -> tuple[Ask, ...]:
    """What a sentence rests on moved, or grew old."""
    found = []
    for each in sentences:
        if rested := _RESTED.get(each.standing):
            quoted = shorten(each.sentence.text, QUOTED, placeholder=" …")
            found.append(Ask("basis", f"“{quoted}” {rested}. {each.because}", each.sentence.field))
    return tuple(found)


_RESTED: Final[dict[Standing, str]] = {
    "moved": "no longer rests on what it did",
    "expired": "rests on something that grew old",
}


def nobody_answers(post_title: str, holders: int) -> tuple[Ask, ...]:
    """The risk has no owner post, or nobody holds it."""
    if not post_title:
        return (Ask("owner", "No post answers for it.", "owner"),)
    return () if holders else (Ask("owner", f"Nobody holds the post {post_title}.", "owner"),)


def long_silence(said_last: Period | None, now: Period) -> tuple[Ask, ...]:
    """Nothing was said of the risk for some quarters."""
    if said_last is None:
        return ()
    quarters = 4 * (now.year - said_last.year) + now.quarter - said_last.quarter
    if quarters < SILENT_QUARTERS:
        return ()
    return (Ask("silence", f"Nothing was said of it for {counted(quarters, 'quarter')}."),)


def left_over(period: str, by: str, reason: str) -> tuple[Ask, ...]:
    """The last review of the risk was carried over."""
    return (Ask("carried over", f"{by} carried it over from {period}: “{reason}”"),) if reason else ()


def finding(asks: Iterable[Ask], since: Period | None) -> str:
    """One sentence over what is asked."""
    count = len(tuple(asks))
    when = f" since {since.label}" if since else ""
    if not count:
        return f"Nothing moved and nothing went stale{when}: confirm that it stands, or say what changed."
    return f"{counted(count, 'thing').capitalize()} moved or went stale{when}. Look at only that."
