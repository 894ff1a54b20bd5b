"""Writes every example file from its data, the same bytes each time: `python examples/make.py`."""

from __future__ import annotations

import argparse
from pathlib import Path

from rendering import calder_vale, layouts

HERE = Path(__file__).resolve().parent


def make(into: Path) -> list[Path]:
    """Write all files under `into`, in the same folders as here; the paths written."""
    made = {HERE / "calder_vale": calder_vale.render(HERE / "calder_vale")}
    for source in sorted((HERE / "layouts").glob("*/source.toml")):
        made[source.parent] = layouts.render(source.parent)
    written = []
    for folder, files in made.items():
        for name, content in files.items():
            path = into / folder.relative_to(HERE) / name
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
