"""What a paper says of its arrows: what they mean, and how many nobody gave a meaning."""

from __future__ import annotations

from watchkeep.domain.document import RegisterDocument
from watchkeep.domain.finding import Finding, counted
from watchkeep.formats.writers.paper.values import capital

UNMEANT = "The source does not say what its arrows mean, so none is counted as worse or better."


def without_meaning(found: Finding) -> int:
    """How many rising and falling arrows, over all periods, nobody has given a meaning."""
    return sum(each.count for each in found.history if each.moved in ("rising", "falling"))


def some_unmeant(number: int) -> str:
    """Where a meaning is known for the register, but a few arrows (of an older paper, say) are outside it."""
    has, its = ("has", "it is") if number == 1 else ("have", "they are")
    arrows = counted(number, "rising or falling arrow")
    return f"{capital(arrows)} {has} been given no meaning, so {its} not counted as worse or better."


def meaning_of_arrows(document: RegisterDocument, found: Finding) -> str:
    """What the arrows mean, and who says so."""
    unmeant = without_meaning(found)
    falls = "improving" if document.rising_means == "worsening" else "worsening"
    rule = f"Rising means {document.rising_means}, level means steady, falling means {falls}"
    if document.rising_basis in ("stated", "confirmed"):
        who = "the body has confirmed this" if document.rising_basis == "confirmed" else "the source says so"
        return f"{rule}: {who}." + (f" {some_unmeant(unmeant)}" if unmeant else "")
    if unmeant:
        return (
            "As the source has them: rising, steady, falling. The source does not say which of them is worse."
        )
    if document.rising_basis == "assumed":
        return "The source does not say what a rising or falling arrow means. Nothing here depends on it."
    return f"The source gives words and no arrows. The arrows here stand for its words: {rule.lower()}."
