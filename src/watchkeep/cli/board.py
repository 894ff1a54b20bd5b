"""`watchkeep board`: boards, their meetings and agendas, and what they decided."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from watchkeep.cli.listing import AsCsv, AsJson, as_file
from watchkeep.cli.printing import echo
from watchkeep.cli.records import operator, records

if TYPE_CHECKING:
    from watchkeep.apps.reviews.queries import BoardRow, ItemRow, MeetingPage
    from watchkeep.domain.people import Actor

board = typer.Typer(
    help="Boards: when they meet, what is before them, what they decided.", no_args_is_help=True
)

HEADING = ("Board", "Address", "Cadence", "Chair", "Held", "Scheduled", "Next due", "Stood down on")
Name = Annotated[
    str, typer.Argument(help="The board, by its name, or by that in addresses, such as harbour-board.")
]
On = Annotated[datetime, typer.Argument(formats=["%Y-%m-%d"], help="The day of the meeting.")]
Item = Annotated[int, typer.Argument(help="The item, by its number on the agenda.")]
Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="A day, as 2031-03-31.")]
Body = Annotated[str | None, typer.Option("--body", help="The body; needed only where there are several.")]


@board.command("list")
def list_boards(csv: AsCsv = False, json: AsJson = False, body: Body = None) -> None:
    """List boards: how often each meets, what it held of what was scheduled, when it meets next."""
    with records():
        from watchkeep.apps.reviews import queries
        from watchkeep.domain.finding import written

        rows = queries.boards(operator(body))
        if as_file(HEADING, map(_cells, rows), csv=csv, json=json):
            return
        for each in rows:
            rhythm = each.rhythm
            said = [each.slug, each.name, each.cadence.sentence, f"{rhythm.held} of {rhythm.scheduled} held"]
            if each.stood_down_on:
                said.append(f"stood down on {written(each.stood_down_on)}")
            elif rhythm.missed:
                said.append(f"not minuted: {written(rhythm.missed[-1])}")
            elif rhythm.overdue_since:
                said.append(f"should have met by {written(rhythm.overdue_since)}")
            if rhythm.next:
                said.append(f"next on {written(rhythm.next)}")
            _say("  ".join(said))


@board.command()
def decisions(
    name: Annotated[str, typer.Argument(help="The board. Left out: all of them.")] = "",
    csv: AsCsv = False,
    json: AsJson = False,
    body: Body = None,
) -> None:
    """List what a board decided, or every board, the latest first."""
    with records():
        from watchkeep.jobs.tables import decisions as decided

        by = operator(body)
        table = decided.table(by, board=_board(by, name).slug if name else "")
        if as_file(table.heading, table.rows, csv=csv, json=json):
            return
        for where, on, item, risk, text, *_ in table.rows:
            _say(f"{on}  {where}, on {risk or item}: {text}")


@board.command()
def show(name: Name, body: Body = None) -> None:
    """Show one board: its terms, seats, forward plan, meetings and decisions."""
    with records():
        from watchkeep.apps.reviews import queries
        from watchkeep.domain.finding import written

        by = operator(body)
        row = _board(by, name)
        _say(f"{row.name}, {row.cadence.sentence}. {row.terms or 'Terms: not recorded.'}")
        for seat in row.seats:
            _say(f"  {seat.role}: {seat.title}")
        for ahead in row.rhythm.ahead:
            _say(f"  {written(ahead.on)}: {'planned' if ahead.planned else 'due by its cadence'}")
        for met in reversed(row.meetings):
            _say(f"  {written(met.on)}: {met.state}")
        for decision in queries.decisions(by, row.slug):
            _say(f"  decided on {written(decision.on)}: {decision.text}")


@board.command("open")
def open_board(
    name: Annotated[str, typer.Argument(help="What it is called.")],
    terms: Annotated[str, typer.Option(help="What it is for.")] = "",
    every_months: Annotated[int | None, typer.Option(help="It meets every so many months.")] = None,
    every_weeks: Annotated[int | None, typer.Option(help="It meets every so many weeks.")] = None,
    since: Day = None,
    body: Body = None,
) -> None:
    """Open a board. Its cadence counts from `--since`."""
    with records():
        from watchkeep.apps.reviews import changes, queries
        from watchkeep.domain.board import Cadence

        by = operator(body)
        made = changes.open_board(
            by=by,
            name=name,
            terms=terms,
            cadence=Cadence(every_months, every_weeks),
            opened_on=since.date() if since else None,
        )
        row = queries.board(by, made)
        _say(f"{row.name} is opened as {row.slug}; it meets {row.cadence.sentence}.")


@board.command()
def meeting(
    name: Name,
    on: On,
    held: Annotated[bool, typer.Option("--held", help="It was held.")] = False,
    note: Annotated[str, typer.Option(help="Who was there, and anything that belongs to no item.")] = "",
    body: Body = None,
) -> None:
    """Plan a meeting; with `--held`, record that it was held."""
    with records():
        from watchkeep.apps.reviews import changes
        from watchkeep.domain.finding import written

        by, day = operator(body), on.date()
        row = _board(by, name)
        standing = next((each for each in row.meetings if each.on == day and each.state != "cancelled"), None)
        if standing is None or not held:
            changes.plan_meeting(by=by, board=row.id, on=day, note=note)
            standing = _page(by, name, day).meeting
        if held:
            changes.hold_meeting(by=by, meeting=standing.id, version=standing.version, note=note)
        _say(f"{row.name}, {written(day)}: {'held' if held else 'planned'}.")


@board.command()
def agenda(
    name: Name,
    on: On,
    risk: Annotated[str, typer.Option(help="Put this risk on it, by its reference.")] = "",
    title: Annotated[str, typer.Option(help="The item’s title; without a risk, what it is about.")] = "",
    purpose: Annotated[str, typer.Option(help="note, challenge or decide.")] = "challenge",
    register: Annotated[str, typer.Option(help="The risk’s register, where there are several.")] = "",
    body: Body = None,
) -> None:
    """Show a meeting’s agenda; with `--risk` or `--title`, put that on it first."""
    with records():
        from watchkeep.apps.register import queries as registers
        from watchkeep.apps.reviews import changes
        from watchkeep.cli.publish import register_named

        by, day = operator(body), on.date()
        page = _page(by, name, day)
        if risk or title:
            about = registers.risk(by, register_named(by, register).id, risk).id if risk else None
            changes.put_on_agenda(
                by=by,
                meeting=page.meeting.id,
                version=page.meeting.version,
                purpose=purpose,
                risk=about,
                title=title,
            )
            page = _page(by, name, day)
        for each in page.items:
            _say(f"{each.number}  {each.title or 'An item that you may not see'}  (to {each.purpose})")
            if each.minute:
                _say(f"   asked: {each.minute.challenge}")
                _say(f"   answered: {each.minute.answer or 'not recorded'}")
            for decision in each.decisions:
                _say(f"   decided: {decision.text}")


@board.command()
def challenge(
    name: Name,
    on: On,
    item: Item,
    asked: Annotated[str, typer.Option(help="What the board asked.")],
    answered: Annotated[str, typer.Option(help="What it was answered.")] = "",
    body: Body = None,
) -> None:
    """Minute what was asked of an item, and the answer."""
    with records():
        from watchkeep.apps.reviews import changes

        by = operator(body)
        row = _item(_page(by, name, on.date()), item)
        changes.minute_challenge(by=by, item=row.id, version=row.version, challenge=asked, answer=answered)
        _say(f"Minuted: {row.title}.")


@board.command()
def decide(
    name: Name,
    on: On,
    item: Item,
    text: Annotated[str, typer.Argument(help="What was decided.")],
    to_do: Annotated[str, typer.Option(help="What somebody is to do; it becomes a promise.")] = "",
    owner: Annotated[str, typer.Option(help="Who is to do it: a post, by its title.")] = "",
    due: Day = None,
    body: Body = None,
) -> None:
    """Minute what was decided on an item."""
    with records():
        from watchkeep.apps.people.queries.posts import post_titled
        from watchkeep.apps.reviews import changes
        from watchkeep.domain.commitment import Promise

        by = operator(body)
        row = _item(_page(by, name, on.date()), item)
        post = post_titled(by, owner).id if owner else None
        value = Promise(title=to_do, owner_post=post, due_on=due.date() if due else None) if to_do else None
        changes.minute_decision(by=by, item=row.id, text=text, to_do=value)
        _say(f"Minuted: {row.title}.")


def _page(by: Actor, name: str, on: date) -> MeetingPage:
    from watchkeep.apps.reviews import queries

    return queries.meeting(by, _board(by, name).slug, on)


def _board(by: Actor, name: str) -> BoardRow:
    """The board of that name, or of that name in addresses."""
    from watchkeep.apps.reviews import queries
    from watchkeep.domain.errors import Invalid, Missing
    from watchkeep.domain.naming import named

    rows = queries.boards(by)
    wanted = named(name).casefold()
    found = [each for each in rows if each.slug == name] or [
        each for each in rows if wanted and wanted == each.name.casefold()
    ]
    if not found:
        raise Missing(f"There is no board called “{name}”.")
    if len(found) > 1:
        addresses = ", ".join(each.slug for each in found)
        raise Invalid("name", f"Several boards are called {name}; name one of these: {addresses}.")
    return found[0]


def _item(page: MeetingPage, number: int) -> ItemRow:
    from watchkeep.domain.errors import Missing

    found = next((each for each in page.items if each.number == number and not each.hidden), None)
    if found is None:
        raise Missing(f"The agenda has no item {number}.")
    return found


def _say(line: str) -> None:

    echo(line)


def _cells(row: BoardRow) -> tuple[str, ...]:
    rhythm = row.rhythm
    days = str(rhythm.next or ""), str(row.stood_down_on or "")
    return row.name, row.slug, row.cadence.sentence, row.chair, str(rhythm.held), str(rhythm.scheduled), *days
