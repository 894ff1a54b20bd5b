"""`watchkeep import`: bring a paper in, as the site's upload does, and accept it where that is asked for."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from watchkeep.cli.printing import echo
from watchkeep.cli.publish import Rising
from watchkeep.cli.records import operator, records, refuse

if TYPE_CHECKING:
    from watchkeep.apps.intake.queries import ImportPage


def bring_in(
    file: Annotated[Path, typer.Argument(help="The paper: PDF, Word, workbook, CSV, web page or text.")],
    accept: Annotated[
        bool, typer.Option("--accept", help="Accept every risk, with its doubts, as it was read.")
    ] = False,
    register: Annotated[
        str, typer.Option(help="The register it belongs to; made if there is none of that name.")
    ] = "",
    body: Annotated[str | None, typer.Option(help="The body; needed only where there are several.")] = None,
    period: Annotated[str, typer.Option(help="The period it speaks of, such as “2020/21 Q4”.")] = "",
    as_at: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day it speaks of: 2021-03-31.")
    ] = None,
    rising_means: Annotated[
        Rising | None, typer.Option(help="What a rising arrow means, where the paper does not say.")
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="Say only what was accepted.")] = False,
) -> None:
    """Bring a paper in: read it, and say what accepting it would change."""
    with records():
        from django.conf import settings

        from watchkeep.apps.intake import changes, queries
        from watchkeep.formats.readers import bytes_of
        from watchkeep.gateways.storage import FolderStore
        from watchkeep.jobs.reading import read_all_waiting

        by = operator(body)
        store = FolderStore(settings.WATCHKEEP_FILES)
        data = bytes_of(file, file.name)
        number = changes.receive_file(
            by=by,
            name=file.name,
            sha256=store.put(data),
            size=len(data),
            register_name=register,
            period=period,
            as_at=as_at.date() if as_at else None,
        )
        read_all_waiting(store)
        page = queries.import_page(by, number)
        if page.row.state == "refused":
            refuse(page.row.refusal)
        if rising_means:
            changes.confirm_rising(by=by, paper=number, means=rising_means.value)
            page = queries.import_page(by, number)
        if not quiet:
            _say(page)
        if accept:
            accepted = changes.accept_all(by=by, paper=number)
            page = queries.import_page(by, number)
            echo(f"Accepted {accepted} risks of {file.name} into {page.row.register}.")
            if page.waiting_by_themselves:
                echo(f"Left to be decided risk by risk, under Bring in: {page.waiting_by_themselves}.")


def _say(page: ImportPage) -> None:
    kinds = Counter(each.proposal.kind for each in page.risks)
    where = f"the register {page.register.name}" if page.register else "a new register"
    lines = [
        f"Import {page.row.number}: {page.row.name}, {page.row.state}, for {where}",
        f"  {len(page.risks)} risks: "
        + ", ".join(f"{kinds[kind]} {kind}" for kind in ("new", "changed", "same")),
        f"  {sum(not each.resolved for each in page.doubts)} doubts to look at",
    ]
    if page.earlier:
        before = page.earlier
        lines.insert(
            1,
            f"  This very file was brought in on {before.at.day} {before.at:%B %Y} by {before.by} "
            f"as import {before.number}; what was settled then holds here too",
        )
    if page.arrows_from_before and page.document:
        lines.append(f"  A rising arrow means {page.document.rising_means}, as was said of an earlier paper")
    lines.extend(_set_by_people(page))
    lines.extend(
        f"  {each.key}: check which risk this is. {each.proposal.reason}"
        for each in page.risks
        if not each.proposal.sure
    )
    for each in page.risks:
        if each.proposal.kind == "changed":
            said = ", ".join(change.label for change in each.proposal.changes)
            lines.append(f"  {each.key} changed: {said}")
    lines.extend(
        f"  {each.key} is closed in the register; accepting it opens it again"
        for each in page.risks
        if each.reopens
    )
    lines.extend(
        f"  {each.key} is not in this paper; if it is over: watchkeep close {each.key} --reason …"
        for each in page.lacked
    )
    for line in lines:
        echo(line)


def _set_by_people(page: ImportPage) -> list[str]:
    """A line for each field that a person set and the paper would overwrite."""
    return [
        f"  {each.key}: {change.label} was set by {change.set_by}"
        + (f" on {change.set_on.day} {change.set_on:%B %Y}" if change.set_on else "")
        + "; accepting all leaves this risk out"
        for each in page.risks
        for change in each.proposal.changes
        if change.set_by and each.waits_by_itself
    ]
