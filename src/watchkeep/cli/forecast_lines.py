"""A forecast for a terminal: the sentence, the periods, how near each way came, what it was made from."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from watchkeep.domain.forecast import Breach, Candidate, Forecast


def lines(made: Forecast, breaches: tuple[Breach, ...], notes: tuple[str, ...]) -> list[str]:
    """What a person should read first stands first."""
    from watchkeep.domain.indicator.figure import figure
    from watchkeep.domain.spc.spacing import spoken

    found = [f"{made.name}: {made.sentence}", ""]
    for each in made.points:
        parts = [f"  {spoken(each.on, made.frequency)}: {figure(each.middle, made.unit)}"]
        for level, edges in (("80 %", each.inner), ("95 %", each.outer)):
            said = f"{figure(edges.low)} to {figure(edges.high)}" if edges else "not known"
            parts.append(f"{level} {said}")
        found.append(", ".join(parts))
    found += ["", f"Tried from {made.candidates[0].origins} origins, the least far off first:"]
    found += [_way(each, made) for each in made.candidates]
    found += ["", *(each.sentence for each in breaches)]
    if breaches:
        found.append(breaches[0].convention)
    return [*found, *made.cautions, *notes, f"Made from {made.vintage}; {made.library}; {made.digest[:12]}."]


def _way(way: Candidate, made: Forecast) -> str:
    from watchkeep.domain.indicator.figure import figure

    held = [
        f"{level} held {each.inside} of {each.size}{' (in doubt)' if each.doubt else ''}"
        if each
        else f"{level} not tried"
        for level, each in zip(("80 %", "95 %"), way.held, strict=True)
    ]
    used = " (used)" if way.method == made.chosen else ""
    return f"  {way.method}{used}: MASE {figure(way.mase)}, CRPS {figure(way.crps)}, {', '.join(held)}"
