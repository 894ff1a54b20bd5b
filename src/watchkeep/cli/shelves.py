"""How `watchkeep --help` is laid out: every verb under a heading."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from typer.core import TyperGroup

SHELVES: Final[dict[str, Sequence[str]]] = {
    "Papers": ("read", "lint", "import", "publish", "export"),
    "Risks": ("register", "risk", "close", "link", "event", "view"),
    "What is done about them": ("control", "promise", "review", "board"),
    "What they are measured by": ("scale", "category", "objective", "appetite"),
    "People": ("unit", "post", "person"),
    "Running it": ("serve", "work", "migrate", "verify", "ledger", "index", "schema", "demo"),
}


class Shelved(TyperGroup):
    """The verbs under headings, so that `--help` can be read."""

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Each shelf with its verbs; a verb that is on none comes last."""
        every = self.list_commands(ctx)
        placed = {name for names in SHELVES.values() for name in names}
        rest = [name for name in every if name not in placed]
        for title, names in (*SHELVES.items(), ("Others", rest)):
            rows = [
                (name, self.commands[name].get_short_help_str(90)) for name in names if name in self.commands
            ]
            if rows:
                with formatter.section(title):
                    formatter.write_dl(rows)
