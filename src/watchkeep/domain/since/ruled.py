"""Who may read what of a risk, where that differs: for those who may see the rules, and for nobody else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from watchkeep.domain.document import Risk, Rule
from watchkeep.domain.fields import label_of
from watchkeep.domain.finding import listed, written
from watchkeep.domain.since.values import Rescored
from watchkeep.domain.since.why import title_of

WHOLE = "The whole risk"
READ_BY = {
    "internal": "read inside the body alone",
    "committee": "read by the committee, not by the public",
    "public": "read by all",
}
NO_RULE = "no rule"


def ruled(pairs: Iterable[tuple[Risk, Risk]], new: Iterable[Risk]) -> Iterator[Rescored]:
    """The rules that came, went or say something else; the words that a rule covers are not told again."""
    for old, risk in pairs:
        yield from _of_risk(old.rules, risk)
    for risk in new:
        yield from _of_risk((), risk)


def _of_risk(before: tuple[Rule, ...], risk: Risk) -> Iterator[Rescored]:
    then, now = _by_field(before), _by_field(risk.rules)
    for field in dict.fromkeys((*then, *now)):
        was, stands = (tuple(map(_said, rules.get(field, ()))) for rules in (then, now))
        if set(was) != set(stands):
            yield Rescored(
                key=risk.key,
                title=title_of(risk),
                reason=" ".join(dict.fromkeys(each.harm for each in now.get(field, ()) if each.harm)),
                what=_label(risk, field),
                before=listed(was) or NO_RULE,
                after=listed(stands) or NO_RULE,
            )


def _by_field(rules: tuple[Rule, ...]) -> dict[str, list[Rule]]:
    found: dict[str, list[Rule]] = {}
    for each in rules:
        found.setdefault(each.field, []).append(each)
    return found


def _said(rule: Rule) -> str:
    told = [READ_BY[rule.readers], *([rule.exemption] if rule.exemption else [])]
    if rule.until:
        told.append(f"to be looked at again on {written(rule.until)}")
    return ", ".join(told)


def _label(risk: Risk, field: str) -> str:
    if not field:
        return WHOLE
    first, _, rest = field.partition(":")
    promise = next((each for each in risk.promises if first == "promises" and each.key == rest), None)
    if promise is not None:
        return f"Promise “{promise.title}”"
    return "Promise" if first == "promises" and rest else label_of(field)
