"""Every verb of the command line, under the headings that `--help` lists them by."""

from __future__ import annotations

import typer


def attach(app: typer.Typer) -> None:
    """Put each verb on `app`. A verb's module imports nothing heavy at its top."""
    _papers(app)
    _registers(app)
    _promises(app)
    _measures(app)
    _people(app)
    _house(app)


def _papers(app: typer.Typer) -> None:
    """What papers are made of, and what is made of registers."""
    from watchkeep.cli.bring_in import bring_in
    from watchkeep.cli.diff import diff
    from watchkeep.cli.edition import edition
    from watchkeep.cli.export import export
    from watchkeep.cli.forecast import forecast
    from watchkeep.cli.lint import lint
    from watchkeep.cli.marking import marking
    from watchkeep.cli.publish import publish
    from watchkeep.cli.read import read
    from watchkeep.cli.redact import redact

    app.command()(read)
    app.command()(diff)
    app.command("import")(bring_in)
    app.command()(lint)
    app.command()(forecast)
    app.command()(redact)
    app.command()(publish)
    app.add_typer(edition, name="edition")
    app.add_typer(marking, name="marking")
    app.command()(export)


def _registers(app: typer.Typer) -> None:
    """Registers, their risks, and what ties these to one another."""
    from watchkeep.cli.close import close
    from watchkeep.cli.link import event, link
    from watchkeep.cli.register import register, view
    from watchkeep.cli.risk import risk

    app.add_typer(register, name="register")
    app.add_typer(risk, name="risk")
    app.command()(close)
    app.add_typer(link, name="link")
    app.add_typer(event, name="event")
    app.add_typer(view, name="view")


def _promises(app: typer.Typer) -> None:
    """What is done about risks, and who looks at them when."""
    from watchkeep.cli.board import board
    from watchkeep.cli.control import control
    from watchkeep.cli.finding import finding
    from watchkeep.cli.promise import promise
    from watchkeep.cli.review import review
    from watchkeep.cli.statement import statement

    app.add_typer(control, name="control")
    app.add_typer(promise, name="promise")
    app.add_typer(statement, name="statement")
    app.add_typer(finding, name="finding")
    app.add_typer(review, name="review")
    app.add_typer(board, name="board")


def _measures(app: typer.Typer) -> None:
    """What risks are measured by."""
    from watchkeep.cli.appetite import appetite, category
    from watchkeep.cli.feed import feed
    from watchkeep.cli.indicator import indicator
    from watchkeep.cli.objective import objective
    from watchkeep.cli.observe import observe, readings
    from watchkeep.cli.question import question
    from watchkeep.cli.scale import scale
    from watchkeep.cli.spc import spc

    app.add_typer(scale, name="scale")
    app.add_typer(category, name="category")
    app.add_typer(objective, name="objective")
    app.add_typer(appetite, name="appetite")
    app.add_typer(question, name="question")
    app.add_typer(indicator, name="indicator")
    app.command()(observe)
    app.add_typer(readings, name="readings")
    app.add_typer(feed, name="feed")
    app.command()(spc)


def _people(app: typer.Typer) -> None:
    """Who answers for what."""
    from watchkeep.cli.person import person
    from watchkeep.cli.post import post
    from watchkeep.cli.token import token
    from watchkeep.cli.unit import unit

    app.add_typer(unit, name="unit")
    app.add_typer(post, name="post")
    app.add_typer(person, name="person")
    app.add_typer(token, name="token")


def _house(app: typer.Typer) -> None:
    """Running Watchkeep itself."""
    from watchkeep.cli.checkpoint import checkpoint
    from watchkeep.cli.demo import demo
    from watchkeep.cli.index import index
    from watchkeep.cli.ledger import ledger
    from watchkeep.cli.migrate import migrate
    from watchkeep.cli.schema import schema
    from watchkeep.cli.serve import serve
    from watchkeep.cli.verify import verify
    from watchkeep.cli.work import work

    app.command()(serve)
    app.command()(work)
    app.command()(migrate)
    app.command()(verify)
    app.command()(checkpoint)
    app.add_typer(ledger, name="ledger")
    app.add_typer(index, name="index")
    app.command()(schema)
    app.command()(demo)
