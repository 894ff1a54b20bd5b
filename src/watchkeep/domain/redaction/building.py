"""The new document: every part of it is made here from what its readers may have; nothing is taken along.

A committee has what the register says, and why; not where it was read, nor by whom it was judged or
overridden, nor what a document or an event said. The public has less: see `PUBLIC_TEXTS` and below.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from watchkeep.domain.document import (
    Band,
    Column,
    DateField,
    Field,
    Level,
    RegisterDocument,
    Risk,
    Scale,
    Statement,
)
from watchkeep.domain.edition import Audience
from watchkeep.domain.fields import TEXTS, escaped, fields_of
from watchkeep.domain.redaction.reading import WHOLE_RISK, Reading, closed_throughout, withheld_paths
from watchkeep.domain.redaction.risk import NOT_PUBLIC, dated, risk_for, said

# Columns that Watchkeep does not know may hold anything, so the public reads none of them.
# What the body does not know, and how sure it is, is said inside it and to its committee.
PUBLIC_TEXTS: Final = tuple(name for name in TEXTS if name not in NOT_PUBLIC)
# The same in every edition for these readers, whether or not anything was left out of this one.
LEFT_OUT: Final[dict[Audience, str]] = {
    "internal": "",
    "committee": "What is kept inside the body is left out, and stands here as if it was not recorded.",
    "public": "What is not for publication is left out, and stands here as if it was not recorded.",
}


def for_audience(value: RegisterDocument, audience: Audience, gone: Iterable[Risk] = ()) -> RegisterDocument:
    """The register document that `audience` may have, by the allow-list and by each risk's own rules.

    Inside the body: all of it. For others keys, columns, scale and the numbers of sources are made anew from
    what is left, so that none of them tells of what is not. A promise or an indicator that is kept back in
    one risk, or in one that is `gone` from the register, is kept back in every risk.
    """
    if audience == "internal":
        return value
    public = audience == "public"
    sources = _numbered(value)
    closed = frozenset(path for risk in (*value.risks, *gone) for path in closed_throughout(risk, audience))
    readings = [(risk, Reading(withheld_paths(risk, audience) | closed, public)) for risk in value.risks]
    risks = _keyed(
        [risk_for(risk, reading, sources) for risk, reading in readings if WHOLE_RISK not in reading.closed]
    )
    return RegisterDocument(
        body=said(value.body),
        name=said(value.name),
        period=said(value.period),
        as_at=dated(value.as_at),
        scale=_scale(value, risks),
        rising_means=value.rising_means,
        rising_basis=value.rising_basis,
        columns=tuple(
            Column(heading=each.heading, meaning=each.meaning)
            for each in value.columns
            if not (public and _not_public(each.meaning)) and _stays(each, value.risks, risks)
        ),
        risks=_renumbered(risks),
    )


def keys_told(value: RegisterDocument, audience: Audience) -> dict[str, str]:
    """For each key in the document that `audience` has, the key of the same risk in the whole one."""
    left = for_audience(value, audience).risks
    whole = [risk for risk in value.risks if WHOLE_RISK not in withheld_paths(risk, audience)]
    return {told.key: risk.key for told, risk in zip(left, whole, strict=True)}


def _not_public(meaning: str) -> bool:
    return meaning.startswith("extra") or (meaning in TEXTS and meaning not in PUBLIC_TEXTS)


def _stays(column: Column, before: Iterable[Risk], after: Iterable[Risk]) -> bool:
    """A column goes with the last thing that stood in it; one that was empty anyway stays empty."""
    return not _says(column, before) or _says(column, after)


def _says(column: Column, risks: Iterable[Risk]) -> bool:
    path = f"extra:{escaped(column.heading)}" if column.meaning == "extra" else column.meaning
    return any(
        field.recorded
        for risk in risks
        for each, field in fields_of(risk)
        if each == path or each.startswith((f"{path}:", f"{path}#"))
    )


def _keyed(risks: Sequence[Risk]) -> tuple[Risk, ...]:
    """Each risk with a key that follows from what is left: its reference, else its number in order."""
    taken: set[str] = set()
    made: list[Risk] = []
    for number, risk in enumerate(risks, start=1):
        base = (risk.reference.text or "").strip() or f"risk {number}"
        chosen, again = base, 2
        while chosen in taken:
            chosen, again = f"{base} ({again})", again + 1
        taken.add(chosen)
        made.append(risk.model_copy(update={"key": chosen}))
    return tuple(made)


def _numbered(value: RegisterDocument) -> dict[str, str]:
    """A number for each record that a sentence rests on; `_renumbered` closes the gaps afterwards."""
    keys = [each.key for risk in value.risks for statement in risk.statements for each in statement.rests_on]
    return {key: str(number) for number, key in enumerate(dict.fromkeys(keys), start=1)}


def _renumbered(risks: tuple[Risk, ...]) -> tuple[Risk, ...]:
    keys = [each.key for risk in risks for statement in risk.statements for each in statement.rests_on]
    anew = {key: str(number) for number, key in enumerate(dict.fromkeys(keys), start=1)}

    def numbered(statement: Statement) -> Statement:
        rests_on = (each.model_copy(update={"key": anew[each.key]}) for each in statement.rests_on)
        return statement.model_copy(update={"rests_on": tuple(rests_on)})

    return tuple(
        risk.model_copy(update={"statements": tuple(map(numbered, risk.statements))})
        if risk.statements
        else risk
        for risk in risks
    )


def _scale(value: RegisterDocument, left: tuple[Risk, ...]) -> Scale:
    """The scale without the steps that only what is withheld stood on, where the register's own words are all
    that is known of it. A scale that the body states stands as it is stated.
    """
    scale = value.scale
    if scale.basis == "stated":
        return scale.model_copy(update={"reason": ""})
    gone = _rated(value.risks) - _rated(left)
    bands = [each for each in scale.bands if _plain(each.name) not in gone]
    likely = [each for each in scale.likelihood if _plain(each.name) not in gone]
    grave = [each for each in scale.impact if _plain(each.name) not in gone]
    return Scale(
        bands=tuple(Band(name=each.name, rank=rank) for each, rank in _closed_up(bands)),
        likelihood=tuple(Level(name=each.name, rank=rank) for each, rank in _closed_up(likely)),
        impact=tuple(Level(name=each.name, rank=rank) for each, rank in _closed_up(grave)),
        basis=scale.basis,
    )


def _closed_up(steps: Sequence[Band | Level]) -> list[tuple[Band | Level, int]]:
    ranks = sorted({each.rank for each in steps})
    return [(each, ranks.index(each.rank) + 1) for each in steps]


def _rated(risks: Iterable[Risk]) -> set[str]:
    fields: list[Field | DateField] = [
        field
        for risk in risks
        for each in risk.assessments
        for field in (each.rating, each.likelihood, each.impact)
    ]
    return {_plain(field.text) for field in fields if field.recorded}


def _plain(text: str | None) -> str:
    return " ".join((text or "").split()).casefold()
