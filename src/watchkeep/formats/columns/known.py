"""Every heading of a field that Watchkeep knows: what readers take for it, and what writers print."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Known:
    """A field of a risk: the heading writers print, and the headings readers take for it."""

    meaning: str
    printed: str
    headings: tuple[str, ...]


def names_in(text: str) -> tuple[str, ...]:
    """The headings of a list written with bars between them."""
    return tuple(name.strip() for name in text.split("|"))


KNOWN = (
    Known(
        "reference",
        "Reference",
        names_in(
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
        names_in(
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
        names_in(
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
        names_in("event|risk event|uncertain event|risk events|event description|description of event"),
    ),
    Known(
        "cause",
        "Cause",
        names_in(
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
        names_in(
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
        names_in(
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
        names_in(
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
        names_in(
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
        names_in(
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
        names_in(
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
        names_in(
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
        names_in(
            "status|risk status|open / closed|open or closed|state|live / closed|current status|"
            "status of risk|status open / closed|open closed|risk state|active|record status"
        ),
    ),
    Known(
        "treatment",
        "Treatment",
        names_in(
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
        names_in(
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
        names_in(
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
        names_in(
            "review date|next review date|next review|date of next review|risk review date|review due|"
            "review due date|date for review|next reviewed|to be reviewed|review by|date of review|"
            "date reviewed|last review date|last reviewed|last review|date last reviewed|date of last review|"
            "reviewed|reviewed on|review|last updated|date updated|date last updated|last update|updated|"
            "date of last update|updated on|review dates|last review / update|date reviewed / updated|"
            "latest review date|latest review|update date|last modified"
        ),
    ),
    Known(
        "proximity", "Proximity", names_in("proximity|risk proximity|proximity of risk|proximity of the risk")
    ),
    Known("velocity", "Velocity", names_in("velocity|risk velocity|speed of onset|velocity of risk")),
    Known(
        "confidence",
        "Confidence",
        names_in("confidence|confidence in assessment|confidence in the assessment|assessment confidence"),
    ),
    Known("unknowns", "What we do not know", names_in("what we do not know|unknowns|what is not known")),
    Known("whole_rule", "Rule for the whole", names_in("rule for the whole")),
)
