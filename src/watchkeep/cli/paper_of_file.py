"""The paper of a file alone: no database is opened, and no edition made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from watchkeep.cli.letting import stop_at
from watchkeep.cli.records import refuse
from watchkeep.cli.redact import rules_in

if TYPE_CHECKING:
    from watchkeep.domain.document import Movement, RegisterDocument
    from watchkeep.domain.edition import Audience, Edition, Front, Order
    from watchkeep.domain.redaction import Residue
    from watchkeep.domain.since import Since
    from watchkeep.formats.writers import Kind


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of a paper."""

    title: str = ""
    rising_means: Movement | None = None
    audience: Audience = "internal"
    marking: str = ""
    order: Order = "register"
    since: str = ""  # another file
    front: Front | None = None
    as_at: date | None = None  # from the records alone
    override: str = ""
    despite: str = ""
    seen: str = ""  # the digest of what the reasons are for
    rules: Path | None = None  # of a file alone
    names: tuple[str, ...] = ()

    @property
    def plain(self) -> bool:
        """Whether nothing is asked that an edition's facts would have to tell."""
        more = (self.marking, self.since, self.front, self.override)
        return not any(more) and (self.audience, self.order) == ("internal", "register")


def written(file: Path, kinds: list[Kind], wanted: Wanted) -> tuple[RegisterDocument, dict[Kind, bytes]]:
    """The paper of a file in each of the kinds, and what it says."""
    from watchkeep.domain.correction import rising
    from watchkeep.domain.errors import WatchkeepError
    from watchkeep.domain.freezing import beside, gate
    from watchkeep.domain.redaction import for_audience, with_rules
    from watchkeep.formats.readers import read_file
    from watchkeep.formats.writers import write

    try:
        whole = with_rules(read_file(file), rules_in(wanted.rules))
        if wanted.rising_means:
            whole = rising(whole, wanted.rising_means)
        if wanted.title:
            whole = whole.model_copy(update={"name": whole.name.model_copy(update=_said(wanted.title))})
        left = for_audience(whole, wanted.audience)
        new = _since(whole, left, wanted) if wanted.since else None
        front = wanted.front
        texts = beside(front, new, title=wanted.title, marking=wanted.marking, override=wanted.override)
        found = gate(whole, left, wanted.audience, beside=texts, names=wanted.names)
        found = replace(found, residue=(*found.residue, *_gone(new, wanted)))
        stop_at(found, override=wanted.override, despite=wanted.despite, seen=wanted.seen)
        facts = None if wanted.plain else _facts(left, wanted, front, new)
        return left, {kind: write(left, kind, edition=facts) for kind in kinds}
    except WatchkeepError as problem:
        refuse(problem.sentence)
        raise


def _gone(new: Since | None, wanted: Wanted) -> Iterator[Residue]:
    """A doubt for each risk that only the older file has: no rule of the new one says who may read of it."""
    from watchkeep.domain.redaction import Residue

    if wanted.audience == "internal" or new is None:
        return
    for each in new.gone:
        sentence = (
            f"What is new would tell of {each.title}, which {Path(wanted.since).name} has and the "
            "new file has not: no rule says who may read of it. Leave --since out, or say why it may be told."
        )
        yield Residue("What is new since the last paper", each.title, sentence, certain=False)


def _since(whole: RegisterDocument, left: RegisterDocument, wanted: Wanted) -> Since:
    from watchkeep.domain.redaction import as_it_may_be_told, for_audience
    from watchkeep.domain.since import since
    from watchkeep.formats.readers import read_file

    path = Path(wanted.since)
    earlier = for_audience(read_file(path), wanted.audience)
    told = as_it_may_be_told(earlier, whole, left, wanted.audience)
    both = all(any(risk.rules for risk in paper.risks) for paper in (told, left))
    with_rules = both and wanted.audience == "internal"
    return since(told, left, earlier_called=path.name, with_rules=with_rules)


def _facts(left: RegisterDocument, wanted: Wanted, front: Front | None, new: Since | None) -> Edition:
    """The facts on the paper: no ledger stands behind a paper of a file."""
    from watchkeep.domain.edition import Edition, Matter

    overridden = f"At the command line: {wanted.override.strip()}" if wanted.override.strip() else ""
    return Edition(
        title=left.name.text or "Risk register",
        frozen_on=datetime.now().astimezone().date(),
        as_at=left.as_at.on,
        audience=wanted.audience,
        marking=wanted.marking,
        order=wanted.order,
        matter=Matter.model_validate({"front": front, "since": new, "overridden": overridden}),
    )


def _said(title: str) -> dict[str, object]:
    return {"state": "recorded", "text": title, "places": (), "confidence": 1.0, "reason": ""}
