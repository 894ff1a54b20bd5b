"""Where any failure of any parser becomes one sentence: they raise anything at all on a damaged file."""

from __future__ import annotations

from watchkeep.domain.errors import Unreadable

SMALLER = "Save only the pages or sheets that hold the register, and try again."
AGAIN = "Open the file in the program it was made with, save it again and try that copy."


def unreadable(problem: Exception, name: str) -> Unreadable:
    """The refusal that a failure while reading `name` amounts to."""
    if isinstance(problem, Unreadable):
        return problem
    if isinstance(problem, MemoryError):
        return Unreadable(
            where=name, why="reading it takes more memory than one file may use.", remedy=SMALLER
        )
    if isinstance(problem, RecursionError):
        return Unreadable(where=name, why="its contents are nested too deeply to be read.", remedy=AGAIN)
    kind = type(problem).__name__
    return Unreadable(
        where=name, why=f"it could not be read: the file is damaged or unusual ({kind}).", remedy=AGAIN
    )


def incomplete(name: str, how: str = "") -> Unreadable:
    """The refusal of an answer that is not whole; `how` says in brackets how the reader ended."""
    return Unreadable(where=name, why=f"the reader broke off without a complete answer{how}.", remedy=AGAIN)
