"""`watchkeep publish`: the paper of a register, from a file alone or from the records."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from watchkeep.cli.printing import echo
from watchkeep.cli.records import operator, records, refuse

if TYPE_CHECKING:
    from watchkeep.apps.register.queries import RegisterRow
    from watchkeep.domain.document import RegisterDocument
    from watchkeep.domain.edition import Audience
    from watchkeep.domain.people import Actor
    from watchkeep.formats.writers import Kind


class Format(StrEnum):
    """The forms that a paper comes in."""

    pdf = "pdf"
    html = "html"
    site = "site"
    docx = "docx"
    pptx = "pptx"
    xlsx = "xlsx"
    csv = "csv"
    json = "json"


class For(StrEnum):
    """Whom an edition is for."""

    internal = "internal"
    committee = "committee"
    public = "public"


class Rising(StrEnum):
    """What a rising arrow means."""

    worsening = "worsening"
    improving = "improving"


def publish(
    file: Annotated[
        Path | None,
        typer.Argument(
            help="A register in any form that can be read. Without it, from the records.", metavar="FILE"
        ),
    ] = None,
    to: Annotated[Path, typer.Option(help="The folder to write into; made if it is not there.")] = Path(),
    formats: Annotated[
        list[Format] | None, typer.Option("--format", help="One form; may be repeated. All without it.")
    ] = None,
    title: Annotated[str, typer.Option(help="The title, where it is not the register's own.")] = "",
    rising_means: Annotated[
        Rising | None, typer.Option(help="With FILE: what a rising arrow means, where the file does not say.")
    ] = None,
    register: Annotated[
        str, typer.Option(help="From the records: which register, where there are several.")
    ] = "",
    body: Annotated[str | None, typer.Option(help="The body; needed only where there are several.")] = None,
    audience: Annotated[For, typer.Option(help="From the records: whom it is for.")] = For.internal,
    marking: Annotated[str, typer.Option(help="From the records: printed on every page.")] = "",
) -> None:
    """Write the paper of a register: PDF, web page, website, Word, slides, workbook, CSV and JSON."""
    from watchkeep.formats.writers import KINDS

    wanted = {each.value for each in formats or Format}
    kinds = [kind for kind in KINDS if kind in wanted]
    _make(to)
    if file is not None:
        _from_file(file, to, kinds, title, rising_means)
    else:
        _from_records(to, kinds, title, register, body, audience.value, marking)


def _from_file(file: Path, to: Path, kinds: Iterable[Kind], title: str, rising_means: Rising | None) -> None:
    """No database is opened, and no edition made: no ledger stands behind a paper of a file."""
    from watchkeep.domain.correction import rising
    from watchkeep.domain.errors import WatchkeepError
    from watchkeep.formats.readers import read_file
    from watchkeep.formats.writers import write

    try:
        document = read_file(file)
        if rising_means:
            document = rising(document, rising_means.value)
        if title:
            document = document.model_copy(update={"name": document.name.model_copy(update=_said(title))})
        written = {kind: write(document, kind) for kind in kinds}
    except WatchkeepError as problem:
        refuse(problem.sentence)
    _put(to, file.stem, written)
    _say_finding(document)


def _said(title: str) -> dict[str, object]:
    return {"state": "recorded", "text": title, "places": (), "confidence": 1.0, "reason": ""}


def _from_records(
    to: Path,
    kinds: Iterable[Kind],
    title: str,
    register: str,
    body: str | None,
    audience: Audience,
    marking: str,
) -> None:
    """Freeze, write, attach, publish: what the Papers page does with its button."""
    with records():
        from django.conf import settings

        from watchkeep.apps.publication import changes, queries
        from watchkeep.formats.writers import ending, write
        from watchkeep.gateways.storage import FolderStore

        by = operator(body)
        store = FolderStore(settings.WATCHKEEP_FILES)
        row = register_named(by, register)
        edition = changes.freeze(by=by, register=row.id, audience=audience, title=title, marking=marking)
        document, facts = queries.frozen(by, edition)
        name = f"{row.slug}-edition-{facts.sequence}"
        written = {kind: write(document, kind, edition=facts) for kind in kinds}
        for kind, data in written.items():
            digest = store.put(data)
            changes.attach_file(
                by=by,
                edition=edition,
                kind=kind,
                sha256=digest,
                size=len(data),
                name=f"{name}.{ending(kind)}",
            )
        changes.publish(by=by, edition=edition)
        _put(to, name, written)
        _say_finding(document)


def register_named(by: Actor, wanted: str) -> RegisterRow:
    """The register of that name, or the only one."""
    from watchkeep.apps.register import queries
    from watchkeep.domain.errors import Missing

    rows = queries.registers(by)
    found = [row for row in rows if not wanted or wanted.casefold() in (row.name.casefold(), row.slug)]
    if len(found) == 1:
        return found[0]
    names = ", ".join(row.name for row in rows)
    if not rows:
        raise Missing("There is no register yet. Bring one in with `watchkeep import FILE --accept`.")
    raise Missing(f"Name one register with --register: {names}.")


def _make(folder: Path) -> None:
    """The folder, before anything is frozen or written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        reason = (problem.strerror or "no reason given").lower()
        refuse(f"{folder}: this folder cannot be made ({reason}). Name one you may write to with --to.")


def _put(folder: Path, name: str, written: dict[Kind, bytes]) -> None:
    """Write the files, and say where they are."""
    from watchkeep.formats.writers import ending

    for kind, data in written.items():
        path = folder / f"{name}.{ending(kind)}"
        try:
            path.write_bytes(data)
        except OSError as problem:
            reason = (problem.strerror or "no reason given").lower()
            refuse(f"{path}: the paper could not be written ({reason}). Use another --to.")
        echo(path)


def _say_finding(document: RegisterDocument) -> None:
    from watchkeep.domain.finding import finding

    echo(finding(document).sentence)
