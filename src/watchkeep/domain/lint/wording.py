"""How risks are cut and named: a topic for a name, several in one, an objective turned round, one impact for
several.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from rapidfuzz import fuzz

from watchkeep.domain.document import Risk
from watchkeep.domain.finding import in_words, listed
from watchkeep.domain.lint.found import Found
from watchkeep.domain.lint.framing import statement_of, stretches
from watchkeep.domain.lint.happening import happens
from watchkeep.domain.lint.paper import Paper, Passage, named
from watchkeep.domain.lint.rule import Rule
from watchkeep.domain.lint.samples import example, risk
from watchkeep.domain.lint.sentences import sentences

_LONGEST_TOPIC: Final = 8  # words; a longer name tells something


def _topics(paper: Paper) -> Iterator[Found]:
    for passage in paper.of("name"):
        words = re.findall(r"[\w’'&+-]+", passage.text)
        if words and len(words) <= _LONGEST_TOPIC and not happens(passage.text):
            yield TOPIC.at(
                passage,
                0,
                len(passage.text),
                "This names a subject. It does not say what might happen.",
                "Name the event: what would be lost, fail, stop or be late.",
            )
    for passage in paper.of("description"):
        if _names_a_subject(re.sub(r"\([^()]*\)", "", passage.text)):
            yield TOPIC.at(
                passage,
                0,
                len(passage.text),
                "This names a subject. It does not say what might happen.",
                "Say what might happen, because of what, and what would follow.",
            )


def _names_a_subject(text: str) -> bool:
    """Whether a description has no verb and tells of nothing that happens."""
    short = len(re.findall(r"\w+", text)) <= _LONGEST_TOPIC
    return bool(short or _A_SUBJECT.match(text)) and not _FINITE.search(text) and not happens(text)


_A_SUBJECT: Final = re.compile(
    r"^\W*(?:(?:the|our|effective|adequate)\s+)*\w+(?:tion|ment|ance|ence|ity|ing|ship|ness|ery|sion)\b"
    r"(?:\s*(?:,|and|&)\s*\w+)*\s+of\b",
    re.IGNORECASE,
)
_FINITE: Final = re.compile(
    r"\b(?:is|are|was|were|has|have|had|may|might|could|would|will|can|cannot|does|do|did|not|fails?|risk|"
    r"due to|because|leads?|results?|causes?|means|impacts?|affects?|remains?|continues?|requires?|"
    r"creates?)\b",
    re.IGNORECASE,
)


_ANOTHER: Final = re.compile(r"\b(?:risks? (?:that|of|to|is)|at risk|puts? .{0,20}at risk)\b", re.IGNORECASE)
_ALSO: Final = re.compile(
    r"\b(?:also (?:a |the )?(?:risks?|puts? at risk)|(?:further|additional|another|second|secondary) risks?|"
    r"risks? also)\b",
    re.IGNORECASE,
)
_SAYS_ENOUGH: Final = 3  # words, under which a part is a heading


def _several(paper: Paper) -> Iterator[Found]:
    for each in paper.document.risks:
        for passage in statement_of(paper, each):
            if passage.kind == "name":
                continue
            parts = _parts_rated_as_one(passage)
            if parts > 1:
                yield SEVERAL.at(
                    passage,
                    0,
                    len(passage.text),
                    f"This has {in_words(parts)} parts, each a risk of its own, under one rating.",
                    "Rate each part, or make each a risk, so that one can move without the others.",
                )
            elif span := _said_again(passage):
                yield SEVERAL.at(
                    passage,
                    *span,
                    "This tells of a further risk, which shares the rating of the first.",
                    "Make it a risk of its own, or say which of the two is rated.",
                )


def _parts_rated_as_one(passage: Passage) -> int:
    """How many parts a text has, each saying something of its own, where none is rated by itself."""
    if any(each.part for each in passage.risk.assessments) or passage.kind != "description":
        return 0
    parts = [each for each in passage.risk.description.parts if len(each.text.split()) >= _SAYS_ENOUGH]
    return len(parts) if len(parts) == len(stretches(passage)) else 0


def _said_again(passage: Passage) -> tuple[int, int] | None:
    """The sentence with which a text turns to another risk."""
    told = False
    for start, end in sentences(passage.text):
        sentence = passage.text[start:end]
        if told and _ALSO.search(sentence) and _ANOTHER.search(sentence):
            return start, end
        told = told or _ANOTHER.search(sentence) is not None
    return None


_TURNED: Final = re.compile(
    r"^\W*(?:(?:the|a|there is a)?\s*risks? (?:that|of)\s+)?(?:\w+\s+){0,6}?"
    r"(?:fail(?:s|ing|ure)?\s+to|(?:not|non)(?=[- ](?:achiev|meet|deliver|realis|fulfil))|unable to|"
    r"inability to|"
    r"not (?:be )?(?:able to|being able to|to)|"
    r"(?:do(?:es)?|will|would|can|may|could|might) (?:not|fail to)(?: be able to)?|cannot|"
    r"non-?(?:delivery|achievement) of|"
    r"failure (?:in|of)|fail)[\s-]+(?P<rest>.+)$",
    re.IGNORECASE | re.DOTALL,
)
_AIM: Final = re.compile(
    r"^(?:\w+\s+){0,2}?(?:achiev|deliver|meet|realis|fulfil|attain|accomplish|implement|secur)\w*\s+"
    r"(?:(?:the|our|its|all|of|agreed|stated|corporate|strategic|key|financial|annual|operational|business|"
    r"council|trust|force|university|local|national|medium|term|five|year|s|\d+|week|month|"
    r"[\w-]+[’']s)\s+){0,6}?"
    r"(?:objectives?|aims?|goals?|priorit(?:y|ies)|targets?|plans?|strateg(?:y|ies)|visions?|ambitions?|"
    r"outcomes?|benefits|savings|balanced budget|budget|mission|programme|control total|standards?)\W*$",
    re.IGNORECASE,
)
_ALIKE: Final = 80  # of 100: how much of an objective a risk may repeat before it is only its converse


def _converse(paper: Paper) -> Iterator[Found]:
    for each in paper.document.risks:
        for passage in statement_of(paper, each):
            for start, end in sentences(passage.text)[:1]:
                turned = _TURNED.match(passage.text[start:end])
                if turned and _is_converse(turned["rest"], each):
                    yield CONVERSE.at(
                        passage,
                        start,
                        end,
                        "This says only that an aim would not be met. It does not say what would stop it.",
                        "Say what might happen on the way: the event that would keep the aim from being met.",
                    )


def _is_converse(rest: str, each: Risk) -> bool:
    if _AIM.match(" ".join(rest.split())):
        return True
    objective = each.objective.text or ""
    if not objective or len(rest.split()) < 2:
        return False
    short = len(rest.split()) <= len(objective.split()) + 6
    return short and fuzz.token_set_ratio(_bare(rest), _bare(objective)) >= _ALIKE


def _bare(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


# --- One impact under several risks -------------------------------------------------------------------------

_RUN: Final = 9  # words in a row: shorter runs are turns of phrase
_SENTENCE: Final = 4  # words: a shorter sentence is a turn of phrase too
_WORD: Final = re.compile(r"\w+(?:[’'-]\w+)*")


def _pasted(paper: Paper) -> Iterator[Found]:
    texts = paper.of("impact")
    spans = [_runs(each.text) for each in texts]
    places: dict[tuple[str, ...], set[int]] = {}
    for place, found in enumerate(spans):
        for run in found:
            places.setdefault(run, set()).add(place)
    for place, passage in enumerate(texts):
        shared = {run: span for run, span in spans[place].items() if len(places[run]) > 1}
        if not shared:
            continue
        start, end = _stretch(sorted(shared.values()))
        others = {each for run in shared for each in places[run]} - {place}
        names = listed([named(texts[other].risk) for other in sorted(others)])
        yield PASTED.at(
            passage,
            start,
            end,
            f"The same words stand under {names}: they do not say what this risk in particular would do.",
            "Say what would follow from this risk, to whom, and how much.",
        )


def _runs(text: str) -> dict[tuple[str, ...], tuple[int, int]]:
    """Every run of so many words, and every short sentence, with where it stands."""
    words = [*_WORD.finditer(text)]
    found = {}
    for at in range(len(words) - _RUN + 1):
        run = words[at : at + _RUN]
        found[tuple(each[0].casefold() for each in run)] = (run[0].start(), run[-1].end())
    for start, end in sentences(text):
        whole = tuple(each[0].casefold() for each in _WORD.finditer(text, start, end))
        if _SENTENCE <= len(whole) < _RUN:
            found[whole] = (start, end)
    return found


def _stretch(spans: list[tuple[int, int]]) -> tuple[int, int]:
    """The first stretch that spans cover one after the other."""
    start, end = spans[0]
    for first, last in spans[1:]:
        if first > end:
            break
        end = max(end, last)
    return start, end


# --- The rules ----------------------------------------------------------------------------------------------


def _two(first: str, second: str) -> tuple[Risk, Risk]:
    return risk(impact=first), risk("R2", name="Flooding of the main store", impact=second)


_BOTH: Final = "i. Because the pump is old it may fail. ii. As the grant ends, the guard may have to go."
_SAME: Final = "Services to residents would be disrupted and the reputation of the body would be damaged."

_BUYERS: Final = "If two of the three buyers withdraw, the sites may stand empty, so that loans are needed."

TOPIC: Final = Rule(
    code="WORD-03",
    family="wording",
    title="A topic as a name",
    reason="A subject cannot happen, so nobody can say how likely it is; two readers see two risks in it.",
    good=example("Loss of the payroll service", name="Loss of the payroll service"),
    bad=example("Information technology", name="Information technology"),
    weight="note",
    look=_topics,
)
SEVERAL: Final = Rule(
    code="WORD-04",
    family="wording",
    title="Several risks in one",
    reason="One rating cannot say which of them it is for, and a rise in one hides behind a fall in another.",
    good=example(
        "Because the pump is old it may fail, so that the lower store floods.",
        description="Because the pump is old it may fail, so that the lower store floods.",
    ),
    bad=example(
        _BOTH,
        description=_BOTH,
        parts=(
            ("i.", "Because the pump is old it may fail."),
            ("ii.", "As the grant ends, the guard may have to go."),
        ),
    ),
    weight="warning",
    look=_several,
)
CONVERSE: Final = Rule(
    code="WORD-05",
    family="wording",
    title="The converse of an objective",
    reason="It adds nothing to the objective: no cause to act on, no event to watch for, nothing to rate.",
    good=example(
        _BUYERS,
        objective="Sell the three surplus sites",
        description=_BUYERS,
    ),
    bad=example(
        "Failure to sell the three surplus sites, with loss of income.",
        objective="Sell the three surplus sites",
        description="Failure to sell the three surplus sites, with loss of income.",
    ),
    weight="warning",
    look=_converse,
)
PASTED: Final = Rule(
    code="WORD-06",
    family="wording",
    title="One impact pasted under several risks",
    reason="What is true of every risk helps to choose between none of them.",
    good=example(
        "Impacts of their own under each risk",
        *_two("Staff would be paid up to five days late.", "The stock of the lower store would be lost."),
    ),
    bad=example(_SAME, *_two(_SAME, _SAME)),
    weight="warning",
    look=_pasted,
)
RULES: Final = (TOPIC, SEVERAL, CONVERSE, PASTED)
