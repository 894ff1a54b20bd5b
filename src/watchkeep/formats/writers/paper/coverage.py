"""How many sentences of a risk, and of a paper, rest on something."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from watchkeep.domain.document import Risk, Standing
from watchkeep.domain.edition import Edition
from watchkeep.domain.finding import counted, in_words, listed
from watchkeep.domain.statement import Coverage, coverage
from watchkeep.formats.writers.paper.cells import called
from watchkeep.formats.writers.paper.values import Listing, capital, plain

RESTS: dict[Standing, tuple[str, str]] = {
    "bound": ("Evidence", "on evidence"),
    "judged": ("Judgement", "on a named post's judgement"),
    "moved": ("Moved since", "on what has moved since"),
    "expired": ("Expired", "on what has expired"),
    "unbound": ("Nothing", "on nothing"),
}


def counts_of(risks: Iterable[Risk], edition: Edition | None = None) -> Counter[Standing]:
    """How many sentences of these risks stand in each way, as the body counts them; of an edition, as they
    were counted when it was frozen.
    """
    kept = edition.matter.coverage if edition else None
    if kept is None:
        counted_as = sum((coverage(risk) for risk in risks), Coverage())
        return Counter({way: getattr(counted_as, way) for way in RESTS})
    keys = {risk.key for risk in risks}
    return Counter({way: sum(getattr(each, way) for each in kept if each.risk in keys) for way in RESTS})


def coverage_note(risks: Iterable[Risk], edition: Edition | None = None) -> str:
    """The counts in a sentence; nothing where no sentence was looked at."""
    told = tuple(risks)
    if not any(risk.statements for risk in told):
        return ""
    counts = counts_of(told, edition)
    total = sum(counts.values())
    rest = [f"{in_words(counts[way])} {where}" for way, (_, where) in RESTS.items() if counts[way]]
    rests = "rests" if next(counts[way] for way in RESTS if counts[way]) == 1 else "rest"
    makes, holds = ("makes", "holds") if total == 1 else ("make", "hold")
    first, *others = rest
    number, _, where = first.partition(" ")
    said = f"Of {counted(total, 'sentence')} that {makes} a claim or {holds} a figure or a day"
    return f"{said}, {listed([f'{number} {rests} {where}', *others])}."


def coverage_of(risks: tuple[Risk, ...], edition: Edition | None = None) -> Listing | None:
    """The table of every risk, and of the paper; none where no sentence was looked at."""
    if not any(risk.statements for risk in risks):
        return None
    rows = [(called(risk), counts_of([risk], edition)) for risk in risks]
    rows.append(("The whole paper", counts_of(risks, edition)))
    return Listing(
        "coverage",
        "What the sentences of each risk rest on",
        ("Risk", "Sentences", *(head for head, _ in RESTS.values())),
        tuple(
            (
                plain(name),
                plain(str(sum(counts.values()))),
                *(plain(str(counts[way])) for way in RESTS),
            )
            for name, counts in rows
        ),
        (8, 2, 2, 2, 2, 2, 2),
        note=capital(coverage_note(risks, edition)),
    )
