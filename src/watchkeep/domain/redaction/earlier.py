"""The last paper, as it may be spoken of today: what was marked since is not told again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from watchkeep.domain.document import RegisterDocument, Risk, Rule
from watchkeep.domain.edition import Audience
from watchkeep.domain.fields import LISTS
from watchkeep.domain.redaction.building import for_audience
from watchkeep.domain.redaction.reading import (
    SHARED_LISTS,
    WHOLE_RISK,
    closed_throughout,
    covers,
    held_by,
    kept_from,
    resolved,
    withheld_paths,
)


def as_it_may_be_told(
    earlier: RegisterDocument,
    whole: RegisterDocument,
    left: RegisterDocument,
    audience: Audience,
    keys: Mapping[str, str] | None = None,
    gone: Iterable[Risk] = (),
) -> RegisterDocument:
    """`earlier`, a paper of that audience, under the rules of today's `whole` register, of which `left` is
    what the audience may have, and of the risks that are `gone` from it.

    `keys` says which risk of the register each of its keys is. Without them (None: a file's) a risk is known
    by its reference or key. One that may be any risk is left out while any rule stands.
    """
    if audience == "internal":
        return earlier
    stays = (risk for risk in whole.risks if WHOLE_RISK not in withheld_paths(risk, audience))
    lines = {risk.key: risk_left for risk, risk_left in zip(stays, left.risks, strict=True)}
    known = (*whole.risks, *gone)
    ruled = any(kept_from(rule.readers, audience) for risk in known for rule in risk.rules)
    shared = {path for risk in known for path in closed_throughout(risk, audience)}
    told: list[Risk] = []
    for each in earlier.risks:
        now = _met(each, known, keys)
        if now is None and ruled and (keys is not None or not each.reference.recorded):
            continue
        rules = _closed(each, now, lines.get(now.key), audience) if now else ()
        closed = tuple(Rule(field=path, readers="internal") for path in sorted(shared) if held_by(each, path))
        told.append(each.model_copy(update={"rules": (*rules, *closed)}))
    return for_audience(earlier.model_copy(update={"risks": tuple(told)}), audience)


def gone_because(
    reasons: Mapping[str, str], earlier: RegisterDocument, known: Iterable[Risk], audience: Audience
) -> dict[str, str]:
    """Why risks of `earlier` left the register, by the keys they have there: as far as the audience may know.
    `reasons` are by the keys of the register.
    """
    told: dict[str, str] = {}
    every = tuple(known)
    for each in earlier.risks:
        now = _met(each, every, {})
        closed = withheld_paths(now, audience) if now else frozenset()
        if now and now.key in reasons and not any(covers(path, "status") for path in closed):
            told[each.key] = reasons[now.key]
    return told


def _met(then: Risk, known: Sequence[Risk], keys: Mapping[str, str] | None) -> Risk | None:
    """The risk of the register that this one was."""
    if keys and then.key in keys:
        return next((each for each in known if each.key == keys[then.key]), None)
    reference = then.reference.text
    met = [each for each in known if reference and each.reference.text == reference]
    if not met and (keys is None or reference):
        met = [each for each in known if each.key == (then.key if keys is None else reference)]
    return met[0] if len(met) == 1 else None


def _closed(then: Risk, now: Risk, left: Risk | None, audience: Audience) -> tuple[Rule, ...]:
    """Today's rules for the risk as it was told then. A list of which a line is closed tells only the lines
    that it still has: which of the others was the marked one, in other words, nobody knows.
    """
    paths = [
        path for rule in now.rules if kept_from(rule.readers, audience) for path in resolved(now, rule.field)
    ]
    found: list[Rule] = []
    for path in paths:
        first, _, line = path.partition(":")
        if first in LISTS and line:
            still = {each.text for each in getattr(left, first)} if left else set()
            gone = [at for at, each in enumerate(getattr(then, first)) if each.text not in still]
            found += [Rule(field=f"{first}:{at}", readers="internal") for at in gone]
        elif first not in SHARED_LISTS or not line or held_by(then, path):
            found.append(Rule(field=path, readers="internal"))
    return tuple(found)
