"""What promises are expected to do to indicators, and what their readings say of it.

What a worker kept is taken where it was found from the same things, and worked out now where it was not: no
answer waits for a worker.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from uuid import UUID

from django.utils import timezone

from watchkeep.apps.indicators.models import EffectFound, ExpectedEffect
from watchkeep.apps.indicators.queries.scope import visible_indicators
from watchkeep.apps.indicators.queries.series import series_among
from watchkeep.apps.treatment.models import Commitment
from watchkeep.apps.treatment.queries.commitments import CommitmentRow, rows_of, visible_commitments
from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.forecast import Awaited, Effect, Expected, awaited, effect_of, proposed
from watchkeep.domain.forecast.keeping import effect_again
from watchkeep.domain.forecast.traced import digest_of_effect
from watchkeep.domain.indicator import Series
from watchkeep.domain.people import Actor

KEPT_IN_MEMORY = 128  # effects that a process has worked out itself


@dataclass(frozen=True, slots=True)
class EffectRow:
    """What a promise is expected to do to an indicator, as it was last said."""

    id: UUID
    commitment: UUID
    indicator: UUID
    reference: str
    name: str
    expected: Expected
    from_on: date
    by: str
    known_at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class Looked:
    """An expected effect with what its readings say of it. `proposal`: that a person should say that it was
    delivered without effect, and why; empty where nothing is to be said. `kept`: a worker found it.
    """

    row: EffectRow
    waited: Awaited
    series: Series
    effect: Effect
    digest: str
    proposal: str
    kept: bool


def effects_of(viewer: Actor, commitment: UUID, clock: Clock = PRESENT) -> tuple[EffectRow, ...]:
    """What a promise that the viewer may see is expected to do, by indicator that they may see."""
    among = visible_commitments(viewer).filter(pk=commitment).values_list("pk", flat=True)
    return _rows(viewer, list(among), clock).get(commitment, ())


def looked_for(
    viewer: Actor, promises: Iterable[CommitmentRow], clock: Clock = PRESENT
) -> dict[UUID, tuple[Looked, ...]]:
    """By promise, each effect that is expected of it and what its readings say. The promises are rows that
    the viewer may see, as the same clock has them; the number of statements does not grow with them.
    """
    by_id = {each.id: each for each in promises}
    said = _rows(viewer, by_id, clock)
    if not said:
        return {}
    day = clock.day or timezone.localdate()
    every = series_among(viewer, {each.indicator for rows in said.values() for each in rows}, clock)
    asked = [
        _asked(each, by_id[commitment], every[each.indicator], day)
        for commitment, rows in said.items()
        for each in rows
        if each.indicator in every  # there was none of it yet on that day
    ]
    kept = _kept(asked)
    found: dict[UUID, list[Looked]] = defaultdict(list)
    for each in asked:
        found[each.row.commitment].append(_looked(each, by_id[each.row.commitment], kept, day))
    return {commitment: tuple(rows) for commitment, rows in found.items()}


def proposals(
    viewer: Actor, promises: Iterable[CommitmentRow], clock: Clock = PRESENT
) -> dict[UUID, tuple[Looked, ...]]:
    """By promise, the effects of which readings alone say that they did not come, and nobody said so yet."""
    found = looked_for(viewer, promises, clock)
    told = {one: tuple(each for each in rows if each.proposal) for one, rows in found.items()}
    return {one: rows for one, rows in told.items() if rows}


def promises_expecting(viewer: Actor, clock: Clock = PRESENT) -> tuple[CommitmentRow, ...]:
    """The promises of which an effect on an indicator is expected, as far as the viewer may see them."""
    expecting = ExpectedEffect.objects.filter(commitment__in=visible_commitments(viewer)).values("commitment")
    return rows_of(viewer, Commitment.objects.filter(pk__in=expecting), clock)


def proposal_of(rows: Iterable[Looked]) -> str:
    """What is proposed of one promise, in one text."""
    return " ".join(
        f"{each.row.reference} {each.row.name}: {each.proposal}" for each in rows if each.proposal
    )


# --- Beneath the queries ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Asked:
    row: EffectRow
    waited: Awaited
    series: Series
    undone: str
    digest: str


def _rows(viewer: Actor, commitments: Collection[UUID], clock: Clock) -> dict[UUID, tuple[EffectRow, ...]]:
    """By promise, what was last said of each indicator and not taken back, in one statement."""
    told = ExpectedEffect.objects.filter(
        commitment__in=list(commitments), indicator__in=visible_indicators(viewer)
    )
    if clock.known_at is not None:
        told = told.filter(known_at__lte=clock.known_at)
    last = {
        (each.commitment_id, each.indicator_id): each
        for each in told.select_related("indicator").order_by("number")
    }
    found: dict[UUID, list[EffectRow]] = defaultdict(list)
    for each in sorted(last.values(), key=lambda each: each.indicator.number):
        if not each.withdrawn:
            found[each.commitment_id].append(_row(each))
    return {commitment: tuple(rows) for commitment, rows in found.items()}


def _row(said: ExpectedEffect) -> EffectRow:
    return EffectRow(
        id=said.pk,
        commitment=said.commitment_id,
        indicator=said.indicator_id,
        reference=said.indicator.reference,
        name=said.indicator.name,
        expected=Expected("change" if said.measure == "change" else "level", said.amount, said.by_on),
        from_on=said.from_on,
        by=said.by,
        known_at=said.known_at,
        why=said.why,
    )


def _asked(row: EffectRow, promise: CommitmentRow, series: Series, day: date) -> _Asked:
    """The question as it is put on a day: what was promised for when the effect was expected counts."""
    facts, said_on = promise.facts, timezone.localdate(row.known_at)
    ended = bool(facts.outcome) and (facts.outcome_on is None or facts.outcome_on <= day)
    due_on = next((slip.from_day for slip in promise.slips if slip.on > said_on), promise.due_on)
    done_on = facts.outcome_on if ended and facts.outcome == "done" else None
    undone = ""
    if not ended:
        undone = "It is not done yet: whether its effect came is looked for afterwards."
    elif facts.outcome != "done":
        undone = "It was dropped: no effect is looked for."
    waited = awaited(row.expected, from_on=row.from_on, due_on=due_on, done_on=done_on)
    return _Asked(row, waited, series, undone, digest_of_effect(series, waited, as_at=day, undone=undone))


def _kept(asked: Iterable[_Asked]) -> Mapping[tuple[UUID, str], Effect]:
    wanted = {(each.row.id, each.digest) for each in asked}
    rows = EffectFound.objects.filter(
        expected__in={one for one, _ in wanted}, digest__in={digest for _, digest in wanted}
    )
    found = rows.values_list("expected", "digest", "result")
    return {(one, digest): effect_again(text) for one, digest, text in found if (one, digest) in wanted}


def _looked(
    asked: _Asked, promise: CommitmentRow, kept: Mapping[tuple[UUID, str], Effect], day: date
) -> Looked:
    effect = kept.get((asked.row.id, asked.digest))
    found = effect or _worked_out(asked.series, asked.waited, day, asked.undone)
    proposal = proposed(promise.facts, found, asked.waited.expected.by, day) or ""
    return Looked(
        asked.row, asked.waited, asked.series, found, asked.digest, proposal, kept=effect is not None
    )


@lru_cache(maxsize=KEPT_IN_MEMORY)
def _worked_out(series: Series, waited: Awaited, day: date, undone: str) -> Effect:
    return effect_of(series, waited.expected, started=waited.started, as_at=day, undone=undone)
