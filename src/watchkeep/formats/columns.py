"""Every heading Watchkeep knows, declared once: what readers recognise, and what writers print.

What people call things (gross, net, RAG, direction of travel …) is translated here and appears nowhere else.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

# Below this likeness two headings are different things: at 47 "Planned mitigations" is like "Residual
# rating".
LIKENESS_FLOOR = 87


@dataclass(frozen=True, slots=True)
class Known:
    """A field of a risk: the heading writers print, and the headings readers take for it."""

    meaning: str
    printed: str
    headings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a heading means, and how sure that is; `reason` stands where it is not certain.

    `rank` orders headings that compete for one field (0 is the plainest name for it).
    """

    meaning: str
    confidence: float = 1.0
    reason: str = ""
    rank: int = 0


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split("|"))


KNOWN = (
    Known(
        "reference",
        "Reference",
        _names(
            "ref|reference|risk ref|risk reference|risk id|id|risk no|risk number|no|number|#|ref no|"
            "ref number|reference no|reference number|risk ref no|risk reference number|identifier|"
            "risk identifier|unique id|unique reference|urn|uid|risk code|code|id no|id number|item no|item|"
            "risk #|s no|sl no|sr no|serial no|serial number|register ref|datix id|datix ref|datix no|crr|"
            "crr ref|crr no|srr ref|baf ref|risk id no|corporate risk ref|corporate risk no|"
            "strategic risk ref|r no|rid|key|nr|risk nr|ref id|risk register ref|risk register no|"
            "register no|risk register id|line|row"
        ),
    ),
    Known(
        "name",
        "Risk",
        _names(
            "risk title|title|risk name|name|risk|risk headline|headline|short name|risk heading|summary|"
            "risk summary|short description|short title|title of risk|name of risk|strategic risk|"
            "corporate risk|principal risk|key risk|risks|identified risk|risk item|risk factor|"
            "potential risk|risk event title|brief description|risk short name|corporate risk title|"
            "strategic risk title|what is the risk|threat|hazard|the risk|risk label|top risks|"
            "risk identified|risks identified|risk short description|risk subject|subject|risk / issue"
        ),
    ),
    Known(
        "description",
        "Description",
        _names(
            "description|risk description|description of risk|description of the risk|detail|details|"
            "risk detail|risk details|risk statement|definition|risk definition|detailed description|"
            "full description|nature of risk|risk and description|risk scenario|scenario|risk narrative|"
            "narrative|there is a risk that|explanation|long description|what could go wrong|"
            "what might happen|what could happen|what might go wrong|background|context|risk context|desc|"
            "risk desc|description of risk and impact|description of risk and its impact|nature of the risk|"
            "risk description and impact|description / impact|there is a risk of|risk explanation|"
            "risk overview|risk description cause event effect|cause event effect|cause event and effect|"
            "cause event consequence|cause risk effect|cause and effect|risk cause and effect|"
            "cause and consequence|statement of risk"
        ),
    ),
    Known(
        "event",
        "Event",
        _names("event|risk event|uncertain event|risk events|event description|description of event"),
    ),
    Known(
        "cause",
        "Cause",
        _names(
            "cause|causes|risk cause|risk causes|root cause|root causes|source|source of risk|"
            "sources of risk|trigger|triggers|risk trigger|risk triggers|risk driver|risk drivers|drivers|"
            "driver|due to|caused by|as a result of|cause of risk|causes of risk|contributory factors|"
            "contributing factors|risk source|risk sources|possible causes|potential causes|potential cause|"
            "key causes|main causes|cause of the risk|threats|cause / trigger|cause / source|"
            "cause description|why|because|because of|trigger events|vulnerability|vulnerabilities|"
            "threat source|if|arising from|threats / causes"
        ),
    ),
    Known(
        "impact",
        "Impact",
        _names(
            "risk consequence|risk consequences|potential impact|potential impacts|potential consequence|"
            "potential consequences|effect|effects|risk effect|risk effects|impacts|consequences|"
            "impact description|description of impact|impact of risk|impact of the risk|resulting in|"
            "leading to|implications|possible consequences|possible impact|impact on objectives|"
            "consequence of risk|consequences of risk|which could result in|result|results|effect of risk|"
            "potential effect|potential effects|then|impact details|impact detail|impact / consequence|"
            "impact / consequences|consequence / impact|consequences / impact|effect / impact|"
            "impact / effect|consequence description|what would the impact be|impact statement|"
            "risk implications|possible effects|effects / impact|likely impact|impact narrative|"
            "consequences / effects|would result in|potential outcome|outcome|could lead to|"
            "impact and consequences"
        ),
    ),
    Known(
        "controls",
        "Controls",
        _names(
            "controls|existing controls|current controls|key controls|controls in place|mitigations in place|"
            "mitigation in place|key controls and activities|mitigation|mitigations|mitigating controls|"
            "control measures|existing control measures|current control measures|mitigation measures|"
            "mitigating measures|risk mitigation|risk mitigations|risk controls|internal controls|"
            "key mitigations|current mitigation|current mitigations|existing mitigation|existing mitigations|"
            "mitigation strategy|mitigation strategies|mitigation plan|mitigation plans|risk mitigation plan|"
            "risk mitigation strategy|how managed|how is the risk managed|how the risk is managed|"
            "how are we managing the risk|what are we doing about it|what are we doing to manage the risk|"
            "what are we doing to manage it|what are we doing|mitigating factors|safeguards|"
            "existing safeguards|preventive measures|preventative measures|preventative controls|"
            "preventive controls|controls / mitigation|controls / mitigations|mitigation / controls|"
            "mitigations / controls|mitigation and controls|controls and mitigation|controls and mitigations|"
            "existing measures|measures in place|control|current key controls|"
            "controls in place to manage risk|controls already in place|controls and activities|key control|"
            "key controls in place|primary controls|main controls|controls and assurances|"
            "controls / assurances|existing controls in place|existing controls and mitigation|"
            "what controls are in place|risk management measures|management measures|mitigation approach|"
            "controls currently in place|mitigating actions in place|actions in place|"
            "current mitigating actions|existing mitigating actions|mitigation actions in place|"
            "countermeasures|countermeasure|existing arrangements|current arrangements|actions taken|"
            "action taken|mitigation action taken|mitigating actions taken|prevention|mitigation details|"
            "response plan|risk response plan|mitigating action|mitigating actions|mitigation action|"
            "mitigation actions|mitigating strategy|mitigating strategies|risk treatment measures|mitigant|"
            "mitigants|mitigating controls in place|how mitigated|how to mitigate|risk reduction measures|"
            "avoidance|remedy"
        ),
    ),
    Known(
        "actions",
        "Actions",
        _names(
            "actions|action|further actions|further action|planned actions|planned action|planned controls|"
            "planned mitigation|planned mitigations|further controls|further mitigation|further mitigations|"
            "additional controls|additional actions|additional action|additional mitigation|"
            "additional mitigations|actions required|action required|action plan|action plans|"
            "actions planned|next steps|proposed actions|proposed controls|proposed mitigation|"
            "future actions|future controls|further action required|further actions required|"
            "further controls required|additional controls required|additional actions required|"
            "controls required|controls to be implemented|actions to be taken|action to be taken|"
            "planned work|further work|improvement actions|treatment plan|risk treatment plan|"
            "risk action plan|outstanding actions|actions outstanding|agreed actions|key actions|"
            "risk actions|risk action|further planned actions|further planned action|future mitigation|"
            "future mitigations|new controls|further mitigating actions|further mitigating action|"
            "additional mitigating actions|planned mitigating actions|what more needs to be done|"
            "what more can we do|what else do we need to do|further measures|additional measures|"
            "planned measures|recommended actions|recommended action|required actions|actions to mitigate|"
            "actions to reduce risk|planned improvements|planned activities|planned further actions|"
            "actions in progress|further actions planned|planned further controls|additional planned actions|"
            "management actions|management action|actions to be completed|actions and progress|"
            "actions / next steps|action / next steps|further planned controls|actions being taken|"
            "current actions|ongoing actions|action details|mitigations planned|mitigation planned|"
            "response actions|actions to address gaps|action to address gaps|actions to close gaps|"
            "actions to address gaps in control|actions to address gaps in controls|response action|"
            "risk response actions|to do"
        ),
    ),
    Known(
        "contingency",
        "Contingency",
        _names(
            "contingency|contingency plan|contingency plans|fallback|fallback plan|fall back plan|"
            "contingency action|contingency actions|contingent action|contingent actions|recovery plan|"
            "if the risk occurs|if risk occurs|contingency measures|contingency response|"
            "contingency planning|contingency strategy|plan b|contingency arrangements|backup plan|"
            "what if it happens|action if risk occurs|corrective action"
        ),
    ),
    Known(
        "owner",
        "Owner",
        _names(
            "risk owner|owner|owner of risk|risk owners|owners|risk owner(s)|lead|risk lead|"
            "responsible officer|responsible director|lead officer|lead director|executive lead|exec lead|"
            "executive owner|accountable officer|accountable executive|accountable director|"
            "accountable owner|accountable|responsible|responsible owner|responsible person|"
            "person responsible|responsibility|senior responsible owner|senior responsible officer|sro|"
            "chief officer|chief officer lead|chief officer owner|director|strategic lead|corporate director|"
            "owned by|ownership|business owner|assigned to|assignee|assigned|exec owner|executive director|"
            "managed by|who|head of service|risk manager|owner / lead|lead / owner|risk owner / lead|"
            "risk lead officer|lead responsible officer|responsible lead|responsible party|responsible team|"
            "lead person|lead manager|owner name|name of risk owner|owner title|owner role|risk owner role|"
            "slt lead|smt lead|cmt lead|elt lead|slt owner|cmt owner|elt owner|director responsible|"
            "officer responsible|responsible manager|risk owner and lead|executive risk owner|"
            "nominated owner|named owner|allocated to|by whom|trustee lead|portfolio holder|lead member|"
            "cabinet member"
        ),
    ),
    Known(
        "category",
        "Category",
        _names(
            "category|risk category|type|risk type|type of risk|theme|risk theme|risk area|area|risk domain|"
            "domain|risk class|class|classification|risk classification|category of risk|risk categories|"
            "area of risk|category / theme|risk family|risk group|group|categories|risk grouping|nature|"
            "area of activity|area / category|risk category / theme|category / type|risk heading group|topic|"
            "pestle|section"
        ),
    ),
    Known(
        "objective",
        "Objective",
        _names(
            "objective|objectives|strategic objective|strategic objectives|corporate objective|"
            "corporate objectives|linked objective|linked objectives|strategic priority|strategic priorities|"
            "corporate priority|corporate priorities|strategic aim|strategic aims|strategic goal|"
            "strategic goals|objective at risk|link to objective|link to objectives|objectives affected|"
            "objective affected|link to strategic objective|link to strategic objectives|"
            "link to corporate plan|corporate plan priority|council priority|link to corporate priority|"
            "link to corporate objective|link to corporate objectives|plan priority|business objective|"
            "business objectives|aim|goal|outcome affected|link to strategic priority|link to priorities"
        ),
    ),
    Known(
        "status",
        "Status",
        _names(
            "status|risk status|open / closed|open or closed|state|live / closed|current status|"
            "status of risk|status open / closed|open closed|risk state|active|record status"
        ),
    ),
    Known(
        "treatment",
        "Treatment",
        _names(
            "treatment|risk treatment|response|risk response|response type|response strategy|4ts|4 ts|"
            "four ts|the 4ts|4t|treat / tolerate / transfer / terminate|treat tolerate transfer terminate|"
            "strategy|risk strategy|management approach|risk response strategy|treatment option|"
            "treatment decision|risk treatment option|risk decision|approach|risk approach|response option|"
            "treatment strategy|risk response type|risk management strategy|risk management approach|"
            "treatment type|response category|recommended treatment|"
            "proposed treatment|selected treatment|5ts|tolerate treat transfer terminate|handling strategy|"
            "risk handling|action type|management strategy|risk management option|accept / mitigate|"
            "mitigation type|control strategy"
        ),
    ),
    Known(
        "date_raised",
        "Date raised",
        _names(
            "date raised|date identified|date opened|raised|raised on|opened|opened on|date added|"
            "date logged|date entered|date created|created|created on|open date|identified on|"
            "date of identification|date first identified|date registered|date recorded|date risk identified|"
            "entry date|date on register|first raised|logged|logged on|date first raised|date risk raised|"
            "date added to register|raised date|identified date|identification date|date of entry|"
            "creation date|date risk added|opening date|date entered on register|date risk opened|start date|"
            "date risk logged|risk opened|added on|date risk entered"
        ),
    ),
    Known(
        "due_date",
        "Due date",
        _names(
            "due date|due|target date|deadline|completion date|target completion date|by when|"
            "action due date|implementation date|timescale|timescales|date due|action by|complete by|"
            "target completion|when|action deadline|due by|expected completion date|planned completion date|"
            "delivery date|action target date|action date|target date for completion|date for completion|"
            "due dates|action due|action by date|to be completed by|target implementation date|"
            "estimated completion date|completion target|date to be completed|date of completion|"
            "action completion date|target dates|actions due date|by date|timeframe|time scale|"
            "action timescale|resolution date|mitigation due date|end date|target timescale"
        ),
    ),
    Known(
        "review_date",
        "Review date",
        _names(
            "review date|next review date|next review|date of next review|risk review date|review due|"
            "review due date|date for review|next reviewed|to be reviewed|review by|date of review|"
            "date reviewed|last review date|last reviewed|last review|date last reviewed|date of last review|"
            "reviewed|reviewed on|review|last updated|date updated|date last updated|last update|updated|"
            "date of last update|updated on|review dates|last review / update|date reviewed / updated|"
            "latest review date|latest review|update date|last modified"
        ),
    ),
    Known(
        "proximity", "Proximity", _names("proximity|risk proximity|proximity of risk|proximity of the risk")
    ),
    Known("velocity", "Velocity", _names("velocity|risk velocity|speed of onset|velocity of risk")),
    Known(
        "confidence",
        "Confidence",
        _names("confidence|confidence in assessment|confidence in the assessment|assessment confidence"),
    ),
    Known("unknowns", "What we do not know", _names("what we do not know|unknowns|what is not known")),
    Known("whole_rule", "Rule for the whole", _names("rule for the whole")),
)

