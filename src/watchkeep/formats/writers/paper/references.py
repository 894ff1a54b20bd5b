"""Numbers the sources of a paper, and puts each number where it is printed: after what it supports."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from watchkeep.domain.document import Basis, RegisterDocument, Risk, Statement
from watchkeep.domain.fields import escaped
from watchkeep.formats.writers.paper.cells import called

# Two signs that Unicode keeps for programs and no text may hold: a reference stands between them, so that
# each writer can set it in its own way, and no text of a register can be taken for one.
OPENS, CLOSES = "\ufdd0", "\ufdd1"
REFERENCE = re.compile(f"{OPENS}([^{CLOSES}]*){CLOSES}")
_SIGNS = re.compile(f"[{OPENS}{CLOSES}]")

PRINTED = ("name", "description", "cause", "event", "impact", "controls", "actions")

Key = tuple[str, ...]
Facts = tuple[str, str, date | None, str, date | None]  # kind, label, its day, what it said, until when


@dataclass(frozen=True, slots=True)
class Reference:
    """One numbered source: a record, a document or a judgement, and which risks' sentences rest on it."""

    number: int
    kind: str
    label: str
    on: date | None
    says: str
    holds_until: date | None
    risks: tuple[str, ...]  # keys, in the paper's order


@dataclass(frozen=True, slots=True)
class Fallen:
    """A sentence whose ground has moved or expired."""

    risk: str
    text: str
    standing: str
    numbers: tuple[int, ...]
    because: str


@dataclass(frozen=True, slots=True)
class References:
    """All sources of a paper, and its sentences that have lost their ground."""

    sources: tuple[Reference, ...] = ()
    numbers: tuple[tuple[Key, int], ...] = ()
    fallen: tuple[Fallen, ...] = ()

    def behind(self, statement: Statement) -> tuple[int, ...]:
        """The numbers of what a sentence rests on."""
        known = dict(self.numbers)
        return tuple(sorted(known[key] for key, _ in _sources(statement) if key in known))

    def of(self, key: str) -> tuple[Reference, ...]:
        """The sources of one risk."""
        return tuple(each for each in self.sources if key in each.risks)


def referenced(document: RegisterDocument) -> tuple[RegisterDocument, References]:
    """`document` with its references in its texts, and what they refer to; the same where there are none."""
    document = _without_signs(document)
    if not any(risk.statements for risk in document.risks):
        return document, References()
    numbers: dict[Key, int] = {}
    said: dict[Key, Facts] = {}
    risks_of: dict[Key, dict[str, None]] = {}
    fallen: list[Fallen] = []
    for risk in document.risks:
        for statement in in_order(risk):
            for key, facts in _sources(statement):
                numbers.setdefault(key, len(numbers) + 1)
                said.setdefault(key, facts)
                risks_of.setdefault(key, {})[risk.key] = None
            if statement.standing in ("moved", "expired"):
                fallen.append(
                    Fallen(
                        called(risk),
                        statement.text,
                        statement.standing,
                        tuple(numbers[key] for key, _ in _sources(statement)),
                        statement.because,
                    )
                )
    sources = tuple(
        Reference(numbers[key], *said[key], tuple(risks_of[key]))
        for key in sorted(numbers, key=numbers.__getitem__)
    )
    risks = tuple(_marked(risk, numbers) for risk in document.risks)
    return document.model_copy(update={"risks": risks}), References(
        sources, tuple(numbers.items()), tuple(fallen)
    )


def _without_signs(document: RegisterDocument) -> RegisterDocument:
    """The same, without signs in its texts that would make them look like references."""
    text = document.model_dump_json()
    return RegisterDocument.model_validate_json(without_signs(text)) if _SIGNS.search(text) else document


def in_order(risk: Risk) -> list[Statement]:
    """The sentences of a risk as they are printed."""
    return sorted(risk.statements, key=lambda each: (_place(each.field), each.start))


