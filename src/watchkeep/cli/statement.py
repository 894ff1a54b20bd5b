"""`watchkeep statement`: what sentences rest on; bind one, judge one, look again, take a basis off."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from watchkeep.cli.listing import AsCsv, AsJson, as_file, say
from watchkeep.cli.printing import echo
from watchkeep.cli.records import operator, records

if TYPE_CHECKING:
    from watchkeep.apps.evidence.changes import Rests
    from watchkeep.apps.register.queries import RiskPage
    from watchkeep.domain.people import Actor
    from watchkeep.domain.statement import Placed
    from watchkeep.jobs.tables.statements import SentenceRow

Thing = TypeVar("Thing")

statement = typer.Typer(
    help="What the sentences of a register rest on, and which must be looked at again.", no_args_is_help=True
)

Risk = Annotated[str, typer.Argument(help="The risk, by its reference.")]
Words = Annotated[str, typer.Argument(help="The sentence: all of it, or words that only it has.")]
Register = Annotated[str, typer.Option(help="Which register, where there are several.")]
Body = Annotated[str | None, typer.Option("--body", help="The body; needed only where there are several.")]
Day = Annotated[
    datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day that it speaks of. Left out: today.")
]
Until = Annotated[
    datetime | None, typer.Option("--until", formats=["%Y-%m-%d"], help="The last day on which it counts.")
]


@statement.command("list")
def list_statements(
    risk: Annotated[str, typer.Option(help="Only those of one risk, by its reference.")] = "",
    standing: Annotated[
        str, typer.Option(help="Only those that stand so: bound, judged, unbound, moved or expired.")
    ] = "",
    claims: Annotated[bool, typer.Option("--claims", help="Only claims of improvement.")] = False,
    as_at: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="As they stood on a day.")
    ] = None,
    register: Register = "",
    csv: AsCsv = False,
    json: AsJson = False,
    body: Body = None,
) -> None:
    """List the sentences that need a basis or have one, and say how much is covered."""
    with records():
        from watchkeep.jobs.clocks import clock_on
        from watchkeep.jobs.tables import statements

        every = list(statements.sentences(operator(body), clock_on(as_at), register))
        rows = [
            each
            for each in every
            if risk in ("", each.risk.key)
            and standing in ("", each.placed.standing)
            and (not claims or each.placed.sentence.claims)
        ]
        lines = [line for each in rows for line in statements.cells(each)]
        if as_file(statements.HEADING, lines, csv=csv, json=json):
            return
        for each in rows:
            _tell(each)
        _cover([each for each in every if risk in ("", each.risk.key)])


@statement.command()
def bind(
    risk: Risk,
    words: Words,
    control: Annotated[str, typer.Option(help="On the last check of a control, by its reference.")] = "",
    promise: Annotated[str, typer.Option(help="On a promise, by its reference.")] = "",
    event: Annotated[str, typer.Option(help="On an event, by words that only its title has.")] = "",
    file: Annotated[str, typer.Option(help="On a file of the risk, by its name or its SHA-256.")] = "",
    reading: Annotated[str, typer.Option(help="On a figure that was read, with its unit.")] = "",
    source: Annotated[str, typer.Option(help="Where the figure was read.")] = "",
    indicator: Annotated[str, typer.Option(help="On a reading of an indicator, by its reference.")] = "",
    period: Annotated[
        str, typer.Option(help="Of which month, quarter, week or day. Left out: the latest that was read.")
    ] = "",
    verdict: Annotated[
        bool, typer.Option("--verdict", help="On what the indicator's chart says, not on one reading.")
    ] = False,
    place: Annotated[str, typer.Option(help="Where in the file: a page, a table.")] = "",
    of: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day of the figure or the file.")
    ] = None,
    until: Until = None,
    on: Day = None,
    register: Register = "",
    body: Body = None,
) -> None:
    """Say what a sentence rests on: a --control, --promise, --event, --file, --reading or --indicator."""
    with records():
        from watchkeep.apps.evidence import changes

        by = operator(body)
        page = _page(by, register, risk)
        row = _sentence(by, page, words)
        given = {"control": control, "promise": promise, "event": event, "file": file, "reading": reading}
        given["indicator"] = indicator
        _must_name_an_indicator(indicator, period, verdict=verdict)
        if indicator and not any(given[name] for name in given if name != "indicator"):
            rests = _measured(by, indicator, period, verdict=verdict)
        else:
            rests = _rests(by, page, given, source=source, place=place, of=_date(of) or _today())
        changes.bind(
            by=by,
            risk=page.id,
            field=row.sentence.field,
            text=row.sentence.text,
            rests=rests,
            version=row.held.version if row.held else 0,
            on=_date(on),
            holds_until=_date(until),
        )
        _again(by, page, row)


@statement.command()
def judge(
    risk: Risk,
    words: Words,
    post: Annotated[str, typer.Option(help="The title of the post whose holder judges.")],
    reason: Annotated[str, typer.Option(help="Why they judge so.")],
    until: Until = None,
    on: Day = None,
    register: Register = "",
    body: Body = None,
) -> None:
    """Write down that a sentence is the judgement of whoever holds a post."""
    with records():
        from watchkeep.apps.evidence import changes
        from watchkeep.apps.people.queries import post_titled

        by = operator(body)
        page = _page(by, register, risk)
        row = _sentence(by, page, words)
        changes.judge(
            by=by,
            risk=page.id,
            field=row.sentence.field,
            text=row.sentence.text,
            post=post_titled(by, post).id,
            version=row.held.version if row.held else 0,
            on=_date(on),
            holds_until=_date(until),
            reason=reason,
        )
        _again(by, page, row)


@statement.command()
def renew(
    risk: Risk,
    words: Words,
    reason: Annotated[str, typer.Option(help="What was looked at.")] = "",
    until: Until = None,
    on: Day = None,
    register: Register = "",
    body: Body = None,
) -> None:
    """Say that a sentence still rests on all that it rested on, as that is told now."""
    with records():
        from uuid import UUID

        from watchkeep.apps.evidence import changes

        by = operator(body)
        page = _page(by, register, risk)
        row = _held(_sentence(by, page, words))
        changes.renew(
            by=by,
            statement=UUID(row.held.id if row.held else ""),
            version=row.held.version if row.held else 0,
            text=row.sentence.text,
            on=_date(on),
            holds_until=_date(until),
            reason=reason,
        )
        _again(by, page, row)


@statement.command()
def unbind(
    risk: Risk,
    words: Words,
    reason: Annotated[str, typer.Option(help="Why it rests on that no longer.")],
    basis: Annotated[
        str, typer.Option(help="What is taken off: words of its name. Left out, where there is only one.")
    ] = "",
    on: Day = None,
    register: Register = "",
    body: Body = None,
) -> None:
    """Take off something that a sentence rested on. That it did stays on record."""
    with records():
        from uuid import UUID

        from watchkeep.apps.evidence import changes

        by = operator(body)
        page = _page(by, register, risk)
        row = _held(_sentence(by, page, words))
        ground = _one(
            [each for each in row.grounds if basis.casefold() in each.named.casefold()], "basis", basis
        )
        version = row.held.version if row.held else 0
        changes.unbind(by=by, binding=UUID(ground.id), version=version, reason=reason, on=_date(on))
        _again(by, page, row)


# --- What was meant -----------------------------------------------------------------------------------------


def _page(by: Actor, register: str, reference: str) -> RiskPage:
    from watchkeep.apps.register import queries
    from watchkeep.cli.publish import register_named

    return queries.risk(by, register_named(by, register).slug, reference)


def _sentence(by: Actor, page: RiskPage, words: str) -> Placed:
    """The one sentence of the risk that has these words; all of them may be given a basis."""
    from watchkeep.apps.evidence.queries import placed_in
    from watchkeep.domain.statement import Placed, sentences_of, squeezed

    rows = {each.sentence: each for each in placed_in(by, page.register.id, [page.value])[page.key]}
    wanted = squeezed(words).casefold()
    every = list(sentences_of(page.value))
    same = [each for each in every if squeezed(each.text).casefold() == wanted]
    found = same[:1] or [each for each in every if wanted in squeezed(each.text).casefold()]
    sentence = _one(found, "sentence", words)
    return rows.get(sentence) or Placed(sentence, "unbound")


def _held(row: Placed) -> Placed:
    from watchkeep.domain.errors import Missing

    if row.held is None:
        raise Missing("That sentence rests on nothing.")
    return row


def _one(found: list[Thing], what: str, words: str) -> Thing:
    from watchkeep.domain.errors import Missing

    if len(found) != 1:
        several = f"{len(found)} have" if found else "none has"
        raise Missing(f"Say which {what} is meant: {several} the words “{words}”.")
    return found[0]


def _must_name_an_indicator(indicator: str, period: str, *, verdict: bool) -> None:
    from watchkeep.domain.errors import Invalid

    if not indicator and (period or verdict):
        option = "--verdict" if verdict else "--period"
        raise Invalid("indicator", f"{option} is said of an indicator: name it with --indicator, such as K3.")


def _measured(by: Actor, reference: str, period: str, *, verdict: bool) -> Rests:
    """The reading of the period that was named, the latest where none is, or the verdict."""
    from watchkeep.apps.evidence.changes import OnObservation
    from watchkeep.apps.indicators.queries import indicator_named
    from watchkeep.apps.people.queries import body_of
    from watchkeep.domain.errors import Invalid
    from watchkeep.formats.readings.dates import EXPECTED, first_day_of

    found = indicator_named(by, reference)
    on = first_day_of(period, year_start=body_of(by).year_starts_month) if period else None
    if period and on is None:
        raise Invalid("period", f"A period is {EXPECTED}; “{period}” is none.")
    return OnObservation(found.id, on, verdict)


def _rests(by: Actor, page: RiskPage, given: dict[str, str], *, source: str, place: str, of: date) -> Rests:
    from watchkeep.apps.evidence.changes import OnDocument, OnReading, OnRecord
    from watchkeep.apps.evidence.queries import offered
    from watchkeep.domain.errors import Invalid

    chosen = [(kind, words) for kind, words in given.items() if words]
    if len(chosen) != 1:
        raise Invalid("rests", f"Say one thing that it rests on: --{', --'.join(given)}.")
    kind, words = chosen[0]
    offers = offered(by, page.id)
    if kind == "reading":
        return OnReading(words, source, of)
    if kind == "file":
        files = [each for each in offers.files if words in (each.name, each.sha256)]
        return OnDocument(_one(files, "file", words).sha256, of, place)
    if kind == "control":  # the latest check first
        checks = [each for each in offers.checks if each.label.split()[0] == words.upper()]
        return OnRecord("check", _one(checks[:1], "control with a check", words).id)
    if kind == "promise":
        promises = [each for each in offers.promises if each.label.split()[0] == words.upper()]
        return OnRecord("commitment", _one(promises, "promise", words).id)
    events = [each for each in offers.events if words.casefold() in each.label.casefold()]
    return OnRecord("event", _one(events, "event", words).id)


# --- What is said -------------------------------------------------------------------------------------------


def _again(by: Actor, page: RiskPage, row: Placed) -> None:
    """The sentence as it stands after the change."""
    from watchkeep.apps.evidence.queries import placed_in
    from watchkeep.domain.statement import Placed

    rows = placed_in(by, page.register.id, [page.value])[page.key]
    now = next((each for each in rows if each.sentence == row.sentence), Placed(row.sentence, "unbound"))
    _line(page.key, now)


def _tell(row: SentenceRow) -> None:
    _line(row.risk.key, row.placed)


def _line(key: str, row: Placed) -> None:
    say(key, row.standing, " ".join(row.sentence.text.split()))
    for ground in row.grounds:
        until = f", counts until {ground.holds_until.isoformat()}" if ground.holds_until else ""
        said = f": {ground.says}" if ground.says else ""
        echo(f"    {ground.kind}  {ground.named}, {ground.on.isoformat()}{said}{until}")
    if row.because:
        echo(f"    {row.because}")


def _cover(rows: list[SentenceRow]) -> None:
    from watchkeep.domain.statement import Coverage, coverage

    by_risk: dict[str, list[SentenceRow]] = {}
    for each in rows:
        by_risk.setdefault(f"{each.register}\0{each.risk.key}", []).append(each)
    told = (
        group[0].risk.model_copy(update={"statements": tuple(each.placed.statement for each in group)})
        for group in by_risk.values()
    )
    echo(sum(map(coverage, told), Coverage()).sentence)


def _date(on: datetime | None) -> date | None:
    return on.date() if on else None


def _today() -> date:
    from django.utils import timezone

    return timezone.localdate()
