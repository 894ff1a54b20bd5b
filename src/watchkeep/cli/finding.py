"""`watchkeep finding`: what lint finds in a live register; answer one, or take an answer back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from watchkeep.cli.listing import AsCsv, AsJson, as_file
from watchkeep.cli.printing import echo
from watchkeep.cli.records import operator, records

if TYPE_CHECKING:
    from watchkeep.apps.register.queries import RegisterRow
    from watchkeep.domain.answering import Finding
    from watchkeep.domain.people import Actor

SHOWN = 12  # characters of a key that are printed; as many as it takes to tell one from all others do

HEADING = ("Finding", "Weight", "Code", "Risk", "Sentence", "Answer", "Reason", "By", "On")

finding = typer.Typer(
    help="What lint finds in a register, and what was answered to it.", no_args_is_help=True
)

Key = Annotated[str, typer.Argument(help="The finding, by its key or how that begins: see `finding list`.")]
Register = Annotated[str, typer.Option(help="Which register, where there are several.")]
Body = Annotated[str | None, typer.Option("--body", help="The body; needed only where there are several.")]


@finding.command("list")
def list_findings(
    risk: Annotated[str, typer.Option(help="Only those of one risk, by its reference.")] = "",
    only_open: Annotated[bool, typer.Option("--open", help="Only those that nobody has answered.")] = False,
    csv: AsCsv = False,
    json: AsJson = False,
    register: Register = "",
    body: Body = None,
) -> None:
    """List what is found, each with its key, and with what was answered."""
    with records():
        row, every = _found(operator(body), register)
        rows = [each for each in every if risk in ("", each.found.risk) and (each.open or not only_open)]
        if as_file(HEADING, map(_cells, rows), csv=csv, json=json):
            return
        for each in rows:
            _tell(each)
        waiting = sum(each.open for each in rows)
        echo(
            f"{row.name}: {len(rows)} {'finding' if len(rows) == 1 else 'findings'}, {waiting} not answered."
        )


@finding.command()
def answer(
    key: Key,
    reason: Annotated[str, typer.Option(help="Why: whoever reads the answer later was not there.")],
    wrong: Annotated[
        bool, typer.Option("--wrong", help="The finding is wrong; else the words stand as they are.")
    ] = False,
    register: Register = "",
    body: Body = None,
) -> None:
    """Answer a finding: it counts no more until its words change."""
    with records():
        from watchkeep.apps.scrutiny import changes

        by = operator(body)
        row, every = _found(by, register)
        one = _named(every, key)
        said = "wrong" if wrong else "accepted"
        changes.answer_finding(
            by=by, register=row.id, key=one.found.key, answer=said, reason=reason, number=one.number
        )
        _tell(_named(_found(by, register)[1], one.found.key))


@finding.command("take-back")
def take_back(
    key: Key,
    reason: Annotated[str, typer.Option(help="Why it is taken back.")] = "",
    register: Register = "",
    body: Body = None,
) -> None:
    """Take an answer back: the finding is open again, and that it was answered stays on record."""
    with records():
        from watchkeep.apps.scrutiny import changes

        by = operator(body)
        row, every = _found(by, register)
        one = _named(every, key)
        changes.take_back_answer(by=by, register=row.id, key=one.found.key, number=one.number, reason=reason)
        _tell(_named(_found(by, register)[1], one.found.key))


def _found(by: Actor, register: str) -> tuple[RegisterRow, tuple[Finding, ...]]:
    from watchkeep.apps.scrutiny.queries import findings
    from watchkeep.cli.publish import register_named

    row = register_named(by, register)
    return row, findings(by, row.id)


def _named(every: tuple[Finding, ...], key: str) -> Finding:
    from watchkeep.domain.errors import Invalid

    met = [each for each in every if key and each.found.key.startswith(key)]
    if len(met) != 1:
        count = "no finding" if not met else f"{len(met)} findings"
        raise Invalid(
            "key",
            f"{count.capitalize()} of this register has a key that begins with “{key}”. "
            "`watchkeep finding list` shows them.",
        )
    return met[0]


def _cells(one: Finding) -> tuple[str, ...]:
    """A finding in a row, by its whole key, with the answer that stands for its words."""
    found, said = one.found, one.answer
    told = (found.key, found.weight, found.code, found.risk, found.sentence)
    if said is None or said.answer is None:
        return (*told, "", "", "", "")
    return (*told, said.answer, said.reason, said.by, said.on.isoformat())


def _tell(one: Finding) -> None:
    from watchkeep.domain.answering import ANSWERS
    from watchkeep.domain.finding import written

    found = one.found
    echo(
        f"{found.key[:SHOWN]}  {found.weight} {found.code}  {found.risk or 'the register'}  {found.sentence}"
    )
    said = one.answer
    if said and said.answer:
        echo(f"  {ANSWERS[said.answer]}: {said.reason} ({said.by}, {written(said.on)})")
    elif one.before and one.before.answer:
        echo(f"  Before its words changed: {one.before.reason} ({one.before.by}, {written(one.before.on)})")
