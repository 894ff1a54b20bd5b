"""Which versions of the libraries that write papers are here: other versions may write other bytes."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from typing import Final

LIBRARIES: Final = ("lxml", "pikepdf", "python-docx", "python-pptx", "typst", "xlsxwriter")


def libraries() -> dict[str, str]:
    """The installed version of each, by its name; one that is not installed is left out."""
    found = {}
    for each in LIBRARIES:
        try:
            found[each] = version(each)
        except PackageNotFoundError:
            continue
    return found
