"""`python -m benchmarks.sorting`: how often the suggestion for a line is what a person made of it.

The lines are the examples' own, labelled by hand in sorting_lines.tsv, and parted by their first words: one
line in two quarters falls in one half. The rules were made on one half; what is quoted is the other's.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from watchkeep.domain.sorting import SORTS, Sort, Suggestion, sort_named, suggest

HERE = Path(__file__).resolve().parent
SHARED = HERE.parents[1] / "shared" / "registers"
FIRST_WORDS = 3
LETTERS: dict[str, Sort] = {
    "c": "control",
    "p": "commitment",
    "m": "meeting",
    "n": "measure",
    "x": "neither",
}
# What a person made of the lines of the register beside the checkout, in order: letters, no text.
SHARED_SORTS = (
    "pmccmppcccppxppppmmcppmmccmppcccmpxcppcpmcnppcmcpcmccxcppcxcccpmccmcmcncpccppcccppppcccpccmpppppppppcc"
)


@dataclass(frozen=True)
class Line:
    """A line, and what a person says that it is."""

    text: str
    sort: Sort

    @property
    def held_out(self) -> bool:
        """Whether it belongs to the half that the rules were not made on."""
        first = " ".join(self.text.casefold().split()[:FIRST_WORDS])
        return hashlib.sha256(first.encode()).digest()[0] % 2 == 1


def labelled() -> Iterator[Line]:
    """Every line of the examples with its label."""
    for row in (HERE / "sorting_lines.tsv").read_text(encoding="utf-8").splitlines():
        sort, _, text = row.partition("\t")
        yield Line(text, sort_named(sort))


def judged(lines: Sequence[Line]) -> dict[Sort, tuple[float | None, float | None]]:
    """Precision and recall of each sort; none where nothing was suggested, or nothing was to be found."""
    said = Counter(suggest(each.text).sort for each in lines)
    true = Counter(each.sort for each in lines)
    right = Counter(each.sort for each in lines if suggest(each.text).sort == each.sort)
    return {
        sort: (
            right[sort] / said[sort] if said[sort] else None,
            right[sort] / true[sort] if true[sort] else None,
        )
        for sort in SORTS
    }


def main() -> None:
    """Print the figures of the half held out; with --made-on, of the other half, and its misses."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--made-on", action="store_true", help="the half that the rules were made on, with its misses"
    )
    asked = parser.parse_args()
    lines = list(labelled())
    if asked.made_on:
        _print("the half that the rules were made on", [each for each in lines if not each.held_out])
        _print_misses([each for each in lines if not each.held_out])
        return
    _print("the half that was held out", [each for each in lines if each.held_out])
    path = SHARED / "wmp-2020-21-q4" / "expected-renditions.json"
    if path.is_file():
        _print("the real register beside this checkout", _shared(path))
    else:
        print("The real register is not beside this checkout: it was not measured.")


def _print(title: str, lines: Sequence[Line]) -> None:
    right = sum(suggest(each.text).sort == each.sort for each in lines)
    print(f"{title}: {right} of {len(lines)} lines ({right / len(lines):.0%}) as a person sorted them")
    print(f"  {'sort':12} {'lines':>6} {'precision':>10} {'recall':>7}")
    true = Counter(each.sort for each in lines)
    for sort, (precision, recall) in judged(lines).items():
        print(f"  {sort:12} {true[sort]:6} {_share(precision):>10} {_share(recall):>7}")
    sure = [(each, found) for each in lines if (found := suggest(each.text)).sure]
    held = sum(found.sort == each.sort for each, found in sure)
    print(f"  where it is sure: {held} of {len(sure)} ({held / len(sure):.0%})")


def _print_misses(lines: Sequence[Line]) -> None:
    for each in lines:
        found: Suggestion = suggest(each.text)
        if found.sort != each.sort:
            print(f"  {each.sort} taken for {found.sort}: {each.text}\n      {found.reason}")


def _shared(path: Path) -> list[Line]:
    risks = json.loads(path.read_text(encoding="utf-8"))["risks"]
    texts = [line if isinstance(line, str) else line["text"] for risk in risks for line in risk["controls"]]
    return [Line(text, LETTERS[letter]) for text, letter in zip(texts, SHARED_SORTS, strict=True)]


def _share(value: float | None) -> str:
    return "none" if value is None else f"{value:.0%}"


if __name__ == "__main__":
    main()