# --- Ratings: a stage, a dimension, and words that add nothing
# -----------------------------------------------

STAGE_PHRASES = {
    "inherent": _names(
        "before any controls|before existing controls|before controls|without controls|before mitigation|"
        "before mitigations|before treatment|before action|pre mitigation|pre mitigated|pre control|"
        "pre controls|pre treatment|premitigation|no controls|with no controls|inherent|inherit|gross|"
        "initial|original|raw|unmitigated|untreated|uncontrolled|starting|baseline|absolute|unmanaged|"
        "opening|pre|before"
    ),
    "residual": _names(
        "after existing controls|with existing controls|after current controls|with current controls|"
        "after controls|with controls|after mitigation|after mitigations|with mitigation|after treatment|"
        "after action|after actions|post mitigation|post mitigated|post control|post controls|post treatment|"
        "postmitigation|controlled|residual|net|current|mitigated|managed|present|existing|treated|revised|"
        "remaining|retained|latest|post|after"
    ),
    "target": _names(
        "after further action|after further actions|after planned actions|after further controls|target|"
        "targeted|tolerable|tolerated|desired|future|planned|projected|forecast|predicted|aspirational|"
        "acceptable|proposed"
    ),
}
LIKELIHOOD_WORDS = frozenset(
    _names("likelihood|likelyhood|liklihood|likelihoods|probability|prob|frequency|chance|lik|lh|l|p")
)
IMPACT_WORDS = frozenset(_names("impact|impacts|severity|consequence|consequences|imp|sev|cons|i|c"))
SCORE_WORDS = frozenset(
    _names("score|scores|scoring|total|rpn|exposure|factor|index|points|product|s|sc|value")
)
RATING_WORDS = frozenset(
    _names(
        "rating|ratings|rag|brag|level|grade|grading|band|colour|color|rank|ranking|priority|r|rr|magnitude"
    )
)
FILLER_WORDS = frozenset(
    _names(
        "risk|risks|the|of|a|an|and|or|to|in|for|assessment|assessments|assessed|evaluation|evaluated|"
        "analysis|level|levels|rating|ratings|score|scores|scoring|rag|overall|status|value|number|out|x|by|"
        "with|position|profile|matrix|criteria|occurrence|occurring|happening|calculated|combined|final|"
        "exposure|factor|numerical|scale|measure|category|times|multiplied|numeric|high|medium|low|hml|h|m|"
        "red|amber|green|estimate|estimated"
    )
)
PRODUCT = re.compile(r"\b[lp]\s?[x×*]\s?[ics]\b|\b[ics]\s?[x×*]\s?[lp]\b")
# "H/M/L" and "1to5" say the steps of a scale, not what it measures.
GRADES = re.compile(
    r"\b(?:(?:vh )?h m l(?: vl)?|(?:vl )?l m h(?: vh)?|hml|lmh|"
    r"high medium (?:or )?low|low medium (?:or )?high|high med low|low med high|red amber green)\b"
)
STEPS = re.compile(r"\b\d{1,2} ?(?:to|-) ?\d{1,3}\b")
LETTERS = frozenset({"l", "p", "i", "c", "s", "r", "h", "m"})

