"""What the lint found in a paper, written for a person, a page, a program or a code scanner."""

from __future__ import annotations

from importlib import import_module
from typing import Literal, cast

from watchkeep.domain.lint.report import Report

Form = Literal["console", "html", "json", "sarif"]


def write(report: Report, form: Form) -> str:
    """The report in that form. The same report gives the same text."""
    return cast(str, import_module(f"watchkeep.formats.writers.findings.{form}").write(report))
