"""The watchkeep command as an operator runs it: each a process, in a place of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

PASSWORD = "a long enough password"
CSV = "Ref,Risk name,Rating\nLH1,Too few keepers,High\nLH2,Too few lamps,Low\n"


def watchkeep(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run one command."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("WATCHKEEP_")}
    return subprocess.run(
        [sys.executable, "-m", "watchkeep", *arguments],
        env={**environment, "WATCHKEEP_HOME": str(home), "WATCHKEEP_PASSWORD": PASSWORD},
        cwd=home,
        capture_output=True,
        text=True,
        check=False,
    )
