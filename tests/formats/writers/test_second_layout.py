"""Editions of the second layout are made again as they were, with all that a paper can carry."""

from __future__ import annotations

import hashlib
import io
import zipfile
from dataclasses import replace

import pikepdf
import pytest

from odd_registers import EDITION, ordinary
from watchkeep.domain.edition import Covered, Front, Matter
from watchkeep.domain.since import Since, Told
from watchkeep.formats.writers import Kind, write

MATTER = Matter(
    layout=2,
    front=Front(meeting="Harbour Board", purpose="To note", recommendations=("Note the register",)),
    since=Since(earlier="edition 1, frozen on 1 April 2031", gone=(Told(key="LH9", title="LH9 Fog"),)),
    overridden="Head of Harbour: the count follows in May.",
    coverage=(Covered(risk="LH1", bound=1, unbound=2),),
)
# SHA-256 of what was written when the second layout was set, unpacked as for the first. Kept facts: a change
# here means that published papers can no longer be made again.
WRITTEN: dict[Kind, str] = {
    "pdf": "5f865a1db39c5de9c5b842cfb9b7e766233e3b9507c456203460d9f7318167e1",
    "html": "56c0001e1272460ffc7a86df69837a10dbf39648103145d1c054545a7c64213b",
    "site": "d04209bf127ac377f0e46c1508dcc7962c7f9f6eb7c717e5a4af257ca5cc77f5",
    "docx": "c918296e4f035e0335911ad6a021147eecb4a5ba986d42dd867647c63d8cdc37",
    "pptx": "34adf0f5a3a6973793ea1ea72108be4c4fbf4701f1890aa63b0780c9fe179d4d",
    "xlsx": "5cd1f27eef7a54e336998c40210fbba5bdbcb9cb7bde772f1d74581ede674c54",
    "csv": "8466a226dd97e8bc19cebd1a88a416da0eadc7e7aa613e4c577ce51636d56b8a",
    "json": "959b522d7b3c40c4b24bccb8d2df62a33bc70b08583d8c9fd4943a8d7db63b35",
}
ZIPPED = ("docx", "pptx", "xlsx", "site")


def unpacked(kind: Kind, data: bytes) -> bytes:
    if kind in ZIPPED:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            return b"\0".join(book.read(name) for name in sorted(book.namelist()))
    if kind == "pdf":
        with pikepdf.open(io.BytesIO(data)) as pdf:
            return b"\0".join(page.Contents.read_bytes() for page in pdf.pages)
    return data


@pytest.mark.parametrize("kind", list(WRITTEN))
def test_an_edition_of_the_second_layout_is_what_it_was(kind: Kind) -> None:
    edition = replace(EDITION, head_sequence=12, order="worst first", matter=MATTER)
    made = unpacked(kind, write(ordinary(), kind, edition=edition))
    assert hashlib.sha256(made).hexdigest() == WRITTEN[kind]
