"""`watchkeep publish`: the paper of a register, from a file alone or from the records."""

from __future__ import annotations

import re
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from watchkeep.cli.printing import echo
from watchkeep.cli.records import by_password, operator, records, refuse

if TYPE_CHECKING:
    from uuid import UUID

    from watchkeep.apps.publication.queries import Asked, Earlier
    from watchkeep.apps.register.queries import RegisterRow
    from watchkeep.cli.paper_of_file import Wanted
    from watchkeep.domain.document import RegisterDocument
    from watchkeep.domain.edition import Front
    from watchkeep.domain.people import Actor
    from watchkeep.formats.writers import Kind

DAY = ["%Y-%m-%d"]


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


class Ordered(StrEnum):
    """In which order the risks are read."""

    register = "register"
    worst_first = "worst first"


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
    title: Annotated[
        str, typer.Option(help="The title; else the register's own name, for an edition with its period.")
    ] = "",
    rising_means: Annotated[
        Rising | None, typer.Option(help="With FILE: what a rising arrow means, where the file does not say.")
    ] = None,
    register: Annotated[
        str, typer.Option(help="From the records: which register, where there are several.")
    ] = "",
    body: Annotated[str | None, typer.Option(help="The body; needed only where there are several.")] = None,
    audience: Annotated[
        For, typer.Option("--for", "--audience", help="Whom it is for; what they may not read is left out.")
    ] = For.internal,
    marking: Annotated[str, typer.Option(help="Printed on every page.")] = "",
    order: Annotated[Ordered, typer.Option(help="The order of the risks.")] = Ordered.register,
    since: Annotated[
        str,
        typer.Option(
            help="What is new is told since this: with FILE another file; from the records an edition's "
            "number, last (without it) or none.",
            metavar="OLD",
        ),
    ] = "",
    as_at: Annotated[
        datetime | None,
        typer.Option(formats=DAY, help="From the records: the day to tell of; without it, what stands."),
    ] = None,
    meeting: Annotated[str, typer.Option(help="On the front sheet: the meeting.")] = "",
    meeting_on: Annotated[
        datetime | None, typer.Option(formats=DAY, help="On the front sheet: its day.")
    ] = None,
    report_of: Annotated[str, typer.Option(help="On the front sheet: the post that reports.")] = "",
    purpose: Annotated[str, typer.Option(help="On the front sheet: what the paper is for.")] = "",
    recommend: Annotated[
        list[str] | None, typer.Option(help="A recommendation on the front sheet; may be repeated.")
    ] = None,
    override: Annotated[
        str, typer.Option(help="Why claims of improvement that rest on nothing go out; it is printed.")
    ] = "",
    despite: Annotated[
        str, typer.Option(help="Why words that may tell of what is withheld, or name somebody, may stand.")
    ] = "",
    seen: Annotated[
        str,
        typer.Option(
            help="With --override or --despite: the digest that the refusal ended with, of what it "
            "listed. A reason lets nothing else stand."
        ),
    ] = "",
    rules: Annotated[
        Path | None,
        typer.Option(help="With FILE: rules of who may read what, as for redact.", metavar="FILE"),
    ] = None,
    name: Annotated[
        list[str] | None, typer.Option(help="With FILE: a person's name to look for; may be repeated.")
    ] = None,
    file_name: Annotated[
        str,
        typer.Option(
            help="With FILE: what the papers are called; else as FILE, or for the public as the register.",
            metavar="NAME",
        ),
    ] = "",
    email: Annotated[
        str,
        typer.Option(
            help="From the records: who freezes it, by the address they sign in with; needed for the public."
        ),
    ] = "",
) -> None:
    """Write the paper of a register: PDF, web page, website, Word, slides, workbook, CSV and JSON.

    From the records it is frozen as an edition and published; one for the public is frozen, and a second
    person approves it: so who freezes it proves who they are (--email; the password is asked for, or taken
    from WATCHKEEP_PASSWORD).
    """
    from watchkeep.cli.paper_of_file import Wanted, written
    from watchkeep.formats.writers import KINDS

    front = _front(meeting, meeting_on, report_of, purpose, tuple(recommend or ()))
    asked = {each.value for each in formats or Format}
    kinds = [kind for kind in KINDS if kind in asked]
    wanted = Wanted(
        title=title,
        rising_means=rising_means.value if rising_means else None,
        audience=audience.value,
        marking=marking,
        order=order.value,
        since=since,
        front=front,
        as_at=as_at.date() if as_at else None,
        override=override,
        despite=despite,
        seen=seen,
        rules=rules,
        names=tuple(name or ()),
    )
    _make(to)
    if file is not None:
        document, files = written(file, kinds, wanted)
        _put(to, _called(file, document, wanted, file_name), files)
        _say_finding(document)
    else:
        _from_records(to, kinds, wanted, register, body, email)


