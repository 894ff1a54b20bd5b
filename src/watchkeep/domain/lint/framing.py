"""How a risk is worded: whether it says what might happen, why, and what would follow."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from watchkeep.domain.document import Risk
from watchkeep.domain.lint.found import Found
from watchkeep.domain.lint.happening import happens
from watchkeep.domain.lint.paper import Paper, Passage, said
from watchkeep.domain.lint.rule import Rule
from watchkeep.domain.lint.samples import example
from watchkeep.domain.lint.sentences import Span, sentences

# --- The words of cause, of consequence, of what may be and of what is --------------------------------------

_CAUSE: Final = re.compile(
    r"\b(?:because|due to|owing to|as a (?:result|consequence) of|caused by|arising (?:from|out of)|"
    r"resulting from|given|following|since|in (?:the )?light of|driven by|compounded by|by reason of|through|"
    r"stemming from|on account of|thanks to|if|when|where|unless|as|from|after|without|by|amid|"
    r"results? from|attributable to|in the event of|in response to|linked to|owed to|has led to|means that|"
    r"while|whilst|having|reliance on|dependen(?:t|ce) on|may not|do not|does not|so|causes?|"
    r"and therefore)\b",
    re.IGNORECASE,
)
_CONSEQUENCE: Final = re.compile(
    r"\b(?:so|would|will|leaves?|without|lead(?:s|ing)? to|led to|result(?:s|ing|ed)? in|so that|"
    r"such that|caus(?:es|ing)|creat(?:es|ing)|"
    r"impact(?:s|ing|ed)?|affect(?:s|ing|ed)?|mean(?:s|ing)|therefore|thus|hence|thereby|consequen\w+|"
    r"hamper\w*|impair\w*|damag\w*|harm\w*|loss(?:es)?|lose|losing|cost(?:s|ing)?|penalt\w+|fines?|fined|"
    r"injur\w+|deaths?|disrupt\w*|delay\w*|reputation\w*|undermin\w*|prevent\w*|inability|unable|"
    r"compromis\w*|"
    r"overspend\w*|shortfall|which (?:would|could|may|might|will|can)|in turn|leaving|reduc\w+|threaten\w*|"
    r"jeopardis\w*|puts?|at risk|fail(?:s|ing|ed|ure)? to|will not|cannot|claims?|litigation|sanctions?|"
    r"interrupt\w*|outage|closure|expos\w+|suffer\w*|breach\w*|insolven\w*|increas\w+)\b",
    re.IGNORECASE,
)
_MAY_BE: Final = re.compile(
    r"\b(?:may|might|could|would|can|cannot|potential(?:ly)?|possib\w+|risks? (?:that|of)|risk is|if|unless|"
    r"threat(?:s|en\w*)?|fail(?:s|ed|ing|ures?)?|inability|uncertain\w*|likel(?:y|ihood)|unlikely|"
    r"chance|probab\w+|unpredictable|danger|should .{1,40} (?:fail|occur|happen|not)|in the event|will|"
    r"exposed to|vulnerable to|susceptible|at risk (?:of|from)|loss of|lack of .{0,60} (?:may|could)|"
    r"not (?:be )?able|"
    r"exceed|outbreak|attack|collapse|breach|insolvency|withdrawal of|disruption|shall)\b",
    re.IGNORECASE,
)
_BAD: Final = (
    r"(?:insufficient|inadequate|lacking|limited|less|fewer|poor|weak|outdated|unsupported|overdue|below|"
    r"beneath|behind|vacant|unable|ageing|aged|fragmented|inconsistent|challenging|deficient|stretched|"
    r"under (?:significant |severe |extreme |increasing )?(?:pressure|strain|resourced)|"
    r"under[- ]?(?:resourced|staffed|"
    r"funded|represented|performing)|at capacity|over (?:budget|capacity)|overspent|oversubscribed|"
    r"unsustainable|non-compliant|failing|falling|deteriorating|difficult|out of date|too \w+|short (?:of|"
    r"staffed)|"
    r"in breach|late|unreliable|incomplete|broken|ineffective|beyond|end of life|unfunded|not (?:yet |"
    r"been |fully |"
    r"currently |always |being )*(?:met|in place|compliant|fit|available|complete|tested|sufficient|adequate|"
    r"meeting|understood|recorded|able|funded|supported|working|effective|achiev\w+|deliver\w+|maintained)|"
    r"no longer \w+|lower than|higher than|worse than|unsatisfactory|unacceptable|unmet|obsolete|leaking|"
    r"at (?:a )?record|in (?:deficit|special measures|arrears)|"
    r"closed)"
)
_IS_SO: Final = re.compile(
    r"\b(?:is|are|remains?|(?:has|have) (?:been|become|remained)|continues? to be|being)\s+"
    r"(?:(?:\w+ly|still|now|already|also|very|so|far|much|often|almost|well|in|at|significant|"
    r"severe)\s+){0,3}?"
    rf"{_BAD}\b"
    r"|\bthere (?:is|are|remains?|has been|have been|continues? to be)\s+(?:still |currently |already )?"
    r"(?:an?\s+)?(?:\S+\s+){0,2}?(?:lack|shortage|shortages|backlogs?|gaps?|no|insufficient|limited|"
    r"shortfall|"
    r"deficit|delays?|vacanc(?:y|ies)|not enough|too few|too many|over-?reliance|inconsisten\w+|"
    r"weakness(?:es)?|"
    r"overspend|unfunded)\b"
    r"|\b(?:does|do) not (?:currently |yet |fully |always )*(?:have|meet|comply|work|hold|know|match|"
    r"cover|reflect|"
    r"support|provide|receive|record|assist)\b"
    r"|\b(?:we|it|they|force|trust|council|service|team|department|organisation|university|authority|board|"
    r"college|association|company)\s+(?:currently )?(?:lacks?|ha(?:s|ve) (?:no|too few|a shortage|"
    r"a backlog|insufficient))\b"
    r"|\b(?:has|have) (?:currently |still |now )?(?:an? )?(?:\S+ ){0,2}?(?:vacanc(?:y|ies)|backlogs?|"
    r"shortfalls?|"
    r"deficits?|overspends?|shortages?)\b"
    r"|\b(?:has|have) (?:failed|lost|run out|fallen|not been|exceeded|overspent|missed|closed|left|stopped)\b"
    r"|\b(?:rated|judged|graded|found|findings? of|"
    r"assessed as)\s+(?:\w+\s+){0,3}?(?:requir\w+ improvement|inadequate|"
    r"unsatisfactory|non-compliant|limited assurance|wanting)\b",
    re.IGNORECASE,
)


def statement_of(paper: Paper, risk: Risk) -> tuple[Passage, ...]:
    """The texts that say what the risk is: description and event; where there are none, its name."""
    return paper.of_risk(risk, "description", "event") or paper.of_risk(risk, "name")


def stretches(passage: Passage) -> tuple[Span, ...]:
    """The text, or each of its parts: a part is a risk's wording of its own."""
    field = passage.risk.description
    if passage.kind != "description" or len(field.parts) < 2:
        return ((0, len(passage.text)),)
    found, at = [], 0
    for part in field.parts:
        start = passage.text.find(part.text.strip(), at) if part.text.strip() else -1
        if start >= 0:
            at = start + len(part.text.strip())
            found.append((start, at))
    return tuple(found) or ((0, len(passage.text)),)


