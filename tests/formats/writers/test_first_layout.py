"""Editions of the first layout are made again as they were, whatever papers have learned to carry since."""

from __future__ import annotations

import hashlib
import io
import zipfile
from dataclasses import replace

import pikepdf
import pytest

from odd_registers import EDITION, ordinary
from watchkeep.domain.edition import NOTHING_BESIDES
from watchkeep.formats.writers import Kind, write

# SHA-256 of what the release before the second layout wrote, unpacked, since a library may pack it otherwise.
# These are kept facts: a change here means that published papers can no longer be made again.
WRITTEN: dict[Kind, str] = {
    "html": "da92ad51c251cff0a142266e053875255532ece3aae6812d4aa828bc72639c3c",
    "pdf": "86ce9faabd96cff8276ee5bee96b68bc22973974ed746ee3d44a2366c8d2098d",
    "xlsx": "a50f91912af65a26e03a98feea0a3c50a9a5bda1eed8fad99211722a11f3f1ff",
    "csv": "8466a226dd97e8bc19cebd1a88a416da0eadc7e7aa613e4c577ce51636d56b8a",
    "json": "959b522d7b3c40c4b24bccb8d2df62a33bc70b08583d8c9fd4943a8d7db63b35",
}


def unpacked(kind: Kind, data: bytes) -> bytes:
    if kind == "xlsx":
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            return b"\0".join(book.read(name) for name in sorted(book.namelist()))
    if kind == "pdf":
        with pikepdf.open(io.BytesIO(data)) as pdf:
            return b"\0".join(page.Contents.read_bytes() for page in pdf.pages)
    return data


@pytest.mark.parametrize("kind", list(WRITTEN))
def test_an_edition_of_the_first_layout_is_what_it_was(kind: Kind) -> None:
    edition = replace(EDITION, head_sequence=12)
    assert edition.matter == NOTHING_BESIDES
    made = unpacked(kind, write(ordinary(), kind, edition=edition))
    assert hashlib.sha256(made).hexdigest() == WRITTEN[kind]
