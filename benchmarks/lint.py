"""`python -m benchmarks.lint`: how often a finding is right, and how much of what there is is found.

The labels in lint_labels.tsv name places, never words: file, risk, field, characters, rule, verdict.
`--write` makes docs/reference/lint.md anew; `--propose` prints a row for each finding without a label.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from watchkeep.domain.document import RegisterDocument
from watchkeep.domain.lint import FAMILIES, RULES, Found, lint
from watchkeep.formats.writers.findings.rulebook import rulebook

HERE: Final = Path(__file__).resolve().parent
LABELS: Final = HERE / "lint_labels.tsv"
PAGE: Final = HERE.parent / "docs" / "reference" / "lint.md"
ROOTS: Final = {"shared": HERE.parents[1] / "shared" / "registers", "examples": HERE.parent / "examples"}
# What was labelled, whole; with the day of a paper that does not say its own.
PAPERS: Final[dict[str, date | None]] = {
    "shared/wmp-2020-21-q4/register.docx": date(2021, 3, 31),
    "examples/calder_vale/2025-26-q4.csv": date(2026, 3, 31),
    "examples/layouts/council_scores/register.xlsx": None,
    "examples/layouts/county_pages/register.pdf": None,
    "examples/layouts/drainage_board/register.md": None,
    "examples/layouts/fire_service/register.pdf": None,
    "examples/layouts/harbour_notes/register.txt": None,
    "examples/layouts/housing_page/register.html": None,
    "examples/layouts/trust_forms/register.docx": None,
    "examples/layouts/university_list/register.csv": None,
}
_FAMILY: Final = {rule.code: rule.family for rule in RULES}


@dataclass(frozen=True)
class Label:
    """What a person made of a finding: right, wrong, or missed where the lint found nothing."""

    paper: str
    risk: str
    field: str
    start: int
    end: int
    code: str
    verdict: str

    @property
    def place(self) -> tuple[str, str, str, int, int, str]:
        """Where it stands, and under which rule."""
        return self.paper, self.risk, self.field, self.start, self.end, self.code


@dataclass(frozen=True)
class Figure:
    """How many findings of one sort were right and wrong, and how many there should have been besides."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> str:
        """Of what was found, how much is right."""
        return _share(self.right, self.right + self.wrong)

    @property
    def recall(self) -> str:
        """Of what there is, how much was found."""
        return _share(self.right, self.right + self.missed)


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %" if whole else "–"


def labels() -> tuple[Label, ...]:
    """Every label, in the file's order."""
    made = []
    for row in LABELS.read_text(encoding="utf-8").splitlines()[1:]:
        paper, risk, field, characters, code, verdict = row.split("\t")
        start, end = characters.split("-")
        made.append(Label(paper, risk, field, int(start), int(end), code, verdict))
    return tuple(made)


def figure(told: Sequence[Label]) -> Figure:
    """The figure of these labels."""
    tally = Counter(each.verdict for each in told)
    return Figure(tally["right"], tally["wrong"], tally["missed"])


def path_of(paper: str) -> Path:
    """Where the file of a paper is, if it is on this machine."""
    root, _, rest = paper.partition("/")
    return ROOTS[root] / rest


@cache
def document_of(paper: str) -> RegisterDocument:
    """The paper, read."""
    from watchkeep.formats.readers import read_here

    return read_here(path_of(paper).read_bytes(), path_of(paper).name)


def found_in(paper: str) -> tuple[Found, ...]:
    """What the lint finds in it today."""
    return lint(document_of(paper), as_at=PAPERS[paper])


def place_of(paper: str, found: Found) -> tuple[str, str, str, int, int, str]:
    """A finding's place as a label has it."""
    return paper, found.risk, found.field, found.start, found.end, found.code


def gone_astray(papers: Iterable[str] = PAPERS) -> Iterator[str]:
    """What no label tells of, and what labels tell of that is found no more, in the papers that are here."""
    told = labels()
    for paper in papers:
        if not path_of(paper).is_file():
            continue
        now = {place_of(paper, each) for each in found_in(paper)}
        judged = {each.place for each in told if each.paper == paper and each.verdict != "missed"}
        yield from (f"no label: {each}" for each in sorted(now - judged))
        yield from (f"found no more: {each}" for each in sorted(judged - now))


def page() -> str:
    """docs/reference/lint.md: what there is to say, the rules, the figures."""
    opening = (HERE / "lint_page.md").read_text(encoding="utf-8")
    return f"{opening}{rulebook()}\n{_figures()}"


def _figures() -> str:
    told = labels()
    shared = [each for each in told if each.paper.startswith("shared/")]
    others = [each for each in told if not each.paper.startswith("shared/")]
    rows = [
        "## How good the findings are",
        "",
        "Every finding in the papers below was read and judged as a risk manager would: right, where the",
        "register would be the better for it, or wrong. What should have been found and was not is missed.",
        "",
        "| papers | findings | right | missed | of what is found, right | of what there is, found |",
        "| --- | --- | --- | --- | --- | --- |",
        _row("a real police register of 14 risks, not in the repository", figure(shared)),
        _row("the examples: one police register and eight others", figure(others)),
        _row("all", figure(told)),
        "",
        "| family | findings | right | missed | of what is found, right | of what there is, found |",
        "| --- | --- | --- | --- | --- | --- |",
        *(
            _row(family, figure([each for each in told if _FAMILY[each.code] == family]))
            for family in FAMILIES
            if any(_FAMILY[each.code] == family for each in told)
        ),
        "",
        "The labels are in `benchmarks/lint_labels.tsv`, by place and not by words. `python -m "
        "benchmarks.lint`",
        "counts them and compares them with what is found today. Whoever made the rules read all of these "
        "papers",
        "while making them, and made the labels too: the figures flatter, and those of a paper that "
        "nobody had in",
        "mind will be lower. Few findings say little. A family without a row found nothing to judge in them.",
        "",
    ]
    return "\n".join(rows)


def _row(name: str, one: Figure) -> str:
    return (
        f"| {name} | {one.right + one.wrong} | {one.right} | {one.missed} | {one.precision} | {one.recall} |"
    )


def main() -> None:
    """Print the figures and what has no label; or write the page, or propose labels."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write docs/reference/lint.md")
    parser.add_argument("--propose", action="store_true", help="print a row for each finding without a label")
    asked = parser.parse_args()
    if asked.write:
        PAGE.write_text(page(), encoding="utf-8")
        return
    if asked.propose:
        judged = {each.place for each in labels()} if LABELS.is_file() else set()
        for paper in PAPERS:
            for each in found_in(paper):
                if place_of(paper, each) not in judged:
                    place = f"{paper}\t{each.risk}\t{each.field}\t{each.start}-{each.end}\t{each.code}"
                    print(f"{place}\tright")
        return
    print(_figures())
    print(*gone_astray(), sep="\n")


if __name__ == "__main__":
    main()
