"""What an imported line most likely is: a control, a commitment, a meeting, a measure, or none of them.

A suggestion with its reason, for a person to take or leave. It goes by what a risk manager would point at:
what is still to happen is promised; what is so now is a control; who sits is a meeting.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from difflib import SequenceMatcher
from typing import Final, Literal

from watchkeep.domain import commitment
from watchkeep.domain.errors import Invalid
from watchkeep.domain.when import VAGUE, When, whens

Sort = Literal["control", "commitment", "meeting", "measure", "neither"]

SORTS: Final[dict[Sort, str]] = {
    "control": "something that is there now and holds the risk back",
    "commitment": "something that is to happen, or that ends, on a day",
    "meeting": "people who meet about it: a board, a group, a regular call",
    "measure": "a figure that was counted",
    "neither": "a remark, a link to another risk, or something that happened",
}
ALIKE: Final = 0.72  # how much of a line must be the same for an earlier answer to be offered


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a line most likely is, why in words, and what it names: a day, who leads, a figure."""

    sort: Sort
    reason: str
    sure: bool = True
    kind: commitment.Kind | None = None  # of a commitment
    due: str = ""
    due_on: date | None = None
    owner: str = ""
    figure: str = ""


def digest(text: str) -> str:
    """What a line is known by: its words, whatever its case, spaces, bullet or last full stop."""
    bare = re.sub(r"^[\W_]+|[\s.;,]+$", "", " ".join(text.split())).casefold()
    return hashlib.sha256(bare.encode("utf-8")).hexdigest()


def alike(text: str, earlier: Iterable[str]) -> str | None:
    """The earlier line that this one most likely was before its words were changed, if one is near enough."""
    words = text.casefold().split()
    scored = [(SequenceMatcher(None, words, each.casefold().split()).ratio(), each) for each in earlier]
    best = max(scored, default=(0.0, ""))
    return best[1] if best[0] >= ALIKE else None


def sort_named(text: str) -> Sort:
    """The sort of that name."""
    for sort in SORTS:
        if sort == text:
            return sort
    raise Invalid("sort", f"A line is one of {', '.join(SORTS)}; “{text}” is none of them.")


def suggest(text: str) -> Suggestion:
    """What this line most likely is. Rules in order: the first that fits speaks."""
    said = " ".join(text.split())
    found = _judged(said)
    when = _when(said)
    leader, figure = _LEADER.search(said), _FIGURE.search(_without_times(said))
    return replace(
        found,
        kind=kind_of(said) if found.sort == "commitment" else None,
        due=when.text if when else "",
        due_on=when.on if when else None,
        owner=leader[1].strip() if leader else "",
        figure=figure[0].strip() if figure else "",
    )


def _judged(text: str) -> Suggestion:
    for sort, rule in RULES:
        reason = rule(text)
        if reason:
            return Suggestion(sort, reason, sure=sort != "neither")
    return Suggestion(
        "control", "it has no day to come, no figure and no meeting: it seems to be there already", sure=False
    )


# --- What the rules look for --------------------------------------------------------------------------------

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"autumn|spring|summer|winter)"
)
_DAY = (
    rf"(?:(?:\d{{1,2}}(?:st|nd|rd|th)?\s+)?[A-Z][a-z]{{2,8}}\s+(?:\d{{4}}|[’'‘]\d{{2}})|"
    rf"\d{{1,2}}/\d{{1,2}}/\d{{2,4}}|\d{{4}}/\d{{2}}|{_MONTH}\b)"
)
_BODY = (
    r"(?:boards?|panels?|committees?|forums?|fora|huddles?|meetings?|gold|silver|bronze|command|TCG|SCG|call|"
    r"(?:steering|working|delivery|tasking|gold|silver|governance|recovery) groups?)"
)
_WEEKDAY = r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
_CADENCE = (
    r"(?:hourly|daily|twice-daily|nightly|weekly|fortnightly|monthly|quarterly|yearly|annually|annual|regular|"
    r"regularly|each (?:day|week|month|quarter|year)|twice a year|(?:bi|by)-?annually|"
    rf"every (?:\w+ )?(?:days?|weeks?|months?|quarters?|years?|{_WEEKDAY}))"
)
_NUMBER = r"(?:\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|none)"
_BIDDING = frozenset(
    "agree appoint approve bring build carry change clear commission complete conduct consider create decide "
    "deliver design develop draft embed engage ensure establish evaluate explore extend fill find finish "
    "identify implement improve increase influence introduce invest launch lobby move negotiate obtain open "
    "pilot prepare procure produce publish recruit reduce refresh relaunch remove renew reopen replace "
    "retire revise roll run scope secure seek set simplify strengthen submit tender train undertake update "
    "upgrade write".split()
)
_WORKS = (
    r"(?:reviews?|introduction|delivery|purchase|appointment|procurement|recruitment|relaunch|"
    r"installation) of\b"
)