# --- Trends
# --------------------------------------------------------------------------------------------------

TREND_WORDS = frozenset(_names("trend|trends|trending|direction|travel|dot|movement|trajectory|movements"))
TREND_PHRASES = re.compile(
    r"^(risk |score |rating )?change( in (the )?(risk|score|rating|level)( score| rating| level)?)?"
    r"( (since|from|on) .*)?$|^up down( same)?$|^increasing decreasing.*$|^(rising|up) (falling|down).*$"
)
TREND_FILLER = frozenset(
    _names(
        "of|the|risk|vs|versus|in|since|last|previous|prior|from|on|to|compared|with|current|this|quarter|"
        "quarterly|review|report|reporting|month|monthly|period|meeting|score|rating|level|change|arrow|"
        "arrows|assessment|update|and|status|indicator|residual|latest|qtr|year|annual|overall|for|position|"
        "net|against|iteration"
    )
)
MONTHS = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    "oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
PERIOD = re.compile(
    rf"\b(?:q(?:uarter|tr)?\s?\.?\s?[1-4]|(?:{MONTHS}))\b(?:[\s'’/-]*(?:fy)?\s?(?:20)?\d\d(?:\s?[/-]\s?(?:20)?\d\d)?)?"
    r"|\b20\d\d\s?[/-]\s?(?:20)?\d\d(?:\s*q[1-4])?|\bperiod\s\d{1,2}\b",
    re.IGNORECASE,
)

