"""The one way to print: nothing that is printed steers a terminal, or turns round the text beside it."""

from __future__ import annotations

import typer


def echo(text: object = "", *, err: bool = False, nl: bool = True) -> None:
    """Print a line of our own, with whatever names and words it tells of."""
    typer.echo(clean(str(text)), err=err, nl=nl)


def clean(text: str) -> str:
    """The text without control characters, and without signs that are not seen and reorder what is."""
    return "".join(
        each if each in "\n\t" or each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in text
    )


def harmless(text: str) -> str:
    """JSON in which whatever could steer a terminal, or turn its text around, is written as an escape."""
    import json

    return "".join(each if each == "\n" or each.isprintable() else json.dumps(each)[1:-1] for each in text)
