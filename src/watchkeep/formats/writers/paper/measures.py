"""What the risks are measured by: for each risk its indicators, each with its chart, its last reading, what
its readings say and how its target fares.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from watchkeep.domain.document import Aim, Indicator, Point, Risk
from watchkeep.domain.finding import counted, in_words, listed, written
from watchkeep.domain.indicator.figure import bare, figure
from watchkeep.domain.indicator.telling import ground_of, word_of
from watchkeep.domain.spc.spacing import spoken
from watchkeep.formats.writers.paper.cells import called
from watchkeep.formats.writers.paper.values import (
    Cell,
    Listing,
    Measure,
    Measured,
    Measures,
    capital,
    plain,
)

TITLE = "What the indicators say"
READINGS = "The readings behind the charts"
# The signs of the charts: filled where it is certain, hollow where one reading may be chance.
SIGNS = {"improvement": "◆", "concern": "■", "change": "▲", "mixed": "✚", "": "●"}
VERDICTS = {
    "improving": "◆",
    "worsening": "■",
    "changed high": "▲",
    "changed low": "▲",
    "mixed": "✚",
    "steady": "●",
}
FIRST_SIGNS = {"improving": "◇", "worsening": "□"}
ORDER = (  # in which verdicts are counted
    "worsening",
    "first sign of worsening",
    "mixed",
    "changed high",
    "changed low",
    "steady",
    "first sign of improvement",
    "improving",
    "too little to say",
    "stale",
)
SILENT = ("too little to say", "stale")
SPEAKS = {"cause": "Of its causes", "control": "Of its controls", "consequence": "Of its consequences"}
BETTER = {"up": "higher is better", "down": "lower is better", "neither": "neither way is better"}
EVERY = {"day": "daily", "week": "weekly", "month": "monthly", "quarter": "quarterly", "year": "yearly"}
WITHIN = {"day": "on", "week": "in the week from"}
SAYS = {"improvement": "an improvement", "concern": "a concern", "change": "a change", "mixed": "both ways"}
HEAD = ("Risk", "Indicator", "Speaks", "Latest", "Verdict", "What its readings say", "Target")
SHARES = (5, 5, 4, 4, 4, 8, 4)
READINGS_HEAD = (
    "Indicator",
    "Name",
    "Period from",
    "Reading",
    "Unit",
    "Mean",
    "Lower limit",
    "Upper limit",
    "Says",
)
NO_READING = "no reading yet"
NO_TARGET = "no target"


def measures_of(risks: Sequence[Risk], day: date | None = None) -> Measures | None:
    """The section of a paper as at that day; none where no risk has an indicator. Pictures are numbered as
    they stand in it.
    """
    told = [risk for risk in risks if risk.indicators]
    if not told:
        return None
    made = tuple(_of_risk(risks, risk) for risk in told)
    return Measures(TITLE, sentence_of(risks), made, _note(told, day))


def _note(told: Iterable[Risk], day: date | None) -> str:
    """That readings go on past the paper's own day, where they do."""
    later = [
        each for risk in told for each in risk.indicators if day and each.latest and each.latest.on > day
    ]
    if not later or day is None:
        return ""
    return (
        f"The register is told as at {written(day)}; readings that have come since are told as well, each "
        "under its own period."
    )


def measured_of(risks: Sequence[Risk], risk: Risk) -> Measured | None:
    """The same for one of the risks."""
    return _of_risk(risks, risk) if risk.indicators else None


def sentence_of(risks: Sequence[Risk]) -> str:
    """How many indicators say what, each counted once, and which risks are judged otherwise."""
    told = [risk for risk in risks if risk.indicators]
    every = {each.key: each for risk in told for each in risk.indicators}
    counts = Counter(verdict_cell(each).text for each in every.values())
    said = listed(
        f"{in_words(counts[word])} {'with a ' if word.startswith('first') else ''}{word}"
        for word in ORDER
        if counts[word]
    )
    verb = "speaks" if len(every) == 1 else "speak"
    head = f"{capital(counted(len(every), 'indicator'))} {verb} to {counted(len(told), 'risk')}: {said}."
    against = [_short(risk) for risk in told if risk.heard and risk.heard.against]
    if not against:
        return head
    are = "risk is" if len(against) == 1 else "risks are"
    return (
        f"{head} {capital(in_words(len(against)))} {are} judged otherwise than the indicators say: "
        f"{listed(against)}."
    )


def verdict_cell(each: Indicator) -> Cell:
    """The verdict in a word, with the sign that its points have on the chart."""
    if each.verdict in FIRST_SIGNS and not each.confirmed:
        return Cell("trend", word_of(each), arrow=FIRST_SIGNS[each.verdict], moved="watched")
    if each.verdict in SILENT:
        return Cell("absent", each.verdict)
    moved = each.verdict if each.verdict in ("improving", "worsening", "steady") else "changed"
    return Cell("trend", each.verdict, arrow=VERDICTS[each.verdict], moved=moved)


