"""The published description of the register document is the one that the code keeps."""

from __future__ import annotations

import json
import re
from pathlib import Path

from watchkeep.cli.schema import schema_text
from watchkeep.domain.document import RegisterDocument
from watchkeep.formats.readers import LARGEST_FILE, read_here
from watchkeep.formats.readers.child import Limits
from watchkeep.formats.readers.pdf import MOST_PAGES

REFERENCE = Path(__file__).resolve().parents[2] / "docs" / "reference"


def test_the_published_schema_is_current() -> None:
    published = (REFERENCE / "register-document.schema.json").read_text(encoding="utf-8")
    assert published == schema_text(), "run: watchkeep schema > docs/reference/register-document.schema.json"


def example() -> str:
    page = (REFERENCE / "register-document.md").read_text(encoding="utf-8")
    found = re.search(r"```json\n(.*?)```", page, re.DOTALL)
    assert found is not None
    return found.group(1)


def test_the_example_in_the_docs_is_a_register_document() -> None:
    document = RegisterDocument.model_validate_json(example())
    assert [risk.key for risk in document.risks] == ["HB-01"]


def test_a_register_document_is_read_back_as_it_is() -> None:
    assert read_here(example().encode(), "register.json") == RegisterDocument.model_validate_json(example())


def test_every_key_of_the_document_is_described() -> None:
    page = (REFERENCE / "register-document.md").read_text(encoding="utf-8")
    schema = json.loads(schema_text())
    for model in (schema, schema["$defs"]["Risk"], schema["$defs"]["Assessment"], schema["$defs"]["Field"]):
        missing = [key for key in model["properties"] if f"`{key}`" not in page and f'"{key}"' not in page]
        assert not missing


def test_the_limits_in_the_docs_are_the_limits_in_the_code() -> None:
    page = (REFERENCE / "register-document.md").read_text(encoding="utf-8")
    limits = Limits()
    assert f"more than {LARGEST_FILE // 2**20} MB" in page
    assert f"more than {MOST_PAGES} pages" in page
    assert f"{limits.memory // 2**30} GiB of memory" in page
    assert f"{limits.processor} seconds of processor time" in page
    assert f"{limits.clock:.0f} seconds by the clock" in page