def _any(*patterns: str, exactly: bool = False) -> Callable[[str], str]:
    """Finds the words that one of these patterns fits, as they stand."""
    compiled = re.compile("|".join(f"(?:{each})" for each in patterns), 0 if exactly else re.IGNORECASE)

    def words(text: str) -> str:
        match = compiled.search(text)
        return match[0].strip(" ,;:.") if match else ""

    return words


_to_be = _any(
    r"\b(?:is|are|was|were) to(?! the\b)",
    r"\bto be [a-z-]+(?:ed|en|up|out|ilt|put|one|eld|et)\b",
    r"\bto (?:finish|complete|report|continue to|review)\b",
    r"\bwill (?:be|work|begin|start|report|develop|introduce|join|go|take|undertake|provide|need)\b",
)
_planned = _any(
    r"\b(?:planned|intended|intends? to|intention to|proposed|awaiting|awaited|imminent)\b",
    rf"\bplans? to(?! {_MONTH})\b|\bproposals? (?:for|to)\b",
    r"\bexpected(?= in| by| on| to| [A-Z])",
    r"\bdue (?:by|on|in|back|to)\b|\bdecision (?:due|expected|pending)\b|\bno reply yet\b",
    r"\b(?:begins?|starting) (?:shortly|soon|imminently)\b",
)
_under_way = _any(
    r"\b(?:under ?way|under renewal|in progress|close to its end|nearing (?:final|its|completion))\b",
    r"\bbeing (?:put in place|implemented|introduced|explored|developed|made|rolled out|built|set up|"
    r"established|recruited|drafted|considered|scoped|progressed)\b",
    r"\b(?:seeking|looking (?:at|to)|exploring|negotiating|engaging)\b",
    r"\b(?:is|been) advertised\b|\btender\b.* is out\b|\bout to tender\b",
)
_by_a_day = _any(rf"\bby (?:the )?(?:end of |mid-|early |late )?{_DAY}", exactly=True)
_until = _any(
    r"\b(?:until|ends? on|ending|expires?(?: on)?|runs? to|to the end of|extended to|funded (?:until|to)) "
    rf"(?:at least |the end of )?{_DAY}",
    exactly=True,
)
_scheduled = _any(
    r"\b(?:begins?|starts?|reports?|opens?|closes?|review|no-go[\w ]*|interviews?|"
    r"(?:is|are) (?:assessed|inspected|audited|held|decided|due)) (?:\w+ ){0,5}?"
    rf"(?:on|from|in(?: the week of)?) (?:\d{{1,2}} to )?{_DAY}",
    exactly=True,
)
_tracked = _any(r"\brecommendations?\b.*\b(?:tracked|incorporated|outstanding|open|due)\b")
_to_the_board = _any(rf"\bto (?:the )?(?:\w+ ){{0,2}}(?:board|cabinet|committee)(?: in {_MONTH})?\s*\.?$")
_promise_without_a_day = _any(VAGUE.pattern)
_reading = _any(
    r"\b\d[\d,.]*\s?%|\bper ?cent\b|\bin about one in \w+\b|\bon average\b|\bare waiting\b|\bstood at\b",
    rf"\b{_NUMBER} of (?:the |its |them )?{_NUMBER}\b",
    r"\bagainst (?:a |the )?(?:limit|target|contract|\d+)",
    r"\b(?:down|up) from \d|\bbacklogs?\b.*\b\d|\bwas budgeted at\b",
    r"\brate (?:is|of|stands|was)\b|\b(?:number|rate|percentage|proportion|share|volume) of\b",
    r"\b(?:take|takes|took|found|carries|carry|averages?) \d",
    r"\bof \d[\d,]* \w+ .*\b\d+ (?:have|has|are|were)\b",
)
_tallied = _any(
    r"\b(?:has|have|had) (?:now )?(?:checked|reviewed|screened|answered|received|issued|recorded) "
    r"(?:close to |about |over )?\d[\d,.]*"
)
_meets = _any(
    rf"\b(?:meets?|sits) (?:\w+ )?{_CADENCE}|\bheads? of \w+ meet\b|\bstanding item\b|\bregular dialogue\b",
    r"\b(?:leads|led by|headed up by|considered (?:at|by)|read at|tabled at|attending|through)"
    rf"\b[^.;]*?\b{_BODY}\b",
    rf"\b{_CADENCE} (?:[\w-]+ ){{0,3}}?(?:{_BODY}|dialogue|liaison)(?=$|[.,;:]|\s(?:with|are|is)\b)",
    r"^(?:read|reviewed|considered) at the [\w ]*review\b",
)
_who_sits = _any(
    rf"^(?:the )?(?:[\w’'&/,-]+ ){{0,5}}?{_BODY}"
    r"(?=$|[.,;:)]|\s(?:meets?|sits|chaired|of|with|led|in place|is in place|established|to support|reads?|"
    r"takes?|looks|considers?|oversees?|under|reports?|since|are taking|for|and|on)\b)"
)
_linked = _any(r"^(?:closely )?(?:depends? on|linked|tied|see|key part of|part of|related|same as)\b")
_happened = _any(
    r"\b(?:was|were) asked\b.*\b(?:none|no|refused|declined)\b",
    r"\brequests?\b.*\b(?:met|unsuccessful|refused|declined)\b|\bdebriefs? .*\b(?:changed|provided|showed)\b",
    r"\b(?:is|are) forecast to\b|\bhas doubled\b|\b(?:have|has) moved their\b",
    r"^\w+ gaps .* come from\b|\bshows? (?:\w+ )?(?:roles?|gaps?|that)\b|\blent \w+ \w+",
    r"\b(?:exercise|inspection|visit) held in\b",
)
_there = _any(
    r"\b(?:in place|in post|in force|established|fitted|tested|checked|kept|retained|agreed|signed|stood up|"
    r"set up|staffed|rehearsed|exercised|audited|monitored|ring-fenced|embedded|maintained|trained|issued|"
    r"built|placed)\b"
)
_regular = _any(rf"\b{_CADENCE}\b")
_standing_thing = _any(
    r"\b(?:policy|policies|procedure|process|rules?|limits?|checklist|dashboard|alarm|system|software|plans?|scheme|"
    r"fund|contract|framework|agreement|insurance|backups?|training|monitoring|patrols?|team|desk|cell|unit|"
    r"function|log|report|survey|review|sampling|supervision)\b"
)


