"""Rules from outside the records, laid on the risks that they name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from watchkeep.domain.document import RegisterDocument, Risk, Rule
from watchkeep.domain.errors import Invalid
from watchkeep.domain.fields import PARTED
from watchkeep.domain.redaction.reading import resolved

NAMES: Final = (
    "Fields are named as in the register document: description, impact, controls:0 for the first control, "
    "trends:Q2, assessments:residual:rating, extra:Heading."
)


def with_rules(value: RegisterDocument, rules: Iterable[tuple[str, Rule]]) -> RegisterDocument:
    """The document with these rules beside those that it has, each for the risk of that reference or key.

    A rule for what is not there is refused: somebody meant something else by it.
    """
    found: dict[str, list[Rule]] = defaultdict(list)
    for name, rule in rules:
        risk = _risk(value, name)
        field = rule.field.strip()
        first, _, which = field.partition(":")
        paths = resolved(risk, field)
        if (field and "" in paths) or (which and paths == (first,) and first not in PARTED):
            raise Invalid("field", f"{name} has nothing called “{field}”. {NAMES}")
        found[risk.key].append(rule)
    return value.model_copy(
        update={
            "risks": tuple(
                risk.model_copy(update={"rules": (*risk.rules, *found[risk.key])})
                if risk.key in found
                else risk
                for risk in value.risks
            )
        }
    )


def _risk(value: RegisterDocument, name: str) -> Risk:
    wanted = " ".join(name.split()).casefold()
    met = [
        risk
        for risk in value.risks
        if wanted in ((risk.reference.text or "").strip().casefold(), risk.key.casefold())
    ]
    if len(met) != 1:
        known = ", ".join(risk.key for risk in value.risks)
        what = "no risk" if not met else "more than one risk"
        raise Invalid("risk", f"There is {what} called “{name}”; the risks are {known}.")
    return met[0]
