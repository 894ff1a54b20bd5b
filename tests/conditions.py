"""What a test needs of the machine: the published register beside the checkout, or one engine's own ways."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection

SHARED = Path(__file__).resolve().parents[2] / "shared" / "registers"
REAL = SHARED / "wmp-2020-21-q4"  # somebody else's, read where it lies

needs_real = pytest.mark.skipif(
    not REAL.is_dir(), reason="the published register is not beside this checkout"
)


def only_on(engine: str, because: str) -> pytest.MarkDecorator:
    """The test is of that engine's own ways; it runs where that engine does."""
    return pytest.mark.skipif(connection.vendor != engine, reason=because)
