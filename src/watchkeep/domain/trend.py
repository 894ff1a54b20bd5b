"""What a trend mark says (an arrow's direction, a word's movement, or that it cannot be told), and what the
evidence makes of a quarter.

Whether a rising arrow is bad news is not for this module: the register says so, or a person does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from watchkeep.domain.document import Direction, Movement, State, Trend
from watchkeep.domain.finding import written
from watchkeep.domain.indicator.verdict import Spoken
from watchkeep.domain.period import Period, meant

UP = frozenset("↑⇑⇧⬆▲△▴▵⏫🔺🔼↥↟⭡⮝⮉⇈↗⬈⇗➚➶⤴🠁🠅🠉🡁🡅🡑🡩🡱🡹⏶⇡⤊⥣˄^")
DOWN = frozenset("↓⇓⇩⬇▼▽▾▿⏬🔻🔽↧↡⭣⮟⮋⇊↘⬊⇘➘➴⤵🠃🠇🠋🡃🡇🡓🡫🡳🡻⏷⇣⤋⥥˅")
LEVEL = frozenset("→⇒⇨➡►▶▸▹▷➔➜➞➙➝➤➢➣↔⇔⬌⇄⇆⇋⇌⟷⟶⟹⟺⭢⮕⮞⮊🠂🠆🠊🡂🡆🡒🡪🡲🡺⇢↦⏵⏩=≡⟾⬄")
# Only as half of a level mark: "◄►".
LEFT = frozenset("←⇐⇦⬅◄◀◂⟵")

# Characters that symbol fonts put into the private-use area: Wingdings E0 to F3, and the arrows of Symbol.
SYMBOL_UP = frozenset("\uf0e1\uf0e4\uf0e9\uf0ec\uf0f1\uf0ad")
SYMBOL_DOWN = frozenset("\uf0e2\uf0e6\uf0ea\uf0ee\uf0f2\uf0af")
SYMBOL_LEVEL = frozenset("\uf0e0\uf0e8\uf0f0\uf0f3\uf0ae\uf0ab")

RISING = re.compile(
    r"\b(?:up|upwards?|increas(?:e|es|ed|ing)|ris(?:e|en|es|ing)|rose|rais(?:ed|ing)|higher|grow(?:n|ing)|escalat(?:ed|ing))\b"
)
FALLING = re.compile(
    r"\b(?:down|downwards?|decreas(?:e|es|ed|ing)|fall(?:s|en|ing)?|fell|reduc(?:e|es|ed|ing|tion)|lower(?:ed|ing)?|"
    r"declin(?:ed|ing)|lessen(?:ed|ing)|shrinking)\b"
)
WORSE = re.compile(r"\b(?:wors(?:e|en|ened|ening)|deteriorat(?:ed|es|ing)|adverse)\b")
BETTER = re.compile(r"\b(?:improv(?:e|ed|es|ing|ement)|better)\b")
SAME = re.compile(
    r"\b(?:static|stable|unchanged|no (?:change|movement)|not changed|same|steady|level|constant|"
    r"maintained|stationary|"
    r"sideways|flat|consistent|no significant change|unmoved|horizontal)\b"
)
NONE_YET = re.compile(
    r"^(?:n\s?[/.]?\s?a\.?|not applicable|new(?: (?:risk|entry|this (?:quarter|period)|in q\d))?|not "
    r"yet (?:open|assessed)|"
    r"n/a.{0,3}new(?: risk)?|first (?:report|review|assessment))\s*[.!*]?$"
)
# Longer than this, a cell is a remark in which a word like "down" may mean anything.
LONGEST_MARK = 8


@dataclass(frozen=True, slots=True)
class Mark:
    """What was made of a mark; `reason` says why where nothing could be."""

    state: State
    direction: Direction | None = None
    movement: Movement | None = None
    reason: str = ""


def read_mark(text: str) -> Mark:
    """What the mark in a trend cell says; a mark that is lost or unknown is *not recorded*, never *level*."""
    bare = "".join(each for each in text if each not in "\ufe0e\ufe0f").strip()
    if not bare:
        return Mark("not recorded")
    words = " ".join(re.sub(r"[^\w/. ]+", " ", bare.casefold()).split())
    if NONE_YET.match(bare.casefold()):
        return Mark("not applicable")
    arrows = _arrows(bare)
    said = _said(words)
    if len(arrows) > 1 or len(said) > 1 or (arrows and said and not _agree(arrows, said)):
        return Mark("recorded", reason="its marks contradict each other")
    direction = next(iter(arrows), None)
    word = next(iter(said), None)
    if direction or word:
        return _mark(direction, word)
    if re.search(r"\w", bare):
        return Mark("recorded", reason="the words do not say which way the risk moved")
    return Mark("not recorded", reason="the mark cannot be read: its symbol was lost or is not known")


def _arrows(text: str) -> set[Direction]:
    characters = set(text)
    found: set[Direction] = set()
    if characters & (UP | SYMBOL_UP):
        found.add("up")
    if characters & (DOWN | SYMBOL_DOWN):
        found.add("down")
    if characters & (LEVEL | SYMBOL_LEVEL):
        found.add("level")
    return found


def _arrows_in_words(sentence: str) -> set[Direction]:
    """The arrow that a sentence speaks of: "an upward arrow", "an arrow that points down"."""
    named: dict[Direction, str] = {"up": r"(?:upwards?|up|rising)", "down": r"(?:downwards?|down|falling)"}
    arrow = r"\barrows?\b(?: that| which)?(?: points?| pointing)?"
    return {
        way
        for way, words in named.items()
        if re.search(rf"\b{words}[- ](?:pointing )?arrow|{arrow} {words}\b", sentence)
    }


def _said(words: str) -> set[str]:
    if len(words.split()) > LONGEST_MARK:
        return set()
    known = (("up", RISING), ("down", FALLING), ("worsening", WORSE), ("improving", BETTER), ("steady", SAME))
    return {name for name, pattern in known if pattern.search(words)}


def _agree(arrows: set[Direction], said: set[str]) -> bool:
    # An arrow beside "improving" may point either way: that is what the register's key is for.
    pair = (next(iter(arrows)), next(iter(said)))
    return pair in {("up", "up"), ("down", "down"), ("level", "steady")} or (
        pair[0] != "level" and pair[1] in ("worsening", "improving")
    )


def _mark(direction: Direction | None, word: str | None) -> Mark:
    movement: Movement | None = None
    if word == "worsening":
        movement = "worsening"
    elif word == "improving":
        movement = "improving"
    elif word == "steady" or direction == "level":
        movement = "steady"
    if direction is None and word == "up":
        direction = "up"
    elif direction is None and word == "down":
        direction = "down"
    elif direction is None and word == "steady":
        direction = "level"
    return Mark("recorded", direction, movement)


def movement_of(direction: Direction | None, rising_means: Movement) -> Movement | None:
    """What an arrow means in a register where a rising arrow means `rising_means`."""
    if direction is None:
        return None
    if direction == "level":
        return "steady"
    if rising_means == "steady":
        return None
    worsening = (direction == "up") == (rising_means == "worsening")
    return "worsening" if worsening else "improving"


def rising_in_key(text: str) -> Movement | None:
    """What a key or legend says a rising arrow means, where it says so ("▲ risk increasing", "↓ worsening").

    A key that only repeats the arrow in words ("↑ up") says nothing; contradicting keys say nothing either.
    """
    found: set[Movement] = set()
    for piece in re.split(r"[\n;,|]|\.\s|(?<=\w)\s+(?=[^\w\s(]\s*(?:=|-|–|:)?\s*\w)", text):
        arrows = _arrows("".join(each for each in piece if each not in "=\ufe0e\ufe0f"))
        arrows = arrows or _arrows_in_words(piece.casefold())
        if len(arrows) != 1:
            continue
        arrow = next(iter(arrows))
        words = " ".join(re.sub(r"[^\w/. ]+", " ", piece.casefold()).split())
        worse, better = bool(WORSE.search(words)), bool(BETTER.search(words))
        if (
            re.search(r"\brisk\b|\bscore\b|\brating\b|\bexposure\b|\bseverity\b|\bthreat\b", words)
            or not words
        ):
            worse = worse or bool(RISING.search(words))
            better = better or bool(FALLING.search(words))
        if worse == better or arrow == "level":
            continue
        found.add("worsening" if (arrow == "up") == worse else "improving")
    return next(iter(found)) if len(found) == 1 else None


# --- What the evidence makes of a quarter -------------------------------------------------------------------

Verdict = Movement | Literal["too little to say", "not applicable"]


@dataclass(frozen=True, slots=True)
class Reading:
    """Where a risk stood on a day. Ranks are those of `scale`, none where that does not order its names.

    `restated` says how a reading of another version of the scale was read on this one; empty where it was
    made on it.
    """

    band: str
    on: date | None = None  # the day it was judged, where that is known
    scale: str = ""  # the version of the scale that the ranks are of
    rank: int | None = None
    likelihood: str = ""
    likelihood_rank: int | None = None
    impact: str = ""
    impact_rank: int | None = None
    restated: str = ""


@dataclass(frozen=True, slots=True)
class Derived:
    """What the rule makes of the evidence, and the evidence in one sentence."""

    verdict: Verdict
    basis: str

    @property
    def movement(self) -> Movement | None:
        """The movement, where there is one to speak of."""
        if self.verdict == "too little to say" or self.verdict == "not applicable":
            return None
        return self.verdict


def derived(
    before: Reading | None,
    after: Reading | None,
    *,
    quarter: Period,
    opened_on: date,
    looked_at: str = "",
    indicators: Spoken | None = None,
) -> Derived:
    """The trend of a quarter, from where the risk stood when it began and where it stands at its end.

    `looked_at` says how somebody looked at it this quarter ("confirmed in the review"): without that, a
    rating that is merely the old one says too little. `indicators` is what those of the risk say together;
    bands come first.
    """
    if opened_on > quarter.ends:
        return Derived(
            "not applicable", f"It was opened on {written(opened_on)}, after {quarter.label} had ended."
        )
    if after is None:
        return Derived("too little to say", "It is not rated.")
    if before is None:
        opened = opened_on >= quarter.starts
        why = f"it was opened in {quarter.label}" if opened else "it was not rated before"
        return _by_indicators(
            indicators, Derived("too little to say", f"{after.band} is its first rating: {why}.")
        )
    if before.scale != after.scale and not before.restated:
        why = f"{before.band} and {after.band} are of two scales, and cannot be compared."
        return _by_indicators(indicators, Derived("too little to say", why))
    judged_now = after.on is not None and quarter.starts <= after.on <= quarter.ends
    if not judged_now and not looked_at and before.band.casefold() == after.band.casefold():
        why = f"{after.band} stands from before; nobody judged it in {quarter.label}."
        return _by_indicators(indicators, Derived("too little to say", why))
    return _by_indicators(indicators, _by_bands(before, after, quarter, looked_at))


def _by_bands(before: Reading, after: Reading, quarter: Period, looked_at: str) -> Derived:
    """Bands are compared, never counted with; within one band, likelihood and impact decide."""
    how = f" ({before.restated})" if before.restated else ""
    then, judged = quarter.previous().label, f", judged on {written(after.on)}" if after.on else ""
    came = f"From {before.band}{how} in {then} to {after.band} in {quarter.label}{judged}."
    if before.rank is not None and after.rank is not None:
        if before.rank != after.rank:
            return Derived("worsening" if after.rank > before.rank else "improving", came)
    elif before.band.casefold() != after.band.casefold():
        return Derived("too little to say", f"{came} The scale does not say which of the two is graver.")
    moved = _within(before, after)
    if moved:
        return moved
    seen = f", {looked_at}" if looked_at else ""
    return Derived("steady", f"{after.band} in {then} and in {quarter.label}{judged}{seen}.")


def _within(before: Reading, after: Reading) -> Derived | None:
    """A movement inside one band: where one of likelihood and impact moved, or both the same way."""
    told: list[str] = []
    ways: set[Movement] = set()
    for name in ("likelihood", "impact"):
        old, new = getattr(before, f"{name}_rank"), getattr(after, f"{name}_rank")
        if old is not None and new is not None and old != new:
            ways.add("worsening" if new > old else "improving")
            told.append(f"{name} went from {getattr(before, name)} to {getattr(after, name)}")
    if not told:
        return None
    stays = f"{after.band} stayed {after.band}; {' and '.join(told)}."
    return Derived(ways.pop() if len(ways) == 1 else "steady", stays)


def _by_indicators(said: Spoken | None, bands: Derived) -> Derived:
    """Indicators speak where the bands do not move. Where the two differ the bands stand, for a person judged
    them, and what the indicators say is told beside.
    """
    if said is None:
        return bands
    if said.movement is None or bands.verdict not in ("steady", "too little to say"):
        return Derived(bands.verdict, f"{bands.basis} Its indicators say {said.word}: {said.basis}")
    return Derived(said.movement, f"{bands.basis} By its indicators {said.word}: {said.basis}")


# --- A mark on the risk ---------------------------------------------------------------------------

QUARTERS_KEPT = 4  # marks that a risk carries on; older ones stay with the versions that first said them


def mark_by(found: Derived, standing: Trend | None, quarter: Period) -> Trend:
    """The quarter's mark by the evidence. What a paper or a person says otherwise stays, with it beside."""
    verdict = None if found.verdict == "too little to say" else found.verdict
    told = {"derived": verdict, "basis": found.basis}
    if standing and standing.recorded and (standing.overridden_by or not standing.basis):
        return standing.model_copy(update=told)
    label = standing.period if standing else quarter.label
    if found.movement:
        return Trend(period=label, state="recorded", text=found.movement, movement=found.movement, **told)
    return Trend(period=label, state="not applicable" if verdict else "not recorded", **told)


