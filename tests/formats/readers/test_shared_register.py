"""The real register, in every form that lies beside the repository, measured by its scorer."""

from __future__ import annotations

import importlib.util
import json
from types import ModuleType
from typing import Any

import pytest

from conditions import REAL, SHARED, needs_real
from watchkeep.formats.readers import read_here
from watchkeep.formats.writers.flat import flat

# Written down by the issue, not read off our own output: least macro F1, least risks exact.
TARGETS = {
    "source.txt": (0.95, 9),
    "register-pdftotext.txt": (0.98, 13),
    "register-pdftotext-layout.txt": (0.98, 13),
    "register.pdf": (0.98, 13),
    "register-symbol.pdf": (0.98, 13),
    "register-calc.pdf": (0.98, 13),
    "register.docx": (0.98, 13),
    "register.xlsx": (0.98, 13),
    "register.csv": (0.98, 13),
    "register.html": (0.98, 13),
}

pytestmark = needs_real


@pytest.fixture(scope="module")
def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", SHARED / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def truth_of(name: str) -> dict[str, Any]:
    which = "expected.json" if name == "source.txt" else "expected-renditions.json"
    truth: dict[str, Any] = json.loads((REAL / which).read_text(encoding="utf-8"))
    return truth


def read(name: str) -> dict[str, Any]:
    return flat(read_here((REAL / name).read_bytes(), name))


@pytest.mark.parametrize("name", TARGETS)
def test_the_register_is_read_as_well_as_was_promised(scorer: ModuleType, name: str) -> None:
    least_f1, least_exact = TARGETS[name]
    result = scorer.score(truth_of(name), read(name), scorer.source_text(str(REAL / name)))
    assert (result["risks_matched"], result["risks_extra"]) == (14, 0)
    assert result["macro_f1"] >= least_f1
    assert result["risks_exact"] >= least_exact
    assert result["lost_text"] in (None, 0)  # none where the scorer has no way to look into the file


@pytest.mark.parametrize("name", ["source.txt", "register-pdftotext-noarrows.txt"])
def test_an_arrow_that_the_text_lost_comes_out_as_not_recorded(name: str) -> None:
    """Only the two marks that are words survived; every other is lost, whatever the paper had."""
    marks = [mark for risk in read(name)["risks"] for mark in risk["trends"].values()]
    assert sorted(mark for mark in marks if mark is not None) == ["n/a", "n/a"]


def test_where_only_the_arrows_are_lost_the_rest_is_still_read(scorer: ModuleType) -> None:
    name = "register-pdftotext-noarrows.txt"
    truth = truth_of(name)
    truth["covered_fields"].remove("trends")
    result = scorer.score(truth, read(name), scorer.source_text(str(REAL / name)))
    assert result["macro_f1"] >= 0.98
    assert result["risks_exact"] >= 13
    assert result["lost_text"] == 0
