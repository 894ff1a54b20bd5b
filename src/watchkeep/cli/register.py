"""`watchkeep register`, `watchkeep view`: the registers of a body, and the views of them that are shared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from watchkeep.cli.listing import AsCsv, AsJson, Body, as_file, say
from watchkeep.cli.records import operator, records

if TYPE_CHECKING:
    from uuid import UUID

    from watchkeep.domain.people import Actor

register = typer.Typer(help="The registers of a body.", no_args_is_help=True)
view = typer.Typer(help="The views of a register that are shared.", no_args_is_help=True)

HEADING = ("Register", "Address", "Kind", "Unit", "Scale", "Risks that it ever had")
Kind = Annotated[str, typer.Option(help="corporate, portfolio, programme or department.")]


@register.command("list")
def list_registers(csv: AsCsv = False, json: AsJson = False, body: Body = None) -> None:
    """List the registers: address, name, kind, unit, how many risks each ever had."""
    with records():
        from watchkeep.apps.register import queries

        rows = queries.kept_registers(operator(body))
        cells = (
            (each.name, each.slug, each.kind, each.unit_name, each.scale, str(each.risks)) for each in rows
        )
        if as_file(HEADING, cells, csv=csv, json=json):
            return
        for each in rows:
            say(each.slug, each.name, each.kind, each.unit_name, f"risks {each.risks}")


@register.command("open")
def open_register(
    name: Annotated[str, typer.Argument(help="What it is called.")],
    kind: Kind = "corporate",
    unit: Annotated[str, typer.Option(help="The unit whose it is; left out, the whole body's.")] = "",
    body: Body = None,
) -> None:
    """Open an empty register."""
    with records():
        from watchkeep.apps.register import changes, queries

        by = operator(body)
        made = changes.open_register(by=by, name=name, kind=kind, unit=_unit(by, unit))
        row = queries.kept_register(by, made)
        say(f"{row.name} is open; in addresses it is called {row.slug}.")


@register.command()
def amend(
    address: Annotated[str, typer.Argument(help="The register, by its name in addresses.")],
    name: Annotated[str, typer.Option(help="What it is called from now on.")] = "",
    kind: Kind = "",
    unit: Annotated[
        str | None, typer.Option(help="The unit whose it is from now on; “” for the whole body's.")
    ] = None,
    body: Body = None,
) -> None:
    """Say anew what a register is called, of which kind it is and whose; its address stays."""
    with records():
        from watchkeep.apps.register import changes, queries
        from watchkeep.domain.errors import Missing

        by = operator(body)
        row = next((each for each in queries.kept_registers(by) if each.slug == address), None)
        if row is None:
            raise Missing(f"There is no register called “{address}” in addresses.")
        changes.amend_register(
            by=by,
            register=row.id,
            version=row.version,
            name=name or row.name,
            kind=kind or row.kind,
            unit=row.unit if unit is None else _unit(by, unit),
        )
        say(f"{name or row.name} is amended.")


@view.command("list")
def list_views(
    address: Annotated[str, typer.Argument(help="The register, by its name in addresses.")],
    csv: AsCsv = False,
    json: AsJson = False,
    body: Body = None,
) -> None:
    """List the shared views of a register: name, who saved it, what it asks for."""
    with records():
        from watchkeep.apps.register import queries

        by = operator(body)
        rows = queries.views(by, queries.register(by, address).id)
        cells = [(each.name, each.by, each.query) for each in rows]
        if not as_file(("View", "Saved by", "Asks for"), cells, csv=csv, json=json):
            for each in cells:
                say(*each)


def _unit(by: Actor, name: str) -> UUID | None:
    from watchkeep.apps.people import queries

    return queries.unit_named(by, name).id if name else None
