"""What a trend mark says: an arrow's direction, a word's movement, or that it cannot be told.

Whether a rising arrow is bad news is not for this module: the register says so, or a person does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from watchkeep.domain.document import Direction, Movement, State

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
