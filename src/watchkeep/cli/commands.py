"""Every verb of the command line, in the order that `--help` lists them."""

from __future__ import annotations

import typer


def attach(app: typer.Typer) -> None:
    """Put each verb on `app`. A verb's module imports nothing heavy at its top."""
    from watchkeep.cli.appetite import appetite, category
    from watchkeep.cli.board import board
    from watchkeep.cli.bring_in import bring_in
    from watchkeep.cli.close import close
    from watchkeep.cli.control import control
    from watchkeep.cli.demo import demo
    from watchkeep.cli.index import index
    from watchkeep.cli.ledger import ledger
    from watchkeep.cli.migrate import migrate
    from watchkeep.cli.person import person
    from watchkeep.cli.post import post
    from watchkeep.cli.promise import promise
    from watchkeep.cli.publish import publish
    from watchkeep.cli.read import read
    from watchkeep.cli.review import review
    from watchkeep.cli.risk import risk
    from watchkeep.cli.scale import scale
    from watchkeep.cli.schema import schema
    from watchkeep.cli.serve import serve
    from watchkeep.cli.unit import unit
    from watchkeep.cli.verify import verify
    from watchkeep.cli.work import work

    app.command()(read)
    app.command()(publish)
    app.command()(schema)
    app.command()(migrate)
    app.add_typer(person, name="person")
    app.add_typer(unit, name="unit")
    app.add_typer(post, name="post")
    app.command("import")(bring_in)
    app.add_typer(risk, name="risk")
    app.command()(close)
    app.add_typer(control, name="control")
    app.add_typer(promise, name="promise")
    app.add_typer(board, name="board")
    app.add_typer(scale, name="scale")
    app.add_typer(category, name="category")
    app.add_typer(appetite, name="appetite")
    app.add_typer(review, name="review")
    app.command()(work)
    app.command()(serve)
    app.command()(demo)
    app.command()(verify)
    app.add_typer(ledger, name="ledger")
    app.add_typer(index, name="index")
