"""Unowned: risks and promises that nobody answers for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from watchkeep.domain.finding import counted
from watchkeep.domain.lint.found import Found
from watchkeep.domain.lint.lines import unpromised
from watchkeep.domain.lint.paper import Paper, said
from watchkeep.domain.lint.rule import Rule
from watchkeep.domain.lint.samples import example, promise, risk
from watchkeep.domain.lint.stale import WAITS

_NOBODY: Final = re.compile(
    r"\s*(?:all|all (?:staff|managers|directors|departments|services|heads of service)|various|several|"
    r"everyone|"
    r"everybody|tbc|tba|tbd|to be (?:confirmed|agreed|appointed|decided|determined)|unknown|none|vacant|"
    r"vacancy|"
    r"n/?a|not known|not assigned|unassigned|the (?:board|committee|team|organisation|council|trust|force|"
    r"executive|service|department)|team|teams|departments?|services|board|committee|"
    r"senior management(?: team)?|"
    r"management(?: team)?|smt|slt|clt|cmt|leadership team|corporate|collective|shared|joint|"
    r"multiple|(?:(?!to\b|of\b|chair|head\b|lead\b|clerk\b)[\w&-]+ ){1,3}(?:team|board|committee|group|"
    r"cabinet|council))\s*\.?\s*",
    re.IGNORECASE,
)


def _no_owner(paper: Paper) -> Iterator[Found]:
    risks = paper.document.risks
    without = [each for each in risks if each.owner.state == "not recorded"]
    if without and len(without) == len(risks) > 1:
        yield Found(
            NO_OWNER.code,
            "",
            "owner",
            0,
            0,
            "",
            f"None of the {counted(len(risks), 'risk')} names an owner: nobody in particular answers for "
            f"any.",
            "Name the post that answers for each risk.",
            NO_OWNER.weight,
        )
        return
    for each in without:
        yield Found(
            NO_OWNER.code,
            each.key,
            "owner",
            0,
            0,
            "",
            "No owner is named for this risk.",
            "Name the post that answers for it.",
            NO_OWNER.weight,
        )


def _nobody(paper: Paper) -> Iterator[Found]:
    for passage in paper.of("owner"):
        if _NOBODY.fullmatch(passage.text):
            yield NOBODY.at(
                passage,
                0,
                len(passage.text),
                f"“{passage.text.strip()}” is no single post: where all answer, nobody can be asked.",
                "Name one post; others may help it.",
            )


def _promise_unowned(paper: Paper) -> Iterator[Found]:
    for each in paper.document.risks:
        for place, made in enumerate(each.promises):
            if not made.owner.strip() and made.state in WAITS:
                yield Found(
                    PROMISE.code,
                    each.key,
                    f"promises:{place}",
                    0,
                    len(made.title),
                    made.title,
                    "Nobody is named who is to do this.",
                    "Name the post that is to do it.",
                    PROMISE.weight,
                )
    yield from _actions_unowned(paper)


def _actions_unowned(paper: Paper) -> Iterator[Found]:
    """An action that names nobody, under a risk whose owner is not recorded either."""
    if not any(said(each.owner) for each in paper.document.risks):
        return  # the register has no owners at all, which is told once
    for line in unpromised(paper, "actions"):
        if said(line.passage.risk.owner) or line.sort.sort != "commitment" or line.sort.owner or line.told:
            continue
        yield PROMISE.at(
            line.passage,
            line.start,
            line.end,
            "Nobody is named who is to do this, and the risk has no owner to ask.",
            "Name the post that is to do it.",
        )


NO_OWNER: Final = Rule(
    code="UNOWNED-01",
    family="unowned",
    title="A risk without an owner",
    reason="What no post answers for is looked at by nobody between two meetings.",
    good=example("Risk owner: Director of Finance", risk(), risk("R2", name="Flooding of the main store")),
    bad=example("Risk owner: (empty)", risk(), risk("R2", name="Flooding of the main store", owner="")),
    weight="warning",
    look=_no_owner,
)
NOBODY: Final = Rule(
    code="UNOWNED-02",
    family="unowned",
    title="An owner that is no single post",
    reason="“All” and “various” put a risk with everybody, so that nobody can be asked about it.",
    good=example("Risk owner: Head of Estates", owner="Head of Estates"),
    bad=example("Risk owner: All managers", owner="All managers"),
    weight="warning",
    look=_nobody,
)
PROMISE: Final = Rule(
    code="UNOWNED-03",
    family="unowned",
    title="A promise that nobody is to keep",
    reason="A promise without a post cannot be chased, and nobody knows that it is theirs.",
    good=example("Renew the lease: Head of Estates", promises=(promise("Renew the lease"),)),
    bad=example("Renew the lease", promises=(promise("Renew the lease", owner=""),)),
    weight="warning",
    look=_promise_unowned,
)
RULES: Final = (NO_OWNER, NOBODY, PROMISE)
