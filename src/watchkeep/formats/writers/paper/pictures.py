"""The small charts of a paper's indicators, from the same specification as the page's."""

from __future__ import annotations

from watchkeep.domain.document import RegisterDocument
from watchkeep.domain.edition import Edition
from watchkeep.domain.indicator.telling import chart_again
from watchkeep.formats import charts
from watchkeep.formats.writers.paper.measures import measures_of
from watchkeep.formats.writers.paper.ordering import ordered
from watchkeep.formats.writers.paper.passing import without_turns
from watchkeep.formats.writers.table import FORBIDDEN

WIDTH, HEIGHT = 340, 62  # pixels: as wide as its cell on paper, at letters of 8.5 points


def pictures_of(document: RegisterDocument, edition: Edition | None = None) -> dict[int, str]:
    """Each chart as SVG under its number in the paper; its title is its finding."""
    risks = ordered(document, edition).risks
    told = measures_of(risks)
    named = {row.picture: row for each in (told.risks if told else ()) for row in each.rows}
    every = enumerate(each for risk in risks for each in risk.indicators)
    return {
        number: charts.drawn(
            charts.xmr(chart_again(each), width=WIDTH, height=HEIGHT),
            title=_clean(named[number].alt),
            description=_clean(named[number].described),
        )
        for number, each in every
        if number in named
    }


def _clean(text: str) -> str:
    """`text` with what no SVG may hold replaced, visibly."""
    return FORBIDDEN.sub("\ufffd", without_turns(text))
