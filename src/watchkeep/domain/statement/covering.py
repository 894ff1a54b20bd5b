"""How much of what a risk or a paper says rests on something, and which claims of improvement do not."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final

from watchkeep.domain.document import RegisterDocument, Risk, Standing, Statement
from watchkeep.domain.statement.needing import Sentence, sentences_of

HOLDS: Final[frozenset[Standing]] = frozenset({"bound", "judged"})


@dataclass(frozen=True, slots=True)
class Coverage:
    """Of the sentences that need a basis or have one, how many stand how; and the claims of improvement that
    nothing holds.
    """

    bound: int = 0
    judged: int = 0
    unbound: int = 0
    moved: int = 0
    expired: int = 0
    unbound_claims: int = 0

    @property
    def sentences(self) -> int:
        """All of them."""
        return self.bound + self.judged + self.unbound + self.moved + self.expired

    @property
    def resting(self) -> int:
        """Those that rest on something that stands."""
        return self.bound + self.judged

    def __add__(self, other: Coverage) -> Coverage:
        return Coverage(*(getattr(self, each) + getattr(other, each) for each in self.__slots__))

    @property
    def sentence(self) -> str:
        """The whole of it for a person, claims of improvement last."""
        if not self.sentences:
            return "Nothing here needs a basis: no sentence makes a claim or holds a number or a date."
        noun = "sentence" if self.sentences == 1 else "sentences"
        said = [f"{self.resting} of {self.sentences} {noun} {_verb(self.resting, 'rest')} on something"]
        if flagged := self.moved + self.expired:
            said.append(f"{flagged} must be looked at again")
        if claims := self.unbound_claims:
            noun = "claim" if claims == 1 else "claims"
            said.append(f"{claims} {noun} of improvement {'does' if claims == 1 else 'do'} not")
        return "; ".join(said) + "."


@dataclass(frozen=True, slots=True)
class UnboundClaim:
    """A claim of improvement that nothing holds: the sentence of a risk."""

    risk: str  # its key
    field: str
    start: int
    end: int
    text: str
    standing: Standing = "unbound"
    because: str = ""


def coverage(risk: Risk) -> Coverage:
    """How the sentences of one risk stand. What the document does not tell of is unbound."""
    told = listed(risk)
    counts = Counter(each.standing for each in told)
    return Coverage(
        bound=counts["bound"],
        judged=counts["judged"],
        unbound=counts["unbound"],
        moved=counts["moved"],
        expired=counts["expired"],
        unbound_claims=len(claims_without_basis(risk)),
    )


def covered(document: RegisterDocument) -> Coverage:
    """The same of a whole paper."""
    return sum((coverage(each) for each in document.risks), Coverage())


def listed(risk: Risk) -> tuple[Statement, ...]:
    """Every sentence that needs a basis or has one, in the document's order: what the document tells of, and
    what its own texts show where it tells of nothing.
    """
    sentences = tuple(sentences_of(risk))
    untold = [
        Statement(field=each.path, start=each.start, end=each.end, text=each.text)
        for each in sentences
        if each.needs and not any(_meets(each, told) for told in risk.statements)
    ]
    found = [*risk.statements, *untold]
    order = {path: place for place, path in enumerate(dict.fromkeys(each.path for each in sentences))}
    return tuple(sorted(found, key=lambda each: (order.get(each.field, len(order)), each.start)))


def claims_without_basis(risk: Risk) -> tuple[UnboundClaim, ...]:
    """The risk's claims of improvement that no statement holds: nothing was said, or what was no longer
    stands.
    """
    found = []
    for each in sentences_of(risk):
        met = [told for told in risk.statements if _meets(each, told)]
        if not each.claims or any(told.standing in HOLDS for told in met):
            continue
        standing, because = (met[0].standing, met[0].because) if met else ("unbound", "")
        found.append(UnboundClaim(risk.key, each.path, each.start, each.end, each.text, standing, because))
    return tuple(found)


def unbound_claims(document: RegisterDocument) -> tuple[UnboundClaim, ...]:
    """The claims of improvement of a whole paper that no statement holds: with one it freezes only on
    somebody's word.
    """
    return tuple(claim for risk in document.risks for claim in claims_without_basis(risk))


def _verb(number: int, verb: str) -> str:
    return f"{verb}s" if number == 1 else verb


def _meets(sentence: Sentence, told: Statement) -> bool:
    return told.field == sentence.path and told.start < sentence.end and sentence.start < told.end
