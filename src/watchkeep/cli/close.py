"""`watchkeep close`: close a risk of the register, saying why."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from watchkeep.cli.printing import echo
from watchkeep.cli.records import operator, records


def close(
    reference: Annotated[str, typer.Argument(help="The risk, by its reference.")],
    reason: Annotated[str, typer.Option(help="Why it is closed; it stays on record.")],
    on: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"], help="The day it closed. Left out: the day the register speaks of."
        ),
    ] = None,
    register: Annotated[str, typer.Option(help="Which register, where there are several.")] = "",
    body: Annotated[str | None, typer.Option(help="The body; needed only where there are several.")] = None,
) -> None:
    """Close a risk: what was said of it stays, and a later paper that has it again may reopen it."""
    with records():
        from django.utils import timezone

        from watchkeep.apps.register import changes, queries
        from watchkeep.cli.publish import register_named
        from watchkeep.domain.finding import written

        by = operator(body)
        row = register_named(by, register)
        page = queries.risk(by, row.id, reference)
        day = on.date() if on else row.as_at or timezone.localdate()
        changes.close_risk(by=by, risk=page.id, version=page.version, closed_on=day, reason=reason)
        echo(f"{page.label} is closed on {written(day)}; what was said of it stays.")
