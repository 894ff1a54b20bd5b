"""The last paper, as it may be spoken of today: what was marked since is not told again."""

from __future__ import annotations

from watchkeep.domain.document import RegisterDocument, Risk, Rule
from watchkeep.domain.edition import Audience
from watchkeep.domain.fields import LISTS
from watchkeep.domain.redaction.building import for_audience
from watchkeep.domain.redaction.reading import kept_from, resolved


def as_it_may_be_told(
    earlier: RegisterDocument, whole: RegisterDocument, left: RegisterDocument, audience: Audience
) -> RegisterDocument:
    """`earlier`, a paper of that audience, under the rules of today's `whole` register, of which `left` is
    what the audience may have.
    """
    if audience == "internal":
        return earlier
    ruled = [risk for risk in whole.risks if risk.rules]
    named = {risk.key: risk for risk in ruled}
    named |= {risk.reference.text: risk for risk in ruled if risk.reference.text}
    risks = tuple(
        each.model_copy(update={"rules": _closed(each, now, left.risk(each.key), audience)})
        if (now := named.get(each.reference.text or "") or named.get(each.key))
        else each
        for each in earlier.risks
    )
    return for_audience(earlier.model_copy(update={"risks": risks}), audience)


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
        elif first != "promises" or not line or any(each.key == line for each in then.promises):
            found.append(Rule(field=path, readers="internal"))
    return tuple(found)
