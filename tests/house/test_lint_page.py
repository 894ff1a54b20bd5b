"""The page of the lint's rules is made from them, and its figures from labels that hold no words."""

from __future__ import annotations

import re

from benchmarks.lint import LABELS, PAGE, PAPERS, gone_astray, labels, page


def test_the_page_of_the_rules_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python -m benchmarks.lint --write"


def test_labels_name_places_and_no_words() -> None:
    row = re.compile(r"[\w./-]+\t[\w -]*\t[\w: -]+\t\d+-\d+\t[A-Z]+-\d\d\t(?:right|wrong|missed)")
    rows = LABELS.read_text(encoding="utf-8").splitlines()[1:]
    assert [each for each in rows if not row.fullmatch(each)] == []
    assert len({each.place for each in labels()}) == len(rows)


def test_every_finding_in_the_labelled_examples_has_a_label() -> None:
    quick = [each for each in PAPERS if each.startswith("examples/") and not each.endswith(".pdf")]
    assert list(gone_astray(quick)) == []
