"""The order in which a paper tells its risks: the register's own, or the highest rated first."""

from __future__ import annotations

import re

from watchkeep.domain.document import RegisterDocument, Risk
from watchkeep.domain.edition import Edition
from watchkeep.domain.finding import standing_rating


def ordered(document: RegisterDocument, edition: Edition | None) -> RegisterDocument:
    """`document` with its risks in the edition's order."""
    if edition is None or edition.order == "register":
        return document
    return document.model_copy(update={"risks": worst_first(document)})


def worst_first(document: RegisterDocument) -> tuple[Risk, ...]:
    """The highest band first, within one the highest score; risks that no scale orders come last.

    Risks that stand alike keep the register's order.
    """

    def height(risk: Risk) -> tuple[int, float]:
        band = document.scale.band(standing_rating(risk).text)
        standing = risk.standing
        return (band.rank if band else 0, _number(standing.score.text) if standing else -1.0)

    return tuple(sorted(document.risks, key=height, reverse=True))


def _number(text: str | None) -> float:
    found = re.fullmatch(r"\s*(\d{1,4}(?:\.\d{1,2})?)\s*", text or "")
    return float(found[1]) if found else -1.0