def overridden(standing: Trend, movement: Movement, *, by: str, reason: str) -> Trend:
    """The mark as a person says it is, with who and why; what the evidence makes of it stays beside."""
    said = {"state": "recorded", "text": movement, "movement": movement, "direction": None, "places": ()}
    return standing.model_copy(update=said | {"overridden_by": by, "override_reason": reason})


def mark_of(trends: Sequence[Trend], quarter: Period, told_in: Period | None) -> Trend | None:
    """The mark for a quarter among those that a paper of `told_in` (or a later review) gave."""
    return next((each for each in trends if meant(each.period, told_in) == quarter), None)


def with_mark(
    trends: Sequence[Trend], mark: Trend, quarter: Period, told_in: Period | None
) -> tuple[Trend, ...]:
    """The marks with this quarter's in its place, and only the last few of those whose quarter is known."""
    placed = [(meant(each.period, told_in), each) for each in trends]
    if any(known == quarter for known, _ in placed):
        return tuple(mark if known == quarter else each for known, each in placed)
    later = [place for place, (known, _) in enumerate(placed) if known and known.ends > quarter.ends]
    placed.insert(later[0] if later else len(placed), (quarter, mark))
    known_quarters = sorted((known for known, _ in placed if known), key=lambda each: each.ends)
    kept = known_quarters[-QUARTERS_KEPT:]
    return tuple(each for known, each in placed if known is None or known in kept)
