"""Whether words tell of something that happens, or only name a subject."""

from __future__ import annotations

import re
from typing import Final

# A name that has one of these says what happens; a topic has none.
_HAPPENS: Final = re.compile(
    r"\b(?:fail\w*|loss|lose|losing|lack|unable|inability|not|non-?\w*|no|breach\w*|shortage\w*|shortfall|"
    r"insufficient|"
    r"inadequate|delay\w*|reduc\w*|decreas\w*|declin\w*|increas\w*|rising|risk (?:of|that|to)|attack\w*|"
    r"fraud\w*|"
    r"theft|\w*fires?|flood\w*|outage|outbreak|pandemic|recall|disrupt\w*|collapse|exceed\w*|over\w+|"
    r"under\w+|"
    r"backlogs?|"
    r"deficits?|gaps?|crisis|deaths?|injur\w*|harm|violence|crimes?|abuse|incidents?|emergenc\w+|exit|"
    r"closure|withdrawal|"
    r"insolvency|damage\w*|error\w*|poor|late|missed|uncertain\w*|misuse|unlawful|illegal|challenge|"
    r"abscond\w*|strike|action|pressures?|volatil\w*|inflation|turnover|attrition|vacanc\w*|dependen\w*|"
    r"reliance|ageing|obsole\w*|deteriorat\w*|compromise\w*|infect(?!ion prevention|ion control)\w*|"
    r"notices?|contaminat\w*|pollution|leak\w*|wrong|"
    r"exposure|is|are|may|could|might|will|would|cannot|do|does|has|have|becom\w+|slippage|threats?|"
    r"hacking|malware|ransomware|phishing|misconduct|discrimination|harassment|homeless\w*|drought|storm\w*|"
    r"subsidence|erosion|downtime|unavailab\w*|interruption|too|without|impact\w*|fall\w*|drop|cuts?|"
    r"demand exceeding|inequalit\w*|litigation|claims?|penalt\w+|default|arrears|absence|sickness|beyond|"
    r"runs?|rises?|falls?|leaves?|breaks?|slips?|grounding|spills?|collision\w*|movement|damp|mould|"
    r"concentration|appeals?|accidents?|explosion|unrest|unmet|stops?|misses|escap\w*|drowning|suicide\w*|"
    r"self-harm|un(?!i(?:t|vers|on|que|form|ted))\w{4,}|legionella|asbestos|norovirus|influenza|flu|"
    r"measles|interventions?|special measures|virus\w*|infestation|heatwave)\b",
    re.IGNORECASE,
)


def happens(text: str) -> bool:
    """Whether these words say that something happens: a topic has no such word."""
    return _HAPPENS.search(text) is not None
