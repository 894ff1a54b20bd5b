"""`watchkeep demo`: an invented force, three quarters of its papers, and one that it ran here."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from watchkeep.cli.demo.names import BODY
from watchkeep.cli.printing import echo
from watchkeep.cli.records import operator, records, refuse


def demo(
    port: Annotated[int, typer.Option(help="Where `watchkeep serve` will listen: for the address.")] = 8000,
) -> None:
    """Make the example force, bring in its papers, run its quarter, publish. Again changes nothing."""
    from watchkeep.cli.migrate import migrate

    migrate()
    with records():
        from django.conf import settings

        from watchkeep.cli.demo import figures, measures, papers, people, quarter, treatment
        from watchkeep.cli.demo.told import read

        folder = Path(settings.REPOSITORY) / "examples" / "calder_vale"
        if not folder.is_dir():
            refuse(f"{folder}: the example papers are not here. The demo needs a checkout of Watchkeep.")
        told = read(folder / "records.toml")
        signs_in = Path(settings.HOME) / "demo-sign-in.txt"
        people.open_the_body()
        by = operator(BODY)
        people.let_sign_in(by, told, signs_in)
        papers.bring_in_what_is_missing(by, folder)
        if not treatment.stands(by):
            echo("· Keeping what stands beside the papers: controls, promises, boards, a quarter’s review")
            quarter.run_all(by, told)
        manager = papers.person("risk manager")
        measured = read(folder / "indicators.toml")
        measures.keep_once(manager, measured)
        figures.say_once(manager, measured, folder)
        papers.mark_once(manager, told)
        papers.answer_once(manager, told)
        published = Path(settings.HOME) / "demo-paper"
        papers.publish_once(told, published)
        echo("")
        echo(f"Address   http://127.0.0.1:{port}/  (python3 start.py serves it)")
        echo(signs_in.read_text(encoding="utf-8").rstrip())
        echo("Papers    " + "\n          ".join(str(path) for path in sorted(published.iterdir())))
