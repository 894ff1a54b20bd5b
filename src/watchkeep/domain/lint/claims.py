"""Sentences that claim that something became better, or that something has an effect.

Only what is told as so: an aim ("to improve"), a hope ("could reduce") and the name of a piece of work
("Improving data sharing") claim nothing. Whether a claim is measured, or bound, is not asked here.
"""

from __future__ import annotations

import re
from typing import Final

from watchkeep.domain.lint.sentences import Span, sentences

_OFTEN: Final = (
    r"(?:\s+(?:also|now|already|since|all|both|further|so far|been|helped to|helped|significantly|greatly|"
    r"much|[a-z]+ly))*"
)
# Better in any sentence.
_BETTER: Final = (
    r"(?:improved|strengthened|enhanced|mitigated|eased|stabilised|recovered|bettered|lessened|resolved|"
    r"made (?:a|an|some|good|great|real|clear|significant|considerable) (?:\w+ )?"
    r"(?:difference|progress|improvements?|impact)|"
    r"provided (?:\w+ )?(?:assurance|learning|confidence)|"
    r"delivered (?:\w+ )?(?:benefits?|improvements?|results))"
)
# Better where less is better; of something that a body wants more of it is worse.
_LESS: Final = (
    r"(?:reduced|decreased|fallen|fell|dropped|declined|lowered|cut|halved|shrunk|come down|gone down)"
)
_MORE: Final = r"(?:increased|risen|rose|grown|gone up|doubled)"
_WANTED: Final = re.compile(
    r"\b(?:capacity|capabilit\w+|funding|resilience|budgets?|income|grants?|staff\w*|workforce|headcount|"
    r"confidence|ability|attendance|availability|reserves?|resources?|resourcing|trust|compliance|awareness|"
    r"uptake|coverage|satisfaction|skills?|morale|visibility|detections?|productivity|performance|quality|"
    r"retention|recruitment|applications?|liquidity|cash|revenues?|supply|supplies|legitimacy|"
    r"representation|occupancy of posts|completion)\b",
    re.IGNORECASE,
)
_GOOD_NEWS: Final = (
    r"(?:positive|beneficial|encouraging|favourable|promising|good|excellent|noticeable|demonstrable|"
    r"tangible)"
)
_SURE: Final = tuple(
    re.compile(each, re.IGNORECASE)
    for each in (
        rf"\b(?:has|have|had|was|were|is|are){_OFTEN}\s+{_BETTER}\b(?! by \d{{4}})",
        r"\b(?:is|are|been|remains?|keeps?|kept)(?:\s+(?:now|also|already|\w+ly))*\s+"
        r"(?:improving|strengthening|getting better|working(?: very)? well|working effectively|"
        r"effective\b(?! from)|proving (?:to be )?(?:\w+ )?(?:effective|successful|useful|valuable)|"
        r"making (?:a|an|good|real|some) (?:\w+ )?(?:difference|progress|impact|improvements?)\b|"
        r"(?:having|delivering) (?:an?\b|the\b|good|some|real|clear)?\s?(?:\w+ )?(?:impact|effect|benefits?|"
        r"improvements?|results?|difference))",
        r"\bcontinu(?:es?|ed|ing) to (?:improve|strengthen|deliver (?:\w+ )?(?:benefits|improvements))\b",
        r"\bprogress (?:has|have|is|was|continues to be) (?:been |being )?(?:made|achieved)\b",
        r"\bimproving (?:trend|picture|position|trajectory|direction|performance|figures)\b",
        r"\b(?:shows?|showed|showing|shown|seen|seeing|saw|noted|observed|achieved|evidenced) "
        r"(?:(?:an?|some|signs of|clear|real|continued|steady|marked|significant|early) )*improvements?\b",
        r"\bimprovements? (?:(?:has|have|is|are|was|were|being) )*(?:been )?(?:made|seen|noted|observed|"
        r"achieved|realised|sustained|recorded|evident)\b",
        r"\b(?:led|leading|resulted|resulting|contributed|contributing) (?:to|in) (?:an?\b )?(?:\w+ )?"
        r"(?:better|improved|improvements?|fewer|faster|quicker|enhanced|stronger)\b",
        r"\b(?:was|were|been|proved|proven|is|are) (?:very |highly |largely )?(?:a success|successful)\b"
        r"(?! (?:bid|applicant|candidate|tender))",
        rf"\b{_GOOD_NEWS} (?:\w+ )?(?:impacts?|effects?|results?|progress|difference|feedback|improvements?|"
        r"outcomes?|trends?|direction|signs?)\b",
        r"\b(?:improved|strengthened|enhanced) (?:its|our|their|both)\b",
        r"^\W*improved\b",
        r"\b(?:controls?|arrangements?|processes|procedures|systems?|governance|monitoring|oversight|management|"
        r"policies|training|compliance|assurance|security|measures|plans) (?:is|are|remains?) "
        r"(?:\w+ly |very )?(?:robust|strong|sound|adequate|comprehensive|excellent|good)\b(?! enough)",
        r"^\W*(?:fully|wholly|100 ?%|totally) compliant\b",
        r"\b(?:is|are|remains?) (?:fully|wholly|100 ?%|totally) compliant\b",
        r"\b(?:is|are) (?:now |also )*better (?:informed|prepared|placed|equipped|protected|understood|"
        r"managed)\b",
        r"\bimproved [^.;]{0,70}\b(?:in place|seen|achieved|delivered|realised)\b",
    )
)
_LESSENED: Final = re.compile(
    rf"\b(?:has|have|had){_OFTEN}\s+{_LESS}\b"
    r"|\b(?:is|are|been) (?:now |also |already |\w+ly )*(?:reducing|falling|decreasing|declining|dropping|"
    r"coming down|going down)\b"
    r"|\bcontinu(?:es?|ed|ing) to (?:reduce|fall|decrease|decline|drop)\b"
    r"|\b(?:led|leading|resulted|resulting|contributed) (?:to|in) (?:an?\b )?(?:\w+ )?"
    r"(?:reduced|reductions?|decreases?|drop|fall)\b"
    r"|\b(?:seen|seeing|saw|showing|shown|shows?|observed|achieved) (?:an?\b )?(?:\w+ )?"
    r"(?:reductions?|decreases?|falls?|drops?)\b",
    re.IGNORECASE,
)
_GREW: Final = re.compile(
    rf"\b(?:has|have|had){_OFTEN}\s+{_MORE}\b"
    r"|\b(?:is|are|been) (?:now |\w+ly )*(?:increasing|rising|growing)\b"
    r"|\bcontinu(?:es?|ed|ing) to (?:increase|rise|grow)\b",
    re.IGNORECASE,
)
# Before the words that claim, in the same clause: what makes of them an aim, a fear, a condition or a denial.
_HEDGE: Final = re.compile(
    r"\b(?:may|might|could|would|should|will|shall|can|cannot|if|whether|unless|until|once|when|aims?|aimed|"
    r"aiming|intend\w*|hop(?:e|es|ed|ing)|expected|designed|planned|in order|so that|ability|unable|"
    r"inability|fail\w*|risk|lack|without|not|no|never|hamper\w*|seek\w*|needs?|required?|yet|"
    r"\w+n[’']t|ensur(?:e|es|ing)|help to|to (?!date\b|the\b|a\b|an\b|our\b|its\b|their\b|this\b|\d))\b",
    re.IGNORECASE,
)
_NO_HEDGE: Final = re.compile(
    r"\b(?:continu(?:es?|ed|ing)|le(?:d|ading)|due|thanks|according|contribut\w+|helped|prior|subject|"
    r"relat\w+|"
    r"respon\w+|access|compared|owing) to\b|\bnot only\b|\bno longer\b",
    re.IGNORECASE,
)
_CLAUSE: Final = re.compile(
    r"[,;:()–—]|\s-\s|\b(?:and|but|which|while|whilst|although|where)\b", re.IGNORECASE
)


def claims(text: str) -> tuple[Span, ...]:
    """The spans of the sentences that claim an improvement or an effect, in their order."""
    return tuple((start, end) for start, end in sentences(text) if claimed(text[start:end]))


def claimed(sentence: str) -> str:
    """The words with which a sentence claims an improvement or an effect; none where it claims neither."""
    for pattern in _SURE:
        for match in pattern.finditer(sentence):
            if not _hedged(sentence, match.start()):
                return match[0]
    for pattern, wanted in ((_LESSENED, False), (_GREW, True)):
        for match in pattern.finditer(sentence):
            gain = bool(_WANTED.search(_about(sentence, match))) == wanted
            if gain and not _hedged(sentence, match.start()):
                return match[0]
    return ""


def _hedged(sentence: str, at: int) -> bool:
    before = _NO_HEDGE.sub(lambda match: "~" * len(match[0]), sentence[:at])
    clause = [*_CLAUSE.split(before)][-1]
    return _HEDGE.search(clause) is not None


def _about(sentence: str, match: re.Match[str]) -> str:
    """The few words on either side that say what became less or more."""
    before, after = sentence[: match.start()].split(), sentence[match.end() :].split()
    return " ".join((*before[-6:], "|", *after[:4]))
