"""Where an operator's commands are run: migrated once, and copied for each file of tests."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from cli.processes import watchkeep


@pytest.fixture(scope="session")
def first_day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A place with a database, a body and an administrator, made by the commands that make it."""
    home = tmp_path_factory.mktemp("first_day")
    assert watchkeep(home, "migrate").returncode == 0
    added = watchkeep(
        home,
        *("person", "add", "edda@calder.test", "--name", "Edda Holm", "--role", "administrator"),
        *("--body", "Calder Vale Police"),
    )
    assert added.returncode == 0, added.stderr
    return home


@pytest.fixture(scope="module")
def home(first_day: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Such a place for the tests of one file."""
    return shutil.copytree(first_day, tmp_path_factory.mktemp("home") / "its")
