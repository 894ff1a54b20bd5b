"""One SELECT to a database that is only read: rows as text, within a limit of rows and of time.

Where the engine can, the connection itself is read-only (PostgreSQL, SQLite, MySQL); elsewhere the account
that the operator gave must be one that only reads.
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from watchkeep.domain.errors import Invalid, Refused, Unreadable

MOST_ROWS: Final = 50_000
MOST_SECONDS: Final = 30
_LITERALS: Final = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|`[^`]*`")
_COMMENTS: Final = re.compile(r"--[^\n]*|/\*.*?\*/", re.DOTALL)
_WRITING: Final = re.compile(
    r"\b(?:insert|update|delete|merge|drop|alter|create|truncate|grant|revoke|call|exec|execute|attach|"
    r"detach|pragma|copy|into|vacuum|load_file|outfile|dumpfile)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a SELECT gave: the names of its columns, and its rows as text."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def one_select(statement: str) -> str:
    """The statement, if it is one SELECT and nothing else. The connection is read-only besides."""
    said = statement.strip().removesuffix(";").strip()
    bare = _COMMENTS.sub(" ", _LITERALS.sub("''", said)).strip()
    if not re.match(r"(?:select|with)\b", bare, re.IGNORECASE):
        raise Invalid("statement", "A feed asks with one SELECT; this begins otherwise.")
    if ";" in bare:
        raise Invalid("statement", "A feed asks with one SELECT; this holds more than one statement.")
    if found := _WRITING.search(bare):
        raise Invalid("statement", f"A feed only reads; this says {found[0].upper()}.")
    return said


def ask(connection: str, statement: str, *, most: int = MOST_ROWS, seconds: int = MOST_SECONDS) -> Asked:
    """What the SELECT gives. `connection` is a SQLAlchemy address with its secret; it is told to nobody."""
    said = one_select(statement)
    engine = _engine(connection, seconds)
    try:
        with engine.connect() as line:
            _read_only(line, seconds)
            answer = line.execution_options(stream_results=True).exec_driver_sql(said)
            columns = tuple(str(each) for each in answer.keys())  # noqa: SIM118 (a result is no mapping)
            rows = answer.fetchmany(most + 1)
            line.rollback()
    except SQLAlchemyError as problem:
        # Its words may hold the address of the database; only its kind is told.
        why = f"the database refused the question or could not be reached ({type(problem).__name__})."
        raise Unreadable(
            where=engine.dialect.name, why=why, remedy="Try the SELECT in the database itself."
        ) from None
    finally:
        engine.dispose()
    if len({each.casefold() for each in columns}) < len(columns):
        raise Unreadable(
            where=engine.dialect.name,
            why="it gave two columns of one name.",
            remedy="Name each apart in the SELECT: day AS Month, seen AS Value.",
        )
    if len(rows) > most:
        raise Unreadable(
            where=engine.dialect.name, why=f"it gave more than {most:,} rows.", remedy="Ask for fewer."
        )
    return Asked(columns, tuple(tuple(_said(cell) for cell in row) for row in rows))


def _engine(connection: str, seconds: int) -> Engine:
    try:
        url = make_url(connection)
        name = url.get_backend_name()
        arguments: dict[str, Any] = {}
        if name == "postgresql":
            url = url.set(drivername="postgresql+psycopg")
            arguments["options"] = (
                f"-c default_transaction_read_only=on -c statement_timeout={seconds * 1000}"
            )
            arguments["connect_timeout"] = 10
        if name == "sqlite":
            url = _sqlite(url)
        engine = create_engine(url, connect_args=arguments)
    except (ArgumentError, NoSuchModuleError, ImportError, ValueError):
        raise Refused(
            "The connection is no address that a driver is installed for; see SQLAlchemy's database URLs."
        ) from None
    if name == "sqlite":
        event.listen(engine, "connect", lambda line, _: _limited(line, seconds))
    return engine


def _sqlite(url: URL) -> URL:
    """The same file, opened so that nothing can be written to it."""
    if not url.database or url.database == ":memory:":
        raise Refused("A SQLite connection names a file.")
    return url.set(database=f"file:{url.database.removeprefix('file:')}", query={"mode": "ro", "uri": "true"})


def _limited(line: Any, seconds: int) -> None:
    """SQLite has no time limit of its own: it asks now and then whether to go on."""
    until = time.monotonic() + seconds
    line.set_progress_handler(lambda: 1 if time.monotonic() > until else 0, 10_000)


def _read_only(line: Any, seconds: int) -> None:
    if line.dialect.name in ("mysql", "mariadb"):
        line.execute(text(f"SET SESSION max_execution_time = {seconds * 1000}"))
        line.execute(text("SET SESSION TRANSACTION READ ONLY"))
        line.commit()


def _said(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float):
        return repr(cell)
    return str(cell)