# --- The rules, in order ------------------------------------------------------------------------------------


def _remark(text: str) -> str:
    if words := _linked(text):
        return f"it only points elsewhere (“{words}”)"
    if words := _happened(text):
        return (
            f"it tells what happened or what follows (“{_short(words)}”), and nothing in it acts on the risk"
        )
    return ""


def _promised(text: str) -> str:
    if words := _to_be(text):
        return f"“{words}” speaks of what is still to happen"
    if words := _planned(text) or _under_way(text):
        return f"“{words}” says that it is not there yet"
    if _tracked(text):
        return "recommendations are followed, one by one, until each is closed"
    if words := _bidden(text):
        return f"it begins with a bidding word (“{words}”): something to be done"
    if words := _by_a_day(text):
        return f"“{words}” gives it a day to be done by"
    if words := _until(text):
        return f"“{words}” gives it a last day: what follows must be settled before then"
    if words := _scheduled(text):
        return f"“{words}” is a day in the plan"
    if match := re.match(_WORKS, text, re.IGNORECASE):
        return f"“{match[0]}” names a piece of work, which is done or not done"
    if _to_the_board(text) and not _regular(text):
        return "it is on its way to be decided"
    words = _promise_without_a_day(text)
    return f"“{words}” promises something without a day" if words and "term" not in words.casefold() else ""