def _front(
    meeting: str,
    meeting_on: datetime | None,
    report_of: str,
    purpose: str,
    recommendations: tuple[str, ...],
) -> Front | None:
    """The sheet before the paper, where anything is said for it."""
    from watchkeep.domain.edition import Front

    if not any((meeting, meeting_on, report_of, purpose, recommendations)):
        return None
    return Front(
        meeting=meeting,
        meeting_on=meeting_on.date() if meeting_on else None,
        report_of=report_of,
        purpose=purpose,
        recommendations=recommendations,
    )


def _from_records(
    to: Path, kinds: list[Kind], wanted: Wanted, register: str, body: str | None, email: str
) -> None:
    """Freeze, write, attach, publish: what the Papers page does with its button."""
    with records():
        from django.conf import settings

        from watchkeep.apps.publication import changes, queries
        from watchkeep.gateways.storage import FolderStore
        from watchkeep.jobs.papers import make_files

        by = by_password(email) if email else operator(body)
        row = register_named(by, register)
        asked = queries.Asked(
            order=wanted.order,
            front=wanted.front,
            as_at=wanted.as_at,
            since=_edition_meant(by, row, wanted.since),
            overridden=wanted.override,
            despite=wanted.despite,
            seen=wanted.seen,
        )
        edition = _frozen(by, row, wanted, asked)
        files = make_files(by, edition, FolderStore(settings.WATCHKEEP_FILES), name=row.slug, kinds=kinds)
        found = queries.edition(by, edition)
        if wanted.audience != "public":
            changes.publish(by=by, edition=edition)
        _put(to, f"{row.slug}-edition-{found.number}", files)
        _say_finding(queries.frozen(by, edition)[0])
        if wanted.audience == "public":
            who = ", ".join(queries.approvers(by, edition))
            echo(f"Edition {found.number} is frozen, not published. It is approved first, by one of: {who}.")


def _frozen(by: Actor, row: RegisterRow, wanted: Wanted, asked: Asked) -> UUID:
    """The edition; where something stands in its way, all of that is listed instead."""
    from watchkeep.apps.publication import changes
    from watchkeep.cli.letting import stop_at
    from watchkeep.domain.freezing import Stopped

    try:
        return changes.freeze(
            by=by,
            register=row.id,
            audience=wanted.audience,
            title=wanted.title,
            marking=wanted.marking,
            asked=asked,
        )
    except Stopped as problem:
        stop_at(problem.gate, override=wanted.override, despite=wanted.despite, seen=wanted.seen)
        raise


def _edition_meant(by: Actor, row: RegisterRow, text: str) -> Earlier:
    """The edition since which it is told what is new."""
    from watchkeep.apps.publication import queries
    from watchkeep.domain.errors import Missing

    if text in ("", "last"):
        return "last"
    if text == "none":
        return "none"
    found = next((each for each in queries.editions(by, row.id) if str(each.number) == text), None)
    if found is None:
        raise Missing(f"{row.name} has no edition “{text}”; give its number, last, or none.")
    return found.id


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


def _called(file: Path, document: RegisterDocument, wanted: Wanted, asked: str) -> str:
    """What the files are called. The name of what was read may tell what the public may not know."""
    from watchkeep.domain.file_name import free_in

    if asked or wanted.audience != "public":
        return free_in((), asked) if asked else file.stem
    title = "-".join(re.findall(r"\w+", (document.name.text or "").casefold()))
    stem = "-".join(re.findall(r"\w+", file.stem.casefold()))
    # A title that was only taken from the name of the file says no more than that.
    neutral = title if title and title != stem else "register-public"
    name = free_in((), neutral)
    echo(f"For the public the files are called {name}, not as {file.name}; --file-name says otherwise.")
    return name


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
