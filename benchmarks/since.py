"""`python -m benchmarks.since [RISKS]`: what it costs to compare two papers of long risks.

Made-up risks of about 1,100 words each. The later paper has one word in forty changed in each of them, or
none; with references, and without, where each risk must be found again by its words.
"""

from __future__ import annotations

import random
import sys
import time

from watchkeep.domain.document import Field, Item, PartedField, RegisterDocument, Risk
from watchkeep.domain.since import since

WORDS = [f"word{number}" for number in range(3000)]
EDITED = 40


def main(risks: int = 500) -> None:
    """Print a line for each kind of pair: seconds, and how many texts were told word by word."""
    chance = random.Random(4)  # noqa: S311 (the same papers each time; nothing is secret)
    for referenced in (True, False):
        before = [_risk(chance, number, referenced=referenced) for number in range(risks)]
        after = [_edited(chance, risk) for risk in before]
        for what, later in (("every risk reworded", after), ("nothing changed", before)):
            start = time.process_time()
            found = since(_paper(before), _paper(later), earlier_called="the last paper")
            taken = time.process_time() - start
            by = "by references" if referenced else "by words alone"
            print(f"{risks} risks, {what}, matched {by}: {taken:.1f} s, {len(found.reworded)} texts told")


def _paper(risks: list[Risk]) -> RegisterDocument:
    return RegisterDocument(risks=tuple(risks))


def _risk(chance: random.Random, number: int, *, referenced: bool) -> Risk:
    return Risk(
        key=f"R{number}",
        reference=Field(state="recorded", text=f"R{number}") if referenced else Field(),
        name=Field(state="recorded", text=_text(chance, 1)),
        description=PartedField(state="recorded", text=_text(chance, 20)),
        impact=PartedField(state="recorded", text=_text(chance, 15)),
        controls=tuple(Item(state="recorded", text=_text(chance, 2)) for _ in range(20)),
    )


def _text(chance: random.Random, sentences: int) -> str:
    return " ".join(
        " ".join(chance.choices(WORDS, k=chance.randint(8, 22))).capitalize() + "." for _ in range(sentences)
    )


def _edited(chance: random.Random, risk: Risk) -> Risk:
    def edited(text: str | None) -> str:
        words = (text or "").split(" ")
        for _ in range(max(1, len(words) // EDITED)):
            words[chance.randrange(len(words))] = "changed"
        return " ".join(words)

    texts = {
        name: PartedField(state="recorded", text=edited(getattr(risk, name).text))
        for name in ("description", "impact")
    }
    controls = tuple(Item(state="recorded", text=edited(each.text)) for each in risk.controls)
    return risk.model_copy(update={**texts, "controls": controls})


if __name__ == "__main__":
    main(*(int(each) for each in sys.argv[1:]))
