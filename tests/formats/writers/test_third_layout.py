"""Editions of the third layout are made again as they were, with statements, coverage and promises."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import cache

import pytest

import whole_paper
from formats.writers.test_second_layout import unpacked
from watchkeep.domain.document import RegisterDocument
from watchkeep.domain.edition import Covered, Edition
from watchkeep.formats.writers import Kind, write

# SHA-256 of what was written when the third layout was set, unpacked as for the first. Kept facts: a change
# here means that published papers can no longer be made again.
WRITTEN: dict[Kind, str] = {
    "pdf": "7fcd0f2fcb0bc5446d0c5990d551c4628a9b1b3b8f6bd5fdff501055ac9d70bc",
    "html": "44654620f5bdcb342fafbec35f2a1148a602cd0697950b82dc72d25354e9f5ab",
    "site": "c9643060d0119f20c52d85d599d4d2ee33b01d1f4aee6061b2529722764cd5f2",
    "docx": "f4c13c9198cfd53ec25c73f70c57b1c6519853307b1d5043f331b326d3c8a322",
    "pptx": "c39311d29afcfabb637e383d0bc39f13a6cb75ca9280ca3d03f4d2197fa43e81",
    "xlsx": "112600a389aa43e2044325577c33c1368f9b900763079df87eb188abbce6cfd1",
    "csv": "bce654901e5e3fdaac21d0f293f3a6442c5595cbc4a618dc4152e1ad11b8938f",
    "json": "5319a8c85d3d046d1a003a62e414957f364935f03027bb8adf28248477b27f0c",
}


@cache
def told() -> tuple[RegisterDocument, Edition]:
    """The whole paper, with a coverage of its own that no rule of today would count."""
    document, edition = whole_paper.document(), whole_paper.edition()
    coverage = tuple(Covered(risk=each.key, bound=2, judged=1, expired=1) for each in document.risks)
    matter = edition.matter.model_copy(update={"layout": 3, "coverage": coverage})
    return document, replace(edition, matter=matter)


def test_the_paper_has_all_that_is_to_be_kept() -> None:
    document, edition = told()
    assert any(risk.statements for risk in document.risks)
    assert any(risk.promises for risk in document.risks)
    assert edition.order == "worst first"


@pytest.mark.parametrize("kind", list(WRITTEN))
def test_an_edition_of_the_third_layout_is_what_it_was(kind: Kind) -> None:
    document, edition = told()
    made = unpacked(kind, write(document, kind, edition=edition))
    assert hashlib.sha256(made).hexdigest() == WRITTEN[kind]