def latest_of(each: Indicator) -> str:
    """The last reading under its period."""
    last = each.latest
    return f"{figure(last.value, each.unit)} {_within(each, last)}" if last else NO_READING


def target_of(each: Indicator) -> str:
    """The target in force and whether it can be met; tolerances, and whether the last reading keeps them."""
    said = [f"Tolerance: {_tolerance(each, aim)}" for aim in _tolerances(each)]
    if each.target:
        able = f", {each.capability} it" if each.capability else ""
        able = able.replace("hit and miss it", "hit and miss")
        said.insert(0, f"Target {figure(each.target.value, each.unit)}{able}")
    return "; ".join(said) or NO_TARGET


def noted_of(each: Indicator) -> str:
    """What explains the readings, each under its day; empty where nothing was said."""
    said = []
    for mark in each.marks:
        text = _squeezed(mark.text)
        if mark.kind == "rebase":
            text = f"limits anew{f': {text}' if text else ''}"
        said.append(f"{written(mark.on)}: {text.rstrip('.')}.")
    return " ".join(said)


# --- Plain tables -------------------------------------------------------------------------------------------


def table_of(risks: Sequence[Risk]) -> Listing | None:
    """The same as a table of words."""
    rows = tuple(
        (
            plain(called(risk)),
            plain(f"{each.key} {_squeezed(each.name)}"),
            plain(role_of(each)),
            plain(latest_of(each)),
            verdict_cell(each),
            plain(f"{ground_of(each)} {noted_of(each)}".strip()),
            plain(target_of(each)),
        )
        for risk in risks
        for each in risk.indicators
    )
    if not rows:
        return None
    return Listing("measured", TITLE, HEAD, rows, SHARES)


def indicators_table(told: Measured) -> tuple[Sequence[str], Sequence[tuple[Cell, ...]], Sequence[int], str]:
    """The indicators of one risk in words alone: heading, rows, how the columns divide the width, title."""
    rows = [
        (
            plain(f"{each.key} {each.name}"),
            plain(each.role),
            plain(each.latest),
            each.verdict,
            plain(f"{each.sentence} {each.noted}".strip()),
            plain(each.target),
        )
        for each in told.rows
    ]
    return HEAD[1:], rows, SHARES[1:], f"The indicators of {told.title}"


def readings_table(each: Indicator) -> Listing:
    """The points of one chart, the latest first."""
    rows = tuple(
        (
            plain(spoken(point.on, each.frequency)),
            plain(figure(point.value, each.unit)),
            plain(figure(point.centre, each.unit)),
            plain(_limits(point, each.unit)),
            plain(_says(point)),
        )
        for point in reversed(each.points)
    )
    head = ("Period", "Reading", "Mean", "Limits", "What it says")
    return Listing("readings", f"Readings of {each.key} {_squeezed(each.name)}", head, rows, (4, 3, 3, 4, 4))


def readings_of(risks: Iterable[Risk]) -> Listing | None:
    """The points of every chart on a row each, as a page can carry them; an indicator of many risks once."""
    every = {each.key: each for risk in risks for each in risk.indicators if each.points}
    if not every:
        return None
    return Listing(
        "readings",
        READINGS,
        ("Indicator", "Unit", "Readings, the oldest first", "Mean", "Limits"),
        tuple(
            (
                plain(f"{each.key} {_squeezed(each.name)}"),
                Cell("text", each.unit or "a number"),
                plain("; ".join(_told(each))),
                plain("; ".join(_stretches(each, "mean"))),
                plain("; ".join(_stretches(each, "limits"))),
            )
            for each in sorted(every.values(), key=lambda each: (len(each.key), each.key))
        ),
        (5, 2, 15, 3, 4),
        note="Up to 24 readings of each, by the first day of their periods. ■ a concern, ◆ an improvement, "
        "▲ a change, ✚ signals both ways; | limits were worked out anew.",
    )


def every_reading(risks: Iterable[Risk]) -> Iterator[tuple[str | float, ...]]:
    """The points of every chart, a row each under `READINGS_HEAD`; an empty limit is none."""
    every = {each.key: each for risk in risks for each in risk.indicators}
    for each in sorted(every.values(), key=lambda each: (len(each.key), each.key)):
        for point in each.points:
            limits = ("" if limit is None else limit for limit in (point.centre, point.lower, point.upper))
            said = SAYS.get(point.meaning, "")
            yield each.key, _squeezed(each.name), point.on.isoformat(), point.value, each.unit, *limits, said