# --- Headings that only contain a telling word
# ---------------------------------------------------------------

NOT_A_CONTROL = (
    r"(?!.*\b(?:gaps?|assuranc\w*|effectiv\w*|owners?|dates?|due|when|deadline|costs?|status|progress|"
    r"adequacy|confidence|update)\b)"
)
TELLING = tuple(
    (meaning, re.compile(pattern))
    for meaning, pattern in (
        (
            "actions",
            rf"^{NOT_A_CONTROL}.*\b(?:further|additional|planned|future|proposed|required|outstanding|new|recommended|"
            r"next)\b.*\b(?:actions?|controls?|mitigat\w+|measures?|work|treatments?|steps?)\b",
        ),
        (
            "controls",
            rf"^{NOT_A_CONTROL}.*\b(?:existing|current|in place|currently)\b.*\b(?:actions?|"
            rf"controls?|mitigat\w+|measures?)\b",
        ),
        ("controls", rf"^{NOT_A_CONTROL}.*\b(?:controls?|mitigat\w+|safeguards?)\b"),
        ("contingency", r"\b(?:contingency|fallback)\b"),
        ("actions", rf"^{NOT_A_CONTROL}(?!.*\b(?:by|complete\w*|ref|no|id)\b).*\bactions?\b"),
        ("review_date", r"\breview\w*\b.*\bdate\b|\bdate\b.*\breview"),
        ("due_date", r"\b(?:due|target|completion|complete)\b.*\bdate\b|\bdate\b.*\b(?:due|complet\w+)\b"),
        (
            "date_raised",
            r"\bdate\b.*\b(?:raised|identified|opened|added|logged|entered|created|registered|recorded)\b",
        ),
        (
            "owner",
            r"^(?!.*\b(?:action|actions|control|controls|mitigations?|date|task|committee|board)\b).*\b(?:owners?|responsible|accountable)\b",
        ),
        ("cause", r"^(?!.*\b(?:consequences?|effects?|impacts?)\b).*\b(?:causes?|triggers?|drivers)\b"),
        (
            "impact",
            r"^(?!.*\b(?:causes?|assessment|date|equality|score)\b).*\b(?:consequences?|impacts?|effects)\b",
        ),
        ("description", r"\b(?:description|describe|narrative)\b"),
        ("objective", r"\b(?:objectives?|corporate plan|strategic plan)\b"),
        ("category", r"\b(?:category|theme)\b"),
        ("reference", r"^(?:\w+ )?(?:risk )?(?:ref|reference|id|identifier|number)(?: \w+)?$"),
        ("name", r"\brisk (?:title|name|headline)\b"),
    )
)
# These say the same under any group of ratings, which may only seem to reach over them.
OF_ITS_OWN = frozenset({"reference", "owner", "status", "treatment", "date_raised", "review_date"})
# A sentence, or a list of things, may hold a telling word and yet be no heading.
SENTENCE = re.compile(r"(?:\S+\s+){4,}\S+[.;]$|(?:,[^,]*){3,}|\S:\s+\S+(?:\s+\S+){3,}")
LEFT_ALONE = re.compile(
    r"\b(?:action|control|task)s? (?:owner|lead|status|ref|id)|\b(?:previous|prior|last|past|former|old)\b|"
    r"\bassurances?\b|\bgaps?\b|\bappetite\b|\bcomments?\b|\bnotes?\b|\bclosed?\b|\bcosts?\b|\bproximity\b|"
    r"\beffectiv\w*|\bupdate on\b|\b(?:latest|progress) updates?\b|\bprogress\b|\bcommentary\b|"
    r"\brationale\b|\bexplanation of\b|"
    r"\bjustification\b"
)


CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])")  # "CurrentRating", as databases export it


def normal(heading: str) -> str:
    """A heading as compared: lower case, one space, punctuation gone save `/`, `#` and `&` as "and"."""
    text = (
        unicodedata.normalize("NFKC", CAMEL.sub(" ", heading))
        .casefold()
        .replace("&", " and ")
        .replace("’", "")
        .replace("'", "")
    )
    text = re.sub(r"\(s\)|\(es\)", "s", text)
    text = re.sub(r"[^\w/#]+", " ", text.replace("_", " "))
    text = re.sub(r"(?<=\D)/|/(?=\D)", " / ", text)
    return " ".join(text.split()).strip("/ ")


def _singular(text: str) -> str:
    """A normalised heading with the plurals of its words taken off: "controls and activities" names what
    "control and activity" names."""
    return re.sub(r"(?<=\w\w)(?:(ie)s|(?<![su])s)\b", lambda found: "y" if found[1] else "", text)


_EXACT: dict[str, tuple[str, int]] = {}
for _known in KNOWN:
    for _rank, _heading in enumerate(_known.headings):
        _EXACT.setdefault(normal(_heading), (_known.meaning, _rank))
_SINGULAR: dict[str, tuple[str, int]] = {}
for _name, _held in _EXACT.items():
    _SINGULAR.setdefault(_singular(_name), _held)
