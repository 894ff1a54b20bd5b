"""Two people who wrote the same thing: what each of them says, field by field."""

from __future__ import annotations

from collections.abc import Iterable

from watchkeep.domain.document import Field, Risk
from watchkeep.domain.errors import Clash
from watchkeep.domain.fields import fields_of, label_of


def clashes_of(
    labels: Iterable[tuple[str, str]],
    yours: dict[str, str],
    theirs: dict[str, str],
    base: dict[str, str] | None = None,
) -> tuple[Clash, ...]:
    """Of these (form name, label), those where the two now differ; a name that is not said is empty.

    `base` is what the loser saw when they began, where that is known.
    """
    return tuple(
        Clash(name, label, yours.get(name, ""), theirs.get(name, ""), base.get(name, "") if base else None)
        for name, label in labels
        if yours.get(name, "") != theirs.get(name, "")
    )


def told_apart(seen: Risk | None, yours: Risk, theirs: Risk) -> tuple[Clash, ...]:
    """Where two people's words on a risk differ; named by each field's path."""
    mine, other = _said(yours), _said(theirs)
    labels = [(path, label_of(path)) for path in dict.fromkeys((*mine, *other))]
    return clashes_of(labels, mine, other, _said(seen) if seen else None)


def _said(value: Risk) -> dict[str, str]:
    return {path: _text(field) for path, field in fields_of(value)}


def _text(field: Field) -> str:
    """The words, or why there are none: *not applicable* is something that a person says too."""
    return field.text or "" if field.state in ("recorded", "not recorded") else field.state
