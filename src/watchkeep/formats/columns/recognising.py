"""What a heading means: by its name, by a near one, or by a telling word."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz import fuzz, process

from watchkeep.formats.columns.comparing import normal, singular
from watchkeep.formats.columns.known import KNOWN
from watchkeep.formats.columns.ratings import rating_of
from watchkeep.formats.columns.recognised import Recognised
from watchkeep.formats.columns.telling import LEFT_ALONE, telling_of
from watchkeep.formats.columns.trends import trend_of

# Below this likeness two headings are different things: at 47 "Planned mitigations" is like "Residual
# rating".
LIKENESS_FLOOR = 87
# These say the same under any group of ratings, which may only seem to reach over them.
OF_ITS_OWN = frozenset({"reference", "owner", "status", "treatment", "date_raised", "review_date"})

_EXACT: dict[str, tuple[str, int]] = {}
for _known in KNOWN:
    for _rank, _heading in enumerate(_known.headings):
        _EXACT.setdefault(normal(_heading), (_known.meaning, _rank))
_SINGULAR: dict[str, tuple[str, int]] = {}
for _name, _held in _EXACT.items():
    _SINGULAR.setdefault(singular(_name), _held)


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
    return _plain(heading) or (_plain(bare) if normal(bare) else None) or _near(heading) or telling_of(bare)


def _plain(heading: str) -> Recognised | None:
    text = normal(heading)
    if text in _EXACT:
        meaning, rank = _EXACT[text]
        return Recognised(meaning, rank=rank)
    if found := trend_of(heading) or rating_of(text):
        return found
    if singular(text) in _SINGULAR:
        meaning, rank = _SINGULAR[singular(text)]
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
