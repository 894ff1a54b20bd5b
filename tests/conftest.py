"""What every test of the records rests on: a database file of its own, and the made-up force."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser, sync_playwright

from cast import Force, Staffed, a_force, a_staffed_force

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox",  # tests may run as root, where Chromium refuses its sandbox
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--no-first-run",
]

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
    """A store of its own for each test, and a signing key."""
    settings.WATCHKEEP_FILES = tmp_path / "files"  # type: ignore[attr-defined]
    settings.WATCHKEEP_SIGNING_KEY = tmp_path / "signing_key"  # type: ignore[attr-defined]
    settings.WATCHKEEP_SIGNING_KEY_PUBLIC = tmp_path / "signing_key.pub"  # type: ignore[attr-defined]
    return tmp_path / "files"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The one Chromium of a run: its driver bears no second beside it."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        pytest.skip("there is no Chromium on this machine: install the system's chromium package")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def force(db: None) -> Force:
    """Calder Vale Police, with nothing brought in yet."""
    return a_force()


@pytest.fixture
def staffed(db: None) -> Staffed:
    """Calder Vale Police with somebody in every role and post."""
    return a_staffed_force()
