"""Records and site hold on both engines: what their tests say of SQLite is run again on PostgreSQL."""

from __future__ import annotations

import os

import pytest

from postgres import run


@pytest.mark.skipif("WATCHKEEP_DATABASE_URL" in os.environ, reason="this run is on PostgreSQL already")
def test_the_records_hold_on_postgresql_too() -> None:
    done = run([])
    assert done.returncode == 0, done.stdout[-4000:]
    assert " passed" in done.stdout