_PRINTED = {known.meaning: known.printed for known in KNOWN}
_JUDGED_PRINTED = {"by": "assessed by", "on": "assessed on"}
_STAGE_PRINTED = {"inherent": "Inherent ", "residual": "Residual ", "target": "Target ", "not stated": ""}


def printed_heading(meaning: str) -> str:
    """The heading a writer prints for a meaning such as `owner`, `trends:Q2` or
    `assessments:residual:rating`.
    """
    if meaning in _PRINTED:
        return _PRINTED[meaning]
    kind, _, rest = meaning.partition(":")
    if kind == "trends":
        return "Trend" if rest == "current" else f"{rest} trend"
    if kind == "derived":
        return f"{rest} trend by the evidence"
    if kind == "assessments":
        which, _, dimension = rest.rpartition(":")
        stage, of_part, part = which.partition("@")
        said = f"{_STAGE_PRINTED.get(stage, '')}{_JUDGED_PRINTED.get(dimension, dimension)}".capitalize()
        return f"{said}, part {part.replace('##', '#')}" if of_part else said
    return meaning


@lru_cache(maxsize=4096)
def recognise(heading: str, group: str = "") -> Recognised | None:
    """What a heading means, if it is known; `group` is the heading above it where headings come in two rows.

    A known name is certain; a near miss or a telling word is not, and says so. A lone "Impact" comes back as
    `impact?`, a lone "Risk" as `name`: what they hold decides, which only the assembler sees.
    """
    if not normal(heading) or len(heading) > 160:
        return None
    if normal(group):
        alone = recognise(heading)
        if alone and alone.confidence == 1 and alone.meaning in OF_ITS_OWN:
            return alone
        together = _plain(f"{group} {heading}")
        if together and together.meaning.split(":")[0] in ("assessments", "trends"):
            return together
        if alone and alone.confidence == 1:
            return alone
        return together or alone
    bare = re.sub(r"\([^)]*\)", " ", heading)
    if both := _either(heading):
        return both
    return _plain(heading) or (_plain(bare) if normal(bare) else None) or _near(heading) or _telling(bare)


