"""What a user can type, set or be told is in the documents."""

from __future__ import annotations

import re
from pathlib import Path

import typer
from typer.main import get_command

from watchkeep.cli import commands
from watchkeep.domain import errors

HERE = Path(__file__).resolve().parents[2]
COMMANDS = (HERE / "docs" / "reference" / "commands.md").read_text(encoding="utf-8")
SETTINGS = (HERE / "docs" / "howto" / "run-it.md").read_text(encoding="utf-8")


def verbs() -> set[str]:
    app = typer.Typer()
    commands.attach(app)
    found = set()
    for name, command in get_command(app).commands.items():  # type: ignore[attr-defined]
        below = getattr(command, "commands", {})
        found |= {f"{name} {each}" for each in below} or {name}
    return found


def test_every_command_is_documented_and_every_documented_command_exists() -> None:
    documented = set(re.findall(r"`([a-z]+(?: [a-z-]+)?)(?: [A-Z]+)*`", COMMANDS))
    assert verbs() - documented == set()
    told = {
        match
        for row in re.findall(r"^\| (`[^|]+)\|", COMMANDS, re.MULTILINE)
        for match in re.findall("`([^`]+)`", row)
    }
    plain = {re.sub(r"(?: [A-Z]+)+$", "", each) for each in told}
    codes = {each.code for each in tree(errors.WatchkeepError)}
    assert plain - verbs() - codes == set()


def tree(kind: type[errors.WatchkeepError]) -> list[type[errors.WatchkeepError]]:
    return [each for below in kind.__subclasses__() for each in [below, *tree(below)]]


def test_every_error_code_is_documented() -> None:
    assert [each.code for each in tree(errors.WatchkeepError) if f"`{each.code}`" not in COMMANDS] == []


def test_every_setting_that_is_read_from_the_environment_is_documented() -> None:
    named = {
        name
        for path in (HERE / "src").rglob("*.py")
        for name in re.findall(
            r"""(?:environ(?:\.get)?[\[(]|_yes\()\s*["'](WATCHKEEP_[A-Z_]+)""",
            path.read_text(encoding="utf-8"),
        )
    }
    assert "WATCHKEEP_HOME" in named
    assert sorted(name for name in named if f"`{name}`" not in SETTINGS) == []


def test_every_link_between_documents_leads_somewhere() -> None:
    documents = [*HERE.glob("*.md"), *(HERE / "docs").rglob("*.md"), *(HERE / "examples").rglob("*.md")]
    broken = [
        f"{path.relative_to(HERE)} -> {target}"
        for path in documents
        for target in re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))
        if not (path.parent / target).exists()
    ]
    assert broken == []