def _bidden(text: str) -> str:
    """The verb that it begins with, as an order is given; “design of” and “train and” are names of things."""
    first = re.match(r"[\w-]+", text)
    if first is None or first[0].casefold() not in _BIDDING or re.match(r"[\w-]+ (?:and|of|for)\b", text):
        return ""
    return first[0]


def _counted(text: str) -> str:
    """A figure in what the line says first; one that only follows a control tells how well that works."""
    first = _clauses(text)[0]
    if words := _tallied(first):
        return f"it reports a count (“{_short(words)}”)"
    words = _reading(first)
    controlled = _there(first) and not re.search(r"\bagainst\b", first)
    steady = _regular(first) and not re.match(r"(?:at \d|a monthly|\d)", first, re.IGNORECASE)
    return f"it reports a figure (“{_short(words)}”)" if words and not controlled and not steady else ""


def _clauses(text: str) -> list[str]:
    return [each.strip() for each in re.split(r"[;]|\s[–-]\s", text) if each.strip()] or [text]


def _sits(text: str) -> str:
    if words := _who_sits(text):
        return f"it names who sits (“{_short(words)}”)"
    if words := _meets(text):
        return f"people meet about it (“{_short(words)}”)"
    return ""


def _acts(text: str) -> str:
    if words := _there(text):
        return f"“{words}” says that it is there now"
    if words := _regular(text):
        return f"it happens again and again (“{words}”)"
    if words := _standing_thing(text):
        return f"it names something that stands (“{words}”), with no day to come"
    return ""


RULES: Final[tuple[tuple[Sort, Callable[[str], str]], ...]] = (
    ("neither", _remark),
    ("commitment", _promised),
    ("meeting", _sits),
    ("measure", _counted),
    ("control", _acts),
)


# --- What it names ------------------------------------------------------------------------------------------

_LEADER = re.compile(
    r"\b(?:led by|headed up by|chaired by|owned by|under)\s+(?:the )?"
    r"([A-Z][\w’'-]+(?:\s+(?:of|and|for|the|[A-Z(][\w’')-]+))*)"
)
_FIGURE = re.compile(
    rf"£?\d[\d,.]*\s?(?:%|per cent|m\b|k\b)|£\d[\d,.]*|\b{_NUMBER} of (?:the )?{_NUMBER}\b|"
    r"\b\d[\d,]*(?:\.\d+)?\b",
    re.IGNORECASE,
)


def _when(text: str) -> When | None:
    """The last time that it names: what comes last is what is still to come."""
    found = whens(text)
    dated = [each for each in found if each.on] or list(found)
    return dated[-1] if dated else None


def _without_times(text: str) -> str:
    for each in whens(text):
        text = text.replace(each.text, " ")
    return text


def kind_of(text: str) -> commitment.Kind:
    """Which kind of commitment its words speak of."""
    words = text.casefold()
    if re.search(
        r"\b(?:decide[ds]?|decision|go or no-go|go-no go|approval|bid|business case|options)\b", words
    ):
        return "decision"
    if re.search(r"\b(?:recommendations?|inspection|inspectors|audit and|regulator)\b", words):
        return "recommendation"
    if _until(text) or re.search(r"\b(?:agreements?|contract|licen[cs]e|grant|lease|framework)\b", words):
        return "agreement"
    if re.match(r"(?:the |a |every )?(?:[\w’'-]+ ){0,3}(?:reviews?|debrief|audit|survey)\b", words):
        return "review"
    return "action"


def _short(words: str, most: int = 60) -> str:
    return words if len(words) <= most else words[:most].rsplit(" ", 1)[0] + " …"