def _place(field: str) -> tuple[int, str, int]:
    """Where a field stands among the others of its risk: texts, then lines in their order."""
    name, _, rest = field.partition(":")
    first = PRINTED.index(name) if name in PRINTED else len(PRINTED)
    return (first, name, int(rest)) if rest.isdecimal() else (first, field, 0)


def _sources(statement: Statement) -> list[tuple[Key, Facts]]:
    """What a sentence rests on: records and documents, then the judgement of a post."""
    found: list[tuple[Key, Facts]] = [
        (_key(basis), (basis.kind, basis.label, basis.on, basis.says, None)) for basis in statement.rests_on
    ]
    if statement.judged_by:
        day = statement.judged_on.isoformat() if statement.judged_on else ""
        until = statement.holds_until
        key: Key = ("judgement", statement.judged_by, day, until.isoformat() if until else "")
        found.append((key, ("judgement", statement.judged_by, statement.judged_on, "", until)))
    return found


def _key(basis: Basis) -> Key:
    return (basis.kind, basis.key, basis.on.isoformat() if basis.on else "", basis.says)


# --- In the text --------------------------------------------------------------------------------------------


def _marked(risk: Risk, numbers: dict[Key, int]) -> Risk:
    """The risk with its references after the sentences they support."""
    changed = risk
    # From the last sentence to the first, so that the places of those before stay as they are told.
    for statement in reversed(in_order(risk)):
        mark = _mark(statement, [numbers[key] for key, _ in _sources(statement)])
        if mark:
            changed = _with(changed, statement, mark)
    return changed


def _mark(statement: Statement, numbers: list[int]) -> str:
    fallen = statement.standing if statement.standing in ("moved", "expired") else ""
    said = ", ".join([*map(str, sorted(numbers)), *([fallen] if fallen else [])])
    return f"{OPENS}[{said}]{CLOSES}" if said else ""


def _with(risk: Risk, statement: Statement, mark: str) -> Risk:
    name, _, rest = statement.field.partition(":")
    value = getattr(risk, name, None)
    if name in ("controls", "actions") and rest.isdecimal() and int(rest) < len(value or ()):
        place = int(rest)
        items = [*getattr(risk, name)]
        items[place] = items[place].model_copy(
            update={"text": _put(items[place].text or "", statement, mark)}
        )
        return risk.model_copy(update={name: tuple(items)})
    if name == "extra":
        extra = tuple(
            each.model_copy(update={"text": _put(each.text or "", statement, mark)})
            if escaped(each.heading) == rest
            else each
            for each in risk.extra
        )
        return risk.model_copy(update={"extra": extra})
    if rest or not hasattr(value, "text"):
        return risk
    field = getattr(risk, name)
    update: dict[str, object] = {"text": _put(field.text or "", statement, mark)}
    if parts := getattr(field, "parts", ()):
        update["parts"] = tuple(
            part.model_copy(update={"text": _put_where_found(part.text, statement, mark)}) for part in parts
        )
    return risk.model_copy(update={name: field.model_copy(update=update)})


def _put(text: str, statement: Statement, mark: str) -> str:
    """`text` with the mark after the sentence, if the sentence still stands there."""
    if text[statement.start : statement.end].strip() != statement.text.strip():
        return _put_where_found(text, statement, mark)
    end = statement.start + len(text[statement.start : statement.end].rstrip())
    return f"{text[:end]}{mark}{text[end:]}"


def _put_where_found(text: str, statement: Statement, mark: str) -> str:
    wanted = statement.text.strip()
    start = text.find(wanted)
    if not wanted or start < 0:
        return text
    end = start + len(wanted)
    return f"{text[:end]}{mark}{text[end:]}"


def without_signs(text: str) -> str:
    """`text` without the signs that enclose a reference; its numbers stay."""
    return _SIGNS.sub("", text)


def without_references(text: str) -> str:
    """`text` as the register has it."""
    return REFERENCE.sub("", text)
