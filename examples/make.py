"""Writes every example file from its data, the same bytes each time: `python examples/make.py`."""

from __future__ import annotations

import argparse
from pathlib import Path

from rendering import layouts

HERE = Path(__file__).resolve().parent


def make(into: Path) -> list[Path]:
    """Write all files under `into`, in the same folders as here; the paths written."""
    written = []
    for folder in sorted(path.parent for path in (HERE / "layouts").glob("*/source.toml")):
        for name, content in layouts.render(folder).items():
            path = into / "layouts" / folder.name / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            written.append(path)
    return written


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument(
        "--into", type=Path, default=HERE, help="the folder to write under (default: examples/)"
    )
    for path in make(arguments.parse_args().into):
        print(path)