def _plain(heading: str) -> Recognised | None:
    text = normal(heading)
    if text in _EXACT:
        meaning, rank = _EXACT[text]
        return Recognised(meaning, rank=rank)
    if found := _trend(heading) or _rating(text):
        return found
    if _singular(text) in _SINGULAR:
        meaning, rank = _SINGULAR[_singular(text)]
        return Recognised(meaning, rank=rank)
    return None


def _either(heading: str) -> Recognised | None:
    """A heading of two names for one thing ("Mitigating actions / controls") is as certain as each of
    them.
    """
    names = re.split(r"\s*(?:/|&|\band\b|\bor\b)\s*", heading)
    if len(names) != 2 or not all(normal(name) for name in names):
        return None
    found = [_plain(name) for name in names]
    if found[0] and found[1] and found[0].meaning == found[1].meaning and not _plain(heading):
        return found[0]
    return None


def _trend(heading: str) -> Recognised | None:
    periods = [found.group(0).strip() for found in PERIOD.finditer(heading)]
    text = normal(PERIOD.sub(" ", heading))
    words = set(text.replace("/", " ").split())
    if TREND_PHRASES.match(text) or (words & TREND_WORDS and words <= TREND_WORDS | TREND_FILLER):
        since = re.search(r"\b(?:since|from|against|on|compared|vs|versus)\b", text)
        period = " ".join(" ".join(each.split()) for each in periods)
        if not period:
            period = (
                "previous" if re.search(r"\b(?:previous|prior|last)\b", text) and not since else "current"
            )
        return Recognised(f"trends:{period}")
    return None


