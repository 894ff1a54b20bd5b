"""Lint: what a risk manager would strike out of a register's words, each finding at its characters.

It never rewrites, and judges no person: every rule has a code, a reason, a good example and a bad one.
"""

from watchkeep.domain.lint.found import Found, Weight

__all__ = ["Found", "Weight"]
