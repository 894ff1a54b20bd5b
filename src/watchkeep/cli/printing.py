"""The one way to print: nothing that is printed steers a terminal, or turns round the text beside it."""

from __future__ import annotations

import unicodedata
from typing import Final

import typer

_KEPT: Final = frozenset("\n\t\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}")


def echo(text: object = "", *, err: bool = False, nl: bool = True) -> None:
    """Print a line of our own, with whatever names and words it tells of."""
    typer.echo(clean(str(text)), err=err, nl=nl)


def clean(text: str) -> str:
    """The text without control characters, and without signs that are not seen and reorder what is.

    Spaces of any width are spaces; what joins letters or keeps them apart stays, as words are spelt with it.
    """
    lines = text.replace("\r\n", "\n").replace("\N{SOFT HYPHEN}", "")
    return "".join(_seen(each) for each in lines)


def _seen(sign: str) -> str:
    if sign in _KEPT or sign.isprintable():
        return sign
    return " " if unicodedata.category(sign) == "Zs" else "\N{REPLACEMENT CHARACTER}"


def harmless(text: str) -> str:
    """JSON in which whatever could steer a terminal, or turn its text around, is written as an escape."""
    import json

    return "".join(each if each == "\n" or each.isprintable() else json.dumps(each)[1:-1] for each in text)