def _rating(text: str) -> Recognised | None:
    text = " ".join(text.replace("/", " ").split())
    stage = ""
    product = PRODUCT.search(text)
    text = PRODUCT.sub(" ", text)
    graded = GRADES.search(text)
    text = GRADES.sub(" ", STEPS.sub(" ", text))
    if graded and not text.strip():
        return Recognised("assessments:not stated:rating", 0.95, "the heading says only its grades")
    for each, phrases in STAGE_PHRASES.items():
        for phrase in phrases:
            if phrase not in text:
                continue
            shorter = re.sub(rf"\b{phrase}\b", " ", text)
            if shorter != text and stage in ("", each):
                text, stage = shorter, each
    words = [word for word in text.split() if not word.isdigit()]
    likely, severe = LIKELIHOOD_WORDS & set(words), IMPACT_WORDS & set(words)
    total = (SCORE_WORDS | RATING_WORDS) & frozenset(words)
    if product and not likely and not severe:
        total = frozenset({"score"})
    left = set(words) - LIKELIHOOD_WORDS - IMPACT_WORDS - SCORE_WORDS - RATING_WORDS - FILLER_WORDS
    if left or not (stage or likely or severe or total):
        return None
    if not stage and not product and set(words) <= LETTERS and len(words) < 2:
        # A bare letter says little by itself; beside its siblings it is plain, and the assembler asks again.
        return Recognised(f"letter:{''.join(words)}", 0.9, "a heading of one letter")
    if likely and severe:
        dimension = "score"
    elif likely:
        dimension = "likelihood"
    elif severe:
        if not stage and not (total or {"score", "rating", "level"} & set(words)):
            return Recognised("impact?")
        dimension = "impact"
    elif total:
        dimension = (
            "score" if product or (SCORE_WORDS & set(words) and not RATING_WORDS & set(words)) else "rating"
        )
    elif words or stage in ("inherent", "residual"):
        if not words and stage == "residual":
            return Recognised(
                "assessments:residual:rating", 0.9, "the heading names a stage and nothing else"
            )
        dimension = "rating"
    else:
        return Recognised("assessments:target:rating", 0.8, "the heading says only “target”")
    return Recognised(f"assessments:{stage or 'not stated'}:{dimension}")


def _near(heading: str) -> Recognised | None:
    text = normal(heading)
    if LEFT_ALONE.search(text) or len(text) < 5:
        return None
    found = process.extractOne(text, _EXACT.keys(), scorer=fuzz.ratio, score_cutoff=LIKENESS_FLOOR)
    if found is None or (len(found[0]) < 5):
        return None
    meaning, rank = _EXACT[found[0]]
    return Recognised(
        meaning, round(found[1] / 100 - 0.05, 2), f"the heading is like “{found[0]}”", rank + 100
    )


def _telling(heading: str) -> Recognised | None:
    text = normal(heading)
    if LEFT_ALONE.search(text) or SENTENCE.search(heading.strip()):
        return None
    for meaning, pattern in TELLING:
        if pattern.search(text):
            return Recognised(meaning, 0.85, "judged by one word of the heading", 200)
    return None
