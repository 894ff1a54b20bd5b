"""The repository keeps its own rules: directions, style, types, and what may stand in a tracked file."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent


def run(*command: str) -> subprocess.CompletedProcess[str]:
    words = [str(BIN / command[0]), *command[1:]]
    return subprocess.run(words, cwd=HERE, capture_output=True, text=True, check=False)


def tracked(*patterns: str) -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z", *patterns], cwd=HERE, capture_output=True, check=True)
    return [HERE / name for name in listed.stdout.decode().split("\0") if name and (HERE / name).is_file()]


def text_of(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None


@pytest.mark.parametrize(
    "command",
    [
        ("lint-imports",),
        ("ruff", "check", "src", "tests", "examples", "benchmarks", "start.py"),
        ("ruff", "format", "--check", "src", "tests", "examples", "benchmarks", "start.py"),
        ("mypy",),
    ],
    ids=lambda command: " ".join(command[:2]),
)
def test_the_checks_that_make_check_runs_pass(command: tuple[str, ...]) -> None:
    done = run(*command)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_dependency_says_what_it_is_for() -> None:
    lines = (HERE / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    requirements = [line for line in lines if re.match(r'\s+"[a-z].*[<>=].*",', line)]
    assert len(requirements) > 30
    assert [line for line in requirements if "#" not in line] == []


def test_lock_files_name_no_host() -> None:
    for lock in sorted((HERE / "requirements").glob("*.txt")):
        assert "://" not in lock.read_text(encoding="utf-8"), lock.name


def test_no_ignore_is_blanket() -> None:
    blanket = re.compile(r"#\s*(type:\s*ignore|noqa)\s*(?!\S)(?!\[|:)")
    found = [
        f"{path.relative_to(HERE)}:{number}"
        for path in tracked("src/*.py", "tests/*.py", "examples/*.py")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if blanket.search(line)
    ]
    assert found == []


def test_the_code_is_not_keyed_to_one_register() -> None:
    """Rules are general: no reference of the shared register stands in the source, whatever its number."""
    shared = HERE.parent / "shared" / "registers"
    if not shared.is_dir():
        pytest.skip("the shared register is not beside this checkout")
    text = "".join(path.read_text(encoding="utf-8") for path in shared.glob("*/expected.json"))
    references = sorted(set(re.findall(r'"id": "([A-Z]+\d+)"', text)))
    assert references
    for path in tracked("src", "examples"):
        content = text_of(path) or ""
        named = [reference for reference in references if reference in content]
        assert named == [], path.relative_to(HERE)


def test_no_tracked_file_is_large() -> None:
    large = [str(path.relative_to(HERE)) for path in tracked() if path.stat().st_size > 2_000_000]
    assert large == []
