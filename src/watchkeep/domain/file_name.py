"""A file's name as it may be shown: whoever sent it chose it."""

from __future__ import annotations

LONGEST = 300


def shown(name: str) -> str:
    """The last part of `name`, on one line, without what a terminal or page would act on."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    plain = "".join(each if each.isprintable() else "�" for each in last).strip()[:LONGEST]
    return plain or "a file without a name"
