"""A finding laid out for a page: its words inside their sentence, why it matters, and what may be done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from django.urls import reverse
from django.utils.http import urlencode

from watchkeep.apps.scrutiny.queries import Scrutiny
from watchkeep.domain.answering import ANSWERS, Finding, Given, Quote, quoted
from watchkeep.domain.document import Risk
from watchkeep.domain.fields import fields_of, parts_of
from watchkeep.domain.lint import RULES, Rule
from watchkeep.domain.lint.report import WEIGHTS, label_of_place
from watchkeep.web.register.links import register_link, risk_link
from watchkeep.web.words.forms import AnswerForm

RULE: Final[Mapping[str, Rule]] = {rule.code: rule for rule in RULES}
FEW: Final = 4  # findings of one rule that stand open
OPEN: Final = 3  # rules whose findings stand open; of the others their names and counts
OWN: Final = "mine"  # the choice of owner that means the risks that the viewer answers for
ANCHOR: Final = 12  # characters of a key: enough to tell apart what stands on one page


@dataclass(frozen=True, slots=True)
class Shown:
    """One finding as a page shows it."""

    finding: Finding
    rule: Rule
    place: str  # the field, as a person calls it
    quote: Quote | None
    risk: str
    risk_link: str
    owner: str
    answered: str  # what was answered, in words
    anchor: str
    answer_link: str
    back_link: str
    form: AnswerForm | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """What one rule found; where that is much, the rest is folded away."""

    rule: Rule
    rows: tuple[Shown, ...]

    @property
    def first(self) -> tuple[Shown, ...]:
        """Those that stand open on the page."""
        return self.rows if len(self.rows) <= FEW + 1 else self.rows[:FEW]

    @property
    def rest(self) -> tuple[Shown, ...]:
        """Those beneath."""
        return self.rows[len(self.first) :]


def shown(
    found: Iterable[Finding], risks: Mapping[str, Risk], slug: str, *, answering: bool = False
) -> tuple[Shown, ...]:
    """Findings of the register with this slug; with a form to answer the open ones in place, if asked."""
    texts: dict[str, dict[str, str]] = {}
    met: Counter[str] = Counter()
    rows = []
    for number, each in enumerate(found):
        risk = risks.get(each.found.risk)
        if risk is not None and risk.key not in texts:
            texts[risk.key] = texts_of(risk)
        form = _form(each, number) if answering and each.open else None
        anchor = _anchor(each, met)
        rows.append(_shown(each, risk, texts.get(each.found.risk, {}), slug, anchor, form))
    return tuple(rows)


def by_rule(rows: Iterable[Shown]) -> tuple[Group, ...]:
    """The same under their rules: the weightiest rule first, and of those the one that found most."""
    every = list(rows)
    counts = Counter(each.rule.code for each in every)
    order: Callable[[Shown], tuple[int, int, str]] = lambda each: (  # noqa: E731
        WEIGHTS.index(each.rule.weight),
        -counts[each.rule.code],
        each.rule.code,
    )
    return tuple(
        Group(RULE[code], tuple(group))
        for code, group in groupby(sorted(every, key=order), lambda each: each.rule.code)
    )


def chosen(rows: Iterable[Shown], choices: Mapping[str, str], own: Collection[str] = ()) -> tuple[Shown, ...]:
    """The rows that fit every choice; `own` are the keys of the risks that the viewer answers for."""
    tests: dict[str, Callable[[Shown, str], bool]] = {
        "rule": lambda row, asked: row.rule.code == asked,
        "weight": lambda row, asked: row.finding.found.weight == asked,
        "owner": lambda row, asked: (
            row.finding.found.risk in own if asked == OWN else (row.owner or "none") == asked
        ),
        "state": lambda row, asked: asked == "all" or row.finding.open == (asked == "open"),
    }
    return tuple(row for row in rows if all(tests[name](row, asked) for name, asked in choices.items()))


@dataclass(frozen=True, slots=True)
class Part:
    """A run of a sentence with where it leads."""

    text: str
    link: str = ""


def sentence(scrutiny: Scrutiny, slug: str) -> tuple[Part, ...]:
    """“34 findings in the words of 12 risks; 3 are errors.” Of those that nobody has answered."""
    found = scrutiny.open
    if not found:
        return ()
    risks = len({each.found.risk for each in found} - {""})
    grave = sum(each.found.weight == "error" for each in found)
    parts = [
        Part(f"{len(found)} {'finding' if len(found) == 1 else 'findings'}", words_link(slug)),
        Part(f" in the words of {risks} {'risk' if risks == 1 else 'risks'}"),
    ]
    if grave:
        link = words_link(slug, weight="error")
        parts += [Part("; "), Part(f"{grave} {'is an error' if grave == 1 else 'are errors'}", link)]
    return (*parts, Part("."))


def words_link(slug: str = "", **choices: str) -> str:
    """The page of all that is found in a register, with these choices."""
    chosen = {name: value for name, value in ({"register": slug} | choices).items() if value}
    return reverse("words") + (f"?{urlencode(chosen)}" if chosen else "")


def texts_of(risk: Risk) -> dict[str, str]:
    """What each field of a risk says, under its path."""
    said = {path: field.text or "" for path, field in fields_of(risk)}
    return said | {path: part.text for path, part in parts_of(risk)}


def called(risk: Risk) -> str:
    """A risk by its reference and its name."""
    return " ".join(filter(None, [risk.reference.text, risk.name.text])) or "Risk without a name"


def _shown(
    each: Finding,
    risk: Risk | None,
    texts: Mapping[str, str],
    slug: str,
    anchor: str,
    form: AnswerForm | None,
) -> Shown:
    found = each.found
    asked = urlencode({"register": slug, "finding": found.key})
    return Shown(
        finding=each,
        rule=RULE[found.code],
        place=label_of_place(found.field) if found.field else "",
        quote=_quote(each, texts),
        risk=called(risk) if risk else "",
        risk_link=f"{risk_link(found.risk, slug)}#{anchor}" if risk else register_link(slug),
        owner=(risk.owner.text or "") if risk else "",
        answered=said(each.answer) if each.answer else "",
        anchor=anchor,
        answer_link=f"{reverse('words-answer')}?{asked}",
        back_link=f"{reverse('words-take-back')}?{asked}",
        form=form,
    )


def _form(each: Finding, number: int) -> AnswerForm:
    return AnswerForm(initial={"number": each.number}, auto_id=f"answer-{number}-%s")


def _anchor(each: Finding, met: Counter[str]) -> str:
    """Its name on the page; the same words found twice under one rule are told apart."""
    key = each.found.key[:ANCHOR]
    met[key] += 1
    return f"finding-{key}" if met[key] == 1 else f"finding-{key}-{met[key]}"


def said(given: Given) -> str:
    """An answer in words."""
    return ANSWERS[given.answer] if given.answer else ""


def _quote(each: Finding, texts: Mapping[str, str]) -> Quote | None:
    """The words inside their sentence; nothing where what is wrong is that nothing is said."""
    found = each.found
    if not found.text.strip():
        return None
    text = texts.get(found.field, "")
    if text[found.start : found.end] != found.text:
        return Quote("", found.text, "")
    return quoted(text, found.start, found.end)
