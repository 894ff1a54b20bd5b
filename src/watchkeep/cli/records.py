"""What every verb that opens the database needs: Django set up, who acts, and refusals as one sentence."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from watchkeep.cli.printing import echo

if TYPE_CHECKING:
    from watchkeep.domain.people import Actor

REFUSED = 2
OLDER = "The database has not been set up, or is older than this program. Run `watchkeep migrate`."


@contextmanager
def records() -> Iterator[None]:
    """Open the records; what cannot be done is said in one sentence, with exit code 2."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "watchkeep.config.settings")
    import django
    from django.core.exceptions import ImproperlyConfigured
    from django.db import DatabaseError

    from watchkeep.domain.errors import WatchkeepError

    try:
        django.setup()
        yield
    except WatchkeepError as problem:
        refuse(problem.sentence)
    except ImproperlyConfigured as problem:
        refuse(str(problem))
    except DatabaseError as problem:
        refuse(_plainly(str(problem)))
    except BrokenPipeError:
        raise  # whoever read has read enough: the command line ends without a word
    except OSError as problem:
        refuse(f"{problem.filename or 'A file'}: {(problem.strerror or str(problem)).lower()}.")


def must_be_up_to_date() -> None:
    """Refuse a database that was not brought up to this version."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        refuse(OLDER)


def refuse(sentence: str) -> None:
    """Say why not, and end with exit code 2."""

    echo(sentence, err=True)
    raise typer.Exit(REFUSED)


def operator(body: str | None) -> Actor:
    """Whoever runs the command, acting for the body of that name, or for the only one."""
    from watchkeep.apps.people.queries import actor_for

    return actor_for(kind="command", id=login(), name=f"{login()} at the command line", body=body)


def by_password(email: str) -> Actor:
    """The person of that address, once they have proved it: by WATCHKEEP_PASSWORD, or what is asked for."""
    from watchkeep.apps.people.queries import actor_by_password

    password = os.environ.get("WATCHKEEP_PASSWORD") or str(typer.prompt("Password", hide_input=True))
    return actor_by_password(email, password)


def login() -> str:
    """The name that the operating system knows the operator by."""
    return os.environ.get("SUDO_USER") or os.environ.get("USER") or "operator"


def _plainly(problem: str) -> str:
    if any(each in problem for each in ("no such table", "no such column", "does not exist")):
        return OLDER
    if "disk is full" in problem or "disk I/O" in problem or "No space left" in problem:
        return "The disk is full: nothing was changed. Free some space and try again."
    if "readonly" in problem or "unable to open" in problem:
        return f"The database cannot be written ({problem}). Check who owns its folder."
    return f"The database refused: {problem.splitlines()[0]}"