# --- One risk -----------------------------------------------------------------------------------------------


def _of_risk(risks: Sequence[Risk], risk: Risk) -> Measured:
    first = 0
    for each in risks:
        if each is risk:
            break
        first += len(each.indicators)
    heard = risk.heard
    return Measured(
        key=risk.key,
        title=called(risk),
        word=_word(heard.word) if heard else None,
        basis=heard.basis if heard else "",
        against=heard.against if heard else "",
        rows=tuple(_row(risk, each, first + place) for place, each in enumerate(risk.indicators)),
    )


def _word(word: str) -> Cell:
    if word in SILENT:
        return Cell("absent", word)
    return Cell("trend", word, arrow=VERDICTS[word], moved=word)


def _row(risk: Risk, each: Indicator, number: int) -> Measure:
    return Measure(
        key=each.key,
        name=_squeezed(each.name),
        role=role_of(each),
        latest=latest_of(each),
        verdict=verdict_cell(each),
        sentence=ground_of(each),
        target=target_of(each),
        noted=noted_of(each),
        picture=number if each.points else -1,
        alt=f"{_squeezed(each.name)}. {each.sentence}",
        described=_described(risk, each),
        readings=readings_table(each) if each.points else None,
    )


def role_of(each: Indicator) -> str:
    """What of the risk it speaks of, whether it leads, which way is better and how often it is read."""
    said = [SPEAKS[each.side]]
    said += [f"part {each.part}"] if each.part else []
    said += ["it leads"] if each.leads else []
    return ", ".join([*said, BETTER[each.better], EVERY[each.frequency]])


def _described(risk: Risk, each: Indicator) -> str:
    """The chart in words, besides its finding."""
    if not each.points:
        return ""
    first, last = each.points[0], each.points[-1]
    said = (
        f"Control chart of {each.key} for {called(risk)}: {counted(len(each.points), 'reading')}, "
        f"from {figure(first.value, each.unit)} {_within(each, first)} to {latest_of(each)}; "
        f"mean {figure(last.centre, each.unit)}, limits {_limits(last, each.unit)}; {target_of(each)}"
    )
    return f"{said}."


def _within(each: Indicator, point: Point) -> str:
    said = spoken(point.on, each.frequency)
    if each.frequency == "year" and not said.isdecimal():
        return f"in the year from {said}"
    return f"{WITHIN.get(each.frequency, 'in')} {said}"


def _tolerances(each: Indicator) -> list[Aim]:
    on = each.points[-1].on if each.points else None
    return [
        aim
        for aim in each.aims
        if aim.kind != "target"
        and on is not None
        and aim.from_on <= on
        and (aim.until_on is None or on < aim.until_on)
    ]


def _tolerance(each: Indicator, aim: Aim) -> str:
    upper = aim.kind == "upper tolerance"
    last = each.points[-1].value
    kept = last <= aim.value if upper else last >= aim.value
    said = f"{'at most' if upper else 'at least'} {figure(aim.value, each.unit)}"
    return said if kept else f"{said}, and the last reading is {'above' if upper else 'below'} it"


def _told(each: Indicator) -> Iterator[str]:
    for point in each.points:
        sign = f" {SIGNS[point.meaning]}" if point.meaning else ""
        said = f"{'| ' if point.anew else ''}{_stamp(each, point)} {bare(point.value)}{sign}"
        yield said.replace(" ", "\u00a0")  # a reading stays with its day


def _stamp(each: Indicator, point: Point) -> str:
    on = point.on
    if each.frequency in ("month", "quarter"):
        return f"{on:%b} {on.year}"
    return str(on.year) if each.frequency == "year" else f"{on.day} {on:%b} {on.year}"


def _stretches(each: Indicator, what: str) -> Iterator[str]:
    """The mean or the limits of each stretch, as they stood at its end."""
    ends = [place - 1 for place, point in enumerate(each.points) if point.anew] + [len(each.points) - 1]
    for place in ends:
        point = each.points[place]
        yield figure(point.centre) if what == "mean" else _limits(point, "")


def _limits(point: Point, unit: str) -> str:
    if point.lower is None and point.upper is None:
        return "none yet"
    if point.lower is None or point.upper is None:
        known = point.upper if point.lower is None else point.lower
        return f"{'at most' if point.lower is None else 'at least'} {figure(known, unit)}"
    return f"{figure(point.lower, unit)} to {figure(point.upper, unit)}"


def _says(point: Point) -> str:
    return f"{SIGNS[point.meaning]} {SAYS[point.meaning]}" if point.meaning else "nothing stands out"


def _short(risk: Risk) -> str:
    return _squeezed(risk.reference.text or risk.name.text or risk.key)


def _squeezed(text: str) -> str:
    return " ".join(text.split())
