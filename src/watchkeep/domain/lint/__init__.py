"""Lint: what a risk manager would strike out of a register's words, each finding at its characters.

It never rewrites, and judges no person: every rule has a code, a reason, a good example and a bad one.
"""

from watchkeep.domain.lint.claims import claims
from watchkeep.domain.lint.found import Found, Weight
from watchkeep.domain.lint.paper import day_told
from watchkeep.domain.lint.rule import FAMILIES, Example, Family, Rule
from watchkeep.domain.lint.rules import RULES, lint
from watchkeep.domain.lint.sentences import sentences

__all__ = [
    "FAMILIES",
    "RULES",
    "Example",
    "Family",
    "Found",
    "Rule",
    "Weight",
    "claims",
    "day_told",
    "lint",
    "sentences",
]