# --- The rules' eyes ----------------------------------------------------------------------------------------

_LONG: Final = 30  # words: a longer text without these words tells it in some other way
_SHORT: Final = 10  # words: a longer sentence tells its cause as what does something
_EVENT_ALONE: Final = re.compile(
    r"^\W*(?:(?:there is )?(?:a |the )?risks? (?:of|that)\s+)?(?:\w+\s+){0,2}?(?:fail(?:s|ing|ures?)?|"
    r"loss|inability|"
    r"breach(?:es)?|non-\w+|delays?|fire|fraud|flooding|theft|outage|disruption|injury|death)\b",
    re.IGNORECASE,
)


def _cause_and_consequence(paper: Paper) -> Iterator[Found]:
    for risk in paper.document.risks:
        told = statement_of(paper, risk)
        text = " ".join(each.text for each in told)
        words = len(text.split())
        if not told or told[0].risk.description.parts or words > _LONG or not happens(text):
            continue
        alone = words <= _SHORT or _EVENT_ALONE.match(text)
        cause = said(risk.cause) or not alone or _CAUSE.search(text)
        follows = said(risk.impact) or _CONSEQUENCE.search(text)
        missing = [
            name
            for name, there in (("why it might happen", cause), ("what would follow", follows))
            if not there
        ]
        if missing:
            yield CAUSE.at(
                told[0],
                0,
                len(told[0].text),
                f"This does not say {' or '.join(missing)}.",
                "Say: because of this, that may happen, so that this would follow.",
            )


def _already_so(paper: Paper) -> Iterator[Found]:
    for risk in paper.document.risks:
        for passage in statement_of(paper, risk):
            for start, end in stretches(passage):
                stretch = passage.text[start:end]
                match = _IS_SO.search(stretch)
                if not match or _MAY_BE.search(stretch) or passage.kind == "name":
                    continue
                first, last = next(
                    (each for each in sentences(stretch) if each[0] <= match.start() < each[1]),
                    (0, len(stretch)),
                )
                yield ISSUE.at(
                    passage,
                    start + first,
                    start + last,
                    f"“{' '.join(match[0].split())}” says that this is so already. What might still "
                    f"happen is not said.",
                    "Say what may come of it; what is so already is an issue, or the cause of a risk.",
                )


CAUSE: Final = Rule(
    code="WORD-01",
    family="wording",
    title="No cause, or no consequence",
    reason="Without a cause nobody can act on it; without a consequence nobody can say what it matters.",
    good=example(
        "Because the pump is past its working life it may fail, so that the lower store floods.",
        description="Because the pump is past its working life it may fail, so that the lower store floods.",
    ),
    bad=example("The pump may fail.", description="The pump may fail."),
    weight="warning",
    look=_cause_and_consequence,
)
ISSUE: Final = Rule(
    code="WORD-02",
    family="wording",
    title="An issue written as a risk",
    reason=(
        "What is so already has no likelihood. Rated as a risk, it hides what might still come of it, and "
        "the "
        "work that it needs today."
    ),
    good=example(
        "As the archive has no fire alarm, a fire could spread unseen, so that records are lost.",
        description="As the archive has no fire alarm, a fire could spread unseen, so that records are lost.",
    ),
    bad=example(
        "There is a shortage of drivers, which leads to late deliveries, due to low pay.",
        description="There is a shortage of drivers, which leads to late deliveries, due to low pay.",
    ),
    weight="warning",
    look=_already_so,
)
RULES: Final = (CAUSE, ISSUE)
