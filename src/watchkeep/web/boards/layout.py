"""Boards and meetings laid out for their pages: one sentence of finding, and every word that a cell shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from watchkeep.apps.reviews.queries.agendas import Band, RiskBrief
from watchkeep.apps.reviews.queries.boards import BoardRow
from watchkeep.apps.reviews.queries.meetings import ItemRow, MeetingPage
from watchkeep.domain.finding import written
from watchkeep.web.components.marks import BandMark, TrendMark, trend_mark
from watchkeep.web.components.pieces import Change
from watchkeep.web.components.tags import counted
from watchkeep.web.register.links import risk_link
from watchkeep.web.register.views import LinkedPart

STEPS = 5


@dataclass(frozen=True, slots=True)
class Row:
    """A board in the list; `standing` says in words how it keeps its cadence."""

    board: BoardRow
    link: str
    standing: str
    late: bool


@dataclass(frozen=True, slots=True)
class Brief:
    """A risk of an agenda, drawn."""

    row: RiskBrief
    link: str
    band: BandMark
    band_then: BandMark | None
    trend: TrendMark | None
    stands: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """An item of an agenda with its risk drawn."""

    row: ItemRow
    brief: Brief | None
    first: bool
    last: bool


def board_link(slug: str) -> str:
    """A board's own address."""
    return reverse("board", args=[slug])


def finding(rows: Sequence[BoardRow]) -> tuple[LinkedPart, ...]:
    """How many boards meet, and which are late, each with its proof."""
    meeting = [each for each in rows if each.stood_down_on is None]
    if not meeting:
        return ()
    late = [each for each in meeting if each.rhythm.overdue_since or each.rhythm.missed]
    first = f"{counted(len(meeting), 'board meets,boards meet')}. "
    if not late:
        return (LinkedPart(first, ""), LinkedPart("None has missed a meeting.", ""))
    parts = [LinkedPart(first, ""), LinkedPart("A meeting is missing of ", "")]
    for number, each in enumerate(late):
        if number:
            parts.append(LinkedPart(" and " if number == len(late) - 1 else ", ", ""))
        parts.append(LinkedPart(each.name, board_link(each.slug)))
    return (*parts, LinkedPart(".", ""))


def one_finding(row: BoardRow) -> tuple[LinkedPart, ...]:
    """What matters of one board: how it kept its cadence, and when it meets next."""
    if row.stood_down_on:
        return (LinkedPart(f"It stood down on {written(row.stood_down_on)}.", ""),)
    said = [LinkedPart(_held(row), "#meetings" if row.meetings else ""), LinkedPart(" ", "")]
    if row.rhythm.overdue_since:
        late = f"It should have met by {written(row.rhythm.overdue_since)}."
        said += [LinkedPart(late, "#ahead"), LinkedPart(" ", "")]
    ahead = row.next_meeting
    if ahead is None:
        said.append(LinkedPart("No meeting is planned.", ""))
    else:
        verb = "Its minutes wait: " if ahead.on in row.rhythm.missed else "It meets next on "
        link = reverse("meeting", args=[row.slug, ahead.on.isoformat()])
        said += [LinkedPart(verb, ""), LinkedPart(written(ahead.on), link), LinkedPart(".", "")]
    return tuple(said)


def _held(row: BoardRow) -> str:
    if not row.rhythm.scheduled:
        return "It has not met yet."
    held = f"{row.rhythm.held} of {counted(row.rhythm.scheduled, 'meeting was,meetings were')} held."
    skipped = row.rhythm.skipped
    return f"{held} By its cadence {counted(skipped, 'more was,more were')} due." if skipped else held


def row_of(row: BoardRow) -> Row:
    """A board for the list."""
    late = bool(row.rhythm.overdue_since or row.rhythm.missed)
    if row.rhythm.missed:
        standing = f"Not minuted: {written(row.rhythm.missed[-1])}"
    elif row.rhythm.overdue_since:
        standing = f"Should have met by {written(row.rhythm.overdue_since)}"
    elif row.cadence.sentence == "at need":
        standing = "Meets at need"
    else:
        standing = "Keeps its cadence" if row.rhythm.last else "Has not met yet"
    return Row(row, board_link(row.slug), standing, late)


def decisions_taken(number: int) -> str:
    """How many, in words that can stand in a sentence."""
    return counted(number, "decision,decisions") if number else "no decision"


def meeting_finding(page: MeetingPage) -> tuple[LinkedPart, ...]:
    """What is before the meeting, or what it did, in one sentence."""
    risks = [each.risk for each in page.items if each.risk]
    if page.meeting.state == "cancelled":
        return (LinkedPart("This meeting was cancelled.", ""),)
    if page.meeting.state == "held":
        asked = sum(each.minute is not None for each in page.items)
        decided = sum(len(each.decisions) for each in page.items)
        return (
            LinkedPart("The board talked about ", ""),
            LinkedPart(counted(len(page.items), "item,items"), "#agenda"),
            LinkedPart(f", challenged {asked or 'none'} and took {decisions_taken(decided)}.", ""),
        )
    if not page.items:
        return (LinkedPart("Nothing is on the agenda yet.", ""),)
    beyond = sum(bool(each.stands and each.stands.verdict == "outside tolerance") for each in risks)
    moved = sum(bool(each.moved) for each in risks)
    parts = [LinkedPart(f"{counted(len(page.items), 'item is,items are')} on the agenda", "#agenda")]
    if beyond:
        parts.append(LinkedPart(f", {counted(beyond, 'risk,risks')} outside tolerance", ""))
    if moved:
        told = counted(moved, "risk has,risks have")
        parts.append(LinkedPart(f". {told} changed since this board last saw them", ""))
    return (*parts, LinkedPart(".", ""))


def items_of(page: MeetingPage) -> list[Item]:
    """The agenda, drawn."""
    count = len(page.items)
    return [
        Item(each, brief_of(each.risk) if each.risk else None, each.number == 1, each.number == count)
        for each in page.items
    ]


def brief_of(row: RiskBrief) -> Brief:
    """A risk, drawn."""
    stands = row.stands
    said = ""
    if stands and stands.verdict != "cannot be said":
        since = f" since {written(stands.since)}" if stands.since else ""
        said = f"{stands.verdict.capitalize()}{since}"
    elif stands:
        said = f"Cannot be said: {stands.reason}"
    return Brief(
        row=row,
        link=risk_link(row.key, row.register),
        band=band_of(row.band),
        band_then=band_of(row.band_then) if row.band_then else None,
        trend=trend_mark(row.trend, row.trend.period) if row.trend else None,
        stands=said,
        changes=tuple(Change(each.label, each.before, each.after) for each in row.moved),
    )


def band_of(band: Band) -> BandMark:
    """A band with the shape and tint of its rank, where its scale gives it one."""
    if not band.name:
        return BandMark(name="", state="not recorded")
    if not band.rank or not band.of:
        return BandMark(name=band.name)
    spread = round((band.rank - 1) * (STEPS - 1) / (band.of - 1)) if band.of > 1 else STEPS // 2
    return BandMark(name=band.name, step=1 + spread, rank=band.rank, of=band.of)
