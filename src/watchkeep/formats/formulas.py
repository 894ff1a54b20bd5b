"""Keeps a spreadsheet program from taking text for a formula, and takes the guard off again when it is read.

The guard is one apostrophe before the text, put wherever a program might begin to calculate; there is no way
to leave it out. Text that already looks guarded gets another, so that what is read back is what was written.
"""

from __future__ import annotations

import unicodedata

GUARD = "'"
# What starts a formula or a command, plain and full-width, and the separators after which one may start.
STARTERS = frozenset("=+-@|%＝＋－＠｜％﹢﹣﹦﹫−⁼⁺⁻" + ";,\t\r\n")
QUOTES = frozenset("\"'`’‘“”")


def guarded(text: str) -> str:
    """`text` as it may stand in a cell of a CSV file or a workbook."""
    return GUARD + text if dangerous(text) else text


def unguarded(text: str) -> str:
    """`text` as it was before `guarded`."""
    return text[1:] if text.startswith(GUARD) and dangerous(text[1:]) else text


def dangerous(text: str) -> bool:
    """Whether a program might calculate: told by the first sign that is not blank, invisible or a quote."""
    for sign in text:
        if sign in STARTERS:
            return True
        if sign in QUOTES or unicodedata.category(sign)[0] in "ZC":
            continue
        return False
    return False
