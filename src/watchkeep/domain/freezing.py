"""What stands in the way of freezing a paper: words that tell of what is withheld, claims without a basis.

The same questions for a page, a command and the freeze itself.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace

from watchkeep.domain.document import RegisterDocument, Risk
from watchkeep.domain.edition import Audience, Front
from watchkeep.domain.errors import Refused
from watchkeep.domain.naming import REASON_LETTERS, REASON_WORDS, in_words, says_why
from watchkeep.domain.people import Refusal
from watchkeep.domain.redaction import Residue, Withheld, residue, withheld
from watchkeep.domain.since import Since
from watchkeep.domain.statement import UnboundClaim, unbound_claims

SHOWN = 5  # places named in a refusal; the rest are counted


@dataclass(frozen=True, slots=True)
class Gate:
    """What is withheld from an audience, what of it is still told, and what is claimed without a basis."""

    audience: Audience
    withheld: tuple[Withheld, ...] = ()
    residue: tuple[Residue, ...] = ()
    claims: tuple[UnboundClaim, ...] = ()

    @property
    def certain(self) -> tuple[Residue, ...]:
        """What must be put right first."""
        return tuple(each for each in self.residue if each.certain)

    @property
    def doubts(self) -> tuple[Residue, ...]:
        """What somebody may let stand, saying why."""
        return tuple(each for each in self.residue if not each.certain)

    @property
    def stopping_claims(self) -> tuple[UnboundClaim, ...]:
        """The claims that need somebody's word; inside the body they are only counted."""
        return () if self.audience == "internal" else self.claims

    @property
    def in_doubt(self) -> tuple[str, ...]:
        """Each doubt and each claim that stops the paper, in a sentence: what a reason lets stand."""
        claimed = (
            f"{each.risk} claims what rests on nothing: “{each.text}”" for each in self.stopping_claims
        )
        return (*_sentences(self.doubts), *claimed)

    @property
    def digest(self) -> str:
        """Of all that is in doubt: whoever lets it stand says by it what they saw."""
        said = "\0".join(sorted(self.in_doubt))
        return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:16]

    def refusal(self, *, overridden: str = "", despite: str = "", seen: str = "") -> Refusal | None:
        """Why the paper does not freeze. `overridden` lets claims go out that rest on nothing, `despite`
        words that may tell of what is withheld: each says why. `seen` is the digest of those that were shown:
        a reason lets nothing stand that its writer was not shown.
        """
        if self.certain:
            return Refusal(_listed("This would tell of what is withheld.", _sentences(self.certain)))
        if refusal := no_reason(despite, overridden):
            return refusal
        if self.doubts and not in_words(despite):
            return Refusal(_listed("Look at this first, or say why it may stand.", _sentences(self.doubts)))
        if self.stopping_claims and not in_words(overridden):
            return Refusal(_claimed(self.stopping_claims))
        if self.in_doubt and seen != self.digest:
            return Refusal(_listed("What stands in its way is not what you saw: look again.", self.in_doubt))
        return None


class Stopped(Refused):
    """A paper that is not frozen; `gate` has all that stands in its way."""

    def __init__(self, refusal: Refusal, gate: Gate) -> None:
        super().__init__(refusal.sentence)
        self.gate = gate


def gate(
    whole: RegisterDocument,
    left: RegisterDocument,
    audience: Audience,
    *,
    beside: Iterable[tuple[str, str]] = (),
    names: Iterable[str] = (),
    gone: Iterable[Risk] = (),
) -> Gate:
    """What stands in the way of giving `left`, made of `whole`, to the audience, with what stands `beside`
    it. `names` are those of people, which nothing for the public may hold; `gone` are risks that left.
    """
    if audience == "internal":
        return Gate(audience, claims=unbound_claims(left))
    kept_back = withheld(whole, audience)
    people = names if audience == "public" else ()
    before = withheld(whole.model_copy(update={"risks": tuple(gone)}), audience)
    every = (*kept_back, *(replace(each, empty=False) for each in before))
    found = residue(left, every, beside=beside, names=people)
    return Gate(audience, kept_back, found, unbound_claims(left))


def beside(front: Front | None = None, since: Since | None = None, **said: str) -> list[tuple[str, str]]:
    """Every text that a paper carries besides the register, under what a person calls its place."""
    places = [(f"The {name.replace('_', ' ')}", text) for name, text in said.items()]
    if front:
        places += [
            ("The meeting", front.meeting),
            ("Who reports", front.report_of),
            ("The purpose", front.purpose),
            *((f"Recommendation {number}", each) for number, each in enumerate(front.recommendations, 1)),
        ]
    if since:
        places += [("What is new since the last paper", text) for text in _texts(since.model_dump())]
    return [(place, text) for place, text in places if text]


def _texts(value: object) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        words = value.get("words")
        if isinstance(words, list | tuple):  # one text, cut where it differs
            yield " ".join(each["text"] for each in words if each["kind"] != "added")
            yield " ".join(each["text"] for each in words if each["kind"] != "removed")
        for name, each in value.items():
            if name != "words":
                yield from _texts(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each)


def no_reason(*reasons: str) -> Refusal | None:
    """Why what was given as a reason is none; nothing was given where nobody sees a sign of it."""
    for each in reasons:
        if in_words(each) and not says_why(each):
            return Refusal(
                f"Say why in a sentence: a reason has at least {REASON_WORDS} words and {REASON_LETTERS} "
                f"letters, and “{_short(each)}” has not."
            )
    return None


def _sentences(found: tuple[Residue, ...]) -> tuple[str, ...]:
    return tuple(each.sentence for each in found)


def _listed(opening: str, sentences: tuple[str, ...]) -> str:
    told = " ".join(sentences[:SHOWN])
    more = len(sentences) - SHOWN
    return f"{opening} {told}" + (f" And {more} more." if more > 0 else "")


def _claimed(claims: tuple[UnboundClaim, ...]) -> str:
    told = "; ".join(f"{each.risk}: “{_short(each.text)}”" for each in claims[:SHOWN])
    more = len(claims) - SHOWN
    tail = f"; and {more} more" if more > 0 else ""
    return (
        "Claims of improvement rest on nothing: "
        f"{told}{tail}. Bind each to what shows it, take it out, or say who lets it go out and why."
    )


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= 120 else f"{plain[:119].rstrip()}…"
