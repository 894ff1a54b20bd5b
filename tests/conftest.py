"""What every test of the records rests on: a database file of its own, and the made-up force."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from cast import Force, Staffed, a_force, a_staffed_force

settings.PASSWORD_HASHERS = ["hashing.WeakArgon2id"]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """On SQLite use a file, as the product does: a database in memory has neither WAL nor durability."""
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database.setdefault("TEST", {})["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


@pytest.fixture
def transactional_db(_django_db_helper: None) -> Iterator[None]:
    """Lets a test commit. Emptying the tables afterwards is what the triggers forbid: they are lifted."""
    from django.db import connection

    from watchkeep.apps.history import triggers

    yield
    triggers.lift(connection)


@pytest.fixture(autouse=True)
def files(settings: object, tmp_path: Path) -> Path:
    """A store of its own for each test."""
    settings.WATCHKEEP_FILES = tmp_path / "files"  # type: ignore[attr-defined]
    return tmp_path / "files"


@pytest.fixture
def force(db: None) -> Force:
    """Calder Vale Police, with nothing brought in yet."""
    return a_force()


@pytest.fixture
def staffed(db: None) -> Staffed:
    """Calder Vale Police with somebody in every role and post."""
    return a_staffed_force()
